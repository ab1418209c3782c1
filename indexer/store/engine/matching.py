"""Which documents a query's nodes find, as one truth value for each document of a generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language.analysis import normalise
from indexer.language.text import clean_text, fold
from indexer.query_records import (
    And,
    FacetChoice,
    Fact,
    InField,
    Mention,
    Near,
    Not,
    NumberClause,
    Or,
    Period,
    Phrase,
    Plain,
    Prefix,
)
from indexer.store.engine.scoring import weigh_term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from indexer.query_records import Expansion, Node, Query, Word
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.term_source import TermSource

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]
    Counts = NDArray[np.uint16]
    Scores = NDArray[np.float32]


# Shares are sums of 32-bit numbers.
_ROUNDING = np.float32(1e-5)


class Standings(NamedTuple):
    """How the living documents stand to a query; no document is in two of these."""

    full: Mask
    """Found by the query's root."""
    literal: Mask
    """Found by its literal reading only."""
    partial: Mask
    """They hold some of the plain words, and everything else that one of the two asks for."""


class Held(NamedTuple):
    """How much of plain words each document holds."""

    words: Counts
    """Distinct words, weak ones left out."""
    pairs: Counts
    weight: Scores
    """The share of the weight of words and pairs, half for each; 1 for all of it."""


class _Sum(NamedTuple):
    counts: Counts
    shares: Scores | None
    """None where nothing is held by any document."""


