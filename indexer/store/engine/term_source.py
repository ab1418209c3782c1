"""Where the engine gets its arrays: Whoosh readers, one per thread, and a cache."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.language.text import fold
from indexer.store.engine.postings import (
    PostingsCache,
    TermPostings,
    intersect_places,
    read_places,
    read_postings,
)
from indexer.store.engine.protocol import HitRecord
from indexer.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer.search_records import Phrase, Word

_CACHE_BYTES = 256 * 2**20


class TermSource:
    """Postings, places and listings of one generation. Safe between threads.

    A Whoosh reader shared between threads gives wrong results silently: each thread has its own.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._local = threading.local()
        self._opened: list[Any] = []
        self._cache = PostingsCache(_CACHE_BYTES)
        # Requests in flight may outlive a generation: it closes when nobody holds it any more.
        self.close = weakref.finalize(self, _close_all, self._opened)

    @property
    def leaves(self) -> list[tuple[Any, int]]:
        """This thread's segment readers, each with its first document's number."""
        leaves: list[tuple[Any, int]] | None = getattr(self._local, "leaves", None)
        if leaves is None:
            reader = FileIndex(FileStorage(str(self._directory)), indexname=INDEX_NAME).reader()
            self._opened.append(reader)
            leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
            self._local.leaves = leaves
        return leaves

    def postings(self, field: str, term: str) -> TermPostings:
        """Return a term's documents and frequencies."""
        postings: TermPostings = self._cache.get(
            ("postings", field, term), lambda: read_postings(self.leaves, field, term)
        )
        return postings

    def word_postings(self, word: Word) -> TermPostings:
        """Return the postings of a word, in the field that heeds or ignores accents as it does."""
        return self.postings(*_term_of(word))

    def find_phrase(self, phrase: Phrase) -> NDArray[np.int64]:
        """Return the documents (with repeats) in which a phrase's words stand in a row."""
        return intersect_places([self._places(*_term_of(word)) for word in phrase.words])

    def listing(self, number: int) -> HitRecord:
        """Return what the index keeps of a document by its number."""
        reader, base = next(leaf for leaf in reversed(self.leaves) if leaf[1] <= number)
        return HitRecord(**reader.stored_fields(number - base)["hit"])

    def _places(self, field: str, term: str) -> NDArray[np.int64]:
        places: NDArray[np.int64] = self._cache.get(
            ("places", field, term), lambda: read_places(self.leaves, field, term)
        )
        return places


def _term_of(word: Word) -> tuple[str, str]:
    return ("text", word.syllable) if word.accented else ("text_folded", fold(word.syllable))


def _close_all(readers: list[Any]) -> None:
    while readers:
        readers.pop().close()
