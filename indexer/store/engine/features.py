"""What the second stage sees of each candidate: how its words stand to those of the query.

Every feature is a share or a ratio, measured by the query's own words, by the collection's averages
or by the best candidate, so that it means the same among a hundred documents and a million. A
word's weight is its idf (scoring.py): rare words weigh more. Words that a question merely needs
("là gì") are left out. An expansion's phrase counts as the words that it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.store.engine.matching import pairs_of
from indexer.store.engine.sought_words import WORD_FIELDS, find_sought
from indexer.store.engine.word_places import WordPlaces, share_held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.asked import Asked
    from indexer.store.engine.postings import TermPostings
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.sought_words import WordField
    from indexer.store.engine.term_source import TermSource

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]

FEATURES: tuple[str, ...] = (
    "words alone: share of the best",
    "words alone: place among the candidates",
    "text: BM25",
    "text: BM25, share of the best",
    "text: BM25, length forgiven",
    "title: BM25",
    "title: BM25, share of the best",
    "neighbours: BM25",
    "neighbours: BM25, share of the best",
    "neighbours: held",
    "neighbours: held, share of the best",
    "compounds: BM25",
    "compounds: held",
    "text: words held",
    "text: words held, share of the best",
    "text: words held, each counted alike",
    "text: rarest words held",
    "text: density of words, share of the best",
    "title: words held",
    "title: words held, share of the best",
    "title: how much of it was asked for",
    "title: how much of it was asked for, share of the best",
    "title: how many of its pairs were asked for",
    "title: words side by side",
    "title: words in order, near each other",
    "title: three words in a row",
    "title: longest chain of words",
    "text: words side by side",
    "text: words in order, near each other",
    "text: words in order, share of the best",
    "text: three words in a row",
    "text: three words in a row, share of the best",
    "text: longest chain of words",
    "text: words within 12 syllables",
    "text: words within 40 syllables",
    "text: words within 40 syllables, share of the best",
    "text: words within 120 syllables",
    "beginning: words held",
    "text: length by the average",
    "title: length by the average",
    "title: length by the query's",
)
"""Names in plain English, in the order of the columns."""

_K1 = 1.2
_B = 0.75
_LONG_B = 0.3
# What each part weighs in the order that "words alone" stands for: answers/ranking.py's weights.
_PARTS = {"text": 1.0, "neighbours": 0.4, "title": 0.5, "compounds": 0.2}
_RAREST = 3
_BEGINNING = 90
_TINY = 1e-6


class FeatureReader:
    """Measures the candidates of one generation. Safe between threads."""

    def __init__(self, source: TermSource, bm25: Bm25, lengths: Mapping[str, Scores]) -> None:
        self._source = source
        self._bm25 = bm25
        self._lengths = lengths
        self._means = {
            field: max(float(counts.mean()), 1.0) if len(counts) else 1.0
            for field, counts in lengths.items()
        }

    def measure(self, asked: Asked, candidates: Numbers) -> Scores:
        """Return a row of FEATURES for each candidate; zeros where no words were asked for.

        Shares of the best compare the candidates with each other: hand over all of them at once.
        """
        if not asked.words or not len(candidates):
            return np.zeros((len(candidates), len(FEATURES)), np.float32)
        # BLAS may raise the flag over what it reads beside its arrays; the features are finite.
        with np.errstate(invalid="ignore"):
            columns = self._columns(asked, candidates)
        return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)

    def _columns(self, asked: Asked, candidates: Numbers) -> dict[str, Scores]:
        placed = {field: self._place(asked, candidates, field) for field in WORD_FIELDS}
        columns = self._weigh(asked, candidates, placed)
        for field, words in placed.items():
            columns |= _order_columns(field, words)
        return columns | self._extent(candidates, placed)

    def _place(self, asked: Asked, candidates: Numbers, field: WordField) -> WordPlaces:
        sought = find_sought(self._source, asked.words, asked.expansions, field, candidates)
        idfs = [self._idf(word.found) for word in sought]
        return WordPlaces(
            [word.places for word in sought], np.array(idfs, np.float32), len(candidates)
        )

    def _idf(self, found: int) -> float:
        # A word that no document holds tells none from another.
        return self._bm25.idf(found) if found else 0.0

    def _weigh(
        self, asked: Asked, candidates: Numbers, placed: Mapping[WordField, WordPlaces]
    ) -> dict[str, Scores]:
        """Return how much of the query's words each candidate holds, and how often."""
        text, title = placed["text"], placed["title"]
        rarest = np.where(text.weights >= np.sort(text.weights)[-_RAREST:][0], text.weights, 0)
        bm25 = {
            "text": self._score("text", text.counts, text.weights, candidates),
            "title": self._score("title", title.counts, title.weights, candidates),
        }
        columns = {
            "text: BM25, length forgiven": self._score(
                "text", text.counts, text.weights, candidates, _LONG_B
            ),
            "text: words held, each counted alike": (text.counts > 0).mean(1),
            "text: rarest words held": share_held(text.counts > 0, rarest),
            **_with_best("text: words held", share_held(text.counts > 0, text.weights)),
            **_with_best("title: words held", share_held(title.counts > 0, title.weights)),
        }
        totals = {"text": text.weights.sum(), "title": title.weights.sum()}
        for name, field, terms in (
            ("neighbours", "bigrams", asked.bigrams),
            ("compounds", "compounds", asked.compounds),
        ):
            counts, idfs = self._count(field, terms, candidates)
            if name == "neighbours":
                counts += self._count_in_other_words(asked, candidates)
            bm25[name] = self._score(field, counts, idfs, candidates)
            totals[name] = idfs.sum()
            columns |= _with_best(f"{name}: held", share_held(counts > 0, idfs))
        alone = np.zeros(len(candidates), np.float32)
        for name, scores in bm25.items():
            columns |= _with_best(f"{name}: BM25", scores)
            alone += np.float32(_PARTS[name] * totals[name]) * scores
        columns["words alone: share of the best"] = _by_best(alone)
        columns["words alone: place among the candidates"] = -np.log1p(_places(alone))
        return columns

    def _count(
        self, field: str, terms: Sequence[str], candidates: Numbers
    ) -> tuple[Scores, Scores]:
        """Return how often each candidate holds each term, and the terms' idf."""
        postings = [self._source.postings(field, term) for term in terms]
        counts = np.zeros((len(candidates), len(terms)), np.float32)
        for column, each in enumerate(postings):
            counts[:, column] = _frequencies(each, candidates)
        idfs = [self._idf(len(each.documents)) for each in postings]
        return counts, np.array(idfs, np.float32)

    def _count_in_other_words(self, asked: Asked, candidates: Numbers) -> Scores:
        """Return how often each candidate says each pair of neighbours in other words."""
        counts = np.zeros((len(candidates), len(asked.bigrams)), np.float32)
        for expansion in asked.expansions:
            pairs = pairs_of(expansion)
            columns = [at for at, bigram in enumerate(asked.bigrams) if bigram in pairs]
            for phrase in expansion.phrases if columns else ():
                said = _frequencies(self._source.phrase_postings(phrase.words), candidates)
                counts[:, columns] += said[:, None]
        return counts

    def _score(
        self, field: str, counts: Scores, idfs: Scores, candidates: Numbers, b: float = _B
    ) -> Scores:
        """Return BM25 as a share of the most that these terms could give."""
        lengths = self._lengths[field][candidates]
        norms = _K1 * (1 - b + b * lengths / self._means[field])
        whole = max(float(idfs.sum()), _TINY)
        scores: Scores = ((counts / (counts + norms[:, None])) @ (idfs / whole)).astype(np.float32)
        return scores

    def _extent(
        self, candidates: Numbers, placed: Mapping[WordField, WordPlaces]
    ) -> dict[str, Scores]:
        """Return what has to do with how long the candidates are."""
        text, title = placed["text"], placed["title"]
        words = np.maximum(self._lengths["text"][candidates], 1)
        heading = np.maximum(self._lengths["title"][candidates], 1)
        ends = (heading + _BEGINNING).astype(np.int64)
        return {
            "text: density of words, share of the best": _by_best(
                (text.counts @ text.weights) / words
            ),
            **_with_best(
                "title: how much of it was asked for",
                np.minimum(title.counts.sum(1) / heading, 1),
            ),
            "title: how many of its pairs were asked for": np.minimum(
                title.chains.pairs / np.maximum(heading - 1, 1), 1
            ),
            "beginning: words held": text.held_before(ends),
            "text: length by the average": np.log(words / self._means["text"]),
            "title: length by the average": np.log(heading / self._means["title"]),
            "title: length by the query's": np.log(heading / len(text.weights)),
        }


