"""The pager's numbers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.paging import page_numbers


@given(st.integers(1, 600), st.integers(2, 500))
def test_the_pager_reaches_both_ends_and_the_neighbours(page: int, pages: int) -> None:
    """First, last and this page's neighbours are offered, rising, a gap only over several pages."""
    numbers = page_numbers(page, pages)
    offered = [number for number in numbers if number]
    assert offered[0] == 1
    assert offered[-1] == pages
    assert offered == sorted(set(offered))
    assert {number for number in (page - 1, page, page + 1) if 1 <= number <= pages} <= set(offered)
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        assert gap or after - before > 2
    assert all(one or other for one, other in pairwise(numbers))


def test_a_single_page_needs_no_pager() -> None:
    """Nothing to turn, nothing to show."""
    assert page_numbers(1, 0) == page_numbers(1, 1) == []
