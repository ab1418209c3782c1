"""Facets, chosen filters and orders as links: each value knows the address that toggles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.search_records import FACETS, SORTS
from webapp.links import results_url
from webapp.url_state import toggle, without_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indexer.search_records import FacetValue, SearchRequest, SearchResults

FACET_TITLES = {
    "category": "Chuyên mục",
    "date": "Ngày ban hành",
    "level": "Cấp hội đồng",
    "kind": "Loại văn bản",
    "issuer": "Cơ quan ban hành",
}
SORT_TITLES = {"relevance": "Liên quan nhất", "newest": "Mới nhất", "oldest": "Cũ nhất"}

# The first values show at once, the next ones unfold; a page lists no more than both, since a
# country has thousands of issuers. Chosen values always show.
UNFOLDED = 8
FOLDED = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet value and the address that a click on it leads to."""

    label: str
    count: int
    selected: bool
    url: str
    month: bool = False
    """Stands below its year."""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet of the results page: what shows at once, and what is folded away."""

    name: str
    title: str
    shown: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    left_off: int
    """Rarer values that only a narrower search brings up."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter; its address lets go of it and of nothing else."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort."""

    label: str
    url: str
    selected: bool


def facet_groups(
    facets: Mapping[str, tuple[FacetValue, ...]], asked: SearchRequest
) -> tuple[FacetGroup, ...]:
    """Return the facets that have values, in the order pages show them."""
    return tuple(_group(name, facets[name], asked) for name in FACETS if facets[name])


def chips(results: SearchResults) -> tuple[Chip, ...]:
    """Return one chip for each chosen value, named as its facet names it."""
    asked = results.request
    labels = {(name, value.value): value.label for name in FACETS for value in results.facets[name]}
    return tuple(
        Chip(
            facet=FACET_TITLES[name],
            label=labels.get((name, value), value),
            url=results_url(without_value(asked, name, value)),
        )
        for name in FACETS
        for value in asked.filters.get(name, ())
    )


def orders(asked: SearchRequest) -> tuple[Order, ...]:
    """Return the ways to sort, each with the address of its first page."""
    return tuple(
        Order(
            label=SORT_TITLES[sort],
            url=results_url(replace(asked, sort=sort, page=1)),
            selected=sort == asked.sort,
        )
        for sort in SORTS
    )


def _group(name: str, values: Iterable[FacetValue], asked: SearchRequest) -> FacetGroup:
    choices = [_choice(name, value, asked) for value in values]
    shown = [choice for rank, choice in enumerate(choices) if _shows(choice, rank)]
    rest = [choice for rank, choice in enumerate(choices) if not _shows(choice, rank)]
    return FacetGroup(
        name=name,
        title=FACET_TITLES[name],
        shown=tuple(shown),
        folded=tuple(rest[:FOLDED]),
        left_off=len(rest[FOLDED:]),
    )


def _shows(choice: Choice, rank: int) -> bool:
    # The months of an opened year are what the reader opened it for.
    return rank < UNFOLDED or choice.selected or choice.month


def _choice(name: str, value: FacetValue, asked: SearchRequest) -> Choice:
    return Choice(
        label=value.label,
        count=value.count,
        selected=value.selected,
        url=results_url(toggle(asked, name, value.value)),
        month=name == "date" and "-" in value.value,
    )
