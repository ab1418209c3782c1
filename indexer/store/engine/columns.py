"""What scoring and facets need of every document, as arrays loaded once per generation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.util.numeric import byte_to_length

from indexer.store.schema import FACET_COLUMNS, NAME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer.store.engine.protocol import Filters

SCORED_FIELDS = (
    *("text", "text_folded", "bigrams", "compounds", "title", "title_folded", "keys"),
    *(f"{name}_words" for name in NAME_FIELDS),
)

_DAYS_A_YEAR = 365.25
_LENGTHS = np.array([byte_to_length(n) for n in range(256)], np.float32)


@dataclass(frozen=True)
class FacetColumn:
    """One facet: its values, and each document's as a number into them."""

    values: tuple[str, ...]
    codes: NDArray[np.intp]

    def count(self, chosen: NDArray[Any]) -> dict[str, int]:
        """Return how many of the chosen documents have each value: a mask, or their numbers."""
        counts = np.bincount(self.codes[chosen], minlength=len(self.values))
        return dict(zip(self.values, counts.tolist(), strict=True))

    def allow(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Return which documents have one of the wanted values."""
        allowed: NDArray[np.bool_] = np.array([v in wanted for v in self.values], bool)
        return allowed[self.codes]


@dataclass(frozen=True)
class Columns:
    """Arrays over all documents of a generation, deleted ones included."""

    live: NDArray[np.bool_]
    days: NDArray[np.int32]
    """Proleptic ordinal; 0 without a date."""
    facets: Mapping[str, FacetColumn]
    lengths: Mapping[str, NDArray[np.float32]]
    """Syllables or terms per document, keyed by SCORED_FIELDS."""
    months: FacetColumn
    """YYYY-MM; "" without a date."""

    @property
    def size(self) -> int:
        """Documents, deleted ones included."""
        return len(self.live)

    @cached_property
    def ages(self) -> NDArray[np.float32]:
        """Years that each document is older than the newest; infinite without a date.

        A date that was misread lies in the future at times: it must not make all others old.
        """
        today = datetime.now(timezone.utc).toordinal()
        newest = min(int(self.days[self.live].max(initial=0)), today)
        years = np.maximum(newest - self.days, 0) / _DAYS_A_YEAR
        return np.where(self.days > 0, years, np.inf).astype(np.float32)

    def all_of(self, masks: Mapping[str, NDArray[np.bool_]], *, but: str = "") -> NDArray[np.bool_]:
        """Return the living documents that every filter lets through, but for one facet's own."""
        allowed = self.live
        for name, mask in masks.items():
            if name != but:
                allowed = allowed & mask
        return allowed

    def allowed(self, filters: Filters) -> dict[str, NDArray[np.bool_]]:
        """Return which documents each filter lets through, keyed by facet; `date` for months."""
        masks = {
            name: self.facets[name].allow(wanted)
            for name, wanted in filters.values.items()
            if wanted
        }
        if filters.months:
            wanted = {
                value for value in self.months.values if _month_allowed(value, filters.months)
            }
            masks["date"] = self.months.allow(frozenset(wanted))
        return masks


def month_of(value: str) -> tuple[int, int]:
    """Return (year, month) of a month value; (0, 0) for the one of undated documents.

    >>> month_of("2024-04"), month_of("")
    ((2024, 4), (0, 0))
    """
    return (int(value[:4]), int(value[5:])) if value else (0, 0)


def _month_allowed(value: str, months: frozenset[tuple[int, int]]) -> bool:
    year, month = month_of(value)
    return (year, month) in months or (year, 0) in months


def load_columns(leaves: list[tuple[Any, int]]) -> Columns:
    """Read the columns of all segments: [(segment reader, first document)]."""
    sizes = [reader.doc_count_all() for reader, _base in leaves]
    live = np.ones(sum(sizes), bool)
    for reader, base in leaves:
        for number in reader.segment().deleted_docs():
            live[base + number] = False
    days = np.array(_values(leaves, "day"), np.int32) if leaves else np.empty(0, np.int32)
    return Columns(
        live=live,
        days=days,
        facets={name: _encode(_values(leaves, name)) for name in FACET_COLUMNS},
        lengths={name: _read_lengths(leaves, name) for name in SCORED_FIELDS},
        months=_encode([date.fromordinal(day).isoformat()[:7] if day else "" for day in days]),
    )


def _encode(values: list[str]) -> FacetColumn:
    places: dict[str, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    return FacetColumn(tuple(places), np.array(codes, np.intp))


def _values(leaves: list[tuple[Any, int]], field: str) -> list[Any]:
    return [value for reader, _base in leaves for value in reader.column_reader(field)]


def _read_lengths(leaves: list[tuple[Any, int]], field: str) -> NDArray[np.float32]:
    parts = [np.empty(0, np.float32)]
    for reader, _base in leaves:
        lengths = reader._perdoc._cached_reader(f"_{field}_len", LENGTHS_COLUMN)  # noqa: SLF001
        count = reader.doc_count_all()
        parts.append(
            np.zeros(count, np.float32)
            if lengths is None
            else _LENGTHS[np.fromiter(lengths, np.uint8, count)]
        )
    return np.concatenate(parts)
