"""How near each other, and in which order, a query's words stand in each candidate.

A place is `candidate << 40 | position << 8 | word`; candidates and words count from 0.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Held = NDArray[np.bool_]

_OWNER = 40
_POSITION = 8
_WORD_BITS = (1 << _POSITION) - 1
_DOCUMENT_SHIFT = 32
_POSITION_BITS = (1 << _DOCUMENT_SHIFT) - 1
# Two words are near each other up to so many syllables apart, and so many other places of words.
_NEAR = 3


def gather_places(places: Numbers, documents: Numbers) -> Numbers:
    """Return those of a term's places that lie in the documents, with each document's index.

    Places are `document << 32 | position`; so are the ones returned, with the index for the number.

    >>> found = gather_places(np.array([1 << 32 | 4, 2 << 32 | 1, 2 << 32 | 7]), np.array([5, 2]))
    >>> (found >> 32).tolist(), (found & 255).tolist()
    ([1, 1], [1, 7])
    """
    starts = np.searchsorted(places, documents << _DOCUMENT_SHIFT)
    counts = np.searchsorted(places, (documents + 1) << _DOCUMENT_SHIFT) - starts
    before = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
    owners = np.repeat(np.arange(len(documents), dtype=np.int64), counts)
    gathered: Numbers = (owners << _DOCUMENT_SHIFT) | (places[at] & _POSITION_BITS)
    return gathered


def share_held(held: Held, weights: NDArray[Any]) -> Scores:
    """Return how much of the weight each row holds; 0 where there is none to hold.

    >>> share_held(np.array([[True, False], [True, True]]), np.array([3.0, 1.0])).tolist()
    [0.75, 1.0]
    """
    total = float(weights.sum())
    shares: Scores = held.astype(np.float32) @ (weights / (total or 1.0)).astype(np.float32)
    return shares


class Chains(NamedTuple):
    """How much of the query's order each candidate keeps, in shares of the weight."""

    joined: Scores
    """Neighbours of the query that stand side by side."""
    near: Scores
    """Neighbours of the query that stand in their order and close to each other."""
    triples: Scores
    """Three words in a row."""
    longest: Scores
    """The heaviest chain of two or more words in a row."""
    pairs: Scores
    """How many different neighbours stand side by side: a number, no share."""


class WordPlaces:
    """The places of a query's words in one field of all candidates."""

    def __init__(self, words: list[Numbers], weights: Scores, candidates: int) -> None:
        """Take for each word what `gather_places` gave, and its weight."""
        self.weights = weights
        self._shape = (candidates, len(weights))
        keys = [(places << _POSITION) | word for word, places in enumerate(words)]
        self._keys = np.sort(np.concatenate([np.empty(0, np.int64), *keys]))
        self._owners = self._keys >> _OWNER
        self._positions = (self._keys >> _POSITION) & _POSITION_BITS
        self._words = self._keys & _WORD_BITS

    @cached_property
    def counts(self) -> Scores:
        """How often each word stands in each candidate: [candidates, words]."""
        candidates, words = self._shape
        counts = np.bincount(self._owners * words + self._words, minlength=candidates * words)
        return counts.reshape(self._shape).astype(np.float32)

    def held_before(self, ends: Numbers) -> Scores:
        """Return the share of the words that stand before a position, one for each candidate."""
        early = self._positions < ends[self._owners]
        return share_held(self._mark(self._owners[early], self._words[early]), self.weights)

    def best_window(self, width: int) -> Scores:
        """Return the heaviest share of the words within a stretch of about so many syllables.

        Stretches begin at every half of the width and end a whole width later.
        """
        stretches = (self._owners << _DOCUMENT_SHIFT) | (self._positions // (width // 2))
        new = np.diff(stretches, prepend=-1) != 0
        halves = stretches[new]
        held = np.zeros((len(halves), self._shape[1]), bool)
        held[np.cumsum(new) - 1, self._words] = True
        goes_on = np.flatnonzero(np.diff(halves) == 1)
        whole = held.copy()
        whole[goes_on] |= held[goes_on + 1]
        return self._best(halves >> _DOCUMENT_SHIFT, share_held(whole, self.weights))

    @cached_property
    def chains(self) -> Chains:
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
        pair_weights = _weigh_runs(self.weights, 2)
        return Chains(
            joined=share_held(pairs, pair_weights),
            near=share_held(self._near_pairs(), pair_weights),
            triples=share_held(triples, _weigh_runs(self.weights, 3)),
            longest=self._best(*self._weigh_chains(owners, words, joins)),
            pairs=pairs.sum(1).astype(np.float32),
        )

    def _weigh_chains(
        self, owners: Numbers, words: Numbers, joins: Held
    ) -> tuple[Numbers, NDArray[np.float64]]:
        """Return whose each chain is and its share of the weight; 0 for a single word."""
        begins = np.flatnonzero(~joins)
        ends = np.append(begins[1:], len(words))
        sums = np.concatenate(([0.0], np.cumsum(self.weights[words])))
        chains = np.where(ends - begins > 1, sums[ends] - sums[begins], 0.0)
        return owners[begins], chains / (float(self.weights.sum()) or 1.0)

    def _near_pairs(self) -> Held:
        owners, words = [], []
        for lag in range(1, _NEAR + 1):
            away = self._keys[lag:] - self._keys[:-lag]
            # The next word of the query, and at most so far from the one before, borrows included.
            near = (away & _WORD_BITS == 1) & (away >> _POSITION <= _NEAR) & (away > _WORD_BITS)
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
