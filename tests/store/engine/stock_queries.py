"""What our queries ask for, said in Whoosh's own query classes: who is found, and how many.

How much of plain words a document must hold becomes an Or over the smallest sets of words that
suffice: Whoosh 2.7.4 has no other way (`Or(minmatch=…)` is "not yet implemented"). Words near each
other are a stretch from a first one to a last one (SpanNear2) that holds the others (SpanContains).
"""

from __future__ import annotations

from datetime import date
from itertools import chain, combinations, pairwise, permutations
from typing import TYPE_CHECKING, Any

from whoosh import query as wq

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
from tests.store.engine.stock_whoosh import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.query_records import Expansion, Node, SearchedField, Word
    from indexer.store.engine.protocol import Filters
    from tests.store.engine.stock_whoosh import StockWhoosh

_TOLERANCE = 1e-5


class StockQueries:
    """Says our nodes in Whoosh's classes, for one index."""

    def __init__(self, stock: StockWhoosh) -> None:
        self._stock = stock

    def say(self, node: Node) -> Any:
        """Return the Whoosh query that finds what a node finds."""
        match node:
            case And(parts):
                said = all_of(map(self.say, parts))
            case Or(parts):
                said = wq.Or([self.say(part) for part in parts])
            case Not(part):
                said = all_but(self.say(part))
            case Plain():
                said = self._say_plain(node)
            case FacetChoice(facet, values):
                known = self._stock.values(facet)
                alike = [each for each in known if any(same(value, each) for value in values)]
                said = any_term(facet, alike)
            case _:
                said = say_leaf(node)
        return said

    def say_partly(self, node: Node) -> Any:
        """Return what a node finds where the plain words at its top need be held only in part."""
        parts = node.parts if isinstance(node, And) else (node,)
        said = [self._partly(part) if isinstance(part, Plain) else self.say(part) for part in parts]
        return all_of(said)

    def _partly(self, plain: Plain) -> Any:
        if plain.needs is None:
            return self.say(plain)
        words, pairs = self._asked(plain)
        least = plain.needs.partial_words, plain.needs.partial_pairs
        return wq.Or([self.say(plain), self._hold(words, pairs, least, 0.0)])

    def _say_plain(self, plain: Plain) -> Any:
        if plain.needs is None:
            return all_of(word_or_said(word, plain.expansions) for word in plain.words)
        words, pairs = self._asked(plain)
        least = plain.needs.full_words, plain.needs.full_pairs
        return self._hold(words, pairs, least, plain.needs.full_weight)

    def _asked(self, plain: Plain) -> tuple[list[Any], list[Any]]:
        """Return the words and the pairs asked for, each with the phrases that stand for it."""
        words = [word for word in plain.words if word not in plain.weak]
        said = [word_or_said(word, plain.expansions) for word in words]
        return said, [pair_or_said(pair, plain.expansions) for pair in plain.bigrams]

    def _hold(
        self, words: list[Any], pairs: list[Any], least: tuple[int, int], weight: float
    ) -> Any:
        """Return an Or over the smallest sets of words and pairs that are enough."""
        halves = [self._shares(part) for part in (words, pairs)]
        counted = max(sum(any(half) for half in halves), 1)
        shares = [share / counted for share in chain(*halves)]

        def enough(held: frozenset[int]) -> bool:
            first = sum(place < len(words) for place in held)
            heavy = sum(shares[place] for place in held) >= weight - _TOLERANCE
            return first >= least[0] and len(held) - first >= least[1] and heavy

        asked = [*words, *pairs]
        return wq.Or([all_of(asked[at] for at in held) for held in smallest(len(asked), enough)])

    def _shares(self, asked: list[Any]) -> list[float]:
        """Return each one's share of the idf of all, deleted documents counted; 0 if unknown."""
        weights = [
            self._stock.weigh(each) if self._stock.count_all(each) else 0.0 for each in asked
        ]
        return [weight / (sum(weights) or 1.0) for weight in weights]


def say_leaf(node: Any) -> Any:
    """Return the Whoosh query of a leaf that looks its words up at one place of the index."""
    match node:
        case Phrase(words):
            said = side_by_side(words)
        case Near(words, distance):
            said = near(words, distance)
        case Prefix(stem, field):
            said = wq.Prefix(*place(stem, field))
        case InField(field, words, phrase=True):
            said = side_by_side(words, field)
        case InField(field, words):
            said = all_of(wq.Term(*place(word, field)) for word in words)
        case NumberClause(keys, mentions, phrase):
            spelled = [side_by_side(phrase.words)] if phrase else []
            said = wq.Or([any_term("number_keys", keys), any_term("keys", mentions), *spelled])
        case Fact(keys) | Mention(keys):
            said = any_term("facts" if isinstance(node, Fact) else "keys", keys)
        case Period(first, last):
            # Open ends are closed: Whoosh has its ways with them.
            begin = max(first.toordinal(), 1) if first else 1
            said = wq.NumericRange("day", begin, (last or date.max).toordinal())
        case _:
            raise TypeError(node)
    return said


