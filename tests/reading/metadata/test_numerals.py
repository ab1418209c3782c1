"""Numbers in Roman letters and in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.metadata.numerals import read_count, read_roman, write_roman


def test_counting_words_are_read() -> None:
    """Tens and the changed forms of one and five included."""
    words = ("mười một", "hai mươi lăm", "chín", "xyz")
    assert [read_count(each) for each in words] == [11, 25, 9, 0]


@given(st.integers(min_value=1, max_value=89))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    """Terms and chapters go no higher."""
    assert read_roman(write_roman(number).lower()) == number
