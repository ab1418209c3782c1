"""What `ngày:` can be asked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query.dates import read_period
from indexer.query_records import Period

_2024 = Period(date(2024, 1, 1), date(2024, 12, 31))
_FEBRUARY = Period(date(2024, 2, 1), date(2024, 2, 29))
_FIRST_QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31))
_DAY = Period(date(2024, 4, 19), date(2024, 4, 19))


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2024", _2024),
        ("năm 2024", _2024),
        ("2024,", _2024),
        ("2/2024", _FEBRUARY),
        ("02-2024", _FEBRUARY),
        ("2024-02", _FEBRUARY),
        ("tháng 2 năm 2024", _FEBRUARY),
        ("Tháng 2/2024", _FEBRUARY),
        ("quý I/2024", _FIRST_QUARTER),
        ("quy 1 nam 2024", _FIRST_QUARTER),
        ("19/4/2024", _DAY),
        ("19.04.2024", _DAY),
        ("2024-04-19", _DAY),
        ("ngày 19 tháng 4 năm 2024", _DAY),
    ],
)
def test_a_year_a_month_and_a_day_are_stretches_of_days(value: str, period: Period) -> None:
    """As Vietnamese readers or machines write them."""
    assert read_period(value) == (period, "")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("01/01/2024..31/03/2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2023..2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("2023-2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("1/2024 đến 3/2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("..2020", None, date(2020, 12, 31)),
        ("2020..", date(2020, 1, 1), None),
        (">=2024-05", date(2024, 5, 1), None),
        ("≥ 5/2024", date(2024, 5, 1), None),
        (">2024", date(2025, 1, 1), None),
        ("<=19/4/2024", None, date(2024, 4, 19)),
        ("≤2024", None, date(2024, 12, 31)),
        ("<2024", None, date(2023, 12, 31)),
    ],
)
def test_a_range_may_be_open_on_either_side(
    value: str, first: date | None, last: date | None
) -> None:
    """Both ends belong to it; > and < leave the stretch itself out."""
    assert read_period(value) == (Period(first, last), "")


@pytest.mark.parametrize(
    ("value", "offered"),
    [
        ("31/2/2024", "2/2024"),
        ("2024-02-31", "2024-02"),
        ("13/2024", "2024"),
        ("2024-13", "2024"),
        ("quý 5/2024", "2024"),
        ("2024..2020", "2020..2024"),
        ("2023..31/2/2024", "2023..2/2024"),
        ("2024..mai", ""),
        (">=31/2/2024", ">=2/2024"),
        (">=mai", ""),
        ("..", ""),
        ("hôm nay", ""),
        ("1890", ""),
        ("2020..2021..2022", "2020..2021"),
    ],
)
def test_what_is_no_date_offers_the_nearest_that_is(value: str, offered: str) -> None:
    """A day that no calendar has still names its month."""
    assert read_period(value) == (None, offered)
    if offered:
        assert read_period(offered).period


@given(st.text("0123456789/.-<>= …", max_size=24) | st.text(max_size=40))
def test_any_value_is_read_or_refused(value: str) -> None:
    """Nothing raises, and whatever is offered can be read."""
    reading = read_period(value)
    assert reading.period is None or not reading.offered
    if reading.offered:
        assert read_period(reading.offered).period
