"""Periods as only queries have them."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.answers.understanding.period_shorthand import (
    find_parts_of_years,
    find_short_periods,
    pair_up,
)
from indexer.answers.understanding.understand import understand
from indexer.language.text import clean_text, fold
from indexer.query_records import Period
from indexer.reading.metadata.period_keys import find_periods


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("q1/2023", "quarter:2023-1"),
        ("q.iv/2023", "quarter:2023-4"),
        ("q 2 2023", "quarter:2023-2"),
        ("quí ba năm 2023", "quarter:2023-3"),
        ("t7/2023", "month:2023-07"),
        ("th.11 2023", "month:2023-11"),
        ("11.2023", "month:2023-11"),
        ("tháng mười hai năm 2023", "month:2023-12"),
        ("tháng năm năm 2023", "month:2023-05"),
        ("18/6/23", "date:2023-06-18"),
        ("ngày 18 6 2023", "date:2023-06-18"),
        ("nhiệm kỳ 21-26", "years:2021-2026"),
        ("nhiệm kỳ 2021 2026", "years:2021-2026"),
        ("năm học 22-23", "school:2022-2023"),
        ("giai đoạn 2021-25", "years:2021-2025"),
        ("trung hạn 26-30", "years:2026-2030"),
    ],
)
def test_a_period_typed_short_has_the_key_of_the_full_one(typed: str, key: str) -> None:
    """With accents and without."""
    for form in (typed, fold(typed)):
        assert [span.keys for span in find_short_periods(form)] == [(key,)]


@pytest.mark.parametrize(
    "typed",
    [
        "t13/2023",
        "31/2/23",
        "quý năm năm 2023",
        "q1/1900",
        "năm học 22-27",
        "giai đoạn 30-26",
        "giai đoạn 10-15%",
        "26/24",
        "1.2023.4",
        "đạt 12,5 2023",
    ],
)
def test_what_the_calendar_has_not_is_no_period(typed: str) -> None:
    """No thirteenth month, no fifth quarter, no school year of five years."""
    assert find_short_periods(typed) == []


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("đầu năm 2023", date(2023, 1, 1), date(2023, 4, 30)),
        ("giua nam 2023", date(2023, 5, 1), date(2023, 8, 31)),
        ("cuối 2023", date(2023, 9, 1), date(2023, 12, 31)),
    ],
)
def test_a_year_has_a_beginning_a_middle_and_an_end(typed: str, first: date, last: date) -> None:
    """Four months each, for the sessions are held in summer and in winter."""
    [part] = find_parts_of_years(typed)
    assert part.days == Period(first, last)


def test_a_session_of_midyear_favours_that_part_of_the_year() -> None:
    """The chip says so, and the words are no condition any more."""
    reading = understand(clean_text("kỳ họp giữa năm 2023"))
    assert [each.label for each in reading.understood] == ["giữa năm 2023"]
    assert Period(date(2023, 5, 1), date(2023, 8, 31)) in [p.node for p in reading.preferences]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("từ 1/2/2023 đến 30/6/2023", date(2023, 2, 1), date(2023, 6, 30)),
        ("từ ngày 1/2/2023 đến hết ngày 30/6/2023", date(2023, 2, 1), date(2023, 6, 30)),
        ("tháng 1/2023 - tháng 3/2023", date(2023, 1, 1), date(2023, 3, 31)),
        ("quy 1 2023 den quy 2 2023", date(2023, 1, 1), date(2023, 6, 30)),
    ],
)
def test_from_one_day_to_another_is_one_period(typed: str, first: date, last: date) -> None:
    """One chip for both ends."""
    reading = understand(clean_text(typed))
    assert len(reading.understood) == 1
    assert reading.understood[0].label.startswith("từ ")
    assert Period(first, last) in [each.node for each in reading.preferences]


def test_two_days_apart_are_no_stretch() -> None:
    """Nor are days in the wrong order."""
    typed = "1/2/2023 và 3/2/2023, 5/2/2023 đến 1/1/2023"
    assert pair_up(find_periods(typed), typed) == []


@pytest.mark.parametrize("typed", ["hôm 18/6/2023", "vào ngày 18/6/2023", "trong tháng 6/2023"])
def test_words_that_only_lead_to_a_period_go_with_it(typed: str) -> None:
    """Nothing but the period was asked for."""
    reading = understand(clean_text(typed))
    assert not any(map(str.isalnum, reading.text))
    assert [each.effect for each in reading.understood] == ["filters"]
