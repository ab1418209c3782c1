"""The first stage's scores of the documents of one standing, and what they are made of.

A score is what the leaves of the tree add (BM25), and on top of it bonuses, which count in shares
of the best score that the leaves give: a preference weighs the same in a query of two words and
of twenty.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.query_records import NumberClause
from indexer.search_records import ScorePart
from indexer.store.engine import kernels
from indexer.store.engine.leaves import find_leaves, positive_leaves
from indexer.store.engine.postings import frequencies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.query_records import Node, Query
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.leaf_sums import LeafSums
    from indexer.store.engine.leaves import Leaf
    from indexer.store.engine.matching import Matcher
    from indexer.store.engine.protocol import Weights
    from indexer.store.engine.term_source import TermLookup

    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]


# What the index gives the key that spells a number just so.
_JUST_SO = 3


class StandingScores(NamedTuple):
    """Documents of one standing, in rising order, and their scores."""

    documents: Numbers
    words: Scores
    """What the leaves add."""
    bonus: Scores | None
    """Preferences, numbers borne, recency and kind, in shares of the best score; None for none."""
    best: float
    """The highest of `words`; 1 where no leaf adds anything, or no bonus asks for it."""

    @property
    def totals(self) -> Scores:
        """The first stage's scores."""
        if self.bonus is None:
            return self.words
        totals: Scores = self.words + np.float32(self.best) * self.bonus
        return totals

    def only(self, allowed: NDArray[np.bool_]) -> StandingScores:
        """Return those of the documents that filters let through; their scores stay."""
        kept = allowed[self.documents]
        bonus = None if self.bonus is None else self.bonus[kept]
        return StandingScores(self.documents[kept], self.words[kept], bonus, self.best)


class Bonus(NamedTuple):
    """One reason to put documents higher, measured for each of them."""

    name: str
    measured: Scores
    weight: float


class Scorer:
    """Scores documents for one query."""

    def __init__(  # noqa: PLR0913, PLR0917 (all that a score rests on)
        self,
        query: Query,
        weights: Weights,
        lookup: TermLookup,
        columns: Columns,
        sums: LeafSums,
        matcher: Matcher,
    ) -> None:
        self._query = query
        self._weights = weights
        self._lookup = lookup
        self._columns = columns
        self._sums = sums
        self._matcher = matcher
        self._known: dict[int, tuple[Leaf, ...]] = {}

    def score(self, tree: Node | None, found: Numbers) -> StandingScores:
        """Return the scores of the documents found, by a tree of the query."""
        words = self._sums.add_up(self._leaves(tree), found)
        shares = [np.float32(each.weight) * each.measured for each in self._bonuses(tree, found)]
        if not shares:
            return StandingScores(found, words, None, 1.0)
        best = float(words.max()) if len(words) else 0.0
        return StandingScores(found, words, reduce(add, shares), best or 1.0)

    def explain_words(self, tree: Node | None, document: int) -> list[ScorePart]:
        """Return what each leaf adds to one document's score."""
        return self._sums.explain(self._leaves(tree), document)

    def explain_bonus(self, tree: Node | None, document: int, best: float) -> list[ScorePart]:
        """Return what each bonus adds where the best score is this."""
        bonuses = self._bonuses(tree, np.array([document], np.int32))
        parts = ((each.name, float(each.measured[0]), each.weight) for each in bonuses)
        return [ScorePart(name, value, best * weight * value) for name, value, weight in parts]

    def _leaves(self, tree: Node | None) -> tuple[Leaf, ...]:
        if tree is None:
            return ()
        known = self._known.get(id(tree))
        if known is None:
            known = find_leaves(tree, self._lookup, self._weights, self._sums.bm25)
            self._known[id(tree)] = known
        return known

    def _bonuses(self, tree: Node | None, found: Numbers) -> Iterator[Bonus]:
        for preference in self._query.preferences:
            held = self._matcher.find(preference.node).mask[found].astype(np.float32)
            yield Bonus(f"prefers: {preference.label}", held, preference.weight)
        if tree is None:
            return
        for number in positive_leaves(tree):
            if isinstance(number, NumberClause):
                name = f"bears the number: {''.join(number.keys[:1])}"
                yield Bonus(name, self._times_borne(number, found), self._weights.number)
        # Where words decide nothing, the newest comes first: nothing may stand against it.
        if not self._leaves(tree):
            return
        if self._weights.recency:
            recency = self._columns.recency(self._weights.recency_years)
            yield Bonus("recency", kernels.take_scores(recency, found), self._weights.recency)
        if self._weights.kinds:
            kinds = self._columns.kind_shares(self._weights.kinds)
            yield Bonus("kind", kernels.take_scores(kinds, found), 1.0)

    def _times_borne(self, number: NumberClause, found: Numbers) -> Scores:
        """Return 3 for documents whose number is spelled just so, less for shorter forms, or 0.

        A number typed in full is borne by those alone that spell it so.
        """
        bearers = self._lookup.any_postings("number_keys", number.keys)
        times = frequencies_in(bearers, found)
        if number.exact:
            times[times < _JUST_SO] = 0
        return times
