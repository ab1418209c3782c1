"""The record of a document as labelled rows: what is known, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.records import LEVEL_LABELS, UNKNOWN_KIND, Evidence, SearchRequest
from webapp.links import results_url
from webapp.template_filters import day

if TYPE_CHECKING:
    from indexer.records import CouncilDocument

INFERRED = "ngày suy ra"
HOW_NOTES = {
    "manifest": "theo nơi đăng",
    "stated": "ghi trong văn bản",
    "inferred": "",
    "default": "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled fact."""

    label: str
    value: str
    url: str = ""
    """Of the documents that share the fact, or of the page it comes from."""
    badge: str = ""
    """A caution that must not be missed."""
    note: str = ""
    """How the fact is known."""
    outside: bool = False
    """The address leads away from this site."""


def record_rows(document: CouncilDocument) -> tuple[Row, ...]:
    """Return the rows that have something to say, in the order of a document's head."""
    known = (*_identity(document), _date(document), *_council(document), *_provenance(document))
    return tuple(row for row in known if row.value)


def _identity(document: CouncilDocument) -> tuple[Row, ...]:
    kind = document.kind
    return (
        Row("Số hiệu", document.number or ""),
        Row("Loại văn bản", kind, _alike("kind", kind) if kind != UNKNOWN_KIND else ""),
        Row("Cơ quan ban hành", document.issuer or "", _alike("issuer", document.issuer)),
    )


def _date(document: CouncilDocument) -> Row:
    if document.issued_on is None:
        return Row("Ngày ban hành", "")
    how, quote = document.evidence.get("issued_on", Evidence("default"))
    inferred = how == "inferred"
    return Row(
        label="Ngày ban hành",
        value=day(document.issued_on),
        badge=INFERRED if inferred else "",
        note=f"căn cứ: “{quote}”" if inferred and quote else HOW_NOTES[how],
    )


def _council(document: CouncilDocument) -> tuple[Row, ...]:
    session = document.session or ""
    others = [level for level in document.mentioned if level != document.level]
    mentioned = ", ".join(LEVEL_LABELS[level].lower() for level in others)
    return (
        Row("Cấp hội đồng", LEVEL_LABELS[document.level], _alike("level", document.level)),
        Row("Cấp được nhắc tới", mentioned),
        Row("Khóa", document.term or ""),
        Row("Kỳ họp", f"thứ {session}" if session.isdigit() else session),
        Row("Người ký", document.signer or ""),
    )


def _provenance(document: CouncilDocument) -> tuple[Row, ...]:
    category, origin = document.category, document.origin
    address = origin if origin.lower().startswith(("https://", "http://")) else ""
    return (
        Row("Chuyên mục", category, _alike("category", category)),
        Row("Nơi đăng", document.publisher or ""),
        Row("Nguồn", origin, address, outside=bool(address)),
    )


def _alike(facet: str, value: str | None) -> str:
    return results_url(SearchRequest(filters={facet: (value,)})) if value else ""
