"""Our engine, asked through its own seam; its index is written by the project's own writer.

A record holds what the comparison needs and no more: the words as its text, category, level and a
day of its year. So that only the text is searched, as everywhere else, the title is not the
document's title but stands in its listing's key; it is read from there as a title would be.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from itertools import islice
from os import cpu_count
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

from indexer.language import analysis
from indexer.query_records import Or, Phrase, Plain, Query, Word
from indexer.records import CleanText, CouncilDocument
from indexer.store.engine import kernels
from indexer.store.engine.protocol import EngineRequest, IndexRow, Weights
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import create_index, publish_segments, write_segment
from indexer.workers import worker_pool
from tests.benchmarks.bench.work import BEST, Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.query_records import Node
    from indexer.records import Level
    from tests.benchmarks.bench.work import Question, Record

_BLOCK = 4096
_ONLY_TEXT = Weights(text=1.0, bigrams=0.0, title=0.0, compounds=0.0, number=0.0, names=0.0)
_COUNTED = ("category", "level", "date")


def build(records: Iterator[Record], directory: Path) -> None:
    """Write the index as the project's build does: blocks in as many processes as cores."""
    create_index(directory)
    blocks = iter(lambda: list(islice(records, _BLOCK)), [])
    with worker_pool(cpu_count() or 1, _prepare_nothing) as run:
        written = list(run(_write_block, ((directory, block) for block in blocks)))
    publish_segments(directory, written, dropped=frozenset())


def open_engine(directory: Path) -> OurEngine:
    """Open the index."""
    return OurEngine(directory)


class OurEngine:
    """One open index."""

    version = f"numba {version('numba')}" if kernels.NATIVE else f"numpy {version('numpy')}"

    def __init__(self, directory: Path) -> None:
        self._engine = WhooshEngine(directory)

    def ask(self, question: Question) -> Found:
        """Return the answer."""
        query = Query(root=_tree(question))
        answer = self._engine.search(
            EngineRequest(query=query, weights=_ONLY_TEXT, facets=_COUNTED, limit=BEST)
        )
        facets: dict[str, Mapping[Any, int]] = {
            "category": answer.facets["category"],
            "level": answer.facets["level"],
            # Every record's day is in July.
            "year": {year: count for (year, _july), count in answer.months.items()},
        }
        return Found(answer.total, facets, tuple(hit.record.key for hit in answer.hits))

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()


def _tree(question: Question) -> Node:
    words = tuple(Word(word, accented=True) for word in question.words)
    if question.kind == "phrase":
        return Phrase(words)
    if question.kind == "any" and len(words) > 1:
        return Or(tuple(Plain((word,)) for word in words))
    return Plain(words)


def _prepare_nothing() -> None:
    """Start as it is."""


def _write_block(directory: Path, records: list[Record]) -> Any:
    # No class asks for compounds, and finding them takes most of the time.
    with patch.object(analysis, "find_compounds", return_value=iter(())):
        return write_segment(directory, map(_row, records))


def _row(record: Record) -> IndexRow:
    document = CouncilDocument(
        id=record.id,
        path=record.id,
        sha256="",
        title="",
        text=CleanText(record.words),
        kind="",
        category=record.category,
        level=cast("Level", record.level),
        media_type="text/plain",
        issued_on=date(record.year, 7, 1),
    )
    return IndexRow(record.title, document, {})
