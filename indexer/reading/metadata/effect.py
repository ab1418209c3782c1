"""When an act takes effect and ends (ngày có hiệu lực, hết hiệu lực), as the act itself says.

A day in figures is stated; one that must be reckoned ("sau 10 ngày kể từ ngày ký", "từ ngày thông
qua") is inferred from the act's own day. What hangs on a day that the text does not give ("từ ngày
đăng Công báo") stays open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from indexer.reading.metadata.day_patterns import find_days, make_day
from indexer.reading.metadata.effect_clause import EffectClause, find_effect_clauses, flatten
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.records import UNKNOWN_KIND

_LEAD_IN = r"\s*(?:thi hành|áp dụng|thực hiện)?\s*[,:]?\s*"
_HOURS = r"(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{1,2}\s*(?:phút)?)?,?\s*)?"
_FROM = re.compile(rf"{_LEAD_IN}(?:(?:kể|tính|bắt đầu)\s+)?(?:từ|vào)\s+{_HOURS}(?=\S)")
_COUNTS = {
    "năm": 5,
    "bảy": 7,
    "mười": 10,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
    "bốn mươi lăm": 45,
    "sáu mươi": 60,
}
_AFTER = re.compile(
    rf"{_LEAD_IN}(?:từ\s+)?(?:sau\s+)?"
    rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, reverse=True))})"
    r"\s*(?:\([^()]{2,30}\)\s*)?ngày(?P<work> làm việc)?\s*,?\s*"
    r"(?:(?:(?:kể\s+|tính\s+)?từ|sau)\s+)(?=ngày|khi)"
)
_SIGNED = re.compile(r"(?:(?:ngày|khi)\s+)?(?:được\s+)?(?:ký|ban hành)(?![^\W_])")
_ADOPTED = re.compile(
    r"(?:ngày|khi)\s+(?![^.;]{0,60}?(?:công bố|đăng))[^.;\d]{0,60}?[^.;]{0,80}?thông qua"
)
_BUDGET_YEAR = re.compile(r"năm ngân sách (?P<year>20\d\d)")
_ON_THE_DAY = re.compile(r"[\s,(]{0,3}(?:vào\s+|là\s+)?(?=ngày)")

_UNTIL = re.compile(
    r"(?P<gap>[^.;]{0,60}?)(?<![^\W_])(?:đến|tới)\s+(?P<whole>hết\s+)?(?:"
    r"năm\s+(?:ngân sách\s+)?(?P<year>20\d\d)(?!\s?-)"
    r"|tháng\s+(?P<month>\d{1,2})\s*(?:năm\s+|/)(?P<of>20\d\d)"
    r"|(?P<day>(?:ngày\s*)?\d))"
)
_FOR_YEARS = re.compile(
    r"(?P<gap>[^.;]{0,40}?)(?:trong(?: thời hạn| thời gian| vòng)?|thời hạn(?: là)?)\s+"
    r"(?P<years>\d{1,2})\s*(?:\([^()]{2,20}\)\s*)?năm(?! ngân sách| học)(?! \d)"
)
_NO_LONGER = re.compile(r"\s*(?:thi hành)?\s*(?:kể\s+)?(?P<when>từ|sau|vào)\s+(?=ngày|\d)")
# What these words open is said of parts or of other acts.
_OF_OTHERS = re.compile(
    r"trừ|riêng|đối với|thay thế|bãi bỏ|sửa đổi|trường hợp|nghị quyết|quyết định"
)


class OwnDays(NamedTuple):
    """The days of an act that its effect is reckoned from."""

    issued: date | None = None
    adopted: date | None = None


def find_effective_day(text: str, kind: str, own: OwnDays) -> Finding[date] | None:
    """Return the first day on which the act binds; exceptions for parts of it do not change it.

    >>> find_effective_day("Nghị quyết này có hiệu lực từ ngày 01/7/2024.", "nghị quyết", OwnDays())
    ... # doctest: +ELLIPSIS
    Finding(value=datetime.date(2024, 7, 1), evidence=Evidence(how='stated', ...
    """
    flat = flatten(text)
    clauses = [each for each in find_effect_clauses(flat, kind) if each.verb != "hết"]
    # What it is applied from only tells where it does not say from when it binds.
    clauses.sort(key=lambda each: each.verb != "có")
    return next(filter(None, (_start(each, flat, own, kind) for each in clauses)), None)


def _start(clause: EffectClause, flat: str, own: OwnDays, kind: str) -> Finding[date] | None:
    sure = 0.7 if kind == UNKNOWN_KIND or clause.verb != "có" else 0.95
    if after := _AFTER.match(clause.rest):
        return _start_after(after, clause, flat, own)
    begun = _FROM.match(clause.rest)
    if begun is None:
        return None
    rest = clause.rest[begun.end() :]
    if day := _day_at_start(rest):
        return stated(day[0], _quote(clause, flat, begun.end() + day[1]), sure)
    if known := _event_day(rest, own):
        return inferred(known[0], _quote(clause, flat, begun.end() + known[1]), min(sure, known[2]))
    if budget := _BUDGET_YEAR.match(rest):
        quote = _quote(clause, flat, begun.end() + budget.end())
        return inferred(date(int(budget["year"]), 1, 1), quote, 0.7)
    return None


def _start_after(
    after: re.Match[str], clause: EffectClause, flat: str, own: OwnDays
) -> Finding[date] | None:
    known = _event_day(clause.rest[after.end() :], own)
    if known is None or after["work"]:
        return None
    count = _COUNTS.get(after["count"]) or int(after["count"])
    quote = _quote(clause, flat, after.end() + known[1])
    return inferred(known[0] + timedelta(count), quote, known[2] - 0.05)


def _day_at_start(rest: str) -> tuple[date, int] | None:
    """Return the day that the words open with, and where it ends."""
    day = next(find_days(rest[:60]), None)
    opening = rest[: day.start] if day else ""
    if day is None or opening.replace("ngày", "").strip(" ,:"):
        return None
    return day.day, day.end


def _event_day(rest: str, own: OwnDays) -> tuple[date, int, float] | None:
    """Return the day of signing or adoption that the words name, their end and our confidence."""
    if signed := _SIGNED.match(rest):
        return (own.issued, signed.end(), 0.85) if own.issued else None
    adopted = _ADOPTED.match(rest)
    if adopted is None:
        return None
    end = adopted.end()
    beside = _ON_THE_DAY.match(rest, end)
    if beside and (day := _day_at_start(rest[beside.end() :])):
        return day[0], beside.end() + day[1], 0.9
    if own.adopted:
        return own.adopted, end, 0.85
    # A council dates its resolution on the day it adopts it, as a rule.
    return (own.issued, end, 0.75) if own.issued else None


def find_expiry_day(text: str, kind: str, effective: date | None = None) -> Finding[date] | None:
    """Return the first day on which the act binds no longer, where the act itself sets it.

    >>> words = "Nghị quyết này có hiệu lực từ ngày ký đến hết ngày 31/12/2025."
    >>> find_expiry_day(words, "nghị quyết").value
    datetime.date(2026, 1, 1)
    """
    flat = flatten(text)
    found = (_end(each, flat, effective) for each in find_effect_clauses(flat, kind))
    return next(filter(None, found), None)


def _end(clause: EffectClause, flat: str, effective: date | None) -> Finding[date] | None:
    if clause.verb == "hết":
        return _end_from(clause, flat)
    until = _UNTIL.match(clause.rest)
    if until and not _OF_OTHERS.search(until["gap"]):
        return _end_until(until, clause, flat)
    years = _FOR_YEARS.match(clause.rest)
    if years and effective and not _OF_OTHERS.search(years["gap"]):
        # 29 February has no day of its own years later; the next one is as good.
        day = make_day(effective.year + int(years["years"]), effective.month, effective.day)
        return inferred(day, _quote(clause, flat, years.end()), 0.8) if day else None
    return None


def _end_from(clause: EffectClause, flat: str) -> Finding[date] | None:
    """Return the day of "hết hiệu lực từ ngày ..."; "sau ngày" means the day after."""
    begun = _NO_LONGER.match(clause.rest)
    day = _day_at_start(clause.rest[begun.end() :]) if begun else None
    if begun is None or day is None:
        return None
    quote = _quote(clause, flat, begun.end() + day[1])
    return inferred(_next(day[0]), quote, 0.9) if begun["when"] == "sau" else stated(day[0], quote)


def _end_until(until: re.Match[str], clause: EffectClause, flat: str) -> Finding[date] | None:
    if until["year"]:
        last: date | None = make_day(until["year"], 12, 31)
        end = until.end()
    elif until["month"]:
        last, end = _last_of_month(until["of"], until["month"]), until.end()
    else:
        start = until.start("day")
        found = _day_at_start(clause.rest[start:])
        last, end = (found[0], start + found[1]) if found else (None, 0)
    if last is None:
        return None
    if until["whole"]:
        return inferred(_next(last), _quote(clause, flat, end), 0.9)
    # "đến ngày 31/12" takes in that day; whether "đến ngày 01/01" does nobody can say.
    return inferred(_next(last), _quote(clause, flat, end), 0.7) if _next(last).day == 1 else None


def _last_of_month(year: str, month: str) -> date | None:
    first = make_day(year, month, 1)
    return first.replace(day=monthrange(first.year, first.month)[1]) if first else None


def _next(day: date) -> date:
    return day + timedelta(1)


def _quote(clause: EffectClause, flat: str, length: int) -> str:
    return flat[clause.start : clause.rest_start + length]
