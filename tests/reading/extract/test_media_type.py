"""What a file is, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.media_type import (
    DOC,
    DOCX,
    HTML,
    ODT,
    PDF,
    PLAIN,
    RTF,
    WEB_ARCHIVE,
    WORD_XML,
    find_media_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams: str) -> bytes:
    """Return a compound file whose directory names these streams."""
    entries = [name.encode("utf-16-le").ljust(128, b"\0") for name in streams]
    return OLE.ljust(512, b"\0") + b"".join(entries)


KNOWN = [
    (ole("Root Entry", "WordDocument"), "a.pdf", DOC),
    (ole("WordDocument", "Workbook"), "a", DOC),
    (b"{\\rtf1 x}", "a.doc", RTF),
    (b"\r\n {\\rtf1 x}", "a.rtf", RTF),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "a.doc", WEB_ARCHIVE),
    (b"From: <x>\nSubject: a\nContent-Type: Multipart/Related", "a.mht", WEB_ARCHIVE),
    (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w>', "a.doc", WORD_XML),
    (f'<?xml version="1.0"?><office:document office:mimetype="{ODT}">'.encode(), "a.fodt", ODT),
    ("Nghị quyết".encode(), "a.doc", PLAIN),
    (b"<html><p>a", "a.doc", HTML),
    (b"%PDF-1.7\n", "a.doc", PDF),
    (b"\r\n junk %PDF-1.4", "a", PDF),
    (b"<!DOCTYPE html><p>a", "a.txt", HTML),
    (b"\xef\xbb\xbf\n<HTML lang=vi>", "a", HTML),
    (b'<?xml version="1.0"?><!-- x --><html xmlns="x">', "a.xml", HTML),
    ("<html><body>".encode("utf-16"), "a", HTML),
    (b"<p>a</p>", "a.HTM", HTML),
    (b"<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p>", "a.txt", HTML),
    ("Nghị quyết".encode(), "a.txt", PLAIN),
    ("Nghị quyết".encode("utf-16"), "a.txt", PLAIN),
    ("Nghị quyết về học phí".encode("utf-16-le"), "nghi-quyet", PLAIN),
    (b"BM: bien ban", "a.txt", PLAIN),
    (b"a < b, <b>x</b>", "a.md", PLAIN),
    (b"\x89PNG\r\n", "a.pdf", "image/png"),
    (b"\xff\xd8\xff\xe0", "scan.jpg", "image/jpeg"),
    (b"II*\x00", "fax.tif", "image/tiff"),
    (b"MM\x00*", "fax", "image/tiff"),
]


@pytest.mark.parametrize(("data", "path", "media_type"), KNOWN)
def test_a_type_that_is_read_is_known_by_its_content(
    data: bytes, path: str, media_type: str
) -> None:
    """The name helps only where the content is unclear."""
    assert find_media_type(data, path) == media_type


SKIPPED = [
    (ole("Workbook"), "a.doc", "Excel"),
    (ole("WordDocument", "Workbook"), "a.XLS", "Excel"),
    (ole("WordDocument"), "a.dot", "template"),
    (ole("PowerPoint Document"), "a.ppt", "PowerPoint"),
    (ole("__properties_version1.0"), "a.msg", "Outlook"),
    (ole("MatOST"), "a.wps", "Works"),
    (ole("Else") + b"x" + "WordDocument".encode("utf-16-le"), "a", r"unknown type \(no ending\)"),
    (b"GIF89a", "a.gif", "GIF"),
    (b"BM\x00\x00\x01\x02", "a.bmp", "BMP"),
    (b"Rar!\x1a", "a", "unpack"),
    (b"\x1f\x8b\x08", "docs.jsonl.gz", "gzip"),
    (b"a,b\n", "a.csv", "table"),
    (b'{"a": 1}\n', "docs.jsonl", "as the source itself"),
    (b"<?xml version='1.0'?><rss>", "a.xml", "XML"),
    (b"\x00\x01\x02\x03\x04", "a.bin", r"unknown type \(\.bin\)"),
    (b"\x7fELF\x02\x01", "a", r"unknown type \(no ending\)"),
]


@pytest.mark.parametrize(("data", "path", "reason"), SKIPPED)
def test_a_type_that_is_not_read_is_named(data: bytes, path: str, reason: str) -> None:
    """The reason says what it is and what to do."""
    with pytest.raises(SkippedSourceError, match=reason):
        find_media_type(data, path)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (["xl/workbook.xml", "[Content_Types].xml"], "Excel"),
        (["ppt/presentation.xml"], "PowerPoint"),
        (["a.pdf"], "ZIP archive, which is not read; unpack it"),
    ],
)
def test_archives_are_told_by_their_parts(
    make_zip: Callable[[dict[str, bytes]], bytes], parts: list[str], reason: str
) -> None:
    """A table is no document even when it is called one."""
    with pytest.raises(SkippedSourceError, match=reason):
        find_media_type(make_zip(dict.fromkeys(parts, b"")), "a.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml"])
def test_word_documents_are_told_by_their_parts(
    make_zip: Callable[[dict[str, bytes]], bytes], part: str
) -> None:
    """One with another main part is left to its reader."""
    assert find_media_type(make_zip({part: b""}), "a.zip") == DOCX


def test_open_documents_are_told_by_what_they_say(
    make_zip: Callable[[dict[str, bytes]], bytes],
) -> None:
    """A table of numbers is packed as a text is."""
    assert find_media_type(make_zip({"mimetype": ODT.encode(), "content.xml": b""}), "a") == ODT
    table = ODT.replace("text", "spreadsheet").encode()
    with pytest.raises(SkippedSourceError, match=r"OpenDocument file \(spreadsheet\)"):
        find_media_type(make_zip({"mimetype": table, "content.xml": b""}), "a.odt")


@pytest.mark.parametrize("stream", ["EncryptedPackage", "EncryptionInfo"])
def test_a_locked_document_is_a_failure(stream: str) -> None:
    """Word packs a .docx with a password into a compound file."""
    with pytest.raises(UnreadableSourceError, match="password"):
        find_media_type(ole(stream), "a.docx")


def test_an_office_file_without_its_directory_is_a_failure() -> None:
    """It names the streams, often at the very end, which was cut off."""
    head = bytearray(OLE.ljust(512, b"\0"))
    head[30], head[48] = 9, 7
    with pytest.raises(UnreadableSourceError, match="cut short"):
        find_media_type(bytes(head).ljust(8 * 512, b"\0"), "a.doc")
    with pytest.raises(SkippedSourceError, match="unknown type"):
        find_media_type(bytes(head).ljust(9 * 512, b"\0"), "a.doc")


def test_a_doc_cut_short_is_a_failure() -> None:
    """It may have been a document."""
    with pytest.raises(UnreadableSourceError, match=r"\.doc"):
        find_media_type(b"\x00\x01\x02", "a.doc")


def test_a_broken_archive_is_a_failure() -> None:
    """It may have been a document."""
    with pytest.raises(UnreadableSourceError, match="broken"):
        find_media_type(b"PK\x03\x04cut off", "a.docx")


@pytest.mark.parametrize("name", ["a.xyz", "thumbs.db", "script.py", "x.ini"])
def test_text_under_an_unknown_ending_is_no_document(name: str) -> None:
    """Settings and programs lie in folders too; the report says how to take it nevertheless."""
    with pytest.raises(SkippedSourceError, match=r"unknown type .*rename it to \.txt"):
        find_media_type("Nghị quyết về học phí".encode(), name)


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.md", "a", "Nghị quyết số 12.2023"])
def test_text_under_a_texts_name_is_text(name: str) -> None:
    """No ending, or a year behind a dot, is as good as .txt."""
    assert find_media_type("Nghị quyết về học phí".encode(), name) == PLAIN


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_file_that_is_not_what_it_is_called_is_broken(name: str) -> None:
    """Half a download is a failure to mend, not a type to leave aside."""
    with pytest.raises(UnreadableSourceError, match="broken or cut short"):
        find_media_type(b"\x00\x01", name)
