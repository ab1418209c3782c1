"""Terms looked up in a shard's arrays by those who write: a few at a time, without kernels."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]


def find_place(arrays: Arrays, field: str, term: bytes) -> int:
    """Return the place of the field's first term that is not before this one."""
    terms = range(len(arrays[f"first.{field}"]) - 1)
    return bisect_left(terms, term, key=lambda place: term_at(arrays, field, place))


def term_at(arrays: Arrays, field: str, place: int) -> bytes:
    """Return the field's term at a place."""
    begin, end = arrays[f"term_starts.{field}"][place : place + 2].tolist()
    return arrays[f"terms.{field}"][begin:end].tobytes()


def find_documents(arrays: Arrays, field: str, terms: Iterable[str]) -> NDArray[np.uint16]:
    """Return the documents that hold any of the terms, with repeats."""
    first = arrays[f"first.{field}"]
    found = [np.empty(0, np.uint16)]
    for term in terms:
        wanted = term.encode(errors="surrogatepass")
        place = find_place(arrays, field, wanted)
        if place < len(first) - 1 and term_at(arrays, field, place) == wanted:
            found.append(arrays["documents"][first[place] : first[place + 1]])
    return np.concatenate(found)


def packed_terms(blob: NDArray[np.uint8], starts: NDArray[Any]) -> list[bytes]:
    """Return packed strings one by one, as bytes."""
    whole, places = blob.tobytes(), starts.tolist()
    return [whole[begin:end] for begin, end in pairwise(places)]


def packed_texts(blob: NDArray[np.uint8], starts: NDArray[Any]) -> list[str]:
    """Return packed strings one by one."""
    return [term.decode(errors="surrogatepass") for term in packed_terms(blob, starts)]
