"""Numbers and dates that an office filled in by hand or by stamp into the blanks of a letterhead.

Print is read for sure and writing is not: a wrong number is worse than none, so what is in doubt
is given as the blank that it was, "…".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.reading.extract.ocr_noise import Line
    from indexer.reading.extract.ocr_page import OcrWord

LETTERHEAD_LINES = 12
"""The first lines of a page, where its own number and date stand; further down are others'."""
BLANK = "…"
FILLED_IN = 0.99
"""Confidence of a field that its own reader has read; what reads print never is as sure."""

_LABEL = re.compile(r"[Ss5]?[ốôồổóòỐÔoO06][:;.,]?|[:;.,]")
_COLON = re.compile(r"[:;.,]")
_CODE = re.compile(r"\W{0,2}/(?:(?:19|20)\d\d/)?[A-ZĐÐ]{2}.*")
NUMBER = "số"
_DAY, _MONTH, _YEAR = "ngày", "tháng", "năm"
_DATE_WORDS = {
    _DAY: re.compile(r"n[gqu]\w{0,2}y\w?"),
    _MONTH: re.compile(r"th\wng"),
    _YEAR: re.compile(r"n\wm"),
}
_RANGES = {_DAY: (1, 31), _MONTH: (1, 12), _YEAR: (1945, 2099)}
_LONGEST_NUMBER = 5
_PLAIN = re.compile(r"[0-9]+")
_LOOK_ALIKE = re.compile(r"(?=.*\d)[0-9lIO\]]{2,4}|[lI]{2}")
_DIGITS = str.maketrans("lIO]", "1101")
_SURE_OF_DIGITS = 0.8
_SURE_OF_LONG = 0.5
_SURE_OF_LOOK_ALIKE = 0.2
_MOST_BETWEEN = 3
_LAST_MONTH = 10
_LONGEST_PLACE = 5


class Field(NamedTuple):
    """A place in a line where a number was filled in: words[start:end], none where it is empty."""

    start: int
    end: int
    kind: str
    """"số", "ngày", "tháng" or "năm"."""


def find_fields(line: Line) -> Iterator[Field]:
    """Yield the number and the parts of the date that stand in a letterhead's line.

    A number is one that stands apart from its code, "Số: 15 /NQ-HĐND": print runs on.
    """
    texts = [word.text for word in line]
    yield from _find_number(texts)
    yield from _find_date(texts)


def blank_unread(line: Line) -> Line:
    """Return the line with what was filled in and not read for sure given as "…".

    The words of a date around its blanks come out as they are spelt.
    """
    kept = list(line)
    for field in sorted(find_fields(line), reverse=True):
        if not is_sure(line, field):
            kept[field.start : field.end] = [_blank(line, field)]
        if field.kind != NUMBER:
            kept[field.start - 1] = kept[field.start - 1]._replace(text=field.kind)
    return kept


def _find_number(texts: Sequence[str]) -> Iterator[Field]:
    start = 1 if texts and _LABEL.fullmatch(texts[0]) else 0
    # A number such as 56 looks like a label that was misread: only the label's colon comes second.
    if start and len(texts) > 1 and _COLON.fullmatch(texts[1]):
        start += 1
    codes = (at for at, text in enumerate(texts[start:], start) if _CODE.fullmatch(text))
    end = next(codes, None)
    if start and end is not None and end - start <= _MOST_BETWEEN:
        yield Field(start, end, NUMBER)


def _find_date(texts: Sequence[str]) -> Iterator[Field]:
    """Yield the fields of "Nam Định, ngày 5 tháng 7 năm 2023": a place before, nothing after."""
    day = _find_word(texts, _DAY, 0)
    month = _find_word(texts, _MONTH, day)
    year = _find_word(texts, _YEAR, month)
    if not 0 < day < month < year or month > _LAST_MONTH or not _is_place(texts[:day]):
        return
    if len(texts) - year - 1 <= _MOST_BETWEEN:
        yield Field(day + 1, month, _DAY)
        yield Field(month + 1, year, _MONTH)
        yield Field(year + 1, len(texts), _YEAR)


def _find_word(texts: Sequence[str], kind: str, behind: int) -> int:
    """Return where the word stands, though a letter of it was mistaken; -1 for nowhere."""
    word = _DATE_WORDS[kind]
    places = range(max(behind, 0) + 1, len(texts))
    return next((at for at in places if word.fullmatch(fold(texts[at]).lower())), -1)


def _is_place(texts: Sequence[str]) -> bool:
    named = texts[-1].endswith(",") or all(text[:1].isupper() for text in texts)
    return named and len(texts) <= _LONGEST_PLACE and texts[0][:1].isupper()


def is_sure(line: Line, field: Field) -> bool:
    """Return whether the field holds digits that were read for sure."""
    words = line[field.start : field.end]
    text = "".join(word.text for word in words).rstrip(".,")
    confidence = min((word.confidence for word in words), default=0.0)
    if field.kind == NUMBER:
        return bool(_PLAIN.fullmatch(text)) and confidence >= FILLED_IN
    if _PLAIN.fullmatch(text):
        # Hardly any writing that is misread makes a month of two digits or a year.
        long = field.kind != _DAY and len(text) > 1
        least = _SURE_OF_LONG if long else _SURE_OF_DIGITS
        return confidence >= least and is_plausible(text, field.kind)
    digits = text.translate(_DIGITS)
    looks = bool(_LOOK_ALIKE.fullmatch(text)) and is_plausible(digits, field.kind)
    return looks and confidence >= _SURE_OF_LOOK_ALIKE


def is_plausible(digits: str, kind: str) -> bool:
    """Return whether a field of this kind can hold these digits.

    >>> is_plausible("31", "ngày"), is_plausible("13", "tháng"), is_plausible("2023", "năm")
    (True, False, True)
    """
    if kind == NUMBER:
        return 0 < len(digits) <= _LONGEST_NUMBER
    lowest, highest = _RANGES[kind]
    return (
        digits.isdecimal() and len(digits) <= len(str(highest)) and lowest <= int(digits) <= highest
    )


def _blank(line: Line, field: Field) -> OcrWord:
    """Return the blank in the place of what was written there, or after the word before."""
    words = line[field.start : field.end]
    if not words:
        before = line[field.start - 1]
        return before._replace(text=BLANK, left=before.right + 1, width=1, confidence=0.0)
    left, right = words[0].left, words[-1].right
    return words[0]._replace(text=BLANK, left=left, width=right - left, confidence=0.0)
