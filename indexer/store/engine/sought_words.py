"""Where the words of a query stand in the candidates, whichever way they are spelled there."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from indexer.language.text import fold
from indexer.store.engine.term_source import field_term
from indexer.store.engine.word_places import gather_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.query_records import Expansion, Phrase, SearchedField, Word
    from indexer.store.engine.term_source import TermSource

    Numbers = NDArray[np.int64]

WordField = Literal["text", "title"]
WORD_FIELDS: tuple[WordField, ...] = ("text", "title")

# A bare word among accented ones ("quy", "ban") is itself where the index often spells it so.
_SPELLED_SO = 0.1


class SoughtWord(NamedTuple):
    """One word of a query in one field."""

    places: Numbers
    """Its places in the candidates, as `gather_places` gives them."""
    found: int
    """How many documents hold it, or what it stands for."""


def find_sought(
    source: TermSource,
    words: Sequence[Word],
    expansions: Sequence[Expansion],
    field: WordField,
    candidates: Numbers,
) -> list[SoughtWord]:
    """Return the words of a query, in their order, in the text or the title of the candidates.

    A phrase that stands for a word counts as the word itself.
    """
    accents = any(word.accented for word in words)
    sought = []
    for word in words:
        term = _spelling(source, word, field, among_accented=accents)
        own = SoughtWord(
            gather_places(source.places(*term), candidates),
            len(source.postings(*term).documents),
        )
        others = list(_in_other_words(source, word, expansions, field, candidates))
        sought.append(_pool([own, *others]) if others else own)
    return sought


def _spelling(
    source: TermSource, word: Word, field: WordField, *, among_accented: bool
) -> tuple[str, str]:
    """Return the field and term that a word is looked up in."""
    if among_accented and not word.accented:
        exact = len(source.postings("text", word.syllable).documents)
        folded = len(source.postings("text_folded", fold(word.syllable)).documents)
        if exact > _SPELLED_SO * folded:
            return field, word.syllable
    return field_term(word, _name(field))


def _in_other_words(
    source: TermSource,
    word: Word,
    expansions: Sequence[Expansion],
    field: WordField,
    candidates: Numbers,
) -> Iterator[SoughtWord]:
    for expansion in expansions:
        if word not in expansion.words:
            continue
        for phrase in expansion.phrases:
            begins = _phrase_places(source, phrase, field, candidates)
            at = expansion.words.index(word)
            # Side by side, as the words would; the last one where the phrase ends, too, so that
            # it stands next to what goes after.
            ways = [begins + at]
            if at == len(expansion.words) - 1:
                ways.append(begins + max(at, len(phrase.words) - 1))
            places = np.concatenate(ways)
            found = source.phrase_postings(phrase.words, _name(field)).documents
            yield SoughtWord(places, len(found))


def _phrase_places(
    source: TermSource, phrase: Phrase, field: WordField, candidates: Numbers
) -> Numbers:
    """Return where a phrase begins in the candidates."""
    begins = (
        gather_places(source.places(*field_term(word, _name(field))), candidates) - step
        for step, word in enumerate(phrase.words)
    )
    return reduce(np.intersect1d, begins)


def _pool(ways: list[SoughtWord]) -> SoughtWord:
    places = np.unique(np.concatenate([way.places for way in ways]))
    return SoughtWord(places, max(way.found for way in ways))


def _name(field: WordField) -> SearchedField | None:
    return None if field == "text" else field
