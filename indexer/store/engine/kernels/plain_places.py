"""Kernels in numpy that look at where words stand: side by side, and near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine.kernels.plain_runs import SHARD, intersect, places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Docs, Freqs, Places

# A place is document << 33 | position: one bit to spare, as a shifted position may fall below 0.
_POSITION_BITS = 33
_BLOCK = 64
"""Postings from one of the marks to the next."""


def find_phrase(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
) -> tuple[Docs, Freqs]:
    """Return the documents in which the runs' words stand side by side, and how often in each."""
    words = _find_places(docs, freqs, positions, marks, starts, ends)
    shifted = sorted((places - i for i, places in enumerate(words)), key=len)
    found = shifted[0] if shifted else np.empty(0, np.int64)
    for places in shifted[1:]:
        together = np.concatenate((found, places))
        # Two rising stretches: a stable sort merges them.
        together.sort(kind="stable")
        found = together[:-1][together[1:] == together[:-1]]
    counts = np.bincount(found >> _POSITION_BITS, minlength=SHARD)
    held = np.flatnonzero(counts)
    return held.astype(np.uint16), counts[held].astype(freqs.dtype)


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
    words = _find_places(docs, freqs, positions, marks, starts, ends)
    begin = np.concatenate([np.empty(0, np.int64), *words])
    for places in sorted(words, key=len):
        at = np.searchsorted(places, begin)
        # Past the last place comes none: the first one lies behind, which is never 0 or more.
        away = places[at % len(places)] - begin if len(places) else np.full(len(begin), -1)
        begin = begin[(away >= 0) & (away < distance)]
    return np.unique(begin >> _POSITION_BITS).astype(np.uint16)


def _find_places(
    docs: Docs,
    freqs: Freqs,
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
    starts: Places,
    ends: Places,
) -> list[Places]:
    """Return each run's places in the documents that all of them hold."""
    held = np.zeros(SHARD, bool)
    held[intersect(docs, starts, ends).astype(np.intp)] = True
    words = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kept = held[places_of(docs, start, end)]
        counts = freqs[start:end].astype(np.intp)
        block = start - start % _BLOCK
        begin = int(marks[start // _BLOCK]) + int(freqs[block:start].sum(dtype=np.int64))
        here = positions[begin : begin + int(counts.sum())][np.repeat(kept, counts)]
        owners = docs[start:end][kept].astype(np.int64) << _POSITION_BITS
        # One more than it is, so that a phrase's words before it keep the document's number.
        words.append(np.repeat(owners + len(starts), counts[kept]) + here)
    return words
