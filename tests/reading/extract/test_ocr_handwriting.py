"""Digits written by hand are read for sure or not at all."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from indexer.reading.extract.ocr_handwriting import read_handwriting

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


@pytest.mark.parametrize("digits", ["0", "1", "2", "5", "7", "15", "107", "25", "2024"[:1] + "05"])
def test_digits_of_a_vietnamese_hand_are_read(digits: str) -> None:
    """A 1 with a flag is no 4, and a 7 with a bar no 4 either."""
    reading = read_handwriting(_write(digits), height=40)
    assert reading.digits == digits
    assert reading.confidence > 0.5


@pytest.mark.parametrize("digits", ["25", "22", "1025"])
def test_digits_that_touch_are_parted_with_a_doubt(digits: str) -> None:
    """Two digits in one run of ink may be cut in several ways: another reader must agree."""
    reading = read_handwriting(_write(digits, step=0.9), height=40)
    assert reading.digits == digits
    assert reading.confidence < 0.75


def test_a_run_of_three_digits_is_not_read() -> None:
    """Cut in two, it would lose one of them."""
    picture = Image.new("L", (500, 200), 255)
    ImageDraw.Draw(picture).line([(50, 60), (250, 65), (450, 120)], fill=0, width=8)
    assert read_handwriting(picture, height=40).confidence == 0.0


def test_nothing_is_read_where_nothing_is_written() -> None:
    """Paper, specks and rules are no digits."""
    page = Image.new("L", (300, 120), 255)
    assert read_handwriting(page, height=40) == ("", 0.0)
    draw = ImageDraw.Draw(page)
    draw.rectangle((20, 50, 25, 55), fill=0)
    draw.rectangle((40, 10, 260, 13), fill=0)
    assert read_handwriting(page, height=40) == ("", 0.0)


def test_a_digit_that_is_cut_off_is_not_read() -> None:
    """What touches the edge of the cutting may be half of another digit."""
    page = _write("07")
    box = page.getbbox()
    assert box is not None
    ink = Image.eval(page, lambda grey: 255 - grey).getbbox()
    assert ink is not None
    cut = page.crop((ink[0] + 15, 0, page.width, page.height))
    assert read_handwriting(cut, height=40) == ("", 0.0)


def test_a_scribble_of_many_strokes_is_no_number() -> None:
    """More runs of ink than a number has digits are something else."""
    assert read_handwriting(_write("111111"), height=40) == ("", 0.0)
