"""The library keeps what was read, by content, and forgets what nobody serves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from indexer.errors import DamagedIndexError
from indexer.records import (
    Attachment,
    Basis,
    Conflict,
    Division,
    Evidence,
    ExtractedText,
)
from indexer.store import library_file
from indexer.store.library import PIECE_CHARACTERS, Library, Member
from indexer.store.outline import OUTLINE_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument


def test_a_document_comes_back_as_it_was_put(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """Every field survives, dates and evidence included."""
    document = make_document(
        "Điều 1.\n\nĐiều 2.",
        id="a/b c",
        number="12/2023/NQ-HĐND",
        issued_on=date(2023, 7, 10),
        mentioned=("tỉnh", "xã"),
        pages=(0, 9),
        effective_on=date(2023, 7, 20),
        bases=(Basis("Luật Giáo dục", 0, issued_on="2019-06-14"),),
        divisions=(Division("điều", "1", "", 0, 9), Division("điều", "2", "", 9, 16)),
        conflicts=(Conflict("number", "12/2023/NQ-HĐND", "manifest", "13/2023/NQ-HĐND"),),
        attachments=(Attachment("Phụ lục", "/pl.pdf"),),
        ocr={1: 0.9},
        scans=(2,),
        evidence={"issued_on": Evidence("inferred", "quý I/2024", 3, 0.6)},
    )
    with Library(tmp_path / "library.sqlite") as library:
        library.put_document("key", document)
        assert library.get_document("key") == document
        assert library.which_documents(["key", "other"]) == {"key"}


def test_an_extraction_is_found_by_content_and_version(tmp_path: Path) -> None:
    """Another version of the extractors reads the bytes anew."""
    extract = ExtractedText(("một", "hai"), "application/pdf", "x 1", hints={"publisher": "xã A"})
    extract = replace(
        extract, ocr={1: 0.9}, scans=(0,), attachments=(Attachment("Phụ lục", "/pl.pdf"),)
    )
    with Library(tmp_path / "library.sqlite") as library:
        library.put_extract("abc", 1, extract)
        assert library.get_extract("abc", 1) == extract
        assert library.get_extract("abc", 2) is None


def test_what_ocr_saw_is_kept_by_content_and_page(tmp_path: Path) -> None:
    """A page that is recognised again replaces itself; another version sees none of it."""
    with Library(tmp_path / "library.sqlite") as library:
        library.put_ocr("abc", 1, 0, "[1]")
        library.put_ocr("abc", 1, 7, "[2]")
        library.put_ocr("abc", 1, 7, "[3]")
        library.put_ocr("abd", 1, 0, "[4]")
        assert library.get_ocr("abc", 1) == {0: "[1]", 7: "[3]"}
        assert library.get_ocr("abc", 2) == {}
        library.put_ocr("abc", 2, 0, "[5]")
        library.forget_others([])
        assert library.get_ocr("abc", 1) == {}
        assert library.get_ocr("abc", 2) == {0: "[5]"}


def test_what_no_kept_generation_holds_is_forgotten(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """Documents go with the last generation that holds them; extractions stay, the latest."""
    with Library(tmp_path / "library.sqlite") as library:
        for key in ("old", "both", "new"):
            library.put_document(key, make_document(key))
        library.put_extract("abc", 1, ExtractedText(("một",), "text/plain", "x 1"))
        library.put_extract("abc", 2, ExtractedText(("một",), "text/plain", "x 2"))
        library.set_members("g1", [Member("1", "old", "1"), Member("2", "both", "2")])
        library.set_members("g2", [Member("2", "both", "2"), Member("3", "new", "3")])
        library.forget_others(["g2"])
        assert library.which_documents(["old", "both", "new"]) == {"both", "new"}
        assert list(library.members("g1")) == []
        assert library.get_extract("abc", 2)
        assert library.get_extract("abc", 1) is None


def test_a_long_text_is_kept_in_pieces(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """It comes back whole, and a listing reads no more of it than it was told to."""
    text = "".join(f"câu số {number}. " for number in range(4_000)).strip()
    with Library(tmp_path / "library.sqlite") as library:
        library.put_document("long", make_document(text))
        library.put_document("short", make_document("Thu phí. Nộp tiền.", ocr={0: 0.9}))
        listed = library.list_documents(["long", "short", "gone"], 20_000)
        assert library.get_document("long").text == text
        library.put_document("long", make_document("Thu phí."))
        assert library.get_document("long").text == "Thu phí."
    assert set(listed) == {"long", "short"}
    assert listed["long"].text == text[: 2 * PIECE_CHARACTERS]
    assert listed["long"].outline.length == len(text)
    assert listed["short"].text == "Thu phí. Nộp tiền."
    assert listed["short"].outline.sentences.tolist() == [0, 9]
    assert listed["short"].outline.scanned


def test_a_text_that_just_fills_a_piece_is_whole(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """Nothing tells it from a longer one but that no other piece is there."""
    text = "x" * PIECE_CHARACTERS
    with Library(tmp_path / "library.sqlite") as library:
        library.put_document("k", make_document(text))
        assert library.get_document("k").text == text
        assert library.list_documents(["k"], 10**6)["k"].text == text


def test_a_library_from_before_outlines_is_listed_and_brought_up_to_date(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """What was read stays read: listings draw the outline themselves until a build kept it."""
    path = tmp_path / "library.sqlite"
    with Library(path) as library:
        library.put_document("k", make_document("Thu phí. Nộp tiền."))
        library.put_document("l", make_document("Tin."))
        library.commit()
    with closing(sqlite3.connect(path)) as old:
        old.execute("DELETE FROM outlines WHERE key = 'k'")
        old.execute("UPDATE outlines SET version = 0, payload = x'00'")
        old.commit()
    with Library(path) as library:
        listed = library.list_documents(["k", "l"], 100)
        library.set_members("g", [Member("1", "k", "1")])
        library.commit()
        assert library.list_documents(["k"], 100)["k"].outline.sentences.tolist() == [0, 9]
    with closing(sqlite3.connect(path)) as new:
        kept = new.execute("SELECT key, version FROM outlines ORDER BY key").fetchall()
    assert listed["k"].outline.sentences.tolist() == [0, 9]
    assert listed["l"].text == "Tin."
    assert kept == [("k", OUTLINE_VERSION), ("l", OUTLINE_VERSION)]


def test_which_documents_are_there_is_told_at_once(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """An update asks for tens of thousands of keys."""
    with Library(tmp_path / "library.sqlite") as library:
        library.put_document("k", make_document("phí"))
        assert library.which_documents([*map(str, range(1_200)), "k"]) == {"k"}


def test_every_key_with_a_document_is_told(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """None twice, and none that was never put."""
    with Library(tmp_path / "library.sqlite") as library:
        assert list(library.document_keys()) == []
        for key in ("b", "a", "b"):
            library.put_document(key, make_document("phí"))
        assert sorted(library.document_keys()) == ["a", "b"]


def test_members_come_back_in_source_order(tmp_path: Path) -> None:
    """The order of the source decides, not that of the ids."""
    members = [Member("z", "1", "z.txt"), Member("a", "2", "a.txt")]
    with Library(tmp_path / "library.sqlite") as library:
        library.set_members("g", members)
        assert list(library.members("g")) == members


def test_a_missing_document_is_damage_not_silence(tmp_path: Path) -> None:
    """An index that names a document the library lacks says so."""
    with Library(tmp_path / "library.sqlite") as library:
        with pytest.raises(DamagedIndexError, match="build again"):
            library.get_document("gone")
        assert library.find_document("gone") is None


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The error says which file, and what to do."""
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database, and long enough to be looked at" * 10)
    with pytest.raises(DamagedIndexError, match=r"library\.sqlite"):
        Library(path)


