"""What stands around a document's text: parts to jump to, pages that a machine read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.answers.place import cite_divisions, passage_anchor

if TYPE_CHECKING:
    from indexer.records import CouncilDocument


@dataclass(frozen=True, slots=True)
class ScanNotice:
    """What a reader should know of a document that was scanned."""

    read: int
    """Pages that OCR read."""
    unread: tuple[int, ...]
    """Numbers of the pages that nobody could read, from 1."""
    least_sure: int
    """OCR's confidence on the page where it is lowest, in percent."""


def passage_anchors(document: CouncilDocument) -> dict[int, str]:
    """Return the anchor of each division by its offset."""
    return {start: passage_anchor(name) for start, name in cite_divisions(document).items()}


def scan_notice(document: CouncilDocument) -> ScanNotice | None:
    """Return what to say of pages that were pictures; None where there were none."""
    if not (document.ocr or document.scans):
        return None
    return ScanNotice(
        read=len(document.ocr),
        unread=tuple(page + 1 for page in document.scans),
        least_sure=round(100 * min(document.ocr.values(), default=0)),
    )
