"""How days are written in Vietnamese papers, and reading them without believing the impossible."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIEST_YEAR = 1945
LATEST_YEAR = 2100

_MONTH_WORDS = (
    *("giêng|một", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười"),
    *("mười một", "mười hai|chạp"),
)
_MONTHS = {word: month for month, words in enumerate(_MONTH_WORDS, 1) for word in words.split("|")}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MISREAD = str.maketrans("l|o", "110")

# Patterns run on lower letters (see `lower_letters`). OCR reads 1 as l and 0 as o at times.
FULL_DAY = re.compile(
    r"(?:ngày\s{0,3}(?P<torn>[\dl|]\s?[\dl|o])"
    r"|(?:ngày\s{0,3})?(?<![\d/.l|-])(?<!\d\s)(?P<day>\d{1,2}))"
    rf"\s{{0,3}}th[áả]ng\s{{0,3}}(?P<month>\d{{1,2}}|(?:{_MONTH})(?=\s))\s{{0,3}}(?:,\s{{0,2}})?"
    r"n[ăã]m\s{0,3}(?P<year>\d{4}|\d\d\s\d\d)(?!\d)"
    r"|(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})"
    r"(?![\d/])"
    r"|(?<![\d/.-])(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)"
)
DAY_WITHOUT_YEAR = re.compile(
    r"(?:ngày|sáng|chiều|tối|trưa|hôm (?:nay|qua)|nay|qua)[\s,(]{0,3}(?P<day>\d{1,2})"
    r"(?:\s{0,2}(?:-|đến|và|,)\s{0,2}(?:ngày\s{0,2})?\d{1,2})?"
    r"(?:\s?[/.-]\s?|\s{0,3}tháng\s{0,3})(?P<month>\d{1,2})(?![\d/.-]\d|\s{0,3}năm|\d)"
)
YEAR_OF_PERIOD = re.compile(
    r"(?:(?:quý|qúy)\s{1,3}(?:[ivx]{1,3}|[1-4])|tháng\s{0,3}\d{1,2}|6 tháng (?:đầu"
    r"|cuối))\s{0,2}(?:/|,?\s{0,2}năm)\s{0,3}"
    r"(?P<year>(?:19|20)\d\d)|năm\s{0,3}(?P<year2>(?:19|20)\d\d)(?!\s?[-/]\s?\d)"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?$")


# In a letterhead nothing else looks like this, so letters may stand for digits and lose accents.
_MISREAD_DIGIT = r"[\dlio|óòôơ]"
_MISREAD_DAY = re.compile(
    rf"ng[aáàảãạ]y[\s.,_]{{0,4}}(?P<day>{_MISREAD_DIGIT}\s?{_MISREAD_DIGIT}?)[\s.,_]{{0,4}}"
    rf"th[aáàảãạ]ng[\s.,_]{{0,4}}(?P<month>{_MISREAD_DIGIT}\s?{_MISREAD_DIGIT}?)[\s.,_]{{0,4}}"
    rf"n[aăâáàảãạắằẳẵặ]m[\s.,_]{{0,4}}(?P<year>(?:{_MISREAD_DIGIT}\s?){{4}})(?![^\W_])"
)
_DIGIT_OF = str.maketrans("li|oóòôơ", "11100000")


class DayMatch(NamedTuple):
    """A day that a text names, `text[start:end]`."""

    start: int
    end: int
    day: date


def make_day(year: str | int, month: str | int, day: str | int) -> date | None:
    """Return the day, or None where the calendar or common sense has no such day.

    >>> make_day(2024, 2, 31) is None, make_day(1890, 1, 1) is None
    (True, True)
    """
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_days(lowered: str) -> Iterator[DayMatch]:
    """Yield every complete and possible day in lower letters."""
    for match in FULL_DAY.finditer(lowered):
        parts = match.groupdict()
        day = make_day(
            "".join((parts["year"] or parts["y"] or parts["iy"]).split()),
            _MONTHS.get(parts["month"]) or parts["month"] or parts["m"] or parts["im"],
            _rejoin(parts["torn"]) or parts["day"] or parts["d"] or parts["id"],
        )
        if day:
            yield DayMatch(match.start(), match.end(), day)


def find_misread_day(lowered: str) -> DayMatch | None:
    """Return the first day of a letterhead whose digits or accents were misread; None for a blank.

    >>> find_misread_day("phú yên, ngay io tháng o7 nám 2o23").day
    datetime.date(2023, 7, 10)
    """
    match = _MISREAD_DAY.search(lowered)
    if match is None:
        return None
    digits = (
        "".join(match[part].split()).translate(_DIGIT_OF) for part in ("year", "month", "day")
    )
    day = make_day(*digits)
    return DayMatch(match.start(), match.end(), day) if day else None


def _rejoin(torn: str | None) -> str:
    """Return the digits of a day that was typed or read in two: "1 2", "l2"."""
    return "".join((torn or "").split()).translate(_MISREAD)


def read_day(text: str) -> date | None:
    """Return the day that the text is, and nothing else; ISO times of day are let pass."""
    lowered = text.strip().lower()
    if match := _ISO.match(lowered):
        return make_day(*match.groups())
    match = FULL_DAY.fullmatch(lowered)
    return next((found.day for found in find_days(lowered)), None) if match else None
