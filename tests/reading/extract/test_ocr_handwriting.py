"""Digits written by hand are read for sure or not at all."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.reading.extract import ocr_handwriting
from indexer.reading.extract.ocr_handwriting import read_handwriting
from indexer.reading.extract.sandbox import run_job
from indexer.reading.extract.sandbox_child import JobLimits

Stroke = list[tuple[float, float]]

# As a Vietnamese hand writes them, in a box one high, from the left.
_STROKES: dict[str, list[Stroke]] = {
    "0": [
        [(0.5, 0), (0.2, 0.15), (0.1, 0.5), (0.2, 0.85), (0.5, 1), (0.75, 0.85), (0.85, 0.5),
         (0.75, 0.15), (0.5, 0)],
    ],
    "1": [[(0.05, 0.5), (0.5, 0), (0.45, 1)]],
    "2": [
        [(0.1, 0.25), (0.2, 0.05), (0.5, 0), (0.78, 0.1), (0.82, 0.3), (0.6, 0.6), (0.05, 1),
         (0.9, 0.98)],
    ],
    "5": [
        [(0.3, 0.02), (0.22, 0.42), (0.5, 0.38), (0.8, 0.5), (0.85, 0.75), (0.6, 0.97), (0.3, 1),
         (0.05, 0.9)],
        [(0.3, 0.02), (0.9, 0)],
    ],
    "7": [[(0.1, 0.05), (0.85, 0.02), (0.4, 1)], [(0.28, 0.5), (0.8, 0.46)]],
}  # fmt: skip


def _write(digits: str, *, size: int = 60, step: float = 1.25, pen: int = 6) -> Image.Image:
    """Return the digits written side by side, `step` of their width apart."""
    page = Image.new("L", (int(size * (len(digits) + 2)), size * 3), 255)
    draw = ImageDraw.Draw(page)
    for at, digit in enumerate(digits):
        left, top = size * (0.5 + 0.65 * step * at), size
        for stroke in _STROKES[digit]:
            places = [(left + x * size * 0.65, top + y * size) for x, y in stroke]
            draw.line(places, fill=0, width=pen, joint="curve")
    return page


@pytest.mark.parametrize("digits", ["05", "07", "15", "107", "25", "2025"])
def test_digits_of_a_vietnamese_hand_are_read(digits: str) -> None:
    """A 1 with a flag is no 4, and a 7 with a bar no 4 either."""
    reading = read_handwriting([_write(digits)])
    assert reading.digits == digits
    assert reading.confidence > 0.8


def test_one_cutting_that_is_read_otherwise_makes_a_doubt() -> None:
    """What most cuttings show is given, less sure than they are by themselves."""
    sure = read_handwriting([_write("25")] * 3)
    doubtful = read_handwriting([_write("25"), _write("25"), _write("27")])
    assert (sure.digits, doubtful.digits) == ("25", "25")
    assert doubtful.confidence == pytest.approx(sure.confidence * 2 / 3)


def test_nothing_is_read_where_nothing_is_written() -> None:
    """Paper is no digit, and neither is a cutting of no size, nor none at all."""
    assert read_handwriting([Image.new("L", (300, 120), 255)]) == ("", 0.0)
    assert read_handwriting([Image.new("L", (4, 120), 255)]) == ("", 0.0)
    assert read_handwriting([]) == ("", 0.0)


def test_letters_are_no_digits() -> None:
    """Words that were cut out by mistake are not taken for a number."""
    picture = Image.new("L", (400, 120), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((60, 20), "HO SEN 5", fill=0, font=font)
    assert read_handwriting([picture]) == ("", 0.0)


def test_a_limited_child_reads_writing() -> None:
    """The network fits into the memory that a document's reader may have, without the net."""
    ocr_handwriting._load_recogniser.cache_clear()
    picture = _write("25")
    limits = JobLimits(seconds=60, longest=60, memory_bytes=2**30, output_bytes=2**16)
    with run_job(lambda: [read_handwriting([picture])], limits) as child:
        ((digits, confidence),) = child
    assert (digits, confidence > 0.8) == ("25", True)
