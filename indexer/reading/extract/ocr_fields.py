"""A second look at the blanks of a letterhead: the number and the date, cut out and read alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from indexer.reading.extract.ocr_blanks import (
    FILLED_IN,
    LETTERHEAD_LINES,
    find_fields,
    is_plausible,
    is_sure,
)
from indexer.reading.extract.ocr_handwriting import read_handwriting
from indexer.reading.extract.ocr_layout import order_lines
from indexer.reading.extract.ocr_noise import word_height

if TYPE_CHECKING:
    from PIL import Image

    from indexer.reading.extract.ocr_blanks import Field
    from indexer.reading.extract.ocr_noise import Line
    from indexer.reading.extract.ocr_page import OcrPage, OcrWord

_Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""

_SIGN = re.compile(r"[^\W_]")
_DARK = 128
_SURE = 0.6
# In heights of a word: a year's place is as wide as four digits, and a stroke that leaves the
# place between two words ends at most this far inside them.
_YEAR_WIDTH, _STROKE = 4.5, 1.2
# Writing reaches above and below its line; so does the next line's.
_REACHES = (1.2, 1.0, 0.8, 0.6, 0.45, 0.3)


def read_fields(page: OcrPage, picture: Image.Image) -> OcrPage:
    """Return the page with the blanks of its letterhead filled in where they can be read.

    Each blank that is not print read for sure is cut out at several heights and read alone. A
    field that is not read for sure stays as it was.
    """
    height = word_height(page.words)
    for line in order_lines(page)[:LETTERHEAD_LINES]:
        for field in find_fields(line):
            if is_sure(line, field):
                continue
            box = _free_strokes(picture, _find_box(line, field, height), height)
            if box is None:
                continue
            digits = _read_digits(picture, box, height)
            if is_plausible(digits, field.kind):
                page = _fill_in(page, line[field.start - 1], _reach_out(box, height), digits)
    return page


def _find_box(line: Line, field: Field, height: float) -> _Box:
    """Return the place between the words around a field, as high as a word."""
    before, within = line[field.start - 1], line[field.start : field.end]
    after = line[field.end] if field.end < len(line) else None
    # The box of a lone colon takes in what is written close behind it; its dots are no digits.
    lone = field.start > 1 and not _SIGN.search(before.text)
    left = line[field.start - 2].right if lone else before.right
    right = after.left if after else left + int(_YEAR_WIDTH * height)
    # So may the box of a word take in what is written close to it.
    if within and not lone:
        left = min(left, max(within[0].left, before.left + 1))
    if within and after:
        right = max(right, min(within[-1].right, after.right - 1))
    # A rule above is taken for part of a word.
    top = before.top + int((before.height - height) / 2)
    return left, top, max(right, left), top + int(height)


def _free_strokes(picture: Image.Image, box: _Box, height: float) -> _Box | None:
    """Return the box widened to where no ink crosses its sides; None where there is no such place.

    Half a digit is read as another one.
    """
    left, top, right, bottom = box
    most = int(_STROKE * height)
    start = max(left - most, 0)
    strip = np.asarray(picture.crop((start, top, right + most, bottom)))
    white = (strip < _DARK).sum(axis=0) == 0
    before, after = white[: left - start + 1][::-1], white[right - start - 1 :]
    if left >= right or not before.any() or not after.any():
        return None
    return left - int(before.argmax()), top, right + int(after.argmax()), bottom


def _reach_out(box: _Box, height: float, share: float = _REACHES[0]) -> _Box:
    """Return the box with this share of a word's height more above and below."""
    left, top, right, bottom = box
    reach = int(share * height)
    return left, max(top - reach, 0), right, bottom + reach


def _read_digits(picture: Image.Image, box: _Box, height: float) -> str:
    """Return the digits that were read for sure, else ""."""
    boxes = (_reach_out(box, height, share) for share in _REACHES)
    written = read_handwriting(picture.crop(box) for box in boxes)
    return written.digits if written.confidence >= _SURE else ""


def _fill_in(page: OcrPage, before: OcrWord, box: _Box, digits: str) -> OcrPage:
    """Return the page with the digits for all that was seen in the box, after the word before."""
    left = max(box[0], before.left) + 1
    new = before._replace(
        text=digits, confidence=FILLED_IN, left=left, width=max(box[2] - left - 1, 1)
    )
    kept = [word for word in page.words if word == before or not _is_inside(word, box)]
    # A word that the layout parted is not on the page under that name.
    at = kept.index(before) + 1 if before in kept else len(kept)
    return page._replace(words=(*kept[:at], new, *kept[at:]))


def _is_inside(word: OcrWord, box: _Box) -> bool:
    left, top, right, bottom = box
    # The box reaches into the lines above and below, whose words are not the field's.
    margin = (bottom - top) / 6
    across, down = word.left + word.width / 2, word.top + word.height / 2
    return left <= across < right and top + margin < down < bottom - margin
