"""Records and doubts about them, drawn for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.cli_output import draw_field, plain, wrap
from indexer.records import KNOWN_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.records import CouncilDocument, Doubt, Evidence, Review

_RULE = "-" * 72
_INDENT = " " * 14


def draw_record(document: CouncilDocument) -> str:
    """Return each field with its value, how it is known and why; the text comes last."""
    lines: list[str] = []
    for name in KNOWN_FIELDS:
        lines += draw_field(name, getattr(document, name))
        if known := document.evidence.get(name):
            lines += wrap(_INDENT, _draw_evidence(document, known))
    lines += _draw_parts(document)
    for name in ("origin", "id", "path", "sha256", "media_type"):
        lines += draw_field(name, getattr(document, name))
    lines += draw_field("sample", "yes" if document.sample else "no")
    return "\n".join([*lines, _RULE, *map(plain, document.text.split("\n"))])


def _draw_evidence(document: CouncilDocument, known: Evidence) -> str:
    page = None if known.start is None else document.page_at(known.start)
    place = f", page {page}" if page else ""
    quote = f": “{plain(known.quote)}”" if known.quote else ""
    return f"{known.how}, {known.confidence:.0%} sure{place}{quote}"


def _draw_parts(document: CouncilDocument) -> Iterator[str]:
    """Yield what a record holds beside its single values."""
    size = f"{len(document.text):,} characters"
    if document.pages:
        size += f", {len(document.pages):,} pages"
    if document.ocr:
        sure = min(document.ocr.values())
        size += f", {len(document.ocr):,} of them by OCR (least sure {sure:.0%})"
    if document.scans:
        size += f", {len(document.scans):,} pages unread: they are pictures and need OCR"
    parts = [*map(_name_division, document.divisions)]
    articles = sum(part.startswith("điều") for part in parts)
    yield from draw_field("mentioned", ", ".join(document.mentioned))
    for basis in document.bases:
        yield from draw_field("basis", basis.text)
    divisions = f"{articles:,} điều among {len(parts):,} parts" if parts else ""
    yield from draw_field("divisions", divisions)
    for conflict in document.conflicts:
        kept = f"{conflict.field}: kept {conflict.kept!r} ({conflict.kept_from})"
        other = "another source" if conflict.kept_from == "stated" else "the text"
        yield from draw_field("conflict", f"{kept}, {other} says {conflict.other!r}")
    for attachment in document.attachments:
        yield from draw_field("attachment", f"{attachment.name} <{attachment.address}>")
    yield from draw_field("text", size)


def _name_division(part: tuple[object, ...]) -> str:
    return f"{part[0]} {part[1]}"


def draw_reviews(reviews: Sequence[Review], total: int) -> str:
    """Return the documents with their doubts, and how many there are in all."""
    lines = [f"{total:,} documents with doubtful or missing fields, worst first"]
    for review in reviews:
        lines += ["", *wrap(f"{review.weight:>5.2f}  ", plain(review.title))]
        lines += [f"       id: {plain(review.id)}"]
        for doubt in review.doubts:
            lines += wrap("       ", _draw_doubt(doubt))
    if total > len(reviews):
        lines += ["", f"… and {total - len(reviews):,} more; --limit 0 lists all"]
    return "\n".join(lines)


def _draw_doubt(doubt: Doubt) -> str:
    value = f" {plain(doubt.value)!r}" if doubt.value else ""
    words = f": “{plain(doubt.words)}”" if doubt.words else ""
    return f"{doubt.field} {doubt.why}{value}{words}"
