"""The documents that something finds, kept in whichever form they came in until another is needed.

Few documents are quickest as a list of numbers, many as a truth value for each document; what
words find together is not looked up before somebody wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.postings import documents_of, documents_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.postings import Postings
    from indexer.store.engine.shard import Shard

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int32]

NOTHING = np.empty(0, np.int32)


class Found:
    """Some of the documents of a generation. Give it one of the forms."""

    __slots__ = ("_documents", "_mask", "_shards", "_size", "_terms")

    def __init__(
        self,
        size: int,
        *,
        documents: Numbers | None = None,
        mask: Mask | None = None,
    ) -> None:
        self._size = size
        self._documents = documents
        self._mask = mask
        self._terms: tuple[Postings, ...] = ()
        self._shards: Sequence[Shard] = ()

    @classmethod
    def holding(cls, size: int, shards: Sequence[Shard], *terms: Postings) -> Found:
        """Return the documents that hold every one of these terms of the index."""
        if not all(term.found for term in terms):
            return cls(size, documents=NOTHING)
        found = cls(size)
        found._terms, found._shards = terms, shards
        return found

    @property
    def documents(self) -> Numbers:
        """Their numbers, rising."""
        if self._documents is None:
            if self._terms:
                self._documents = documents_of_all(self._shards, self._terms)
            else:
                self._documents = kernels.find_marked(self.mask)
        return self._documents

    @property
    def mask(self) -> Mask:
        """A truth value for each document of the generation."""
        if self._mask is None:
            self._mask = np.zeros(self._size, bool)
            self.mark(self._mask)
        return self._mask

    def mark(self, mask: Mask) -> None:
        """Set a mask for them."""
        if self._mask is not None and self._mask is not mask:
            mask |= self._mask
        elif len(self._terms) == 1 and self._documents is None:
            for run in self._terms[0].runs:
                kernels.mark(run.documents, run.start, run.end, run.base, mask)
        else:
            mask[self.documents] = True

    @property
    def count(self) -> int:
        """How many they are."""
        if self._documents is None and not self._terms:
            return int(np.count_nonzero(self.mask))
        if self._documents is None and len(self._terms) == 1:
            return self._terms[0].found
        return len(self.documents)

    @property
    def is_nothing(self) -> bool:
        """Whether it is known, without looking anything up, that they are none."""
        return self._documents is not None and not len(self._documents)

    def __and__(self, other: Found) -> Found:
        if self._waits and other._waits:
            return Found.holding(self._size, self._shards, *self._terms, *other._terms)
        if self._is_dense and other._is_dense:
            return Found(self._size, mask=self.mask & other.mask)
        few, many = (other, self) if self._is_dense else (self, other)
        return Found(self._size, documents=kernels.keep_marked(few.documents, many.mask))

    def __or__(self, other: Found) -> Found:
        return any_of(self._size, (self, other))

    def __invert__(self) -> Found:
        return Found(self._size, mask=~self.mask)

    def __contains__(self, document: int) -> bool:
        return bool(self.mask[document])

    @property
    def _waits(self) -> bool:
        return bool(self._terms) and self._documents is None and self._mask is None

    @property
    def _is_dense(self) -> bool:
        return self._documents is None and not self._terms


def any_of(size: int, parts: Iterable[Found]) -> Found:
    """Return the documents that are in any of the parts."""
    mask = np.zeros(size, bool)
    for part in parts:
        part.mark(mask)
    return Found(size, mask=mask)


def found_by(size: int, postings: Postings) -> Found:
    """Return the documents of a phrase, or of anything else that was put together."""
    return Found(size, documents=documents_of(postings))
