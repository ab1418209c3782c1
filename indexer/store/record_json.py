"""Records to JSON and back, for the library's rows."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any, cast

from indexer.records import CleanText, CouncilDocument, Evidence, ExtractedText

_PLAIN = tuple(
    f.name for f in fields(CouncilDocument) if f.name not in {"text", "issued_on", "evidence"}
)


def document_to_json(document: CouncilDocument) -> str:
    """Return the record without its text, which the library keeps beside it."""
    row: dict[str, Any] = {name: getattr(document, name) for name in _PLAIN}
    row["issued_on"] = document.issued_on.isoformat() if document.issued_on else None
    row["evidence"] = dict(document.evidence)
    return json.dumps(row, ensure_ascii=False)


def document_from_json(row: str, text: str) -> CouncilDocument:
    """Return the record that `document_to_json` wrote, with its text."""
    values = json.loads(row)
    issued_on = values.pop("issued_on")
    evidence = values.pop("evidence")
    for name in ("pages", "mentioned"):
        values[name] = tuple(values[name])
    return CouncilDocument(
        text=CleanText(text),
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        evidence={name: Evidence(*why) for name, why in evidence.items()},
        **values,
    )


def extract_to_json(extract: ExtractedText) -> str:
    """Return an extraction as JSON."""
    row = {f.name: getattr(extract, f.name) for f in fields(ExtractedText)}
    return json.dumps({**row, "hints": dict(extract.hints)}, ensure_ascii=False)


def extract_from_json(row: str) -> ExtractedText:
    """Return the extraction that `extract_to_json` wrote."""
    values = cast("dict[str, Any]", json.loads(row))
    return ExtractedText(**{**values, "pages": tuple(values["pages"])})
