"""Chips tell what a query was taken to mean, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.query_records import Understood
from indexer.search_records import (
    FACETS,
    Fragment,
    SearchRequest,
    SearchResults,
    Suggestion,
)
from webapp.understanding import advice, meanings

if TYPE_CHECKING:
    from flask import Flask

MONTH = Understood(
    "period:2024-12", "period", "tháng 12/2024", "tháng 12/2024", "prefers", "date", "2024-12"
)
COUNCIL = Understood(
    "issuer:hdnd-ha-noi", "issuer", "HĐND thành phố Hà Nội", "hđnd hà nội", "filters"
)


def results(request: SearchRequest, *understood: Understood, suggested: str = "") -> SearchResults:
    """Return an empty answer in which this was understood."""
    return SearchResults(
        request=request,
        total=0,
        literal_total=0,
        partial_total=0,
        hits=(),
        facets=dict.fromkeys(FACETS, ()),
        pages=0,
        seconds=0.0,
        understood=understood,
        suggestion=Suggestion(suggested, (Fragment(suggested, marked=True),))
        if suggested
        else None,
    )


def test_a_chip_leads_to_the_words_as_plain_words(app: Flask) -> None:
    """Its key joins what was declined before; the page starts anew."""
    asked = SearchRequest("hđnd hà nội", page=3, declined=("a",))
    with app.test_request_context():
        [chip] = meanings(results(asked, COUNCIL))
    assert (chip.title, chip.label) == ("Cơ quan", "HĐND thành phố Hà Nội")
    assert chip.url.endswith("plain=a&plain=issuer:hdnd-ha-noi")
    assert "page" not in chip.url
    assert not chip.only


def test_a_preference_offers_to_become_a_filter(app: Flask) -> None:
    """Only a facet that the reader sets excludes; once it is set, there is nothing to offer."""
    with app.test_request_context():
        [chip] = meanings(results(SearchRequest("phí tháng 12/2024"), MONTH))
        [chosen] = meanings(results(SearchRequest("phí", {"date": ("2024-12",)}), MONTH))
    assert chip.only.endswith("date=2024-12")
    assert not chosen.only


def test_advice_asks_the_other_question_under_the_same_filters(app: Flask) -> None:
    """What was declined belonged to the words that were typed."""
    asked = SearchRequest("nghij quyeets", {"level": ("xã",)}, declined=("a",))
    with app.test_request_context():
        found = advice(results(asked, suggested="nghị quyết"))
        assert advice(results(asked)) is None
    assert found is not None
    assert "level=x%C3%A3" in found.url
    assert "plain" not in found.url
    assert found.fragments == (Fragment("nghị quyết", marked=True),)
