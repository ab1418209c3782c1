"""Periods as only queries have them: "q1/2024", "t12/2024", "12.2024", "năm học 23-24".

Patterns over lower letters with or without accents. What documents write out is read by
`reading/metadata/period_keys.py`; these are found beside it, and favour the same keys.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.query_records import Period
from indexer.reading.metadata.day_patterns import EARLIEST_YEAR, LATEST_YEAR, make_day
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.numerals import DIGIT_WORDS, read_count
from indexer.reading.metadata.period_keys import PeriodSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|\s?[/.-]\s?\d)"
_OF_YEAR = rf"(?:\s?[/.-]\s?|\s(?:năm\s)?){_YEAR}"
_QUARTER = re.compile(
    accept_bare(rf"(?<![^\W_])q(?:uý|uí|\.)?\s?(?P<quarter>iv|i{{1,3}}|[1-4]){_OF_YEAR}")
)
_MONTH = re.compile(
    accept_bare(
        rf"(?<![^\W_])(?:t|th|thg)\.?\s?(?P<month>\d{{1,2}}){_OF_YEAR}"
        r"|(?<![\d/.,-])(?P<dotted>0?[1-9]|1[0-2])\.(?P<dotted_year>(?:19|20)\d\d)(?![\d/]|[.,-]\d)"
    )
)
_YEARS = re.compile(
    accept_bare(
        r"(?<![^\W_])(?:(?P<school>năm học)|(?P<term>nhiệm k(?:ỳ|ì))|trung hạn|giai đoạn|kế hoạch"
        r"|dài hạn|thời k(?:ỳ|ì)|5 năm|năm năm)\s{1,2}(?:năm\s)?(?P<span>(?P<first>(?:20)?\d\d)"
        r"(?:\s?[-/]\s?|(?<=20\d\d)\s)(?P<last>(?:20)?\d\d))(?![\d/]|[.-]\d|\s?%)"
    )
)
_DAY = re.compile(
    accept_bare(
        r"(?<![\d/.,-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)"
        r"(?P<year>[12]\d)(?![\d/.-])"
        r"|(?<=ngày\s)(?P<d>\d{1,2})\s(?P<m>\d{1,2})\s(?P<y>(?:19|20)\d\d)(?![\d/.-])"
    )
)
_WORDS = "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
_RIGHT_WORDS = {fold(word): word for word in (*DIGIT_WORDS, "mười")}
_IN_WORDS = re.compile(
    accept_bare(
        rf"(?<![^\W_])(?P<unit>tháng|quý|quí)\s(?P<count>mười(?:\s(?:một|hai))?|{_WORDS})\snăm\s{_YEAR}"
    )
)
_PART = re.compile(accept_bare(rf"(?<![^\W_])(?P<part>đầu|giữa|cuối)\s(?:năm\s)?{_YEAR}"))
_PARTS = {"dau": ("đầu", 1, 4), "giua": ("giữa", 5, 8), "cuoi": ("cuối", 9, 12)}
_UP_TO = re.compile(accept_bare(r"\s?(?:-|đến|tới)\s?(?:hết\s)?(?:ngày\s)?"))
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CENTURY = 2000


class PartOfYear(NamedTuple):
    """A third of a year, `text[start:end]`: "cuối năm 2024"."""

    start: int
    end: int
    label: str
    days: Period


def find_short_periods(opened: str) -> list[PeriodSpan]:
    """Return the quarters, months and spans of years that are typed short.

    >>> [span.keys for span in find_short_periods("q1/2024 t12/2024 nhiệm kỳ 21-26")]
    [('quarter:2024-1',), ('month:2024-12',), ('years:2021-2026',)]
    """
    return [
        *filter(None, map(_quarter, _QUARTER.finditer(opened))),
        *filter(None, map(_month, _MONTH.finditer(opened))),
        *filter(None, map(_years, _YEARS.finditer(opened))),
        *filter(None, map(_day, _DAY.finditer(opened))),
        *filter(None, map(_in_words, _IN_WORDS.finditer(opened))),
    ]


def find_parts_of_years(opened: str) -> Iterator[PartOfYear]:
    """Yield the beginnings, middles and ends of years, four months each.

    >>> [part.label for part in find_parts_of_years("kỳ họp cuoi nam 2024")]
    ['cuối năm 2024']
    """
    for match in _PART.finditer(opened):
        year = int(match["year"])
        name, first, last = _PARTS[fold(match["part"])]
        days = Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
        yield PartOfYear(match.start(), match.end(), f"{name} năm {year}", days)


def pair_up(spans: Sequence[PeriodSpan], opened: str) -> list[tuple[PeriodSpan, PeriodSpan]]:
    """Return the days, months or quarters that "đến" ties to one stretch."""
    whole = [span for span in spans if span.sort in ("date", "month", "quarter")]
    return [
        (left, right)
        for left, right in pairwise(whole)
        if left.first < right.first and _UP_TO.fullmatch(opened, left.end, right.start)
    ]


def _quarter(match: re.Match[str]) -> PeriodSpan | None:
    year, named = int(match["year"]), match["quarter"]
    quarter = _QUARTERS.get(named) or int(named)
    first, last = (year, 3 * quarter - 2, 1), (year, 3 * quarter)
    return _span(match, "quarter", (f"quarter:{year}-{quarter}",), first, last)


def _month(match: re.Match[str]) -> PeriodSpan | None:
    year, month = int(match["year"] or match["dotted_year"]), int(match["month"] or match["dotted"])
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        return None
    key = f"month:{year}-{month:02}"
    return _span(match, "month", (key,), (year, month, 1), (year, month))


def _day(match: re.Match[str]) -> PeriodSpan | None:
    year = int(match["year"] or match["y"]) % _CENTURY + _CENTURY
    day = make_day(year, match["month"] or match["m"], match["day"] or match["d"])
    first = (year, day.month, day.day) if day else None
    return _span(match, "date", (f"date:{day}",), first, first[:2]) if first else None


def _in_words(match: re.Match[str]) -> PeriodSpan | None:
    """Return "tháng bảy năm 2023", "quý ba năm 2024"."""
    words = (_RIGHT_WORDS.get(word, word) for word in match["count"].split())
    year, count = int(match["year"]), read_count(" ".join(words))
    if match["unit"] in ("tháng", "thang"):
        key = f"month:{year}-{count:02}"
        return _span(match, "month", (key,), (year, count, 1), (year, count))
    if count > 4:  # noqa: PLR2004 - quarters
        return None
    first, last = (year, 3 * count - 2, 1), (year, 3 * count)
    return _span(match, "quarter", (f"quarter:{year}-{count}",), first, last)


def _years(match: re.Match[str]) -> PeriodSpan | None:
    first, last = (int(match[end]) % _CENTURY + _CENTURY for end in ("first", "last"))
    if not first < last:
        return None
    sort = "school" if match["school"] else "term" if match["term"] else "years"
    if sort == "school" and last != first + 1:
        return None
    key = f"{'school' if sort == 'school' else 'years'}:{first}-{last}"
    found = _span(match, sort, (key,), (first, 1, 1), (last, 12))
    return found._replace(start=match.start("span")) if found and sort == "years" else found


def _span(
    match: re.Match[str],
    sort: str,
    keys: tuple[str, ...],
    first: tuple[int, int, int],
    last: tuple[int, int],
) -> PeriodSpan | None:
    if not EARLIEST_YEAR <= first[0] <= LATEST_YEAR:
        return None
    return PeriodSpan(match.start(), match.end(), match.start(), sort, keys, first, last)
