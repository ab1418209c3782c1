"""Results and explanations as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.cli_output import SHOWN_VALUES, mark, plain, wrap
from indexer.progress import draw_duration
from indexer.search_records import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.query_records import Understood
    from indexer.search_records import (
        Explanation,
        FacetValue,
        Hit,
        ScorePart,
        SearchResults,
        Standing,
    )

_NOTES: Mapping[Standing, str] = {
    "literal": "found by the words alone",
    "partial": "partial match",
}
_EFFECTS = {
    "filters": "must have it",
    "prefers": "first",
    "expands": "also found",
    "empty": "nothing has it: let go",
}


def draw_results(results: SearchResults) -> str:
    """Return what was understood, the hits, and the facet values that would narrow them."""
    page, size = results.request.page, results.request.page_size
    count = f"{results.total:,} {'match' if results.total == 1 else 'matches'}"
    if results.literal_total:
        count += f", {results.literal_total:,} by the words alone"
    if results.partial_total:
        count += f", {results.partial_total:,} partial"
    place = f"page {page} of {results.pages} · " if results.pages else ""
    lines = [f"{count} · {place}{draw_duration(results.seconds)}", *_draw_advice(results)]
    for rank, hit in enumerate(results.hits, (page - 1) * size + 1):
        lines += ["", *_draw_hit(rank, hit)]
    lines += ["", *_draw_facets(results.facets)] if results.total else []
    return "\n".join(lines)


def _draw_advice(results: SearchResults) -> Iterator[str]:
    if results.understood:
        yield from wrap("understood: ", " · ".join(map(_draw_understood, results.understood)))
    if results.suggestion:
        yield from wrap("did you mean: ", mark(results.suggestion.fragments))
    for rescue in results.rescues:
        yield from wrap("  ", f"without {plain(rescue.dropped)}: {rescue.total:,}")


def _draw_understood(each: Understood) -> str:
    return f"{plain(each.label)} ({_EFFECTS[each.effect]}; --plain {plain(each.key)})"


def _draw_hit(rank: int, hit: Hit) -> Iterator[str]:
    day = hit.issued_on.isoformat() if hit.issued_on else ""
    if day and hit.date_known == "inferred":
        day += " (inferred)"
    notes = ["sample"] * hit.sample + ["OCR"] * hit.scanned
    notes += [_NOTES[hit.standing]] if hit.standing in _NOTES else []
    facts = [hit.number, hit.kind, hit.level, day, *notes, f"score {hit.score:.2f}"]
    yield from wrap(f"{rank:>3}. ", mark(hit.title))
    yield from wrap("     ", " · ".join(plain(fact) for fact in facts if fact))
    for passage in hit.passages:
        page = f"page {passage.page}" if passage.page else ""
        place = ", ".join(filter(None, [passage.citation, page]))
        where = f" [{plain(place)}]" if place else ""
        yield from wrap("     ", mark(passage.fragments) + where)
    yield f"     id: {plain(hit.id)}"


def draw_listing(hits: Iterable[Hit]) -> str:
    """Return documents one below the other, without passages."""
    lines = []
    for rank, hit in enumerate(hits, 1):
        day = hit.issued_on.isoformat() if hit.issued_on else ""
        facts = [hit.number, hit.kind, hit.issuer, day, f"score {hit.score:.2f}"]
        lines += wrap(f"{rank:>3}. ", mark(hit.title))
        lines += wrap("     ", " · ".join(plain(fact) for fact in facts if fact))
        lines.append(f"     id: {plain(hit.id)}")
    return "\n".join(lines) or "nothing like it"


def _draw_facets(facets: Mapping[str, tuple[FacetValue, ...]]) -> Iterator[str]:
    for name in FACETS:
        values = [value for value in facets.get(name, ()) if value.count or value.selected]
        shown = [_draw_facet_value(value) for value in values[:SHOWN_VALUES]]
        if len(values) > SHOWN_VALUES:
            shown.append(f"+{len(values) - SHOWN_VALUES} more")
        if shown:
            yield from wrap(f"{name:<9} ", " · ".join(shown))


def _draw_facet_value(value: FacetValue) -> str:
    chosen = "*" if value.selected else ""
    return f"{chosen}{plain(value.value)} {value.count:,}"


def draw_explanation(explanation: Explanation) -> str:
    """Return why a document stands where it stands, part by part."""
    held = f"{explanation.words_held} of {explanation.words_asked} words"
    if explanation.weight_needed:
        needed = f"{explanation.weight_needed:.0%}"
        held += f", {explanation.weight_held:.0%} of the weight ({needed} needed)"
    else:
        held += f" ({explanation.words_needed} needed)"
    facts = [
        f"{plain(explanation.id)}: {_STANDINGS[explanation.standing]}",
        held,
        f"score {explanation.score:.3f}",
    ]
    lines = [" · ".join(facts)]
    if explanation.understood:
        understood = " · ".join(map(_draw_understood, explanation.understood))
        lines += wrap("understood: ", understood)
    lines += _draw_parts(f"first stage {explanation.first_score:.3f}", explanation.parts)
    if explanation.reordering:
        lines += _draw_parts(f"re-ordering {explanation.score:.3f}", explanation.reordering)
    return "\n".join(lines)


_STANDINGS: Mapping[Standing, str] = {
    "full": "full match",
    "literal": "match of the words alone",
    "partial": "partial match",
    "none": "no match",
}


def _draw_parts(name: str, parts: Iterable[ScorePart]) -> list[str]:
    rows = [f"{part.score:>+10.3f}  {part.value:>10.4g}  {plain(part.name)}" for part in parts]
    return [name, f"{'adds':>10}  {'measured':>10}  what", *rows] if rows else []
