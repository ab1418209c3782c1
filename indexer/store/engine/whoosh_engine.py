"""The embedded engine: one generation's Whoosh index, answered on whole arrays with numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.search_records import TermScore
from indexer.store.engine.columns import load_columns, month_of
from indexer.store.engine.protocol import EngineAnswer, EngineHit
from indexer.store.engine.scoring import Bm25, scored_terms
from indexer.store.engine.term_source import TermSource

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.search_records import Query, Standing
    from indexer.store.engine.postings import TermPostings
    from indexer.store.engine.protocol import EngineRequest, HitRecord, Needs

    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class _Matches:
    """How each document stands to a query, before any filter."""

    words: NDArray[np.int16]
    """Distinct words held."""
    scores: NDArray[np.float32]
    full: Mask
    partial: Mask


class WhooshEngine:
    """One open generation. Safe between threads."""

    def __init__(self, directory: Path) -> None:
        self._source = TermSource(directory)
        self._columns = load_columns(self._source.leaves)
        self._size = len(self._columns.live)
        self._bm25 = Bm25(self._columns.lengths, self._size)

    def close(self) -> None:
        """Let go of the files of every thread."""
        self._source.close()

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""
        matches = self._match(request)
        masks = self._columns.allowed(request.filters)
        full, partial = (found & self._all_of(masks) for found in (matches.full, matches.partial))
        return EngineAnswer(
            total=int(full.sum()),
            partial_total=int(partial.sum()),
            hits=tuple(
                EngineHit(self._source.listing(n), float(matches.scores[n]), not full[n])
                for n in self._window(request, matches.scores, full, partial)
            ),
            facets={
                name: column.count(matches.full & self._all_of(masks, but=name))
                for name, column in self._columns.facets.items()
            },
            months=self._count_months(matches.full & self._all_of(masks, but="date")),
        )

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""
        matches = self._match(request)
        allowed = self._all_of(self._columns.allowed(request.filters))
        full, partial = matches.full & allowed, matches.partial & allowed
        window = self._window(request, matches.scores, full, partial)
        return [(self._source.listing(n).id, float(matches.scores[n])) for n in window]

    def count_all(self) -> dict[str, dict[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""
        columns = {**self._columns.facets, "month": self._columns.months}
        return {name: column.count(self._columns.live) for name, column in columns.items()}

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""
        number = self._number_of(document_id)
        return None if number is None else self._source.listing(number)

    def explain(
        self, request: EngineRequest, document_id: str
    ) -> tuple[Standing, int, float, tuple[TermScore, ...]]:
        """Return (full, partial or none), words held, score and its parts."""
        number = self._number_of(document_id)
        if number is None:
            return "none", 0, 0.0, ()
        matches = self._match(request)
        standing: Standing = (
            "full" if matches.full[number] else "partial" if matches.partial[number] else "none"
        )
        parts = tuple(self._parts(request, number))
        return standing, int(matches.words[number]), float(matches.scores[number]), parts

    def _match(self, request: EngineRequest) -> _Matches:
        query = request.query
        if query.is_empty:
            everything = np.ones(self._size, bool)
            return _Matches(self._zeros(np.int16), self._zeros(np.float32), everything, ~everything)
        words, pairs = self._zeros(np.int16), self._zeros(np.int16)
        for word in query.words:
            words[self._source.word_postings(word).documents] += 1
        for bigram in query.bigrams:
            pairs[self._source.postings("bigrams", bigram).documents] += 1
        full, partial = _meet(request.needs, words, pairs)
        required = self._hold_required(query)
        return _Matches(words, self._score(request), full & required, partial & required)

    def _hold_required(self, query: Query) -> Mask:
        """Return which documents hold every phrase and bear or mention every number."""
        required = np.ones(self._size, bool)
        for phrase in query.phrases:
            required &= self._among(self._source.find_phrase(phrase))
        for number in query.numbers:
            mentions = self._among(self._source.find_phrase(number.mention))
            required &= mentions | self._among(self._bearers(number.key).documents)
        return required

    def _score(self, request: EngineRequest) -> NDArray[np.float32]:
        scores = self._zeros(np.float32)
        for field, term, weight in scored_terms(request.query, request.weights):
            postings = self._source.postings(field, term)
            scores[postings.documents] += weight * self._bm25.score(field, postings)
        for number in request.query.numbers:
            bearers = self._bearers(number.key)
            scores[bearers.documents] += request.weights.number * bearers.frequencies
        return scores

    def _parts(self, request: EngineRequest, number: int) -> list[TermScore]:
        parts = []
        for field, term, weight in scored_terms(request.query, request.weights):
            postings = self._source.postings(field, term)
            for at in np.flatnonzero(postings.documents == number):
                score = float(weight * self._bm25.score(field, postings)[at])
                parts.append(TermScore(field, term, float(postings.frequencies[at]), score))
        for clause in request.query.numbers:
            bearers = self._bearers(clause.key)
            for at in np.flatnonzero(bearers.documents == number):
                times = float(bearers.frequencies[at])
                score = request.weights.number * times
                parts.append(TermScore("number_keys", clause.key, times, score))
        return parts

    def _window(
        self, request: EngineRequest, scores: NDArray[np.float32], full: Mask, partial: Mask
    ) -> list[int]:
        """Return the documents of the window: full matches first, then partial ones."""
        wanted = request.offset + request.limit
        ordered = self._best(request, scores, np.flatnonzero(full), wanted)
        if len(ordered) < wanted:
            rest = np.flatnonzero(partial)
            ordered += self._best(request, scores, rest, wanted - len(ordered))
        return ordered[request.offset :]

    def _best(
        self,
        request: EngineRequest,
        scores: NDArray[np.float32],
        documents: NDArray[np.int64],
        wanted: int,
    ) -> list[int]:
        """Return the first documents in the order asked for, the last key deciding first."""
        if request.sort == "relevance" and not request.query.is_empty:
            documents = documents[_keep_best(scores[documents], wanted)]
        days = self._columns.days[documents]
        by_score = -scores[documents]
        keys: tuple[NDArray[Any], ...] = (documents, by_score, -days)
        if request.sort == "oldest":
            # Documents without a date come last in either order.
            keys = (documents, by_score, np.where(days == 0, np.iinfo(np.int32).max, days))
        elif request.sort == "relevance":
            keys = (documents, -days, by_score)
        best: list[int] = documents[np.lexsort(keys)][:wanted].tolist()
        return best

    def _count_months(self, chosen: Mask) -> dict[tuple[int, int], int]:
        return {month_of(v): n for v, n in self._columns.months.count(chosen).items()}

    def _all_of(self, masks: dict[str, Mask], *, but: str = "") -> Mask:
        """Return the living documents that every filter lets through, but for one's own."""
        allowed: Mask = self._columns.live.copy()
        for name, mask in masks.items():
            if name != but:
                allowed &= mask
        return allowed

    def _bearers(self, number_key: str) -> TermPostings:
        return self._source.postings("number_keys", number_key)

    def _number_of(self, document_id: str) -> int | None:
        numbers = self._source.postings("id", document_id).documents
        alive = numbers[self._columns.live[numbers]]
        return int(alive[0]) if len(alive) else None

    def _among(self, documents: NDArray[np.int64]) -> Mask:
        mask = self._zeros(np.bool_)
        mask[documents] = True
        return mask

    def _zeros(self, kind: Any) -> NDArray[Any]:
        return np.zeros(self._size, kind)


def _meet(needs: Needs, words: NDArray[np.int16], pairs: NDArray[np.int16]) -> tuple[Mask, Mask]:
    full: Mask = (words >= needs.full_words) & (pairs >= needs.full_pairs)
    partial: Mask = (words >= needs.partial_words) & (pairs >= needs.partial_pairs)
    return full, partial & ~full


def _keep_best(scores: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
    """Return the places of the best scores; all that tie with the last one stay in."""
    if len(scores) <= wanted:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    return np.flatnonzero(scores >= least)
