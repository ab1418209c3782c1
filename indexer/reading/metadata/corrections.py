"""A reviewer's corrections stand in a record: they win, and the evidence says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.records import CouncilDocument, Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Source


def facts_of(source: Source) -> dict[str, str]:
    """Return what is stated about a source; corrected values replace the manifest's."""
    return {**source.facts, **source.corrections}


def mark_corrections(document: CouncilDocument, corrections: Mapping[str, str]) -> CouncilDocument:
    """Return the record, made from `facts_of`, with the corrections as its evidence.

    An empty correction takes the value away.
    """
    if not corrections:
        return document
    evidence = dict(document.evidence)
    for name, words in corrections.items():
        evidence[name] = Evidence("corrected", words)
    cleared = {name: None for name, words in corrections.items() if not words}
    conflicts = tuple(c for c in document.conflicts if c.field not in corrections)
    return replace(document, evidence=evidence, conflicts=conflicts, **cleared)  # type: ignore[arg-type]
