"""The kernels in numpy: what runs where numba is missing, and what the compiled ones must equal."""

from __future__ import annotations

from indexer.store.engine.kernels.plain_places import find_near, find_phrase
from indexer.store.engine.kernels.plain_runs import (
    add_scores,
    add_scores_to,
    best_first,
    count_codes,
    expand,
    find_marked,
    find_term,
    frequencies_of,
    hold,
    hold_marked,
    intersect_runs,
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
