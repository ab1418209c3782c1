"""Days, months, quarters and years in a query: they favour documents and exclude none."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning, phrase
from indexer.answers.understanding.period_shorthand import (
    find_parts_of_years,
    find_short_periods,
    pair_up,
)
from indexer.query_records import Fact, InField, Mention, Or, Period, Preference
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.period_keys import PeriodSpan, find_periods

if TYPE_CHECKING:
    from indexer.answers.understanding.meanings import Asked
    from indexer.answers.understanding.period_shorthand import PartOfYear
    from indexer.query_records import Node


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_ALONE = re.compile(
    accept_bare(
        rf"(?<![\d/.,-])(?<![/-]\s)(?P<words>(?:trong\s|của\s)?năm\s{{1,2}})?{_YEAR}(?![\d/]|[.,-]\d"
        r"|\s(?:tỷ|tỉ|triệu|nghìn|đồng|người|hộ|học sinh|đại biểu|cử tri|m2|ha|km)(?![^\W_]))"
    )
)
_HALF = re.compile(
    accept_bare(
        r"(?<![^\W_])(?P<count>3|6|9|ba|sáu|chín)\s(?:tháng\s(?P<end>đầu|cuối)(?:\snăm)?)"
        rf"(?:\snăm)?\s{{1,2}}{_YEAR}(?!\d)"
    )
)
_COUNTS = {"3": 3, "6": 6, "9": 9, "ba": 3, "sau": 6, "sáu": 6, "chin": 9, "chín": 9}
# What only leads to a period goes with it.
_LEADS = re.compile(
    accept_bare(r"(?<![^\W_])(?:(?:hôm|vào|trong)\s{1,2}(?:ngày\s{1,2})?|ngày\s{1,2})$")
)
_FROM = re.compile(accept_bare(r"(?<![^\W_])từ\s{1,2}(?:năm\s|ngày\s)?$"))


class _Stretch(NamedTuple):
    """A period with what it is called and by which keys texts name it."""

    place: tuple[int, int]
    label: str
    span: Period | None
    """None where documents of the period are not issued in it: plans, school years."""
    mention: Node
    value: str | None = None
    """Of the date facet: "2024-12"."""


def find_named_periods(asked: Asked) -> list[Meaning]:
    """Return the periods that are named in full: days, months, quarters, spans of years."""
    spans = find_periods(asked.open, loose=True)
    short = [
        each
        for each in find_short_periods(asked.open)
        if all(each.end <= span.start or span.end <= each.start for span in spans)
    ]
    spans = sorted((*spans, *short), key=lambda span: span.start)
    ranges = (_range(asked, *pair) for pair in pair_up(spans, asked.open))
    found = [
        _of_term(asked, span) if span.sort == "term" else _favour(asked, _stretch(asked, span))
        for span in spans
    ]
    halves = (_half(asked, match) for match in _HALF.finditer(asked.open))
    parts = (_part(asked, each) for each in find_parts_of_years(asked.open))
    return [
        *(_favour(asked, each) for each in ranges),
        *found,
        *(_favour(asked, each) for each in (*halves, *parts)),
    ]


def find_years(asked: Asked) -> list[Meaning]:
    """Return the years that stand alone; in a question they stay mere words."""
    if asked.is_question:
        return []
    return [_year(asked, match) for match in _YEAR_ALONE.finditer(asked.open)]


def favour_month(asked: Asked, place: tuple[int, int], year: int, month: int) -> Meaning:
    """Return the meaning of "12/2024" where it is a month."""
    key = Mention((f"month:{year}-{month:02}",))
    return _favour(asked, _month((place[0], place[1]), year, month, key))


def month_of(year: int, month: int) -> Period:
    """Return a month from its first day to its last."""
    return _days((year, month, 1), (year, month))


def _favour(asked: Asked, stretch: _Stretch) -> Meaning:
    facet = ("date", stretch.value) if stretch.value else None
    kept = asked.is_question
    share = PREFER.in_question if kept else 1
    mention = Preference(
        stretch.mention, PREFER.mentions_period * share, f"nhắc đến {stretch.label}"
    )
    dated = (
        [Preference(stretch.span, PREFER.dated * share, f"ban hành {stretch.label}")]
        if stretch.span
        else []
    )
    nodes = (stretch.span, stretch.mention) if stretch.span else (stretch.mention,)
    return Meaning(
        name_meaning(asked, stretch.place, "period", stretch.label, "prefers", facet=facet),
        stretch.place,
        preferences=(*dated, mention),
        keeps_words=kept,
        alone=Or((*nodes, phrase(asked.text[slice(*stretch.place)]))),
    )


def _of_term(asked: Asked, span: PeriodSpan) -> Meaning:
    first, last = span.first[0], span.last[0]
    place = (span.start, span.end)
    fact, mention = Fact(span.keys), Mention(span.keys)
    label = f"nhiệm kỳ {first}-{last}"
    prefers = asked.is_question
    return Meaning(
        name_meaning(asked, place, "term", label, "prefers" if prefers else "filters"),
        place,
        node=None if prefers else Or((fact, mention)),
        preferences=(Preference(fact, PREFER.term, label),),
        keeps_words=prefers,
    )


def _stretch(asked: Asked, span: PeriodSpan) -> _Stretch:
    lead = _FROM if span.sort in ("years", "school") else _LEADS
    place, mention = (_start(asked, span, lead), span.end), Mention(span.keys)
    year, month, day = span.first
    if span.sort == "date":
        label = f"ngày {day}/{month}/{year}"
        moment = date(*span.first)
        return _Stretch(place, label, Period(moment, moment), mention, f"{year:04}-{month:02}")
    if span.sort == "month":
        return _month(place, year, month, mention)
    if span.sort == "quarter":
        label = f"quý {('I', 'II', 'III', 'IV')[month // 3]}/{year}"
        return _Stretch(place, label, _days(span.first, span.last), mention)
    named = "năm học " if span.sort == "school" else "giai đoạn "
    if len(span.keys) > 1:
        named = "năm học hoặc giai đoạn "
    return _Stretch(place, f"{named}{year}-{span.last[0]}", None, mention)


def _start(asked: Asked, span: PeriodSpan, lead: re.Pattern[str]) -> int:
    before = lead.search(asked.open, 0, span.start)
    return before.start() if before else span.start


def _range(asked: Asked, left: PeriodSpan, right: PeriodSpan) -> _Stretch:
    """Return a stretch from one period to another: "từ 1/1/2024 đến 30/6/2024"."""
    first, last = _stretch(asked, left), _stretch(asked, right)
    days = Period(first.span.first if first.span else None, last.span.last if last.span else None)
    start = min(_start(asked, left, _FROM), first.place[0])
    label = f"từ {first.label} đến {last.label}"
    return _Stretch((start, right.end), label, days, Or((first.mention, last.mention)))


def _part(asked: Asked, part: PartOfYear) -> _Stretch:
    place = (part.start, part.end)
    named = Or((phrase(asked.text[slice(*place)]), phrase(part.label)))
    return _Stretch(place, part.label, part.days, named)


def _month(place: tuple[int, int], year: int, month: int, mention: Mention) -> _Stretch:
    label = f"tháng {month}/{year}"
    return _Stretch(place, label, month_of(year, month), mention, f"{year:04}-{month:02}")


def _days(first: tuple[int, int, int], last: tuple[int, int]) -> Period:
    return Period(date(*first), date(*last, monthrange(*last)[1]))


def _half(asked: Asked, match: re.Match[str]) -> _Stretch:
    year, months = int(match["year"]), _COUNTS[match["count"]]
    at_start = match["end"] in ("đầu", "dau")
    first, last = (1, months) if at_start else (13 - months, 12)
    label = f"{months} tháng {'đầu' if at_start else 'cuối'} năm {year}"
    return _Stretch(
        match.span(),
        label,
        _days((year, first, 1), (year, last)),
        Or((phrase(asked.text[slice(*match.span())]), phrase(label))),
    )


def _year(asked: Asked, match: re.Match[str]) -> Meaning:
    year = match["year"]
    of_year = _days((int(year), 1, 1), (int(year), 12))
    digits = phrase(year)
    label = f"năm {year}"
    return Meaning(
        name_meaning(asked, match.span(), "period", label, "prefers", facet=("date", year)),
        match.span(),
        preferences=(
            Preference(Or((of_year, digits)), PREFER.year_dated, f"ban hành {label} hoặc nhắc đến"),
            Preference(InField("title", digits.words), PREFER.year_in_title, f"tên nêu {label}"),
        ),
        alone=Or((of_year, digits)),
        # Plans name the year that they are for; of whole kinds the year of issue is meant.
        alone_prefers=(
            Preference(of_year, PREFER.year_dated, f"ban hành {label}"),
            Preference(digits, PREFER.year_named, f"nhắc đến {label}"),
        ),
    )
