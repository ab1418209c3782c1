"""The native kernel that puts documents in order: as few of them as are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import types

from indexer.store.engine.kernels.compiled import INT, NUMBERS, SCORES, kernel, part, read_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Numbers, Places, Scores

# So few are put in order at once.
_FEW = 512
# Groups of values, so many to each that is wanted, of which only the largest are looked at.
_GROUPS = 16
_GLANCE = 64
# So few wanted are taken as they come, as long as no more come than this for each of them.
_HANDFUL = 64
_TURNS = 64


@part
def _last_of_largest(values: Scores, wanted: int) -> np.float32:
    """Return the wanted-th largest value, its 32 bits found 11, 11 and 10 at a time."""
    bits = values.view(np.uint32)
    keys = np.empty(len(bits), np.uint32)
    for i in range(len(bits)):
        # So that they have the order of the numbers: below 0, a larger pattern is a smaller one.
        keys[i] = bits[i] ^ (np.uint32(0xFFFFFFFF) if bits[i] >> 31 else np.uint32(0x80000000))
    counts = np.empty(2048, np.int32)
    size = len(keys)
    for shift in (21, 10, 0):
        counts[:] = 0
        for key in keys[:size]:
            counts[(key >> shift) & 2047] += 1
        digit = 2047
        while counts[digit] < wanted:
            wanted -= counts[digit]
            digit -= 1
        kept = 0
        for key in keys[:size]:
            keys[kept] = key
            kept += ((key >> shift) & 2047) == digit
        size = kept
    keys[0] ^= np.uint32(0x80000000) if keys[0] >> 31 else np.uint32(0xFFFFFFFF)
    last: np.float32 = keys[:1].view(np.float32)[0]
    return last


@part
def _not_below(values: Scores, least: np.float32, room: int) -> Places:
    """Return the rising places of the values that are not below the least, with the last blank."""
    places = np.empty(room + 1, np.int64)
    count = 0
    for first in range(0, len(values), _GLANCE):
        here = values[first : first + _GLANCE]
        hits = np.int32(0)
        for i in range(len(here)):
            hits |= np.int32(here[i] >= least)
        if hits:
            for i in range(len(here)):
                places[count] = first + i
                count += here[i] >= least
    return places[:count]


@part
def _select(values: Scores, wanted: int) -> Places:
    """Return the places of the largest values, so many as wanted and all equal to the last."""
    if wanted >= len(values) or len(values) <= _FEW:
        return np.arange(len(values))
    groups = max(_GROUPS * wanted, 512)
    if len(values) < 4 * groups:
        return _not_below(values, _last_of_largest(values, wanted), len(values))
    # No value below the last of the best groups' best ones can be among the largest.
    best = values[:groups].copy()
    for first in range(groups, len(values) - groups + 1, groups):
        here = values[first : first + groups]
        for i in range(len(here)):
            best[i] = max(best[i], here[i])
    hopeful = _not_below(values, _last_of_largest(best, wanted), len(values))
    least = _last_of_largest(values[hopeful], wanted)
    return hopeful[values[hopeful] >= least]


@part
def _goes_before(
    one: int, other: int, scores: Scores, days: NDArray[np.int32], found: Numbers
) -> bool:
    if scores[one] != scores[other]:
        return bool(scores[one] > scores[other])
    day, other_day = days[np.uint32(found[one])], days[np.uint32(found[other])]
    # Documents rise with their places.
    return bool(day > other_day) or (bool(day == other_day) and one < other)


@part
def _sink(heap: Places, size: int, scores: Scores, days: NDArray[np.int32], found: Numbers) -> None:
    """Put the first of the heap where it belongs: what goes last stands on top."""
    at, place = 0, heap[0]
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and _goes_before(heap[below], heap[below + 1], scores, days, found):
            below += 1
        if _goes_before(heap[below], place, scores, days, found):
            break
        heap[at] = heap[below]
        at = below
    heap[at] = place


@part
def _rise(heap: Places, at: int, scores: Scores, days: NDArray[np.int32], found: Numbers) -> None:
    """Put the last of the heap where it belongs."""
    place = heap[at]
    while at:
        above = (at - 1) >> 1
        if _goes_before(place, heap[above], scores, days, found):
            break
        heap[at] = heap[above]
        at = above
    heap[at] = place


@part
def _fill(
    heap: Places, places: Places, scores: Scores, days: NDArray[np.int32], found: Numbers
) -> None:
    """Keep the best of these places, at least as many as the heap takes; the last one on top."""
    for at in range(len(places)):
        if at < len(heap):
            heap[at] = places[at]
            _rise(heap, at, scores, days, found)
        elif _goes_before(places[at], heap[0], scores, days, found):
            heap[0] = places[at]
            _sink(heap, len(heap), scores, days, found)


@part
def _fill_passing(heap: Places, scores: Scores, days: NDArray[np.int32], found: Numbers) -> bool:
    """Keep the best of all places in one pass; give up where too many are better than those before.

    In no order, the n-th of them is among the best w so far in w of n cases: few are.
    """
    _fill(heap, np.arange(len(heap)), scores, days, found)
    turns = _TURNS * len(heap)
    for first in range(len(heap), len(scores), _GLANCE):
        here, least = scores[first : first + _GLANCE], scores[heap[0]]
        hits = np.int32(0)
        for i in range(len(here)):
            hits |= np.int32(here[i] >= least)
        if not hits:
            continue
        for i in range(len(here)):
            if here[i] >= least and _goes_before(first + i, heap[0], scores, days, found):
                heap[0] = first + i
                _sink(heap, len(heap), scores, days, found)
                turns -= 1
        if turns < 0:
            return False
    return True


@kernel((SCORES, read_only(types.int32), NUMBERS, INT))
def best_first(scores: Scores, days: NDArray[np.int32], found: Numbers, wanted: int) -> Places:
    wanted = min(max(wanted, 0), len(scores))
    heap = np.empty(wanted, np.int64)
    if wanted == 0:
        return heap
    if wanted > _HANDFUL or not _fill_passing(heap, scores, days, found):
        _fill(heap, _select(scores, wanted), scores, days, found)
    for size in range(wanted - 1, 0, -1):
        last = heap[0]
        heap[0] = heap[size]
        _sink(heap, size, scores, days, found)
        heap[size] = last
    return heap
