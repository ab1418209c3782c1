"""Which stretches of texts answer a query best, for all the texts of a page at once.

Windows begin where sentences do, as far as matches let them, and are scored by the words that they
hold: all the windows of a page are rows of a few matrices.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.answers.marks import Matches

    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]

PASSAGE_CHARACTERS = 280
# What stands before the first match, where its sentence begins too far ahead.
_LEAD = 56
# Words of the query side by side and in its order say more than the same words scattered.
_FOLLOWING = 0.75
# A letterhead repeats the title, and a preamble what the act rests on.
_OF_HEAD = 0.75
# Of two equal passages the earlier; the rules stand before the reports on them.
_EARLIER = 0.05


class Pages(NamedTuple):
    """Texts that stand one behind the other, as columns."""

    starts: Numbers
    """Where each begins among all."""
    ends: Numbers
    heads: Numbers
    """Where the head of each ends."""
    sentences: Numbers
    """Where each sentence of any of them begins; one begins where a text does."""


class Chosen(NamedTuple):
    """A passage to be: a stretch of the texts and the numbers of the matches in it."""

    start: int
    end: int
    first: int
    behind: int


class _Windows(NamedTuple):
    """Windows in the order of the texts, as columns."""

    texts: Numbers
    starts: Numbers
    ends: Numbers
    firsts: Numbers
    """The first match in each, and the one behind the last."""
    behinds: Numbers
    words: NDArray[np.bool_]
    """[windows, words]: which words each holds."""
    scores: Scores


def choose_windows(
    pages: Pages, matches: Matches, edges: Numbers, weights: Sequence[float]
) -> list[tuple[Chosen, ...]]:
    """Return for each text the best window, and a second one where it holds words the first lacks.

    `edges` are the first match of each text and the end of all; a text without any has no window.
    """
    chosen: list[tuple[Chosen, ...]] = [() for _ in pages.starts]
    if not len(matches.starts):
        return chosen
    windows = _make_windows(pages, matches, edges, np.array(weights))
    texts, firsts = np.unique(windows.texts, return_index=True)
    groups = np.repeat(np.arange(len(texts)), np.diff([*firsts, len(windows.texts)]))
    best = _first_of_most(windows.scores, firsts, groups)
    second = _second_best(windows, best, firsts, groups, np.array(weights))
    for text, one, other in zip(texts.tolist(), best.tolist(), second.tolist(), strict=True):
        both = (one,) if other < 0 else (one, other)
        chosen[text] = tuple(_choose(windows, number) for number in both)
    return chosen


def _make_windows(pages: Pages, matches: Matches, edges: Numbers, weights: Scores) -> _Windows:
    """Return a window for each sentence that holds a match, or that a long one is cut at."""
    texts = np.repeat(np.arange(len(pages.starts)), np.diff(edges))
    starts = pages.sentences[pages.sentences.searchsorted(matches.starts, "right") - 1]
    far = matches.starts - starts > PASSAGE_CHARACTERS // 2
    starts = np.where(far, matches.starts - _LEAD, starts)
    new = np.append(True, (starts[1:] != starts[:-1]) | (texts[1:] != texts[:-1]))
    firsts = np.flatnonzero(new)
    texts, starts = texts[firsts], starts[firsts]
    limits = starts + PASSAGE_CHARACTERS
    # A match longer than a window fills one by itself.
    behinds = np.maximum(matches.ends.searchsorted(limits, "right"), firsts + 1)
    behinds = np.minimum(behinds, edges[texts + 1])
    ends = _end_windows(pages, texts, limits, matches.ends[behinds - 1])
    words, scores = _score(matches, firsts, behinds, weights)
    ranks = firsts - edges[texts]
    scores = scores - _EARLIER * ranks / (edges[texts + 1] - edges[texts])
    scores = np.where(starts < pages.starts[texts] + pages.heads[texts], scores * _OF_HEAD, scores)
    return _Windows(
        texts, starts, np.maximum(ends, matches.ends[firsts]), firsts, behinds, words, scores
    )


def _end_windows(pages: Pages, texts: Numbers, limits: Numbers, reached: Numbers) -> Numbers:
    """Return where windows end: the last sentence is left out when it is cut and adds nothing."""
    whole = pages.sentences[pages.sentences.searchsorted(limits, "right") - 1]
    whole = np.where(limits < pages.ends[texts], whole, limits)
    return np.where((whole > reached) & (reached <= limits), whole, limits)


def _score(
    matches: Matches, firsts: Numbers, behinds: Numbers, weights: Scores
) -> tuple[NDArray[np.bool_], Scores]:
    """Return which words each window holds, and the weight of these and of neighbours in it."""
    words = _rows_of(matches.words, len(weights))[matches.held]
    pairs, pair_weights = _pairs(matches, weights)
    counts = behinds - firsts
    rows = np.repeat(np.arange(len(firsts)), counts)
    places = np.arange(len(rows)) + np.repeat(firsts - np.cumsum(counts) + counts, counts)
    held = _any_of(words, rows, places, len(firsts))
    # What stands beside a match before the window is no pair in it.
    beside, inside = pairs
    later = np.flatnonzero(places != firsts[rows])
    paired = _any_of(beside, rows[later], places[later], len(firsts))
    paired |= _any_of(inside, rows, places, len(firsts))
    scores: Scores = (held * weights).sum(axis=1) + _FOLLOWING * (paired * pair_weights).sum(axis=1)
    return held, scores


def _pairs(
    matches: Matches, weights: Scores
) -> tuple[tuple[NDArray[np.bool_], NDArray[np.bool_]], Scores]:
    """Return the pairs that each match makes with the one before, and inside itself.

    Columns are pairs of words; beside them stands what a pair weighs: its lighter word.
    """
    numbers: dict[tuple[int, int], int] = {(a, a + 1): a for a in range(len(weights))}
    for words in matches.words:
        for pair in pairwise(words):
            numbers.setdefault(pair, len(numbers))
    first = np.array([words[0] for words in matches.words])[matches.held]
    last = np.array([words[-1] for words in matches.words])[matches.held]
    touch = (matches.starts[1:] - matches.ends[:-1] <= 1) & (first[1:] == last[:-1] + 1)
    beside = np.zeros((len(first), len(numbers)), bool)
    at = np.flatnonzero(touch)
    beside[at + 1, last[at]] = True
    within = [tuple(numbers[pair] for pair in pairwise(words)) for words in matches.words]
    padded = np.append(weights, 0.0)
    pair_weights = np.array([min(padded[a], padded[b]) for a, b in numbers])
    return (beside, _rows_of(within, len(numbers))[matches.held]), pair_weights


def _rows_of(held: Sequence[Sequence[int]], columns: int) -> NDArray[np.bool_]:
    """Return a row for each group, true in the columns that it names."""
    rows = np.zeros((len(held), columns), bool)
    for row, numbers in enumerate(held):
        rows[row, list(numbers)] = True
    return rows


def _any_of(
    rows: NDArray[np.bool_], windows: Numbers, places: Numbers, count: int
) -> NDArray[np.bool_]:
    """Return for each window whether any of its rows is true, column by column."""
    found = np.zeros((count, rows.shape[1]), bool)
    at, column = np.nonzero(rows[places])
    found[windows[at], column] = True
    return found


def _first_of_most(values: NDArray[Any], firsts: Numbers, groups: Numbers) -> Numbers:
    """Return the number of the highest value of each group, the first of equals."""
    most = np.flatnonzero(values == np.maximum.reduceat(values, firsts)[groups])
    _, at = np.unique(groups[most], return_index=True)
    return most[at]


def _second_best(
    windows: _Windows, best: Numbers, firsts: Numbers, groups: Numbers, weights: Scores
) -> Numbers:
    """Return the window of each text that adds most to the best one; -1 where none adds any."""
    held = np.logical_or.reduceat(windows.words, firsts, axis=0)
    missing = held & ~windows.words[best]
    adds = windows.words & missing[groups]
    apart = (windows.starts >= windows.ends[best][groups]) | (
        windows.ends <= windows.starts[best][groups]
    )
    can = apart & adds.any(axis=1)
    gains = np.where(can, (adds * weights).sum(axis=1), -np.inf)
    top = gains == np.maximum.reduceat(gains, firsts)[groups]
    second = _first_of_most(np.where(can & top, windows.scores, -np.inf), firsts, groups)
    return np.where(can[second], second, -1)


def _choose(windows: _Windows, number: int) -> Chosen:
    return Chosen(
        int(windows.starts[number]),
        int(windows.ends[number]),
        int(windows.firsts[number]),
        int(windows.behinds[number]),
    )