def _order_columns(field: str, words: WordPlaces) -> dict[str, Scores]:
    """Return how much of the query's order the candidates keep, and within what stretch."""
    chains = words.chains
    columns = {
        f"{field}: words side by side": chains.joined,
        f"{field}: longest chain of words": chains.longest,
        f"{field}: words in order, near each other": chains.near,
        f"{field}: words in order, share of the best": _by_best(chains.near),
        **_with_best(f"{field}: three words in a row", chains.triples),
    }
    if field == "text":
        for width in (12, 40, 120):
            name = f"{field}: words within {width} syllables"
            columns |= _with_best(name, words.best_window(width))
    return columns


def _with_best(name: str, values: Scores) -> dict[str, Scores]:
    return {name: values, f"{name}, share of the best": _by_best(values)}


def _by_best(values: NDArray[np.floating[Any]]) -> Scores:
    shares: Scores = (values / max(float(values.max()), _TINY)).astype(np.float32)
    return shares


def _places(scores: Scores) -> Numbers:
    """Return each one's place when they are put in order, from 0.

    >>> _places(np.array([0.5, 2.0, 1.0])).tolist()
    [2, 0, 1]
    """
    places = np.empty(len(scores), np.int64)
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return places


def _frequencies(postings: TermPostings, candidates: Numbers) -> Scores:
    counts = np.zeros(len(candidates), np.float32)
    if len(postings.documents):
        at = np.minimum(
            np.searchsorted(postings.documents, candidates), len(postings.documents) - 1
        )
        held = postings.documents[at] == candidates
        counts[held] = postings.frequencies[at[held]]
    return counts
