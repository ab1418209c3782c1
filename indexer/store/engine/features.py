"""What the second stage sees of each candidate: how its words stand to those of the query.

Every feature is a share or a ratio, measured by the query's own words, by the collection's averages
or by the best candidate, so that it means the same among a hundred documents and a million. A
word's weight is its idf (scoring.py): rare words weigh more. Words that a question merely needs
("là gì") are left out. An expansion's phrase counts as the words that it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.matching import pairs_of
from indexer.store.engine.place_kernels_plain import share_held
from indexer.store.engine.place_records import WIDTHS
from indexer.store.engine.sought_words import WORD_FIELDS, find_sought
from indexer.store.engine.word_places import Wanted, measure_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.asked import Asked
    from indexer.store.engine.postings import Postings
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.sought_words import WordField
    from indexer.store.engine.term_source import TermLookup
    from indexer.store.engine.word_places import WordPlaces

    Numbers = NDArray[Any]
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
_BY_BEST = "share of the best"
_SHARES = [at for at, name in enumerate(FEATURES) if name.endswith(_BY_BEST)]
_MEASURED = [name.removesuffix(_BY_BEST).rstrip(",: ") for name in FEATURES]
"""What each column shows, or shows as a share of the best."""


class FeatureReader:
    """Measures the candidates of one generation. Safe between threads."""

    def __init__(self, bm25: Bm25, lengths: Mapping[str, Scores]) -> None:
        self._bm25 = bm25
        self._lengths = lengths
        self._means = {
            field: max(float(counts.mean()), 1.0) if len(counts) else 1.0
            for field, counts in lengths.items()
        }

    def measure(self, lookup: TermLookup, asked: Asked, candidates: Numbers) -> Scores:
        """Return a row of FEATURES for each candidate; zeros where no words were asked for.

        Shares of the best compare the candidates with each other: hand over all of them at once.
        """
        if not asked.words or not len(candidates):
            return np.zeros((len(candidates), len(FEATURES)), np.float32)
        given = np.argsort(candidates, kind="stable")
        wanted = Wanted.among(candidates[given].astype(np.int32), lookup.shards)
        request = _Measurement(lookup, asked, wanted, self._bm25, self._lengths, self._means)
        # BLAS may raise the flag over what it reads beside its arrays; the features are finite.
        with np.errstate(invalid="ignore"):
            columns = request.measure()
        alone = columns["words alone"]
        # Of equal ones, the first that was given is the first.
        columns["words alone: place among the candidates"] = -np.log1p(_places(alone, given))
        rows = np.empty((len(FEATURES), len(given)), np.float32)
        for at, name in enumerate(_MEASURED):
            rows[at] = columns[name]
        rows[_SHARES] /= np.maximum(rows[_SHARES].max(1, keepdims=True), _TINY)
        features = np.empty(rows.T.shape, np.float32)
        features[given] = rows.T
        return features


class _Measurement(NamedTuple):
    """The candidates of one query being measured, in the order of their numbers."""

    lookup: TermLookup
    asked: Asked
    wanted: Wanted
    bm25: Bm25
    lengths: Mapping[str, Scores]
    means: Mapping[str, float]

    def measure(self) -> dict[str, Scores]:
        """Return what is measured, by name."""
        heading = np.maximum(self._lengths_of("title"), 1)
        beginnings = (heading + _BEGINNING).astype(np.int64)
        placed = {field: self._place(field, beginnings) for field in WORD_FIELDS}
        columns = self._weigh(placed)
        for field, words in placed.items():
            columns |= _order_columns(field, words)
        return columns | self._extent(placed, heading)

    def _place(self, field: WordField, beginnings: Numbers) -> WordPlaces:
        sought = find_sought(self.lookup, self.asked.words, self.asked.expansions, field)
        weights = self._idfs(word.found for word in sought)
        return measure_words(self.lookup.shards, sought, weights, self.wanted, beginnings)

    def _idfs(self, found: Iterable[int]) -> Scores:
        # A word that no document holds tells none from another.
        return np.array([self.bm25.idf(each) if each else 0.0 for each in found], np.float32)

    def _weigh(self, placed: Mapping[WordField, WordPlaces]) -> dict[str, Scores]:
        """Return how much of the query's words each candidate holds, and how often."""
        text, title = placed["text"], placed["title"]
        rarest = np.where(text.weights >= np.sort(text.weights)[-_RAREST:][0], text.weights, 0)
        held = text.counts > 0
        columns = {
            "text: BM25": self._score("text", text.counts, text.weights),
            "title: BM25": self._score("title", title.counts, title.weights),
            "text: BM25, length forgiven": self._score("text", text.counts, text.weights, _LONG_B),
            "text: words held": share_held(held, text.weights),
            "text: words held, each counted alike": held.mean(1, dtype=np.float32),
            "text: rarest words held": share_held(held, rarest),
            "title: words held": share_held(title.counts > 0, title.weights),
        }
        totals = {"text": text.weights.sum(), "title": title.weights.sum()}
        counts, idfs = self._count("bigrams", self.asked.bigrams)
        counts += self._count_in_other_words()
        for name, field, counted, weights in (
            ("neighbours", "bigrams", counts, idfs),
            ("compounds", "compounds", *self._count("compounds", self.asked.compounds)),
        ):
            columns[f"{name}: BM25"] = self._score(field, counted, weights)
            columns[f"{name}: held"] = share_held(counted > 0, weights)
            totals[name] = weights.sum()
        parts = (
            np.float32(_PARTS[name] * totals[name]) * columns[f"{name}: BM25"] for name in totals
        )
        columns["words alone"] = np.sum(list(parts), axis=0)
        return columns

    def _count(self, field: str, terms: Sequence[str]) -> tuple[Scores, Scores]:
        """Return how often each candidate holds each term, and the terms' idf."""
        postings = [self.lookup.postings(field, term) for term in terms]
        counts = np.zeros((len(terms), len(self.wanted.documents)), np.float32)
        for row, each in zip(counts, postings, strict=True):
            self._add_frequencies(each, row)
        return counts.T, self._idfs(each.found for each in postings)

    def _count_in_other_words(self) -> Scores:
        """Return how often each candidate says each pair of neighbours in other words."""
        bigrams = self.asked.bigrams
        counts = np.zeros((len(self.wanted.documents), len(bigrams)), np.float32)
        for expansion in self.asked.expansions:
            pairs = pairs_of(expansion)
            columns = [at for at, bigram in enumerate(bigrams) if bigram in pairs]
            for phrase in expansion.phrases if columns else ():
                said = np.zeros(len(counts), np.float32)
                self._add_frequencies(self.lookup.phrase_postings(phrase.words), said)
                counts[:, columns] += said[:, None]
        return counts

    def _add_frequencies(self, postings: Postings, counts: Scores) -> None:
        documents, edges = self.wanted
        for run in postings.runs:
            first, last = edges[run.shard : run.shard + 2]
            kernels.frequencies_of(
                *(run.documents, run.frequencies, run.start, run.end, run.base),
                *(documents, first, last, counts),
            )

    def _lengths_of(self, field: str) -> Scores:
        lengths: Scores = self.lengths[field][self.wanted.documents]
        return lengths

    def _score(self, field: str, counts: Scores, idfs: Scores, b: float = _B) -> Scores:
        """Return BM25 as a share of the most that these terms could give."""
        norms = _K1 * (1 - b + b / self.means[field] * self._lengths_of(field))
        whole = max(float(idfs.sum()), _TINY)
        scores: Scores = ((counts / (counts + norms[:, None])) @ (idfs / whole)).astype(np.float32)
        return scores

    def _extent(self, placed: Mapping[WordField, WordPlaces], heading: Scores) -> dict[str, Scores]:
        """Return what has to do with how long the candidates are."""
        text, title = placed["text"], placed["title"]
        words = np.maximum(self._lengths_of("text"), 1)
        return {
            "text: density of words": (text.counts @ text.weights) / words,
            "title: how much of it was asked for": np.minimum(title.counts.sum(1) / heading, 1),
            "title: how many of its pairs were asked for": np.minimum(
                title.pairs / np.maximum(heading - 1, 1), 1
            ),
            "beginning: words held": text.early,
            "text: length by the average": np.log(words / self.means["text"]),
            "title: length by the average": np.log(heading / self.means["title"]),
            "title: length by the query's": np.log(heading / len(text.weights)),
        }


def _order_columns(field: str, words: WordPlaces) -> dict[str, Scores]:
    """Return how much of the query's order the candidates keep, and within what stretch."""
    return {
        f"{field}: words side by side": words.joined,
        f"{field}: longest chain of words": words.longest,
        f"{field}: words in order, near each other": words.near,
        f"{field}: words in order": words.near,
        f"{field}: three words in a row": words.triples,
        **{
            f"{field}: words within {width} syllables": held
            for width, held in zip(WIDTHS, words.within, strict=True)
        },
    }


def _places(scores: Scores, given: Numbers) -> Numbers:
    """Return each one's place when they are put in order, from 0; of equal ones, first as given.

    >>> _places(np.array([0.5, 2.0, 0.5]), np.array([1, 2, 0])).tolist()
    [2, 0, 1]
    """
    places = np.empty(len(scores), np.int64)
    places[np.lexsort((given, -scores))] = np.arange(len(scores))
    return places
