"""How near each other, and in which order, a query's words stand: in numpy.

What runs where numba is missing, and what `place_kernels` must equal. A place is
`candidate << 40 | position << 8 | word`; candidates and words count from 0.
"""

from __future__ import annotations

from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.engine.place_records import (
    NEAR,
    WIDTHS,
    ShardPlaces,
    Ways,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.uint16]
    Positions = NDArray[np.uint32]
    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Held = NDArray[np.bool_]

_OWNER = 40
_POSITION = 8
_WORD_BITS = (1 << _POSITION) - 1
_POSITION_BITS = (1 << _OWNER - _POSITION) - 1
_MARKED = 64


def measure_places(
    documents: Docs,
    frequencies: NDArray[Any],
    positions: Positions,
    marks: Positions,
    starts: Numbers,
    ends: Numbers,
    firsts: Numbers,
    words: Numbers,
    shifts: Numbers,
    numbers: Numbers,
    beginnings: Numbers,
    weights: Scores,
    counts: Scores,
    orders: Scores,
) -> None:
    """Fill counts and orders; see `place_records` for ShardPlaces, Ways, Candidates, Measured."""
    shard = ShardPlaces(documents, frequencies, positions, marks)
    ways = Ways(starts, ends, firsts, words, shifts)
    places = _Places(_find_places(shard, ways, numbers), weights, len(numbers))
    counts[:] = places.counts
    chains = places.chains
    columns = (
        *(chains.joined, chains.near, chains.triples, chains.longest, chains.pairs),
        places.held_before(beginnings),
        *(places.best_window(width) for width in WIDTHS),
    )
    for place, column in enumerate(columns):
        orders[:, place] = column


def share_held(held: Held, weights: NDArray[Any]) -> Scores:
    """Return how much of the weight each row holds; 0 where there is none to hold.

    >>> share_held(np.array([[True, False], [True, True]]), np.array([3.0, 1.0])).tolist()
    [0.75, 1.0]
    """
    total = float(weights.sum())
    shares: Scores = held.astype(np.float32) @ (weights / (total or 1.0)).astype(np.float32)
    return shares


class _Located(NamedTuple):
    """The postings of candidates in some runs."""

    runs: Numbers
    rows: Numbers
    """Which candidate each is of."""
    begins: Numbers
    """Where its places begin in the shard's positions, and how many they are."""
    counts: Numbers

    def only(self, chosen: Held) -> _Located:
        """Return some of them."""
        return _Located(*(column[chosen] for column in self))


def _find_places(shard: ShardPlaces, ways: Ways, numbers: Numbers) -> Numbers:
    """Return the places of all words in the candidates, in their order."""
    located = _locate(shard, ways, numbers)
    lengths = np.diff(ways.firsts)
    plain = (lengths == 1) & ~ways.shifts.any(1)
    words = np.repeat(ways.words, lengths)
    alone = located.only(np.repeat(plain, lengths)[located.runs])
    parts = [
        _gather(shard.positions, alone) << _POSITION | np.repeat(words[alone.runs], alone.counts)
    ]
    for way in np.flatnonzero(~plain).tolist():
        begins = reduce(
            np.intersect1d,
            (
                _gather(shard.positions, located.only(located.runs == run)) - step
                for step, run in enumerate(range(*ways.firsts[way : way + 2].tolist()))
            ),
        )
        parts += [begins + shift << _POSITION | ways.words[way] for shift in ways.shifts[way]]
    places: Numbers = np.sort(np.concatenate(parts))
    distinct: Numbers = places[np.diff(places, prepend=-1) != 0]
    return distinct


def _locate(shard: ShardPlaces, ways: Ways, numbers: Numbers) -> _Located:
    sought = numbers.astype(shard.documents.dtype)
    parts = [np.empty((4, 0), np.int64)]
    for run, (start, end) in enumerate(zip(ways.starts.tolist(), ways.ends.tolist(), strict=True)):
        documents, frequencies = shard.documents[start:end], shard.frequencies[start:end]
        at = np.searchsorted(documents, sought)
        rows = (
            np.flatnonzero(documents.take(at, mode="clip") == sought) if len(documents) else at[:0]
        )
        at = at[rows]
        # No shard has more than 2**32 places: its marks take no more.
        stops = _begin_of(shard, start) + np.cumsum(frequencies, dtype=np.uint32)[at].astype(
            np.int64
        )
        counts = frequencies[at]
        parts.append(np.stack((np.full(len(rows), run), rows, stops - counts, counts)))
    return _Located(*np.concatenate(parts, axis=1))


def _begin_of(shard: ShardPlaces, place: int) -> int:
    """Return where the places of a posting begin."""
    block = place - place % _MARKED
    return int(shard.marks[place // _MARKED]) + int(
        shard.frequencies[block:place].sum(dtype=np.int64)
    )


def _gather(positions: Positions, located: _Located) -> Numbers:
    """Return the places as `candidate << 32 | position`, posting by posting."""
    counts = located.counts
    before = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) + np.repeat(located.begins - before, counts)
    gathered: Numbers = np.repeat(located.rows << _OWNER - _POSITION, counts) | positions[at]
    return gathered


