"""Word documents (.docx). The only door to python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.letterhead import split_columns, table_lines
from indexer.reading.extract.media_type import DOCX
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_ENTRIES = 5_000
_MOST_BYTES = 256 * 2**20
_MOST_RATIO = 200
# Small parts of blanks and repeats shrink a lot without any harm.
_RATIO_FROM = 8 * 2**20
_DEEPEST_TABLE = 20

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _RETURN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_HYPHEN, _PROPERTIES = qn("w:noBreakHyphen"), qn("w:tabs")
_TEXT_BOX, _FALLBACK = (
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom"), _FALLBACK, _PROPERTIES})
_CONTAINERS = frozenset(
    {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:smartTag")}
)


def extract_docx(data: bytes) -> ExtractedText:
    """Return paragraphs, tables and text boxes in document order, as one page.

    Headers and footers are boilerplate. UnreadableSourceError when the archive is broken or
    would unpack to more than it may, which is found out before unpacking.
    """
    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = split_columns(_block_lines(document.element.body, 0))
        frame = _frame_lines(document)
    except (OpcError, LxmlError, zipfile.BadZipFile, AttributeError, KeyError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UnreadableSourceError(f"a broken .docx ({reason}); save it again in Word") from error
    return ExtractedText(
        pages=("\n".join(lines).strip("\n"),),
        media_type=DOCX,
        method=f"python-docx {version('python-docx')}",
        title=document.core_properties.title.strip(),
        boilerplate="\n".join(dict.fromkeys(frame)),
    )


def check_archive(data: bytes) -> None:
    """Return when the archive may be unpacked; UnreadableSourceError when it is a bomb.

    The sizes that an archive states for itself bind: zipfile stops reading an entry there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableSourceError(f"a broken .docx ({error}); save it again in Word") from error
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES:
        raise UnreadableSourceError(f"holds {len(entries)} parts, more than any real .docx")
    if total > _MOST_BYTES:
        raise UnreadableSourceError(
            f"would unpack to {total // 2**20} MiB, more than {_MOST_BYTES // 2**20} MiB; "
            "save it without its pictures"
        )
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM, _MOST_RATIO * entry.compress_size):
            raise UnreadableSourceError(
                f"its part {entry.filename!r} would unpack {entry.file_size // 2**20} MiB "
                f"from {entry.compress_size // 2**10} KiB, as no real .docx does"
            )


def _block_lines(container: Any, depth: int) -> Iterator[str]:
    """Yield the lines of the paragraphs and tables in a body, a cell or a text box."""
    if depth > _DEEPEST_TABLE:
        raise UnreadableSourceError(f"tables nested more than {_DEEPEST_TABLE} deep")
    for element in container:
        if element.tag == _PARAGRAPH:
            yield from _paragraph_lines(element, depth)
        elif element.tag == _TABLE:
            yield from table_lines(
                [_row_cells(row, depth) for row in element.iter(_ROW) if _owns(element, row)]
            )
        elif element.tag in _CONTAINERS:
            yield from _block_lines(element, depth + 1)


def _owns(table: Any, row: Any) -> bool:
    """Return whether the row is the table's own and not one of a table in its cells."""
    return next(row.iterancestors(_TABLE)) is table


def _row_cells(row: Any, depth: int) -> list[str]:
    cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)
    return ["\n".join(_block_lines(cell, depth + 1)) for cell in cells]


def _paragraph_lines(paragraph: Any, depth: int) -> Iterator[str]:
    """Yield the paragraph's lines, then those of text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, pieces, boxes)
    yield from "".join(pieces).split("\n")
    for box in boxes:
        yield from _block_lines(box, depth + 1)


def _collect(paragraph: Any, pieces: list[str], boxes: list[Any]) -> None:
    """Gather the text pieces and the text boxes of a paragraph, without what was deleted."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag == _TEXT:
            pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            pieces.append(_SIGNS[element.tag])
        elif element.tag not in _DELETED:
            waiting.extend(reversed(element))


_SIGNS = {_TAB: "\t", _BREAK: "\n", _RETURN: "\n", _HYPHEN: "-"}


def _frame_lines(document: Any) -> list[str]:
    """Return the lines of all headers and footers that hold more than a page number."""
    lines: list[str] = []
    for section in document.sections:
        for frame in (
            section.header,
            section.first_page_header,
            section.footer,
            section.first_page_footer,
        ):
            if not frame.is_linked_to_previous:
                lines += [line.strip() for line in _block_lines(frame._element, 0)]  # noqa: SLF001 - the only way to text boxes and tables in order
    return [line for line in lines if re.search(r"[^\W\d_]", line)]
