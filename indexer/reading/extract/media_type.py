"""What a file is: by its content first, by the ending of its name second."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final

from indexer.errors import SkippedSourceError, UnreadableSourceError

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC: Final = "application/msword"
WORD_XML: Final = "application/vnd.ms-word.xml"
RTF: Final = "application/rtf"
ODT: Final = "application/vnd.oasis.opendocument.text"
WEB_ARCHIVE: Final = "multipart/related"
HTML: Final = "text/html"
PLAIN: Final = "text/plain"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TIFF: Final = "image/tiff"

_PICTURES = (
    (b"\x89PNG\r\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_AS_DOCX_OR_PDF = "save it as .docx or PDF"
_BY_FIRST_BYTES = (
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"GIF8", "a GIF picture", "make a PDF of it"),
    (b"BM", "a BMP picture", "make a PDF of it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or give an export as the source itself"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument"
_LOCKED = ("EncryptedPackage", "EncryptionInfo")
_TEMPLATE = ("an old Word template (.dot)", _AS_DOCX_OR_PDF)
_EXCEL = ("an old Excel table (.xls)", "save it as PDF")
_OLE_BY_STREAM = {
    "Workbook": _EXCEL,
    "Book": _EXCEL,
    "PowerPoint Document": ("an old PowerPoint file (.ppt)", "save it as PDF"),
    "__properties_version1.0": ("an Outlook message (.msg)", "save it as PDF"),
    "MatOST": ("a Works document (.wps)", _AS_DOCX_OR_PDF),
}
# Where a table holds a Word document, or the other way round, the name has the last word.
_OLE_BY_ENDING = {".xls": _EXCEL, ".dot": _TEMPLATE}
_ZIP_BY_MEMBER = (
    ("xl/workbook.xml", "an Excel table (.xlsx)", "save it as PDF"),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", "save it as PDF"),
)
_OTHER_ENDINGS = {
    ".csv": ("a table (.csv)", "save it as PDF"),
    ".json": ("a data file (.json)", "make a .jsonl export of it"),
    ".jsonl": ("an export (.jsonl)", "give it as the source itself"),
    ".xml": ("an XML file", "save it as HTML or PDF"),
    ".svg": ("a drawing (.svg)", "save it as PDF"),
    ".css": ("a style sheet", "leave it out"),
    ".js": ("a script", "leave it out"),
}
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY_ENDINGS = frozenset({".pdf", ".docx", ".odt", ".rtf"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md"})
# What follows the last dot of "Nghị quyết số 12.2023" is no ending.
_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}")
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".aspx", ".mht"})
_TAG = re.compile(rb"<(?:p|div|table|br|span|h[1-6]|ul|a)\b[^>]*>", re.IGNORECASE)
# The standard lets a PDF start within the first 1,024 bytes.
_PDF_WITHIN = 1024
_HEAD = 4096
_OLE_NAME, _OLE_ENTRY = 64, 128
_SECTOR_SHIFTS = (9, 12)
_LONGEST_KIND = 100
_WORD_XML_START = re.compile(
    rb"\s*<\?xml.{0,200}?<\?mso-application\s+progid=.Word\.Document", re.DOTALL
)
_FLAT_ODT_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<office:document\s")
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_ARCHIVE_START = re.compile(
    rb"\s*(?:mime-version|from|subject|date|content-type|snapshot-content-location)\s*:",
    re.IGNORECASE,
)
_ARCHIVE_TYPE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def find_media_type(data: bytes, path: str) -> str:
    """Return the type, one of the constants above, for the bytes of a file of that name.

    SkippedSourceError names a type that is known but not read, and what to do;
    UnreadableSourceError a file that is broken.

    >>> find_media_type(b"%PDF-1.7", "nghi-quyet.doc")
    'application/pdf'
    """
    ending = PurePosixPath(path).suffix.lower()
    if is_pdf(data):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _look_into_zip(data)
    if data.startswith(OLE):
        return _look_into_ole(data, ending)
    if data[:_HEAD].lstrip(_BLANKS).startswith(b"{\\rtf"):
        return RTF
    for first, picture in _PICTURES:
        if data.startswith(first):
            return picture
    for first, name, advice in _BY_FIRST_BYTES:
        if data.startswith(first) and not (first == b"BM" and _looks_textual(data)):
            raise _skipped(name, advice)
    return _find_text_type(data, ending)


def is_pdf(data: bytes) -> bool:
    """Return whether the bytes say of themselves that they are a PDF."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def _skipped(name: str, advice: str) -> SkippedSourceError:
    return SkippedSourceError(f"{name}, which is not read; {advice}")


