"""Kernels in numpy that look at where words stand: side by side, and near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.store.engine.kernels.plain_runs import SHARD, intersect, places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Docs, Freqs, Places

# A place is document << 33 | position: one bit to spare, as a shifted position may fall below 0.
_POSITION_BITS = 33
_BLOCK = 64
"""Postings from one of the marks to the next."""
# In a run so many times longer than what is sought in it, each posting is looked up alone.
_LEAP = 12


class _Placed(NamedTuple):
    """The arrays of a shard that tell where terms stand."""

    docs: Docs
    freqs: Freqs
    positions: NDArray[np.uint32]
    marks: NDArray[np.uint32]


def find_phrase(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
) -> tuple[Docs, Freqs]:
    """Return the documents in which the runs' words stand side by side, and how often in each.

    Of each further word, only the places in documents that can still hold the phrase are read.
    """
    shard = _Placed(docs, freqs, positions, marks)
    found, beginnings = intersect(docs, starts, ends), None
    counts = np.empty(0, np.int64)
    for word in np.argsort(ends - starts).tolist():
        # One more than it is, so that a phrase's words before it keep the document's number.
        shift = len(starts) - word
        places = _read_places(shard, int(starts[word]), int(ends[word]), found, shift)
        beginnings = places if beginnings is None else _in_both(beginnings, places)
        found, counts = _count_owners(beginnings)
    return found, counts.astype(freqs.dtype)


def find_near(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
    distance: int,
) -> Docs:
    """Return the documents that have every run's word within `distance` syllables in a row.

    Any place of any word may begin such a stretch: it does when the next place of each word is
    less than `distance` away. The next document is far more than that away.
    """
    shard, found = _Placed(docs, freqs, positions, marks), intersect(docs, starts, ends)
    words = [
        _read_places(shard, start, end, found, 0)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    begin = np.concatenate([np.empty(0, np.int64), *words])
    for places in sorted(words, key=len):
        at = np.searchsorted(places, begin)
        # Past the last place comes none: the first one lies behind, which is never 0 or more.
        away = places[at % len(places)] - begin if len(places) else np.full(len(begin), -1)
        begin = begin[(away >= 0) & (away < distance)]
    return np.unique(begin >> _POSITION_BITS).astype(np.uint16)


def _read_places(shard: _Placed, start: int, end: int, found: Docs, shift: int) -> Places:
    """Return a run's places, moved on by a shift, in documents all of which it holds."""
    at = _locate(shard.docs, start, end, found)
    frequencies = shard.freqs[start:end]
    counts = frequencies.take(at).astype(np.int64)
    block = start - start % _BLOCK
    begin = int(shard.marks[start // _BLOCK]) + int(shard.freqs[block:start].sum(dtype=np.int64))
    stops = np.cumsum(frequencies, dtype=np.int64).take(at)
    # The places of the documents found follow each other in what is read.
    read = np.cumsum(counts)
    sought = np.repeat(stops - read + begin, counts)
    sought += np.arange(len(sought))
    places: Places = np.repeat((found.astype(np.int64) << _POSITION_BITS) + shift, counts)
    places += shard.positions.take(sought)
    return places


def _locate(docs: Docs, start: int, end: int, found: Docs) -> Places:
    """Return where in a run the documents found stand, all of which it holds."""
    if len(found) == end - start:
        return np.arange(len(found))
    if end - start > _LEAP * len(found):
        return np.searchsorted(docs[start:end], found)
    held = np.zeros(SHARD, bool)
    held[found.astype(np.intp)] = True
    return np.flatnonzero(held.take(places_of(docs, start, end)))


def _in_both(some: Places, others: Places) -> Places:
    together = np.concatenate((some, others))
    # Two rising stretches: a stable sort merges them.
    together.sort(kind="stable")
    shared: Places = together[:-1][together[1:] == together[:-1]]
    return shared


def _count_owners(places: Places) -> tuple[Docs, Places]:
    """Return the documents of rising places, and how many each has."""
    owners = places >> _POSITION_BITS
    edges = np.flatnonzero(owners[1:] != owners[:-1]) + 1
    firsts = np.concatenate(([0], edges)) if len(owners) else edges
    return owners.take(firsts).astype(np.uint16), np.diff(firsts, append=len(owners))
