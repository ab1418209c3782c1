"""The record of a document as labelled rows: what is known, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indexer.records import DATE_FIELDS, LEVEL_LABELS, UNKNOWN_KIND, Evidence
from indexer.search_records import SearchRequest
from webapp.links import results_url
from webapp.template_filters import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.records import Conflict, CouncilDocument

INFERRED = "ngày suy ra"
HOW_NOTES = {
    "corrected": "đã được người rà soát sửa",
    "manifest": "theo nơi đăng",
    "stated": "ghi trong văn bản",
    "inferred": "",
    "default": "",
}
_DATES = {
    "issued_on": "Ngày ban hành",
    "adopted_on": "Ngày thông qua",
    "effective_on": "Ngày có hiệu lực",
    "expires_on": "Ngày hết hiệu lực",
}
_DISPUTED = "văn bản ghi khác"
_DISPUTED_ELSEWHERE = "nguồn khác ghi khác"


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
    known = (*_identity(document), *_dates(document), *_council(document), *_provenance(document))
    return tuple(row for row in known if row.value)


def _identity(document: CouncilDocument) -> tuple[Row, ...]:
    kind, issuer = document.kind, document.issuer
    alike = _alike("kind", kind) if kind != UNKNOWN_KIND else ""
    return (
        Row("Số hiệu", document.number or "", "", *_dispute(document, "number")),
        Row("Loại văn bản", kind, alike, *_dispute(document, "kind")),
        Row(
            "Cơ quan ban hành",
            issuer or "",
            _alike("issuer", issuer),
            *_dispute(document, "issuer"),
        ),
        Row("Địa danh", document.place or ""),
    )


def _dates(document: CouncilDocument) -> Iterator[Row]:
    for name, label in _DATES.items():
        value: date | None = getattr(document, name)
        why = document.evidence.get(name, Evidence("default"))
        badge, note = _dispute(document, name)
        if why.how == "inferred":
            badge, note = INFERRED, f"căn cứ: “{why.quote}”" if why.quote else ""
        yield Row(label, day(value) if value else "", "", badge, note or HOW_NOTES[why.how])


def _dispute(document: CouncilDocument, name: str) -> tuple[str, str]:
    """Return badge and note of a field on which the text and its source disagree."""
    for conflict in document.conflicts:
        if conflict.field == name:
            other = _spell(conflict)
            # The page that offers the paper, or its title, against the paper itself.
            if conflict.kept_from == "stated":
                return _DISPUTED_ELSEWHERE, f"nguồn khác ghi: “{other}”"
            return _DISPUTED, f"{HOW_NOTES[conflict.kept_from]}; văn bản ghi: “{other}”"
    return "", ""


def _spell(conflict: Conflict) -> str:
    """Return the other value as readers write it."""
    if conflict.field in DATE_FIELDS:
        return day(date.fromisoformat(conflict.other))
    return conflict.other


def _council(document: CouncilDocument) -> tuple[Row, ...]:
    others = [level for level in document.mentioned if level != document.level]
    mentioned = ", ".join(LEVEL_LABELS[level].lower() for level in others)
    signer = ", ".join(filter(None, (document.signer, document.signer_title)))
    return (
        Row("Cấp hội đồng", LEVEL_LABELS[document.level], _alike("level", document.level)),
        Row("Cấp được nhắc tới", mentioned),
        Row("Khóa", document.term or ""),
        Row("Kỳ họp", _session(document)),
        Row("Người ký", signer),
    )


def _session(document: CouncilDocument) -> str:
    """Return "thứ 15 (chuyên đề)"; the kind of session is not said twice."""
    session, sort = document.session or "", document.session_type or ""
    named = f"thứ {session}" if session.isdigit() else session
    return f"{named} ({sort})" if named and sort and sort not in named else named or sort


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
