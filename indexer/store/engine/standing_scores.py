"""The first stage's scores of the documents of one standing, and what they are made of.

A score is what the leaves of the tree add (BM25), and on top of it bonuses, which count in shares
of the best score that the leaves give: a preference weighs the same in a query of two words and
of twenty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.query_records import NumberClause
from indexer.search_records import ScorePart
from indexer.store.engine.leaves import LeafFinder, positive_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.query_records import Node, Query
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.leaf_sums import LeafSums
    from indexer.store.engine.leaves import Leaf
    from indexer.store.engine.matching import Matcher
    from indexer.store.engine.protocol import Weights
    from indexer.store.engine.term_source import TermSource

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]


# What the index gives the key that spells a number just so.
_JUST_SO = 3


class StandingScores(NamedTuple):
    """Documents of one standing, in rising order, and their scores."""

    documents: Numbers
    words: Scores
    """What the leaves add."""
    bonus: Scores
    """Preferences, numbers borne, recency and kind, in shares of the best score."""
    best: float
    """The highest of `words`; 1 where no leaf adds anything."""

    @property
    def totals(self) -> Scores:
        """The first stage's scores."""
        totals: Scores = self.words + np.float32(self.best) * self.bonus
        return totals

    def only(self, allowed: NDArray[np.bool_]) -> StandingScores:
        """Return those of the documents that filters let through; their scores stay."""
        kept = allowed[self.documents]
        return StandingScores(self.documents[kept], self.words[kept], self.bonus[kept], self.best)


class Bonus(NamedTuple):
    """One reason to put documents higher, measured for each of them."""

    name: str
    measured: Scores
    weight: float


@dataclass(frozen=True)
class Scorer:
    """Scores documents for one query."""

    query: Query
    weights: Weights
    source: TermSource
    columns: Columns
    sums: LeafSums
    matcher: Matcher
    _known: dict[Node, tuple[Leaf, ...]] = field(default_factory=dict)

    def score(self, tree: Node | None, found: Numbers) -> StandingScores:
        """Return the scores of the documents found, by a tree of the query."""
        words = self.sums.add_up(self._leaves(tree), found)
        bonus = np.zeros(len(found), np.float32)
        for each in self._bonuses(tree, found):
            bonus += np.float32(each.weight) * each.measured
        best = float(words.max()) if len(words) else 0.0
        return StandingScores(found, words, bonus, best or 1.0)

    def explain_words(self, tree: Node | None, document: int) -> list[ScorePart]:
        """Return what each leaf adds to one document's score."""
        return self.sums.explain(self._leaves(tree), document)

    def explain_bonus(self, tree: Node | None, document: int, best: float) -> list[ScorePart]:
        """Return what each bonus adds where the best score is this."""
        bonuses = self._bonuses(tree, np.array([document], np.int64))
        parts = ((each.name, float(each.measured[0]), each.weight) for each in bonuses)
        return [ScorePart(name, value, best * weight * value) for name, value, weight in parts]

    def _leaves(self, tree: Node | None) -> tuple[Leaf, ...]:
        if tree is None:
            return ()
        if tree not in self._known:
            finder = LeafFinder(self.source, self.weights, self.sums.bm25)
            self._known[tree] = finder.find(tree)
        return self._known[tree]

    def _bonuses(self, tree: Node | None, found: Numbers) -> Iterator[Bonus]:
        for preference in self.query.preferences:
            held = self.matcher.find(preference.node)[found].astype(np.float32)
            yield Bonus(f"prefers: {preference.label}", held, preference.weight)
        if tree is None:
            return
        for number in positive_leaves(tree):
            if isinstance(number, NumberClause):
                name = f"bears the number: {''.join(number.keys[:1])}"
                yield Bonus(name, self._times_borne(number, found), self.weights.number)
        # Where words decide nothing, the newest comes first: nothing may stand against it.
        if self._leaves(tree):
            yield Bonus("recency", self._recency(found), self.weights.recency)
            kinds = self.columns.facets["kind"]
            shares = [self.weights.kinds.get(kind, 0.0) for kind in kinds.values]
            yield Bonus("kind", np.array(shares, np.float32)[kinds.codes[found]], 1.0)

    def _times_borne(self, number: NumberClause, found: Numbers) -> Scores:
        """Return 3 for documents whose number is spelled just so, less for shorter forms, or 0.

        A number typed in full is borne by those alone that spell it so.
        """
        times = np.zeros(self.columns.size, np.float32)
        bearers = self.source.any_postings("number_keys", number.keys)
        times[bearers.documents] = bearers.frequencies
        if number.exact:
            times[times < _JUST_SO] = 0
        return times[found]

    def _recency(self, found: Numbers) -> Scores:
        """Return 1 for the newest document, 1/2 for so many years older ones, 0 without a date."""
        halves = self.columns.ages[found] / np.float32(self.weights.recency_years)
        recency: Scores = 1 / (1 + halves)
        return recency
