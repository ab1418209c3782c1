"""Matching on arrays finds what the definitions say, evaluated one document at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.language.text import fold
from indexer.query_records import (
    And,
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
    Prefix,
    Query,
    Word,
)
from indexer.store.engine.protocol import EngineRequest, Filters, Weights
from indexer.store.engine.scoring import weigh_term
from indexer.writing import index_row
from tests.store.engine.trees import KINDS, pairs_in, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.query_records import Node, SearchedField
    from indexer.records import CouncilDocument
    from indexer.search_records import Standing
    from indexer.store.engine.whoosh_engine import WhooshEngine
    from tests.store.engine.conftest import Opened
    from tests.store.engine.trees import Plainly

WEIGHTS = Weights(text=1, bigrams=0.4, title=0.5, compounds=0.2, number=10)


def says(word: Word, syllable: str | None) -> bool:
    """Tell whether a syllable is the word, accents heeded where they were typed."""
    if syllable is None:
        return False
    return syllable == word.syllable if word.accented else fold(syllable) == fold(word.syllable)


def stand_in_a_row(words: Sequence[Word], syllables: Sequence[str | None]) -> bool:
    """Tell whether the words stand one after the other."""
    return any(
        all(says(word, syllable) for word, syllable in zip(words, syllables[at:], strict=False))
        for at in range(len(syllables) - len(words) + 1)
    )


def field_of(document: Plainly, field: SearchedField | None) -> Sequence[str | None]:
    """Return the syllables of a field."""
    if field is None:
        return document.body
    return document.title if field == "title" else document.names[field]


def count_held(plain: Plain, document: Plainly) -> tuple[int, int]:
    """Return the words and pairs that a document holds, itself or in other words."""
    said = [
        expansion
        for expansion in plain.expansions
        if any(stand_in_a_row(phrase.words, document.body) for phrase in expansion.phrases)
    ]
    covered = {word for expansion in said for word in expansion.words}
    words = sum(
        word in covered or stand_in_a_row([word], document.body)
        for word in plain.words
        if word not in plain.weak
    )
    meant = ([word.syllable for word in expansion.words] for expansion in said)
    known = set[str]().union(*map(pairs_in, document.runs), *map(pairs_in, meant))
    return words, sum(pair in known for pair in plain.bigrams)


def find_plain(plain: Plain, document: Plainly) -> bool:
    """Tell whether a document holds every word, or as many as are needed."""
    if plain.needs is not None:
        words, pairs = count_held(plain, document)
        return words >= plain.needs.full_words and pairs >= plain.needs.full_pairs
    bare = Plain(plain.words, expansions=plain.expansions)
    return count_held(bare, document)[0] == len(plain.words)


def find_near(near: Near, document: Plainly) -> bool:
    """Tell whether some stretch of syllables has every word."""
    stretches = (document.body[at : at + near.distance] for at in range(max(len(document.body), 1)))
    return any(
        all(any(says(word, syllable) for syllable in stretch) for word in near.words)
        for stretch in stretches
    )


def find_period(period: Period, document: Plainly) -> bool:
    """Tell whether a document is dated in the period."""
    day = document.row.document.issued_on
    if day is None:
        return False
    return (period.first or day) <= day <= (period.last or day)


def find_leaf(node: Node, document: Plainly) -> bool:
    """Tell whether a leaf finds a document."""
    row, found = document.row, False
    match node:
        case Phrase(words):
            found = stand_in_a_row(words, document.body)
        case Prefix(stem, field):
            found = any(begins(stem, each) for each in field_of(document, field) if each)
        case InField(field, words, phrase):
            syllables = field_of(document, field)
            every = all(stand_in_a_row([word], syllables) for word in words)
            found = stand_in_a_row(words, syllables) if phrase else every
        case NumberClause(keys, mentions, phrase):
            said = phrase is not None and stand_in_a_row(phrase.words, document.body)
            found = said or not (
                row.number_keys.keys().isdisjoint(keys) and document.keys.isdisjoint(mentions)
            )
        case Fact(keys):
            found = not set(row.facts).isdisjoint(keys)
        case Mention(keys):
            found = not document.keys.isdisjoint(keys)
        case FacetChoice("kind", values):
            found = any(fold(value).lower() == fold(row.document.kind).lower() for value in values)
    return found


def begins(stem: Word, syllable: str) -> bool:
    """Tell whether a syllable begins with a stem, accents heeded where they were typed."""
    whole = syllable if stem.accented else fold(syllable)
    return whole.startswith(stem.syllable if stem.accented else fold(stem.syllable))


def find(node: Node, document: Plainly) -> bool:
    """Tell whether a tree finds a document."""
    found: bool
    match node:
        case Plain():
            found = find_plain(node, document)
        case Near():
            found = find_near(node, document)
        case Period():
            found = find_period(node, document)
        case And(parts):
            found = all(find(part, document) for part in parts)
        case Or(parts):
            found = any(find(part, document) for part in parts)
        case Not(part):
            found = not find(part, document)
        case _:
            found = find_leaf(node, document)
    return found


def reach(node: Node, document: Plainly) -> bool:
    """Tell the same where the plain words at the top need be held in part only."""
    if isinstance(node, And):
        return all(
            reach(part, document) if isinstance(part, Plain) else find(part, document)
            for part in node.parts
        )
    if isinstance(node, Plain) and node.needs is not None:
        words, pairs = count_held(node, document)
        enough = words >= node.needs.partial_words and pairs >= node.needs.partial_pairs
        return enough or find(node, document)
    return find(node, document)


def standing_of(query: Query, document: Plainly) -> Standing:
    """Return how a document stands to a query."""
    trees = [tree for tree in (query.root, query.literal) if tree is not None]
    if query.root is None or find(query.root, document):
        return "full"
    if query.literal is not None and find(query.literal, document):
        return "literal"
    return "partial" if any(reach(tree, document) for tree in trees) else "none"


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(query=queries, seed=st.integers(0, 3))
def test_every_tree_finds_what_its_definition_says(
    open_collection: Callable[[int], Opened], query: Query, seed: int
) -> None:
    """Over random documents, segments, deletions and trees; each document in its one standing."""
    engine, documents = open_collection(seed)
    answer = engine.search(EngineRequest(query, WEIGHTS, limit=100))
    found = {hit.record.id: hit.standing for hit in answer.hits}
    expected = {name: standing_of(query, each) for name, each in documents.items()}
    assert found == {name: standing for name, standing in expected.items() if standing != "none"}
    totals = answer.total, answer.literal_total, answer.partial_total
    standings: tuple[Standing, ...] = ("full", "literal", "partial")
    assert totals == tuple(sum(s == each for s in expected.values()) for each in standings)
    assert engine.count(query, Filters()) == answer.total


@settings(max_examples=100)
@given(query=queries, kinds=st.sets(st.sampled_from(KINDS), min_size=1), month=st.integers(1, 12))
def test_filters_narrow_every_standing_and_change_none(
    open_collection: Callable[[int], Opened], query: Query, kinds: set[str], month: int
) -> None:
    """What filters let through stands as it stood, and is scored as it was."""
    engine, _documents = open_collection(2)
    filters = Filters({"kind": frozenset(kinds)}, months=frozenset({(2024, month), (0, 0)}))
    everything = engine.search(EngineRequest(query, WEIGHTS, limit=100)).hits
    narrowed = engine.search(EngineRequest(query, WEIGHTS, filters=filters, limit=100)).hits
    assert list(narrowed) == [
        hit
        for hit in everything
        if hit.record.kind in kinds
        and (hit.record.issued_on is None or int(hit.record.issued_on[5:7]) == month)
    ]


def test_a_long_query_is_measured_by_the_weight_of_what_is_held(
    make_engine: Callable[..., WhooshEngine], make_document: Callable[..., CouncilDocument]
) -> None:
    """Half for words, half for pairs; a rare word weighs more than two common ones."""
    texts = {"rare": "san, phí", "common": "phí, đất", "pair": "thu phí, đất", "none": "xa"}
    texts |= {f"filler {number}": "phí, đất" for number in range(8)}
    rows = [index_row(name, make_document(text, id=name)) for name, text in texts.items()]
    engine = make_engine(rows)
    words = tuple(Word(each, accented=fold(each) != each) for each in ("san", "phí", "đất"))

    def full(plain: Plain) -> set[str]:
        hits = engine.search(EngineRequest(Query(plain), WEIGHTS, limit=50)).hits
        return {hit.record.id for hit in hits if hit.standing == "full"}

    half = Needs(1, 0, 3, 0, full_weight=0.5)
    assert full(Plain(words, needs=half)) == {"rare"}
    assert full(Plain(words, bigrams=("thu_phi",), needs=half)) == {"pair"}
    assert "common" in full(Plain(words, needs=half._replace(full_weight=0.1)))

    request = EngineRequest(Query(Plain(words, needs=half)), WEIGHTS)
    found = engine.explain(request, "rare")
    weights = [weigh_term(count, len(rows)) for count in (1, 11, 10)]
    assert found.weight_held == pytest.approx(sum(weights[:2]) / sum(weights), rel=1e-5)
    assert (found.words_held, found.words_asked, found.weight_needed) == (2, 3, 0.5)
