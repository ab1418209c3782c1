"""Facets: what readers choose becomes filters, and counts become values to choose from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.errors import UnknownFacetError, UnknownFacetValueError
from indexer.language.analysis import normalise
from indexer.language.text import clean_text, fold
from indexer.reading.metadata.kinds import kind_labels
from indexer.records import LEVEL_LABELS, LEVELS, UNCATEGORISED, UNKNOWN_KIND
from indexer.search_records import FACETS, FacetValue
from indexer.store.engine.protocol import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from indexer.store.engine.protocol import EngineAnswer

UNKNOWN = "không rõ"
"""The value, in URLs too, of documents without a date or an issuer."""

# Values that are known though no document of the index may have them.
_LISTED: Mapping[str, Callable[[], Iterable[str]]] = {
    "category": lambda: (UNCATEGORISED,),
    "level": lambda: LEVELS,
    "kind": lambda: (*kind_labels(), UNKNOWN_KIND),
    "issuer": lambda: (UNKNOWN,),
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MONTHS = 12


def read_filters(
    chosen: Mapping[str, tuple[str, ...]], known: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the chosen values as the index spells them; labels and bare letters are understood.

    UnknownFacetError or UnknownFacetValueError names what no list and no document has.
    """
    read: dict[str, tuple[str, ...]] = {}
    for facet, values in chosen.items():
        if facet not in FACETS:
            raise UnknownFacetError(facet, FACETS)
        if values:
            read[facet] = tuple(
                dict.fromkeys(_read_value(facet, value, known.get(facet, ())) for value in values)
            )
    return read


def engine_filters(chosen: Mapping[str, tuple[str, ...]]) -> Filters:
    """Return values that `read_filters` gave as the engine wants them."""
    return Filters(
        values={
            facet: frozenset("" if facet == "issuer" and v == UNKNOWN else v for v in values)
            for facet, values in chosen.items()
            if facet != "date"
        },
        months=frozenset(_month(value) for value in chosen.get("date", ())),
    )


def facet_values(
    answer: EngineAnswer,
    chosen: Mapping[str, tuple[str, ...]],
    known_months: Iterable[str] = (),
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the values of every facet that readers can choose, chosen ones at zero too.

    `known_months` are those of all documents, YYYY-MM: where there is more than one year to choose
    from, none opens by itself.
    """
    values: dict[str, tuple[FacetValue, ...]] = {}
    known = {_month(value or UNKNOWN): 0 for value in known_months}
    for facet in FACETS:
        picked = chosen.get(facet, ())
        if facet == "date":
            values[facet] = tuple(_date_values({**known, **answer.months}, picked))
        else:
            values[facet] = tuple(_plain_values(facet, answer.facets.get(facet, {}), picked))
    return values


def _read_value(facet: str, value: str, known: Iterable[str]) -> str:
    if facet == "date":
        return _read_date(value)
    candidates = {spelled or UNKNOWN: None for spelled in known}
    candidates.update(dict.fromkeys(_LISTED[facet]()))
    if value in candidates:
        return value
    wanted = _loose(value)
    for candidate in candidates:
        if wanted and wanted in (_loose(candidate), _loose(_label(facet, candidate))):
            return candidate
    raise UnknownFacetValueError(facet, value)


def _read_date(value: str) -> str:
    if _loose(value) == _loose(UNKNOWN):
        return UNKNOWN
    match = _DATE.fullmatch(value)
    if not match or not match[1].isascii() or match[1] == "0000":
        raise UnknownFacetValueError("date", value)
    if not 0 < int(match[2] or 1) <= _MONTHS:
        raise UnknownFacetValueError("date", value)
    return value


def _month(value: str) -> tuple[int, int]:
    if value == UNKNOWN:
        return 0, 0
    year, _, month = value.partition("-")
    return int(year), int(month or 0)


def _loose(value: str) -> str:
    return fold(normalise(clean_text(value)))


def _label(facet: str, value: str) -> str:
    if facet == "level":
        return LEVEL_LABELS.get(value, value)
    if facet == "kind":
        return kind_labels().get(value, value)
    if facet == "issuer" and value == UNKNOWN:
        return "Không rõ cơ quan"
    return value


def _plain_values(
    facet: str, counts: Mapping[str, int], picked: tuple[str, ...]
) -> list[FacetValue]:
    named = {value or UNKNOWN: count for value, count in counts.items()}
    named.update({value: 0 for value in picked if value not in named})
    shown = [
        FacetValue(value, _label(facet, value), count, value in picked)
        for value, count in named.items()
        if count or value in picked
    ]
    if facet == "level":
        return sorted(shown, key=lambda v: list(LEVELS).index(v.value))  # type: ignore[arg-type]
    return sorted(shown, key=lambda v: (-v.count, v.label))


def _date_values(
    months: Mapping[tuple[int, int], int], picked: tuple[str, ...]
) -> list[FacetValue]:
    """Return years, newest first, each opened one followed by its months; undated ones last."""
    chosen = {_month(value) for value in picked}
    counts = dict.fromkeys(chosen, 0) | dict(months)
    totals: dict[int, int] = {}
    for (year, month), count in counts.items():
        totals[year] = totals.get(year, 0) + (count if month or not year else 0)
    opened = {year for year, _ in chosen} or ({max(totals)} if len(totals) == 1 else set())
    values = []
    for year in sorted(totals, reverse=True):
        picked_year = (year, 0) in chosen
        if not totals[year] and year not in opened:
            continue
        if not year:
            values.append(FacetValue(UNKNOWN, "Không rõ ngày", totals[0], picked_year))
            continue
        values.append(FacetValue(f"{year:04}", f"Năm {year}", totals[year], picked_year))
        if year in opened:
            values += _months_of(year, counts, chosen)
    return values


def _months_of(
    year: int, counts: Mapping[tuple[int, int], int], chosen: set[tuple[int, int]]
) -> list[FacetValue]:
    months = sorted((m for y, m in counts if y == year and m), reverse=True)
    return [
        FacetValue(
            f"{year:04}-{month:02}",
            f"Tháng {month}/{year}",
            counts[year, month],
            (year, month) in chosen,
        )
        for month in months
        if counts[year, month] or (year, month) in chosen
    ]