def _look_into_ole(data: bytes, ending: str) -> str:
    """Return DOC where a stream of the compound file is Word's; the names of streams tell."""
    if any(_has_stream(data, name) for name in _LOCKED):
        raise UnreadableSourceError("locked with a password; save it without one")
    if ending in _OLE_BY_ENDING:
        raise _skipped(*_OLE_BY_ENDING[ending])
    if _has_stream(data, _WORD):
        return DOC
    for name, told in _OLE_BY_STREAM.items():
        if _has_stream(data, name):
            raise _skipped(*told)
    if _directory_starts(data) >= len(data):
        raise UnreadableSourceError("an Office file that was cut short; fetch it again")
    raise _skipped(f"an Office file of unknown type ({ending or 'no ending'})", "save it as PDF")


def _directory_starts(data: bytes) -> int:
    """Return where the compound file's directory of streams begins ([MS-CFB] 2.2)."""
    shift, sector = int.from_bytes(data[30:32], "little"), int.from_bytes(data[48:52], "little")
    return (sector + 1) << shift if shift in _SECTOR_SHIFTS else 0


def _has_stream(data: bytes, name: str) -> bool:
    """Return whether a directory entry of the compound file bears that name.

    [MS-CFB] 2.6.1: 64 bytes of UTF-16 padded with zeros, on a multiple of 128 bytes.
    """
    entry = name.encode("utf-16-le").ljust(_OLE_NAME, b"\0")
    at = data.find(entry)
    while at >= 0 and at % _OLE_ENTRY:
        at = data.find(entry, at + 2)
    return at >= 0


def _look_into_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:
        raise UnreadableSourceError(
            f"a ZIP-based file (.docx?) that is broken: {error}; fetch or save it again"
        ) from error
    if "word/document.xml" in names:
        return DOCX
    for member, name, advice in _ZIP_BY_MEMBER:
        if member in names:
            raise _skipped(name, advice)
    if "mimetype" in names and "content.xml" in names:
        return _look_into_open_document(data)
    if "[Content_Types].xml" in names:
        return DOCX
    raise _skipped("a ZIP archive", "unpack it")


def _look_into_open_document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as told:
        kind = told.read(_LONGEST_KIND).decode("ascii", "replace").strip()
    # Templates are told apart by a suffix.
    if kind.startswith(ODT):
        return ODT
    raise _skipped(f"an OpenDocument file ({kind.rpartition('.')[2]})", "save it as PDF")


def _find_text_type(data: bytes, ending: str) -> str:
    head = _without_utf16(data[:_HEAD])
    if _ARCHIVE_START.match(head) and _ARCHIVE_TYPE.search(head):
        return WEB_ARCHIVE
    if _WORD_XML_START.match(head):
        return WORD_XML
    if _FLAT_ODT_START.match(head) and ODT.encode() in head:
        return ODT
    if _HTML_START.match(head) or (ending in _HTML_ENDINGS and _looks_textual(data)):
        return HTML
    if ending in _OTHER_ENDINGS:
        raise _skipped(*_OTHER_ENDINGS[ending])
    if ending in _BINARY_ENDINGS:
        raise UnreadableSourceError(
            f"does not begin as a {ending} file does: broken or cut short; fetch or save it again"
        )
    if ending == ".doc":
        return _look_into_text_for_word(data)
    if not _looks_textual(data):
        raise _skipped(f"a file of unknown type ({ending or 'no ending'})", "save it as PDF")
    if _ENDING.fullmatch(ending) and ending not in _TEXT_ENDINGS:
        raise _skipped(f"a file of unknown type ({ending})", "if it is text, rename it to .txt")
    return HTML if len(_TAG.findall(head)) >= 5 else PLAIN  # noqa: PLR2004 - a page cut from its head


def _look_into_text_for_word(data: bytes) -> str:
    """Return PLAIN for text that somebody named .doc, as Word itself opens it."""
    if _looks_textual(data):
        return PLAIN
    raise UnreadableSourceError(
        "does not begin as a .doc file does: broken, cut short or of Word 2; save it anew"
    )


def _without_utf16(head: bytes) -> bytes:
    """Return the start of a text as one byte a letter, also where it came as two."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _looks_textual(data: bytes) -> bool:
    """Return whether hardly any control bytes are among the first; UTF-16 counts as text."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _zeros_alternate(head):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in head if byte != 27)  # noqa: PLR2004 - control codes


def _zeros_alternate(head: bytes) -> bool:
    """Return whether zeros stand on odd or on even places only, as in Latin text of UTF-16."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    return many > max(1, len(head) // 10) and few <= len(head) // 200
