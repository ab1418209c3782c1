"""The embedded engine: one generation's Whoosh index, answered on its arrays.

Whoosh's files hold the same index; its own matcher answers what no kernel takes.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine.columns import DATE, all_of, load_columns
from indexer.store.engine.features import FeatureReader
from indexer.store.engine.found import Found
from indexer.store.engine.leaf_sums import LeafSums
from indexer.store.engine.leaves import Leaf
from indexer.store.engine.matching import Matcher
from indexer.store.engine.ordering import order
from indexer.store.engine.postings import documents_of, term_postings
from indexer.store.engine.protocol import EngineAnswer, EngineExplanation, EngineHit
from indexer.store.engine.scoring import Bm25
from indexer.store.engine.shard import open_shards, read_listings
from indexer.store.engine.standing_scores import StandingScores
from indexer.store.engine.term_source import TermLookup
from indexer.store.engine.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.query_records import Node, Query
    from indexer.store.engine.protocol import EngineRequest, Filters, HitRecord
    from indexer.store.engine.shard import Shard
    from indexer.store.engine.whoosh_fallback import WhooshFallback
    from indexer.store.engine.window import Placed

    Numbers = NDArray[np.int32]


class WhooshEngine:
    """One open generation. Safe between threads; several processes share its mapped pages."""

    def __init__(self, directory: Path, note_fallback: Callable[[str], None] | None = None) -> None:
        """Map a generation's arrays; DamagedIndexError when they are not all there.

        `note_fallback` is told the kind of each node that Whoosh's own matcher has to answer.
        """
        self._directory = directory
        self._note_fallback = note_fallback
        self._shards, live = open_shards(directory)
        self._bases = [shard.base for shard in self._shards]
        self._columns = load_columns(self._shards, live)
        bm25 = Bm25(self._columns.lengths, self._columns.size)
        self._sums = LeafSums(self._shards, bm25, self._columns.size)
        self._features = FeatureReader(bm25, self._columns.lengths)
        self._fallback: WhooshFallback | None = None
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Documents, deleted ones not counted."""
        return int(np.count_nonzero(self._columns.live))

    def close(self) -> None:
        """Let go of Whoosh's files; mapped ones go with the last answer that needs them."""
        with self._lock:
            if self._fallback:
                self._fallback.close()

    def touch_pages(self) -> None:
        """Map every page now, so that the first to ask for a word need not wait for it."""
        for shard in self._shards:
            shard.touch_pages()

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""
        window = self._window(request)
        full, literal, partial = window.totals()
        facets = window.count_facets()
        months: Mapping[tuple[int, int], int] = facets.pop(DATE, {})
        return EngineAnswer(
            total=full,
            literal_total=literal,
            partial_total=partial,
            hits=self._list(window.documents()),
            facets=facets,
            months=months,
        )

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""
        return [(hit.record.id, hit.score) for hit in self._list(self._window(request).documents())]

    def count(self, query: Query, filters: Filters) -> int:
        """Return how many documents match in full."""
        found, allowed = self._columns.alive, all_of(self._columns.masks(filters))
        if query.root is not None:
            lookup = TermLookup(self._shards)
            found = Matcher(lookup, self._columns, self._find_otherwise).find(query.root) & found
        if allowed is not None:
            found = found & Found(self._columns.size, mask=allowed)
        return found.count

    def count_all(self) -> dict[str, dict[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""
        counts = self._columns.count(self._columns.alive.documents, tuple(self._columns.facets))
        months = counts.pop(DATE).items()
        return counts | {"month": {f"{y:04}-{m:02}" if y else "": n for (y, m), n in months}}

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""
        number = self._number_of(document_id)
        if number is None:
            return None
        shard = self._shard_of(number)
        return shard.listing(number - shard.base)

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
            Leaf(term, field, weight, term_postings(self._shards, field, term))
            for field, term, weight in terms
        ]
        mask = np.zeros(self._columns.size, bool)
        for leaf in leaves:
            mask[documents_of(leaf.postings)] = True
        mask[documents_of(term_postings(self._shards, "id", exclude))] = False
        found = Found(self._columns.size, mask=mask & self._columns.live).documents
        scored = StandingScores(found, self._sums.add_up(leaves, found), None, 1.0)
        best = order(scored, self._columns.days, "relevance", limit)
        rows = zip(best.documents.tolist(), best.scores.tolist(), strict=True)
        return self._list((number, score, "full") for number, score in rows)

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term, recently deleted ones among them."""
        return term_postings(self._shards, field, term).found

    def _window(self, request: EngineRequest) -> Window:
        return Window(
            request,
            TermLookup(self._shards),
            self._columns,
            self._sums,
            self._features,
            self._find_otherwise,
        )

    def _list(self, placed: Iterable[Placed]) -> tuple[EngineHit, ...]:
        placed = list(placed)
        listings = []
        for number, _score, _standing in placed:
            shard = self._shard_of(number)
            listings.append(shard.listing_json(number - shard.base))
        rows = zip(read_listings(listings), placed, strict=True)
        return tuple([EngineHit(record, score, standing) for record, (_n, score, standing) in rows])

    def _shard_of(self, number: int) -> Shard:
        shards = self._shards
        return shards[0 if len(shards) == 1 else bisect_right(self._bases, number) - 1]

    def _number_of(self, document_id: str) -> int | None:
        numbers = documents_of(term_postings(self._shards, "id", document_id))
        alive = numbers[self._columns.live[numbers]]
        return int(alive[0]) if len(alive) else None

    def _find_otherwise(self, node: Node) -> Numbers:
        # Serving loads Whoosh for this alone.
        from indexer.store.engine.whoosh_fallback import WhooshFallback  # noqa: PLC0415

        with self._lock:
            if self._fallback is None:
                self._fallback = WhooshFallback(self._directory)
            fallback = self._fallback
        if self._note_fallback:
            self._note_fallback(type(node).__name__)
        found: Numbers = fallback.find(node)
        return found
