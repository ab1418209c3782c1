"""A reviewer's corrections are read beside their sources and stand in the records."""

from __future__ import annotations

import gzip
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import SourceError
from indexer.reading.metadata.record import describe_entry
from indexer.reading.overrides import add_correction, overrides_path, read_overrides
from indexer.reading.sources import find_sources, read_single
from indexer.records import Evidence, Refusal, SourceEntry, SourceFile

if TYPE_CHECKING:
    from pathlib import Path


def write_folder(folder: Path, *lines: object) -> Path:
    """Return a folder with one document and these lines of corrections."""
    (folder / "a.txt").write_text("Tờ trình về học phí", encoding="utf-8")
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    (folder / "overrides.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_gives_its_documents_with_their_corrections(tmp_path: Path) -> None:
    """The file of corrections itself is no document."""
    write_folder(tmp_path, {"id": "a.txt", "số hiệu": "5/TTr-UBND", "issued_on": "3/4/2024"})
    [item] = find_sources(tmp_path)
    assert isinstance(item, SourceFile)
    assert item.corrections == {"number": "5/TTr-UBND", "issued_on": "2024-04-03"}
    assert read_single(tmp_path / "a.txt").corrections == item.corrections


def test_a_later_line_replaces_an_earlier_one_field_by_field(tmp_path: Path) -> None:
    """A second thought about the number leaves the kind corrected."""
    write_folder(
        tmp_path,
        {"id": "a.txt", "number": "5/TTr-UBND", "kind": "tờ trình"},
        {"id": "a.txt", "number": "6/TTr-UBND", "by": "Văn thư", "reason": "nhầm số"},
    )
    [item] = find_sources(tmp_path)
    assert isinstance(item, SourceFile)
    assert item.corrections == {"number": "6/TTr-UBND", "kind": "tờ trình"}


def test_a_manifest_gives_way_to_a_correction(tmp_path: Path) -> None:
    """The reviewer looked at the paper; the portal's clerk may have mistyped."""
    (tmp_path / "manifest.jsonl").write_text(
        json.dumps({"path": "a.txt", "id": "A", "number": "1/TTr-UBND"}), encoding="utf-8"
    )
    write_folder(tmp_path, {"id": "A", "number": "2/TTr-UBND"})
    item = read_single(tmp_path / "a.txt")
    assert (item.facts["number"], item.corrections["number"]) == ("1/TTr-UBND", "2/TTr-UBND")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"number": "1/NQ-HĐND"}, "has no id"),
        ({"id": "a.txt"}, "corrects no field"),
        ({"id": "a.txt", "colour": "đỏ"}, "'colour' is no field of a record"),
        ({"id": "a.txt", "title": ""}, "leaves title empty"),
        ({"id": "a.txt", "number": "1", "by": 7}, "by is no text"),
        ({"id": "a.txt", "issued_on": "hôm qua"}, "no possible date"),
        ("{not json", "not JSON"),
    ],
)
def test_a_line_that_can_not_be_used_is_refused_by_its_place(
    line: Any, reason: str, tmp_path: Path
) -> None:
    """The document is read all the same."""
    refusal, item = find_sources(write_folder(tmp_path, line))
    assert isinstance(refusal, Refusal)
    assert refusal.path == "overrides.jsonl:1"
    assert reason in refusal.reason
    assert isinstance(item, SourceFile)


def test_a_correction_of_an_unknown_document_is_told(tmp_path: Path) -> None:
    """A typing error in the id would be lost otherwise."""
    *_, refusal = find_sources(write_folder(tmp_path, {"id": "b.txt", "number": "1/NQ-HĐND"}))
    assert isinstance(refusal, Refusal)
    assert refusal.skipped
    assert "'b.txt'" in refusal.reason


def test_an_unreadable_document_keeps_its_correction(tmp_path: Path) -> None:
    """It may be readable again tomorrow."""
    write_folder(tmp_path, {"id": "b.txt", "number": "1/NQ-HĐND"})
    (tmp_path / "b.txt").write_bytes(b"")
    refusals = [item.path for item in find_sources(tmp_path) if isinstance(item, Refusal)]
    assert refusals == ["b.txt"]


