"""How the words of a query may be said in a document, and how many documents say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.language.text import fold
from indexer.store.engine.term_source import field_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.query_records import Expansion, SearchedField, Word
    from indexer.store.engine.postings import Postings
    from indexer.store.engine.term_source import TermLookup

WordField = Literal["text", "title"]
WORD_FIELDS: tuple[WordField, ...] = ("text", "title")

# A bare word among accented ones ("quy", "ban") is itself where the index often spells it so.
_SPELLED_SO = 0.1


class Way(NamedTuple):
    """A phrase, most often of one word, that says a word of the query."""

    terms: tuple[Postings, ...]
    """Its words', one behind the other."""
    shifts: tuple[int, int] = (0, 0)
    """How far behind the phrase's beginning the query's word is taken to stand, in two ways."""


class SoughtWord(NamedTuple):
    """One word of a query in one field."""

    ways: tuple[Way, ...]
    found: int
    """How many documents hold it, or what it stands for."""


def find_sought(
    lookup: TermLookup, words: Sequence[Word], expansions: Sequence[Expansion], field: WordField
) -> list[SoughtWord]:
    """Return the words of a query, in their order, as the text or the title has them.

    A phrase that stands for a word counts as the word itself.
    """
    accents = any(word.accented for word in words)
    sought = []
    for word in words:
        own = lookup.postings(*_spelling(lookup, word, field, among_accented=accents))
        ways = [(Way((own,)), own.found), *_in_other_words(lookup, word, expansions, field)]
        sought.append(SoughtWord(tuple(way for way, _ in ways), max(found for _, found in ways)))
    return sought


def _spelling(
    lookup: TermLookup, word: Word, field: WordField, *, among_accented: bool
) -> tuple[str, str]:
    """Return the field and term that a word is looked up in."""
    if among_accented and not word.accented:
        exact = lookup.postings("text", word.syllable).found
        folded = lookup.postings("text_folded", fold(word.syllable)).found
        if exact > _SPELLED_SO * folded:
            return field, word.syllable
    return field_term(word, _name(field))


def _in_other_words(
    lookup: TermLookup, word: Word, expansions: Sequence[Expansion], field: WordField
) -> Iterator[tuple[Way, int]]:
    """Yield the phrases that stand for a word, and how many documents hold each."""
    for expansion in expansions:
        if word not in expansion.words:
            continue
        at = expansion.words.index(word)
        for phrase in expansion.phrases:
            terms = tuple(lookup.word_postings(each, _name(field)) for each in phrase.words)
            # Side by side, as the words would; the last one where the phrase ends, too, so that
            # it stands next to what goes after.
            last = max(at, len(terms) - 1) if at == len(expansion.words) - 1 else at
            found = lookup.phrase_postings(phrase.words, _name(field)).found
            yield Way(terms, (at, last)), found


def _name(field: WordField) -> SearchedField | None:
    return None if field == "text" else field
