"""Corpus folders, plain folders and single files become sources or refusals."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from typing import TYPE_CHECKING

import pytest

from indexer.errors import ManifestError, SourceError
from indexer.reading.sources import find_sources, read_single
from indexer.records import Refusal, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Nghị quyết về học phí.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


def lay_out(folder: Path, *paths: str) -> None:
    """Write a small text at each path."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(TEXT, encoding="utf-8")


def list_in_manifest(folder: Path, *lines: object) -> None:
    """Write a manifest of these lines."""
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "manifest.jsonl").write_text("\n".join(written), encoding="utf-8")


def files_of(source: Path) -> list[SourceFile]:
    """Return the files among what a source holds."""
    return [found for found in find_sources(source) if isinstance(found, SourceFile)]


def refusals_of(source: Path) -> list[Refusal]:
    """Return the refusals among what a source holds."""
    return [found for found in find_sources(source) if isinstance(found, Refusal)]


def only_reason(source: Path) -> str:
    """Return the reason of the one thing that the source holds."""
    (found,) = find_sources(source)
    assert isinstance(found, Refusal)
    return found.reason


def test_a_folder_gives_its_files_by_path(tmp_path: Path) -> None:
    """Files of all folders come in the order of their paths, with their bytes' sha256."""
    lay_out(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "a-b/3.txt")
    found = files_of(tmp_path)
    assert [file.path for file in found] == ["a-b/3.txt", "a/1.txt", "a/2.txt", "b.txt"]
    assert {(file.id == file.path, file.sha256) for file in found} == {(True, SHA256)}


def test_clutter_of_computers_is_no_document(tmp_path: Path) -> None:
    """Hidden files, thumbnails and lock files of Office are passed over."""
    lay_out(tmp_path, ".git/x", ".DS_Store", "Thumbs.db", "a/Desktop.ini", "~$nghi-quyet.docx")
    assert list(find_sources(tmp_path)) == []


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """Nothing can be read from it."""
    (tmp_path / "a.pdf").touch()
    assert only_reason(tmp_path).startswith("empty file")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A corpus holds its own files; links inside it are fine."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    lay_out(inside, "a.txt")
    lay_out(outside, "b.txt", "c/d.txt")
    (inside / "link.txt").symlink_to("a.txt")
    (inside / "leak.txt").symlink_to(outside / "b.txt")
    (inside / "leaks").symlink_to(outside / "c")
    (inside / "self").symlink_to(inside)
    assert [file.path for file in files_of(inside)] == ["a.txt", "link.txt"]
    refused = refusals_of(inside)
    assert [refusal.path for refusal in refused] == ["leak.txt", "leaks"]
    assert all("out of the folder" in refusal.reason for refusal in refused)


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    """It says that the link is broken, not that the file never was."""
    (tmp_path / "a.txt").symlink_to("gone.txt")
    assert only_reason(tmp_path).startswith("a link to nothing")


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Reading one would wait for ever."""
    os.mkfifo(tmp_path / "a.txt")
    assert only_reason(tmp_path).startswith("no regular file")


def test_a_name_that_is_no_utf_8_is_refused_readably(tmp_path: Path) -> None:
    """The path in the report can be printed and stored."""
    (tmp_path / os.fsdecode(b"qu\xfd.txt")).write_text(TEXT, encoding="utf-8")
    (refusal,) = refusals_of(tmp_path)
    assert refusal.path == "qu?.txt"
    assert "rename" in refusal.reason


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u2029"])
def test_a_name_that_would_tear_a_report_is_refused_readably(tmp_path: Path, sign: str) -> None:
    """Each line of a report stays one line, and nothing is told to the terminal."""
    lay_out(tmp_path, f"nghị{sign}quyết.txt", "b.txt")
    (refusal,) = refusals_of(tmp_path)
    assert refusal.path == "nghị?quyết.txt"
    assert "line break" in refusal.reason
    assert len(f"{refusal.path}: {refusal.reason}".splitlines()) == 1
    assert [file.path for file in files_of(tmp_path)] == ["b.txt"]


def test_names_taken_apart_are_taken(tmp_path: Path) -> None:
    """Systems that part letters from their marks name files so."""
    name = unicodedata.normalize("NFD", "Nghị quyết.txt")
    lay_out(tmp_path, name)
    assert [file.path for file in files_of(tmp_path)] == [name]


def test_a_folder_mounted_into_itself_is_entered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are found once, and the loop is told."""
    lay_out(tmp_path, "a/b/1.txt", "a/2.txt")
    real_stat = type(tmp_path).stat

    def stat_of_loop(path: Path, **more: bool) -> os.stat_result:
        return real_stat(path.parent if path.name == "b" else path, **more)

    monkeypatch.setattr(type(tmp_path), "stat", stat_of_loop)
    assert [file.path for file in files_of(tmp_path)] == ["a/2.txt"]
    (refusal,) = refusals_of(tmp_path)
    assert (refusal.path, "lies in itself" in refusal.reason) == ("a/b", True)


