"""Answers made of what stock Whoosh finds and scores: what our engine's are compared with.

The bonuses (preferences, numbers borne, kinds, recency) are ours alone: Whoosh says who gets them,
and their sum, in shares of the best score that the words give, is added here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from whoosh import query as wq

from indexer.query_records import NumberClause
from tests.store.engine.stock_queries import StockQueries, all_but, all_of, say_filters
from tests.store.engine.stock_scores import StockScores, asked_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.query_records import Node
    from indexer.search_records import Standing
    from indexer.store.engine.protocol import EngineRequest
    from tests.store.engine.stock_whoosh import StockWhoosh

FACETS = ("category", "level", "kind", "issuer")
_SPELLED_JUST_SO = 3
_DAYS_A_YEAR = 365.25


class StockHit(NamedTuple):
    """One document of the answer."""

    id: str
    standing: Standing
    score: float
    day: int


@dataclass(frozen=True)
class StockAnswer:
    """The answer of stock Whoosh to one of our requests."""

    stock: StockWhoosh
    request: EngineRequest

    @cached_property
    def hits(self) -> list[StockHit]:
        """Every document found, standing by standing, in the order asked for."""
        days = self.stock.days()
        hits = []
        for standing, said, tree in self._groups:
            if found := self.stock.find(said):
                scores = self._score(found, tree)
                kept = found & self.stock.find(self._filters)
                rows = [(n, scores[n], days[n]) for n in sorted(kept)]
                rows.sort(key=lambda row: _order(self.request.sort, *row))
                hits += [
                    StockHit(self.stock.listing(n)["id"], standing, score, day)
                    for n, score, day in rows
                ]
        return hits

    @property
    def totals(self) -> tuple[int, int, int]:
        """How many documents stand in full, by the literal reading, and in part."""
        counts = Counter(hit.standing for hit in self.hits)
        return counts["full"], counts["literal"], counts["partial"]

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """Full matches per value, each facet without its own filter; no value without any."""
        return {
            name: {_text(value): count for value, count in self._counts[name].items()}
            for name in FACETS
        }

    @cached_property
    def months(self) -> dict[tuple[int, int], int]:
        """Full matches per (year, month), without the filter of dates; (0, 0) without a date."""
        counts: Counter[tuple[int, int]] = Counter()
        for day, count in self._counts["day"].items():
            dated = date.fromordinal(int(day)) if day else None
            counts[(dated.year, dated.month) if dated else (0, 0)] += count
        return dict(counts)

    @cached_property
    def _counts(self) -> dict[str, dict[Any, int]]:
        """Full matches per value of each column, without the filter of its own."""
        counts: dict[str, dict[Any, int]] = {}
        filters = self.request.filters
        filtered = {name: [name] for name, values in filters.values.items() if values}
        if filters.months:
            filtered["date"] = ["day"]
        free = [name for name in (*FACETS, "day") if [name] not in filtered.values()]
        for but, columns in {**filtered, "": free}.items():
            said = all_of([self._groups[0][1], say_filters(filters, but=but)])
            counts |= self.stock.count_by(said, columns) if columns else {}
        return counts

    @cached_property
    def _filters(self) -> Any:
        return say_filters(self.request.filters)

    @cached_property
    def _groups(self) -> list[tuple[Standing, Any, Node | None]]:
        """The standings: the Whoosh query that finds each one's documents, and what scores them."""
        query, queries = self.request.query, StockQueries(self.stock)
        if query.root is None:
            return [("full", wq.Every(), None)]
        full = queries.say(query.root)
        groups: list[tuple[Standing, Any, Node | None]] = [("full", full, query.root)]
        known, reached = [full], [queries.say_partly(query.root)]
        if query.literal is not None:
            literal = queries.say(query.literal)
            groups.append(("literal", all_of([literal, all_but(full)]), query.literal))
            known.append(literal)
            reached.append(queries.say_partly(query.literal))
        partial = all_of([wq.Or(reached), all_but(wq.Or(known))])
        return [*groups, ("partial", partial, query.literal or query.root)]

    def _score(self, found: frozenset[int], tree: Node | None) -> dict[int, float]:
        """Return the score of each document found: what words add, and shares of the best."""
        said = StockScores(self.stock, self.request.weights).say(tree)
        by_words = self.stock.score(wq.Or(list(said))) if said else {}
        words = {number: by_words.get(number, 0.0) for number in found}
        best = max(words.values(), default=0.0) or 1.0
        bonus = self._bonus(tree, by_words=bool(said))
        return {number: score + best * bonus.get(number, 0.0) for number, score in words.items()}

    def _bonus(self, tree: Node | None, *, by_words: bool) -> Mapping[int, float]:
        weights = self.request.weights
        shares: defaultdict[int, float] = defaultdict(float)
        for preference in self.request.query.preferences:
            said = StockQueries(self.stock).say(preference.node)
            _add(shares, dict.fromkeys(self.stock.find(said), 1.0), preference.weight)
        for number in asked_for(tree) if tree else ():
            if isinstance(number, NumberClause):
                _add(shares, self._times_borne(number), weights.number)
        if by_words:
            for kind, weight in weights.kinds.items():
                _add(shares, dict.fromkeys(self.stock.find(wq.Term("kind", kind)), 1.0), weight)
            _add(shares, self._recency(), weights.recency)
        return shares

    def _times_borne(self, number: NumberClause) -> dict[int, float]:
        """Return how near each document's number is to one of these, as the index counts it."""
        times = self.stock.frequencies(wq.Term("number_keys", key) for key in number.keys)
        least = _SPELLED_JUST_SO if number.exact else 0
        return {document: each for document, each in times.items() if each >= least}

    def _recency(self) -> dict[int, float]:
        """Return 1 for the newest document, half for one as much older as the weights say."""
        living = self.stock.find(wq.Every())
        days = {number: day for number, day in self.stock.days().items() if number in living}
        newest = min(max(days.values(), default=0), datetime.now(timezone.utc).toordinal())
        years = {n: max(newest - day, 0) / _DAYS_A_YEAR for n, day in days.items() if day}
        return {n: 1 / (1 + age / self.request.weights.recency_years) for n, age in years.items()}


def _order(sort: str, number: int, score: float, day: int) -> tuple[float, ...]:
    """Return what documents are ordered by; those without a date come last by date."""
    if sort == "relevance":
        return -score, -day, number
    if sort == "newest":
        return -day, -score, number
    return day or date.max.toordinal(), -score, number


def _add(shares: defaultdict[int, float], measured: Mapping[int, float], weight: float) -> None:
    for number, value in measured.items():
        shares[number] += weight * value


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
