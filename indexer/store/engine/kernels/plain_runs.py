"""Kernels in numpy over runs of postings, and over what was found in them.

A kernel works on one run, the postings of one term in one shard: places `start` to `end` of `docs`
(numbers inside the shard, rising) and of `freqs`. `base` is the number of the shard's first
document in the generation. `wanted` and `found` are rising numbers in the generation. Scores are
float32. No kernel loops over postings in Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.uint16]
    Freqs = NDArray[Any]
    """uint16, or uint32 where a shard holds a frequency that needs it."""
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int32]
    Places = NDArray[np.int64]
    Scores = NDArray[np.float32]

SHARD = 1 << 16
"""Documents that a shard holds at most: their numbers take two bytes."""
# Looking a posting up costs about as much as marking so many of them.
_LOOKUP_COST = 12
# Groups of values, so many to each that is wanted, of which only the largest are looked at.
_GROUPS = 16


def lower_bound(blob: NDArray[np.uint8], starts: NDArray[np.uint32], term: bytes) -> int:
    """Return the place of the first of the packed, ordered terms that is not below `term`.

    >>> blob, starts = np.frombuffer(b"acd", np.uint8), np.array([0, 1, 2, 3], np.uint32)
    >>> [lower_bound(blob, starts, term) for term in (b"b", b"c", b"e")]
    [1, 1, 3]
    """
    terms, edges = blob.data, starts.data
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) >> 1
        if terms[edges[middle] : edges[middle + 1]].tobytes() < term:
            low = middle + 1
        else:
            high = middle
    return low


def find_term(
    blob: NDArray[np.uint8], starts: NDArray[np.uint32], first: NDArray[np.uint32], term: bytes
) -> tuple[int, int]:
    """Return where the postings of a term begin and end; (0, 0) where there is no such term."""
    at = lower_bound(blob, starts, term)
    if at == len(starts) - 1 or blob[starts[at] : starts[at + 1]].tobytes() != term:
        return 0, 0
    return int(first[at]), int(first[at + 1])


def mark(docs: Docs, start: int, end: int, base: int, mask: Mask) -> None:
    """Set the mask for the run's documents."""
    mask[base:][places_of(docs, start, end)] = True


def hold(
    docs: Docs,
    start: int,
    end: int,
    base: int,
    weight: float,
    counts: NDArray[np.uint16],
    weights: Scores,
) -> None:
    """Add 1 to the counts and the weight to the weights of the run's documents."""
    at = places_of(docs, start, end)
    counts[base:][at] += np.uint16(1)
    weights[base:][at] += np.float32(weight)


def hold_marked(mask: Mask, weight: float, counts: NDArray[np.uint16], weights: Scores) -> None:
    """Do so for all that the mask allows."""
    counts += mask
    weights += np.float32(weight) * mask


def add_scores(
    docs: Docs,
    freqs: Freqs,
    start: int,
    end: int,
    base: int,
    factor: float,
    norms: Scores,
    scores: Scores,
) -> None:
    """Add factor * frequency / (frequency + norm) to the scores of the run's documents."""
    at = places_of(docs, start, end)
    scores[base:][at] += _saturate(freqs[start:end].astype(np.float32), factor, norms[base:][at])


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
    """Do so for wanted[first:last] only, which lie in this shard; scores stand beside `wanted`."""
    sought = wanted[first:last] - base
    if len(sought) == end - start and np.array_equal(docs[start:end], sought):
        # Just the run's documents: nothing need be looked up.
        frequencies = freqs[start:end].astype(np.float32)
        scores[first:last] += _saturate(frequencies, factor, norms.take(wanted[first:last]))
        return
    at, frequencies = _find_held(docs, freqs, start, end, sought)
    if len(at) == len(sought):
        scores[first:last] += _saturate(frequencies, factor, norms.take(wanted[first:last]))
        return
    at += first
    scores[at] += _saturate(frequencies, factor, norms.take(wanted.take(at)))


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
    """Put each of wanted[first:last]'s frequency into `out`, left alone where the run has none."""
    at, frequencies = _find_held(docs, freqs, start, end, wanted[first:last] - base)
    out[at + first] = frequencies


def expand(docs: Docs, start: int, end: int, base: int) -> Numbers:
    """Return the run's documents by their numbers in the generation."""
    numbers: Numbers = docs[start:end].astype(np.int32)
    numbers += np.int32(base)
    return numbers


def intersect_runs(docs: Docs, starts: Places, ends: Places, base: int) -> Numbers:
    """Return the documents that stand in every run, by their numbers in the generation."""
    return expand(found := intersect(docs, starts, ends), 0, len(found), base)


def take_scores(scores: Scores, found: Numbers) -> Scores:
    """Return the scores of those found."""
    taken: Scores = scores.take(found)
    return taken


