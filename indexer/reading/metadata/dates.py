"""The day a document was issued, or the event it reports took place, and how that is known.

An act states it in the letterhead, else in the closing formula. News give it in the first
sentence, often without a year; the year is then concluded from what stands nearest. A day that
stands beside a cited number is that act's, never this document's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.day_patterns import (
    DAY_WITHOUT_YEAR,
    YEAR_OF_PERIOD,
    DayMatch,
    find_days,
    find_misread_day,
    make_day,
    read_day,
)
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers, leading_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indexer.reading.metadata.layout import Layout
    from indexer.reading.metadata.news import Story

_TAIL_CHARACTERS = 6000
_ADOPTED = "nghị quyết|luật|pháp lệnh|bộ luật|quy chế|nội quy"
_ADOPTER = "hội đồng nhân dân|hđnd|quốc hội|uỷ ban thường vụ"
_CLOSING = re.compile(
    rf"(?:(?:{_ADOPTED}) này,? (?:đã )?được|(?:{_ADOPTED}),? (?:đã )?được(?= (?:{_ADOPTER})))"
    r" (?:[^;.]|(?<=tp)\.){0,260}?"
    r"(?:thông qua(?:[^;.]|(?<=tp)\.){0,140}?(?=ngày)|(?=ngày[^;.]{6,40}thông qua))"
)
_CLOSING_REACH = 40
# A letterhead whose day was left open: the only day that could stand there is not written yet.
_BLANK = re.compile(
    r"(?<![^\W_])ngày[\s.…_]*tháng[\s.…_]*\d{0,2}[\s.…_]*năm|ngày[\s.…_]+/"
    r"|(?<![^\W_])ngày[\s.…_]*\d{1,2}[\s.…_]*tháng[\s.…_]*năm(?!\s*năm)"
)
# Legal grounds, what a subject cites and a signing stamp name days that are not the paper's.
_OF_OTHERS = re.compile(
    r"[-+*•(\s]{0,4}(?:căn cứ|xét|theo|thực hiện|sau khi|kèm theo|ban hành kèm|sửa đổi|bổ sung"
    r"|thay thế|bãi bỏ|trên cơ sở|ký bởi|thời gian ký)(?![^\W_])"
)
_ACT_BEFORE = re.compile(
    r"(?<![^\W_])(?:bộ luật|luật|pháp lệnh|hiến pháp|nghị quyết|nghị định|thông tư|quyết định"
    r"|chỉ thị|kế hoạch|chương trình|tờ trình|báo cáo|công văn|thông báo) (?=[^\W\d_])[^,;.]*$"
)
# "ngày 5/3/2024 của ...", "ngày 5/3/2024, Thường trực ...": a letterhead ends at its day.
_GOES_ON = re.compile(r"\s{1,3}của |,\s?[^\W\d_]")
_PLACE_FIRST = re.compile(r"[^,;:\d]{2,40},\s{0,2}ngày")
_DAY_WRAPS = re.compile(r"ngày[\s\d]{0,6}(?:tháng(?:[\s\d]{0,6}(?:năm\s?)?)?)?$")
# Words that tie the day behind them to another act: "của Nghị quyết số 7 ngày ...".
_CITING = re.compile(r"(?:căn cứ|theo|thực hiện|sửa đổi|thay thế|bãi bỏ|kèm theo)\b[^.;]{0,120}$")
# Years of birth, of plans and of terms say nothing of the day of the event.
_NOT_OF_EVENT = re.compile(r"(?:sinh|đến|giai đoạn|nhiệm kỳ|từ|trước|sau|thành lập|kế hoạch)\s$")
_BESIDE_NUMBER = 40
_EVENT_REACH = 160
_FRESH_DAYS = 300


def read_date(text: str) -> date | None:
    """Return the day that the text is, written as Vietnamese readers or machines write it.

    >>> read_date("19/4/2024"), read_date("2024-04-19"), read_date("31/2/2024")
    (datetime.date(2024, 4, 19), datetime.date(2024, 4, 19), None)
    """
    return read_day(lower_letters(text))


def find_issue_date(layout: Layout) -> Finding[date] | None:
    """Return the day of an act or paper that its letterhead gives, however torn it stands there."""
    lines = _lines_with_own_day(layout)
    if any(map(_is_blank, lines)):
        return None
    for line in lines:
        if day := _own_day(line):
            return stated(day, line)
    head = " ".join(lines)
    if day := _own_day(head):
        return stated(day, head, 0.85)
    if misread := find_misread_day(lower_letters(head)):
        return stated(misread.day, head[misread.start : misread.end], 0.75)
    return None


def _lines_with_own_day(layout: Layout) -> list[str]:
    """Return the lines that may hold the paper's own day, one that wraps made whole again."""
    # Columns that ran together leave the day at the subject's front; elsewhere it is an event's.
    glued = [line for line in layout.subject[:1] if _PLACE_FIRST.match(lower_letters(line))]
    lines: list[str] = []
    for line in (*layout.head, *glued):
        if lines and _DAY_WRAPS.search(lower_letters(lines[-1])) and line[:1].isalnum():
            lines[-1] = f"{lines[-1]} {line}"
        elif not _OF_OTHERS.match(lower_letters(line)):
            lines.append(line)
    return lines


