"""What an engine answers, whichever one stands behind: numbers, ids and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import CouncilDocument, Level
    from indexer.search_records import Query, Sort, Standing, TermScore


class IndexRow(NamedTuple):
    """A document on its way into the index."""

    key: str
    """Content key of the library's row."""
    document: CouncilDocument
    number_keys: tuple[str, ...]
    """Exact keys under which its number is found, the one that spells it just so first."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each field adds to a score; BM25 with k1 = 1.2, b = 0.75 in each."""

    text: float
    bigrams: float
    title: float
    compounds: float
    number: float
    """Added to a document that bears a number of the query; twice if it is spelled just so."""


@dataclass(frozen=True, slots=True)
class Needs:
    """How much of a query a document must hold, in distinct words and neighbouring pairs."""

    full_words: int
    full_pairs: int
    partial_words: int
    partial_pairs: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen facet values: values of one facet mean OR, different facets AND."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Keyed by category, level, kind, issuer."""
    months: frozenset[tuple[int, int]] = frozenset()
    """(year, month); month 0 means the whole year, (0, 0) documents without a date."""


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """A query with everything that decides its answer."""

    query: Query
    needs: Needs
    weights: Weights
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class HitRecord:
    """What the index itself keeps of a document, enough to list it."""

    id: str
    key: str
    """Content key of the library's row."""
    title: str
    kind: str
    category: str
    level: Level
    number: str | None
    issuer: str | None
    issued_on: str | None
    """YYYY-MM-DD."""
    date_known: str | None
    publisher: str | None
    sample: bool


@dataclass(frozen=True, slots=True)
class EngineHit:
    """One document of the answer's window."""

    record: HitRecord
    score: float
    partial: bool


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """Counts, facets and one window of hits: full matches first, partial ones after them."""

    total: int
    partial_total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    """Full matches per value, keyed by category, level, kind, issuer; each ignores its own filter.
    Every value of the index is there, also at zero."""
    months: Mapping[tuple[int, int], int]
    """Full matches per (year, month), under all filters but that of dates."""


class Engine(Protocol):
    """One open generation. Safe to use from several threads."""

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""

    def count_all(self) -> Mapping[str, Mapping[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""

    def explain(
        self, request: EngineRequest, document_id: str
    ) -> tuple[Standing, int, float, tuple[TermScore, ...]]:
        """Return (full, partial or none), words held, score and its parts."""

    def close(self) -> None:
        """Let go of the files."""
