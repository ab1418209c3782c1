"""The documents made ready and the indexes over them, kept from one run to the next.

::

    WORK/DIGEST/records.jsonl            the documents as every engine takes them
    WORK/DIGEST/export.jsonl             the same as our own build takes them
    WORK/DIGEST/ENGINE-RECIPE/           an engine's index, and built.json: seconds and bytes
    WORK/DIGEST/product-RECIPE/          what our own build made of the export

DIGEST is that of the documents and the rule that deals facets. RECIPE is that of the code which
writes the index, so that whatever has changed is built again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from functools import cache
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.operations import build_index as build_product_index
from tests.benchmarks.bench.documents import (
    digest_file,
    prepare,
    read_folder,
    read_texts,
    repeat_texts,
    take,
)
from tests.benchmarks.bench.sides import ROOT, build_index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.bench.sides import Side

_HERE = Path(__file__).parent
_BUILT = "built.json"
_DIGEST_LENGTH = 16


class Documents(NamedTuple):
    """The documents, made ready for every engine."""

    number: int
    directory: Path

    @property
    def records(self) -> Path:
        """The file of work.Record lines."""
        return self.directory / "records.jsonl"

    @property
    def export(self) -> Path:
        """The file that our own build reads."""
        return self.directory / "export.jsonl"


class Built(NamedTuple):
    """An index that is ready."""

    directory: Path
    seconds: float
    bytes: int


def prepare_documents(
    source: Path, work: Path, *, most: int | None = None, times: int = 1
) -> Documents:
    """Return the documents of an export or a folder: the first `most`, each `times` over."""
    digest = _digest([digest_file(source), str(most), str(times)])
    directory = work / digest
    done = directory / "documents.json"
    if not done.is_file():
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        ready = Documents(0, directory)
        texts = read_folder(source, directory) if source.is_dir() else read_texts(source)
        count = prepare(repeat_texts(take(texts, most), times), ready.records, ready.export)
        done.write_text(json.dumps({"documents": count}), encoding="utf-8")
    return Documents(json.loads(done.read_text(encoding="utf-8"))["documents"], directory)


def index_of(side: Side, documents: Documents, peers: Path) -> Built:
    """Return an engine's index of the documents, written now if it isn't there."""
    directory = documents.directory / f"{side.engine}-{recipe_of(side.engine)}"
    if not (directory / _BUILT).is_file():
        _remove_others(documents.directory, side.engine)
        seconds = build_index(side, documents.records, directory, peers)
        _note(directory, seconds)
    return _read_note(directory)


def product_index_of(documents: Documents) -> Built:
    """Return the index that our own build makes of the documents, made now if it isn't there."""
    directory = documents.directory / f"product-{recipe_of('ours')}"
    if not (directory / _BUILT).is_file():
        _remove_others(documents.directory, "product")
        started = time.perf_counter()
        build_product_index(documents.export, directory, jobs=cpu_count() or 1)
        _note(directory, time.perf_counter() - started)
    return _read_note(directory)


@cache  # As it was when this run began, should somebody edit meanwhile.
def recipe_of(engine: str) -> str:
    """Return what tells an index written by this code from one written by other code."""
    files = [_HERE / f"engine_{engine}.py", _HERE / "work.py", _HERE / "requirements.txt"]
    if engine == "ours":
        code = (p for p in (ROOT / "indexer").rglob("*") if "__pycache__" not in p.parts)
        files += sorted(p for p in code if p.is_file())
    return _digest(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def _note(directory: Path, seconds: float) -> None:
    size = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    note = json.dumps({"seconds": round(seconds, 1), "bytes": size})
    (directory / _BUILT).write_text(note, encoding="utf-8")


def _read_note(directory: Path) -> Built:
    return Built(directory, **json.loads((directory / _BUILT).read_text(encoding="utf-8")))


def _remove_others(directory: Path, beginning: str) -> None:
    for path in directory.glob(f"{beginning}-*"):
        shutil.rmtree(path)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGEST_LENGTH]
