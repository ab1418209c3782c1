"""Lines that were understood before are recalled, and nothing else is."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from indexer import known_lines
from indexer.known_lines import KnownLines, ReadLine, write_lines
from indexer.operations import build_index, index_stats, update_index
from indexer.reading import export as export_module
from indexer.reading.export import KnownLine
from indexer.reading.overrides import add_correction
from indexer.store.generations import LIBRARY
from indexer.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.records import CouncilDocument

_SUMS = [hashlib.sha256(bytes([n])).digest() for n in range(5)]
_KEYS = [each[::-1].hex() for each in _SUMS]


@pytest.fixture
def library(tmp_path: Path, make_document: Callable[..., CouncilDocument]) -> Iterator[Library]:
    """Give a library with all documents but the last."""
    with Library(tmp_path / LIBRARY) as library:
        for key in _KEYS[:-1]:
            library.put_document(key, make_document("phí"))
        yield library


def test_lines_are_recalled_while_their_documents_are_kept(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown lines, lost documents and lines read by other code are read again."""
    ids = ["a", "\ud800", "c", "d", "e"]
    assert KnownLines.open(tmp_path, library)(_SUMS) == {}
    write_lines(tmp_path, [ReadLine(*each) for each in zip(_SUMS, ids, _KEYS, strict=True)][1:])
    recalled = KnownLines.open(tmp_path, library)(_SUMS)
    expected = list(zip(_SUMS, ids, _KEYS, strict=True))[1:4]
    assert recalled == {each: KnownLine(id_, key) for each, id_, key in expected}
    monkeypatch.setattr(known_lines, "READING_VERSION", "other")
    assert KnownLines.open(tmp_path, library)(_SUMS) == {}
    write_lines(tmp_path, [])
    assert KnownLines.open(tmp_path, library)(_SUMS) == {}


def write_export(path: Path, texts: dict[str, str]) -> None:
    """Write an export of documents by their ids."""
    lines = [json.dumps({"id": id_, "text": text}) for id_, text in texts.items()]
    path.write_text("\n".join([*lines, lines[0]]) + "\n", encoding="utf-8")


def test_an_update_understands_changed_lines_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the lines' order; ids given twice are still refused; the report is the same."""
    export, index = tmp_path / "docs.jsonl", tmp_path / "index"
    texts = {str(n): f"học phí {n}" for n in range(250)}
    write_export(export, texts)
    build_index(export, index)
    understood: list[str] = []
    compose = export_module._compose_entry

    def note(line: bytes, place: str, sha256: str) -> object:
        understood.append(place)
        return compose(line, place, sha256)

    monkeypatch.setattr(export_module, "_compose_entry", note)
    texts = {"new": "giá đất", **dict(reversed(texts.items())), "7": "lệ phí"}
    write_export(export, texts)
    report = update_index(export, index)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 0, 249)
    assert [refusal.path for refusal in report.failed] == ["docs.jsonl:252"]
    assert understood == ["docs.jsonl:1", "docs.jsonl:244", "docs.jsonl:252"]
    assert index_stats(index).documents == 251
    again = update_index(export, index)
    assert again.generation == report.generation
    assert again.unchanged == 251


def test_corrections_are_read_beside_known_lines(tmp_path: Path) -> None:
    """The line is the same, and its document is another one."""
    export, index = tmp_path / "docs.jsonl", tmp_path / "index"
    write_export(export, {"an": "học phí", "bình": "giá đất"})
    build_index(export, index)
    add_correction(export, {"id": "bình", "category": "Mới"})
    assert update_index(export, index).changed == 1
    assert index_stats(index).by_facet["category"].get("Mới") == 1
    for path in tmp_path.glob("*overrides*"):
        path.unlink()
    assert update_index(export, index).changed == 1
    assert "Mới" not in index_stats(index).by_facet["category"]
