"""What stands on the pages of a PDF: lines in reading order, stamps, pictures.

The only door to pdfminer.six.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import mult_matrix

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.letterhead import split_columns
from indexer.reading.extract.pdf_columns import PlacedLine, order_boxes, unfold_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.utils import Matrix

# 0.2 joins letter-spaced words: "N G H Ị   Q U Y Ế T" is two of them.
_LAYOUT = LAParams(word_margin=0.2, boxes_flow=None)
_SPACE_FROM = 0.2
_SPACE_WIDTH = 0.28
_WIDEST_GAP = 40
# Comparing all lines of a page costs their square; no page that people fill in has as many.
_MOST_LINES = 500
_HIDDEN = 2
_STAMPING = frozenset({"Widget", "FreeText", "Stamp"})
_LEADERS = frozenset(".…_")

_Letters = list[LTChar]


class PageLayout(NamedTuple):
    """One page as it reads."""

    lines: list[str]
    stamps: list[str]
    """Texts of signatures and stamps that stand in no gap of a line."""
    pictures: float
    """Share of the page that pictures cover; strips of one scan add up."""


def read_pages(data: bytes) -> list[PageLayout]:
    """Return the layout of each page; UnreadableSourceError when the file is locked or broken."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        reader = _PageReader()
        return [reader.read_page(page) for page in PDFPage.create_pages(document)]
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableSourceError("locked by a password; save a copy without it") from error
    except PSException as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise UnreadableSourceError(f"a broken PDF ({reason}); fetch or save it again") from error


class _PageReader:
    """Lays out the pages of one document, one after the other."""

    def __init__(self) -> None:
        resources = PDFResourceManager(caching=True)
        self._device = _FlatPages(resources, laparams=_LAYOUT)
        self._interpreter = PDFPageInterpreter(resources, self._device)

    def read_page(self, page: PDFPage) -> PageLayout:
        """Return the page's lines, stamps and pictures; pdfminer's errors pass through."""
        self._device.stamps = []
        self._interpreter.process_page(page)
        layout = self._device.get_result()
        boxes = _find_boxes(layout)
        loose = _fill_gaps(boxes, self._device.stamps)
        placed = [[_place(line) for line in box if line] for box in boxes]
        lines = [line.text for line in unfold_columns(order_boxes(placed)) if line.text.strip()]
        stamps = ["".join(letter.get_text() for letter in stamp) for stamp in loose]
        return PageLayout(split_columns(lines), stamps, _picture_share(layout))


class _FlatPages(PDFPageAggregator):
    """Puts what stands in a form on the page itself and draws stamps, which pdfminer leaves out.

    Vietnamese offices sign numbers and dates into the blanks of a finished PDF as stamps.
    """

    def __init__(self, resources: PDFResourceManager, laparams: LAParams) -> None:
        super().__init__(resources, laparams=laparams)
        self.stamps: list[_Letters] = []
        self._page_matrix: Matrix = (1, 0, 0, 1, 0, 0)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self._page_matrix = ctm
        super().begin_page(page, ctm)

    def end_figure(self, _: str) -> None:
        figure = self.cur_item
        self.cur_item = self._stack.pop()
        for item in figure:
            self.cur_item.add(item)

    def end_page(self, page: PDFPage) -> None:
        content = self.cur_item
        for stream, rectangle in _find_appearances(page):
            self.cur_item = LTPage(self.pageno, content.bbox)
            self._draw(stream, rectangle)
            self.stamps.append([item for item in self.cur_item if isinstance(item, LTChar)])
        self.cur_item = content
        super().end_page(page)

    def _draw(self, stream: PDFStream, rectangle: list[float]) -> None:
        matrix = tuple(list_value(stream.get("Matrix", [1, 0, 0, 1, 0, 0])))
        place = (1, 0, 0, 1, rectangle[0], rectangle[1])
        ctm = mult_matrix(mult_matrix(matrix, place), self._page_matrix)
        resources = dict_value(stream.get("Resources", {}))
        PDFPageInterpreter(self.rsrcmgr, self).render_contents(resources, [stream], ctm=ctm)


