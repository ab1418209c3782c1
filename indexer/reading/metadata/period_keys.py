"""Days, months, quarters and spans of years that a text names, as exact keys.

The same patterns read documents and queries; those of queries also fit words without accents.
A year alone is no key: it stands in nearly every text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.day_patterns import EARLIEST_YEAR, LATEST_YEAR, find_days
from indexer.reading.metadata.day_patterns import make_day as _make_day
from indexer.reading.metadata.loose_letters import accept_bare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_MONTHS = 12
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_OF_YEAR = rf"(?:\s?[/-]\s?|,?\s{{0,3}}(?:của )?năm\s{{0,3}}|\s{{1,3}}){_YEAR}(?!\s?[-/]\s?\d)"
_DAY = (
    r"(?:ngày\s{0,3})?(?<![\d/.,-])(?P<day>\d{1,2})\s{0,3}tháng\s{0,3}(?P<month>\d{1,2})"
    rf"{_OF_YEAR}"
)
_MONTH = rf"(?<![\d/.,-])tháng\s{{0,3}}(?P<month>\d{{1,2}}){_OF_YEAR}"
_QUARTER = rf"(?<![^\W_])(?:quý|qúy|quí)\s{{1,3}}(?P<quarter>iv|i{{1,3}}|[1-4]){_OF_YEAR}"
_YEARS = (
    r"(?<![^\W_])(?:(?P<school>năm học)\s{1,3}|(?P<term>nhiệm kỳ|nhiệm kì)[\s,:(]{1,3})?"
    r"(?P<span>(?<![\d/.,-])(?P<first>(?:19|20)\d\d)(?:\s{0,2}-\s{0,2}|\s{1,3}đến\s{1,3})"
    r"(?:năm\s{1,3})?(?P<last>(?:19|20)\d\d)(?![\d/]|[.-]\d))"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class PeriodSpan(NamedTuple):
    """A stretch of time that a text names, `text[start:end]`."""

    start: int
    end: int
    key_start: int
    """Where the words begin that say nothing but the period: behind "năm học", "nhiệm kỳ"."""
    sort: str
    """"date", "month", "quarter", "school" (a school's year), "term" or "years"."""
    keys: tuple[str, ...]
    first: tuple[int, int, int]
    """Its first day as (year, month, day); of a span of years the first one's."""
    last: tuple[int, int]
    """Its last year and month."""


@lru_cache(maxsize=2)
def _patterns(*, loose: bool) -> tuple[re.Pattern[str], ...]:
    sources = (_DAY, _MONTH, _QUARTER, _YEARS)
    return tuple(re.compile(accept_bare(source) if loose else source) for source in sources)


def find_periods(lowered: str, *, loose: bool = False) -> list[PeriodSpan]:
    """Return the periods that lower letters name, in order, none inside of another.

    `loose` reads words without accents too, for queries.

    >>> [span.keys for span in find_periods("quý i/2024, ngày 19/4/2024, giai đoạn 2026 - 2030")]
    [('quarter:2024-1',), ('date:2024-04-19',), ('years:2026-2030',)]
    """
    day, month, quarter, years = _patterns(loose=loose)
    found = chain(
        (_of_day(each.start, each.end, each.day) for each in find_days(lowered)),
        filter(None, map(_read_day, day.finditer(lowered))),
        filter(None, map(_read_month, month.finditer(lowered))),
        filter(None, map(_read_quarter, quarter.finditer(lowered))),
        filter(None, map(_read_years, years.finditer(lowered))),
    )
    return list(_apart(sorted(found, key=lambda span: (span.start, -span.end))))


def _apart(spans: list[PeriodSpan]) -> Iterator[PeriodSpan]:
    end = 0
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


def _of_day(start: int, end: int, day: date) -> PeriodSpan:
    moment = (day.year, day.month, day.day)
    return PeriodSpan(start, end, start, "date", (f"date:{day}",), moment, moment[:2])


def _read_day(match: re.Match[str]) -> PeriodSpan | None:
    day = _make_day(match["year"], match["month"], match["day"])
    return _of_day(match.start(), match.end(), day) if day else None


def _read_month(match: re.Match[str]) -> PeriodSpan | None:
    year, month = int(match["year"]), int(match["month"])
    if not 1 <= month <= _MONTHS or not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    keys = (f"month:{year}-{month:02}",)
    place = match.start(), match.end(), match.start()
    return PeriodSpan(*place, "month", keys, (year, month, 1), (year, month))


def _read_quarter(match: re.Match[str]) -> PeriodSpan | None:
    year, quarter = int(match["year"]), _QUARTERS[match["quarter"]]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    keys = (f"quarter:{year}-{quarter}",)
    place = match.start(), match.end(), match.start()
    return PeriodSpan(*place, "quarter", keys, (year, 3 * quarter - 2, 1), (year, 3 * quarter))


def _read_years(match: re.Match[str]) -> PeriodSpan | None:
    first, last = int(match["first"]), int(match["last"])
    if not first < last:
        return None
    place = match.start(), match.end(), match.start("span")
    school, years = f"school:{first}-{last}", f"years:{first}-{last}"
    keys: tuple[str, ...]
    if match["school"]:
        sort, keys = "school", (school,)
    elif match["term"]:
        sort, keys = "term", (years,)
    else:
        # "2024-2025" by itself is a school's year as often as two years of a plan.
        sort, keys = "years", (years, school) if last == first + 1 else (years,)
    return PeriodSpan(*place, sort, keys, (first, 1, 1), (last, _MONTHS))
