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

from bisect import bisect_right
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

How = Literal["corrected", "manifest", "stated", "inferred", "default"]
"""How a field is known: a reviewer corrected it, the manifest says so, the text says so, we
concluded it, or none of these."""

UNCATEGORISED = "chưa phân loại"
UNKNOWN_KIND = "không rõ"

KNOWN_FIELDS = (
    "title",
    "number",
    "kind",
    "category",
    "issuer",
    "level",
    "place",
    "issued_on",
    "adopted_on",
    "effective_on",
    "expires_on",
    "term",
    "session",
    "session_type",
    "abstract",
    "signer",
    "signer_title",
    "publisher",
)
"""Fields of a record that a manifest or an export may state; what it states wins."""

DATE_FIELDS = ("issued_on", "adopted_on", "effective_on", "expires_on")


class Evidence(NamedTuple):
    """Why a field holds what it holds."""

    how: How
    quote: str = ""
    """The words of the source (or the rule's reason) that the value rests on."""
    start: int | None = None
    """Where the quote starts in the document's text; None where it is not a part of it."""
    confidence: float = 1.0
    """0 to 1: how likely the value is right."""


class Basis(NamedTuple):
    """One of the acts and papers that a document rests on."""

    text: str
    """The whole clause of the preamble, without "Căn cứ" and the semicolon."""
    start: int
    """Where its clause ("Căn cứ ...") starts in the document's text."""
    number: str | None = None
    kind: str | None = None
    issued_on: str | None = None
    """The cited day as YYYY-MM-DD."""


DivisionKind = Literal["phần", "chương", "mục", "tiểu mục", "điều", "khoản", "điểm", "phụ lục"]


class Division(NamedTuple):
    """A part of an act that can be cited, from its own heading to the next one's."""

    kind: DivisionKind
    label: str
    """As it is cited, without its kind: "5", "II", "đ", "5a"."""
    heading: str
    """What stands beside or under the label in its heading; "" for none."""
    start: int
    end: int
    """Offsets into the document's text; those of its own parts lie inside."""
    parent: int | None = None
    """The place in the list of divisions of the one that holds it."""


class Conflict(NamedTuple):
    """Two sources that disagree on a field; the first one was kept."""

    field: str
    kept: str
    kept_from: How
    other: str
    other_quote: str = ""


class Doubt(NamedTuple):
    """Something in a record that a person should look at again."""

    field: str
    """One of KNOWN_FIELDS, or "text"."""
    why: Literal["missing", "doubtful", "disputed", "unread"]
    value: str = ""
    """What the record holds."""
    words: str = ""
    """What it rests on, or what speaks against it."""
    weight: float = 1.0
    """How much it matters; they add up."""


class Review(NamedTuple):
    """A document with doubts."""

    id: str
    path: str
    title: str
    doubts: tuple[Doubt, ...]
    """The heaviest first."""

    @property
    def weight(self) -> float:
        """How badly it needs a look."""
        return sum(doubt.weight for doubt in self.doubts)


class Attachment(NamedTuple):
    """A file that a page offers beside its text."""

    name: str
    address: str


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
    corrections: Mapping[str, str] = field(default_factory=dict)
    """What a reviewer put in the place of all else, in the form of facts; "" for no value."""
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
    corrections: Mapping[str, str] = field(default_factory=dict)
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
    """One text per page of the file, also for empty ones; a single one where it has no pages."""
    media_type: str
    method: str
    """The extractor and its version, e.g. "pdfminer.six 20260107"."""
    title: str = ""
    """From the format's own metadata (HTML title, heading), when it has one."""
    boilerplate: str = ""
    """Menus and frames taken off the content: never indexed, yet they name the publisher."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Facts in the file's own metadata keyed by KNOWN_FIELDS (HTML meta tags, breadcrumbs)."""
    attachments: tuple[Attachment, ...] = ()
    scans: tuple[int, ...] = ()
    """Pages (from 0) that are pictures; their texts are empty until OCR has read them."""
    ocr: Mapping[int, float] = field(default_factory=dict)
    """Pages (from 0) whose text is OCR's, with its mean confidence from 0 to 1."""


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
    signer_title: str | None = None
    publisher: str | None = None
    place: str | None = None
    adopted_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    session_type: str | None = None
    mentioned: tuple[Level, ...] = ()
    """Levels of councils spoken of in passing."""
    bases: tuple[Basis, ...] = ()
    divisions: tuple[Division, ...] = ()
    """In the order of the text: each stands behind the one that holds it."""
    conflicts: tuple[Conflict, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    pages: tuple[int, ...] = ()
    """Where each page starts in `text`, in characters; empty where there are no pages."""
    scans: tuple[int, ...] = ()
    """Pages (from 0) that nobody could read: pictures, where there was no OCR."""
    ocr: Mapping[int, float] = field(default_factory=dict)
    """Pages (from 0) that OCR read, with its mean confidence from 0 to 1."""
    origin: str = ""
    sample: bool = False
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """Keyed by field name."""

    @property
    def date_known(self) -> How | None:
        """How the date is known; None without a date."""
        known = self.evidence.get("issued_on")
        return known.how if known and self.issued_on else None

    def page_at(self, offset: int) -> int | None:
        """Return the page, from 1, on which an offset into the text lies; None without pages."""
        return bisect_right(self.pages, offset) or None
