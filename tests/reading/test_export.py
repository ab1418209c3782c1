"""Exports: a document on each line."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.reading import export
from indexer.reading.sources import find_sources
from indexer.records import Refusal, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[3] / "shared" / "data" / "docs.jsonl.gz"


def write_export(folder: Path, *lines: object, name: str = "docs.jsonl") -> Path:
    """Return an export of these lines."""
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / name).write_text("\n".join(written) + "\n", encoding="utf-8", newline="")
    return folder / name


def only_entry(source: Path) -> SourceEntry:
    """Return the one entry of an export."""
    (found,) = find_sources(source)
    assert isinstance(found, SourceEntry)
    return found


def only_reason(source: Path) -> str:
    """Return the reason of the one refusal among what a source holds."""
    (found,) = [item for item in find_sources(source) if isinstance(item, Refusal)]
    return found.reason


def test_a_line_is_a_document(tmp_path: Path) -> None:
    """Known fields become facts; others are left alone."""
    line = {
        "id": "vbpl: 12/2023 NQ",
        "title": "Về học phí",
        "text": "Điều 1.\nMức thu.",
        "number": "12/2023/NQ-HĐND",
        "issued_on": "10/07/2023",
        "level": "Tỉnh/thành phố",
        "url": "https://example.vn/12",
        "article": {"no": 1},
    }
    source = write_export(tmp_path, line)
    entry = only_entry(source)
    assert (entry.id, entry.path) == ("vbpl: 12/2023 NQ", "docs.jsonl:1")
    assert (entry.title, entry.text) == ("Về học phí", "Điều 1.\nMức thu.")
    assert entry.origin == "https://example.vn/12"
    assert entry.facts == {"number": "12/2023/NQ-HĐND", "issued_on": "2023-07-10", "level": "tỉnh"}
    assert entry.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


@pytest.mark.parametrize(("given_id", "kept"), [(12, "12"), (" a/b:c ", " a/b:c "), ("Đ 1", "Đ 1")])
def test_ids_are_kept_as_given(tmp_path: Path, given_id: object, kept: str) -> None:
    """Slashes, spaces and colons stay; a number becomes its text."""
    assert only_entry(write_export(tmp_path, {"id": given_id, "title": "T"})).id == kept


def test_a_title_only_is_enough(tmp_path: Path) -> None:
    """Some records have no text."""
    entry = only_entry(write_export(tmp_path, {"id": 1, "title": "T", "text": None}))
    assert (entry.title, entry.text) == ("T", "")


FAULTS = [
    ({"id": 1}, "neither title nor text"),
    ({"id": 1, "title": " ", "text": "\n"}, "neither title nor text"),
    ({"title": "T"}, "no id"),
    ({"id": " ", "title": "T"}, "no id"),
    ({"id": 1, "text": 5}, "no text"),
    ({"id": {"a": 1}, "title": "T"}, "list or an object"),
    ({"id": 1, "title": "T", "issued_on": "13/13/2020"}, "no possible date"),
    ({"id": "first", "title": "T"}, "again"),
    ("{,", "not JSON"),
    ("null", "no JSON object"),
    ('{"id": ' + "9" * 5000 + "}", "can't be read"),
]


@pytest.mark.parametrize(("line", "reason"), FAULTS)
def test_a_faulty_line_is_refused_and_the_others_go_on(
    tmp_path: Path, line: object, reason: str
) -> None:
    """The refusal names the export's line."""
    first, last = {"id": "first", "title": "T"}, {"id": "last", "title": "T"}
    found = list(find_sources(write_export(tmp_path, first, "", line, last)))
    assert [type(item) for item in found] == [SourceEntry, Refusal, SourceEntry]
    assert found[1].path == "docs.jsonl:3"
    assert reason in only_reason(tmp_path / "docs.jsonl")


def test_half_letters_do_no_harm(tmp_path: Path) -> None:
    """A lone surrogate could not be stored."""
    entry = only_entry(write_export(tmp_path, r'{"id": "a\ud800", "text": "b\udfff"}'))
    assert (entry.id, entry.text) == ("a?", "b?")


@pytest.mark.parametrize("name", ["docs.jsonl.gz", "DOCS.JSONL", "docs.jsonl"])
def test_a_packed_export_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    """Packed or not, the lines are the same."""
    (tmp_path / name).write_bytes(gzip.compress(b'\xef\xbb\xbf{"id": 1, "text": "a"}\r\n'))
    assert only_entry(tmp_path / name).path == f"{name}:1"


