"""What scoring and facets need of every document, as arrays loaded once per generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.found import Found
from indexer.store.index_fields import FACET_COLUMNS, SCORED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.protocol import Filters
    from indexer.store.engine.shard import Shard

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]

DATE = "date"
"""The facet of months: (year, month); (0, 0) without a date."""
FacetValue = Any
"""A string; of DATE a pair of numbers."""
# Of so many values most are met by no answer; looking for those that are is quicker.
_MANY = 256
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class FacetColumn:
    """One facet: its values, and each document's as a number."""

    values: tuple[FacetValue, ...]
    codes: NDArray[np.int32]
    """Its row of `Columns.codes`."""
    row: int
    first: int
    """The code of its first value: those of all facets differ."""

    def allow(self, wanted: Collection[FacetValue]) -> Mask:
        """Return which documents have one of the wanted values."""
        allowed = np.zeros(self.first + len(self.values), bool)
        allowed[self.first :] = [value in wanted for value in self.values]
        mask: Mask = allowed[self.codes]
        return mask

    def name(self, counts: NDArray[np.int64]) -> dict[FacetValue, int]:
        """Return the counts of its values, by value, out of those of all codes; none of 0."""
        own, values = counts[self.first : self.first + len(self.values)], self.values
        if len(own) > _MANY:
            held = np.flatnonzero(own)
            return {values[at]: n for at, n in zip(held.tolist(), own[held].tolist(), strict=True)}
        numbers = own.tolist()
        return dict(zip(compress(values, numbers), filter(None, numbers), strict=True))


@dataclass(frozen=True)
class Columns:
    """Arrays over all documents of a generation, deleted ones included."""

    live: Mask
    days: NDArray[np.int32]
    """Proleptic ordinal; 0 without a date."""
    facets: Mapping[str, FacetColumn]
    """Keyed by FACET_COLUMNS and DATE."""
    codes: NDArray[np.int32]
    """[facets, documents]"""
    values: int
    """Values of all facets together: one more than the highest code."""
    lengths: Mapping[str, NDArray[np.float32]]
    """Syllables or terms per document, keyed by SCORED_FIELDS."""
    all_live: bool
    """No document was deleted."""
    _rows: dict[tuple[str, ...], NDArray[np.int64]] = field(default_factory=dict)
    """Rows of `codes` by the names of the facets: few of all combinations are ever asked for."""
    _bonuses: dict[Hashable, Scores] = field(default_factory=dict)
    """What does not depend on the question, by what it was asked with: always the same weights."""

    @property
    def size(self) -> int:
        """Documents, deleted ones included."""
        return len(self.live)

    @cached_property
    def alive(self) -> Found:
        """The documents that were not deleted."""
        return Found(self.size, documents=np.flatnonzero(self.live).astype(np.int32))

    @cached_property
    def every(self) -> Mask:
        """True for each document."""
        return np.ones(self.size, bool)

    @cached_property
    def ages(self) -> NDArray[np.float32]:
        """Years that each document is older than the newest; infinite without a date.

        A date that was misread lies in the future at times: it must not make all others old.
        """
        today = datetime.now(timezone.utc).toordinal()
        newest = min(int(self.days[self.live].max(initial=0)), today)
        years = np.maximum(newest - self.days, 0) / _DAYS_A_YEAR
        return np.where(self.days > 0, years, np.inf).astype(np.float32)

    def count(self, found: Numbers, names: Sequence[str]) -> dict[str, dict[FacetValue, int]]:
        """Return how many of the documents have each value of these facets, those of 0 left out."""
        counts = np.zeros(self.values, np.int64)
        rows = self._rows.get(tuple(names))
        if rows is None:
            rows = np.array([self.facets[name].row for name in names], np.int64)
            self._rows[tuple(names)] = rows
        kernels.count_codes(found, self.codes, rows, counts)
        return {name: self.facets[name].name(counts) for name in names}

    def recency(self, years: float) -> Scores:
        """Return 1 for the newest document, 1/2 for so many years older ones, 0 without a date."""
        known = self._bonuses.get(years)
        if known is None:
            known = self._bonuses[years] = 1 / (1 + self.ages / np.float32(years))
        return known

    def kind_shares(self, shares: Mapping[str, float]) -> Scores:
        """Return what each document's kind is worth, 0 where it is not among these."""
        key = tuple(shares.items())
        known = self._bonuses.get(key)
        if known is None:
            kinds = self.facets["kind"]
            worth = np.array([shares.get(kind, 0.0) for kind in kinds.values], np.float32)
            known = self._bonuses[key] = worth[kinds.codes - kinds.first]
        return known

    def masks(self, filters: Filters) -> dict[str, Mask]:
        """Return which documents each filter lets through, keyed by facet."""
        masks = {
            name: self.facets[name].allow(wanted)
            for name, wanted in filters.values.items()
            if wanted
        }
        if filters.months:
            chosen, months = filters.months, self.facets[DATE]
            wanted = {(y, m) for y, m in months.values if (y, m) in chosen or (y, 0) in chosen}
            masks[DATE] = months.allow(wanted)
        return masks


def all_of(masks: Mapping[str, Mask], *, but: str = "") -> Mask | None:
    """Return what every filter lets through, but for one facet's own; None for everything."""
    allowed: Mask | None = None
    for name, mask in masks.items():
        if name != but:
            allowed = mask if allowed is None else allowed & mask
    return allowed


def load_columns(shards: Sequence[Shard], live: Mask) -> Columns:
    """Put the columns of all shards together."""
    days = np.concatenate([np.empty(0, np.int32), *(shard.days for shard in shards)])
    read = {name: _join([shard.facet(name) for shard in shards]) for name in FACET_COLUMNS}
    read[DATE] = _months(days)
    codes = np.zeros((len(read), len(live)), np.int32)
    facets: dict[str, FacetColumn] = {}
    first = 0
    for row, (name, (values, numbers)) in enumerate(read.items()):
        codes[row] = numbers + first
        facets[name] = FacetColumn(tuple(values), codes[row], row, first)
        first += len(values)
    lengths = {
        name: np.concatenate(
            [np.empty(0, np.float32), *(shard.lengths(name) for shard in shards)]
        ).astype(np.float32)
        for name in SCORED_FIELDS
    }
    return Columns(live, days, facets, codes, first, lengths, bool(live.all()))


def _join(
    parts: Sequence[tuple[list[str], NDArray[np.uint16]]],
) -> tuple[list[FacetValue], Numbers]:
    """Return the values of all shards, each once, and each document's number into them."""
    places: dict[str, int] = {}
    codes = [np.empty(0, np.int32)]
    for values, numbers in parts:
        here = np.array([places.setdefault(value, len(places)) for value in values], np.int32)
        codes.append(here[numbers])
    return list(places), np.concatenate(codes)


def _months(days: NDArray[np.int32]) -> tuple[list[FacetValue], Numbers]:
    """Return the months of the documents, and each document's number into them."""
    known, numbers = np.unique(days, return_inverse=True)
    dates = [date.fromordinal(day) if day else None for day in known.tolist()]
    places: dict[FacetValue, int] = {}
    months = np.array(
        [places.setdefault((d.year, d.month) if d else (0, 0), len(places)) for d in dates],
        np.int32,
    )
    return list(places), months[numbers] if len(days) else np.empty(0, np.int32)
