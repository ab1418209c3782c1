"""Random requests for the comparison with stock Whoosh: every node, filter, sort and page."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from indexer.language.text import fold
from indexer.query_records import (
    And,
    Expansion,
    FacetChoice,
    Fact,
    InField,
    Mention,
    Near,
    Needs,
    Node,
    Not,
    NumberClause,
    Or,
    Period,
    Phrase,
    Plain,
    Preference,
    Prefix,
    Query,
    SearchedField,
    Word,
)
from indexer.records import LEVELS
from indexer.store.engine.protocol import EngineRequest, Filters, Weights
from tests.store.engine.equality_collections import (
    CATEGORIES,
    DAYS,
    FACTS,
    ISSUERS,
    KINDS,
    MENTIONS,
    NUMBERS,
    OFTEN_WORD,
)

SYLLABLES = (
    *("học", "hoc", "hóc", "phí", "phi", "phòng", "đất", "dat", "quỹ", "xã", "hội", "đồng"),
    *("nhân", "dân", "hoà", "uỷ", "thuỷ", "12", "2024", "hoa", "hoi", "thế"),
)
"""As the index spells them, and some that no document holds."""
COMMON = ("học", "phí", "hoc", "phi", "phòng", "đất")
COMPOUNDS = ("học_phí", "hội_đồng", "nhân_dân", "hội_đồng_nhân_dân", "không_có")
ALL_FACETS = ("category", "level", "kind", "issuer", "date")
PLAIN_WEIGHTS = Weights(text=1.0, bigrams=0.4, title=0.5, compounds=0.2, number=10.0, weak=0.3)


def make_word(syllable: str) -> Word:
    """Return a syllable as a word of a query."""
    return Word(syllable, accented=fold(syllable) != syllable)


words = st.sampled_from((*(2 * COMMON), *SYLLABLES, OFTEN_WORD)).map(make_word)
# Whoosh compares each place of one word with each of the others': 70,000 would take it a night.
rarer = st.sampled_from((*(2 * COMMON), *SYLLABLES)).map(make_word)
near = st.lists(rarer, min_size=1, max_size=4, unique=True).map(tuple)
several = st.lists(words, min_size=1, max_size=4, unique=True).map(tuple)
phrases = st.lists(words, min_size=1, max_size=4).map(lambda drawn: Phrase(tuple(drawn)))
fields: st.SearchStrategy[SearchedField] = st.sampled_from(
    ("title", "issuer", "signer", "publisher")
)
days = st.none() | st.sampled_from(DAYS) | st.dates(date(2023, 10, 1), date(2025, 3, 1))
stems = st.sampled_from(("ho", "hó", "h", "ph", "phò", "đ", "d", "1", "zz")).map(make_word)


@st.composite
def plains(draw: st.DrawFn) -> Plain:
    """Draw plain words with whatever stands beside them."""
    asked = draw(several)
    bare = [fold(word.syllable) for word in asked]
    pairs = dict.fromkeys(f"{left}_{right}" for left, right in pairwise(bare))
    covered = st.lists(st.sampled_from(asked), min_size=1, unique=True).map(tuple)
    weights = st.sampled_from((1.0, 0.9, 0.3))
    expansions = st.builds(Expansion, covered, st.lists(phrases, max_size=2).map(tuple), weights)
    fewer, counts = st.integers(0, 1), st.integers(0, 3)
    # No share that words of equal weight could meet just so: there rounding alone would decide.
    shares = st.sampled_from((0.0, 0.0, 0.113, 0.287, 0.461, 0.713, 0.937))
    needs = st.builds(Needs, counts, fewer, fewer, fewer, shares)
    return Plain(
        asked,
        bigrams=tuple(pairs),
        compounds=tuple(draw(st.lists(st.sampled_from(COMPOUNDS), max_size=2, unique=True))),
        expansions=tuple(draw(st.lists(expansions, max_size=2))),
        weak=tuple(draw(st.lists(st.sampled_from(asked), max_size=2, unique=True))),
        needs=draw(st.none() | needs | needs),
    )


choices = st.one_of(
    st.builds(FacetChoice, st.just("kind"), st.sampled_from([("tin tuc",), KINDS, ("khác",)])),
    st.builds(FacetChoice, st.just("level"), st.sampled_from([("xã",), ("XA", "tỉnh")])),
    st.builds(FacetChoice, st.just("issuer"), st.sampled_from([ISSUERS[1:4], ("hdnd xa b",)])),
    st.builds(FacetChoice, st.just("category"), st.just(("văn bản",))),
)
placed: st.SearchStrategy[Node] = st.one_of(
    phrases,
    st.builds(Near, near, st.integers(1, 12)),
    st.builds(InField, fields, several, st.just(value=True)),
)
"""Nodes that look at where words stand."""
conditions: st.SearchStrategy[Node] = st.one_of(
    st.builds(
        NumberClause,
        st.lists(st.sampled_from(NUMBERS), min_size=1, unique=True).map(tuple),
        st.lists(st.sampled_from(MENTIONS), unique=True).map(tuple),
        st.none() | phrases,
        st.booleans(),
    ),
    st.builds(Fact, st.lists(st.sampled_from(FACTS), max_size=3).map(tuple)),
    st.builds(Mention, st.lists(st.sampled_from(MENTIONS), max_size=3).map(tuple)),
    choices,
    st.builds(Period, st.none() | st.sampled_from(DAYS[:4]), st.none() | st.sampled_from(DAYS[5:])),
    st.builds(Period, days, days),
)
found_by_words: st.SearchStrategy[Node] = st.one_of(
    plains(),
    placed,
    st.builds(Prefix, stems, st.none() | fields),
    st.builds(InField, fields, several, st.just(value=False)),
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Node:
    """Draw a tree in which words are common: what is drawn of itself is mostly empty or shut out.

    Of ten nodes three are words as most readers type them, three have parts.
    """
    kind = draw(st.integers(0, 9)) if depth else draw(st.integers(0, 6))
    if kind < 3:
        return draw(plains())
    if kind < 5:
        return draw(found_by_words)
    if kind < 7:
        return draw(conditions)
    if kind == 9:
        return Not(draw(trees(depth - 1)))
    fewest = draw(st.sampled_from((2, 2, 2, 2, 1, 0)))
    parts = st.lists(trees(depth - 1), min_size=fewest, max_size=3).map(tuple)
    return draw(st.builds(And, parts) | st.builds(Or, parts))


preferences = st.builds(Preference, trees(2), st.sampled_from((0.1, 0.6, 2.0)), st.just("gì đó"))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Draw a query; one in twenty asks for everything."""
    if not draw(st.integers(0, 19)):
        return Query()
    literal = draw(st.none() | st.none() | trees(1))
    return Query(draw(trees()), literal, tuple(draw(st.lists(preferences, max_size=2))))


