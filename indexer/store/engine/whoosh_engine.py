"""The embedded engine: one generation's Whoosh index, scored with numpy.

Which documents match, and how well, is worked out on whole arrays: BM25 as Whoosh computes it
(k1 = 1.2, b = 0.75, stored lengths), but with Lucene's idf, log(1 + (N - n + 0.5) / (n + 0.5)).
"""

from __future__ import annotations

import math
import threading
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.language.text import fold
from indexer.records import TermScore, Word
from indexer.store.engine.columns import load_columns, month_of
from indexer.store.engine.postings import (
    PostingsCache,
    TermPostings,
    intersect_places,
    read_places,
    read_postings,
)
from indexer.store.engine.protocol import EngineAnswer, EngineHit, HitRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import Phrase, Query, Standing
    from indexer.store.engine.protocol import EngineRequest, Needs, Weights

_K1 = 1.2
_B = 0.75
_CACHE_BYTES = 256 * 2**20
# A bare syllable of a query that has accents elsewhere may mean just itself ("quy", "ban").
_EXACT_SHARE = 0.5


@dataclass(frozen=True)
class _Matches:
    """How each document stands to a query."""

    words: NDArray[np.int16]
    """Distinct words held."""
    scores: NDArray[np.float32]
    full: NDArray[np.bool_]
    partial: NDArray[np.bool_]


