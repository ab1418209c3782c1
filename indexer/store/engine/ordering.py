"""The window of an answer: which documents come first, standing by standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.engine import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.search_records import Sort
    from indexer.store.engine.standing_scores import StandingScores

    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]


class Ordered(NamedTuple):
    """Documents, best first, with the scores that ordered them."""

    documents: Numbers
    scores: Scores

    def first(self, wanted: int) -> Ordered:
        """Return so many of them."""
        return Ordered(self.documents[:wanted], self.scores[:wanted])


class Unit(NamedTuple):
    """The second stage's scores as shares: 0 for the worst candidate, 1 for the best."""

    low: float
    spread: float
    shares: Scores


def order(scored: StandingScores, days: NDArray[np.int32], sort: Sort, wanted: int) -> Ordered:
    """Return the first documents in the order asked for; documents without a date come last.

    `days` are those of all documents. Of equal scores the newest comes first.
    """
    totals = scored.totals
    if sort == "relevance":
        first = kernels.best_first(totals, days, scored.documents, wanted)
    else:
        dates = days[scored.documents]
        if sort == "oldest":
            dates = np.where(dates == 0, np.iinfo(np.int32).max, dates)
        keys = (dates if sort == "oldest" else -dates, -totals, scored.documents)
        kept = _keep_first(keys, wanted)
        first = kept[np.lexsort([key[kept] for key in reversed(keys)])]
    return Ordered(scored.documents[first], totals[first])


def reorder(
    ordered: Ordered, scored: StandingScores, days: NDArray[np.int32], shares: Scores
) -> Ordered:
    """Return the first documents by the second stage's scores of them, the rest as they were.

    Those scores come as shares from 0 to 1 (`as_unit`), one for each of the first documents. The
    bonuses of the first stage are shares as well, and are added to them: what bears the number
    stays first.
    """
    head = ordered.documents[: len(shares)]
    totals = shares
    if scored.bonus is not None:
        totals = shares + scored.bonus[np.searchsorted(scored.documents, head)]
    first = np.lexsort((head, -days[head], -totals))
    return Ordered(
        np.concatenate((head[first], ordered.documents[len(shares) :])),
        np.concatenate((totals[first], ordered.scores[len(shares) :])),
    )


def as_unit(scores: Scores, least: float) -> Unit:
    """Return scores of one candidate or more as shares of their spread, or of the least one.

    Candidates that hardly differ must not be driven apart: then preferences decide.

    >>> as_unit(np.array([-1, 0, 3], np.float32), least=2.0).shares.tolist()
    [0.0, 0.25, 1.0]
    >>> as_unit(np.array([-1, 0, 3], np.float32), least=8.0).shares.tolist()
    [0.0, 0.125, 0.5]
    """
    low = float(scores.min())
    spread = max(float(scores.max()) - low, least)
    return Unit(low, spread, (scores - np.float32(low)) / np.float32(spread))


def _keep_first(keys: tuple[NDArray[Any], ...], wanted: int) -> NDArray[np.int64]:
    """Return the places of the first `wanted` by these keys, the most important first; unsorted."""
    key, *others = keys
    if len(key) <= wanted:
        return np.arange(len(key))
    last = np.partition(key, wanted - 1)[wanted - 1]
    sure, tied = np.flatnonzero(key < last), np.flatnonzero(key == last)
    if others:
        tied = tied[_keep_first(tuple(other[tied] for other in others), wanted - len(sure))]
    return np.concatenate((sure, tied))
