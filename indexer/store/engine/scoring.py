"""BM25 over arrays: which terms of a query add to a score, and how much.

As Whoosh computes it (k1 = 1.2, b = 0.75, stored lengths), but with Lucene's idf,
log(1 + (N - n + 0.5) / (n + 0.5)): docs/decisions/0001-what-matches-and-what-ranks.md.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from indexer.search_records import Query, Word
    from indexer.store.engine.postings import TermPostings
    from indexer.store.engine.protocol import Weights

_K1 = 1.2
_B = 0.75
# A bare syllable of a query that has accents elsewhere may mean just itself ("quy", "ban").
_EXACT_SHARE = 0.5


class ScoredTerm(NamedTuple):
    """One term that adds to a score."""

    field: str
    term: str
    weight: float


class Bm25:
    """Scores postings of the fields whose lengths it was given."""

    def __init__(self, lengths: Mapping[str, NDArray[np.float32]], documents: int) -> None:
        self._documents = documents
        self._norms = {
            field: _K1 * (1 - _B + _B * counts / max(_mean(counts), 1.0))
            for field, counts in lengths.items()
        }

    def score(self, field: str, postings: TermPostings) -> NDArray[np.float32]:
        """Return the score of each document of the postings."""
        found = len(postings.documents)
        idf = math.log(1 + (self._documents - found + 0.5) / (found + 0.5))
        frequencies = postings.frequencies
        score: NDArray[np.float32] = np.float32(idf * (_K1 + 1)) * frequencies
        score /= frequencies + self._norms[field][postings.documents]
        return score


def scored_terms(query: Query, weights: Weights) -> Iterator[ScoredTerm]:
    """Yield everything of a query that adds to a score, but for its document numbers."""
    words = dict.fromkeys(query.words)
    for phrase in (*query.phrases, *(number.mention for number in query.numbers)):
        words.update(dict.fromkeys(phrase.words))
    has_accents = any(word.accented for word in words)
    for word in words:
        yield from _word_terms(word, weights, among_accented=has_accents)
    for bigram in query.bigrams:
        yield ScoredTerm("bigrams", bigram, weights.bigrams)
    for compound in query.compounds:
        yield ScoredTerm("compounds", compound, weights.compounds)


def _word_terms(word: Word, weights: Weights, *, among_accented: bool) -> Iterator[ScoredTerm]:
    bare = fold(word.syllable)
    exact = 1.0 if word.accented else _EXACT_SHARE if among_accented else 0.0
    if exact:
        yield ScoredTerm("text", word.syllable, weights.text * exact)
        yield ScoredTerm("title", word.syllable, weights.title * exact)
    if exact < 1.0:
        yield ScoredTerm("text_folded", bare, weights.text * (1 - exact))
        yield ScoredTerm("title_folded", bare, weights.title * (1 - exact))


def _mean(counts: NDArray[np.float32]) -> float:
    return float(counts.mean()) if len(counts) else 0.0
