"""What stands on the pages of a PDF: lines in reading order, stamps, pictures.

With `pdf_device` and `pdf_fonts` the only door to pdfminer.six.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from pdfminer.layout import LAParams, LTChar, LTContainer, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.pdf_columns import (
    PlacedLine,
    order_boxes,
    split_placed,
    unfold_columns,
)
from indexer.reading.extract.pdf_device import Drawing, Letters, OverfullPageError, PageReader
from indexer.reading.extract.pdf_lines import fill_gaps, line_text, place_line, rejoin_mark_lines
from indexer.reading.extract.pdf_tables import join_table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# 0.2 joins letter-spaced words: "N G H Ị   Q U Y Ế T" is two of them.
_LAYOUT = LAParams(word_margin=0.2, boxes_flow=None)


# Grouping takes the square of them; the densest table has a third as many.
_MOST_LINES = 1_500


class PageLayout(NamedTuple):
    """One page as it reads."""

    lines: list[PlacedLine]
    stamps: list[str]
    """Texts of signatures and stamps that stand in no gap of a line."""
    pictures: float
    """Share of the page that pictures cover; strips of one scan add up."""
    shapes: int = 0
    """Lines and outlines that the page draws."""


def open_pages(data: bytes) -> Iterator[PDFPage]:
    """Yield the pages unread; pdfminer's errors pass through.

    UnreadableSourceError when the file is locked by a password.
    """
    try:
        yield from PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))
    except PDFPasswordIncorrect as error:
        raise UnreadableSourceError("locked by a password; save a copy without it") from error


class LayoutReader:
    """Lays out the pages of one document, one after the other."""

    def __init__(self) -> None:
        self._pages = PageReader()

    def read_page(self, page: PDFPage) -> PageLayout:
        """Return the page's lines, stamps and pictures; pdfminer's errors pass through."""
        drawing = self._pages.read_page(page)
        boxes = _find_boxes(drawing.letters, drawing)
        loose = fill_gaps(boxes, drawing.stamps)
        return PageLayout(
            lines=_place_boxes(boxes) + _place_boxes(_find_boxes(drawing.turned, drawing)),
            stamps=[line_text(stamp) for stamp in loose],
            pictures=drawing.pictures,
            shapes=drawing.shapes,
        )


def _find_boxes(letters: Letters, drawing: Drawing) -> list[list[Letters]]:
    """Return the letters of each line that has any, by the box that holds it."""
    if not letters:
        return []
    page = LTPage(1, (0, 0, drawing.width, drawing.height))
    rows = [line for line in page.group_objects(_LAYOUT, letters) if not line.is_empty()]
    if len(rows) > _MOST_LINES:
        raise OverfullPageError(f"more than {_MOST_LINES} lines on a page")
    boxes = list(page.group_textlines(_LAYOUT, rows))
    for box in boxes:
        box.analyze(_LAYOUT)
    boxes.sort(key=lambda box: (-box.y0, box.x0))
    lines = [[_letters_of(line) for line in box] for box in boxes]
    return [[line for line in box if any(c.get_text().strip() for c in line)] for box in lines]


def _letters_of(line: object) -> Letters:
    items = line if isinstance(line, LTContainer) else ()
    return [item for item in items if isinstance(item, LTChar)]


def _place_boxes(boxes: list[list[Letters]]) -> list[PlacedLine]:
    """Return the lines of the boxes in reading order."""
    rejoin_mark_lines(boxes)
    placed = [[place_line(line) for line in box if line] for box in boxes]
    lines = split_placed(unfold_columns(join_table_rows(order_boxes(placed))))
    return [line for line in lines if line.text.strip()]
