"""Numbers of lists as word processors draw them: "IV", "d", "03"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Past these, numbers are drawn as figures: such lists are broken.
_LARGEST_ROMAN = 4000
_LARGEST_LETTER = 26 * 20
_COUNTER = re.compile(r"%([1-9])")


class Label(NamedTuple):
    """The number or bullet before a paragraph and the font that it is set in."""

    text: str
    font: str
    bullet: bool = False


class Level(NamedTuple):
    """How a list counts and draws one of its levels."""

    pattern: str
    """ "Điều %1." stands for the count of the first level; a bullet's is its sign."""
    style: str = "decimal"
    """The name that .docx has for it: "decimal", "lowerLetter", "bullet"."""
    start: int = 1
    font: str | None = None
    legal: bool = False
    """Every count is drawn in figures."""
    restarts: bool = True
    """It begins anew below each entry of the levels above."""


def count_on(
    counts: dict[int, int], levels: Mapping[int, Level], at: int, start: int | None = None
) -> None:
    """Count one entry of the level `at`, from 0; the levels below it begin anew.

    >>> counts = {0: 2, 1: 5}
    >>> count_on(counts, {0: Level("%1."), 1: Level("%2)")}, 0)
    >>> counts
    {0: 3}
    """
    counts[at] = counts.get(at, levels[at].start - 1) + 1 if start is None else start
    for deeper in [each for each in counts if each > at and levels[each].restarts]:
        del counts[deeper]


def draw_label(levels: Mapping[int, Level], counts: Mapping[int, int], at: int) -> str:
    """Return the number of the entry just counted.

    >>> draw_label({0: Level("%1.", "upperRoman"), 1: Level("%1.%2", legal=True)}, {0: 4, 1: 2}, 1)
    '4.2'
    """

    def draw(match: re.Match[str]) -> str:
        named = levels.get(int(match[1]) - 1, level)
        style = "decimal" if level.legal else named.style
        return format_number(counts.get(int(match[1]) - 1, named.start), style)

    level = levels[at]
    return _COUNTER.sub(draw, level.pattern)


def format_number(number: int, style: str) -> str:
    """Return a list's number as its style draws it; figures for styles that no list here has.

    >>> [format_number(4, style) for style in ("decimal", "lowerLetter", "upperRoman")]
    ['4', 'd', 'IV']
    """
    return _STYLES.get(style, str)(number)


def _roman(number: int) -> str:
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """Return a to z, then aa to zz: a letter is repeated, not counted on."""
    if not 0 < number <= _LARGEST_LETTER:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "none": lambda _: "",
}
