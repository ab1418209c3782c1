"""The forty queries of the domain over the corpus: what ought to come, comes.

Each is asked as typed and, where that makes sense, without accents, in capitals and decomposed.
`tests/corpus/forty_queries.tsv` holds them and explains what is expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.answers.search import SearchService
from indexer.language.text import clean_text, fold
from indexer.search_records import Hit, SearchRequest, SearchResults
from tests.corpus.forty import FORMS, Asked, Expectation, read_forty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

CASES = [
    pytest.param(asked, letter, id=f"{asked.number}-{letter}-{asked.query}")
    for asked in read_forty()
    for letter in asked.forms
]


@pytest.fixture(scope="module")
def service(corpus_index: Path) -> Iterator[SearchService]:
    """Give the service over the corpus."""
    service = SearchService(corpus_index)
    yield service
    service.close()


@pytest.mark.parametrize(("asked", "letter"), CASES)
def test_a_query_gives_what_ought_to_come(
    service: SearchService, asked: Asked, letter: str
) -> None:
    """In every form of it that makes sense."""
    found = ask(service, FORMS[letter](asked.query))
    before: tuple[str, ...] = ()
    for expected in asked.expectations:
        holds = CHECKS[expected.verb](service, found, expected, before)
        assert holds, f"{expected}\n{describe(found)}"
        before = expected.documents if expected.verb == "first" else before


def ask(service: SearchService, q: str) -> SearchResults:
    """Return up to 200 hits."""
    return service.search(SearchRequest(q=q, page_size=200))


def describe(found: SearchResults) -> str:
    """Return what a failed check should show."""
    hits = [f"{hit.standing:8}{hit.score:9.3f} {hit.id}" for hit in found.hits[:14]]
    chips = [f"{each.kind}:{each.label} ({each.effect})" for each in found.understood]
    return "\n".join([f"{found.total} full; {chips}; {found.suggestion}", *hits])


def ids(hits: tuple[Hit, ...]) -> list[str]:
    """Return the ids of hits, in order."""
    return [hit.id for hit in hits]


def full(found: SearchResults) -> list[Hit]:
    """Return the full matches among the hits."""
    return [hit for hit in found.hits if hit.standing == "full"]


def holds_words(text: str, words: str) -> bool:
    """Tell whether a text holds words, capitals and accents aside."""
    bare = [fold(clean_text(each)).lower() for each in (words, text)]
    return bare[0] in bare[1]


def _first(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    return set(ids(found.hits[: len(e.documents)])) == set(e.documents)


def _then(_: SearchService, found: SearchResults, e: Expectation, before: tuple[str, ...]) -> bool:
    after = found.hits[len(before) : len(before) + len(e.documents)]
    return set(ids(after)) == set(e.documents)


def _within(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    return set(e.documents) <= set(ids(found.hits[: e.amount]))


def _before(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    upper, lower = e.documents
    listed = ids(found.hits)
    return upper in listed and (lower not in listed or listed.index(upper) < listed.index(lower))


def _only(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    field, _sign, words = e.words.partition(":")
    return all(holds_words(str(getattr(hit, field)), words) for hit in full(found))


def _facet(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    name, _sign, words = e.words.partition(":")
    return any(holds_words(v.label, words) for v in found.facets[name] if v.count)


def _chip(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    kind, _sign, words = e.words.partition(":")
    return any(
        kind in ("any", each.kind)
        and (holds_words(each.label, words) or holds_words(each.key, words))
        for each in found.understood
    )


def _same(
    service: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]
) -> bool:
    other = ask(service, e.words)
    return (ids(found.hits[:10]), found.total) == (ids(other.hits[:10]), other.total)


def _passage(_: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]) -> bool:
    [hit] = [hit for hit in found.hits if hit.id == e.documents[0]]
    return any(passage.citation == e.words for passage in hit.passages)


def _date_known(
    _: SearchService, found: SearchResults, e: Expectation, __: tuple[str, ...]
) -> bool:
    return [hit.date_known for hit in found.hits if hit.id == e.documents[0]] == [e.words]


CHECKS: Mapping[
    str, Callable[[SearchService, SearchResults, Expectation, tuple[str, ...]], bool]
] = {
    "first": _first,
    "then": _then,
    "within": _within,
    "found": lambda _, found, e, __: set(e.documents) <= set(ids(found.hits)),
    "full": lambda _, found, e, __: set(e.documents) <= {hit.id for hit in full(found)},
    "absent": lambda _, found, e, __: not set(e.documents) & {hit.id for hit in full(found)},
    "before": _before,
    "only": _only,
    "atleast": lambda _, found, e, __: found.total >= e.amount,
    "total": lambda _, found, e, __: found.total == e.amount,
    "empty": lambda _, found, __, ___: not found.hits,
    "facet": _facet,
    "chip": _chip,
    "no_date": lambda _, found, __, ___: all(u.facet != "date" for u in found.understood),
    "suggestion": lambda _, found, e, __: bool(
        found.suggestion and found.suggestion.query == e.words
    ),
    "passage": _passage,
    "date_known": _date_known,
    "same_as": _same,
    "no_error": lambda _, __, ___, ____: True,
}
