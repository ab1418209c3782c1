"""Pages of a PDF as PDFium reads them, where pdfminer.six fails or gives worse text.

PDFium opens files that are broken in ways Chrome forgives. It gives runs of text and their
boxes; runs of one row become a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from indexer.errors import UnreadableSourceError
from indexer.language.split_words import join_split_words
from indexer.language.text import compose_marks, rejoin_marks
from indexer.reading.extract.pdf_columns import (
    PlacedLine,
    order_boxes,
    split_placed,
    unfold_columns,
)
from indexer.reading.extract.pdf_layout import PageLayout
from indexer.reading.extract.pdf_tables import join_table_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

# Asking for the text of each takes the square of their number.
_MOST_RUNS = 5_000
_SAME_ROW = 0.5
# In heights of the row.
_SPACE_FROM = 0.2
_COLUMN_FROM = 2.0
# PDFium takes a hyphen at the end of a line for one that a typesetter put there.
_HYPHEN = "\x02"


class _Run(NamedTuple):
    """A piece of text in one font, and its box in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class FallbackReader:
    """Reads single pages of one document with PDFium."""

    def __init__(self, data: bytes) -> None:
        """Open the document; UnreadableSourceError when PDFium can't read it either."""
        try:
            self._document = pypdfium2.PdfDocument(data)
        except PdfiumError as error:
            raise UnreadableSourceError(_explain(error)) from error

    def count_pages(self) -> int:
        """Return how many pages the document has."""
        return len(self._document)

    def read_page(self, number: int) -> PageLayout:
        """Return the page (from 0) as it reads; UnreadableSourceError when it is broken."""
        try:
            page = self._document[number]
        except PdfiumError as error:
            raise UnreadableSourceError(_explain(error)) from error
        try:
            images = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))
            area = max(page.get_width() * page.get_height(), 1)
            pictures = sum(_area(image.get_bounds()) for image in images) / area
            return PageLayout(_read_lines(page), [], pictures)
        finally:
            page.close()


def _explain(error: PdfiumError) -> str:
    if "password" in str(error).lower():
        return "locked by a password; save a copy without it"
    return f"a broken PDF ({error}); fetch or save it again"


def _area(bounds: Sequence[float]) -> float:
    left, bottom, right, top = bounds
    return (right - left) * (top - bottom)


def _read_lines(page: pypdfium2.PdfPage) -> list[PlacedLine]:
    text = page.get_textpage()
    try:
        count = text.count_rects()
        if count > _MOST_RUNS:
            return _stack(text.get_text_range().splitlines())
        boxes = [text.get_rect(at) for at in range(count)]
        runs = [_Run(text.get_text_bounded(*box).strip("\r\n"), *box) for box in boxes]
    finally:
        text.close()
    return _join_runs([run for run in runs if run.text.strip()])


def _stack(texts: Sequence[str]) -> list[PlacedLine]:
    """Return lines of one place, so that none is taken to go on in the next."""
    return [PlacedLine(text, 0, len(text), 0) for text in map(_mend, texts) if text]


def _mend(text: str) -> str:
    text = text.replace(_HYPHEN, "-")
    return join_split_words(compose_marks(rejoin_marks(text))).strip()


def _join_runs(runs: Sequence[_Run]) -> list[PlacedLine]:
    """Return the lines that the runs make, in reading order."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: -run.top):
        if rows and _is_beside(run, rows[-1][0]):
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = [line for row in rows for line in _split_row(sorted(row, key=lambda run: run.left))]
    return split_placed(unfold_columns(join_table_rows(order_boxes([line] for line in lines))))


def _is_beside(run: _Run, other: _Run) -> bool:
    overlap = min(run.top, other.top) - max(run.bottom, other.bottom)
    return overlap > _SAME_ROW * min(run.top - run.bottom, other.top - other.bottom)


def _split_row(row: Sequence[_Run]) -> list[PlacedLine]:
    """Return the lines of a row: a wide gap parts columns."""
    lines: list[list[_Run]] = []
    for run in row:
        if lines and run.left - lines[-1][-1].right < _COLUMN_FROM * (run.top - run.bottom):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [_join(line) for line in lines]


def _join(runs: Sequence[_Run]) -> PlacedLine:
    text, right = "", runs[0].left
    for run in runs:
        apart = run.left - right > _SPACE_FROM * (run.top - run.bottom)
        text += f" {run.text}" if apart and text and not text.endswith(" ") else run.text
        right = run.right
    return PlacedLine(
        text=_mend(text),
        left=runs[0].left,
        right=right,
        top=max(run.top for run in runs),
    )