def say_filters(filters: Filters, *, but: str = "") -> Any:
    """Return what lets through what the chosen facet values do, but for one facet's own."""
    said = [
        any_term(name, values) for name, values in filters.values.items() if values and name != but
    ]
    if filters.months and but != "date":
        said.append(wq.Or([_month(year, month) for year, month in sorted(filters.months)]))
    return all_of(said)


def place(word: Word, field: SearchedField | None = None) -> tuple[str, str]:
    """Return the index field and the term of a word."""
    syllable = word.syllable if word.accented else fold(word.syllable)
    if field in ("issuer", "signer", "publisher"):
        return f"{field}_words", syllable
    return (field or "text") + ("" if word.accented else "_folded"), syllable


def side_by_side(words: Sequence[Word], field: SearchedField | None = None) -> Any:
    """Return the phrase; Whoosh's own Phrase is a SpanNear2 that knows one field only."""
    terms = [wq.Term(*place(word, field)) for word in words]
    in_a_row = wq.SpanNear2(terms, slop=1, ordered=True, mindist=1)
    return Spans(in_a_row) if len(terms) > 1 else terms[0]


def near(words: Sequence[Word], distance: int) -> Any:
    """Return the stretches of so many syllables that hold every word."""
    places = list(dict.fromkeys(place(word) for word in words))
    terms = [wq.Term(*each) for each in places]
    if len(terms) == 1:
        return terms[0]
    stretches = []
    for first, last in permutations(terms, 2):
        stretch = wq.SpanNear2([first, last], slop=distance - 1, ordered=True, mindist=0)
        for other in terms:
            if other not in (first, last):
                stretch = wq.SpanContains(stretch, other)
        stretches.append(Spans(stretch))
    return wq.Or(stretches)


def word_or_said(word: Word, expansions: Iterable[Expansion]) -> Any:
    """Return a word, or any phrase that stands for it."""
    said = [phrase for each in expansions if word in each.words for phrase in each.phrases]
    return wq.Or([wq.Term(*place(word)), *(side_by_side(phrase.words) for phrase in said)])


def pair_or_said(pair: str, expansions: Iterable[Expansion]) -> Any:
    """Return a pair of neighbours, or any phrase that stands for both."""
    said = []
    for each in expansions:
        bare = [fold(word.syllable) for word in each.words]
        if pair in {f"{left}_{right}" for left, right in pairwise(bare)}:
            said += [side_by_side(phrase.words) for phrase in each.phrases]
    return wq.Or([wq.Term("bigrams", pair), *said])


def any_term(field: str, terms: Iterable[str]) -> Any:
    """Return what holds any of the terms."""
    return wq.Or([wq.Term(field, term) for term in sorted(set(terms))])


def all_of(parts: Iterable[Any]) -> Any:
    """Return what every part finds; everything without parts."""
    return wq.And(list(parts) or [wq.Every()])


def all_but(shut_out: Any) -> Any:
    """Return what a query does not find."""
    return wq.And([wq.Every(), wq.Not(shut_out)])


def same(wanted: str, known: str) -> bool:
    """Tell whether a value is the wanted one; without accents, any accents will do."""
    asked, value = wanted.lower(), known.lower()
    return asked == (fold(value) if fold(asked) == asked else value)


def smallest(count: int, enough: Any) -> Iterator[frozenset[int]]:
    """Yield the sets of places that are enough, but none that holds a smaller one.

    >>> [sorted(held) for held in smallest(3, lambda held: 1 in held or len(held) > 1)]
    [[1], [0, 2]]
    """
    known: list[frozenset[int]] = []
    for size in range(count + 1):
        for held in map(frozenset, combinations(range(count), size)):
            if not any(less <= held for less in known) and enough(held):
                known.append(held)
                yield held


def _month(year: int, month: int) -> Any:
    if not year:
        return wq.NumericRange("day", 0, 0)
    first = date(year, month or 1, 1)
    last = month or 12
    following = date(year + last // 12, last % 12 + 1, 1)
    return wq.NumericRange("day", first.toordinal(), following.toordinal() - 1)