@pytest.mark.parametrize("cut", [-4, -12, 40])
def test_an_export_that_breaks_off_says_where(tmp_path: Path, cut: int) -> None:
    """What came before is kept, and the rest is a refusal."""
    lines = b"".join(b'{"id": %d, "text": "%d"}\n' % (at, at * 77) for at in range(500))
    (tmp_path / "docs.jsonl.gz").write_bytes(gzip.compress(lines)[:cut])
    assert "damaged from here on" in only_reason(tmp_path / "docs.jsonl.gz")


def test_a_damaged_archive_says_where(tmp_path: Path) -> None:
    """Bytes that were changed are found out."""
    packed = bytearray(gzip.compress(b'{"id": 1, "text": "a"}\n' * 100))
    packed[20] ^= 0xFF
    (tmp_path / "docs.jsonl.gz").write_bytes(bytes(packed))
    assert any(
        "damaged" in r.reason
        for r in find_sources(tmp_path / "docs.jsonl.gz")
        if isinstance(r, Refusal)
    )


def test_a_line_too_long_to_be_a_document_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never held in memory, and the next line is read."""
    monkeypatch.setattr(export, "_LONGEST_LINE", 50)
    long = {"id": 1, "text": "x" * 200}
    found = list(find_sources(write_export(tmp_path, long, {"id": 2, "title": "T"}, long)))
    assert [item.path for item in found] == ["docs.jsonl:1", "docs.jsonl:2", "docs.jsonl:3"]
    assert [type(item) for item in found] == [Refusal, SourceEntry, Refusal]


def test_an_export_is_read_line_by_line(tmp_path: Path) -> None:
    """The first documents are there before the rest of the file is looked at."""
    source = write_export(tmp_path, *({"id": at, "title": "T"} for at in range(5)))
    found: Iterator[object] = iter(find_sources(source))
    next(found)
    source.unlink()
    assert len(list(found)) == 4


def test_an_export_that_may_not_be_opened_is_an_error_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No document is left to build from."""
    source = write_export(tmp_path, {"id": 1, "title": "T"})

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", deny)
    with pytest.raises(SourceError, match="Permission denied"):
        find_sources(source)


@given(
    st.text(st.characters(min_codepoint=32, codec="utf-8"), min_size=1).filter(str.strip),
    st.text(),
)
def test_ids_and_texts_come_back_as_they_went(
    tmp_path_factory: pytest.TempPathFactory, given_id: str, text: str
) -> None:
    """Any text survives the journey through a line."""
    folder = tmp_path_factory.mktemp("export")
    entry = only_entry(write_export(folder, {"id": given_id, "title": "T", "text": text}))
    assert (entry.id, entry.text) == (given_id, text)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/docs.jsonl.gz")
def test_a_real_export_is_read_whole() -> None:
    """Each of its lines is a document."""
    refused = [item for item in find_sources(SHARED) if isinstance(item, Refusal)]
    assert refused == []


def test_an_export_in_utf16_is_refused_as_a_whole(tmp_path: Path) -> None:
    """One reason says more than one for each torn line."""
    (tmp_path / "docs.jsonl").write_bytes('{"id": "1", "title": "a"}\n'.encode("utf-16"))
    with pytest.raises(SourceError, match="UTF-16"):
        find_sources(tmp_path / "docs.jsonl")


def test_an_archive_gives_all_lines_before_it_breaks_off(tmp_path: Path) -> None:
    """However much is unpacked at a time, what could be unpacked counts."""
    lines = [
        json.dumps(
            {"id": str(n), "text": hashlib.sha512(bytes([n % 251])).hexdigest() * 9 + str(n)}
        )
        for n in range(3000)
    ]
    packed = gzip.compress("\n".join(lines).encode())
    half = packed[: len(packed) // 2]
    (tmp_path / "docs.jsonl.gz").write_bytes(half)
    whole = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(half).count(b"\n")
    *entries, broken = find_sources(tmp_path / "docs.jsonl.gz")
    assert isinstance(broken, Refusal)
    # The last line may have been unpacked in part.
    assert len(entries) in {whole, whole - 1}
    assert whole > 1000