class WhooshEngine:
    """One open generation. Each thread reads through a Whoosh reader of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._local = threading.local()
        self._opened: list[Any] = []
        # Requests in flight may outlive a generation: it closes when nobody holds it any more.
        self._closer = weakref.finalize(self, _close_all, self._opened)
        self._cache = PostingsCache(_CACHE_BYTES)
        self._columns = load_columns(self._leaves)
        self._size = len(self._columns.live)
        self._norms = {
            field: _K1
            * (1 - _B + _B * lengths / max(float(lengths.sum()) / max(len(lengths), 1), 1))
            for field, lengths in self._columns.lengths.items()
        }

    def close(self) -> None:
        """Let go of the files of every thread."""
        self._closer()

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Return the answer to a request."""
        matches = self._match(request)
        masks = self._columns.allowed(request.filters)
        allowed = _all_of(masks, self._columns.live)
        full, partial = matches.full & allowed, matches.partial & allowed
        order = self._order(request, matches.scores, full, partial)
        window = order[request.offset : request.offset + request.limit]
        return EngineAnswer(
            total=int(full.sum()),
            partial_total=int(partial.sum()),
            hits=tuple(self._hit(int(n), matches, full) for n in window),
            facets={
                name: column.count(matches.full & _all_of(masks, self._columns.live, but=name))
                for name, column in self._columns.facets.items()
            },
            months=self._count_months(
                matches.full & _all_of(masks, self._columns.live, but="date")
            ),
        )

    def rank(self, request: EngineRequest) -> list[tuple[str, float]]:
        """Return ids and scores of the window, best first, without counting facets."""
        matches = self._match(request)
        allowed = _all_of(self._columns.allowed(request.filters), self._columns.live)
        order = self._order(
            request, matches.scores, matches.full & allowed, matches.partial & allowed
        )
        window = order[request.offset : request.offset + request.limit]
        return [(self._record(int(n)).id, float(matches.scores[n])) for n in window]

    def count_all(self) -> dict[str, dict[str, int]]:
        """Return the documents per value, keyed by category, level, kind, issuer and month."""
        columns = {**self._columns.facets, "month": self._columns.months}
        return {name: column.count(self._columns.live) for name, column in columns.items()}

    def find(self, document_id: str) -> HitRecord | None:
        """Return a document's listing, or None."""
        number = self._number_of(document_id)
        return None if number is None else self._record(number)

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
        parts = []
        for field, term, weight in _scored_terms(request.query, request.weights):
            postings = self._postings(field, term)
            at = np.searchsorted(postings.documents, number)
            if at < len(postings.documents) and postings.documents[at] == number:
                score = float(weight * self._bm25(field, postings)[at])
                parts.append(TermScore(field, term, float(postings.frequencies[at]), score))
        return standing, int(matches.words[number]), float(matches.scores[number]), tuple(parts)

    @property
    def _leaves(self) -> list[tuple[Any, int]]:
        """This thread's segment readers, each with its first document's number."""
        leaves: list[tuple[Any, int]] | None = getattr(self._local, "leaves", None)
        if leaves is None:
            reader = FileIndex(FileStorage(str(self._directory)), indexname="MAIN").reader()
            self._opened.append(reader)
            leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
            self._local.leaves = leaves
        return leaves

    def _match(self, request: EngineRequest) -> _Matches:
        query, size = request.query, len(self._columns.live)
        if query.is_empty:
            everything = np.ones(size, bool)
            return _Matches(
                np.zeros(size, np.int16), np.zeros(size, np.float32), everything, ~everything
            )
        words = self._count_words(query.words)
        pairs = self._count_terms("bigrams", query.bigrams)
        required = self._required(query)
        full, partial = _meet(request.needs, words, pairs, required)
        scores = np.zeros(size, np.float32)
        for field, term, weight in _scored_terms(query, request.weights):
            postings = self._postings(field, term)
            scores[postings.documents] += weight * self._bm25(field, postings)
        for number in query.numbers:
            scores[self._postings("number_keys", number.key).documents] += request.weights.number
        return _Matches(words, scores, full, partial)

    def _count_words(self, words: tuple[Word, ...]) -> NDArray[np.int16]:
        held = np.zeros(len(self._columns.live), np.int16)
        for word in words:
            held[self._word_postings(word).documents] += 1
        return held

    def _count_terms(self, field: str, terms: tuple[str, ...]) -> NDArray[np.int16]:
        held = np.zeros(len(self._columns.live), np.int16)
        for term in terms:
            held[self._postings(field, term).documents] += 1
        return held

    def _required(self, query: Query) -> NDArray[np.bool_]:
        required = np.ones(len(self._columns.live), bool)
        for phrase in query.phrases:
            required &= self._holds_phrase(phrase)
        for number in query.numbers:
            named = self._holds_phrase(number.mention)
            named[self._postings("number_keys", number.key).documents] = True
            required &= named
        return required

    def _holds_phrase(self, phrase: Phrase) -> NDArray[np.bool_]:
        holds = np.zeros(len(self._columns.live), bool)
        holds[intersect_places([self._places(word) for word in phrase.words])] = True
        return holds

    def _word_postings(self, word: Word) -> TermPostings:
        if word.accented:
            return self._postings("text", word.syllable)
        return self._postings("text_folded", fold(word.syllable))

    def _postings(self, field: str, term: str) -> TermPostings:
        postings: TermPostings = self._cache.get(
            ("postings", field, term), lambda: read_postings(self._leaves, field, term)
        )
        return postings

    def _places(self, word: Word) -> NDArray[np.int64]:
        field, term = (
            ("text", word.syllable) if word.accented else ("text_folded", fold(word.syllable))
        )
        places: NDArray[np.int64] = self._cache.get(
            ("places", field, term), lambda: read_places(self._leaves, field, term)
        )
        return places

    def _bm25(self, field: str, postings: TermPostings) -> NDArray[np.float32]:
        found = len(postings.documents)
        idf = math.log(1 + (self._size - found + 0.5) / (found + 0.5))
        frequencies = postings.frequencies
        norms = self._norms[field][postings.documents]
        score: NDArray[np.float32] = np.float32(idf * (_K1 + 1)) * frequencies
        score /= frequencies + norms
        return score

    def _order(
        self,
        request: EngineRequest,
        scores: NDArray[np.float32],
        full: NDArray[np.bool_],
        partial: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Return the documents up to the window's end: full ones first, best or newest first."""
        wanted = request.offset + request.limit
        ordered = self._best(request, scores, np.flatnonzero(full), wanted)
        missing = wanted - len(ordered)
        if missing <= 0:
            return ordered
        rest = self._best(request, scores, np.flatnonzero(partial), missing)
        return np.concatenate((ordered, rest))

    def _best(
        self,
        request: EngineRequest,
        scores: NDArray[np.float32],
        documents: NDArray[np.int64],
        wanted: int,
    ) -> NDArray[np.int64]:
        days = self._columns.days[documents]
        if request.sort == "oldest":
            # Documents without a date come last in either order.
            dated_first = np.where(days == 0, np.iinfo(np.int32).max, days)
            keys: tuple[NDArray[Any], ...] = (documents, -scores[documents], dated_first)
        elif request.sort == "newest" or request.query.is_empty:
            keys = (documents, -scores[documents], -days)
        else:
            chosen = _keep_best(scores[documents], wanted)
            documents, days = documents[chosen], days[chosen]
            keys = (documents, -days, -scores[documents])
        return documents[np.lexsort(keys)][:wanted]

    def _count_months(self, chosen: NDArray[np.bool_]) -> dict[tuple[int, int], int]:
        return {month_of(v): n for v, n in self._columns.months.count(chosen).items()}

    def _hit(self, number: int, matches: _Matches, full: NDArray[np.bool_]) -> EngineHit:
        return EngineHit(self._record(number), float(matches.scores[number]), not full[number])

    def _record(self, number: int) -> HitRecord:
        for reader, base in reversed(self._leaves):
            if number >= base:
                return HitRecord(**reader.stored_fields(number - base)["hit"])
        raise IndexError(number)

    def _number_of(self, document_id: str) -> int | None:
        numbers = self._postings("id", document_id).documents
        alive = numbers[self._columns.live[numbers]]
        return int(alive[0]) if len(alive) else None


def _close_all(readers: list[Any]) -> None:
    while readers:
        readers.pop().close()


def _all_of(
    masks: dict[str, NDArray[np.bool_]], live: NDArray[np.bool_], *, but: str = ""
) -> NDArray[np.bool_]:
    allowed: NDArray[np.bool_] = live.copy()
    for name, mask in masks.items():
        if name != but:
            allowed &= mask
    return allowed


def _meet(
    needs: Needs,
    words: NDArray[np.int16],
    pairs: NDArray[np.int16],
    required: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    full: NDArray[np.bool_] = required & (words >= needs.full_words) & (pairs >= needs.full_pairs)
    partial: NDArray[np.bool_] = (
        required & (words >= needs.partial_words) & (pairs >= needs.partial_pairs)
    )
    return full, partial & ~full


def _keep_best(scores: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
    """Return the places of the best scores; all that tie with the last one stay in."""
    if len(scores) <= wanted:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    return np.flatnonzero(scores >= least)


def _scored_terms(query: Query, weights: Weights) -> Iterator[tuple[str, str, float]]:
    """Yield (field, term, weight) of everything that adds to a score."""
    words = dict.fromkeys(query.words)
    for phrase in (*query.phrases, *(number.mention for number in query.numbers)):
        words.update(dict.fromkeys(phrase.words))
    written = any(word.accented for word in words)
    for word in words:
        yield from _word_terms(word, weights, mixed=written)
    for bigram in query.bigrams:
        yield "bigrams", bigram, weights.bigrams
    for compound in query.compounds:
        yield "compounds", compound, weights.compounds


def _word_terms(word: Word, weights: Weights, *, mixed: bool) -> Iterator[tuple[str, str, float]]:
    bare = fold(word.syllable)
    exact = 1.0 if word.accented else _EXACT_SHARE if mixed else 0.0
    if exact:
        yield "text", word.syllable, weights.text * exact
        yield "title", word.syllable, weights.title * exact
    if exact < 1.0:
        yield "text_folded", bare, weights.text * (1 - exact)
        yield "title_folded", bare, weights.title * (1 - exact)
