"""Stock Whoosh: its own index of the same words, its own searcher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import __version__ as whoosh_version
from whoosh import columns, fields, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from tests.benchmarks.bench.work import BEST, FACETS, Found, named_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.benchmarks.bench.work import Question, Record

_MEGABYTES = 1024


def build(records: Iterator[Record], directory: Path) -> None:
    """Write the index in one segment."""
    index = FileIndex.create(FileStorage(str(directory)), _schema(), "MAIN")
    writer = index.writer(limitmb=_MEGABYTES)
    for record in records:
        values = {facet: str(getattr(record, facet)) for facet in FACETS}
        writer.add_document(text=record.words, title=record.title, **values)
    writer.commit(optimize=True)
    index.close()


def open_engine(directory: Path) -> StockEngine:
    """Open the index."""
    return StockEngine(directory)


class StockEngine:
    """One open index."""

    version = ".".join(map(str, whoosh_version))

    def __init__(self, directory: Path) -> None:
        index = FileIndex(FileStorage(str(directory)), indexname="MAIN")
        self._searcher = index.searcher()
        self._facets = sorting.Facets()
        for facet in FACETS:
            self._facets.add_field(facet, maptype=sorting.Count)

    def ask(self, question: Question) -> Found:
        """Return the answer as Whoosh's own searcher gives it."""
        results = self._searcher.search(_tree(question), limit=BEST, groupedby=self._facets)
        facets = {facet: results.groups(facet) for facet in FACETS}
        # Whoosh heeds no limit where it groups.
        titles = tuple(results[at]["title"] for at in range(min(BEST, results.scored_length())))
        return Found(len(results), named_counts(facets), titles)

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()


def _tree(question: Question) -> Any:
    if question.kind == "phrase":
        return query.Phrase("text", list(question.words))
    terms = [query.Term("text", word) for word in question.words]
    return query.Or(terms) if question.kind == "any" else query.And(terms)


def _schema() -> fields.Schema:
    facets = {facet: fields.ID(sortable=columns.RefBytesColumn()) for facet in FACETS}
    words = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
    return fields.Schema(text=words, title=fields.STORED(), **facets)
