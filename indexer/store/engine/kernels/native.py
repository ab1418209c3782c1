"""The kernels compiled to machine code by numba; what each gives is told where numpy does it."""

from __future__ import annotations

from indexer.store.engine.kernels.native_order import best_first
from indexer.store.engine.kernels.native_places import find_near, find_phrase
from indexer.store.engine.kernels.native_seeks import add_scores_to, frequencies_of, intersect_runs
from indexer.store.engine.kernels.native_walks import (
    add_scores,
    count_codes,
    expand,
    find_marked,
    find_term,
    hold,
    hold_marked,
    keep_marked,
    lower_bound,
    mark,
    pool_runs,
    take_scores,
)

__all__ = [
    "add_scores",
    "add_scores_to",
    "best_first",
    "count_codes",
    "expand",
    "find_marked",
    "find_near",
    "find_phrase",
    "find_term",
    "frequencies_of",
    "hold",
    "hold_marked",
    "intersect_runs",
    "keep_marked",
    "lower_bound",
    "mark",
    "pool_runs",
    "take_scores",
]
