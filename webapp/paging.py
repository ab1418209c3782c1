"""The pager: the pages around this one, the first and the last, and gaps between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from webapp.links import results_url

if TYPE_CHECKING:
    from indexer.search_records import SearchRequest, SearchResults

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; one without an address is a gap."""

    number: int
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where this page stands among all; addresses are empty where there is no such page."""

    links: tuple[PageLink, ...]
    previous: str
    following: str
    last: str


def pager(results: SearchResults) -> Pager:
    """Return the links of a results page; no links when one page holds everything."""
    asked, pages = results.request, results.pages
    return Pager(
        links=tuple(_link(number, asked) for number in page_numbers(asked.page, pages)),
        previous=_url(asked, min(asked.page - 1, pages)),
        following=_url(asked, asked.page + 1 if asked.page < pages else 0),
        last=_url(asked, pages),
    )


def page_numbers(page: int, pages: int) -> list[int]:
    """Return the page numbers to offer, 0 for a gap; none when there is but one page.

    >>> page_numbers(7, 20)
    [1, 0, 5, 6, 7, 8, 9, 0, 20]
    >>> page_numbers(2, 5), page_numbers(1, 1)
    ([1, 2, 3, 4, 5], [])
    """
    if pages <= 1:
        return []
    near = range(page - NEIGHBOURS, page + NEIGHBOURS + 1)
    wanted = sorted({1, pages, *(number for number in near if 1 <= number <= pages)})
    numbers = [1]
    for before, number in pairwise(wanted):
        if number - before == 2:  # noqa: PLR2004 - a gap of one page is shorter as its number
            numbers.append(before + 1)
        elif number - before > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


def _link(number: int, asked: SearchRequest) -> PageLink:
    return PageLink(number=number, url=_url(asked, number), current=number == asked.page)


def _url(asked: SearchRequest, page: int) -> str:
    return results_url(replace(asked, page=page)) if page > 0 else ""