def _is_blank(line: str) -> bool:
    """Say whether a line leaves day or month open.

    >>> _is_blank("Phú Yên, ngày    tháng 7 năm 2023"), _is_blank("ngày 12 tháng năm năm 2023")
    (True, False)
    """
    return bool(_BLANK.search(lower_letters(line)))


def _own_day(line: str) -> date | None:
    """Return the first day of the line that belongs to no act that is named beside it."""
    lowered = lower_letters(line)
    for match in find_days(lowered):
        cited = _ACT_BEFORE.search(lowered, 0, match.start)
        if not (cited or _GOES_ON.match(lowered, match.end)) and _is_own(line, lowered, match):
            return match.day
    return None


def _is_own(text: str, lowered: str, match: DayMatch) -> bool:
    before = lowered[max(0, match.start - 160) : match.start]
    if _CITING.search(before) and "số" in before:
        return False
    start = max(0, match.start - _BESIDE_NUMBER)
    return not any(
        ", ngày" not in lowered[start + span.end - 1 : match.end]
        for span in find_numbers(text[start : match.start])
    )


def find_closing_date(text: str) -> Finding[date] | None:
    """Return the day of "... thông qua ngày ..." near the end of an act."""
    lowered = lower_letters(text).replace("\n", " ")
    tail = max(0, len(text) - _TAIL_CHARACTERS)
    # Cut nowhere: an annex of any length may follow, and the sentence lies where it lies.
    for closing in sorted(_CLOSING.finditer(lowered), key=lambda each: each.start() < tail):
        if _CITING.search(lowered[max(0, closing.start() - 160) : closing.start()]):
            continue
        reach = lowered[closing.end() : closing.end() + _CLOSING_REACH]
        if day := next(find_days(reach), None):
            return stated(day.day, text[closing.start() : closing.end() + day.end], 0.9)
    return None


def find_title_date(title: str) -> Finding[date] | None:
    """Return the day that follows the own number in a title: "Nghị quyết số 7/NQ-HĐND ngày ..."."""
    if not leading_number(title):
        return None
    numbers = find_numbers(title)
    rest = lower_letters(title[numbers[0].end :])
    day = next(find_days(rest), None)
    if day is None or rest[: day.start].strip(" ,(").removeprefix("ngày"):
        return None
    return stated(day.day, title)


def find_event_date(story: Story, text: str, published: date | None) -> Finding[date] | None:
    """Return the day of a reported event: stated in full, or with a year that we concluded."""
    for passage in story.sentences[:2]:
        opening = passage[:_EVENT_REACH]
        lowered = lower_letters(opening)
        short = DAY_WITHOUT_YEAR.search(lowered)
        full = next((day for day in find_days(lowered) if _is_own(opening, lowered, day)), None)
        if full and not (short and short.start() < full.start):
            return stated(full.day, opening[: full.end])
        if short:
            return _with_year(short, passage, story.headline, text, published)
    return None


def _with_year(
    short: re.Match[str], sentence: str, headline: str, text: str, published: date | None
) -> Finding[date] | None:
    """Return the day with the year of the nearest evidence; None when nothing decides."""
    for passage in (sentence, headline):
        if found := _day_in_year_of(short, _periods(passage)):
            return found
    found = _day_in_year_of(short, _around(text))
    if found and (published is None or _is_fresh(found.value, published)):
        return found
    if published is None:
        return None
    # News stand on the page the same day or soon after: never before the event.
    year = published.year - (
        (int(short["month"]), int(short["day"])) > (published.month, published.day)
    )
    day = make_day(year, short["month"], short["day"])
    return inferred(day, f"{short.group()}; {published.isoformat()}") if day else None


def _is_fresh(day: date, published: date) -> bool:
    """Say whether news of that day could stand on a page of the other one."""
    return 0 <= (published - day).days < _FRESH_DAYS


def _day_in_year_of(
    short: re.Match[str], periods: Iterable[tuple[int, str]]
) -> Finding[date] | None:
    for year, quote in periods:
        if day := make_day(year, short["month"], short["day"]):
            return inferred(day, quote)
    return None


def _periods(passage: str) -> list[tuple[int, str]]:
    """Return the years that a passage speaks of, periods such as "quý I/2024" first."""
    lowered = lower_letters(passage)
    found = []
    for match in YEAR_OF_PERIOD.finditer(lowered):
        year = match["year"] or match["year2"]
        if _NOT_OF_EVENT.search(lowered[: match.start()]):
            continue
        rank = 0 if match["year"] else 1
        found.append((rank, int(year), passage[match.start() : match.end()]))
    found += [
        (1, day.day.year, passage[day.start : day.end])
        for day in find_days(lowered)
        if _is_own(passage, lowered, day)
    ]
    return [(year, quote) for _, year, quote in sorted(found, key=lambda each: each[0])]


def _around(text: str) -> list[tuple[int, str]]:
    """Return the year that the text speaks of most; none when two are spoken of alike."""
    counts: dict[int, list[str]] = {}
    for year, quote in _periods(text[:_TAIL_CHARACTERS]):
        counts.setdefault(year, []).append(quote)
    ranked = sorted(counts.items(), key=lambda each: -len(each[1]))
    if not ranked or (len(ranked) > 1 and len(ranked[0][1]) == len(ranked[1][1])):
        return []
    return [(ranked[0][0], ranked[0][1][0])]
