"""Native kernels that look at where words stand: side by side, and near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import types

from indexer.store.engine.kernels.compiled import (
    DOCS,
    FREQS,
    INT,
    RUNS,
    WORDS,
    kernel,
    part,
    read_only,
)
from indexer.store.engine.kernels.native_seeks import intersect_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Docs, Freqs, Mask, Places

TABLE = read_only(types.int64, 2)
_SHARD = 1 << 16
# In a run so many times longer than what is sought in it, each posting is looked up alone.
_LEAP = 16
# Places below this are compared by a table; few documents have more syllables.
_TABLE = 1 << 13


@part
def _begin_of(freqs: Freqs, marks: NDArray[np.uint32], place: int) -> int:
    begin = int(marks[place >> 6])
    before = freqs[place & ~63 : place]
    for i in range(len(before)):
        begin += int(before[i])
    return begin


@part
def _locate(
    docs: Docs,
    freqs: Freqs,
    marks: NDArray[np.uint32],
    start: int,
    end: int,
    found: Docs,
    begins: Places,
    counts: Places,
) -> None:
    """Write where the run's places begin in each document found, all of which it holds."""
    if end - start > _LEAP * len(found):
        for i in range(len(found)):
            start += np.searchsorted(docs[start:end], found[i])
            begins[i] = _begin_of(freqs, marks, start)
            counts[i] = freqs[start]
        return
    held = np.zeros(_SHARD, np.bool_)
    for document in found:
        held[document] = True
    begin = _begin_of(freqs, marks, start)
    run, frequencies = docs[start:end], freqs[start:end]
    i = np.uint64(0)
    for place in range(len(run)):
        # Written whether it is found or not; what comes next is written over it.
        begins[i] = begin
        counts[i] = frequencies[place]
        begin += frequencies[place]
        i += np.uint64(held[run[place]])


@kernel(*((DOCS, freqs, WORDS, RUNS, RUNS, DOCS) for freqs in FREQS))
def _locate_places(
    docs: Docs,
    freqs: Freqs,
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
    found: Docs,
) -> tuple[Places, Places]:
    """Return where the runs' places in the documents found begin, and how many they are.

    Begins and counts are in rows, one for each run, with one number too many at the end.
    """
    begins = np.empty((len(starts), len(found) + 1), np.int64)
    counts = np.empty((len(starts), len(found) + 1), np.int64)
    for run in range(len(starts)):
        here = (starts[run], ends[run], found, begins[run], counts[run])
        _locate(docs, freqs, marks, *here)
    return begins, counts


@part
def _last_place(positions: NDArray[np.uint32], begins: Places, counts: Places, i: int) -> int:
    last = 0
    for word in range(len(begins)):
        last = max(last, int(positions[begins[word, i] + counts[word, i] - 1]))
    return last


@part
def _count_by_steps(
    positions: NDArray[np.uint32],
    begins: Places,
    counts: Places,
    i: int,
    order: Places,
    held: Places,
) -> int:
    """Count so in a document of any length, in room for the rarest word's places."""
    count = int(counts[order[0], i])
    for place in range(count):
        held[place] = np.int64(positions[begins[order[0], i] + place]) - order[0]
    for word in order[1:]:
        at, end = begins[word, i], begins[word, i] + counts[word, i]
        place = kept = 0
        while place < count and at < end:
            sought, position = held[place] + word, np.int64(positions[at])
            held[kept] = held[place]
            kept += sought == position
            place += sought <= position
            at += position <= sought
        count = kept
    return count


@kernel((WORDS, TABLE, TABLE, RUNS))
def _count_beside(
    positions: NDArray[np.uint32], begins: Places, counts: Places, order: Places
) -> Places:
    """Count where the words stand side by side: beginnings pass through the stages of a table.

    Each document has stages of its own, so that nothing need be cleared between two.
    """
    size = begins.shape[1] - 1
    table = np.zeros(_TABLE + len(order) + 1, np.uint32)
    most = 0
    for i in range(size):
        most = max(most, counts[order[0], i])
    room = np.empty(most, np.int64)
    found = np.empty(size, np.int64)
    for i in range(size):
        if _last_place(positions, begins, counts, i) >= _TABLE:
            found[i] = _count_by_steps(positions, begins, counts, i, order, room)
            continue
        hits = counts[order[0], i]
        for turn in range(len(order)):
            word = order[turn]
            shift, reached = np.uint32(len(order) - word), np.uint32(i * len(order) + turn)
            here = positions[begins[word, i] : begins[word, i] + counts[word, i]]
            if turn == 0:
                for at in range(len(here)):
                    table[here[at] + shift] = reached + np.uint32(1)
                continue
            hits = 0
            for at in range(len(here)):
                held = table[here[at] + shift] == reached
                hits += held
                table[here[at] + shift] += held
        found[i] = hits
    return found


def find_phrase(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
) -> tuple[Docs, Freqs]:
    found = intersect_runs(docs, starts, ends, 0).astype(docs.dtype)
    if not len(found):
        return found, freqs[:0]
    begins, counts = _locate_places(docs, freqs, marks, starts, ends, found)
    hits = _count_beside(positions, begins, counts, np.argsort(ends - starts))
    held = np.flatnonzero(hits)
    return found[held], hits[held].astype(freqs.dtype)


@part
def _stand_near(
    positions: NDArray[np.uint32], begins: Places, counts: Places, i: int, distance: int
) -> bool:
    """Tell whether one place of each word lies in a stretch; what was looked at is taken off."""
    while True:
        first = last = np.int64(positions[begins[0, i]])
        earliest = 0
        for word in range(1, len(begins)):
            position = np.int64(positions[begins[word, i]])
            last = max(last, position)
            earliest = word if position < first else earliest
            first = min(first, position)
        if last - first < distance:
            return True
        begins[earliest, i] += 1
        counts[earliest, i] -= 1
        if counts[earliest, i] == 0:
            return False


@kernel((WORDS, types.int64[:, ::1], types.int64[:, ::1], INT))
def _tell_near(
    positions: NDArray[np.uint32], begins: Places, counts: Places, distance: int
) -> Mask:
    near = np.empty(begins.shape[1] - 1, np.bool_)
    for i in range(len(near)):
        near[i] = _stand_near(positions, begins, counts, i, distance)
    return near


def find_near(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
    distance: int,
) -> Docs:
    found = intersect_runs(docs, starts, ends, 0).astype(docs.dtype)
    if not len(found):
        return found
    begins, counts = _locate_places(docs, freqs, marks, starts, ends, found)
    near: Docs = found[_tell_near(positions, begins, counts, distance)]
    return near
