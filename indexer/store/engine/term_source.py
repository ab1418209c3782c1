"""Where a request's words are found in the index: one request's view of a generation's shards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.store.engine.postings import (
    near_postings,
    phrase_postings,
    pool_postings,
    term_postings,
)
from indexer.store.engine.prefixes import expand_prefix
from indexer.store.index_fields import NAME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from indexer.query_records import Near, Prefix, SearchedField, Word
    from indexer.store.engine.postings import Postings
    from indexer.store.engine.shard import Shard

# Over 54,583 documents, 200 words find 99.97% of those that all 1,666 with "ta" find.
PREFIX_TERMS = 200


class TermLookup:
    """Looks up what one request asks for, each thing once."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self.shards = shards
        self._known: dict[Hashable, Postings] = {}

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that hold a term of the index."""
        known = self._known.get((field, term))
        if known is None:
            known = self._known[field, term] = term_postings(self.shards, field, term)
        return known

    def word_postings(self, word: Word, field: SearchedField | None = None) -> Postings:
        """Return the postings of a word in a field, or in the whole document."""
        return self.postings(*field_term(word, field))

    def phrase_postings(
        self, words: tuple[Word, ...], field: SearchedField | None = None
    ) -> Postings:
        """Return in which documents the words stand in a row in a field, and how often."""
        if len(words) == 1:
            return self.word_postings(words[0], field)
        terms = tuple(field_term(word, field) for word in words)
        return self._remember(
            ("phrase", terms),
            lambda: phrase_postings(self.shards, [self.postings(*term) for term in terms]),
        )

    def near_postings(self, near: Near) -> Postings:
        """Return the documents in which the words stand within a stretch, in any order."""
        terms = tuple(dict.fromkeys(field_term(word) for word in near.words))
        return self._remember(
            ("near", near.distance, terms),
            lambda: near_postings(
                self.shards, [self.postings(*term) for term in terms], near.distance
            ),
        )

    def prefix_postings(self, prefix: Prefix) -> Postings:
        """Return the documents of the PREFIX_TERMS most frequent words that begin with a stem."""
        field, stem = field_term(prefix.stem, prefix.field)

        def read() -> Postings:
            terms = expand_prefix(self.shards, field, stem, PREFIX_TERMS)
            return self.any_postings(field, terms)

        return self._remember(("prefix", field, stem), read)

    def any_postings(self, field: str, terms: Iterable[str]) -> Postings:
        """Return the documents of any of the terms, each with its highest frequency."""
        return pool_postings(self.shards, [self.postings(field, term) for term in terms])

    def _remember(self, key: Hashable, read: Callable[[], Postings]) -> Postings:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = read()
        return known


def field_term(word: Word, field: SearchedField | None = None) -> tuple[str, str]:
    """Return the index field and term that a word is looked up in.

    Names have one field for both spellings; whole documents and titles have two.
    """
    bare = fold(word.syllable)
    if field in NAME_FIELDS:
        return f"{field}_words", word.syllable if word.accented else bare
    name = field or "text"
    return (name, word.syllable) if word.accented else (f"{name}_folded", bare)