@dataclass(frozen=True)
class Matcher:
    """Finds documents for one request, and remembers what it found for each node."""

    source: TermSource
    columns: Columns
    _found: dict[Node | Word, Mask] = field(default_factory=dict)
    _held: dict[Plain, Held] = field(default_factory=dict)

    def stand(self, query: Query) -> Standings:
        """Return how the documents stand to a query."""
        live = self.columns.live
        if query.root is None:
            return Standings(live, np.zeros_like(live), np.zeros_like(live))
        full = self.find(query.root) & live
        reached = self._reach(query.root)
        literal = np.zeros_like(full)
        if query.literal is not None:
            literal = self.find(query.literal) & live & ~full
            reached = reached | self._reach(query.literal)
        return Standings(full, literal, reached & live & ~full & ~literal)

    def find(self, node: Node) -> Mask:
        """Return the documents that a node finds, deleted ones among them."""
        if node not in self._found:
            self._found[node] = self._find(node)
        return self._found[node]

    def hold(self, plain: Plain) -> Held:
        """Return how much of plain words each document holds.

        An expansion's phrase counts as the words that it stands for, and as their pairs.
        """
        if plain not in self._held:
            self._held[plain] = self._hold(plain)
        return self._held[plain]

    def _hold(self, plain: Plain) -> Held:
        strong = (word for word in plain.words if word not in plain.weak)
        words = self._add_up(self._find_word(word, plain.expansions) for word in strong)
        pairs = self._add_up(self._find_pair(pair, plain.expansions) for pair in plain.bigrams)
        halves = [part.shares for part in (words, pairs) if part.shares is not None]
        weight = sum(halves, np.zeros(len(self.columns.live), np.float32))
        weight /= np.float32(max(len(halves), 1))
        return Held(words.counts, pairs.counts, weight)

    def _add_up(self, masks: Iterable[Mask]) -> _Sum:
        """Return how many of the masks hold each document, and which share of their weight."""
        size = len(self.columns.live)
        counts, weights, total = np.zeros(size, np.uint16), np.zeros(size, np.float32), 0.0
        for mask in masks:
            counts += mask
            # What no document holds tells none from another.
            if found := int(np.count_nonzero(mask)):
                weight = weigh_term(found, size)
                weights += np.float32(weight) * mask
                total += weight
        return _Sum(counts, weights / np.float32(total) if total else None)

    def _find_pair(self, bigram: str, expansions: Iterable[Expansion]) -> Mask:
        pair = self._among(self.source.postings("bigrams", bigram).documents)
        covering = (self._find_expansion(each) for each in expansions if bigram in pairs_of(each))
        return reduce(or_, covering, pair)

    def _reach(self, node: Node) -> Mask:
        """Return what a node finds when the plain words at its top need be held only in part."""
        match node:
            case Plain(needs=needs) if needs is not None:
                held = self.hold(node)
                return self.find(node) | _meet(held, needs.partial_words, needs.partial_pairs)
            case And(parts):
                return self._every(map(self._reach_part, parts))
            case _:
                return self.find(node)

    def _reach_part(self, node: Node) -> Mask:
        return self._reach(node) if isinstance(node, Plain) else self.find(node)

    def _find(self, node: Node) -> Mask:
        found: Mask
        match node:
            case Plain():
                found = self._find_plain(node)
            case And(parts):
                found = self._every(map(self.find, parts))
            case Or(parts):
                found = reduce(or_, map(self.find, parts), self._nothing())
            case Not(part):
                found = ~self.find(part)
            case NumberClause():
                found = self._find_number(node)
            case FacetChoice(facet, values):
                found = self._find_facet(facet, values)
            case Period():
                found = self._find_period(node)
            case InField(name, words, phrase=False):
                every = (self.source.term_postings(word, name).documents for word in words)
                found = self._every(map(self._among, every))
            case _:
                found = self._among(self._documents_of(node))
        return found

    def _documents_of(self, node: Phrase | Near | Prefix | InField | Fact | Mention) -> Numbers:
        """Return the documents of a node that is looked up at one place of the index."""
        match node:
            case Phrase(words):
                return self.source.phrase_postings(words).documents
            case InField(name, words):
                return self.source.phrase_postings(words, name).documents
            case Near():
                return self.source.find_near(node)
            case Prefix():
                return self.source.prefix_postings(node).documents
            case Fact(keys) | Mention(keys):
                field = "facts" if isinstance(node, Fact) else "keys"
                return self.source.any_postings(field, keys).documents

    def _find_plain(self, plain: Plain) -> Mask:
        if plain.needs is not None:
            held, needs = self.hold(plain), plain.needs
            enough: Mask = held.weight >= np.float32(needs.full_weight) - _ROUNDING
            return _meet(held, needs.full_words, needs.full_pairs) & enough
        words = (self._find_word(word, plain.expansions) for word in plain.words)
        return self._every(words)

    def _find_word(self, word: Word, expansions: Iterable[Expansion]) -> Mask:
        if word not in self._found:
            self._found[word] = self._among(self.source.term_postings(word).documents)
        covering = (self._find_expansion(each) for each in expansions if word in each.words)
        return reduce(or_, covering, self._found[word])

    def _find_expansion(self, expansion: Expansion) -> Mask:
        return reduce(or_, map(self.find, expansion.phrases), self._nothing())

    def _find_number(self, number: NumberClause) -> Mask:
        bearers = self.source.any_postings("number_keys", number.keys).documents
        found = self._among(bearers) | self.find(Mention(number.mentions))
        return found | self.find(number.phrase) if number.phrase else found

    def _find_facet(self, facet: str, values: tuple[str, ...]) -> Mask:
        column = self.columns.facets[facet]
        return column.allow(
            frozenset(known for known in column.values if any(same_value(v, known) for v in values))
        )

    def _find_period(self, period: Period) -> Mask:
        days = self.columns.days
        first = period.first.toordinal() if period.first else 1
        found = days >= max(first, 1)
        return found & (days <= period.last.toordinal()) if period.last else found

    def _every(self, masks: Iterable[Mask]) -> Mask:
        """Return what is in all of the masks; past nothing none is looked at, nor read."""
        found = np.ones(len(self.columns.live), bool)
        for mask in masks:
            found &= mask
            if not found.any():
                break
        return found

    def _among(self, documents: Numbers) -> Mask:
        mask = np.zeros(len(self.columns.live), bool)
        mask[documents] = True
        return mask

    def _nothing(self) -> Mask:
        return np.zeros(len(self.columns.live), bool)


def pairs_of(expansion: Expansion) -> frozenset[str]:
    """Return the folded neighbours among the words that an expansion stands for."""
    bare = [fold(word.syllable) for word in expansion.words]
    return frozenset(f"{left}_{right}" for left, right in pairwise(bare))


def same_value(wanted: str, known: str) -> bool:
    """Tell whether a facet value is the wanted one; without accents, any accents will do.

    >>> same_value("tin tuc", "Tin tức"), same_value("TIN TỨC", "Tin tức"), same_value("tín", "Tin")
    (True, True, False)
    """
    asked, value = _normal_value(wanted), _normal_value(known)
    return asked == (fold(value) if fold(asked) == asked else value)


@lru_cache(maxsize=2**14)
def _normal_value(value: str) -> str:
    return normalise(clean_text(value))


def _meet(held: Held, words: int, pairs: int) -> Mask:
    found: Mask = (held.words >= words) & (held.pairs >= pairs)
    return found