def _find_appearances(page: PDFPage) -> Iterator[tuple[PDFStream, list[float]]]:
    """Yield what each visible stamp, signature and filled field shows, and where."""
    for reference in list_value(page.annots or []):
        annotation: Any = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        subtype = getattr(annotation.get("Subtype"), "name", "")
        states: Any = resolve1(annotation.get("AP"))
        normal = resolve1(states.get("N")) if isinstance(states, dict) else None
        hidden = int(resolve1(annotation.get("F")) or 0) & _HIDDEN
        if subtype in _STAMPING and not hidden and isinstance(normal, PDFStream):
            rectangle = [float(resolve1(side)) for side in list_value(annotation.get("Rect"))]
            yield normal, rectangle


def _picture_share(layout: LTPage) -> float:
    area = max(layout.width * layout.height, 1)
    return sum(item.width * item.height for item in layout if isinstance(item, LTImage)) / area


def _find_boxes(layout: LTPage) -> list[list[_Letters]]:
    """Return the letters of each line that has any, by the box that holds it."""
    boxes = (box for box in layout if isinstance(box, LTTextBox))
    lines = ([_upright_letters(line) for line in box] for box in boxes)
    return [[line for line in box if any(c.get_text().strip() for c in line)] for box in lines]


def _upright_letters(line: object) -> _Letters:
    """Return the letters of a line; a slanting watermark gives none."""
    items = line if isinstance(line, LTContainer) else ()
    letters = (item for item in items if isinstance(item, LTChar))
    return [letter for letter in letters if not (letter.matrix[0] and letter.matrix[1])]


def _fill_gaps(boxes: list[list[_Letters]], stamps: list[_Letters]) -> list[_Letters]:
    """Put what was filled in into the gaps of lines; return the stamps that are left over.

    Short lines of the page itself that lie in a gap of another are moved there as well.
    """
    lines = [line for box in boxes for line in box]
    if len(lines) + len(stamps) > _MOST_LINES:
        return stamps
    kept: list[_Letters] = []
    for line in sorted(lines, key=len, reverse=True):
        if _fill_gap(line, kept):
            line.clear()
        else:
            kept.append(line)
    return [stamp for stamp in stamps if stamp and not _fill_gap(stamp, kept)]


def _fill_gap(letters: _Letters, lines: list[_Letters]) -> bool:
    """Put the letters into the line in whose gap they lie, over its dots; False without one."""
    left, right = min(c.x0 for c in letters), max(c.x1 for c in letters)
    middle = (letters[0].y0 + letters[0].y1) / 2
    for line in lines:
        if line[0].y0 < middle < line[0].y1 and _has_gap(line, left, right):
            last = max(letter.x0 for letter in letters)
            # The spaces that reach over its ends stay: they part it from the words around.
            line[:] = [c for c in line if _is_solid(c) or c.x0 <= left or last <= c.x0]
            line.extend(letters)
            return True
    return False


def _has_gap(line: _Letters, left: float, right: float) -> bool:
    solid = [letter for letter in line if _is_solid(letter)]
    if not solid or left < solid[0].x0 or max(c.x1 for c in solid) < right:
        return False
    return not any(letter.x0 < right - 1 and left + 1 < letter.x1 for letter in solid)


def _is_solid(letter: LTChar) -> bool:
    text = letter.get_text()
    return not text.isspace() and text not in _LEADERS


def _place(letters: _Letters) -> PlacedLine:
    solid = [letter for letter in letters if not letter.get_text().isspace()]
    return PlacedLine(
        text=_line_text(letters),
        left=min(letter.x0 for letter in solid),
        right=max(letter.x1 for letter in solid),
        top=max(letter.y1 for letter in solid),
    )


def _line_text(letters: _Letters) -> str:
    """Return the letters from left to right; a wide gap gives as many spaces as fit into it."""
    text, reach = "", float("inf")
    for letter in sorted(letters, key=lambda letter: letter.x0):
        size = max(letter.width, letter.height)
        gap = letter.x0 - reach
        if gap > _SPACE_FROM * size and not letter.get_text().isspace():
            text += " " * max(1, min(round(gap / (_SPACE_WIDTH * size)), _WIDEST_GAP))
        text += letter.get_text()
        reach = letter.x1 if text.isspace() or reach == float("inf") else max(letter.x1, reach)
    return text.rstrip()
