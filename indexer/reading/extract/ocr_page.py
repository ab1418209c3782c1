"""What OCR saw on one page: words, where they stand and how sure they are.

This is kept between builds, since recognising is what takes the time; what we make of it is cheap
and may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

OCR_VERSION = 1
"""Raised when the same page may give other words: what was recognised before is done anew."""

OcrPageJson = tuple[int, int, int, tuple[tuple[str | float | int, ...], ...]]
"""An OcrPage as plain values, which JSON can hold."""


class OcrWord(NamedTuple):
    """A word as recognised, its box in pixels from the upper left corner of the page."""

    text: str
    confidence: float
    """From 0 to 1, as the recogniser judges itself."""
    left: int
    top: int
    width: int
    height: int
    block: int
    paragraph: int
    line: int
    """Block, paragraph in it and line in that, each counted from 1."""

    @property
    def right(self) -> int:
        """Return where the box ends."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Return where the box ends below."""
        return self.top + self.height


class OcrPage(NamedTuple):
    """The words of a page in the recogniser's order; none where the page is blank."""

    number: int
    """From 0."""
    width: int
    height: int
    """Of the picture that was read, turned upright, in pixels."""
    words: tuple[OcrWord, ...]


def page_to_json(page: OcrPage) -> OcrPageJson:
    """Return the page as plain values."""
    return page.number, page.width, page.height, tuple(tuple(word) for word in page.words)


def page_from_json(values: Sequence[Any]) -> OcrPage:
    """Return the page that `page_to_json` took apart; ValueError or TypeError when it did not.

    >>> page_from_json(page_to_json(OcrPage(0, 2480, 3508, ())))
    OcrPage(number=0, width=2480, height=3508, words=())
    """
    number, width, height, words = values
    return OcrPage(int(number), int(width), int(height), tuple(map(_word_from_json, words)))


def _word_from_json(values: Sequence[Any]) -> OcrWord:
    text, confidence, *places = values
    return OcrWord(str(text), float(confidence), *map(int, places))