def test_an_export_has_its_corrections_beside_it(tmp_path: Path) -> None:
    """Their file bears the export's name."""
    export = tmp_path / "docs.jsonl.gz"
    export.write_bytes(gzip.compress(b'{"id": "x", "title": "T", "text": "Ch\xe1\xbb\xaf"}\n'))
    assert overrides_path(export).name == "docs.overrides.jsonl"
    add_correction(export, {"id": "x", "number": "7/NQ-HĐND"})
    [entry] = find_sources(export)
    assert isinstance(entry, SourceEntry)
    document = describe_entry(entry)
    assert document.number == "7/NQ-HĐND"
    assert document.evidence["number"] == Evidence("corrected", "7/NQ-HĐND")


def test_an_empty_correction_takes_the_value_away() -> None:
    """A number read off an annex is not the paper's own."""
    entry = SourceEntry(
        id="x",
        path="x:1",
        sha256="",
        title="T",
        text="Chữ",
        facts={"number": "7/NQ-HĐND"},
        corrections={"number": ""},
    )
    document = describe_entry(entry)
    assert document.number is None
    assert document.evidence["number"].how == "corrected"


def test_corrections_are_only_ever_added(tmp_path: Path) -> None:
    """What was written by hand stays, also without its line end."""
    path = tmp_path / "overrides.jsonl"
    path.write_text('{"id": "a", "number": "1/NQ-HĐND"}', encoding="utf-8")
    add_correction(tmp_path, {"id": "b", "number": None})
    assert path.read_text(encoding="utf-8").splitlines() == [
        '{"id": "a", "number": "1/NQ-HĐND"}',
        '{"id": "b", "number": null}',
    ]
    with pytest.raises(SourceError, match="corrects no field"):
        add_correction(tmp_path, {"id": "b"})


def test_a_source_without_corrections_has_none(tmp_path: Path) -> None:
    """Most sources have none."""
    assert read_overrides(tmp_path) is None


def test_corrections_that_can_not_be_opened_stop_the_build(tmp_path: Path) -> None:
    """To index without them would bring old faults back."""
    (tmp_path / "a.txt").write_text("Chữ", encoding="utf-8")
    (tmp_path / "overrides.jsonl").mkdir()
    with pytest.raises(SourceError, match="can't be opened"):
        find_sources(tmp_path)
    with pytest.raises(SourceError, match="can't be written"):
        add_correction(tmp_path, {"id": "a.txt", "number": "1/NQ-HĐND"})


def test_a_correction_fits_a_name_in_either_spelling_of_unicode(tmp_path: Path) -> None:
    """Some disks keep names with their marks apart, and reviewers type them composed."""
    apart = unicodedata.normalize("NFD", "nghị quyết.txt")
    (tmp_path / apart).write_text("Chữ", encoding="utf-8")
    add_correction(tmp_path, {"id": "nghị quyết.txt", "number": "7/NQ-HĐND"})
    [item] = find_sources(tmp_path)
    assert isinstance(item, SourceFile)
    assert item.corrections == {"number": "7/NQ-HĐND"}
    assert read_single(tmp_path / apart).corrections == {"number": "7/NQ-HĐND"}


def test_corrections_saved_as_utf_16_stop_the_build(tmp_path: Path) -> None:
    """Some editors save so; an index without any correction must not take the old one's place."""
    write_folder(tmp_path)
    line = json.dumps({"id": "a.txt", "number": "7/NQ-HĐND"})
    (tmp_path / "overrides.jsonl").write_text(line, encoding="utf-16")
    with pytest.raises(SourceError, match="UTF-16"):
        find_sources(tmp_path)


def test_lines_edited_by_hand_are_read(tmp_path: Path) -> None:
    """A byte-order mark, Windows line ends, blank lines and a missing last end do no harm."""
    write_folder(tmp_path)
    lines = '\ufeff{"id": "a.txt", "number": "7/NQ-HĐND"}\r\n\r\n{"id": "a.txt", "term": "X"}'
    (tmp_path / "overrides.jsonl").write_bytes(lines.encode())
    [item] = find_sources(tmp_path)
    assert isinstance(item, SourceFile)
    assert item.corrections == {"number": "7/NQ-HĐND", "term": "X"}
