"""How near each other, and in which order, a query's words stand in each candidate."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.place_records import (
    ORDER_COLUMNS,
    WIDTHS,
    Candidates,
    Measured,
    ShardPlaces,
    Ways,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.shard import Shard
    from indexer.store.engine.sought_words import SoughtWord

    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]


class Wanted(NamedTuple):
    """The documents that are measured."""

    documents: Numbers
    """Rising."""
    edges: tuple[int, ...]
    """Where those of each shard begin, the end last."""

    @classmethod
    def among(cls, documents: Numbers, shards: Sequence[Shard]) -> Wanted:
        """Return documents, which rise, with what they need to be found by shard."""
        bases = [shard.base for shard in shards]
        return cls(documents, (*np.searchsorted(documents, bases).tolist(), len(documents)))


class WordPlaces(NamedTuple):
    """How the words of a query stand in one field of the wanted documents."""

    weights: Scores
    """The words'."""
    counts: Scores
    """[documents, words]: how often each word stands there."""
    joined: Scores
    """Neighbours of the query that stand side by side; these are shares of the weight."""
    near: Scores
    """Neighbours of the query that stand in their order and close to each other."""
    triples: Scores
    """Three words in a row."""
    longest: Scores
    """The heaviest chain of two or more words in a row."""
    pairs: Scores
    """How many different neighbours stand side by side: a number, no share."""
    early: Scores
    """Words that stand in the beginning."""
    within: tuple[Scores, ...]
    """Words that stand within a stretch of about so many syllables, by WIDTHS.

    Stretches begin at every half of the width and end a whole width later.
    """


def warm_up() -> None:
    """Compile what measures places, where it is not yet kept on disk: 8 s the first time."""
    _measurer()


def measure_words(
    shards: Sequence[Shard],
    sought: Sequence[SoughtWord],
    weights: Scores,
    wanted: Wanted,
    beginnings: NDArray[np.int64],
) -> WordPlaces:
    """Return how the sought words, with their weights, stand in the wanted documents.

    `beginnings` are the positions where the beginning of each one ends.
    """
    size = len(wanted.documents)
    counts = np.zeros((size, len(sought)), np.float32)
    orders = np.zeros((size, len(ORDER_COLUMNS)), np.float32)
    for place, shard in enumerate(shards):
        here = slice(wanted.edges[place], wanted.edges[place + 1])
        if here.start < here.stop:
            numbers = wanted.documents[here].astype(np.int64) - shard.base
            _measurer()(
                *ShardPlaces(shard.documents, shard.frequencies, shard.positions, shard.marks),
                *_lay_ways(sought, place),
                *Candidates(numbers, beginnings[here]),
                weights,
                *Measured(counts[here], orders[here]),
            )
    columns = orders.T
    first = len(ORDER_COLUMNS) - len(WIDTHS)
    joined, near, triples, longest, pairs, early = columns[:first]
    within = tuple(columns[first:])
    return WordPlaces(weights, counts, joined, near, triples, longest, pairs, early, within)


@lru_cache(maxsize=1)
def _measurer() -> Callable[..., None]:
    """Return the kernel that fits the others."""
    name = "place_kernels_native" if kernels.NATIVE else "place_kernels_plain"
    measure_places: Callable[..., None] = import_module(
        f"indexer.store.engine.{name}"
    ).measure_places
    return measure_places


def _lay_ways(sought: Sequence[SoughtWord], shard: int) -> Ways:
    """Return the ways that can be found in a shard."""
    starts, ends, firsts, words, shifts = [], [], [0], [], []
    for number, word in enumerate(sought):
        for way in word.ways:
            runs = [run for term in way.terms for run in term.runs if run.shard == shard]
            if len(runs) == len(way.terms):
                starts += [run.start for run in runs]
                ends += [run.end for run in runs]
                firsts.append(len(starts))
                words.append(number)
                shifts.append(way.shifts)
    return Ways(
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.array(firsts, np.int64),
        np.array(words, np.int64),
        np.array(shifts, np.int64).reshape(-1, 2),
    )
