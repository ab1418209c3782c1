"""Scanned pages are read by tesseract with its Vietnamese data, one page a call.

Runs in the limited child; what comes out is raw and goes to `ocr_text` and into the cache.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from functools import lru_cache
from typing import TYPE_CHECKING

import pytesseract

from indexer.language.syllables import syllable_share
from indexer.reading.extract.ocr_fields import read_fields
from indexer.reading.extract.ocr_page import OcrPage, OcrWord
from indexer.reading.extract.ocr_picture import DOTS_PER_INCH, draw_pages, is_blank, straighten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

LANGUAGE = "vie"
_INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie"
_PAGE_SECONDS = 40
"""Of a page's 60: enough for a page of print twenty times over, and a second look fits in."""
_READS_BADLY = 0.5
_SURE_OF_DIRECTION = 1.0
_COLUMNS = 12


@lru_cache(maxsize=1)
def ocr_missing() -> str:
    """Return the command that installs what OCR lacks; "" when pages can be recognised."""
    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        return _INSTALL
    return "" if LANGUAGE in pytesseract.get_languages() else _INSTALL


@lru_cache(maxsize=1)
def ocr_engine() -> str:
    """Return the recogniser's name and version, e.g. "tesseract 5.3.0"; without one if gone."""
    try:
        return f"tesseract {pytesseract.get_tesseract_version()}"
    except pytesseract.TesseractNotFoundError:
        # What it saw may be kept though it is no longer installed.
        return "tesseract"


def recognise_pages(data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
    """Yield the words of these pages (from 0) of a PDF or a picture file, each once it is read.

    A page that takes longer than 40 s is left out. UnreadableSourceError when the file's pages
    can't be drawn; memory and time are limited by the caller.
    """
    # Several threads in one page cost more than they gain; pages run beside each other instead.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    for number, picture in draw_pages(data, numbers):
        with contextlib.suppress(RuntimeError):  # so pytesseract says that the time is up
            yield _recognise_page(number, picture)


def _recognise_page(number: int, picture: Image.Image) -> OcrPage:
    if is_blank(picture):
        return OcrPage(number, *picture.size, ())
    upright = straighten(picture)
    page = OcrPage(number, *upright.size, _recognise(upright))
    if _reading_quality(page) < _READS_BADLY and (turned := _turn(picture)):
        again = OcrPage(number, *turned.size, _recognise(turned))
        if _reading_quality(again) > _reading_quality(page):
            page, upright = again, turned
    return read_fields(page, upright)


def _turn(picture: Image.Image) -> Image.Image | None:
    """Return a page that lies on its side or on its head upright; None when it does not."""
    try:
        found = pytesseract.image_to_osd(
            picture, output_type=pytesseract.Output.DICT, timeout=_PAGE_SECONDS / 4
        )
    except pytesseract.TesseractError:
        return None
    if not found["rotate"] or found["orientation_conf"] < _SURE_OF_DIRECTION:
        return None
    return straighten(picture.rotate(-found["rotate"], expand=True, fillcolor=255))


def _reading_quality(page: OcrPage) -> float:
    """Return from 0 to 1 how much of the page came out as Vietnamese, by its own judgement too."""
    words = [word for word in page.words if any(map(str.isalpha, word.text))]
    if not words:
        return 0.0
    sure = sum(word.confidence for word in words) / len(words)
    return sure * syllable_share(" ".join(word.text for word in words))


def _recognise(picture: Image.Image) -> tuple[OcrWord, ...]:
    picture.format = "PPM"  # Written and read in no time, where PNG would be packed first.
    table = pytesseract.image_to_data(
        picture,
        lang=LANGUAGE,
        config=f"--psm 3 --dpi {DOTS_PER_INCH}",
        output_type=pytesseract.Output.STRING,
        timeout=_PAGE_SECONDS,
    )
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple(_read_word(row) for row in rows if len(row) == _COLUMNS and row[-1].strip())


def _read_word(row: Sequence[str]) -> OcrWord:
    """Return the word of a row: level page block paragraph line word l t w h confidence text."""
    left, top, width, height = map(int, row[6:10])
    return OcrWord(
        text=row[-1].strip(),
        confidence=max(float(row[10]), 0) / 100,
        left=left,
        top=top,
        width=width,
        height=height,
        block=int(row[2]),
        paragraph=int(row[3]),
        line=int(row[4]),
    )
