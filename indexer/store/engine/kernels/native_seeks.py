"""Native kernels that look documents up in runs: what holds all words, where, and side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import types

from indexer.store.engine.kernels.compiled import (
    DOCS,
    FLOAT,
    FREQS,
    INT,
    NUMBERS,
    RUNS,
    SCORES,
    kernel,
    part,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Docs, Freqs, Mask, Numbers, Places, Scores

_SHARD = 1 << 16
# A run so many times longer than what is sought in it is not walked but leapt through.
_LEAP = 16
_STEP = 32
# Runs with so many times the shortest one's postings, together, are counted.
_ALIKE = 16
# So many of them: one byte counts the others.
_COUNTED = 256


@part
def _advance(values: NDArray[Any], place: int, end: int, sought: int) -> int:
    """Return the first place from `place` on where a rising value is not below the sought one."""
    step = _STEP
    while place + step <= end and values[place + step - 1] < sought:
        place += step
        step <<= 1
    while step:
        if place + step <= end:
            # Multiplied rather than asked: a jump that nothing foretells costs far more.
            place += step * (values[place + step - 1] < sought)
        step >>= 1
    return place


@part
def _mark_places(run: Docs) -> NDArray[np.uint16]:
    """Return each document's place in the run.

    What nothing was written to points anywhere: the run itself says whether it is so.
    """
    by_document = np.empty(_SHARD, np.uint16)
    for place in range(len(run)):
        by_document[run[place]] = place
    return by_document


@part
def _find_held(
    docs: Docs, start: int, end: int, base: int, wanted: Numbers, first: int, last: int
) -> tuple[Places, Places]:
    """Return which of those wanted the run holds, and in which postings."""
    size = min(end - start, last - first) + 1
    held, postings = np.empty(size, np.int64), np.empty(size, np.int64)
    count = 0
    if end - start > _LEAP * (last - first):
        place = start
        for i in range(first, last):
            document = wanted[i] - base
            place = _advance(docs, place, end, document)
            if place < end and docs[place] == document:
                held[count], postings[count] = i, place
                count += 1
    elif last - first > _LEAP * (end - start):
        i = first
        for place in range(start, end):
            number = int(docs[place]) + base
            i = _advance(wanted, i, last, number)
            if i < last and wanted[i] == number:
                held[count], postings[count] = i, place
                count += 1
    else:
        run, sought = docs[start:end], wanted[first:last]
        by_document = _mark_places(run)
        most = np.uint16(max(len(run) - 1, 0))
        for i in range(len(sought)):
            document = np.uint16(sought[i] - base)
            place = min(by_document[document], most)
            held[count], postings[count] = first + i, start + place
            count += run[place] == document
    return held[:count], postings[:count]


@part
def _add_scores_marked(
    run: Docs,
    counts: Freqs,
    base: int,
    weight: np.float32,
    norms: Scores,
    sought: Numbers,
    scores: Scores,
) -> None:
    """Add the scores of those sought that the run holds; both are of about the same length."""
    by_document = _mark_places(run)
    most = np.uint16(max(len(run) - 1, 0))
    norms_here = norms[base:]
    for i in range(len(sought)):
        document = np.uint16(sought[i] - base)
        place = min(by_document[document], most)
        frequency = np.float32(counts[place])
        score = weight * frequency / (frequency + norms_here[document])
        # Counted whether it is held or not: a jump that nothing foretells costs far more.
        scores[i] += score * np.float32(run[place] == document)


@part
def _is_run(
    docs: Docs, start: int, end: int, base: int, wanted: Numbers, first: int, last: int
) -> bool:
    """Tell whether those wanted are just the documents of the run: nothing need be looked up."""
    if end - start != last - first:
        return False
    run, sought = docs[start:end], wanted[first:last]
    others = np.int32(0)
    for i in range(len(run)):
        others |= np.int32(run[i]) ^ (sought[i] - np.int32(base))
    return bool(others == 0)


@part
def _add_saturated(
    frequencies: Scores, weight: np.float32, norms: Scores, found: Numbers, scores: Scores
) -> None:
    """Add what each frequency is worth, in two passes: the second divides several at a time."""
    norms_here = np.empty(len(found), np.float32)
    for i in range(len(found)):
        norms_here[i] = norms[np.uint32(found[i])]
    for i in range(len(found)):
        scores[i] += weight * frequencies[i] / (frequencies[i] + norms_here[i])


@kernel(
    *(
        (DOCS, freqs, INT, INT, INT, FLOAT, SCORES, NUMBERS, INT, INT, types.float32[::1])
        for freqs in FREQS
    )
)
def add_scores_to(
    docs: Docs,
    freqs: Freqs,
    start: int,
    end: int,
    base: int,
    factor: float,
    norms: Scores,
    wanted: Numbers,
    first: int,
    last: int,
    scores: Scores,
) -> None:
    weight = np.float32(factor)
    if _is_run(docs, start, end, base, wanted, first, last):
        counts = freqs[start:end].astype(np.float32)
        _add_saturated(counts, weight, norms, wanted[first:last], scores[first:last])
        return
    if _LEAP * (end - start) >= last - first and _LEAP * (last - first) >= end - start:
        _add_scores_marked(
            docs[start:end],
            freqs[start:end],
            base,
            weight,
            norms,
            wanted[first:last],
            scores[first:last],
        )
        return
    held, postings = _find_held(docs, start, end, base, wanted, first, last)
    for i in range(len(held)):
        frequency = np.float32(freqs[postings[i]])
        norm = norms[wanted[held[i]]]
        scores[held[i]] += weight * frequency / (frequency + norm)


@kernel(*((DOCS, freqs, INT, INT, INT, NUMBERS, INT, INT, types.float32[::1]) for freqs in FREQS))
def frequencies_of(
    docs: Docs,
    freqs: Freqs,
    start: int,
    end: int,
    base: int,
    wanted: Numbers,
    first: int,
    last: int,
    out: Scores,
) -> None:
    held, postings = _find_held(docs, start, end, base, wanted, first, last)
    for i in range(len(held)):
        out[held[i]] = freqs[postings[i]]


@part
def _keep_held(docs: Docs, start: int, end: int, found: Docs, count: int, held: Mask) -> int:
    """Keep in place those of the first `count` found that the run holds; return how many."""
    kept = 0
    if end - start > _LEAP * count:
        place = start
        for i in range(count):
            document = found[i]
            place = _advance(docs, place, end, document)
            if place == end:
                break
            found[kept] = document
            kept += docs[place] == document
    else:
        held[:] = False
        for document in docs[start:end]:
            held[document] = True
        for document in found[:count]:
            found[kept] = document  # whether it stays or not, as above
            kept += held[document]
    return kept


@part
def _shortest_first(starts: Places, ends: Places) -> Places:
    order = np.empty(len(starts), np.int64)
    for run in range(len(starts)):
        place = run
        while place and ends[run] - starts[run] < ends[order[place - 1]] - starts[order[place - 1]]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = run
    return order


@part
def _count_runs(docs: Docs, starts: Places, ends: Places, shortest: int) -> Docs:
    """Intersect runs of about the same length: quicker counted for each document than met."""
    times = np.zeros(_SHARD, np.uint8)
    for run in range(len(starts)):
        if run != shortest:
            for document in docs[starts[run] : ends[run]]:
                times[document] += np.uint8(1)
    run_of_all = docs[starts[shortest] : ends[shortest]]
    found = np.empty(len(run_of_all) + 1, np.uint16)
    count = np.uint64(0)
    for document in run_of_all:
        found[count] = document  # whether it stays or not, as above
        count += np.uint64(times[document] == len(starts) - 1)
    kept: Docs = found[:count]
    return kept


@part
def _intersect(docs: Docs, starts: Places, ends: Places) -> Docs:
    if len(starts) == 0:
        return np.empty(0, np.uint16)
    order = _shortest_first(starts, ends)
    shortest = ends[order[0]] - starts[order[0]]
    if _ALIKE * shortest >= (ends - starts).sum() and len(starts) <= _COUNTED:
        return _count_runs(docs, starts, ends, order[0])
    found = docs[starts[order[0]] : ends[order[0]]].copy()
    held = np.empty(_SHARD, np.bool_)
    count = len(found)
    for run in order[1:]:
        count = _keep_held(docs, starts[run], ends[run], found, count, held)
    kept: Docs = found[:count]
    return kept


@kernel((DOCS, RUNS, RUNS, INT))
def intersect_runs(docs: Docs, starts: Places, ends: Places, base: int) -> Numbers:
    found = _intersect(docs, starts, ends)
    numbers = np.empty(len(found), np.int32)
    for i in range(len(found)):
        numbers[i] = np.int32(found[i]) + np.int32(base)
    return numbers
