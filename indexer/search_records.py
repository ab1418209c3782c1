"""Frozen values of a search: what a reader asks, and what the answer holds.

What documents are made of is in `records.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from indexer.records import CouncilDocument, How, Level

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")

FACETS = ("category", "date", "level", "kind", "issuer")
"""Facet names as the command line and the API spell them, in the order pages show them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable of a query, normalised as the index's syllables are."""

    syllable: str
    accented: bool
    """Typed with accents: only the same spelling matches. Without, any accents match."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, in this order."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class NumberClause:
    """A document number in the query: the document itself, or one that mentions it."""

    key: str
    """Folded exact key, as the index keeps them: "15/2023/nq-hdnd"."""
    mention: Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for. A full match holds every phrase and number, and enough words."""

    words: tuple[Word, ...] = ()
    """Distinct, in order; those of phrases and numbers are not repeated here."""
    phrases: tuple[Phrase, ...] = ()
    numbers: tuple[NumberClause, ...] = ()
    bigrams: tuple[str, ...] = ()
    """Folded neighbours among the words: the index's own terms."""
    compounds: tuple[str, ...] = ()
    """pyvi's words of several syllables: they only add score."""

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing, and so for everything."""
        return not (self.words or self.phrases or self.numbers)


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


class Fragment(NamedTuple):
    """A run of plain text, marked when it matches the query. Not escaped."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One document among the results."""

    id: str
    title: tuple[Fragment, ...]
    snippet: tuple[Fragment, ...]
    score: float
    kind: str
    category: str
    level: Level
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    date_known: How | None = None
    publisher: str | None = None
    page: int | None = None
    """The page of the passage shown, from 1; None where the text has no pages."""
    article: str = ""
    """The label of the điều that the passage shown lies in: "5"."""
    citation: str = ""
    """The passage as it is cited: "khoản 2 Điều 5"."""
    scanned: bool = False
    """OCR read some of it."""
    sample: bool = False
    partial: bool = False
    """Holds only some of the words; counted in `partial_total`, not in `total`."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that the reader can choose, and how many full matches have it."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a SearchRequest."""

    request: SearchRequest
    total: int
    """Full matches. The facets count these."""
    partial_total: int
    """Weaker matches that follow after the full ones."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    """Keyed by FACETS, each always present. `date` holds years, each chosen or opened year
    followed by its months."""
    pages: int
    """Pages that hold at least one hit, full or partial; 0 when nothing matches."""
    seconds: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document, ready to be shown with the query's matches marked."""

    document: CouncilDocument
    title: tuple[Fragment, ...]
    text: tuple[Fragment, ...]
    original: Path | None = None
    """The untouched source file, where it is still there and still the same."""


class TermScore(NamedTuple):
    """What one term of the query adds to one document's score."""

    field: str
    term: str
    frequency: float
    score: float


Standing = Literal["full", "partial", "none"]
"""How a document stands to a query."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document stands where it stands for a query."""

    id: str
    matches: Standing
    words_held: int
    words_asked: int
    words_needed: int
    score: float
    terms: tuple[TermScore, ...]
