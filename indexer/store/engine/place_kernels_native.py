"""How near each other, and in which order, a query's words stand: compiled by numba.

Gives what `place_kernels_plain` gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine.kernels.compiled import RUNS, SCORES, kernel, part
from indexer.store.engine.place_kernels import SETS, TABLE, gather_words
from indexer.store.engine.place_records import NEAR, ORDER_COLUMNS, WIDTHS

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Sets = NDArray[np.uint64]
    Shares = NDArray[np.float64]

_NONE, _ONE, _EIGHT = np.uint64(0), np.uint64(1), np.uint64(255)
_FAR = -(1 << 40)
_HALVES = tuple(width // 2 for width in WIDTHS)
# No two chains that are alive have the same diagonal, modulo this.
_DIAGONALS = 64
# Powers of two below 2**64 all differ modulo this: which word a single bit stands for.
_PRIME = np.uint64(67)
_NUMBER_OF = np.zeros(67, np.int64)
_NUMBER_OF[[pow(2, word, 67) for word in range(64)]] = range(64)
_JOINED, _NEAR_BY, _TRIPLES, _LONGEST, _PAIRS, _EARLY, _WITHIN, *_ = range(len(ORDER_COLUMNS))


def measure_places(
    documents: NDArray[np.uint16],
    frequencies: NDArray[Any],
    positions: NDArray[np.uint32],
    marks: NDArray[np.uint32],
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
    gathered = gather_words(
        *(documents, frequencies, positions, marks),
        *(starts, ends, firsts, words, shifts),
        *(numbers, counts),
    )
    _measure_orders(*gathered, beginnings, weights, orders)


@part
def _weigh_runs(weights: Scores, length: int) -> Shares:
    """Return the share of the weight that each run of so many words has, at its last word."""
    shares = np.zeros(len(weights), np.float64)
    whole = 0.0
    for word in range(length - 1, len(weights)):
        for step in range(length):
            shares[word] += weights[word - step]
        whole += shares[word]
    return shares / whole if whole else shares


@part
def _tabulate(shares: Shares) -> Shares:
    """Return what any set of eight words, 0 to 7, 8 to 15 and so on, has of the weight."""
    table = np.zeros(((len(shares) + 7) // 8, 256), np.float64)
    for word in range(len(shares)):
        size = 1 << word % 8
        for words in range(size):
            table[word // 8, size + words] = table[word // 8, words] + shares[word]
    return table


@part
def _share(words: np.uint64, table: Shares) -> float:
    """Return how much of the weight these words have."""
    share = 0.0
    for eight in range(len(table)):
        share += table[eight, np.int64((words >> np.uint64(8 * eight)) & _EIGHT)]
    return share


@part
def _find_early(at: Numbers, sets: Sets, beginning: int) -> np.uint64:
    """Return the words that stand before a position."""
    early: np.uint64 = _NONE
    for i in range(len(at)):
        if at[i] >= beginning:
            break
        early |= sets[i]
    return early


@part
def _best_stretch(at: Numbers, sets: Sets, half: int, table: Shares) -> float:
    """Return the heaviest share of the words in two halves of a stretch, one behind the other."""
    best = 0.0
    before = here = _NONE
    number = end = _FAR
    for i in range(len(at)):
        if at[i] >= end:
            best = max(best, _share(before | here, table))
            now = at[i] // half
            before = here if now == number + 1 else _NONE
            here = _NONE
            number = now
            end = (now + 1) * half
        here |= sets[i]
    return max(best, _share(before | here, table))


@part
def _find_near(at: Numbers, sets: Sets) -> np.uint64:
    """Return the words that stand close behind those before them in the query."""
    near: np.uint64 = _NONE
    word_1 = word_2 = word_3 = _NONE
    at_1 = at_2 = at_3 = _FAR
    for i in range(len(at)):
        rest = sets[i]
        while rest != _NONE:
            word = rest & (~rest + _ONE)
            rest &= ~word
            first = at[i] - NEAR
            before = word_1 if first <= at_1 < at[i] else _NONE
            before |= word_2 if first <= at_2 < at[i] else _NONE
            before |= word_3 if first <= at_3 < at[i] else _NONE
            near |= word & (before << _ONE)
            at_3, at_2, at_1 = at_2, at_1, at[i]
            word_3, word_2, word_1 = word_2, word_1, word
    return near


@part
def _find_chains(at: Numbers, sets: Sets, shares: Shares) -> tuple[np.uint64, np.uint64, float]:
    """Return the words right behind those before them in the query, the same of two, and more.

    That is the share of the heaviest chain. Its words lie on one diagonal: their position less
    their number is the same.
    """
    heaviest = 0.0
    chains = np.zeros(_DIAGONALS, np.float64)
    pairs = triples = before = seconds = _NONE
    position = _FAR
    for i in range(len(at)):
        follows = (before << _ONE) & sets[i] if at[i] == position + 1 else _NONE
        thirds = follows & (seconds << _ONE)
        seconds = follows
        pairs |= seconds
        triples |= thirds
        rest = seconds
        while rest != _NONE:
            bit = rest & (~rest + _ONE)
            rest &= ~bit
            word = _NUMBER_OF[np.int64(bit % _PRIME)]
            diagonal = (at[i] - word) & (_DIAGONALS - 1)
            if thirds & bit == _NONE:
                chains[diagonal] = shares[word - 1]
            chains[diagonal] += shares[word]
            heaviest = max(heaviest, chains[diagonal])
        before, position = sets[i], at[i]
    return pairs, triples, heaviest


@part
def _measure(
    at: Numbers,
    sets: Sets,
    beginning: int,
    shares: Shares,
    tables: tuple[Shares, Shares, Shares],
    order: Scores,
) -> None:
    """Fill one row of orders; the tables are those of single words, of pairs and of triples."""
    alone, by_pairs, by_triples = tables
    order[_EARLY] = _share(_find_early(at, sets, beginning), alone)
    for width in range(len(_HALVES)):
        order[_WITHIN + width] = _best_stretch(at, sets, _HALVES[width], alone)
    order[_NEAR_BY] = _share(_find_near(at, sets), by_pairs)
    pairs, triples, longest = _find_chains(at, sets, shares)
    order[_JOINED] = _share(pairs, by_pairs)
    order[_TRIPLES] = _share(triples, by_triples)
    order[_LONGEST] = longest
    while pairs != _NONE:
        pairs &= pairs - _ONE
        order[_PAIRS] += np.float32(1)


@kernel((RUNS, RUNS, SETS, RUNS, SCORES, TABLE))
def _measure_orders(
    edges: Numbers, at: Numbers, sets: Sets, beginnings: Numbers, weights: Scores, orders: Scores
) -> None:
    """Fill the orders of candidates whose words were gathered."""
    shares = _weigh_runs(weights, 1)
    by_pairs, by_triples = _tabulate(_weigh_runs(weights, 2)), _tabulate(_weigh_runs(weights, 3))
    tables = _tabulate(shares), by_pairs, by_triples
    for row in range(len(beginnings)):
        here = slice(edges[row], edges[row + 1])
        if here.start < here.stop:
            _measure(at[here], sets[here], beginnings[row], shares, tables, orders[row])
