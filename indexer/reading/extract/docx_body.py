"""The body of a Word document: its paragraphs, tables, text boxes and notes become lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import decode_runs
from indexer.reading.extract.letterhead import table_lines
from indexer.reading.extract.page_marks import PAGE, join_row_marks, place_marks
from indexer.reading.extract.symbols import read_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reading.extract.docx_numbering import Numbering
    from indexer.reading.extract.docx_styles import Styles

_DEEPEST = 20

_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r"))
_TEXT, _FORMULA, _SYMBOL, _TYPE = map(qn, ("w:t", "m:t", "w:sym", "w:type"))
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_ID, _VALUE, _FONT, _CODE = map(qn, ("w:id", "w:val", "w:font", "w:char"))
_TEXT_BOX = qn("w:txbxContent")
_SIGNS = {
    qn("w:br"): "\n",
    qn("w:lastRenderedPageBreak"): PAGE,
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    # In old fonts its code is the letter "ư"; in others cleaning drops it.
    qn("w:softHyphen"): "\xad",
}
_LEFT_OUT = frozenset(
    {
        *map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_CONTAINERS = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"))
)
_PROPERTIES = qn("w:pPr")
_HIDDEN = f"{qn('w:rPr')}/{qn('w:vanish')}"
_MARK_DELETED = [f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(name)}" for name in ("w:del", "w:moveFrom")]
_ROW_DELETED = f"{qn('w:trPr')}/{qn('w:del')}"

Run = tuple[str, str]
"""Text and the name of its font."""


class BodyReader:
    """Reads a document's parts in turn: its lists go on from one paragraph to the next."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.notes: list[tuple[str, str]] = []
        """Part and id of the notes met so far; the first is note 1."""

    def read_lines(self, container: Any, depth: int = 0) -> Iterator[str]:
        """Yield the lines of a body, a cell, a text box or a note; PAGE where a page begins."""
        if depth > _DEEPEST:
            raise UnreadableSourceError(f"tables nested more than {_DEEPEST} deep")
        carried: list[Run] = []
        for element in container:
            if element.tag == _PARAGRAPH:
                runs, boxes = self._read_paragraph(element, carried)
                carried = runs if _runs_on(element) else []
                if not carried:
                    yield from place_marks(decode_runs(runs))
                for box in boxes:
                    yield from self.read_lines(box, depth + 1)
            elif element.tag == _TABLE:
                yield from self._table_lines(element, depth)
            elif element.tag in _CONTAINERS:
                yield from self.read_lines(element, depth + 1)
        if carried:
            yield from place_marks(decode_runs(carried))

    def _table_lines(self, table: Any, depth: int) -> Iterator[str]:
        rows: list[list[str]] = []
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table or row.find(_ROW_DELETED) is not None:
                continue
            pages, cells = join_row_marks(self._row_cells(row, depth))
            if pages:
                yield from table_lines(rows) if rows else ()
                yield from [PAGE] * pages
                rows = []
            rows.append(cells)
        yield from table_lines(rows) if rows else ()

    def _row_cells(self, row: Any, depth: int) -> list[str]:
        cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)
        return ["\n".join(self.read_lines(cell, depth + 1)) for cell in cells]

    def _read_paragraph(self, paragraph: Any, carried: list[Run]) -> tuple[list[Run], list[Any]]:
        """Return the runs of a paragraph, after those carried on to it, and its text boxes."""
        runs: list[Run] = []
        boxes: list[Any] = []
        self._collect(paragraph, runs, boxes)
        label = self._numbering.count(paragraph)
        said = any(text.strip() for text, _ in runs)
        if label and label.text and (said or not label.bullet):
            runs.insert(0, (f"{label.text} ", label.font))
        return carried + runs, boxes

    def _collect(self, paragraph: Any, runs: list[Run], boxes: list[Any]) -> None:
        """Gather the runs and the text boxes of a paragraph, without what was deleted."""
        font = ""
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            if element.tag == _TEXT_BOX:
                boxes.append(element)
            elif element.tag == _RUN:
                font = self._styles.run_font(element, paragraph)
                waiting.extend(() if _is_hidden(element) else reversed(element))
            elif element.tag not in _LEFT_OUT:
                piece = self._read_piece(element, font)
                if piece:
                    runs.append(piece)
                else:
                    waiting.extend(reversed(element))

    def _read_piece(self, element: Any, font: str) -> Run | None:
        """Return what the element itself says; None where only its parts may."""
        if element.tag in (_TEXT, _FORMULA):
            return read_symbols(element.text or "", font), font
        if element.tag == _SYMBOL:
            return _read_symbol(element)
        if element.tag in _NOTES:
            self.notes.append((_NOTES[element.tag], element.get(_ID, "")))
            return f"[{len(self.notes)}]", font
        sign = PAGE if element.get(_TYPE) == "page" else _SIGNS.get(element.tag)
        return (sign, font) if sign else None


def _runs_on(paragraph: Any) -> bool:
    """Return whether the paragraph's end was deleted: the next one goes on in its line."""
    return any(paragraph.find(path) is not None for path in _MARK_DELETED)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(_HIDDEN)
    return hidden is not None and hidden.get(_VALUE, "1") not in ("0", "false", "off")


def _read_symbol(element: Any) -> Run:
    font = element.get(_FONT, "")
    try:
        code = int(element.get(_CODE, ""), 16)
    except ValueError:
        return "", font
    # Some programs write the bare code, without the 0xF000 that marks it as a symbol's.
    return read_symbols(chr(0xF000 + code if code < 0x100 else code & 0xFFFF), font), font  # noqa: PLR2004
