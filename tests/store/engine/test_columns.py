"""Facets are counted and filtered as by looking at each document."""

from __future__ import annotations

from collections import Counter
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.engine.columns import DATE, Columns, all_of, load_columns
from indexer.store.engine.protocol import Filters
from indexer.store.index_fields import FACET_COLUMNS

LEVELS = ("tỉnh", "xã", "")
DAYS = (0, *(date(*d).toordinal() for d in ((2024, 1, 31), (2024, 2, 1), (2023, 2, 9))))

Row = tuple[str, int]
rows = st.lists(st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(DAYS))), max_size=3)


def load(parts: list[list[Row]], dead: int = -1) -> Columns:
    """Load the columns of made-up shards; one document may be dead."""
    return load_columns([*map(make_shard, parts)], np.arange(sum(map(len, parts))) != dead)


def make_shard(part: list[Row]) -> Any:
    """Make a shard of which only the columns are known."""
    values = sorted({level for level, _day in part}, reverse=True)
    codes = np.array([values.index(level) for level, _day in part], np.uint16)
    return SimpleNamespace(
        days=np.array([day for _level, day in part], np.int32),
        facet=lambda _name: (values, codes),
        lengths=lambda _name: np.ones(len(part), np.uint32),
    )


def month(day: int) -> tuple[int, int]:
    """Return (year, month) of a day; (0, 0) for none."""
    when = date.fromordinal(day) if day else None
    return (when.year, when.month) if when else (0, 0)


@given(parts=rows, data=st.data())
def test_facets_count_the_documents_found(parts: list[list[Row]], data: st.DataObject) -> None:
    """Over all shards; values that nothing has are left out."""
    documents = [row for part in parts for row in part]
    columns = load(parts)
    found = sorted(data.draw(st.sets(st.integers(0, len(documents) - 1)))) if documents else []
    counts = columns.count(np.array(found, np.int32), ("level", DATE))
    assert counts["level"] == Counter(documents[n][0] for n in found)
    assert counts[DATE] == Counter(month(documents[n][1]) for n in found)


@given(parts=rows, levels=st.sets(st.sampled_from(LEVELS), min_size=1))
def test_filters_let_through_what_has_a_wanted_value(
    parts: list[list[Row]], levels: set[str]
) -> None:
    """A year stands for its months; facets are met together, and each can be left out."""
    documents = [row for part in parts for row in part]
    months = frozenset({(2024, 0), (2023, 2)})
    masks = load(parts).masks(Filters({"level": frozenset(levels)}, months))
    by_level = [level in levels for level, _day in documents]
    by_month = [month(day) in {(2024, 1), (2024, 2), (2023, 2)} for _level, day in documents]
    both = all_of(masks)
    assert both is not None
    assert both.tolist() == [a and b for a, b in zip(by_level, by_month, strict=True)]
    others = all_of(masks, but=DATE)
    assert others is not None
    assert others.tolist() == by_level
    assert all_of({}) is None


def test_thousands_of_values_are_counted_alike() -> None:
    """Only those met are named."""
    parts = [[(f"cơ quan {n}", 0) for n in range(5000)]]
    columns = load(parts)
    counts = columns.count(np.array([3, 4999], np.int32), FACET_COLUMNS)
    assert counts == {name: {"cơ quan 3": 1, "cơ quan 4999": 1} for name in FACET_COLUMNS}


def test_the_dead_do_not_age_the_others() -> None:
    """Years are counted from the newest living document; without a date they are endless."""
    columns = load([[("xã", DAYS[2]), ("xã", DAYS[1]), ("xã", 0)]], dead=0)
    assert columns.ages[1:].tolist() == [0.0, float("inf")]
    assert columns.alive.documents.tolist() == [1, 2]
    assert not columns.all_live
