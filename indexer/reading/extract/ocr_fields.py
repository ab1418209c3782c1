"""A second look at the blanks of a letterhead: the number and the date, cut out and read alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytesseract

from indexer.reading.extract.ocr_blanks import (
    FILLED_IN,
    LETTERHEAD_LINES,
    find_fields,
    is_plausible,
    is_sure,
)
from indexer.reading.extract.ocr_handwriting import Reading, read_handwriting
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
_ONE_LINE_OF_DIGITS = "--psm 7 -c tessedit_char_whitelist=0123456789"
_SECONDS = 5
# Writing reaches above and below its line, and a year's place is as wide as four digits.
_REACH, _YEAR_WIDTH = 1.0, 4.5
# Networks that disagree are less than half sure.
_SURE, _HALF_SURE, _SURE_PRINT = 0.9, 0.3, 0.75


def read_fields(page: OcrPage, picture: Image.Image, language: str) -> OcrPage:
    """Return the page with the blanks of its letterhead filled in where they can be read.

    Two readers that know nothing of each other look at each blank that is not print read for
    sure: the network for handwriting and Tesseract set to digits. A field that neither reads for
    sure stays as it was.
    """
    height = word_height(page.words)
    for line in order_lines(page)[:LETTERHEAD_LINES]:
        for field in find_fields(line):
            if is_sure(line, field):
                continue
            box = _find_box(line, field, height)
            digits = _read_digits(picture.crop(box), height, language)
            if is_plausible(digits, field.kind):
                page = _fill_in(page, line[field.start - 1], box, digits)
    return page


def _find_box(line: Line, field: Field, height: float) -> _Box:
    """Return the place between the words around a field, a line's height more above and below."""
    before = line[field.start - 1]
    after = line[field.end] if field.end < len(line) else None
    # The box of a lone colon takes in what is written close behind it; its dots are no digits.
    lone = field.start > 1 and not _SIGN.search(before.text)
    left = line[field.start - 2].right if lone else before.right
    right = after.left if after else left + int(_YEAR_WIDTH * height)
    reach = int(_REACH * height)
    return left, max(before.top - reach, 0), max(right, left), before.bottom + reach


def _read_digits(cutting: Image.Image, height: float, language: str) -> str:
    """Return the digits that were read for sure, else ""."""
    if not cutting.width or not cutting.height:
        return ""
    written = read_handwriting(cutting, height)
    if written.confidence < _HALF_SURE:
        return ""
    printed = _read_print(cutting, language)
    if printed.digits == written.digits:
        # Both take a flagged 1 for a 4: one digit that they agree on proves little.
        agreed = len(written.digits) > 1 or written.confidence >= _SURE
        return written.digits if agreed else ""
    contradicted = printed.confidence >= _SURE_PRINT and len(printed.digits) == len(written.digits)
    return written.digits if written.confidence >= _SURE and not contradicted else ""


def _read_print(cutting: Image.Image, language: str) -> Reading:
    """Return what Tesseract reads when it may read digits only."""
    found = pytesseract.image_to_data(
        cutting,
        lang=language,
        config=_ONE_LINE_OF_DIGITS,
        output_type=pytesseract.Output.DICT,
        timeout=_SECONDS,
    )
    words = [
        (text, sure)
        for text, sure in zip(found["text"], found["conf"], strict=True)
        if text.strip()
    ]
    digits = "".join(text.strip() for text, _ in words)
    return Reading(digits, min((float(sure) for _, sure in words), default=0.0) / 100)


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
