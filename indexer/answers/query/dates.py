"""The value of `ngày:`: a year, a quarter, a month or a day, or a range of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from indexer.query_records import Period
from indexer.reading.metadata.dates import read_date
from indexer.reading.metadata.day_patterns import make_day
from indexer.reading.metadata.period_keys import find_periods

_YEAR = re.compile(r"(?:năm |nam )?(?P<y>\d{4})")
_MONTH = re.compile(
    r"(?:tháng |thang )?(?P<m>\d{1,2})(?:\s?[/.-]\s?| năm | nam )(?P<y>\d{4})"
    r"|(?P<y2>\d{4})[/-](?P<m2>\d{1,2})"
)
_RANGE = re.compile(r"\s?(?:\.{2,3}|…)\s?|\s(?:[-–]|đến|den)\s")
_YEARS = re.compile(r"\d{4}\s?-\s?\d{4}")
_BOUND = re.compile(r"(?P<sign>>=|<=|>|<|≥|≤)\s?(?P<value>.+)")
_PARTS = re.compile(r"\d{1,2}[/.-](\d{1,2}[/.-]\d{4})\D*|(\d{4}-\d{1,2})-\d{1,2}\D*")
_ANY_YEAR = re.compile(r"\d{4}")
_DAY = timedelta(days=1)
_ENDINGS = re.compile(r"[.,;:!?…\s]+$")


class _Days(NamedTuple):
    """A stretch of days, both ends of it included."""

    first: date
    last: date


class DateReading(NamedTuple):
    """What a value was read as, or what it was perhaps meant to be."""

    period: Period | None
    offered: str = ""
    """A value that can be read, where this one can't."""


def read_period(value: str) -> DateReading:
    """Return the days that a value of `ngày:` names.

    >>> read_period("12/2024").period
    Period(first=datetime.date(2024, 12, 1), last=datetime.date(2024, 12, 31))
    >>> read_period(">=2024-05").period
    Period(first=datetime.date(2024, 5, 1), last=None)
    >>> read_period("31/2/2024").offered
    '2/2024'
    """
    value = value.strip().lower()
    if bound := _BOUND.fullmatch(value):
        return _read_bound(bound["sign"], bound["value"])
    value = value.replace("-", "..") if _YEARS.fullmatch(value) else value
    if ends := _RANGE.search(value):
        return _read_range(value[: ends.start()], value[ends.end() :])
    days = _read_days(_ENDINGS.sub("", value))
    return DateReading(Period(*days)) if days else DateReading(None, _mend(value))


def _read_bound(sign: str, value: str) -> DateReading:
    days = _read_days(value)
    if days is None:
        mended = _mend(value)
        return DateReading(None, f"{sign}{mended}" if mended else "")
    if sign in (">=", "≥"):
        return DateReading(Period(first=days.first))
    if sign in ("<=", "≤"):
        return DateReading(Period(last=days.last))
    if sign == ">":
        return DateReading(Period(first=days.last + _DAY))
    return DateReading(Period(last=days.first - _DAY))


def _read_range(left: str, right: str) -> DateReading:
    """Read two ends, of which one may be open."""
    first, last = _read_days(left), _read_days(right)
    if (left and not first) or (right and not last) or not (left or right):
        mended = [_spell(side) for side in (left, right)]
        lost = any(side and not kept for side, kept in zip((left, right), mended, strict=True))
        return DateReading(None, "" if lost or not any(mended) else "..".join(mended))
    if first and last and first.first > last.last:
        return DateReading(None, f"{right}..{left}")
    return DateReading(Period(first.first if first else None, last.last if last else None))


def _spell(side: str) -> str:
    """Return one end of a range, mended where it must be; empty where it can't."""
    return side if _read_days(side) else _mend(side)


def _read_days(value: str) -> _Days | None:
    """Return the days of a year, a quarter, a month or a day."""
    if day := read_date(value):
        return _Days(day, day)
    if month := _MONTH.fullmatch(value):
        return _month(int(month["y"] or month["y2"]), int(month["m"] or month["m2"]))
    if (spans := find_periods(value, loose=True)) and len(value) == spans[0].end - spans[0].start:
        last = _month(*spans[0].last)
        return _Days(date(*spans[0].first), last.last) if last else None
    if year := _YEAR.fullmatch(value):
        first = make_day(year["y"], 1, 1)
        return _Days(first, first.replace(month=12, day=31)) if first else None
    return None


def _month(year: int, month: int) -> _Days | None:
    first = make_day(year, month, 1)
    return _Days(first, first.replace(day=monthrange(year, month)[1])) if first else None


def _mend(value: str) -> str:
    """Return the month or the year that an impossible day or month still names, or nothing."""
    found = _PARTS.fullmatch(value)
    years = [year for year in _ANY_YEAR.findall(value) if _read_days(year)]
    for likely in (*(found.groups() if found else ()), *years[:1]):
        if likely and _read_days(likely):
            return str(likely)
    return ""
