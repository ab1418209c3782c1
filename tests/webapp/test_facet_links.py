"""Facet values as links, however many there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.search_records import FACETS, FacetValue, SearchRequest
from webapp.facet_links import FOLDED, UNFOLDED, facet_groups

if TYPE_CHECKING:
    from flask import Flask

MANY = tuple(FacetValue(f"HĐND xã {n}", f"HĐND xã {n}", 1000 - n) for n in range(1000))
NONE: dict[str, tuple[FacetValue, ...]] = dict.fromkeys(FACETS, ())


def test_thousands_of_values_do_not_weigh_a_page_down(app: Flask) -> None:
    """A page lists the commonest and says how many it leaves off; none is unaccounted for."""
    with app.test_request_context():
        [group] = facet_groups({**NONE, "issuer": MANY}, SearchRequest())
    assert [choice.label for choice in group.shown] == [value.label for value in MANY[:UNFOLDED]]
    assert len(group.folded) == FOLDED
    assert group.left_off == len(MANY) - UNFOLDED - FOLDED


def test_the_rarest_value_shows_when_chosen(app: Flask) -> None:
    """What the reader ticked is never left off."""
    chosen = replace(MANY[-1], selected=True)
    asked = SearchRequest(filters={"issuer": (chosen.value,)})
    with app.test_request_context():
        [group] = facet_groups({**NONE, "issuer": (*MANY[:-1], chosen)}, asked)
    assert [choice.label for choice in group.shown if choice.selected] == [chosen.label]


@pytest.mark.parametrize("months", [0, 3, 12])
def test_all_months_of_an_opened_year_show(app: Flask, months: int) -> None:
    """Years fold, but not the months that the reader opened one for."""
    years = tuple(FacetValue(str(year), f"Năm {year}", 5) for year in range(2026, 2000, -1))
    opened = tuple(FacetValue(f"2001-{n + 1:02}", f"Tháng {n + 1}", 1) for n in range(months))
    with app.test_request_context():
        [group] = facet_groups({**NONE, "date": (*years, *opened)}, SearchRequest())
    assert sum(choice.month for choice in group.shown) == months
    assert len(group.shown) == UNFOLDED + months
