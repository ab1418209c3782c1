"""Blanks of a letterhead are read a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from indexer.reading.extract import ocr_fields
from indexer.reading.extract.ocr_blanks import FILLED_IN
from indexer.reading.extract.ocr_fields import read_fields
from indexer.reading.extract.ocr_handwriting import Reading
from indexer.reading.extract.ocr_page import OcrPage
from indexer.reading.extract.ocr_text import read_ocr_pages
from tests.reading.extract.ocr_words import place_line

if TYPE_CHECKING:
    from collections.abc import Iterable

PICTURE = Image.new("L", (2480, 3508), 255)


def _page(*lines: str) -> OcrPage:
    words = [
        word
        for at, line in enumerate(lines, start=1)
        for word in place_line(line, top=300 + 70 * at, line=at)
    ]
    return OcrPage(0, 2480, 3508, tuple(words))


class Reader:
    """Stands for the reader of writing: says what it is told, keeps the sizes it was shown."""

    def __init__(self) -> None:
        self.written = Reading("25", 0.95)
        self.cuttings: list[tuple[int, int]] = []

    def __call__(self, cuttings: Iterable[Image.Image]) -> Reading:
        """Return what was told."""
        self.cuttings += [cutting.size for cutting in cuttings]
        return self.written


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Return what stands for the reader of writing."""
    stand_in = Reader()
    monkeypatch.setattr(ocr_fields, "read_handwriting", stand_in)
    return stand_in


def _texts(page: OcrPage) -> str:
    return " ".join(word.text for word in page.words)


def test_a_number_that_is_read_for_sure_is_filled_in(reader: Reader) -> None:
    """It replaces what tesseract took it for, and stays as sure as nothing else."""
    page = read_fields(_page("Số: ¿ 5 /QĐ-UBND"), PICTURE)
    assert _texts(page) == "Số: 25 /QĐ-UBND"
    assert page.words[1].confidence == FILLED_IN
    assert reader.cuttings


def test_an_empty_place_is_filled_in(reader: Reader) -> None:
    """Tesseract may see nothing at all where something is written."""
    reader.written = Reading("7", 0.95)
    page = read_fields(_page("Hồ Sen, ngày tháng 7 năm 2024"), PICTURE)
    assert _texts(page) == "Hồ Sen, ngày 7 tháng 7 năm 2024"


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        (Reading("25", 0.7), "25"),
        (Reading("4", 0.95), "4"),
        (Reading("25", 0.5), "…"),
        (Reading("99", 0.99), "…"),
        (Reading("", 0.0), "…"),
    ],
)
def test_a_day_in_doubt_stays_blank(reader: Reader, written: Reading, filled: str) -> None:
    """A wrong day is worse than none, and no day is 99."""
    reader.written = written
    page = read_fields(_page("Hồ Sen, ngày # tháng 7 năm 2024"), PICTURE)
    (text,) = read_ocr_pages([page])
    assert text.lines == [f"Hồ Sen, ngày {filled} tháng 7 năm 2024"]


def test_print_is_not_read_again(reader: Reader) -> None:
    """A letterhead without blanks costs nothing."""
    page = _page("Số: 12/2024/NQ-HĐND", "Hồ Sen, ngày 5 tháng 7 năm 2024")
    assert read_fields(page, PICTURE) == page
    assert reader.cuttings == []


def test_no_place_between_the_words_is_no_field(reader: Reader) -> None:
    """Boxes that overlap leave nothing to cut out."""
    page = _page("Số: /QĐ-UBND")
    label, code = page.words
    page = page._replace(words=(label, code._replace(left=label.right - 5)))
    assert read_fields(page, PICTURE) == page
    assert reader.cuttings == []


def test_a_lone_colon_hides_no_digit(reader: Reader) -> None:
    """Its box is often drawn around the flag of the first digit: the cutting starts before it."""
    page = read_fields(_page("Số : x /QĐ-UBND"), PICTURE)
    assert _texts(page) == "Số : 25 /QĐ-UBND"
    label, colon, _, code = _page("Số : x /QĐ-UBND").words
    assert (code.left - label.right, 120) in reader.cuttings
    assert page.words[2].left > colon.left


def test_a_year_at_the_end_of_a_line_is_cut_out_too(reader: Reader) -> None:
    """Nothing stands behind a year; its place is as wide as four digits."""
    reader.written = Reading("2024", 0.95)
    page = read_fields(_page("Hồ Sen, ngày 5 tháng 7 năm 2O#4"), PICTURE)
    assert _texts(page).endswith("năm 2024")
    assert (180, 120) in reader.cuttings


def test_a_number_that_looks_like_a_label_is_one(reader: Reader) -> None:
    """A misread "Số" may be "56"; after a label that was read, 56 is the number."""
    page = read_fields(_page("Số: 56 /QĐ-UBND"), PICTURE)
    assert _texts(page) == "Số: 25 /QĐ-UBND"
    assert reader.cuttings


@pytest.mark.parametrize("neighbour", ["ngày", "tháng"])
def test_what_a_neighbour_s_box_takes_in_is_read_too(reader: Reader, neighbour: str) -> None:
    """Tesseract gives the words beside writing boxes that reach over it."""
    page = _page("Hồ Sen, ngày Ú7 tháng 7 năm 2024")
    day, blank, month = page.words[2:5]
    words = list(page.words)
    if neighbour == "ngày":
        words[2] = day._replace(width=blank.right - day.left)
    else:
        words[4] = month._replace(left=blank.right - 5, width=month.right - blank.right + 5)
    page = read_fields(page._replace(words=tuple(words)), PICTURE)
    assert _texts(page) == "Hồ Sen, ngày 25 tháng 7 năm 2024"
    (width, _), *_ = reader.cuttings
    assert width == (month.left - blank.left if neighbour == "ngày" else blank.right - day.right)


def test_a_cutting_grows_until_no_stroke_is_cut(reader: Reader) -> None:
    """Half a digit would be read as another one."""
    page = _page("Hồ Sen, ngày # tháng 7 năm 2024")
    day, _, month = page.words[2:5]
    picture = PICTURE.copy()
    line = (day.right - 9, day.top + 20, month.left + 14, day.top + 20)
    ImageDraw.Draw(picture).line(line, fill=0, width=3)
    read_fields(page, picture)
    (width, _), *_ = reader.cuttings
    assert width == month.left + 15 - (day.right - 10) + 1


@pytest.mark.parametrize("side", ["left", "right"])
def test_what_runs_into_print_is_not_read(reader: Reader, side: str) -> None:
    """Where a stroke goes on and on, no place holds the whole of it."""
    page = _page("Hồ Sen, ngày # tháng 7 năm 2024")
    day, _, month = page.words[2:5]
    picture = PICTURE.copy()
    ends = (0, day.right + 5) if side == "left" else (month.left - 5, 2400)
    ImageDraw.Draw(picture).line((ends[0], day.top + 20, ends[1], day.top + 20), fill=0, width=3)
    assert read_fields(page, picture) == page
    assert reader.cuttings == []


def test_a_rule_above_makes_no_cutting_higher(reader: Reader) -> None:
    """Tesseract takes the rule for a part of the word under it."""
    page = _page("Hồ Sen, ngày # tháng 7 năm 2024")
    words = list(page.words)
    words[2] = words[2]._replace(top=words[2].top - 30, height=70)
    read_fields(page._replace(words=tuple(words)), PICTURE)
    (_, height), *_ = reader.cuttings
    assert height == 40 + 2 * 48
