"""The pages of a PDF by whichever reader gets most out of each of them.

pdfminer.six reads; PDFium takes over pages and files that it can't read, or only slowly, and
offers a second opinion where the text is doubtful.
"""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import mend_legacy
from indexer.language.syllables import count_syllables
from indexer.reading.extract.pdf_columns import unfold_columns
from indexer.reading.extract.pdf_fallback import FallbackReader
from indexer.reading.extract.pdf_layout import LayoutReader, PageLayout, open_pages

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

# Processor time; past it PDFium, four times as fast, reads the rest of the file.
_SECONDS = 12.0
_SECONDS_A_PAGE = 0.25
# Councils' prose has .98 valid words; a page with fewer than this may be told better.
_DOUBTFUL_SHARE = 0.9
_FEWEST_WORDS = 15
# What nobody can read is a picture as far as text goes: the record lists it as unread.
_UNREAD = PageLayout([], [], pictures=1.0)


def read_pages(data: bytes) -> tuple[list[PageLayout], tuple[str, ...]]:
    """Return the layout of each page and the distributions that read them.

    UnreadableSourceError when the file is locked, or no reader can make anything of it.
    """
    reader = _PageByPage(data)
    pages = reader.read_all()
    if not pages:
        raise UnreadableSourceError("a PDF without pages; fetch or save it again")
    return pages, tuple(reader.used)


class _PageByPage:
    """Reads the pages of one file."""

    def __init__(self, data: bytes) -> None:
        self.used: dict[str, None] = {}
        """Distributions that gave a page."""
        self._data = data
        self._reader = LayoutReader()
        self._deadline = time.process_time() + _SECONDS

    @cached_property
    def _fallback(self) -> FallbackReader:
        return FallbackReader(self._data)

    def read_all(self) -> list[PageLayout]:
        """Return all pages; UnreadableSourceError when neither reader opens the file."""
        pages: list[PageLayout] = []
        complete = False
        try:
            for number, page in enumerate(open_pages(self._data)):
                if time.process_time() > self._deadline + number * _SECONDS_A_PAGE:
                    break
                pages.append(self._read_page(number, page))
            else:
                complete = bool(pages)
        except (UnreadableSourceError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - broken files make pdfminer raise whatever it meets
            complete = False
        if not complete:
            count = self._fallback.count_pages()
            pages += [self._read_anew(number) for number in range(len(pages), count)]
        return pages

    def _read_page(self, number: int, page: PDFPage) -> PageLayout:
        try:
            layout = self._reader.read_page(page)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - see read_all
            return self._read_anew(number)
        self.used["pdfminer.six"] = None
        return self._choose_best(number, layout)

    def _read_anew(self, number: int) -> PageLayout:
        """Return the page as PDFium reads it."""
        try:
            layout = self._fallback.read_page(number)
        except UnreadableSourceError:
            return _UNREAD
        self.used["pypdfium2"] = None
        return layout

    def _choose_best(self, number: int, layout: PageLayout) -> PageLayout:
        """Return the layout with the most valid words: as read, decoded, or as PDFium reads it."""
        count = count_syllables(_text(layout))
        if count.words < _FEWEST_WORDS or count.share >= _DOUBTFUL_SHARE:
            return layout
        decoded = _decode_old_letters(layout)
        if _worth(decoded) > _worth(layout):
            return decoded
        try:
            other = self._fallback.read_page(number)
        except UnreadableSourceError:
            return layout
        if _worth(other) <= _worth(layout):
            return layout
        self.used["pypdfium2"] = None
        return layout._replace(lines=other.lines)


def _text(layout: PageLayout) -> str:
    return "\n".join(line.text for line in layout.lines)


def _worth(layout: PageLayout) -> float:
    count = count_syllables(_text(layout))
    return count.valid * count.share


def _decode_old_letters(layout: PageLayout) -> PageLayout:
    """Return the page with TCVN3, VNI or VISCII decoded by content: its fonts don't tell.

    Only now can the words be read that head a column.
    """
    texts = mend_legacy(_text(layout)).split("\n")
    lines = [line._replace(text=text) for line, text in zip(layout.lines, texts, strict=True)]
    return layout._replace(lines=unfold_columns(lines))
