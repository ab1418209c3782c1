"""A record laid open as JSON: what was read from a file, where it says so, and how sure we are."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from indexer.reading.metadata.kinds import kind_labels
from indexer.reading.metadata.number import number_keys
from indexer.records import CouncilDocument

if TYPE_CHECKING:
    from indexer.records import Basis, Conflict, Division, Evidence, Review

_NOT_OF_THE_RECORD = ("text", "evidence", "pages", "ocr", "scans")


def inspection_as_json(document: CouncilDocument) -> dict[str, Any]:
    """Return `record`, `evidence` by field, `text` and the number of `pages`.

    Dates are YYYY-MM-DD, pages count from 1, offsets count characters of `text` from 0.
    `unread_pages` are pictures that no OCR has read, `ocr` maps pages to OCR's confidence.
    """
    return {
        "record": record_as_json(document),
        "evidence": {name: _evidence(document, why) for name, why in document.evidence.items()},
        "text": document.text,
        "pages": len(document.pages) or 1,
        **scans_as_json(document),
    }


def review_as_json(review: Review) -> dict[str, Any]:
    """Return a document's doubts, the heaviest first."""
    return {
        "id": review.id,
        "path": review.path,
        "title": review.title,
        "weight": round(review.weight, 3),
        "doubts": [{**d._asdict(), "weight": round(d.weight, 3)} for d in review.doubts],
    }


def scans_as_json(document: CouncilDocument) -> dict[str, Any]:
    """Return which pages, from 1, nobody could read, and how sure OCR is of those it read."""
    return {
        "unread_pages": [page + 1 for page in document.scans],
        "ocr": {str(page + 1): round(sure, 3) for page, sure in document.ocr.items()},
    }


def record_as_json(document: CouncilDocument) -> dict[str, Any]:
    """Return all that the record holds but text, pages and evidence; the kind by its label."""
    names = (f.name for f in fields(CouncilDocument) if f.name not in _NOT_OF_THE_RECORD)
    record = {name: _plain(getattr(document, name)) for name in names}
    keys = number_keys(document.number) if document.number else ()
    record["number_key"] = keys[0] if keys else None
    record["kind"] = kind_labels().get(document.kind, document.kind)
    record["bases"] = [_basis(document, basis) for basis in document.bases]
    record["divisions"] = [_division(document, part) for part in document.divisions]
    record["conflicts"] = [_conflict(conflict) for conflict in document.conflicts]
    record["attachments"] = [attachment._asdict() for attachment in document.attachments]
    return record


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _evidence(document: CouncilDocument, why: Evidence) -> dict[str, Any]:
    return {
        "text": why.quote,
        "page": None if why.start is None else document.page_at(why.start),
        "confidence": round(why.confidence, 3),
        "how": why.how,
        "start": why.start,
    }


def _basis(document: CouncilDocument, basis: Basis) -> dict[str, Any]:
    return {**basis._asdict(), "page": document.page_at(basis.start)}


def _division(document: CouncilDocument, part: Division) -> dict[str, Any]:
    return {**part._asdict(), "page": document.page_at(part.start)}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return conflict._asdict()
