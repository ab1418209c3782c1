"""A field's terms in one shard, their document frequencies, and numbers to know words by.

Words are known across shards by a number made from their letters alone, so that nothing needs to
be numbered anew when a shard comes or goes. It has 63 bits: among a million words two have the
same one with a chance of 1 in 18 million.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.shard import Shard

    Numbers = NDArray[np.uint64]

# Fowler, Noll and Vo's hash (FNV-1a, 64 bits), byte by byte; a last step spreads its upper bits.
_BASIS, _PRIME, _SPREAD = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15
_64_BITS, _63_BITS = (1 << 64) - 1, (1 << 63) - 1
# All words are numbered side by side, a byte of each at a time; one long word would hold them up.
_LONGEST_WORD = 64
_TOGETHER = 1 << 20


class Lexicon(NamedTuple):
    """A field's terms (UTF-8) in the order of their bytes."""

    blob: NDArray[np.uint8]
    starts: NDArray[np.int64]
    """Where each term begins in `blob`, and the end."""
    documents: NDArray[np.int64]
    """How many documents hold each term."""


def read_lexicon(shard: Shard, field: str, chosen: slice = slice(None)) -> Lexicon:
    """Return the terms of a field in a shard, or a stretch of them; deleted documents count."""
    blob, starts, first = shard.terms(field)
    begin, end, _ = chosen.indices(len(first) - 1)
    places, postings = (each[begin : end + 1].astype(np.int64) for each in (starts, first))
    return Lexicon(blob, places, np.diff(postings))


def add_up(lexicons: Sequence[Lexicon]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a place of each different term in all lexicons together, and its documents in all."""
    documents = np.concatenate([np.empty(0, np.int64), *(each.documents for each in lexicons)])
    if len(lexicons) <= 1:
        return np.arange(len(documents)), documents
    numbers = [number_words(each.blob, each.starts[:-1], each.starts[1:]) for each in lexicons]
    order = np.argsort(np.concatenate(numbers), kind="stable")
    begins = find_changes(np.concatenate(numbers)[order])
    return order[begins], np.add.reduceat(documents[order], begins)


def pick_terms(lexicons: Sequence[Lexicon], places: NDArray[np.int64]) -> list[bytes]:
    """Return the terms at these places of all lexicons together."""
    ends = np.cumsum([len(each.documents) for each in lexicons])
    owners = np.searchsorted(ends, places, side="right").tolist()
    picked = []
    for owner, place in zip(owners, places.tolist(), strict=True):
        blob, starts, documents = lexicons[owner]
        at = place - int(ends[owner]) + len(documents)
        picked.append(blob[starts[at] : starts[at + 1]].tobytes())
    return picked


def find_changes(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each different value of an ordered array begins.

    >>> find_changes(np.array([3, 3, 5])).tolist()
    [0, 2]
    """
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return np.concatenate((np.zeros(min(1, len(ordered)), np.int64), changes))


def number_word(word: str | bytes) -> int:
    """Return the number that a word is known by, from 0 to 2**63 - 1.

    >>> number_word("phí") == number_word("phí".encode()) != number_word("phi")
    True
    """
    letters = word.encode(errors="surrogatepass") if isinstance(word, str) else word
    if len(letters) > _LONGEST_WORD:
        return int.from_bytes(blake2b(letters, digest_size=8).digest(), "little") & _63_BITS
    number = _BASIS
    for letter in letters:
        number = (number ^ letter) * _PRIME & _64_BITS
    number = (number ^ number >> 32) * _SPREAD & _64_BITS
    return (number ^ number >> 32) & _63_BITS


def number_words(
    blob: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> Numbers:
    """Return number_word of each stretch of the packed bytes."""
    numbers = np.empty(len(begins), np.uint64)
    for first in range(0, len(begins), _TOGETHER):
        part = slice(first, first + _TOGETHER)
        numbers[part] = _number_together(blob, begins[part], ends[part])
    for place in np.flatnonzero(ends - begins > _LONGEST_WORD).tolist():
        numbers[place] = number_word(blob[begins[place] : ends[place]].tobytes())
    return numbers


def _number_together(
    blob: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> Numbers:
    numbers = np.full(len(begins), _BASIS, np.uint64)
    left = np.arange(len(begins))
    for step in range(_LONGEST_WORD):
        left = left[begins[left] + step < ends[left]]
        if not len(left):
            break
        numbers[left] = (numbers[left] ^ blob[begins[left] + step]) * np.uint64(_PRIME)
    numbers = (numbers ^ numbers >> np.uint64(32)) * np.uint64(_SPREAD)
    mixed: Numbers = (numbers ^ numbers >> np.uint64(32)) & np.uint64(_63_BITS)
    return mixed
