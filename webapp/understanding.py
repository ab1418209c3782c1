"""What a query was taken to mean, as chips: each with the address that takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.links import results_url
from webapp.url_state import with_query, with_value, without_understanding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.query_records import Understood
    from indexer.search_records import Fragment, SearchRequest, SearchResults

KIND_TITLES = {
    "number": "Số hiệu",
    "relation": "Quan hệ",
    "issuer": "Cơ quan",
    "unit": "Địa bàn",
    "level": "Cấp",
    "kind": "Loại",
    "session": "Kỳ họp",
    "term": "Khóa",
    "period": "Thời gian",
    "expansion": "Tìm thêm",
    "accents": "Dấu",
}
EFFECT_NOTES = {
    "filters": "chỉ đếm văn bản này",
    "prefers": "xếp lên trước",
    "expands": "",
    "empty": "không có văn bản nào, nên đã bỏ qua",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One chip of "Hiểu là: …"."""

    title: str
    label: str
    note: str
    """What it does to the results; empty where it needs no word."""
    typed: str
    let_go: bool
    """Nothing has it: it did nothing, and there is nothing to take back."""
    url: str
    """Leads to the results in which these words are plain words."""
    only: str = ""
    """Leads to the results that have it and no others, where a facet can say so."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Another query: what it looks like, and its address."""

    fragments: tuple[Fragment, ...]
    url: str


def meanings(results: SearchResults) -> tuple[Meaning, ...]:
    """Return a chip for each thing understood."""
    return tuple(_meanings(results.understood, results.request))


def advice(results: SearchResults) -> Advice | None:
    """Return the query that the reader may have meant, if there is one."""
    suggestion = results.suggestion
    if suggestion is None:
        return None
    return Advice(suggestion.fragments, results_url(with_query(results.request, suggestion.query)))


def _meanings(understood: Iterable[Understood], asked: SearchRequest) -> Iterable[Meaning]:
    for each in understood:
        facet = each.facet if each.effect == "prefers" and each.value else None
        chosen = asked.filters.get(facet, ()) if facet else ()
        yield Meaning(
            title=KIND_TITLES[each.kind],
            label=each.label,
            note=EFFECT_NOTES[each.effect],
            typed=each.typed,
            let_go=each.effect == "empty",
            url=results_url(without_understanding(asked, each.key)),
            only=(
                results_url(with_value(asked, facet, each.value))
                if facet and each.value and each.value not in chosen
                else ""
            ),
        )
