"""Kernels over documents found, in every form, against plain loops."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

SEEDS = st.integers(0, 2**32 - 1)


@given(size=st.integers(0, 300), share=st.sampled_from([0.0, 0.02, 0.5, 1.0]), seed=SEEDS)
def test_what_a_mask_allows_is_kept(kernels: Any, size: int, share: float, seed: int) -> None:
    """Numbers rise; a mask that allows nothing leaves nothing."""
    rng = np.random.default_rng(seed)
    mask, found = rng.random(size) < share, np.flatnonzero(rng.random(size) < 0.5).astype(np.int32)
    allowed = kernels.find_marked(mask)
    assert (allowed.dtype, allowed.tolist()) == (np.int32, [i for i in range(size) if mask[i]])
    kept = kernels.keep_marked(found, mask)
    assert (kept.dtype, kept.tolist()) == (np.int32, [n for n in found.tolist() if mask[n]])


@given(
    found=st.integers(0, 60),
    rows=st.lists(st.integers(0, 3), unique=True),
    values=st.integers(1, 90),
)
def test_codes_are_counted_row_by_row(
    kernels: Any, found: int, rows: list[int], values: int
) -> None:
    """Only in the rows asked for; counts that stand there are added to."""
    rng = np.random.default_rng(found)
    codes = rng.integers(0, values, (4, 60)).astype(np.int32)
    numbers = np.sort(rng.permutation(60)[:found]).astype(np.int32)
    counts = np.ones(values, np.int64)
    kernels.count_codes(numbers, codes, np.array(rows, np.int64), counts)
    expected = [1] * values
    for row in rows:
        for number in numbers:
            expected[codes[row, number]] += 1
    assert counts.tolist() == expected


@given(size=st.integers(1, 300), seed=SEEDS)
def test_scores_are_taken_by_number(kernels: Any, size: int, seed: int) -> None:
    """One for each that was found."""
    rng = np.random.default_rng(seed)
    scores = rng.random(size).astype(np.float32)
    found = np.flatnonzero(rng.random(size) < 0.5).astype(np.int32)
    taken = kernels.take_scores(scores, found)
    assert (taken.dtype, taken.tolist()) == (np.float32, [scores[n] for n in found])


@pytest.mark.parametrize("size", [0, 1, 30, 700, 5_000])
@pytest.mark.parametrize("wanted", [-1, 0, 1, 10, 300, 9_000])
@pytest.mark.parametrize("different", [1, 3, 10**6])
def test_the_best_come_first(kernels: Any, size: int, wanted: int, different: int) -> None:
    """By score, then the newest, then as they were indexed: as plain sorting has it."""
    rng = np.random.default_rng(size)
    scores = rng.integers(-different // 2, different, size).astype(np.float32) / 7
    found = np.sort(rng.permutation(2 * size)[:size]).astype(np.int32)
    days = rng.integers(0, 9, 2 * size).astype(np.int32)
    key = [(-scores[place], -days[found[place]], place) for place in range(size)]
    expected = sorted(range(size), key=key.__getitem__)[: max(wanted, 0)]
    first = kernels.best_first(scores, days, found, wanted)
    assert (first.dtype, first.tolist()) == (np.int64, expected)


@pytest.mark.parametrize("wanted", [10, 100])
def test_the_best_come_first_however_they_lie(kernels: Any, wanted: int) -> None:
    """Where each is better than all before it, as where the oldest was indexed first."""
    scores = np.sort(np.random.default_rng(1).random(9_000)).astype(np.float32)
    places = np.arange(len(scores), dtype=np.int32)
    first = kernels.best_first(scores, places, places, wanted)
    assert first.tolist() == places[::-1][:wanted].tolist()