class _Chains(NamedTuple):
    """How much of the query's order each candidate keeps, in shares of the weight."""

    joined: Scores
    near: Scores
    triples: Scores
    longest: Scores
    pairs: Scores


class _Places:
    """The places of a query's words in one field of some candidates."""

    def __init__(self, places: Numbers, weights: Scores, candidates: int) -> None:
        self._weights = weights
        self._shape = (candidates, len(weights))
        self._keys = places
        self._owners = places >> _OWNER
        self._positions = (places >> _POSITION) & _POSITION_BITS
        self._words = places & _WORD_BITS

    @cached_property
    def counts(self) -> Scores:
        """How often each word stands in each candidate: [candidates, words]."""
        candidates, words = self._shape
        counts = np.bincount(self._owners * words + self._words, minlength=candidates * words)
        return counts.reshape(self._shape).astype(np.float32)

    def held_before(self, ends: Numbers) -> Scores:
        """Return the share of the words that stand before a position, one for each candidate."""
        early = self._positions < ends[self._owners]
        return share_held(self._mark(self._owners[early], self._words[early]), self._weights)

    def best_window(self, width: int) -> Scores:
        """Return the heaviest share of the words within a stretch of about so many syllables.

        Stretches begin at every half of the width and end a whole width later.
        """
        stretches = (self._owners << _OWNER - _POSITION) | (self._positions // (width // 2))
        new = np.diff(stretches, prepend=-1) != 0
        halves = stretches[new]
        held = np.zeros((len(halves), self._shape[1]), bool)
        held[np.cumsum(new) - 1, self._words] = True
        goes_on = np.flatnonzero(np.diff(halves) == 1)
        whole = held.copy()
        whole[goes_on] |= held[goes_on + 1]
        return self._best(halves >> _OWNER - _POSITION, share_held(whole, self._weights))

    @cached_property
    def chains(self) -> _Chains:
        """How much of the query's order the candidates keep."""
        # Words in the query's own order lie on one diagonal: the position less the word's number.
        diagonals = self._positions - self._words + (1 << _POSITION)
        keys = np.sort((self._owners << _OWNER) | (diagonals << _POSITION) | self._words)
        owners, words = keys >> _OWNER, keys & _WORD_BITS
        joins = np.diff(keys, prepend=-2) == 1
        seconds = np.flatnonzero(joins)
        thirds = seconds[joins[seconds - 1]]
        pairs = self._mark(owners[seconds], words[seconds])
        triples = self._mark(owners[thirds], words[thirds])
        pair_weights = _weigh_runs(self._weights, 2)
        return _Chains(
            joined=share_held(pairs, pair_weights),
            near=share_held(self._near_pairs(), pair_weights),
            triples=share_held(triples, _weigh_runs(self._weights, 3)),
            longest=self._best(*self._weigh_chains(owners, words, joins)),
            pairs=pairs.sum(1).astype(np.float32),
        )

    def _weigh_chains(
        self, owners: Numbers, words: Numbers, joins: Held
    ) -> tuple[Numbers, NDArray[np.float64]]:
        """Return whose each chain is and its share of the weight; 0 for a single word."""
        begins = np.flatnonzero(~joins)
        ends = np.append(begins[1:], len(words))
        sums = np.concatenate(([0.0], np.cumsum(self._weights[words], dtype=np.float64)))
        chains = np.where(ends - begins > 1, sums[ends] - sums[begins], 0.0)
        return owners[begins], chains / (float(self._weights.sum()) or 1.0)

    def _near_pairs(self) -> Held:
        owners, words = [], []
        for lag in range(1, NEAR + 1):
            away = self._keys[lag:] - self._keys[:-lag]
            # The next word of the query, and at most so far from the one before, borrows included.
            near = (away & _WORD_BITS == 1) & (away >> _POSITION <= NEAR) & (away > _WORD_BITS)
            owners.append(self._owners[lag:][near])
            words.append(self._words[lag:][near])
        return self._mark(np.concatenate(owners), np.concatenate(words))

    def _mark(self, owners: Numbers, words: Numbers) -> Held:
        held = np.zeros(self._shape, bool)
        held[owners, words] = True
        return held

    def _best(self, owners: Numbers, values: NDArray[Any]) -> Scores:
        """Return each candidate's highest value; `owners` rise."""
        best = np.zeros(self._shape[0], np.float32)
        if len(owners):
            begins = np.flatnonzero(np.diff(owners, prepend=-1))
            best[owners[begins]] = np.maximum.reduceat(values, begins)
        return best


def _weigh_runs(weights: Scores, length: int) -> Scores:
    """Return the weight of each run of so many words, at its last word.

    >>> _weigh_runs(np.array([1.0, 2.0, 4.0]), 2).tolist()
    [0.0, 3.0, 6.0]
    """
    runs = np.zeros_like(weights)
    for step in range(length if len(weights) >= length else 0):
        end = len(weights) - (length - 1 - step)
        runs[length - 1 :] += weights[step:end]
    return runs
