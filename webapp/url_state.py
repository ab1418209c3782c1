"""Query string <-> SearchRequest: a page's address holds everything the reader chose.

Parameters: `q`, the facets' names (repeated: OR), `plain` (what is not to be understood as more
than words), `sort`, `page`, `page_size`. Defaults are left out of addresses; parameters we don't
know, such as those that trackers add, are ignored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from indexer.errors import BadPageError
from indexer.search_records import FACETS, SORTS, SearchRequest
from indexer.settings import PAGE_SIZE, PAGE_SIZES

if TYPE_CHECKING:
    from indexer.search_records import Sort

# A query of 64 words has no more than so many chips.
_MOST_DECLINED = 64
# Nine digits are past every window, and keep int() away from strings of a megabyte.
_COUNTING_NUMBER = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)


class BadParameterError(BadPageError):
    """Page, page size or order is not one we know; `parameter` names it."""

    def __init__(self, english: str, vietnamese: str, *, parameter: str) -> None:
        super().__init__(english, vietnamese)
        self.parameter = parameter


def parse(args: MultiDict[str, str]) -> SearchRequest:
    """Return what the query string asks for; BadParameterError names what is impossible.

    >>> parse(MultiDict([("q", "phí"), ("level", "xã"), ("level", "tỉnh"), ("utm", "x")]))
    ... # doctest: +NORMALIZE_WHITESPACE
    SearchRequest(q='phí', filters={'level': ('xã', 'tỉnh')}, sort='relevance', page=1,
    page_size=20, declined=())
    """
    return SearchRequest(
        q=args.get("q", ""),
        filters=_read_filters(args),
        sort=_read_sort(args),
        page=_read_number(args, "page", 1),
        page_size=_read_page_size(args),
        declined=tuple(dict.fromkeys(filter(None, args.getlist("plain"))))[:_MOST_DECLINED],
    )


def to_args(request: SearchRequest) -> MultiDict[str, str]:
    """Return the parameters that say this request: `parse(to_args(r)) == r`.

    >>> list(to_args(SearchRequest(q="phí", page=2)).items(multi=True))
    [('q', 'phí'), ('page', '2')]
    """
    args: MultiDict[str, str] = MultiDict()
    if request.q:
        args["q"] = request.q
    for facet in FACETS:
        if chosen := request.filters.get(facet):
            args.setlist(facet, list(chosen))
    if request.declined:
        args.setlist("plain", list(request.declined))
    if request.sort != SORTS[0]:
        args["sort"] = request.sort
    if request.page != 1:
        args["page"] = str(request.page)
    if request.page_size != PAGE_SIZE:
        args["page_size"] = str(request.page_size)
    return args


def with_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the first page of the same question, this facet value chosen too.

    A month takes the place of its year, and a year that of its months: together they would
    only mean the year.

    >>> request = SearchRequest(filters={"date": ("2024", "2023")})
    >>> with_value(request, "date", "2024-04").filters
    {'date': ('2023', '2024-04')}
    """
    chosen = tuple(
        held
        for held in request.filters.get(facet, ())
        if held != value and not (facet == "date" and _one_holds_the_other(held, value))
    )
    return _with_chosen(request, facet, (*chosen, value))


def without_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the first page of the same question, only this facet value let go."""
    chosen = tuple(held for held in request.filters.get(facet, ()) if held != value)
    return _with_chosen(request, facet, chosen)


def toggle(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the question that a click on this facet value asks."""
    if value in request.filters.get(facet, ()):
        return without_value(request, facet, value)
    return with_value(request, facet, value)


def without_understanding(request: SearchRequest, key: str) -> SearchRequest:
    """Return the first page of the same question, one thing no longer understood in its words."""
    declined = tuple(dict.fromkeys((*request.declined, key)))
    return replace(request, declined=declined, page=1)


def with_query(request: SearchRequest, q: str) -> SearchRequest:
    """Return the first page of another question under the same filters."""
    return replace(request, q=q, declined=(), page=1)


def without_filters(request: SearchRequest) -> SearchRequest:
    """Return the first page of the same question over all documents."""
    return replace(request, filters={}, page=1)


def _with_chosen(request: SearchRequest, facet: str, chosen: tuple[str, ...]) -> SearchRequest:
    filters = {**request.filters, facet: chosen}
    return replace(request, filters={name: held for name, held in filters.items() if held}, page=1)


def _one_holds_the_other(one: str, other: str) -> bool:
    return one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _read_filters(args: MultiDict[str, str]) -> dict[str, tuple[str, ...]]:
    chosen = {facet: tuple(dict.fromkeys(filter(None, args.getlist(facet)))) for facet in FACETS}
    return {facet: values for facet, values in chosen.items() if values}


def _read_sort(args: MultiDict[str, str]) -> Sort:
    sort = args.get("sort") or SORTS[0]
    for known_sort in SORTS:
        if sort == known_sort:
            return known_sort
    known = ", ".join(SORTS)
    raise BadParameterError(
        f"unknown sort {sort!r}; choose one of {known}",
        f"Không có cách sắp xếp “{sort}”. Các cách sắp xếp: {known}.",
        parameter="sort",
    )


def _read_page_size(args: MultiDict[str, str]) -> int:
    size = _read_number(args, "page_size", PAGE_SIZE)
    if size in PAGE_SIZES:
        return size
    known = ", ".join(map(str, PAGE_SIZES))
    raise BadParameterError(
        f"page_size={size} is not offered; choose one of {known}",
        f"Số văn bản mỗi trang (page_size) phải là một trong: {known}; không phải “{size}”.",
        parameter="page_size",
    )


def _read_number(args: MultiDict[str, str], name: str, default: int) -> int:
    written = args.get(name) or str(default)
    if _COUNTING_NUMBER.fullmatch(written):
        return int(written)
    raise BadParameterError(
        f"{name}={written!r} is not a number from 1 up",
        f"{name}=“{written}” không hợp lệ: phải là số nguyên từ 1 trở lên.",
        parameter=name,
    )