def test_a_file_that_may_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason names the permissions."""
    lay_out(tmp_path, "a.txt")

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    assert only_reason(tmp_path) == "can't be opened (Permission denied); check its permissions"


def test_a_folder_that_may_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files do not vanish silently."""
    lay_out(tmp_path, "a.txt")

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", deny)
    assert "a folder that can't be opened" in only_reason(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "a.pdf"])
def test_what_is_no_source_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    """A missing folder and a single file are told with the next step."""
    lay_out(tmp_path, "a.pdf")
    with pytest.raises(SourceError, match=name):
        find_sources(tmp_path / name)


def test_a_manifest_states_facts(tmp_path: Path) -> None:
    """What it says of a file reaches the reader; blanks state nothing."""
    lay_out(tmp_path, "documents/a.txt")
    line = {
        "path": "documents/a.txt",
        "id": "NQ 12/2023",
        "sha256": SHA256.upper(),
        "origin": "https://congbao.example.vn/12",
        "publisher": "huyện Thường Tín",
        "category": "Hoạt động HĐND huyện",
        "sample": True,
        "issued_on": "19/4/2024",
        "session": 15,
        "number": None,
        "signer": " ",
        "note": ["not", "ours"],
    }
    list_in_manifest(tmp_path, line)
    (found,) = find_sources(tmp_path)
    assert found == SourceFile(
        id="NQ 12/2023",
        path="documents/a.txt",
        location=tmp_path / "documents/a.txt",
        sha256=SHA256,
        facts={
            "category": "Hoạt động HĐND huyện",
            "issued_on": "2024-04-19",
            "session": "15",
            "publisher": "huyện Thường Tín",
        },
        origin="https://congbao.example.vn/12",
        sample=True,
    )


def test_a_manifest_keeps_its_own_order(tmp_path: Path) -> None:
    """Lines come as they are written; blank ones and a byte order mark do no harm."""
    lay_out(tmp_path, "d/b.txt", "d/a.txt")
    list_in_manifest(tmp_path, '\ufeff{"path": "d/b.txt"}', "", {"path": "./d//a.txt"}, "")
    assert [file.id for file in files_of(tmp_path)] == ["d/b.txt", "d/a.txt"]


FAULTS = [
    ("{", "not JSON"),
    ("[1]", "no JSON object"),
    ('"a"', "no JSON object"),
    ("[" * 100_000, "can't be read"),
    ({"title": "x"}, "names no path"),
    ({"path": ""}, "names no path"),
    ({"path": "."}, "names no path"),
    ({"path": ["a"]}, "list"),
    ({"path": "d/a\nb"}, "line break"),
    ({"path": "../a.txt"}, "outside"),
    ({"path": "d/../../a.txt"}, "outside"),
    ({"path": "/etc/hosts"}, "outside"),
    ({"path": r"C:\a.txt"}, "outside"),
    ({"path": r"..\a.txt"}, "outside"),
    ({"path": "d/a.txt"}, "again, after manifest.jsonl:1"),
    ({"path": r"d\.\a.txt"}, "again, after manifest.jsonl:1"),
    ({"path": "d/b.txt", "id": "d/a.txt"}, "the id 'd/a.txt' again"),
    ({"path": "d/b.txt", "issued_on": "31/02/2024"}, "no possible date"),
    ({"path": "d/b.txt", "issued_on": "2024"}, "no possible date"),
    ({"path": "d/b.txt", "sample": "maybe"}, "neither yes nor no"),
    ({"path": "d/b.txt", "level": "province"}, "no level"),
    ({"path": "d/b.txt", "sha256": "abc"}, "no sha256"),
]


