"""What scores in a query, said in Whoosh's own query classes, each with its boost.

Words score in the text and in the title wherever they stand in the tree, but for what a Not shuts
out; the same term asked for twice scores once, by its highest weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import query as wq

from indexer.language.text import fold
from indexer.query_records import And, InField, Near, Not, NumberClause, Or, Phrase, Plain, Prefix
from tests.store.engine.stock_queries import place, side_by_side
from tests.store.engine.stock_whoosh import AsTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.query_records import Expansion, Node, SearchedField, Word
    from indexer.store.engine.protocol import Weights
    from tests.store.engine.stock_whoosh import StockWhoosh

Boosted = tuple[Any, float, Any]
"""(what it is told apart by, its weight, the Whoosh query)."""

_BESIDE_ACCENTS = 0.5
"""What a bare word scores as written, among accented ones; the other half scores unaccented."""
_PLACES: tuple[SearchedField | None, ...] = (None, "title")


class StockScores:
    """Says what scores, for one index and one set of weights."""

    def __init__(self, stock: StockWhoosh, weights: Weights) -> None:
        self._stock = stock
        self._weights = weights

    def say(self, root: Node | None) -> tuple[Any, ...]:
        """Return the Whoosh queries whose scores add up to that of the words."""
        if root is None:
            return ()
        nodes = list(asked_for(root))
        accents = any(word.accented for node in nodes for word in _free_words(node))
        heaviest: dict[Any, tuple[float, Any]] = {}
        for node in nodes:
            for key, weight, said in self._of_node(node, accents=accents):
                if key not in heaviest or weight > heaviest[key][0]:
                    heaviest[key] = (weight, said)
        return tuple(said for weight, said in heaviest.values() if weight > 0)

    def _of_node(self, node: Node, *, accents: bool) -> Iterator[Boosted]:
        match node:
            case Plain():
                yield from self._of_plain(node, accents=accents)
            case Phrase(words) | Near(words):
                for word in words:
                    yield from self._of_word(word, 1.0, accents=accents)
                if isinstance(node, Phrase) and len(words) > 1:
                    yield from self._of_phrase(words)
            case Prefix(stem, field):
                yield self._of_prefix(*place(stem, field), by_title=field == "title")
            case InField(field, words):
                weight = self._weights.title if field == "title" else self._weights.names
                for word in words:
                    yield _term(*place(word, field), weight)
            case NumberClause():
                yield self._of_mentions(node)
            case _:
                return

    def _of_plain(self, plain: Plain, *, accents: bool) -> Iterator[Boosted]:
        for word in plain.words:
            share = self._weights.weak if word in plain.weak else 1.0
            yield from self._of_word(word, share, accents=accents)
        for bigram in plain.bigrams:
            yield _term("bigrams", bigram, self._weights.bigrams)
        for compound in plain.compounds:
            yield _term("compounds", compound, self._weights.compounds)
        for expansion in plain.expansions:
            for phrase in expansion.phrases:
                yield from self._of_other_words(expansion, phrase.words)

    def _of_word(self, word: Word, share: float, *, accents: bool) -> Iterator[Boosted]:
        as_written = 1.0 if word.accented else _BESIDE_ACCENTS if accents else 0.0
        for field, weight in (("text", self._weights.text), ("title", self._weights.title)):
            yield _term(field, word.syllable, weight * share * as_written)
            bare = weight * share * (1 - as_written)
            yield _term(f"{field}_folded", fold(word.syllable), bare)

    def _of_phrase(self, words: Sequence[Word]) -> Iterator[Boosted]:
        for field, weight in self._places():
            said = side_by_side(words, field)
            boost = self._weights.bigrams * weight
            idf = self._stock.weigh(said)
            yield ("phrase", field, words), boost, AsTerm([said], field or "text", idf, boost)

    def _of_other_words(self, expansion: Expansion, words: Sequence[Word]) -> Iterator[Boosted]:
        """Score as if it were the words that it stands for, but never as more than its own."""
        for field, weight in self._places():
            meant, own = self._weigh_each(expansion.words, field), self._weigh_each(words, field)
            boost = weight * expansion.weight
            said = AsTerm([side_by_side(words, field)], field or "text", min(meant, own), boost)
            # Which of two stays depends on what they add in all, measured by the phrase's own idf.
            phrase_idf = self._stock.weigh(side_by_side(words, field))
            yield ("other", field, words), boost * min(meant, own) / phrase_idf, said

    def _of_prefix(self, field: str, stem: str, *, by_title: bool) -> Boosted:
        """Pool every word that begins so; fewer than our engine's most, or it would cut them."""
        boost = self._weights.title if by_title else self._weights.text
        terms = [wq.Term(field, term) for term in self._stock.begin_with(field, stem)]
        return ("prefix", field, stem), boost, self._pool(terms, field, boost)

    def _of_mentions(self, number: NumberClause) -> Boosted:
        parts = [wq.Term("keys", key) for key in sorted(set(number.mentions))]
        if number.phrase:
            parts.append(side_by_side(number.phrase.words))
        boost = self._weights.text
        return ("mentions", number.keys[:1]), boost, self._pool(parts, "keys", boost)

    def _pool(self, parts: Sequence[Any], field: str, boost: float) -> AsTerm:
        return AsTerm(parts, field, self._stock.weigh(wq.Or(list(parts))), boost)

    def _weigh_each(self, words: Iterable[Word], field: SearchedField | None) -> float:
        return sum(self._stock.weigh(wq.Term(*place(word, field))) for word in words)

    def _places(self) -> Iterable[tuple[SearchedField | None, float]]:
        return zip(_PLACES, (self._weights.text, self._weights.title), strict=True)


def asked_for(node: Node) -> Iterator[Node]:
    """Yield the leaves that are asked for, not those that are shut out."""
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from asked_for(part)
    elif not isinstance(node, Not):
        yield node


def _free_words(node: Node) -> tuple[Word, ...]:
    return node.words if isinstance(node, (Plain, Phrase, Near)) else ()


def _term(field: str, term: str, weight: float) -> Boosted:
    return (field, term), weight, wq.Term(field, term, boost=weight)