chosen = st.fixed_dictionaries(
    {},
    optional={
        "category": st.frozensets(st.sampled_from(CATEGORIES), max_size=2),
        "level": st.frozensets(st.sampled_from(LEVELS), max_size=3),
        "kind": st.frozensets(st.sampled_from((*KINDS, "khác")), max_size=2),
        "issuer": st.frozensets(st.sampled_from(ISSUERS), max_size=5),
    },
)
months = st.frozensets(
    st.tuples(st.sampled_from((2023, 2024, 2025)), st.integers(0, 12)) | st.just((0, 0)),
    max_size=3,
)
filters = st.just(Filters()) | st.builds(Filters, chosen, months)
weights = st.just(PLAIN_WEIGHTS) | st.builds(
    Weights,
    text=st.sampled_from((1.0, 0.0, 2.5)),
    bigrams=st.sampled_from((0.4, 0.0)),
    title=st.sampled_from((0.5, 1.0)),
    compounds=st.sampled_from((0.2, 0.0)),
    number=st.sampled_from((10.0, 0.0)),
    names=st.sampled_from((1.0, 0.7)),
    weak=st.sampled_from((0.3, 1.0, 0.0)),
    recency=st.sampled_from((0.0, 0.03)),
    kinds=st.sampled_from(({}, {"Nghị quyết": 0.08, "tờ trình": 0.05})),
)
requests = st.builds(
    EngineRequest,
    query=queries(),
    weights=weights,
    filters=filters,
    sort=st.sampled_from(("relevance", "relevance", "newest", "oldest")),
    offset=st.sampled_from((0, 0, 0, 0, 1, 10, 45)),
    limit=st.sampled_from((100, 100, 10, 1)),
    facets=st.sampled_from((ALL_FACETS, ALL_FACETS, ("kind", "date"), ("issuer",), ())),
)
