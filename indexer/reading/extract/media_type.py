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
HTML: Final = "text/html"
PLAIN: Final = "text/plain"

_AS_DOCX_OR_PDF = "save it as .docx or PDF"
_BY_FIRST_BYTES = (
    (b"{\\rtf", "a rich text document (RTF)", _AS_DOCX_OR_PDF),
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"\x89PNG", "a PNG picture", "make a PDF of it"),
    (b"\xff\xd8\xff", "a JPEG picture", "make a PDF of it"),
    (b"GIF8", "a GIF picture", "make a PDF of it"),
    (b"II*\x00", "a TIFF picture", "make a PDF of it"),
    (b"MM\x00*", "a TIFF picture", "make a PDF of it"),
    (b"BM", "a BMP picture", "make a PDF of it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or give an export as the source itself"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_BY_ENDING = {
    ".xls": ("an old Excel table (.xls)", "save it as PDF"),
    ".ppt": ("an old PowerPoint file (.ppt)", "save it as PDF"),
    ".msg": ("an Outlook message (.msg)", "save it as PDF"),
}
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
_BINARY_ENDINGS = frozenset({".pdf", ".docx"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md"})
# What follows the last dot of "Nghị quyết số 12.2023" is no ending.
_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}")
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".aspx", ".mht"})
_TAG = re.compile(rb"<(?:p|div|table|br|span|h[1-6]|ul|a)\b[^>]*>", re.IGNORECASE)
# The standard lets a PDF start within the first 1,024 bytes.
_PDF_WITHIN = 1024
_HEAD = 4096


def find_media_type(data: bytes, path: str) -> str:
    """Return PDF, DOCX, HTML or PLAIN for the bytes of a file of that name.

    SkippedSourceError names a type that is known but not read, and what to do;
    UnreadableSourceError a file that is broken.

    >>> find_media_type(b"%PDF-1.7", "nghi-quyet.doc")
    'application/pdf'
    """
    ending = PurePosixPath(path).suffix.lower()
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _look_into_zip(data)
    if data.startswith(_OLE):
        name, advice = _OLE_BY_ENDING.get(ending, ("an old Word document (.doc)", _AS_DOCX_OR_PDF))
        raise _skipped(name, advice)
    for first, name, advice in _BY_FIRST_BYTES:
        if data.startswith(first) and not (first == b"BM" and _looks_textual(data)):
            raise _skipped(name, advice)
    return _find_text_type(data, ending)


def _skipped(name: str, advice: str) -> SkippedSourceError:
    return SkippedSourceError(f"{name}, which is not read; {advice}")


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
        raise _skipped("an OpenDocument file (.odt)", _AS_DOCX_OR_PDF)
    if "[Content_Types].xml" in names:
        return DOCX
    raise _skipped("a ZIP archive", "unpack it")


def _find_text_type(data: bytes, ending: str) -> str:
    head = _without_utf16(data[:_HEAD])
    if _HTML_START.match(head) or (ending in _HTML_ENDINGS and _looks_textual(data)):
        return HTML
    if ending in _OTHER_ENDINGS:
        raise _skipped(*_OTHER_ENDINGS[ending])
    if ending in _BINARY_ENDINGS:
        raise UnreadableSourceError(
            f"does not begin as a {ending} file does: broken or cut short; fetch or save it again"
        )
    if not _looks_textual(data):
        raise _skipped(f"a file of unknown type ({ending or 'no ending'})", "save it as PDF")
    if _ENDING.fullmatch(ending) and ending not in _TEXT_ENDINGS:
        raise _skipped(f"a file of unknown type ({ending})", "if it is text, rename it to .txt")
    return HTML if len(_TAG.findall(head)) >= 5 else PLAIN  # noqa: PLR2004 - a page cut from its head


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