def keep_marked(found: Numbers, mask: Mask) -> Numbers:
    """Return those found that the mask allows."""
    kept: Numbers = found[mask.take(found)]
    return kept


def find_marked(mask: Mask) -> Numbers:
    """Return all that the mask allows."""
    return np.flatnonzero(mask).astype(np.int32)


def pool_runs(docs: Docs, freqs: Freqs, starts: Places, ends: Places, n: int) -> tuple[Docs, Freqs]:
    """Return the documents of any run, of a shard of n, with their highest frequency in one."""
    lengths = ends - starts
    at = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    highest = np.zeros(n, freqs.dtype)
    np.maximum.at(highest, docs[at].astype(np.intp), freqs[at])
    held = np.flatnonzero(highest)
    return held.astype(np.uint16), highest[held]


def count_codes(
    found: Numbers, codes: NDArray[np.int32], rows: Places, counts: NDArray[np.int64]
) -> None:
    """Add up how many of those found have each code, in the given rows of the codes."""
    at = found.astype(np.intp)
    for row in rows.tolist():
        counts += np.bincount(codes[row].take(at), minlength=len(counts))


def best_first(scores: Scores, days: NDArray[np.int32], found: Numbers, wanted: int) -> Places:
    """Return the places of the best documents found, so many as wanted, the best one first.

    By their scores, then the newest, then in the order in which they were indexed; `days` are those
    of all documents.
    """
    near = _select_top(scores, wanted) if wanted > 0 else np.empty(0, np.int64)
    order = np.lexsort((near, -days[found[near]], -scores[near]))[:wanted]
    return near[order]


def _select_top(values: Scores, wanted: int) -> Places:
    """Return the rising places of the largest values, so many as wanted and all equal to the last.

    >>> _select_top(np.array([3, 1, 2, 2], np.float32), 2).tolist()
    [0, 2, 3]
    """
    if wanted >= len(values):
        return np.arange(len(values))
    groups = _GROUPS * wanted
    if (rows := len(values) // groups) < _GROUPS:
        return np.flatnonzero(values >= _last_of_largest(values, wanted))
    # No value below the last of the best groups' best ones can be among the largest.
    best = values[: rows * groups].reshape(rows, groups).max(0)
    hopeful = np.flatnonzero(values >= _last_of_largest(best, wanted))
    return hopeful[values[hopeful] >= _last_of_largest(values[hopeful], wanted)]


def intersect(docs: Docs, starts: Places, ends: Places) -> Docs:
    """Return the documents that stand in every run, by their numbers in the shard."""
    runs = sorted((docs[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)), key=len)
    found = runs[0] if runs else docs[:0]
    for run in runs[1:]:
        found = found[_hold(run, found)]
    return found


def _hold(run: Docs, sought: Docs) -> Mask:
    """Return which of the sought documents a longer run holds."""
    if len(run) > _LOOKUP_COST * len(sought):
        at = np.searchsorted(run, sought)
        found: Mask = run.take(at, mode="clip") == sought
        return found
    held = np.zeros(SHARD, bool)
    held[run.astype(np.intp)] = True
    return held[sought.astype(np.intp)]


def _find_held(
    docs: Docs, freqs: Freqs, start: int, end: int, sought: Numbers
) -> tuple[Places, Scores]:
    """Return the places of those sought that the run holds, and the frequency of each."""
    run = docs[start:end]
    if len(run) > _LOOKUP_COST * len(sought):
        small = sought.astype(np.uint16)
        at = run.searchsorted(small)
        held = np.flatnonzero(run.take(at, mode="clip") == small)
        return held, freqs[start:end].take(at.take(held)).astype(np.float32)
    # Of the frequencies' own type: they are written without being turned into another one by one.
    by_document = np.zeros(SHARD, freqs.dtype)
    by_document[run.astype(np.intp)] = freqs[start:end]
    frequencies = by_document.take(sought)
    if frequencies.all():
        # As in every query that asks for all of its words.
        return np.arange(len(sought)), frequencies.astype(np.float32)
    held = np.flatnonzero(frequencies)
    return held, frequencies.take(held).astype(np.float32)


def places_of(docs: Docs, start: int, end: int) -> NDArray[np.intp]:
    """Return the run's documents as what numpy would turn them into, only more slowly."""
    return docs[start:end].astype(np.intp)


def _saturate(frequencies: Scores, factor: float, norms: Scores) -> Scores:
    norms += frequencies
    frequencies *= np.float32(factor)
    frequencies /= norms
    return frequencies


def _last_of_largest(values: Scores, wanted: int) -> np.float32:
    last: np.float32 = np.partition(values, len(values) - wanted)[len(values) - wanted]
    return last
