"""Decides who signed, in what office and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading.metadata.finding import Finding, manifest, stated
from indexer.reading.metadata.kind import NEWS
from indexer.reading.metadata.place import find_place
from indexer.reading.metadata.signer import find_signature

if TYPE_CHECKING:
    from indexer.reading.metadata.reading import Reading


def decide_signature(reading: Reading) -> tuple[Finding[str] | None, Finding[str] | None]:
    """Return the signer and the office: as the text has them, else the portal's word.

    The office is only taken from where the name is, since a portal tells it of its own signer.
    """
    name, title = _said(reading, "signer"), _said(reading, "signer_title")
    found = find_signature(reading.text) if reading.layout.formal else None
    if found and not (reading.portal_first and name):
        name, title = found.name, found.title
    return _fact(reading, "signer") or name, _fact(reading, "signer_title") or title


def _fact(reading: Reading, field: str) -> Finding[str] | None:
    fact = reading.facts.get(field)
    return manifest(fact, fact) if fact else None


def _said(reading: Reading, field: str) -> Finding[str] | None:
    words = reading.attributes.get(field) or reading.hints.get(field)
    return stated(words, words) if words else None


def decide_place(reading: Reading, kind: str, issuer: str | None) -> Finding[str] | None:
    """Return where the paper was issued; a report is written anywhere."""
    if fact := _fact(reading, "place"):
        return fact
    if kind == NEWS or not reading.layout.formal:
        return None
    return find_place(reading.layout, issuer)
