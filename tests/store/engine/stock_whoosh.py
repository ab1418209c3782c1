"""Stock Whoosh 2.7.4 over the files of a generation: its searcher, its matchers, its BM25F.

Nothing here reads what our engine reads, or calls it. What is set on the side of Whoosh, and why:

- The weighting model is Whoosh's BM25F (K1 1.2, B 0.75) with Lucene's idf, and the mean of a field
  is that of the stored lengths: Whoosh itself takes the exact total, its documents the stored one.
- Whoosh scores a phrase as the sum of its words, whose scores it takes from where they stand
  alone. For us a phrase, and what a prefix or a number gathers, is a term of its own: `AsTerm`
  counts Whoosh's own spans and postings and hands them to Whoosh's own formula.
- A Not stands beside Every in an And: alone, it finds deleted documents behind its last match.
  AndNot finds its first document even if it is shut out, where what is shut out begins earlier.
- Results come unlimited: `limit` counts nothing beside `groupedby`, and a limited search of Whoosh
  breaks ties otherwise than by date.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.matching import ListMatcher
from whoosh.query import Query, Term
from whoosh.query.wrappers import WrappingQuery
from whoosh.scoring import BM25F, WeightLengthScorer, bm25
from whoosh.searching import Searcher
from whoosh.sorting import Count, FieldFacet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

INDEX = "MAIN"
_K1 = 1.2
_B = 0.75


class LuceneBm25(BM25F):  # type: ignore[misc]
    """Whoosh's BM25F, but for the idf."""

    def __init__(self) -> None:
        super().__init__(B=_B, K1=_K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Return log(1 + (N - n + 0.5) / (n + 0.5)); deleted documents count, as in Whoosh."""
        parent = searcher.get_parent()
        return idf_of(parent.doc_frequency(fieldname, text), parent.doc_count_all())


class StoredLengths(Searcher):  # type: ignore[misc]
    """Whoosh's searcher, which takes the mean of the lengths that the index keeps."""

    def avg_field_length(self, fieldname: str, default: Any = None) -> float:
        """Return the mean over all documents, deleted ones included, and at least 1."""
        top = self.get_parent()
        known = top.__dict__.setdefault("_means", {})
        if fieldname not in known:
            reader, count = top.reader(), top.doc_count_all()
            # Of an empty field Whoosh gives None.
            lengths = (reader.doc_field_length(number, fieldname) or 0 for number in range(count))
            known[fieldname] = max(sum(lengths) / max(count, 1), 1.0)
        return float(known[fieldname] or default)


class AsTerm(Query):  # type: ignore[misc]
    """Several queries scored as if they were one term; of each document the highest frequency."""

    def __init__(self, parts: Iterable[Any], field: str, idf: float, boost: float = 1.0) -> None:
        self.parts = tuple(parts)
        self.field_name = field
        self.idf = idf
        self.boost = boost

    def estimate_size(self, ixreader: Any) -> int:
        """Return what Whoosh builds its tree by."""
        return sum(part.estimate_size(ixreader) for part in self.parts)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents of any part."""
        del context
        highest = _highest(self.parts, searcher)
        numbers = sorted(highest)
        scorer = _PooledScorer(searcher, self.field_name, self.idf * self.boost)
        return ListMatcher(numbers, [highest[number] for number in numbers], scorer=scorer)


class Spans(WrappingQuery):  # type: ignore[misc]
    """A query of spans that can stand among others: in 2.7.4 none of them can tell its size."""

    def estimate_size(self, ixreader: Any) -> int:
        """Return the most that there can be."""
        return int(ixreader.doc_count())


class _PooledScorer(WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, field: str, idf: float) -> None:
        self._idf = idf
        self._mean = searcher.get_parent().avg_field_length(field)
        self.dfl = lambda number: searcher.doc_field_length(number, field) or 0

    def _score(self, weight: float, length: float) -> float:
        return float(bm25(self._idf, weight, length, self._mean, _B, _K1))


class StockWhoosh:
    """An index opened twice: as it is, and as it was before documents were deleted.

    Whoosh counts deleted documents in what a term weighs; for a phrase there is no such count, so
    that it is searched for among all of them.
    """

    def __init__(self, directory: Path) -> None:
        storage = FileStorage(str(directory))
        living = FileIndex(storage, indexname=INDEX).reader()
        self.living = StoredLengths(living, weighting=LuceneBm25())
        self.whole = StoredLengths(_undeleted(storage), weighting=LuceneBm25())
        self.size = self.living.doc_count_all()
        """Documents, deleted ones included."""

    def close(self) -> None:
        """Let go of the files."""
        self.living.close()
        self.whole.close()

    def find(self, query: Any) -> frozenset[int]:
        """Return the numbers of the living documents that a query finds."""
        return frozenset(self.living.docs_for_query(query))

    def score(self, query: Any) -> dict[int, float]:
        """Return the score of each living document that a query finds."""
        results = self.living.search(query, limit=None)
        return dict(results.items())

    def frequencies(self, terms: Iterable[Any]) -> dict[int, float]:
        """Return the highest frequency of any of the terms in each living document."""
        parts = tuple(terms)
        return {
            number + base: frequency
            for searcher, base in self.living.leaf_searchers()
            for number, frequency in _highest(parts, searcher).items()
        }

    def count_by(self, query: Any, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        """Return how many of the documents that a query finds have each value of some columns."""
        facets = {field: FieldFacet(field) for field in fields}
        results = self.living.search(query, limit=None, groupedby=facets, maptype=Count)
        return {field: dict(results.groups(field)) for field in fields}

    def weigh(self, query: Any) -> float:
        """Return the idf of what a query finds, deleted documents included."""
        return idf_of(self.count_all(query), self.size)

    def count_all(self, query: Any) -> int:
        """Return how many documents a query finds, deleted ones included."""
        return sum(1 for _ in self.whole.docs_for_query(query))

    def begin_with(self, field: str, stem: str) -> list[str]:
        """Return the terms of a field that begin so."""
        if not self.size:
            return []
        return sorted({term.decode() for term in self.whole.reader().expand_prefix(field, stem)})

    def values(self, field: str) -> list[str]:
        """Return the values of a field that is one term for each document."""
        return [term.decode() for term in self.whole.lexicon(field)]

    def listing(self, number: int) -> Any:
        """Return what the index keeps to list a document."""
        return self.living.stored_fields(number)["hit"]

    def days(self) -> dict[int, int]:
        """Return the proleptic ordinal of each document's date, 0 without one."""
        column = self.living.reader().column_reader("day") if self.size else ()
        return dict(enumerate(int(day) for day in column))


def idf_of(found: int, documents: int) -> float:
    """Return the idf as Lucene has it.

    >>> round(idf_of(1, 3), 6) == round(math.log(1 + 2.5 / 1.5), 6)
    True
    """
    return math.log(1 + (documents - found + 0.5) / (found + 0.5))


def _undeleted(storage: Any) -> Any:
    toc = TOC.read(storage, INDEX)
    for segment in toc.segments:
        segment._deleted = None
    return FileIndex._reader(storage, toc.schema, toc.segments, toc.generation)


def _highest(parts: Iterable[Any], searcher: Any) -> dict[int, float]:
    """Return the highest frequency in each document; DisjunctionMax takes that of the next one."""
    highest: dict[int, float] = {}
    for part in parts:
        for number, frequency in _frequencies(part, searcher):
            highest[number] = max(frequency, highest.get(number, 0.0))
    return highest


def _frequencies(part: Any, searcher: Any) -> Iterator[tuple[int, float]]:
    """Yield (document, frequency) of a term or of a phrase, as Whoosh's matchers say."""
    assert isinstance(part, (Term, Spans)), part
    matcher = part.matcher(searcher, searcher.context(needs_current=True))
    while matcher.is_active():
        is_term = isinstance(part, Term)
        yield matcher.id(), matcher.weight() if is_term else float(len(matcher.spans()))
        matcher.next()
