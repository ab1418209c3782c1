"""Whoosh's postings as arrays: a term's documents, frequencies and positions at once.

Whoosh 2.7.4 hands postings out one Python call at a time; its blocks hold them all. The version
is pinned, so its blocks may be read from inside.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.reading import TermNotFound

from indexer.store.schema import POSITION_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

# A place is document << 32 | position, so that phrases are found by shifting and intersecting.
_DOCUMENT_SHIFT = 32


class TermPostings(NamedTuple):
    """A term's documents (int64, rising) and its frequency in each (float32)."""

    documents: NDArray[np.int64]
    frequencies: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.documents.nbytes + self.frequencies.nbytes


NO_POSTINGS = TermPostings(np.empty(0, np.int64), np.empty(0, np.float32))


def read_postings(leaves: list[tuple[Any, int]], field: str, term: str) -> TermPostings:
    """Return the postings of a term over all segments: [(segment reader, first document)]."""
    documents: list[NDArray[np.int64]] = []
    frequencies: list[NDArray[np.float32]] = []
    for block_ids, weights, _values, base in _blocks(leaves, field, term):
        documents.append(np.cumsum(np.array(block_ids, np.int64)) + base)
        count = len(block_ids)
        frequencies.append(
            np.array(weights, np.float32)
            if isinstance(weights, tuple)
            else np.full(count, 1.0 if weights is None else weights, np.float32)
        )
    if not documents:
        return NO_POSTINGS
    return TermPostings(np.concatenate(documents), np.concatenate(frequencies))


def read_places(leaves: list[tuple[Any, int]], field: str, term: str) -> NDArray[np.int64]:
    """Return where a term stands, as rising `document << 32 | position`."""
    places: list[NDArray[np.int64]] = []
    for block_ids, _weights, values, base in _blocks(leaves, field, term):
        documents = np.cumsum(np.array(block_ids, np.int64)) + base
        counts = np.fromiter(map(len, values), np.int64, len(values)) // POSITION_BYTES
        positions = np.frombuffer(b"".join(values), "<u4").astype(np.int64)
        places.append((np.repeat(documents, counts) << _DOCUMENT_SHIFT) + positions)
    return np.concatenate(places) if places else np.empty(0, np.int64)


def count_places(documents: NDArray[np.int64]) -> TermPostings:
    """Return the postings of documents given with repeats, in rising order.

    >>> count_places(np.array([1, 1, 4])).frequencies.tolist()
    [2.0, 1.0]
    """
    if not len(documents):
        return NO_POSTINGS
    starts = np.flatnonzero(np.diff(documents, prepend=documents[0] - 1))
    counts = np.diff(starts, append=len(documents))
    return TermPostings(documents[starts], counts.astype(np.float32))


def pool_postings(parts: list[TermPostings]) -> TermPostings:
    """Return the documents of any part, each with its highest frequency in one of them."""
    if len(parts) == 1:
        return parts[0]
    highest = np.zeros(max((int(part.documents[-1]) + 1 for part in parts if part.size), default=0))
    for documents, frequencies in parts:
        highest[documents] = np.maximum(highest[documents], frequencies)
    together = np.flatnonzero(highest)
    return TermPostings(together, highest[together].astype(np.float32))


def find_near(words: list[NDArray[np.int64]], distance: int) -> NDArray[np.int64]:
    """Return the documents in which every word stands within `distance` syllables in a row.

    Any place of any word may begin such a stretch: it does when the next place of each word, the
    rarest first, is less than `distance` away. The next document is far more than that away.

    >>> words = [np.array([1 << 32 | 4, 2 << 32]), np.array([1 << 32 | 2])]
    >>> find_near(words, 3).tolist(), find_near(words, 2).tolist()
    ([1], [])
    """
    starts = np.concatenate(words)
    for places in sorted(words, key=len):
        at = np.searchsorted(places, starts)
        # Past the last place comes none: the first one lies behind, which is never 0 or more.
        away = places[at % len(places)] - starts if len(places) else np.full(len(starts), -1)
        starts = starts[(away >= 0) & (away < distance)]
    return np.unique(starts >> _DOCUMENT_SHIFT)


def intersect_places(words: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the documents (with repeats) in which the words stand one after the other.

    >>> intersect_places([np.array([1 << 32 | 4, 2 << 32]), np.array([1 << 32 | 5])])
    array([1])
    """
    shifted = sorted((places - i for i, places in enumerate(words)), key=len)
    found = shifted[0]
    for places in shifted[1:]:
        if not len(found) or not len(places):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(places, found), len(places) - 1)
        found = found[places[at] == found]
    return found >> _DOCUMENT_SHIFT


def _blocks(
    leaves: list[tuple[Any, int]], field: str, term: str
) -> Iterator[tuple[tuple[int, ...], Any, tuple[bytes, ...], int]]:
    """Yield (id steps, weights, values, base) of each block; steps as Whoosh stores them."""
    for reader, base in leaves:
        try:
            info = reader._terms.term_info(field, term.encode(errors="surrogatepass"))  # noqa: SLF001
        except (TermNotFound, KeyError):
            continue
        postings = reader._terms._postfile  # noqa: SLF001
        matcher = reader.codec().postings_reader(postings, info, reader.schema[field].format)
        while True:
            matcher._read_data()  # noqa: SLF001
            ids, weights, values = matcher._data  # noqa: SLF001
            yield ids, weights, values, base
            if matcher._lastblock:  # noqa: SLF001
                break
            matcher._next_block()  # noqa: SLF001


class PostingsCache:
    """Least recently used arrays, shared by threads, bounded in bytes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held = 0
        self._arrays: OrderedDict[tuple[str, str, str], Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str, str], read: Callable[[], Any]) -> Any:
        """Return what stands under the key, read now if it is not there."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        value = read()
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = value
                self._held += _size(value)
            while self._held > self._capacity and len(self._arrays) > 1:
                self._held -= _size(self._arrays.popitem(last=False)[1])
        return value


def _size(value: Any) -> int:
    return int(value.size) if isinstance(value, TermPostings) else int(value.nbytes)
