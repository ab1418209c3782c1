"""How lines look, whatever they say: bulleted, in capitals, long enough to be running prose."""

from __future__ import annotations

import re

_LONGEST_HEADING = 60
PROSE = 80
"""Letters from which a line is running text."""
BULLET = re.compile(r"^\s*[-–—•●▪◦*+»›>]\s*")


def is_heading(line: str) -> bool:
    """Return whether the line is short and in capitals."""
    stripped = line.strip()
    return len(stripped) <= _LONGEST_HEADING and is_capitals(stripped)


def is_capitals(line: str) -> bool:
    """Return whether all letters of the line, three at least, are capitals."""
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > 2 and all(letter.isupper() for letter in letters)  # noqa: PLR2004 - "TP" is no heading
