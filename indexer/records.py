"""Frozen values handed from stage to stage, and the glossary of their names.

::

    English (code)   Vietnamese (pages)          meaning
    ---------------  --------------------------  ------------------------------------------------
    number           số hiệu                     "12/2023/NQ-HĐND"; never invented when blank
    kind             loại văn bản                "nghị quyết", "tờ trình", ...: data/kinds.tsv
    category         chuyên mục                  the source's own category, word for word
    issuer           cơ quan ban hành            the body that issued it or presided over it
    level            cấp                         of the issuer on the day of issue, see LEVELS
    issued_on        ngày ban hành               the day it was issued, or of the event reported
    term             khóa                        "XVI": counted per council
    session          kỳ họp                      "15": counted per council and term
    title            tên gọi                     the line a reader would cite it by
    abstract         trích yếu                   what it is about, as the act itself says
    signer           người ký                    whose name stands under it
    publisher        nơi đăng                    the portal or gazette we have it from
    sample           văn bản mẫu                 made up for tests and demonstrations; never law
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, NewType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

CleanText = NewType("CleanText", str)
"""Text that went through `language.text.clean_text`, which alone may make one."""

Level = Literal["trung ương", "tỉnh", "huyện", "xã", "không rõ"]
"""Council level on the document's date; "huyện" ended on 30/06/2025 and stays as history."""

LEVELS: tuple[Level, ...] = ("trung ương", "tỉnh", "huyện", "xã", "không rõ")

LEVEL_LABELS: Mapping[str, str] = {
    "trung ương": "Trung ương",
    "tỉnh": "Tỉnh/thành phố",
    "huyện": "Huyện/quận/thị xã",
    "xã": "Xã/phường/thị trấn/đặc khu",
    "không rõ": "Không rõ cấp",
}

How = Literal["manifest", "stated", "inferred", "default"]
"""How a field is known: the manifest says so, the text says so, we concluded it, or neither."""

UNCATEGORISED = "chưa phân loại"
UNKNOWN_KIND = "không rõ"

KNOWN_FIELDS = (
    "title",
    "number",
    "kind",
    "category",
    "issuer",
    "level",
    "issued_on",
    "term",
    "session",
    "abstract",
    "signer",
    "publisher",
)
"""Fields of a record that a manifest or an export may state; what it states wins."""


class Evidence(NamedTuple):
    """Why a field holds what it holds."""

    how: How
    quote: str = ""
    """The words of the source (or the rule's reason) that the value rests on."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that waits to be read."""

    id: str
    """As the manifest gives it; else the path."""
    path: str
    """Below the source's root, with forward slashes, NFC or not as on disk."""
    location: Path
    sha256: str
    """Of the bytes seen when the source was listed."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the manifest states, keyed by KNOWN_FIELDS; dates as YYYY-MM-DD."""
    origin: str = ""
    """Where the file came from: an address or a sentence."""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One line of a `.jsonl` export: a document that comes as text."""

    id: str
    path: str
    """The export's name and line when it was read: "docs.jsonl.gz:12"."""
    sha256: str
    """Of the line's bytes."""
    title: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    sample: bool = False


Source = SourceFile | SourceEntry


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that gave no document, and why. `skipped` ones are no failure of the build."""

    path: str
    reason: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What a file's format gave up, before cleaning."""

    pages: tuple[str, ...]
    """One text per page, lines kept; a single one where the format has no pages."""
    media_type: str
    method: str
    """The extractor and its version, e.g. "pdfminer.six 20260107"."""
    title: str = ""
    """From the format's own metadata (HTML title, heading), when it has one."""
    boilerplate: str = ""
    """Menus and frames taken off the content: never indexed, yet they name the publisher."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Facts in the file's own metadata keyed by KNOWN_FIELDS (HTML meta tags, breadcrumbs)."""


@dataclass(frozen=True, slots=True)
class CouncilDocument:
    """The record of one document and its clean text."""

    id: str
    path: str
    sha256: str
    title: str
    text: CleanText
    kind: str
    category: str
    level: Level
    media_type: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    term: str | None = None
    session: str | None = None
    abstract: str | None = None
    signer: str | None = None
    publisher: str | None = None
    mentioned: tuple[Level, ...] = ()
    """Levels of councils spoken of in passing."""
    pages: tuple[int, ...] = ()
    """Where each page starts in `text`, in characters; empty where there are no pages."""
    origin: str = ""
    sample: bool = False
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """Keyed by field name."""

    @property
    def date_known(self) -> How | None:
        """How the date is known; None without a date."""
        known = self.evidence.get("issued_on")
        return known.how if known and self.issued_on else None


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
