"""The body of an OpenDocument text: its paragraphs, lists, tables, text boxes and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import decode_runs
from indexer.reading.extract.letterhead import table_lines
from indexer.reading.extract.list_numbers import Label, count_on, draw_label
from indexer.reading.extract.odt_styles import OdtStyles, name
from indexer.reading.extract.page_marks import PAGE, join_row_marks, place_marks
from indexer.reading.extract.symbols import read_bullet, read_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 60
_MOST_SPACES = 1000

_PARAGRAPHS = frozenset(map(name, ("text:p", "text:h")))
_HEADING, _SPAN, _SPACES = name("text:h"), name("text:span"), name("text:s")
_LIST, _ITEM, _LIST_HEADER = map(name, ("text:list", "text:list-item", "text:list-header"))
_TABLE, _ROW, _CELL = map(name, ("table:table", "table:table-row", "table:table-cell"))
_SOFT_PAGE, _NOTE, _NOTE_BODY = map(name, ("text:soft-page-break", "text:note", "text:note-body"))
_SIGNS = {name("text:tab"): "\t", name("text:line-break"): "\n", _SOFT_PAGE: PAGE}
_LEFT_OUT = frozenset(
    map(
        name,
        (
            "text:tracked-changes", "office:annotation", "office:forms", "text:ruby-text",
            "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "svg:title",
            "svg:desc", "draw:object", "draw:object-ole", "draw:image", "table:covered-table-cell",
            "text:index-title-template", "text:table-of-content-source",
        ),
    )
)  # fmt: skip
_STYLE, _COUNT, _START = map(name, ("text:style-name", "text:c", "text:start-value"))
_OUTLINE, _CONTINUE, _CONTINUED = map(
    name, ("text:outline-level", "text:continue-numbering", "text:continue-list")
)
_LIST_ID, _XML_ID = name("text:id"), "{http://www.w3.org/XML/1998/namespace}id"
_BLANKS = re.compile(r"[ \t\r\n]+")
_BLOCKS = _PARAGRAPHS | {_LIST, _TABLE}
_ROW_GROUPS = frozenset(
    map(name, ("table:table-header-rows", "table:table-rows", "table:table-row-group"))
)

_Run = tuple[str, str]


class _ListPlace(NamedTuple):
    """A list that is being read."""

    style: str
    counts: dict[int, int]
    at: int


class _Found(NamedTuple):
    """What a paragraph holds."""

    runs: list[_Run]
    boxes: list[Any]


class OdtReader:
    """Reads a document's parts in turn: its lists go on from one to the next."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        """By the id of a list and by its style, the last one of each."""
        self._outline: dict[int, int] = {}
        self.notes: list[Any] = []
        """The bodies of the notes met so far; the first is note 1."""

    def read_lines(self, container: Any, depth: int = 0) -> Iterator[str]:
        """Yield the lines of a body, a cell, a text box or a note; PAGE where a page begins."""
        if depth > _DEEPEST:
            raise UnreadableSourceError(f"parts nested more than {_DEEPEST} deep; save it anew")
        for element in container:
            if element.tag in _PARAGRAPHS:
                yield from self._paragraph_lines(element, self._count_heading(element), depth)
            elif element.tag == _LIST:
                yield from self._list_lines(element, None, depth)
            elif element.tag == _TABLE:
                yield from self._table_lines(element, depth)
            elif element.tag == _SOFT_PAGE:
                yield PAGE
            elif isinstance(element.tag, str) and element.tag not in _LEFT_OUT:
                yield from self.read_lines(element, depth + 1)

    def _list_lines(self, element: Any, outer: _ListPlace | None, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise UnreadableSourceError(f"lists nested more than {_DEEPEST} deep; save it anew")
        place = self._open_list(element, outer)
        for item in element:
            if item.tag not in (_ITEM, _LIST_HEADER):
                continue
            label = None
            if item.tag == _ITEM and any(each.tag in _PARAGRAPHS for each in item):
                label = self._count_item(item, place)
            for child in item:
                if child.tag == _LIST:
                    yield from self._list_lines(child, place, depth + 1)
                elif child.tag in _PARAGRAPHS:
                    yield from self._paragraph_lines(child, label, depth)
                    label = None
                else:
                    yield from self.read_lines([child], depth + 1)

    def _open_list(self, element: Any, outer: _ListPlace | None) -> _ListPlace:
        """Return where the list stands, with the counts that it goes on from."""
        if outer:
            return _ListPlace(element.get(_STYLE) or outer.style, outer.counts, outer.at + 1)
        style = element.get(_STYLE, "")
        goes_on = element.get(_CONTINUE) == "true"
        earlier = self._counts.get(element.get(_CONTINUED) or (style if goes_on else ""))
        counts = {} if earlier is None else earlier
        for key in (style, element.get(_XML_ID) or element.get(_LIST_ID)):
            if key:
                self._counts[key] = counts
        return _ListPlace(style, counts, 0)

    def _count_item(self, item: Any, place: _ListPlace) -> Label | None:
        levels = self._styles.list_levels(place.style)
        level = levels.get(place.at)
        if not level:
            return None
        start = item.get(_START, "")
        counts, font = place.counts, level.font or ""
        counted = {at: levels.get(at, level) for at in {*levels, *counts}}
        count_on(counts, counted, place.at, _number(start, 1) if start else None)
        if level.style == "bullet":
            return Label(read_bullet(level.pattern, font), font, bullet=True)
        return Label(draw_label(levels, counts, place.at), font)

    def _count_heading(self, element: Any) -> Label | None:
        """Return the number of a heading that stands in no list."""
        level = element.get(_OUTLINE, "") if element.tag == _HEADING else ""
        at = _number(level, 0) - 1
        outline = self._styles.outline
        if at not in outline or not outline[at].pattern:
            return None
        count_on(self._outline, outline, at)
        return Label(draw_label(outline, self._outline, at), outline[at].font or "")

    def _table_lines(self, table: Any, depth: int) -> Iterator[str]:
        rows: list[list[str]] = []
        for row in _own_rows(table):
            pages, cells = self._read_row(row, depth)
            if pages:
                yield from table_lines(rows) if rows else ()
                yield from [PAGE] * pages
                rows = []
            rows.append(cells)
        yield from table_lines(rows) if rows else ()

    def _read_row(self, row: Any, depth: int) -> tuple[int, list[str]]:
        """Return how many pages begin in a row of a table or between two, and its cells."""
        if row.tag == _SOFT_PAGE:
            return 1, []
        cells = [cell for cell in row if cell.tag == _CELL]
        return join_row_marks(["\n".join(self.read_lines(cell, depth + 1)) for cell in cells])

    def _paragraph_lines(self, element: Any, label: Label | None, depth: int) -> Iterator[str]:
        """Yield the paragraph's lines, then those of text boxes anchored in it."""
        style = element.get(_STYLE, "")
        font = self._styles.font("paragraph", style) or ""
        runs, boxes = found = _Found([], [])
        self._collect(element, font, found, depth)
        said = any(text.strip() for text, _ in runs)
        if label and label.text and (said or not label.bullet):
            runs.insert(0, (f"{label.text} ", label.font or font))
        if self._styles.begins_page(style):
            yield PAGE
        yield from place_marks(decode_runs(runs))
        for box in boxes:
            yield from self.read_lines(box, depth + 1)

    def _collect(self, element: Any, font: str, found: _Found, depth: int) -> None:
        """Gather the runs and the text boxes of a paragraph or a part of one."""
        if depth > _DEEPEST:
            raise UnreadableSourceError(f"text nested more than {_DEEPEST} deep; save it anew")
        self._add(element.text, font, found)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                self._read_piece(child, font, found, depth + 1)
            self._add(child.tail, font, found)

    def _read_piece(self, element: Any, font: str, found: _Found, depth: int) -> None:
        style = element.get(_STYLE, "")
        if element.tag in _SIGNS:
            found.runs.append((_SIGNS[element.tag], font))
        elif element.tag == _SPACES:
            count = element.get(_COUNT, "1")
            found.runs.append((" " * min(_MOST_SPACES, _number(count, 1)), font))
        elif element.tag == _NOTE:
            self.notes.append(element.find(_NOTE_BODY))
            found.runs.append((f"[{len(self.notes)}]", font))
        elif any(child.tag in _BLOCKS for child in element):
            found.boxes.append(element)
        elif element.tag != _SPAN or not self._styles.is_hidden(style):
            own = self._styles.font("text", style) if element.tag == _SPAN else None
            self._collect(element, own or font, found, depth)

    def _add(self, text: str | None, font: str, found: _Found) -> None:
        if text:
            # Blanks in the file's own text are layout; those of the document are marked.
            found.runs.append((read_symbols(_BLANKS.sub(" ", text), font), font))


def _own_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table and the marks of pages between them."""
    for child in table:
        if child.tag in (_ROW, _SOFT_PAGE):
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _own_rows(child)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise  # noqa: PLR2004 - nothing counts as far
