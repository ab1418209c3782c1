"""What of a query's tree adds to a score: the words, pairs and phrases that it asks for.

What stands under a Not adds nothing; of an Or, every part does. Conditions without words (facts,
periods, facets) decide what matches and leave the order alone.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.query_records import And, InField, Near, Not, NumberClause, Or, Phrase, Plain, Prefix
from indexer.store.engine.postings import pool_postings
from indexer.store.engine.term_source import field_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.query_records import Expansion, Node, SearchedField, Word
    from indexer.store.engine.postings import Postings
    from indexer.store.engine.protocol import Weights
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.term_source import TermLookup

# A bare syllable of a query that has accents elsewhere may mean just itself ("quy", "ban").
_EXACT_SHARE = 0.5


class Leaf(NamedTuple):
    """Postings that add to the scores of their documents."""

    name: str
    """In plain English: "title, accents ignored: hoc"."""
    field: str
    """The index field whose lengths count."""
    weight: float
    postings: Postings


def find_leaves(root: Node, lookup: TermLookup, weights: Weights, bm25: Bm25) -> tuple[Leaf, ...]:
    """Return what of a tree adds to a score; of leaves with one name, the heaviest alone."""
    nodes = tuple(positive_leaves(root))
    gatherer = _LeafGatherer(lookup, weights, bm25)
    gatherer.among_accented = any(word.accented for node in nodes for word in words_of(node))
    for node in nodes:
        gatherer.add(node)
    return tuple(leaf for leaf in gatherer.heaviest.values() if leaf.weight > 0)


class _LeafGatherer:
    def __init__(self, lookup: TermLookup, weights: Weights, bm25: Bm25) -> None:
        self.heaviest: dict[str, Leaf] = {}
        self.among_accented = False
        self._lookup = lookup
        self._weights = weights
        self._bm25 = bm25
        self._ways: tuple[tuple[SearchedField | None, float], ...] = (
            (None, weights.text),
            ("title", weights.title),
        )

    def add(self, node: Node) -> None:
        """Add the leaves of a node."""
        match node:
            case Plain():
                self._add_plain(node)
            case Phrase(words) | Near(words):
                for word in words:
                    self._add_word(word, 1.0)
                if isinstance(node, Phrase) and len(words) > 1:
                    self._add_phrase(node)
            case Prefix():
                self._add_prefix(node)
            case InField():
                self._add_field(node)
            case NumberClause():
                self._add_mentions(node)

    def _add_plain(self, plain: Plain) -> None:
        weights = self._weights
        for word in plain.words:
            self._add_word(word, weights.weak if word in plain.weak else 1.0)
        for bigram in plain.bigrams:
            name = f"neighbours: {bigram.replace('_', ' ')}"
            self._add_term(name, "bigrams", bigram, weights.bigrams)
        for compound in plain.compounds:
            name = f"compound: {compound.replace('_', ' ')}"
            self._add_term(name, "compounds", compound, weights.compounds)
        for expansion in plain.expansions:
            self._add_expansion(expansion)

    def _add_word(self, word: Word, share: float) -> None:
        exact = 1.0 if word.accented else _EXACT_SHARE if self.among_accented else 0.0
        for way, weight in self._ways:
            field = way or "text"
            if exact:
                name = f"{field}: {word.syllable}"
                self._add_term(name, field, word.syllable, weight * share * exact)
            if exact < 1.0:
                bare = fold(word.syllable)
                name = f"{field}, accents ignored: {bare}"
                self._add_term(name, f"{field}_folded", bare, weight * share * (1 - exact))

    def _add_phrase(self, phrase: Phrase) -> None:
        """Add the phrase itself, which weighs as neighbours do, in text and title."""
        for way, weight in self._ways:
            if weight and self._weights.bigrams:
                postings = self._lookup.phrase_postings(phrase.words, way)
                name = f"phrase in the {way or 'text'}: {_spell(phrase.words)}"
                self._keep(Leaf(name, way or "text", self._weights.bigrams * weight, postings))

    def _add_expansion(self, expansion: Expansion) -> None:
        """Add each phrase, scored as if it were the words that it stands for.

        Its idf is theirs taken together, though never more than that of its own words: a rare
        abbreviation must not make a common phrase rare.
        """
        for phrase, (way, weight) in product(expansion.phrases, self._ways):
            if weight:
                postings = self._lookup.phrase_postings(phrase.words, way)
                own = self._bm25.idf(postings.found)
                meant = min(self._idf(expansion.words, way), self._idf(phrase.words, way))
                name = f"in other words, {way or 'text'}: {_spell(phrase.words)}"
                share = weight * expansion.weight * meant / own
                self._keep(Leaf(name, way or "text", share, postings))

    def _idf(self, words: tuple[Word, ...], way: SearchedField | None) -> float:
        found = (self._lookup.word_postings(word, way).found for word in words)
        return sum(map(self._bm25.idf, found))

    def _add_prefix(self, prefix: Prefix) -> None:
        field, stem = field_term(prefix.stem, prefix.field)
        weight = self._weights.title if prefix.field == "title" else self._weights.text
        name = f"{prefix.field or 'text'}: {stem}…"
        self._keep(Leaf(name, field, weight, self._lookup.prefix_postings(prefix)))

    def _add_field(self, node: InField) -> None:
        weight = self._weights.title if node.field == "title" else self._weights.names
        for word in node.words:
            field, term = field_term(word, node.field)
            bare = "" if word.accented else ", accents ignored"
            self._add_term(f"{node.field}{bare}: {term}", field, term, weight)

    def _add_mentions(self, number: NumberClause) -> None:
        lookup = self._lookup
        mentions = [lookup.any_postings("keys", number.mentions)]
        if number.phrase:
            mentions.append(lookup.phrase_postings(number.phrase.words))
        name = f"mentions the number: {''.join(number.keys[:1])}"
        postings = pool_postings(lookup.shards, mentions)
        self._keep(Leaf(name, "keys", self._weights.text, postings))

    def _add_term(self, name: str, field: str, term: str, weight: float) -> None:
        # What weighs nothing is not even looked up.
        if weight:
            self._keep(Leaf(name, field, weight, self._lookup.postings(field, term)))

    def _keep(self, leaf: Leaf) -> None:
        known = self.heaviest.setdefault(leaf.name, leaf)
        if leaf.weight > known.weight:
            self.heaviest[leaf.name] = leaf


def positive_leaves(node: Node) -> Iterator[Node]:
    """Yield the leaves of a tree that are asked for, not those that are shut out."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_leaves(part)
        case Not():
            return
        case _:
            yield node


def words_of(node: Node) -> tuple[Word, ...]:
    """Return the words of a leaf that are searched in the whole document."""
    return node.words if isinstance(node, (Plain, Phrase, Near)) else ()


def _spell(words: tuple[Word, ...]) -> str:
    return " ".join(word.syllable for word in words)
