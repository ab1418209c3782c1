"""Random documents and random trees over them, for the engine's properties."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from indexer.language.analysis import KeySpan
from indexer.language.text import clean_text, fold
from indexer.query_records import (
    And,
    Expansion,
    FacetChoice,
    Fact,
    InField,
    Mention,
    Near,
    Needs,
    Not,
    NumberClause,
    Or,
    Period,
    Phrase,
    Plain,
    Preference,
    Prefix,
    Query,
    Word,
)
from indexer.records import CouncilDocument, Evidence
from indexer.store.engine.protocol import IndexRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.query_records import Node, SearchedField

WORDS = ("học", "hoc", "hóc", "phí", "phi", "phòng", "đất", "dat", "quỹ", "xã")
NUMBERS = ("1/nq", "2/nq", "3/nq")
FACTS = ("unit:xã a", "session:1")
MENTIONS = ("number:1/nq", "date:2024-01-02")
KINDS = ("Nghị quyết", "Tin tức")


@dataclass(frozen=True)
class Plainly:
    """A document as the definitions see it."""

    row: IndexRow
    body: tuple[str | None, ...]
    """Syllables of the whole document; None where nothing stands."""
    runs: tuple[tuple[str, ...], ...]
    """The same where punctuation parts it."""
    title: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    keys: frozenset[str]


def make_collection(seed: int, count: int = 40) -> list[Plainly]:
    """Make documents of few words, so that trees find some and miss some."""
    draw = random.Random(seed)  # noqa: S311 (a repeatable draw, no secret)
    return [make_plainly(draw, f"d{number}") for number in range(count)]


def make_plainly(draw: random.Random, name: str) -> Plainly:
    """Make one document and what it is made of."""
    title = tuple(draw.choices(WORDS, k=draw.randint(0, 4)))
    text = tuple(draw.choices(WORDS, k=draw.randint(0, 12)))
    names = {
        field: tuple(draw.choices(WORDS, k=draw.randint(0, 3)))
        for field in ("issuer", "signer", "publisher")
    }
    mentions = draw.sample(MENTIONS, draw.randint(0, 2))
    # Spans that cut nothing: an empty stretch at the start of the text.
    spans = tuple(KeySpan(0, 0, (key,)) for key in mentions)
    day = date(2024, draw.randint(1, 12), 5) if draw.random() < 0.8 else None
    document = CouncilDocument(
        id=name,
        path=name,
        sha256="",
        title=" ".join(title),
        text=clean_text(" ".join(text)),
        kind=draw.choice(KINDS),
        category=draw.choice(("A", "B")),
        level="xã",
        media_type="text/plain",
        issued_on=day,
        evidence={"issued_on": Evidence("stated")} if day else {},
        issuer=" ".join(names["issuer"]) or None,
        signer=" ".join(names["signer"]) or None,
        publisher=" ".join(names["publisher"]) or None,
    )
    row = IndexRow(
        key=name,
        document=document,
        number_keys=dict.fromkeys(draw.sample(NUMBERS, draw.randint(0, 1)), 2),
        facts=tuple(draw.sample(FACTS, draw.randint(0, 2))),
        text_spans=spans,
    )
    gap = (None,) * 16
    runs = (title, names["issuer"], names["publisher"], text)
    body = (*title, *gap, *runs[1], *runs[2], *gap, *text)
    return Plainly(row, body, runs, title, names, frozenset(mentions))


def pairs_in(syllables: Sequence[str]) -> set[str]:
    """Return the folded neighbours."""
    return {f"{fold(left)}_{fold(right)}" for left, right in pairwise(syllables)}


words = st.sampled_from(WORDS).map(lambda word: Word(word, accented=fold(word) != word))
several = st.lists(words, min_size=1, max_size=4, unique=True).map(tuple)
phrases = st.lists(words, min_size=1, max_size=3).map(lambda drawn: Phrase(tuple(drawn)))
counts = st.integers(0, 3)
fields: st.SearchStrategy[SearchedField] = st.sampled_from(
    ("title", "issuer", "signer", "publisher")
)
days = st.none() | st.dates(date(2023, 11, 1), date(2025, 1, 31))


@st.composite
def plains(draw: st.DrawFn) -> Plain:
    """Draw plain words with whatever stands beside them."""
    asked = draw(several)
    covered = st.lists(st.sampled_from(asked), min_size=1, unique=True).map(tuple)
    expansions = st.builds(Expansion, covered, st.lists(phrases, max_size=2).map(tuple))
    return Plain(
        asked,
        bigrams=tuple(sorted(pairs_in([word.syllable for word in asked]))),
        expansions=tuple(draw(st.lists(expansions, max_size=2))),
        weak=tuple(draw(st.lists(st.sampled_from(asked), max_size=1))),
        needs=draw(st.none() | st.builds(Needs, counts, counts, counts, counts, st.just(0.0))),
    )


leaves = st.one_of(
    plains(),
    phrases,
    st.builds(Near, several, st.integers(1, 6)),
    st.builds(
        Prefix, st.sampled_from(["ho", "hó", "ph", "phò", "đ"]).map(lambda s: Word(s, s != fold(s)))
    ),
    st.builds(Prefix, st.just(Word("ph", accented=False)), fields),
    st.builds(InField, fields, several, st.booleans()),
    st.builds(
        NumberClause,
        st.lists(st.sampled_from(NUMBERS), min_size=1).map(tuple),
        st.lists(st.sampled_from(MENTIONS)).map(tuple),
        st.none() | phrases,
    ),
    st.builds(Fact, st.lists(st.sampled_from(FACTS)).map(tuple)),
    st.builds(Mention, st.lists(st.sampled_from(MENTIONS)).map(tuple)),
    st.builds(FacetChoice, st.just("kind"), st.sampled_from([("tin tuc",), KINDS, ("khác",)])),
    st.builds(Period, days, days),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=6,
)
preferences = st.builds(Preference, trees, st.floats(0, 2), st.just("điều gì đó"))
queries = st.builds(
    Query, trees, st.none() | trees, st.lists(preferences, max_size=2).map(tuple)
) | st.just(Query())
