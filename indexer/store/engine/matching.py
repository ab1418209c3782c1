"""Which documents a query's nodes find."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language.text import fold
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
from indexer.store.engine import kernels
from indexer.store.engine.facet_names import same_value
from indexer.store.engine.found import NOTHING, Found, any_of, found_by
from indexer.store.engine.scoring import weigh_term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.query_records import Expansion, Node, Query, Word
    from indexer.store.engine.columns import Columns
    from indexer.store.engine.postings import Postings
    from indexer.store.engine.term_source import TermLookup

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int32]
    Counts = NDArray[np.uint16]
    Scores = NDArray[np.float32]


# Shares are sums of 32-bit numbers.
_ROUNDING = np.float32(1e-5)
# Kernels walk so many lists at once; longer phrases are left to Whoosh.
MOST_PLACED = 64


class Standings(NamedTuple):
    """How the living documents stand to a query; no document is in two of these."""

    full: Found
    """Found by the query's root."""
    literal: Found
    """Found by its literal reading only."""
    partial: Found
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


class Matcher:
    """Finds documents for one request, and remembers what it found for each node."""

    def __init__(
        self, lookup: TermLookup, columns: Columns, find_otherwise: Callable[[Node], Numbers]
    ) -> None:
        """Take Whoosh's own matcher, too, for what no kernel takes."""
        self._lookup = lookup
        self._columns = columns
        self._find_otherwise = find_otherwise
        self._found: dict[int, tuple[Node, Found]] = {}
        self._held: dict[int, tuple[Plain, Held]] = {}

    def stand(self, query: Query) -> Standings:
        """Return how the documents stand to a query."""
        nothing = self._nothing()
        if query.root is None:
            return Standings(self._columns.alive, nothing, nothing)
        readings = [query.root] if query.literal is None else [query.root, query.literal]
        full, *literal = (self._living(self.find(each)) for each in readings)
        rest = literal[0] & ~full if literal else nothing
        if not any(map(_asks_in_part, readings)):
            return Standings(full, rest, nothing)
        reached = any_of(self._columns.size, map(self._reach, readings))
        partial = self._living(reached) & ~full
        return Standings(full, rest, partial & ~rest if literal else partial)

    def find(self, node: Node) -> Found:
        """Return the documents that a node finds, deleted ones among them."""
        known = self._found.get(id(node))
        if known is None:
            known = self._found[id(node)] = (node, self._find(node))
        return known[1]

    def hold(self, plain: Plain) -> Held:
        """Return how much of plain words each document holds.

        An expansion's phrase counts as the words that it stands for, and as their pairs.
        """
        known = self._held.get(id(plain))
        if known is None:
            known = self._held[id(plain)] = (plain, self._hold(plain))
        return known[1]

    def _hold(self, plain: Plain) -> Held:
        asked = tuple(word for word in plain.words if word not in plain.weak)
        words = self._add_up(
            (self._lookup.word_postings(word), _standing_for(plain.expansions, word))
            for word in asked
        )
        pairs = self._add_up(
            (self._lookup.postings("bigrams", pair), _saying(plain.expansions, pair))
            for pair in plain.bigrams
        )
        halves = [part.shares for part in (words, pairs) if part.shares is not None]
        weight = sum(halves, np.zeros(self._columns.size, np.float32))
        weight /= np.float32(max(len(halves), 1))
        return Held(words.counts, pairs.counts, weight)

    def _add_up(self, asked: Iterable[tuple[Postings, Sequence[Expansion]]]) -> _Sum:
        """Return how many terms, or what stands for them, each document holds, and which share.

        A share is of the terms' weight; what no document holds tells none from another.
        """
        size = self._columns.size
        counts, weights, total = np.zeros(size, np.uint16), np.zeros(size, np.float32), 0.0
        for postings, expansions in asked:
            others = [self._find_expansion(each) for each in expansions]
            if any(other.count for other in others):
                found = any_of(size, [self._holding(postings), *others])
                weight = weigh_term(found.count, size)
                kernels.hold_marked(found.mask, weight, counts, weights)
            elif postings.found:
                weight = weigh_term(postings.found, size)
                for run in postings.runs:
                    kernels.hold(
                        run.documents, run.start, run.end, run.base, weight, counts, weights
                    )
            else:
                continue
            total += weight
        return _Sum(counts, weights / np.float32(total) if total else None)

    def _reach(self, node: Node) -> Found:
        """Return what a node finds when the plain words at its top need be held only in part."""
        match node:
            case Plain(needs=needs) if needs is not None:
                held = self.hold(node)
                return self.find(node) | self._meet(held, needs.partial_words, needs.partial_pairs)
            case And(parts):
                return self._every(map(self._reach_part, parts))
            case _:
                return self.find(node)

    def _reach_part(self, node: Node) -> Found:
        return self._reach(node) if isinstance(node, Plain) else self.find(node)

    def _find(self, node: Node) -> Found:
        found: Found
        match node:
            case Plain():
                found = self._find_plain(node)
            case And(parts):
                found = self._every(map(self.find, parts))
            case Or(parts):
                found = any_of(self._columns.size, map(self.find, parts))
            case Not(part):
                found = ~self.find(part)
            case NumberClause():
                found = self._find_number(node)
            case FacetChoice(facet, values):
                found = self._find_facet(facet, values)
            case Period():
                found = self._find_period(node)
            case InField(name, words, phrase=False):
                held = (self._holding(self._lookup.word_postings(word, name)) for word in words)
                found = self._every(held)
            case Phrase(words) | Near(words) | InField(_, words) if len(words) > MOST_PLACED:
                found = Found(self._columns.size, documents=self._find_otherwise(node))
            case _:
                found = self._found_by(self._look_up(node))
        return found

    def _look_up(self, node: Phrase | Near | Prefix | InField | Fact | Mention) -> Postings:
        """Return the postings of a node that is looked up at one place of the index."""
        match node:
            case Phrase(words):
                return self._lookup.phrase_postings(words)
            case InField(name, words):
                return self._lookup.phrase_postings(words, name)
            case Near():
                return self._lookup.near_postings(node)
            case Prefix():
                return self._lookup.prefix_postings(node)
            case Fact(keys) | Mention(keys):
                field = "facts" if isinstance(node, Fact) else "keys"
                return self._lookup.any_postings(field, keys)

    def _find_plain(self, plain: Plain) -> Found:
        if plain.needs is not None:
            held, needs = self.hold(plain), plain.needs
            enough: Mask = held.weight >= np.float32(needs.full_weight) - _ROUNDING
            return self._meet(held, needs.full_words, needs.full_pairs) & Found(
                self._columns.size, mask=enough
            )
        if plain.words and not plain.expansions:
            return self._holding(*map(self._lookup.word_postings, plain.words))
        return self._every(self._find_word(word, plain.expansions) for word in plain.words)

    def _find_word(self, word: Word, expansions: Sequence[Expansion]) -> Found:
        found = self._holding(self._lookup.word_postings(word))
        others = [self._find_expansion(each) for each in _standing_for(expansions, word)]
        return any_of(self._columns.size, [found, *others]) if others else found

    def _find_expansion(self, expansion: Expansion) -> Found:
        return any_of(self._columns.size, map(self.find, expansion.phrases))

    def _find_number(self, number: NumberClause) -> Found:
        bearers = self._found_by(self._lookup.any_postings("number_keys", number.keys))
        found = bearers | self._found_by(self._lookup.any_postings("keys", number.mentions))
        return found | self.find(number.phrase) if number.phrase else found

    def _find_facet(self, facet: str, values: tuple[str, ...]) -> Found:
        column = self._columns.facets[facet]
        wanted = (known for known in column.values if any(same_value(v, known) for v in values))
        return Found(self._columns.size, mask=column.allow(frozenset(wanted)))

    def _find_period(self, period: Period) -> Found:
        days = self._columns.days
        first = period.first.toordinal() if period.first else 1
        found = days >= max(first, 1)
        if period.last:
            found = found & (days <= period.last.toordinal())
        return Found(self._columns.size, mask=found)

    def _every(self, parts: Iterable[Found]) -> Found:
        """Return what is in all of the parts; past nothing none is looked at, nor read."""
        found: Found | None = None
        for part in parts:
            found = part if found is None else found & part
            if found.is_nothing:
                break
        return Found(self._columns.size, mask=self._columns.every) if found is None else found

    def _meet(self, held: Held, words: int, pairs: int) -> Found:
        return Found(self._columns.size, mask=(held.words >= words) & (held.pairs >= pairs))

    def _living(self, found: Found) -> Found:
        return found if self._columns.all_live else found & self._columns.alive

    def _holding(self, *terms: Postings) -> Found:
        return Found.holding(self._columns.size, self._lookup.shards, *terms)

    def _found_by(self, postings: Postings) -> Found:
        return found_by(self._columns.size, postings)

    def _nothing(self) -> Found:
        return Found(self._columns.size, documents=NOTHING)


def _asks_in_part(node: Node) -> bool:
    """Tell whether plain words at the top of a tree may be held in part."""
    parts = node.parts if isinstance(node, And) else (node,)
    return any(isinstance(part, Plain) and part.needs is not None for part in parts)


def _standing_for(expansions: Sequence[Expansion], word: Word) -> list[Expansion]:
    return [each for each in expansions if word in each.words]


def _saying(expansions: Sequence[Expansion], pair: str) -> list[Expansion]:
    return [each for each in expansions if pair in pairs_of(each)]


def pairs_of(expansion: Expansion) -> frozenset[str]:
    """Return the folded neighbours among the words that an expansion stands for."""
    bare = [fold(word.syllable) for word in expansion.words]
    return frozenset(f"{left}_{right}" for left, right in pairwise(bare))
