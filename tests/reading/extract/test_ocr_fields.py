"""Blanks of a letterhead are read a second time."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.reading.extract import ocr_fields
from indexer.reading.extract.ocr import ocr_missing
from indexer.reading.extract.ocr_blanks import FILLED_IN
from indexer.reading.extract.ocr_fields import read_fields
from indexer.reading.extract.ocr_handwriting import Reading
from indexer.reading.extract.ocr_page import OcrPage
from indexer.reading.extract.ocr_text import read_ocr_pages
from tests.reading.extract.ocr_words import place_line

PICTURE = Image.new("L", (2480, 3508), 255)


def _page(*lines: str) -> OcrPage:
    words = [
        word
        for at, line in enumerate(lines, start=1)
        for word in place_line(line, top=300 + 70 * at, line=at)
    ]
    return OcrPage(0, 2480, 3508, tuple(words))


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Give what both readers of digits will say."""
    said: dict[str, object] = {
        "written": Reading("25", 0.95),
        "printed": Reading("", 0.0),
        "cuttings": [],
    }

    def read_written(cutting: Image.Image, _height: float) -> object:
        assert isinstance(said["cuttings"], list)
        said["cuttings"].append(cutting.size)
        return said["written"]

    monkeypatch.setattr(ocr_fields, "read_handwriting", read_written)
    monkeypatch.setattr(ocr_fields, "_read_print", lambda *_args: said["printed"])
    return said


def _texts(page: OcrPage) -> str:
    return " ".join(word.text for word in page.words)


def test_a_number_that_is_read_for_sure_is_filled_in(readers: dict[str, object]) -> None:
    """It replaces what tesseract took it for, and stays as sure as nothing else."""
    page = read_fields(_page("Số: ¿ 5 /QĐ-UBND"), PICTURE, "vie")
    assert _texts(page) == "Số: 25 /QĐ-UBND"
    assert page.words[1].confidence == FILLED_IN
    assert readers["cuttings"]


def test_an_empty_place_is_filled_in(readers: dict[str, object]) -> None:
    """Tesseract may see nothing at all where something is written."""
    readers["written"] = Reading("7", 0.95)
    page = read_fields(_page("Hồ Sen, ngày tháng 7 năm 2024"), PICTURE, "vie")
    assert _texts(page) == "Hồ Sen, ngày 7 tháng 7 năm 2024"


@pytest.mark.parametrize(
    ("written", "printed", "filled"),
    [
        (Reading("25", 0.95), Reading("26", 0.5), "25"),
        (Reading("25", 0.95), Reading("26", 0.9), "…"),
        (Reading("25", 0.95), Reading("2", 0.9), "25"),
        (Reading("25", 0.4), Reading("25", 0.2), "25"),
        (Reading("25", 0.7), Reading("26", 0.5), "…"),
        (Reading("25", 0.1), Reading("25", 0.95), "…"),
        (Reading("4", 0.4), Reading("4", 0.9), "…"),
        (Reading("4", 0.95), Reading("4", 0.1), "4"),
        (Reading("99", 0.99), Reading("", 0.0), "…"),
    ],
)
def test_two_readers_are_asked_for_a_day(
    readers: dict[str, object], written: Reading, printed: Reading, filled: str
) -> None:
    """One that is sure counts unless the other is sure of something else; no day is 99."""
    readers.update(written=written, printed=printed)
    page = read_fields(_page("Hồ Sen, ngày # tháng 7 năm 2024"), PICTURE, "vie")
    (text,) = read_ocr_pages([page])
    assert text.lines == [f"Hồ Sen, ngày {filled} tháng 7 năm 2024"]


def test_print_is_not_read_again(readers: dict[str, object]) -> None:
    """A letterhead without blanks costs nothing."""
    page = _page("Số: 12/2024/NQ-HĐND", "Hồ Sen, ngày 5 tháng 7 năm 2024")
    assert read_fields(page, PICTURE, "vie") == page
    assert readers["cuttings"] == []


def test_no_place_between_the_words_is_no_field(readers: dict[str, object]) -> None:
    """Boxes that overlap leave nothing to cut out."""
    page = _page("Số: /QĐ-UBND")
    label, code = page.words
    page = page._replace(words=(label, code._replace(left=label.right - 5)))
    assert read_fields(page, PICTURE, "vie") == page
    assert readers["cuttings"] == []


def test_a_lone_colon_hides_no_digit(readers: dict[str, object]) -> None:
    """Its box is often drawn around the flag of the first digit: the cutting starts before it."""
    page = read_fields(_page("Số : x /QĐ-UBND"), PICTURE, "vie")
    assert _texts(page) == "Số : 25 /QĐ-UBND"
    label, colon, _, code = _page("Số : x /QĐ-UBND").words
    assert readers["cuttings"] == [(code.left - label.right, 120)]
    assert page.words[2].left > colon.left


def test_a_year_at_the_end_of_a_line_is_cut_out_too(readers: dict[str, object]) -> None:
    """Nothing stands behind a year; its place is as wide as four digits."""
    readers["written"] = Reading("2024", 0.95)
    page = read_fields(_page("Hồ Sen, ngày 5 tháng 7 năm 2O#4"), PICTURE, "vie")
    assert _texts(page).endswith("năm 2024")
    assert readers["cuttings"] == [(180, 120)]


@pytest.mark.skipif(bool(ocr_missing()), reason="needs tesseract's Vietnamese")
def test_tesseract_is_asked_for_digits_only() -> None:
    """Printed digits are read as such, and paper as nothing."""
    picture = Image.new("L", (300, 120), 255)
    assert ocr_fields._read_print(picture, "vie") == ("", 0.0)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((60, 20), "208", fill=0, font=font)
    digits, confidence = ocr_fields._read_print(picture, "vie")
    assert (digits, confidence > 0.5) == ("208", True)