def test_readers_need_no_right_to_write(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """A site's user may read a library in a folder that it can't write, and changes nothing."""
    folder = tmp_path / "index"
    folder.mkdir()
    with Library(folder / "library.sqlite") as library:
        library.put_document("k", make_document("học phí"))
        library.set_members("g", [Member("1", "k", "1")])
        library.commit()
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    script = (
        "import sys; from pathlib import Path; from indexer.store.library import Library\n"
        "with Library(Path(sys.argv[1]), writable=False) as library:\n"
        "    library.check('g', 1); print(library.get_document('k').text)\n"
    )
    # Root may write everywhere unless it gives that up.
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    command = [*(drop if os.geteuid() == 0 else []), sys.executable, "-c", script]
    read = subprocess.run(
        [*command, str(folder / "library.sqlite")], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)
    assert read.stdout == "học phí\n", read.stderr
    assert [path.name for path in folder.iterdir()] == ["library.sqlite"]


def test_a_reader_of_a_frozen_library_sees_what_is_written_later(
    tmp_path: Path,
    make_document: Callable[..., CouncilDocument],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was opened as it stands is opened anew once somebody writes."""
    path = tmp_path / "library.sqlite"
    with Library(path) as library:
        library.put_document("old", make_document("học phí"))
        library.commit()
    connect = library_file._connect_to_read

    def refuse_shared(where: Path, how: str) -> sqlite3.Connection:
        if how == "mode=ro" and not (tmp_path / "library.sqlite-wal").exists():
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(where, how)

    monkeypatch.setattr(library_file, "_connect_to_read", refuse_shared)
    with Library(path, writable=False) as reader:
        assert reader.get_document("old").text == "học phí"
        with Library(path) as writer:
            writer.put_document("new", make_document("giá đất"))
            writer.commit()
            assert reader.get_document("new").text == "giá đất"


def test_a_library_that_is_gone_is_not_made_anew_by_a_reader(tmp_path: Path) -> None:
    """Its absence is damage, not an empty library."""
    with pytest.raises(DamagedIndexError):
        Library(tmp_path / "library.sqlite", writable=False)
    assert not list(tmp_path.iterdir())


def test_damage_inside_the_library_is_told(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """Missing documents, broken texts and broken pages are damage, whoever meets them."""
    path = tmp_path / "library.sqlite"
    with Library(path) as library:
        for n in range(200):
            library.put_document(f"k{n}", make_document(f"{n} " * 500))
        library.set_members("g", [Member(str(n), f"k{n}", str(n)) for n in range(200)])
        library.commit()
        library.check("g", 200)
        with pytest.raises(DamagedIndexError, match="200 of the 201"):
            library.check("g", 201)
        library._db.execute("UPDATE documents SET text = x'00' WHERE key = 'k7'")
        with pytest.raises(DamagedIndexError, match="backup"):
            library.get_document("k7")
        library.commit()
        library._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    broken = bytearray(path.read_bytes())
    broken[4096:] = b"\xff" * (len(broken) - 4096)
    path.write_bytes(broken)
    with pytest.raises(DamagedIndexError, match="damaged"), Library(path) as library:
        library.check("g", 200)
