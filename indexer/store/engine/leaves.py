"""What of a query's tree adds to a score: the words, pairs and phrases that it asks for.

What stands under a Not adds nothing; of an Or, every part does. Conditions without words (facts,
periods, facets) decide what matches and leave the order alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.query_records import And, InField, Near, Not, NumberClause, Or, Phrase, Plain, Prefix
from indexer.store.engine.postings import pool_postings
from indexer.store.engine.term_source import field_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.query_records import Expansion, Node, SearchedField, Word
    from indexer.store.engine.postings import TermPostings
    from indexer.store.engine.protocol import Weights
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.term_source import TermSource

# A bare syllable of a query that has accents elsewhere may mean just itself ("quy", "ban").
_EXACT_SHARE = 0.5
_WAYS: tuple[SearchedField | None, ...] = (None, "title")


class Leaf(NamedTuple):
    """Postings that add to the scores of their documents."""

    name: str
    """In plain English: "title, accents ignored: hoc"."""
    field: str
    """The index field whose lengths count."""
    weight: float
    postings: TermPostings
    term: str | None = None
    """The index's own term, where it is one: its scores can be kept."""


class LeafFinder:
    """Finds the scored leaves of one query's trees."""

    def __init__(self, source: TermSource, weights: Weights, bm25: Bm25) -> None:
        self._source = source
        self._weights = weights
        self._bm25 = bm25

    def find(self, root: Node) -> tuple[Leaf, ...]:
        """Return what adds to a score; of leaves with one name, the heaviest alone."""
        nodes = tuple(positive_leaves(root))
        accents = any(word.accented for node in nodes for word in words_of(node))
        heaviest: dict[str, Leaf] = {}
        for node in nodes:
            for leaf in self._find(node, among_accented=accents):
                known = heaviest.setdefault(leaf.name, leaf)
                if leaf.weight > known.weight:
                    heaviest[leaf.name] = leaf
        return tuple(leaf for leaf in heaviest.values() if leaf.weight > 0)

    def _find(self, node: Node, *, among_accented: bool) -> Iterator[Leaf]:
        match node:
            case Plain():
                yield from self._of_plain(node, among_accented=among_accented)
            case Phrase(words) | Near(words):
                for word in words:
                    yield from self._of_word(word, 1.0, among_accented=among_accented)
                if isinstance(node, Phrase) and len(words) > 1:
                    yield from self._of_phrase(node)
            case Prefix():
                yield self._of_prefix(node)
            case InField():
                yield from self._of_field(node)
            case NumberClause():
                yield self._of_mentions(node)

    def _of_plain(self, plain: Plain, *, among_accented: bool) -> Iterator[Leaf]:
        weights = self._weights
        for word in plain.words:
            share = weights.weak if word in plain.weak else 1.0
            yield from self._of_word(word, share, among_accented=among_accented)
        for bigram in plain.bigrams:
            name = f"neighbours: {bigram.replace('_', ' ')}"
            yield self._of_term(name, "bigrams", bigram, weights.bigrams)
        for compound in plain.compounds:
            name = f"compound: {compound.replace('_', ' ')}"
            yield self._of_term(name, "compounds", compound, weights.compounds)
        for expansion in plain.expansions:
            yield from self._of_expansion(expansion)

    def _of_word(self, word: Word, share: float, *, among_accented: bool) -> Iterator[Leaf]:
        exact = 1.0 if word.accented else _EXACT_SHARE if among_accented else 0.0
        bare = fold(word.syllable)
        for field, weight in (("text", self._weights.text), ("title", self._weights.title)):
            if exact:
                name = f"{field}: {word.syllable}"
                yield self._of_term(name, field, word.syllable, weight * share * exact)
            if exact < 1.0:
                name = f"{field}, accents ignored: {bare}"
                yield self._of_term(name, f"{field}_folded", bare, weight * share * (1 - exact))

    def _of_phrase(self, phrase: Phrase) -> Iterator[Leaf]:
        """Yield the phrase itself, which weighs as neighbours do, in text and title."""
        weights = self._weights
        for way, weight in zip(_WAYS, (weights.text, weights.title), strict=True):
            postings = self._source.phrase_postings(phrase.words, way)
            name = f"phrase in the {way or 'text'}: {_spell(phrase.words)}"
            yield Leaf(name, way or "text", weights.bigrams * weight, postings)

    def _of_expansion(self, expansion: Expansion) -> Iterator[Leaf]:
        """Yield each phrase, scored as if it were the words that it stands for.

        Its idf is theirs taken together, though never more than that of its own words: a rare
        abbreviation must not make a common phrase rare.
        """
        weights = self._weights
        for phrase in expansion.phrases:
            for way, weight in zip(_WAYS, (weights.text, weights.title), strict=True):
                postings = self._source.phrase_postings(phrase.words, way)
                own = self._bm25.idf(len(postings.documents))
                meant = min(self._idf(expansion.words, way), self._idf(phrase.words, way))
                name = f"in other words, {way or 'text'}: {_spell(phrase.words)}"
                share = weight * expansion.weight * meant / own
                yield Leaf(name, way or "text", share, postings)

    def _idf(self, words: tuple[Word, ...], way: SearchedField | None) -> float:
        found = (self._source.term_postings(word, way).documents for word in words)
        return sum(self._bm25.idf(len(documents)) for documents in found)

    def _of_prefix(self, prefix: Prefix) -> Leaf:
        field, stem = field_term(prefix.stem, prefix.field)
        weight = self._weights.title if prefix.field == "title" else self._weights.text
        postings = self._source.prefix_postings(prefix)
        return Leaf(f"{prefix.field or 'text'}: {stem}…", field, weight, postings)

    def _of_field(self, node: InField) -> Iterator[Leaf]:
        weight = self._weights.title if node.field == "title" else self._weights.names
        for word in node.words:
            field, term = field_term(word, node.field)
            bare = "" if word.accented else ", accents ignored"
            yield self._of_term(f"{node.field}{bare}: {term}", field, term, weight)

    def _of_mentions(self, number: NumberClause) -> Leaf:
        source = self._source
        mentions = [source.any_postings("keys", number.mentions)]
        if number.phrase:
            mentions.append(source.phrase_postings(number.phrase.words))
        name = f"mentions the number: {''.join(number.keys[:1])}"
        return Leaf(name, "keys", self._weights.text, pool_postings(mentions))

    def _of_term(self, name: str, field: str, term: str, weight: float) -> Leaf:
        return Leaf(name, field, weight, self._source.postings(field, term), term)


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
