"""Numbers written as Roman numerals or in Vietnamese words."""

from __future__ import annotations

_UNITS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín")
DIGIT_WORDS = {word: digit for digit, word in enumerate(_UNITS, 1)} | {
    "một": 1,
    "bốn": 4,
    "lăm": 5,
    "mốt": 1,
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN_PARTS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def read_count(words: str) -> int:
    """Return the number that digits or Vietnamese words name, 0 for none.

    >>> [read_count(words) for words in ("7", "nhất", "mười", "mười lăm", "hai mươi mốt")]
    [7, 1, 10, 15, 21]
    """
    if words.isdigit():
        return int(words)
    total = 0
    for word in words.replace("hai mươi", "hai_mươi").split():
        if word in ("mười", "hai_mươi"):
            total = 10 if word == "mười" else 20
        else:
            total += DIGIT_WORDS.get(word, 0)
    return total


def read_roman(word: str) -> int:
    """Return the number that small Roman letters stand for.

    >>> read_roman("xvi"), read_roman("xl")
    (16, 40)
    """
    values = [_ROMAN[letter] for letter in word]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )


def write_roman(number: int) -> str:
    """Return a number below 90 in Roman numerals.

    >>> write_roman(16)
    'XVI'
    """
    written = ""
    for value, letters in _ROMAN_PARTS:
        written += letters * (number // value)
        number %= value
    return written
