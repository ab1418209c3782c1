"""Query string <-> SearchRequest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.errors import BadPageError
from indexer.search_records import FACETS, SORTS, SearchRequest
from indexer.settings import PAGE_SIZES
from webapp.url_state import (
    BadParameterError,
    parse,
    to_args,
    toggle,
    with_query,
    with_value,
    without_filters,
    without_understanding,
    without_value,
)

VALUES = st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True).map(tuple)
REQUESTS = st.builds(
    SearchRequest,
    q=st.text(),
    filters=st.dictionaries(st.sampled_from(FACETS), VALUES),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 10**9 - 1),
    page_size=st.sampled_from(PAGE_SIZES),
    declined=st.lists(st.text(min_size=1), max_size=4, unique=True).map(tuple),
)


@given(REQUESTS)
def test_an_address_holds_the_whole_request(request_: SearchRequest) -> None:
    """Parsing the arguments of a request gives the request back."""
    assert parse(to_args(request_)) == request_


@given(REQUESTS, st.sampled_from(("category", "level", "kind", "issuer")), st.text(min_size=1))
def test_a_second_click_takes_the_first_one_back(
    request_: SearchRequest, facet: str, value: str
) -> None:
    """Ticking a value that was not chosen, then unticking it, leaves the filters as they were."""
    before = without_value(request_, facet, value)
    assert toggle(toggle(before, facet, value), facet, value) == before


def test_what_is_declined_is_declined_once() -> None:
    """A second click on the same chip changes nothing, and a new question declines nothing."""
    asked = SearchRequest("hđnd hà nội", page=3, declined=("a",))
    once = without_understanding(asked, "b")
    assert (once.declined, once.page) == (("a", "b"), 1)
    assert without_understanding(once, "b") == once
    assert with_query(once, "phí").declined == ()


def test_only_so_many_keys_are_read() -> None:
    """An address of ten thousand keys costs no more than one of 64."""
    args = MultiDict([("plain", f"unit:{n}") for n in range(10_000)])
    assert len(parse(args).declined) == 64


@given(REQUESTS, st.sampled_from(FACETS), st.text(min_size=1))
def test_every_new_choice_starts_at_the_first_page(
    request_: SearchRequest, facet: str, value: str
) -> None:
    """Page 7 of another question is no page of this one."""
    assert toggle(request_, facet, value).page == 1
    assert without_filters(request_).page == 1


def test_defaults_stay_out_of_the_address() -> None:
    """The plain question has a plain address."""
    assert not to_args(SearchRequest())
    assert list(to_args(SearchRequest(q="phí")).items(multi=True)) == [("q", "phí")]


def test_repeated_facet_parameters_are_several_values() -> None:
    """`level=xã&level=tỉnh` chooses both levels, each once."""
    args = MultiDict([("level", "xã"), ("level", "tỉnh"), ("level", "xã")])
    assert parse(args).filters == {"level": ("xã", "tỉnh")}


def test_unknown_and_empty_parameters_are_ignored() -> None:
    """Trackers and empty form fields ask for nothing."""
    args = MultiDict(
        [("fbclid", "x"), ("utm_source", "y"), ("page", ""), ("level", ""), ("sort", "")]
    )
    assert parse(args) == SearchRequest()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "abc"),
        ("page", "-1"),
        ("page", "1.5"),
        ("page", "٣"),
        ("page", " 2"),
        ("page", "1_0"),
        ("page", "9" * 5000),
        ("page_size", "7"),
        ("page_size", "0"),
        ("page_size", "x"),
        ("sort", "random"),
    ],
)
def test_an_impossible_parameter_is_named(name: str, value: str) -> None:
    """The error says which parameter is wrong, in both languages."""
    with pytest.raises(BadParameterError) as caught:
        parse(MultiDict([(name, value)]))
    assert isinstance(caught.value, BadPageError)
    assert caught.value.parameter == name
    assert name in str(caught.value)
    assert value in caught.value.vietnamese


def test_a_month_takes_the_place_of_its_year() -> None:
    """Year or month together would mean the whole year, so the click would do nothing."""
    year = SearchRequest(filters={"date": ("2024", "2023-05")})
    assert with_value(year, "date", "2024-04").filters["date"] == ("2023-05", "2024-04")


def test_a_year_takes_the_place_of_its_months() -> None:
    """A reader who ticks the year wants all of it."""
    months = SearchRequest(filters={"date": ("2024-04", "2024-05", "2023-05")})
    assert with_value(months, "date", "2024").filters["date"] == ("2023-05", "2024")


def test_only_dates_hold_one_another() -> None:
    """A category that begins like another one is still another one."""
    chosen = SearchRequest(filters={"category": ("Tin",)})
    assert with_value(chosen, "category", "Tin-ảnh").filters["category"] == ("Tin", "Tin-ảnh")


def test_letting_go_of_one_value_keeps_the_rest() -> None:
    """A chip removes just its own filter; an empty facet leaves the address."""
    asked = SearchRequest(q="phí", filters={"level": ("xã", "tỉnh"), "kind": ("tờ trình",)})
    assert without_value(asked, "level", "xã").filters == {
        "level": ("tỉnh",),
        "kind": ("tờ trình",),
    }
    assert without_value(asked, "kind", "tờ trình").filters == {"level": ("xã", "tỉnh")}
    assert without_filters(asked) == SearchRequest(q="phí")
