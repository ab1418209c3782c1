"""Frozen values of a search: what a reader asks, and what the answer holds.

What documents are made of is in `records.py`, what a query asks for in `query_records.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from indexer.query_records import Understood
    from indexer.records import CouncilDocument, How, Level

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")

FACETS = ("category", "date", "level", "kind", "issuer")
"""Facet names as the command line and the API spell them, in the order pages show them."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question as the reader put it: words, chosen facet values, order and page."""

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keyed by FACETS. Values of one facet mean OR, different facets AND.
    Dates are YYYY or YYYY-MM."""
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 20
    declined: tuple[str, ...] = ()
    """Keys of what was understood (Understood.key) that the reader wants as plain words."""


class Fragment(NamedTuple):
    """A run of plain text, marked when it matches the query. Not escaped."""

    text: str
    marked: bool = False


class Passage(NamedTuple):
    """A stretch of a document that answers the query, and where it stands."""

    fragments: tuple[Fragment, ...]
    page: int | None = None
    """From 1; None where the text has no pages."""
    article: str = ""
    """The label of the điều it lies in: "5"."""
    citation: str = ""
    """As it is cited: "khoản 2 Điều 5"."""


Standing = Literal["full", "literal", "partial", "none"]
"""How a document stands to a query: it holds all that was understood and enough of the words; it
holds enough words, but not what was understood from them; it holds some of the words; neither."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One document among the results."""

    id: str
    title: tuple[Fragment, ...]
    passages: tuple[Passage, ...]
    """The best ones, best first, at least one."""
    score: float
    kind: str
    category: str
    level: Level
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    date_known: How | None = None
    publisher: str | None = None
    scanned: bool = False
    """OCR read some of it."""
    sample: bool = False
    standing: Standing = "full"
    """Only full matches count in `total` and in the facets."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that the reader can choose, and how many full matches have it."""

    value: str
    label: str
    count: int
    selected: bool = False


class Suggestion(NamedTuple):
    """Another query that the reader may have meant."""

    query: str
    fragments: tuple[Fragment, ...]
    """The query in pieces, what changed marked."""


class Rescue(NamedTuple):
    """A way out of an empty result: without one word or filter, so many documents."""

    dropped: str
    """The word, phrase or filter's label to leave out."""
    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a SearchRequest."""

    request: SearchRequest
    total: int
    """Full matches. The facets count these."""
    literal_total: int
    """Documents that the words alone find, outside of what was understood; they follow."""
    partial_total: int
    """Weaker matches that come last."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    """Keyed by FACETS, each always present. `date` holds years, each chosen or opened year
    followed by its months."""
    pages: int
    """Pages that hold at least one hit of any standing; 0 when nothing matches."""
    seconds: float
    understood: tuple[Understood, ...] = ()
    """What the words were taken to mean: "Hiểu là: ..."."""
    suggestion: Suggestion | None = None
    """Never searched unless the reader follows it."""
    rescues: tuple[Rescue, ...] = ()
    """When nothing matches in full, the best first."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document, ready to be shown with the query's matches marked."""

    document: CouncilDocument
    title: tuple[Fragment, ...]
    text: tuple[Fragment, ...]
    original: Path | None = None
    """The untouched source file, where it is still there and still the same."""


class ScorePart(NamedTuple):
    """One part of a document's score, in words."""

    name: str
    """What it is, in English: "title: học", "words close together"."""
    value: float
    """What was measured: a frequency, a share, a distance."""
    score: float
    """What it adds."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document stands where it stands for a query."""

    id: str
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
    parts: tuple[ScorePart, ...]
    """Of the first stage: fields, preferences, numbers; the largest first. They add up to
    `first_score`."""
    first_score: float = 0.0
    reordering: tuple[ScorePart, ...] = ()
    """Of the second stage, where it ran; they add up to its score."""
    understood: tuple[Understood, ...] = ()