@pytest.mark.parametrize(("line", "reason"), FAULTS)
def test_a_faulty_line_is_refused_and_the_others_go_on(
    tmp_path: Path, line: object, reason: str
) -> None:
    """The refusal names the manifest's line and what is wrong with it."""
    lay_out(tmp_path, "d/a.txt", "d/b.txt", "d/c.txt")
    list_in_manifest(tmp_path, {"path": "d/a.txt"}, line, {"path": "d/c.txt"})
    found = list(find_sources(tmp_path))
    assert [file.path for file in files_of(tmp_path)] == ["d/a.txt", "d/c.txt"]
    assert isinstance(found[1], Refusal)
    assert found[1].path == "manifest.jsonl:2"
    assert reason in found[1].reason
    assert not found[1].skipped


def test_a_line_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    """Only that line is lost."""
    lay_out(tmp_path, "d/a.txt")
    (tmp_path / "manifest.jsonl").write_bytes(b'{"path": "d/\xff"}\n{"path": "d/a.txt"}\n')
    assert [file.path for file in files_of(tmp_path)] == ["d/a.txt"]
    assert "not UTF-8" in refusals_of(tmp_path)[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "names no file"), (b"\n \n", "names no file"), (b"\xff\xfe{\x00", "UTF-16")],
)
def test_a_manifest_without_lines_is_an_error(tmp_path: Path, content: bytes, reason: str) -> None:
    """The message names the manifest."""
    (tmp_path / "manifest.jsonl").write_bytes(content)
    with pytest.raises(ManifestError, match=reason):
        find_sources(tmp_path)


def test_two_manifests_are_an_error(tmp_path: Path) -> None:
    """Which one holds is not guessed."""
    lay_out(tmp_path, "manifest.jsonl", "manifest.csv")
    with pytest.raises(ManifestError, match="keep one"):
        find_sources(tmp_path)


def test_a_manifest_that_may_not_be_opened_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is not taken for a plain one."""
    list_in_manifest(tmp_path, {"path": "a.txt"})

    def deny(_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    with pytest.raises(ManifestError, match="Permission denied"):
        find_sources(tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"path": "d/gone.txt"}, "missing"),
        ({"path": "d/empty.txt"}, "empty file"),
        ({"path": "d/leak.txt"}, "out of the folder"),
        ({"path": "d"}, "a folder"),
        ({"path": "d/a.txt", "sha256": "0" * 64}, "its sha256 is not the one at manifest.jsonl:1"),
    ],
)
def test_a_listed_file_that_can_not_be_taken_is_refused(
    tmp_path: Path, line: dict[str, str], reason: str
) -> None:
    """The refusal names the file."""
    corpus = tmp_path / "corpus"
    lay_out(corpus, "d/a.txt")
    lay_out(tmp_path, "secret.txt")
    (corpus / "d/empty.txt").touch()
    (corpus / "d/leak.txt").symlink_to(tmp_path / "secret.txt")
    list_in_manifest(corpus, line)
    first = next(iter(find_sources(corpus)))
    assert isinstance(first, Refusal)
    assert (first.path, first.skipped) == (line["path"], False)
    assert reason in first.reason


def test_a_file_that_the_manifest_leaves_out_is_reported(tmp_path: Path) -> None:
    """Files beside listed ones are skipped with a reason; other folders hold no documents."""
    lay_out(tmp_path, "d/2023/a.txt", "d/2024/b.txt", "d/c.txt", "queries/q.tsv", "README.md")
    list_in_manifest(tmp_path, {"path": "d/2023/a.txt"})
    refused = refusals_of(tmp_path)
    assert [refusal.path for refusal in refused] == ["d/2024/b.txt", "d/c.txt"]
    assert all(refusal.skipped and "not named" in refusal.reason for refusal in refused)


def test_a_link_out_beside_listed_files_is_reported(tmp_path: Path) -> None:
    """What lies behind it is not looked at, and that is said."""
    lay_out(tmp_path, "corpus/d/a.txt", "elsewhere/b.txt")
    (tmp_path / "corpus/d/link").symlink_to(tmp_path / "elsewhere")
    list_in_manifest(tmp_path / "corpus", {"path": "d/a.txt"})
    assert [refusal.path for refusal in refusals_of(tmp_path / "corpus")] == ["d/link"]


@pytest.mark.parametrize(("listed", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_in_names_match_however_they_are_stored(
    tmp_path: Path, listed: str, stored: str
) -> None:
    """Some systems take the letters of file names apart."""
    name = "d/nghị quyết.txt"
    lay_out(tmp_path, unicodedata.normalize(stored, name))  # type: ignore[arg-type]
    list_in_manifest(tmp_path, {"path": unicodedata.normalize(listed, name)})  # type: ignore[arg-type]
    assert len(files_of(tmp_path)) == 1
    assert refusals_of(tmp_path) == []


def test_a_single_file_brings_its_manifest_facts(tmp_path: Path) -> None:
    """A file of a corpus is read as the corpus would have it."""
    lay_out(tmp_path, "d/x/a.txt", "d/b.txt")
    list_in_manifest(tmp_path, "{", {"path": "d/x/a.txt", "id": "7", "title": "Tên"})
    found = read_single(tmp_path / "d/x/a.txt")
    assert (found.id, found.path, found.facts) == ("7", "d/x/a.txt", {"title": "Tên"})
    assert read_single(tmp_path / "d/b.txt").facts == {}


def test_a_single_file_needs_no_manifest(tmp_path: Path) -> None:
    """Its name is its id."""
    lay_out(tmp_path, "a.txt")
    assert (read_single(tmp_path / "a.txt").id, read_single(tmp_path / "a.txt").sha256) == (
        "a.txt",
        SHA256,
    )


@pytest.mark.parametrize("name", ["gone.txt", "empty.txt", "folder"])
def test_a_single_file_that_can_not_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    """The message names the file."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(SourceError, match=name):
        read_single(tmp_path / name)


