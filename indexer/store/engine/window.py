"""One request being answered: its documents by standing, scored and put in order."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.query_records import And, Plain
from indexer.store.engine.asked import read_asked
from indexer.store.engine.columns import all_of
from indexer.store.engine.found import NOTHING, Found
from indexer.store.engine.matching import Matcher
from indexer.store.engine.ordering import Ordered, as_unit, order, reorder
from indexer.store.engine.protocol import EngineExplanation, Reordered
from indexer.store.engine.standing_scores import Scorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from indexer.query_records import Node
    from indexer.search_records import ScorePart, Standing
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.features import FeatureReader
    from indexer.store.engine.leaf_sums import LeafSums
    from indexer.store.engine.protocol import EngineRequest, Reorder
    from indexer.store.engine.standing_scores import StandingScores
    from indexer.store.engine.term_source import TermLookup

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]


class Group(NamedTuple):
    """The documents of one standing, and the tree that scores them."""

    standing: Standing
    tree: Node | None
    found: Found


Placed = tuple[int, float, "Standing"]
"""A document's number, its score, and how it stands to the query."""


class Window:
    """Finds the documents that an answer lists, and tells why they stand where they stand."""

    def __init__(  # noqa: PLR0913, PLR0917 (all that an open generation has)
        self,
        request: EngineRequest,
        lookup: TermLookup,
        columns: Columns,
        sums: LeafSums,
        features: FeatureReader,
        find_otherwise: Callable[[Node], Numbers],
    ) -> None:
        query = request.query
        self._request = request
        self._lookup = lookup
        self._columns = columns
        self._features = features
        self._matcher = Matcher(lookup, columns, find_otherwise)
        self._scorer = Scorer(query, request.weights, lookup, columns, sums, self._matcher)
        self._masks = columns.masks(request.filters)
        self._allowed = all_of(self._masks)
        full, literal, partial = self._matcher.stand(query)
        words = query.literal or query.root
        self._groups = (
            Group("full", query.root, full),
            Group("literal", words, literal),
            Group("partial", words, partial),
        )

    def totals(self) -> list[int]:
        """Return how many documents of each group the filters let through."""
        return [self._let_through(group.found).count for group in self._groups]

    def count_facets(self) -> dict[str, dict[Any, int]]:
        """Return the full matches per value of the facets asked for.

        A facet's own filter does not narrow it.
        """
        full, names = self._groups[0].found, self._request.facets
        free = [name for name in names if name not in self._masks]
        counts = self._columns.count(self._let_through(full).documents, free) if free else {}
        for name in names:
            if name in self._masks:
                others = all_of(self._masks, but=name)
                counted = full if others is None else full & self._masked(others)
                counts |= self._columns.count(counted.documents, [name])
        return counts

    def documents(self) -> list[Placed]:
        """Return the window's documents, best first."""
        wanted = self._request.offset + self._request.limit
        placed: list[Placed] = []
        for group in self._groups:
            if len(placed) < wanted and not group.found.is_nothing:
                ordered = self._order(group, self._score(group), wanted - len(placed))
                numbers, scores = ordered.documents.tolist(), ordered.scores.tolist()
                placed += zip(numbers, scores, repeat(group.standing), strict=False)
        return placed[self._request.offset :]

    def explain(self, number: int) -> EngineExplanation:
        """Return why a document stands where it stands."""
        one = Found(self._columns.size, documents=np.array([number], np.int32))
        alone = Group("none", self._request.query.root, one)
        group = next((group for group in self._groups if number in group.found), alone)
        scored = self._score(group)
        first_score = float(scored.totals[np.searchsorted(scored.documents, number)])
        second = self._explain_second(group, scored, number)
        parts = [
            *self._scorer.explain_words(group.tree, number),
            *self._scorer.explain_bonus(group.tree, number, scored.best),
        ]
        return EngineExplanation(
            group.standing,
            *self._count_words(group.tree, number),
            score=second[0] if second else first_score,
            first_score=first_score,
            parts=_largest_first(parts),
            reordered=second[1] if second else None,
        )

    @property
    def _second_stage(self) -> Reorder | None:
        asked = self._request.sort == "relevance" and not self._request.query.is_empty
        return self._request.reorder if asked else None

    def _masked(self, mask: Mask) -> Found:
        return Found(self._columns.size, mask=mask)

    def _let_through(self, found: Found) -> Found:
        return found if self._allowed is None else found & self._masked(self._allowed)

    def _score(self, group: Group) -> StandingScores:
        """Return a group's scores. Filters leave them as they are, but for what is let through."""
        if group.standing != "none" and not self._let_through(group.found).count:
            return self._scorer.score(None, NOTHING)
        return self._scorer.score(group.tree, group.found.documents)

    def _order(self, group: Group, scored: StandingScores, wanted: int) -> Ordered:
        """Return the first documents of a group that the filters let through."""
        second, sort, days = self._second_stage, self._request.sort, self._columns.days
        allowed = self._kept(scored)
        if second is None or not len(allowed.documents):
            return order(allowed, days, sort, wanted)
        ordered = order(allowed, days, sort, max(wanted, second.depth))
        candidates = self._candidates(scored, second.depth)
        shares = as_unit(second.score(self._measure(group, candidates)), second.least_spread).shares
        head = ordered.documents[: second.depth]
        return reorder(ordered, allowed, days, shares[_find(head, candidates)]).first(wanted)

    def _candidates(self, scored: StandingScores, depth: int) -> Numbers:
        """Return the first of a group, and behind them the first that filters let through.

        What the second stage makes of one depends on the others: measured beside the same ones,
        documents keep their order whatever filter is set.
        """
        days = self._columns.days
        first = order(scored, days, "relevance", depth).documents
        if not self._masks:
            return first
        let_through = order(self._kept(scored), days, "relevance", depth).documents
        return np.concatenate((first, let_through[~np.isin(let_through, first)]))

    def _kept(self, scored: StandingScores) -> StandingScores:
        return scored if self._allowed is None else scored.only(self._allowed)

    def _explain_second(
        self, group: Group, scored: StandingScores, number: int
    ) -> tuple[float, Reordered] | None:
        """Return the second stage's score of a document and its parts; None where it had none."""
        second = self._second_stage
        if second is None or group.standing == "none":
            return None
        head = order(self._kept(scored), self._columns.days, "relevance", second.depth).documents
        if number not in head:
            return None
        candidates = self._candidates(scored, second.depth)
        at = _find(np.array([number], np.int32), candidates)[0]
        features = self._measure(group, candidates)
        unit = as_unit(second.score(features), second.least_spread)
        bonus = _largest_first(self._scorer.explain_bonus(group.tree, number, 1.0))
        score = float(unit.shares[at]) + sum(part.score for part in bonus)
        return score, Reordered(features[at], unit.low, unit.spread, bonus)

    def _measure(self, group: Group, candidates: Numbers) -> Scores:
        return self._features.measure(self._lookup, read_asked(group.tree), candidates)

    def _count_words(self, tree: Node | None, number: int) -> tuple[int, int, int, float, float]:
        """Return the plain words held, asked for and needed, and the weight held and needed."""
        held = asked = needed = 0
        weight, least = 0.0, 0.0
        for plain in _top_words(tree):
            words = len(set(plain.words) - set(plain.weak))
            held += int(self._matcher.hold(plain).words[number])
            asked += words
            needed += plain.needs.full_words if plain.needs else words
            weight = float(self._matcher.hold(plain).weight[number])
            least = plain.needs.full_weight if plain.needs else 0.0
        return held, asked, needed, weight, least


def _find(wanted: Numbers, documents: Numbers) -> NDArray[np.int64]:
    """Return the place of each of the wanted among documents, which hold them all."""
    rising = np.argsort(documents)
    places: NDArray[np.int64] = rising[np.searchsorted(documents, wanted, sorter=rising)]
    return places


def _top_words(tree: Node | None) -> Iterator[Plain]:
    """Yield the plain words at the top of a tree."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return (part for part in parts if isinstance(part, Plain))


def _largest_first(parts: list[ScorePart]) -> tuple[ScorePart, ...]:
    return tuple(sorted((part for part in parts if part.score), key=lambda part: -part.score))
