"""The corpus as its tests see it: the manifest's entries, the truth and each file's text."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from indexer.language.text import clean_text
from indexer.reading.extract.formats import extract_bytes
from tests.samples.spec import read_specs
from tests.samples.write_corpus import CORPUS, FIRST, TRUTH

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samples.spec import Spec

__all__ = ["CORPUS", "FIRST", "TEXT_BEARING", "read_entries", "read_text", "read_truth", "spec_of"]

TEXT_BEARING = ("pdf", "docx", "html", "txt")
"""Formats of `Spec.format` that hold text; "scan" holds pictures only."""


@lru_cache(maxsize=1)
def read_entries() -> tuple[dict[str, Any], ...]:
    """Return the manifest's lines."""
    return _read_lines(CORPUS / "manifest.jsonl")


@lru_cache(maxsize=1)
def read_truth() -> dict[str, dict[str, Any]]:
    """Return the true records of the samples by path."""
    return {line["path"]: line for line in _read_lines(TRUTH)}


@lru_cache(maxsize=1)
def _specs_by_path() -> dict[str, Spec]:
    return {spec.path: spec for spec in read_specs()}


def spec_of(path: str) -> Spec:
    """Return the spec that a sample was written from."""
    return _specs_by_path()[path]


@lru_cache(maxsize=256)
def read_text(path: str) -> str:
    """Return all text of a file as it is read for indexing, frames of pages included."""
    extracted = extract_bytes((CORPUS / path).read_bytes(), path)
    return clean_text("\n".join((*extracted.pages, extracted.boilerplate)))


def _read_lines(path: Path) -> tuple[dict[str, Any], ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)
