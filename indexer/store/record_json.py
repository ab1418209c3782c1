"""Records to JSON and back, for the library's rows."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from indexer.records import (
    DATE_FIELDS,
    Attachment,
    Basis,
    CleanText,
    Conflict,
    CouncilDocument,
    Division,
    Evidence,
    ExtractedText,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TUPLES: Mapping[str, Callable[..., object]] = {
    "bases": Basis,
    "divisions": Division,
    "conflicts": Conflict,
    "attachments": Attachment,
}


def document_to_json(document: CouncilDocument) -> str:
    """Return the record without its text, which the library keeps beside it."""
    row: dict[str, Any] = {f.name: getattr(document, f.name) for f in fields(CouncilDocument)}
    del row["text"]
    for name in DATE_FIELDS:
        row[name] = row[name].isoformat() if row[name] else None
    return json.dumps(
        {**row, "evidence": dict(document.evidence), "ocr": dict(document.ocr)}, ensure_ascii=False
    )


def document_from_json(row: str, text: str) -> CouncilDocument:
    """Return the record that `document_to_json` wrote, with its text."""
    values = json.loads(row)
    for name in DATE_FIELDS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in ("pages", "scans", "mentioned"):
        values[name] = tuple(values[name])
    for name, make in _TUPLES.items():
        values[name] = tuple(make(*parts) for parts in values[name])
    values["ocr"] = _by_page(values["ocr"])
    values["evidence"] = {name: Evidence(*why) for name, why in values["evidence"].items()}
    return CouncilDocument(text=CleanText(text), **values)


def extract_to_json(extract: ExtractedText) -> str:
    """Return an extraction as JSON."""
    row = {f.name: getattr(extract, f.name) for f in fields(ExtractedText)}
    return json.dumps(
        {**row, "hints": dict(extract.hints), "ocr": dict(extract.ocr)}, ensure_ascii=False
    )


def extract_from_json(row: str) -> ExtractedText:
    """Return the extraction that `extract_to_json` wrote."""
    values = cast("dict[str, Any]", json.loads(row))
    values["pages"] = tuple(values["pages"])
    values["scans"] = tuple(values["scans"])
    values["attachments"] = tuple(Attachment(*parts) for parts in values["attachments"])
    values["ocr"] = _by_page(values["ocr"])
    return ExtractedText(**values)


def _by_page(values: dict[str, float]) -> dict[int, float]:
    # JSON spells the keys of an object as texts.
    return {int(page): value for page, value in values.items()}
