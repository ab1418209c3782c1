"""What the second stage looks at of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.query_records import Near, Phrase, Plain
from indexer.store.engine.leaves import positive_leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.query_records import Expansion, Node, Word

_MOST_WORDS = 64


class Asked(NamedTuple):
    """What the features look at of a query."""

    words: tuple[Word, ...] = ()
    """Distinct, in order, weak ones left out."""
    bigrams: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def read_asked(tree: Node | None) -> Asked:
    """Return what a tree asks for in words that are searched in the whole document.

    >>> from indexer.query_records import Word
    >>> là, phí = Word("là", accented=True), Word("phí", accented=True)
    >>> [word.syllable for word in read_asked(Plain((phí, là), weak=(là,))).words]
    ['phí']
    """
    leaves = tuple(positive_leaves(tree)) if tree else ()
    plains = [leaf for leaf in leaves if isinstance(leaf, Plain)]
    weak = {word for plain in plains for word in plain.weak}
    words = (leaf.words for leaf in leaves if isinstance(leaf, (Plain, Phrase, Near)))
    distinct = dict.fromkeys(word for group in words for word in group if word not in weak)
    return Asked(
        words=tuple(distinct)[:_MOST_WORDS],
        bigrams=_distinct(plain.bigrams for plain in plains),
        compounds=_distinct(plain.compounds for plain in plains),
        expansions=tuple(each for plain in plains for each in plain.expansions),
    )


def _distinct(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for part in parts for term in part))[:_MOST_WORDS]
