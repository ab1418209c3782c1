"""Letters of a PDF's page become lines of text: gaps filled, spaces set, accents rejoined."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from indexer.language.legacy import decode_runs, font_encoding
from indexer.language.split_words import join_split_words
from indexer.language.text import compose_marks, rejoin_marks
from indexer.reading.extract.pdf_columns import PlacedLine
from indexer.reading.extract.symbols import read_symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfminer.layout import LTChar

    from indexer.reading.extract.pdf_device import Letters

_SPACE_FROM = 0.2
_SPACE_WIDTH = 0.28
_WIDEST_GAP = 40
# Comparing all lines of a page costs their square; no page that people fill in has as many.
_MOST_LINES = 500
_LEADERS = frozenset(".…_")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def fill_gaps(boxes: Sequence[list[Letters]], stamps: list[Letters]) -> list[Letters]:
    """Put what was filled in into the gaps of lines; return the stamps that are left over.

    Short lines of the page itself that lie in a gap of another are moved there as well.
    """
    lines = [line for box in boxes for line in box]
    if len(lines) + len(stamps) > _MOST_LINES:
        return stamps
    kept: list[Letters] = []
    for line in sorted(lines, key=len, reverse=True):
        if _fill_gap(line, kept):
            line.clear()
        else:
            kept.append(line)
    return [stamp for stamp in stamps if stamp and not _fill_gap(stamp, kept)]


def _fill_gap(letters: Letters, lines: list[Letters]) -> bool:
    """Put the letters into the line in whose gap they lie, over its dots; False without one."""
    left, right = min(c.x0 for c in letters), max(c.x1 for c in letters)
    middle = (letters[0].y0 + letters[0].y1) / 2
    for line in lines:
        if line[0].y0 < middle < line[0].y1 and _has_gap(line, left, right):
            last = max(letter.x0 for letter in letters)
            # The spaces that reach over its ends stay: they part it from the words around.
            line[:] = [c for c in line if _is_solid(c) or c.x0 <= left or last <= c.x0]
            line.extend(letters)
            return True
    return False


def _has_gap(line: Letters, left: float, right: float) -> bool:
    solid = [letter for letter in line if _is_solid(letter)]
    if not solid or left < solid[0].x0 or max(c.x1 for c in solid) < right:
        return False
    return not any(letter.x0 < right - 1 and left + 1 < letter.x1 for letter in solid)


def _is_solid(letter: LTChar) -> bool:
    text = letter.get_text()
    return not text.isspace() and text not in _LEADERS


def rejoin_mark_lines(boxes: Sequence[list[Letters]]) -> None:
    """Put accents that stand in lines of their own into the lines of their letters."""
    lines = [line for box in boxes for line in box]
    for marks in [line for line in lines if _holds_marks_only(line)]:
        middle = (marks[0].y0 + marks[0].y1) / 2
        for line in lines:
            if line is not marks and line and line[0].y0 < middle < line[0].y1:
                line.extend(marks)
                marks.clear()
                break


def _holds_marks_only(line: Letters) -> bool:
    text = "".join(letter.get_text() for letter in line).strip()
    return bool(text) and all(map(unicodedata.combining, text))


def place_line(letters: Letters) -> PlacedLine:
    """Return the line that the letters make, and where it stands."""
    solid = [letter for letter in letters if not letter.get_text().isspace()]
    return PlacedLine(
        text=line_text(letters),
        left=min(letter.x0 for letter in solid),
        right=max(letter.x1 for letter in solid),
        top=max(letter.y1 for letter in solid),
    )


def line_text(letters: Letters) -> str:
    """Return the letters from left to right; a wide gap gives as many spaces as fit into it."""
    runs: list[tuple[str, str]] = []
    reach, started = float("inf"), False
    for letter in sorted(letters, key=lambda letter: letter.x0):
        text = letter.get_text()
        size = max(letter.width, letter.height)
        gap = letter.x0 - reach
        if gap > _SPACE_FROM * size and not text.isspace():
            text = " " * max(1, min(round(gap / (_SPACE_WIDTH * size)), _WIDEST_GAP)) + text
        runs.append((text, letter.fontname))
        reach = max(letter.x1, reach) if started else letter.x1
        started = started or not text.isspace()
    return join_split_words(compose_marks(rejoin_marks(_decode(runs)))).rstrip()


def _decode(letters: Sequence[tuple[str, str]]) -> str:
    """Return the text of letters with their fonts; old Vietnamese fonts have codes of their own."""
    runs = [
        (read_symbols("".join(text for text, _ in run), font), font)
        for font, run in groupby(letters, key=lambda letter: letter[1])
    ]
    if any(font_encoding(font) for _, font in runs):
        return decode_runs(runs)
    return "".join(text for text, _ in runs).translate(_LIGATURES)
