"""Numbers of lists."""

from __future__ import annotations

import pytest

from indexer.reading.extract.list_numbers import Level, count_on, draw_label, format_number


@pytest.mark.parametrize(
    ("number", "style", "drawn"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (4, "lowerLetter", "d"),
        (28, "upperLetter", "BB"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (9, "none", ""),
        (9, "cardinalText", "9"),
        (0, "upperRoman", "0"),
        (100_000, "lowerLetter", "100000"),
    ],
)
def test_a_number_is_drawn_in_its_style(number: int, style: str, drawn: str) -> None:
    """What can't be drawn stands in figures."""
    assert format_number(number, style) == drawn


def test_levels_below_begin_anew() -> None:
    """Unless the list says that they go on."""
    levels = {0: Level("Điều %1."), 1: Level("%2."), 2: Level("%3)", "lowerLetter", restarts=False)}
    counts: dict[int, int] = {}
    drawn = []
    for at in (0, 1, 1, 2, 0, 1, 2):
        count_on(counts, levels, at)
        drawn.append(draw_label(levels, counts, at))
    assert drawn == ["Điều 1.", "1.", "2.", "a)", "Điều 2.", "1.", "b)"]


def test_a_list_may_begin_anywhere() -> None:
    """A level above that was never counted is at its first number."""
    levels = {0: Level("%1.", start=3), 1: Level("%1.%2.")}
    counts: dict[int, int] = {}
    count_on(counts, levels, 1, 5)
    assert draw_label(levels, counts, 1) == "3.5."
