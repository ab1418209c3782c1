"""What every engine is given and gives back. Standard library only: Debian's Python reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Kind = Literal["all", "any", "phrase"]
FACETS = ("category", "level", "year")
BEST = 10


class Record(NamedTuple):
    """One document as every engine indexes it."""

    id: str
    title: str
    """Only stored."""
    words: str
    """The text's normalised syllables with a blank between them: what is searched."""
    category: str
    level: str
    year: int


class Question(NamedTuple):
    """One query: documents that hold all of the words, any of them, or all side by side."""

    kind: Kind
    words: tuple[str, ...]


class Found(NamedTuple):
    """The whole answer."""

    total: int
    facets: Mapping[str, Mapping[Any, int]]
    """Documents found per value, for each of FACETS; values that none has are left out.

    They are compared as JSON has them: as text."""
    titles: tuple[str, ...]
    """Of the BEST documents by BM25, best first."""


class BenchEngine(Protocol):
    """One engine over one index."""

    version: str

    def ask(self, question: Question) -> Found:
        """Return the answer."""


class EngineModule(Protocol):
    """What a module `engine_NAME` holds."""

    def build(self, records: Iterator[Record], directory: Path) -> None:
        """Write the index."""

    def open_engine(self, directory: Path) -> BenchEngine:
        """Open the index."""


def read_records(documents: Path) -> Iterator[Record]:
    """Yield the records of a prepared file."""
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            yield Record(*json.loads(line))


def write_record(record: Record) -> str:
    """Return a record as a line of a prepared file."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def named_counts(rows: Mapping[str, Mapping[Any, int]]) -> dict[str, dict[str, int]]:
    """Return the counts above nothing, values as text, to be compared between engines."""
    return {
        facet: {str(value): count for value, count in counts.items() if count}
        for facet, counts in rows.items()
    }
