"""The embedded engine: one generation's Whoosh index, answered on whole arrays with numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine.columns import load_columns, month_of
from indexer.store.engine.features import FeatureReader
from indexer.store.engine.leaf_sums import LeafSums
from indexer.store.engine.leaves import Leaf
from indexer.store.engine.matching import Matcher
from indexer.store.engine.ordering import order
from indexer.store.engine.protocol import EngineAnswer, EngineExplanation, EngineHit
from indexer.store.engine.scoring import Bm25
from indexer.store.engine.standing_scores import StandingScores
from indexer.store.engine.term_source import TermSource
from indexer.store.engine.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.query_records import Query
    from indexer.store.engine.protocol import EngineRequest, Filters, HitRecord


class WhooshEngine:
    """One open generation. Safe between threads."""

    def __init__(self, directory: Path) -> None:
        self._source = TermSource(directory)
        self._columns = load_columns(self._source.leaves)
        bm25 = Bm25(self._columns.lengths, self._columns.size)
        self._sums = LeafSums(self._source, bm25, self._columns.size)
        self._features = FeatureReader(self._source, bm25, self._columns.lengths)

    @property
    def size(self) -> int:
        """Documents, deleted ones not counted."""
        return int(np.count_nonzero(self._columns.live))

    def close(self) -> None:
        """Let go of the files of every thread."""
        self._source.close()

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""
        window, columns = self._window(request), self._columns
        allowed = columns.all_of(window.masks)
        totals = [int(np.count_nonzero(group.found & allowed)) for group in window.groups]
        return EngineAnswer(
            total=totals[0],
            literal_total=totals[1],
            partial_total=totals[2],
            hits=tuple(
                EngineHit(self._source.listing(number), score, standing)
                for number, score, standing in window.documents()
            ),
            facets={
                name: column.count(window.countable(name))
                for name, column in columns.facets.items()
            },
            months={
                month_of(value): count
                for value, count in columns.months.count(window.countable("date")).items()
            },
        )

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""
        documents = self._window(request).documents()
        return [(self._source.listing(number).id, score) for number, score, _standing in documents]

    def count(self, query: Query, filters: Filters) -> int:
        """Return how many documents match in full."""
        found = self._columns.all_of(self._columns.allowed(filters))
        if query.root is not None:
            found = found & Matcher(self._source, self._columns).find(query.root)
        return int(np.count_nonzero(found))

    def count_all(self) -> dict[str, dict[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""
        columns = {**self._columns.facets, "month": self._columns.months}
        return {name: column.count(self._columns.live) for name, column in columns.items()}

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""
        number = self._number_of(document_id)
        return None if number is None else self._source.listing(number)

    def explain(self, request: EngineRequest, document_id: str) -> EngineExplanation:
        """Return why a document stands where it stands; as "none" where the id is unknown."""
        number = self._number_of(document_id)
        if number is None:
            return EngineExplanation("none", 0, 0, 0, 0.0, 0.0, 0.0, 0.0, ())
        return self._window(request).explain(number)

    def more_like(
        self, terms: Sequence[tuple[str, str, float]], *, exclude: str, limit: int
    ) -> tuple[EngineHit, ...]:
        """Return the documents that hold any of the (field, term, weight), best first."""
        leaves = [
            Leaf(term, field, weight, self._source.postings(field, term), term)
            for field, term, weight in terms
        ]
        found = np.zeros(self._columns.size, bool)
        for leaf in leaves:
            found[leaf.postings.documents] = True
        found[self._source.postings("id", exclude).documents] = False
        numbers = np.flatnonzero(found & self._columns.live)
        words = self._sums.add_up(leaves, numbers)
        scored = StandingScores(numbers, words, np.zeros_like(words), 1.0)
        best = order(scored, self._columns.days, "relevance", limit)
        rows = zip(best.documents.tolist(), best.scores.tolist(), strict=True)
        return tuple(EngineHit(self._source.listing(n), score, "full") for n, score in rows)

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term, recently deleted ones among them."""
        return len(self._source.postings(field, term).documents)

    def _window(self, request: EngineRequest) -> Window:
        return Window(request, self._source, self._columns, self._sums, self._features)

    def _number_of(self, document_id: str) -> int | None:
        numbers = self._source.postings("id", document_id).documents
        alive = numbers[self._columns.live[numbers]]
        return int(alive[0]) if len(alive) else None
