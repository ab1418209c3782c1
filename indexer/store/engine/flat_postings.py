"""The terms of documents become flat arrays: what one block of documents adds to the index.

Postings come document by document and go term by term. Held as numbers in arrays they take twelve
bytes each, where a Python object for every one takes a hundred.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.array_file import pack_strings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Positions = Mapping[str, list[int]]
    Counts = Mapping[str, int]

_MOST_SMALL = np.iinfo(np.uint16).max


class FieldPostings(NamedTuple):
    """One field's postings, term by term, in the order of the terms' bytes."""

    terms: NDArray[np.uint8]
    """UTF-8, one behind the other."""
    term_starts: NDArray[np.uint32]
    first: NDArray[np.uint32]
    """Each term's first posting, the end last."""
    documents: NDArray[np.uint16]
    """Rising inside each term."""
    frequencies: NDArray[Any]
    """uint16, or uint32 where one of them needs it."""
    positions: NDArray[np.uint32]
    """Posting by posting; none where only counts were given."""


class FieldGatherer:
    """Takes one field's terms, document by document."""

    def __init__(self) -> None:
        self._numbers = _TermNumbers()
        self._terms = array("I")
        self._frequencies = array("I")
        self._sizes = array("I")
        self._positions = array("I")

    def add_places(self, places: Positions) -> None:
        """Add the next document's terms, each with its rising positions."""
        self._note(places)
        self._frequencies.extend(map(len, places.values()))
        self._positions.extend(chain.from_iterable(places.values()))

    def add_counts(self, counts: Counts) -> None:
        """Add the next document's terms, each with how often it stands there."""
        self._note(counts)
        self._frequencies.extend(counts.values())

    def _note(self, terms: Positions | Counts) -> None:
        self._terms.extend(map(self._numbers.__getitem__, terms))
        self._sizes.append(len(terms))

    def sort(self) -> FieldPostings:
        """Return the postings by term, and forget them."""
        names = sorted(self._numbers)
        ranks = np.empty(len(names), np.uint32)
        ranks[[self._numbers[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        terms = ranks[np.asarray(self._terms)]
        order = np.argsort(terms, kind="stable")
        counts = np.bincount(terms, minlength=len(names))
        frequencies = np.asarray(self._frequencies)
        sizes = np.asarray(self._sizes)
        documents = np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes)
        blob, starts = pack_strings(names)
        postings = FieldPostings(
            terms=blob,
            term_starts=starts.astype(np.uint32),
            first=np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
            documents=documents[order],
            frequencies=narrow(frequencies[order]),
            positions=_sort_positions(np.asarray(self._positions), frequencies, order),
        )
        self.__init__()  # type: ignore[misc]
        return postings


class _TermNumbers(dict[str, int]):
    """Terms numbered as they turn up."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def narrow(frequencies: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers in two bytes each, or in four where one of them needs it."""
    small = int(frequencies.max(initial=0)) <= _MOST_SMALL
    return frequencies.astype(np.uint16 if small else np.uint32)


def spread(begins: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return the places of all runs, one run behind the other: each begins here, is so long.

    >>> spread(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    places = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    places += np.repeat(begins.astype(np.int64) - ends + counts, counts)
    return places


def _sort_positions(
    positions: NDArray[np.uint32], frequencies: NDArray[np.uint32], order: NDArray[np.int64]
) -> NDArray[np.uint32]:
    if not len(positions):
        return positions
    begins = np.cumsum(frequencies, dtype=np.int64) - frequencies
    return positions[spread(begins[order], frequencies[order])]
