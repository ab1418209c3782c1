"""Word documents of before 2007 (.doc): LibreOffice opens them, antiword where it is missing."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.docx import extract_docx
from indexer.reading.extract.letterhead import split_columns, table_lines
from indexer.reading.extract.media_type import DOC, WORD_XML
from indexer.reading.extract.office_program import (
    OFFICE_PACKAGE,
    convert_to_docx,
    find_antiword,
    find_office,
    run_program,
)
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTOR = 512
_WORD_97, _WORD_6 = b"\xec\xa5", b"\xdc\xa5"
_FLAGS_AT, _ENCRYPTED = 11, 0x01
_LEAVES, _LEFT_OUT = frozenset({"title", "para"}), frozenset({"bookinfo"})
_PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)


def extract_doc(data: bytes) -> ExtractedText:
    """Return the document's text, as `extract_docx` gives it.

    LibreOffice tells fonts, counts lists and keeps every table. antiword, thirty times as fast,
    tells no fonts, leaves out the numbers of lists and, in one real file of seven, whole tables:
    it serves where LibreOffice is missing or fails. SkippedSourceError where both are missing;
    UnreadableSourceError when the document is broken or locked.
    """
    if _is_locked(data):
        raise UnreadableSourceError("a .doc locked with a password; save it without one")
    office, antiword = find_office(), find_antiword()
    if not office and not antiword:
        raise SkippedSourceError(
            "an old Word document (.doc), which needs LibreOffice or antiword: "
            f"apt-get install {OFFICE_PACKAGE} (or antiword); or save it as .docx"
        )
    if not office:
        return _read_with_antiword(data, str(antiword))
    try:
        return _read_with_office(data, office, ".doc", DOC)
    except UnreadableSourceError as failure:
        if antiword:
            with contextlib.suppress(UnreadableSourceError):
                return _read_with_antiword(data, antiword)
        raise failure from None


def extract_word_xml(data: bytes) -> ExtractedText:
    """Return the text of a document in the XML of Word 2003, often named .doc, by LibreOffice.

    SkippedSourceError where that is missing.
    """
    office = find_office()
    if office:
        return _read_with_office(data, office, ".xml", WORD_XML)
    raise SkippedSourceError(
        "a document in the XML of Word 2003, which needs LibreOffice: "
        f"apt-get install {OFFICE_PACKAGE}; or save it as .docx"
    )


def _read_with_office(data: bytes, office: str, ending: str, media_type: str) -> ExtractedText:
    extracted = extract_docx(convert_to_docx(data, office, ending))
    return replace(extracted, media_type=media_type, method="LibreOffice")


def _read_with_antiword(data: bytes, antiword: str) -> ExtractedText:
    with tempfile.TemporaryDirectory(prefix="antiword-") as name:
        source = Path(name) / "source.doc"
        source.write_bytes(data)
        command = [antiword, "-m", "UTF-8.txt", "-x", "db", str(source)]
        book = etree.fromstring(run_program(command, Path(name)), _PARSER)
    lines = [] if book is None else split_columns(_book_lines(book))
    return ExtractedText(("\n".join(lines).strip("\n"),), DOC, "antiword")


def _book_lines(element: Any) -> Iterator[str]:
    """Yield the lines of a DocBook element: its tables stand inside of its paragraphs."""
    for child in element:
        if child.tag == "informaltable":
            rows = [list(map(_text, row.iter("entry"))) for row in child.iter("row")]
            yield from table_lines(rows)
        elif child.tag in _LEAVES and child.find("informaltable") is None:
            yield from _text(child).split("\n")
        elif child.tag not in _LEFT_OUT:
            yield from _book_lines(child)


def _text(element: Any) -> str:
    lines = "".join(element.itertext()).replace("[pic]", "").strip().split("\n")
    return "\n".join(line.strip() for line in lines)


def _is_locked(data: bytes) -> bool:
    """Return whether the document's first block says that what follows is encrypted.

    [MS-DOC] 2.5.2, FibBase: it begins a sector, its sign is 0xA5EC (0xA5DC before Word 97), and
    fEncrypted is the lowest bit of its byte 11.
    """
    for at in range(_SECTOR, len(data) - _SECTOR, _SECTOR):
        if data[at : at + 2] in (_WORD_97, _WORD_6):
            return bool(data[at + _FLAGS_AT] & _ENCRYPTED)
    return False