def test_a_link_to_itself_is_reported(tmp_path: Path) -> None:
    """A link that leads nowhere but to itself stops neither the walk nor the build."""
    lay_out(tmp_path, "a.txt")
    (tmp_path / "ring").symlink_to("ring")
    (refusal,) = refusals_of(tmp_path)
    assert refusal.path == "ring"
    assert len(files_of(tmp_path)) == 1


def test_a_pipe_named_like_an_export_is_no_source(tmp_path: Path) -> None:
    """A named pipe would wait for a writer for ever."""
    os.mkfifo(tmp_path / "docs.jsonl")
    with pytest.raises(SourceError, match="neither a folder nor"):
        find_sources(tmp_path / "docs.jsonl")


def test_one_name_in_two_spellings_of_unicode_is_one_file(tmp_path: Path) -> None:
    """Composed and decomposed letters name the same file, so the second line repeats it."""
    name = "Nghị quyết.txt"
    lay_out(tmp_path, name)
    list_in_manifest(
        tmp_path, {"path": name}, {"path": unicodedata.normalize("NFD", name), "id": "2"}
    )
    (refusal,) = refusals_of(tmp_path)
    assert "again, after manifest.jsonl:1" in refusal.reason


def test_a_missing_folder_is_reported_once(tmp_path: Path) -> None:
    """The files that should lie in it are missing; the folder itself is no document."""
    list_in_manifest(tmp_path, {"path": "gone/a.txt"})
    assert "missing" in only_reason(tmp_path)


def test_a_level_may_be_written_with_the_word_for_level(tmp_path: Path) -> None:
    """Staff write "Cấp tỉnh" as readily as "tỉnh"."""
    lay_out(tmp_path, "a.txt")
    list_in_manifest(tmp_path, {"path": "a.txt", "level": "CẤP TỈNH"})
    (found,) = files_of(tmp_path)
    assert found.facts == {"level": "tỉnh"}


def test_an_id_holds_no_line_break(tmp_path: Path) -> None:
    """An id stands in addresses and in tables of results, where a line break would tear it."""
    lay_out(tmp_path, "a.txt")
    list_in_manifest(tmp_path, {"path": "a.txt", "id": "a\nb"})
    assert "line break" in refusals_of(tmp_path)[0].reason
