"""What stands in a shard's file (shard.py describes it), made from gathered documents.

A block of documents is written as a shard of its own; shard_merge.py joins blocks to greater ones.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.store.array_file import pack_strings, write_arrays
from indexer.store.engine.flat_postings import FieldGatherer, FieldPostings
from indexer.store.index_fields import (
    COUNTED_FIELDS,
    FACET_COLUMNS,
    PLACED_FIELDS,
    SCORED_FIELDS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.store.engine.protocol import HitRecord

    Arrays = Mapping[str, NDArray[Any]]

FIELDS = (*PLACED_FIELDS, *COUNTED_FIELDS)
"""In the order in which their postings stand."""
MARKED = 64
"""The places of every so many postings are marked in a placed field."""
ENDING = ".shard"


class ShardGatherer:
    """Takes documents one after the other and gives the arrays of a shard."""

    def __init__(self) -> None:
        self._fields = {name: FieldGatherer() for name in FIELDS}
        self._days: list[int] = []
        self._facets: dict[str, list[str]] = {name: [] for name in FACET_COLUMNS}
        self._listings: list[str] = []

    def add(self, terms: Mapping[str, Mapping[str, Any]], day: int, listing: HitRecord) -> None:
        """Add a document: its terms by field, its day (0 for none) and what lists it."""
        for name in PLACED_FIELDS:
            self._fields[name].add_places(terms[name])
        for name in COUNTED_FIELDS:
            self._fields[name].add_counts(terms[name])
        self._days.append(day)
        for name, values in self._facets.items():
            values.append(getattr(listing, name) or "")
        self._listings.append(json.dumps(listing, ensure_ascii=False))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the documents added, all but the name."""
        postings = {name: self._fields.pop(name).sort() for name in FIELDS}
        placed = [postings[name].frequencies for name in PLACED_FIELDS]
        listing, listing_starts = pack_strings(self._listings)
        return {
            "documents": np.concatenate([field.documents for field in postings.values()]),
            "frequencies": np.concatenate([field.frequencies for field in postings.values()]),
            "positions": np.concatenate([field.positions for field in postings.values()]),
            "marks": mark_places(np.concatenate(placed)),
            **_term_arrays(postings),
            **{
                f"lengths.{name}": _stored_lengths(postings[name], len(self._days))
                for name in SCORED_FIELDS
            },
            "days": np.array(self._days, np.int32),
            **facet_arrays(self._facets),
            "listing": listing,
            "listing_starts": listing_starts.astype(np.uint32),
        }


def write_shard(directory: Path, arrays: Arrays) -> str:
    """Write a shard's arrays into a file of a new name and return the name."""
    name = new_name()
    write_arrays(directory / name, {"name": name_array(name), **arrays})
    return name


def new_name() -> str:
    """Return a file name that no shard ever had."""
    return f"{secrets.token_hex(8)}{ENDING}"


def name_array(name: str) -> NDArray[np.uint8]:
    """Return a file's name as it stands inside of the file."""
    return np.frombuffer(name.encode("ascii"), np.uint8)


def facet_arrays(facets: Mapping[str, Sequence[str]]) -> dict[str, NDArray[Any]]:
    """Return each facet's values, packed, and every document's number into them."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, column in facets.items():
        places: dict[str, int] = {}
        codes = [places.setdefault(value, len(places)) for value in column]
        blob, starts = pack_strings(list(places))
        arrays[f"facet.{name}"] = np.array(codes, np.uint16)
        arrays[f"values.{name}"] = blob
        arrays[f"value_starts.{name}"] = starts.astype(np.uint32)
    return arrays


def mark_places(frequencies: NDArray[Any]) -> NDArray[np.uint32]:
    """Return where the places of every MARKED-th posting begin.

    >>> mark_places(np.full(130, 2)).tolist()
    [0, 128, 256]
    """
    ends = np.cumsum(frequencies, dtype=np.uint32)
    return np.concatenate((np.zeros(1, np.uint32), ends))[::MARKED]


def _term_arrays(postings: Mapping[str, FieldPostings]) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    before = 0
    for name, field in postings.items():
        arrays[f"terms.{name}"] = field.terms
        arrays[f"term_starts.{name}"] = field.term_starts
        arrays[f"first.{name}"] = field.first + np.uint32(before)
        before += len(field.documents)
    return arrays


def _stored_lengths(field: FieldPostings, documents: int) -> NDArray[np.uint32]:
    """Return the documents' lengths as Whoosh keeps them: in one byte, so roughly."""
    exact = np.bincount(field.documents, field.frequencies, documents).astype(np.int64)
    return round_lengths(exact)


def round_lengths(exact: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return lengths as Whoosh gives them back.

    >>> round_lengths(np.array([3, 1000])).tolist()
    [3, 1032]
    """
    distinct, places = np.unique(exact, return_inverse=True)
    stored = [byte_to_length(length_to_byte(length)) for length in distinct.tolist()]
    return np.array(stored, np.uint32)[places]
