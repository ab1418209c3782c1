"""One request being answered: its documents by standing, scored and put in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.query_records import And, Plain
from indexer.store.engine.asked import read_asked
from indexer.store.engine.matching import Matcher
from indexer.store.engine.ordering import Ordered, as_unit, order, reorder
from indexer.store.engine.protocol import EngineExplanation, Reordered
from indexer.store.engine.standing_scores import Scorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.query_records import Node
    from indexer.search_records import ScorePart, Standing
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.features import FeatureReader
    from indexer.store.engine.leaf_sums import LeafSums
    from indexer.store.engine.protocol import EngineRequest, Reorder
    from indexer.store.engine.standing_scores import StandingScores
    from indexer.store.engine.term_source import TermSource

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]


class Group(NamedTuple):
    """The documents of one standing, and the tree that scores them."""

    standing: Standing
    tree: Node | None
    found: Mask


class Placed(NamedTuple):
    """One document of a window."""

    number: int
    score: float
    standing: Standing


@dataclass(frozen=True)
class Window:
    """Finds the documents that an answer lists, and tells why they stand where they stand."""

    request: EngineRequest
    source: TermSource
    columns: Columns
    sums: LeafSums
    features: FeatureReader

    @cached_property
    def matcher(self) -> Matcher:
        """The request's own, since it remembers what it found."""
        return Matcher(self.source, self.columns)

    @cached_property
    def masks(self) -> dict[str, Mask]:
        """What each filter lets through, keyed by facet."""
        return self.columns.allowed(self.request.filters)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The standings in their order: full, literal, partial."""
        query = self.request.query
        full, literal, partial = self.matcher.stand(query)
        words = query.literal or query.root
        return (
            Group("full", query.root, full),
            Group("literal", words, literal),
            Group("partial", words, partial),
        )

    def countable(self, facet: str) -> Numbers:
        """Return the full matches that a facet counts: its own filter does not narrow it."""
        if facet not in self.masks:
            return self._full
        return np.flatnonzero(self.groups[0].found & self.columns.all_of(self.masks, but=facet))

    def documents(self) -> list[Placed]:
        """Return the window's documents, best first."""
        wanted = self.request.offset + self.request.limit
        placed: list[Placed] = []
        for group in self.groups:
            if len(placed) < wanted:
                ordered = self._order(group, self._score(group), wanted - len(placed))
                rows = zip(ordered.documents.tolist(), ordered.scores.tolist(), strict=True)
                placed += [Placed(number, score, group.standing) for number, score in rows]
        return placed[self.request.offset :]

    def explain(self, number: int) -> EngineExplanation:
        """Return why a document stands where it stands."""
        alone = Group("none", self.request.query.root, np.arange(self.columns.size) == number)
        group = next((group for group in self.groups if group.found[number]), alone)
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

    @cached_property
    def _full(self) -> Numbers:
        return np.flatnonzero(self.groups[0].found & self.columns.all_of(self.masks))

    @cached_property
    def _scorer(self) -> Scorer:
        request = self.request
        return Scorer(
            request.query, request.weights, self.source, self.columns, self.sums, self.matcher
        )

    @property
    def _second_stage(self) -> Reorder | None:
        asked = self.request.sort == "relevance" and not self.request.query.is_empty
        return self.request.reorder if asked else None

    def _score(self, group: Group) -> StandingScores:
        """Return a group's scores. Filters leave them as they are, but for what is let through."""
        allowed = self.columns.all_of(self.masks)
        if group.standing != "none" and not (group.found & allowed).any():
            return self._scorer.score(None, np.empty(0, np.int64))
        return self._scorer.score(group.tree, np.flatnonzero(group.found))

    def _order(self, group: Group, scored: StandingScores, wanted: int) -> Ordered:
        """Return the first documents of a group that the filters let through."""
        second, sort, days = self._second_stage, self.request.sort, self.columns.days
        allowed = self._allowed(scored)
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
        days = self.columns.days
        first = order(scored, days, "relevance", depth).documents
        if not self.masks:
            return first
        let_through = order(self._allowed(scored), days, "relevance", depth).documents
        return np.concatenate((first, let_through[~np.isin(let_through, first)]))

    def _allowed(self, scored: StandingScores) -> StandingScores:
        return scored.only(self.columns.all_of(self.masks)) if self.masks else scored

    def _explain_second(
        self, group: Group, scored: StandingScores, number: int
    ) -> tuple[float, Reordered] | None:
        """Return the second stage's score of a document and its parts; None where it had none."""
        second = self._second_stage
        if second is None or group.standing == "none":
            return None
        head = order(self._allowed(scored), self.columns.days, "relevance", second.depth).documents
        if number not in head:
            return None
        candidates = self._candidates(scored, second.depth)
        at = _find(np.array([number]), candidates)[0]
        features = self._measure(group, candidates)
        unit = as_unit(second.score(features), second.least_spread)
        bonus = _largest_first(self._scorer.explain_bonus(group.tree, number, 1.0))
        score = float(unit.shares[at]) + sum(part.score for part in bonus)
        return score, Reordered(features[at], unit.low, unit.spread, bonus)

    def _measure(self, group: Group, candidates: Numbers) -> Scores:
        return self.features.measure(read_asked(group.tree), candidates)

    def _count_words(self, tree: Node | None, number: int) -> tuple[int, int, int, float, float]:
        """Return the plain words held, asked for and needed, and the weight held and needed."""
        held = asked = needed = 0
        weight, least = 0.0, 0.0
        for plain in _top_words(tree):
            words = len(set(plain.words) - set(plain.weak))
            held += int(self.matcher.hold(plain).words[number])
            asked += words
            needed += plain.needs.full_words if plain.needs else words
            weight = float(self.matcher.hold(plain).weight[number])
            least = plain.needs.full_weight if plain.needs else 0.0
        return held, asked, needed, weight, least


def _find(wanted: Numbers, documents: Numbers) -> Numbers:
    """Return the place of each of the wanted among documents, which hold them all."""
    rising = np.argsort(documents)
    places: Numbers = rising[np.searchsorted(documents, wanted, sorter=rising)]
    return places


def _top_words(tree: Node | None) -> Iterator[Plain]:
    """Yield the plain words at the top of a tree."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return (part for part in parts if isinstance(part, Plain))


def _largest_first(parts: list[ScorePart]) -> tuple[ScorePart, ...]:
    return tuple(sorted((part for part in parts if part.score), key=lambda part: -part.score))
