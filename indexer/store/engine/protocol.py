"""What an engine answers, whichever one stands behind: numbers, ids and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from indexer.store.index_fields import FACET_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.language.analysis import KeySpan
    from indexer.query_records import Query
    from indexer.records import CouncilDocument, Level
    from indexer.search_records import ScorePart, Sort, Standing

    Scores = NDArray[np.float32]


class IndexRow(NamedTuple):
    """A document on its way into the index."""

    key: str
    """Content key of the library's row."""
    document: CouncilDocument
    number_keys: Mapping[str, int]
    """Keys under which its number is found: 3 for the one that spells it just so, 2 for shorter
    forms, 1 for those that take the year from its day of issue."""
    facts: tuple[str, ...] = ()
    """What it is: "unit:thành phố hà nội"."""
    title_spans: tuple[KeySpan, ...] = ()
    """What its cleaned title mentions, and where."""
    text_spans: tuple[KeySpan, ...] = ()
    """What its text mentions, and where."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each field adds to a score; BM25 with k1 = 1.2, b = 0.75 in each."""

    text: float
    bigrams: float
    title: float
    compounds: float
    number: float
    """Added to a document that bears a number of the query; twice if it is spelled just so. As the
    following ones, times the best score that words alone give in the same answer."""
    names: float = 1.0
    """Words asked for in the issuer's, signer's or publisher's name."""
    weak: float = 1.0
    """What words that a question merely needs ("là gì") keep of their score."""
    recency: float = 0.0
    """Added to the newest document; half of it to one that is `recency_years` older."""
    recency_years: float = 5.0
    kinds: Mapping[str, float] = field(default_factory=dict)
    """Added to documents of a kind: {"nghị quyết": 0.02}."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen facet values: values of one facet mean OR, different facets AND."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Keyed by category, level, kind, issuer."""
    months: frozenset[tuple[int, int]] = frozenset()
    """(year, month); month 0 means the whole year, (0, 0) documents without a date."""


class HitRecord(NamedTuple):
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
class Reorder:
    """A second stage: the best documents of each standing, ordered anew by their features."""

    depth: int
    """How many of them."""
    score: Callable[[Scores], Scores]
    """Gives a score for each row of features.FEATURES; only their order and distances count."""
    least_spread: float = 1.0
    """Scores that lie nearer than this keep their distances; wider ones fill 0 to 1."""


class EngineRequest(NamedTuple):
    """A query with everything that decides its answer."""

    query: Query
    weights: Weights
    filters: Filters = Filters()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    reorder: Reorder | None = None
    """Used when the sort is by relevance."""
    facets: tuple[str, ...] = (*FACET_COLUMNS, "date")
    """Which facets to count."""


class EngineHit(NamedTuple):
    """One document of the answer's window."""

    record: HitRecord
    score: float
    standing: Standing


class EngineAnswer(NamedTuple):
    """Counts, facets and one window of hits: full matches, then literal ones, then partial ones."""

    total: int
    literal_total: int
    partial_total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    """Full matches per value, keyed by category, level, kind, issuer, as far as asked for; each
    ignores its own filter. Values that no full match has are left out."""
    months: Mapping[tuple[int, int], int]
    """Full matches per (year, month), under all filters but that of dates."""


@dataclass(frozen=True, slots=True)
class Reordered:
    """How the second stage saw one document."""

    features: Scores
    """Its row, in the order of features.FEATURES."""
    low: float
    """The worst candidate's score, and below how much above it the best one's is."""
    spread: float
    bonus: tuple[ScorePart, ...]
    """Shares added to (score of the features - low) / spread; together they are its score."""


@dataclass(frozen=True, slots=True)
class EngineExplanation:
    """Why a document stands where it stands."""

    standing: Standing
    words_held: int
    words_asked: int
    words_needed: int
    weight_held: float
    """Share of the weight of words and neighbouring pairs; what long queries are measured by."""
    weight_needed: float
    """0 where only the number of words counts."""
    score: float
    """The one it was ordered by."""
    first_score: float
    parts: tuple[ScorePart, ...]
    """They add up to `first_score`; the largest first."""
    reordered: Reordered | None = None


class Engine(Protocol):
    """One open generation. Safe to use from several threads."""

    @property
    def size(self) -> int:
        """Documents, deleted ones not counted."""

    def touch_pages(self) -> None:
        """Make ready what first questions would wait for; takes a moment."""

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""

    def count(self, query: Query, filters: Filters) -> int:
        """Return how many documents match in full."""

    def count_all(self) -> Mapping[str, Mapping[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""

    def explain(self, request: EngineRequest, document_id: str) -> EngineExplanation:
        """Return why a document stands where it stands; as "none" where the id is unknown."""

    def more_like(
        self, terms: Sequence[tuple[str, str, float]], *, exclude: str, limit: int
    ) -> tuple[EngineHit, ...]:
        """Return the documents that hold any of the (field, term, weight), best first."""

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term, recently deleted ones among them."""

    def close(self) -> None:
        """Let go of the files."""
