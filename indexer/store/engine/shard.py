"""One shard: the postings, lengths, facets and listings of up to 65,536 documents, mapped.

A document's number inside its shard takes two bytes, and what is added up for all of them stays
in a processor's second cache. The arrays (n documents; P postings, those of placed fields first)::

    name                     the file's own name: one of another generation is found out
    documents                uint16[P], rising inside each term
    frequencies              uint16[P], or uint32[P] where one of them needs it
    positions                uint32, posting by posting, of PLACED_FIELDS: as many as its frequency
    marks                    uint32: where in `positions` those of every 64th posting begin
    terms.F, term_starts.F   the field's terms in order of their bytes, and where each begins
    first.F                  uint32: each term's first posting, the end last
    lengths.F                uint32[n], of SCORED_FIELDS, as Whoosh keeps them
    days                     int32[n], proleptic ordinals, 0 without a date
    facet.F                  uint16[n], each document's number into the values
    values.F, value_starts.F the values, packed
    listing, listing_starts  each document's HitRecord, a list in JSON
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.store.array_file import damaged_file, map_arrays, unpack_string
from indexer.store.engine import kernels
from indexer.store.engine.protocol import HitRecord
from indexer.store.engine.shard_files import read_live, read_shards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Bytes that are mapped at a time, on all machines at least.
_PAGE = 4096


class Shard:
    """The arrays of one shard. Safe between threads and shared between processes."""

    def __init__(self, arrays: dict[str, NDArray[Any]], base: int) -> None:
        self.base = base
        """The generation's number of its first document."""
        self.size = len(arrays["days"])
        self.documents: NDArray[np.uint16] = arrays["documents"]
        self.frequencies: NDArray[Any] = arrays["frequencies"]
        self.positions: NDArray[np.uint32] = arrays["positions"]
        self.marks: NDArray[np.uint32] = arrays["marks"]
        self.days: NDArray[np.int32] = arrays["days"]
        self._arrays = arrays
        # Single numbers and stretches are cut out of these several times as quickly.
        self._listing = arrays["listing"].data
        self._listing_starts = arrays["listing_starts"].data
        self._terms = {
            name[len("first.") :]: (
                arrays[f"terms.{name[len('first.') :]}"],
                arrays[f"term_starts.{name[len('first.') :]}"],
                first,
            )
            for name, first in arrays.items()
            if name.startswith("first.")
        }

    @classmethod
    def open(cls, path: Path, base: int = 0) -> Shard:
        """Map a shard's file; DamagedIndexError when it isn't the one of that name."""
        arrays = map_arrays(path)
        try:
            if arrays["name"].tobytes().decode() == path.name:
                return cls(arrays, base)
        except KeyError as error:
            why = f"{error} is missing in it"
        else:
            why = "it belongs to another generation"
        raise damaged_file(path, why)

    def find(self, field: str, term: bytes) -> tuple[int, int]:
        """Return where the postings of a term begin and end; (0, 0) where there are none."""
        span: tuple[int, int] = kernels.find_term(*self._terms[field], term)
        return span

    def terms(self, field: str) -> tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint32]]:
        """Return a field's terms, packed; where each begins; and each one's first posting."""
        return self._terms[field]

    def touch_pages(self) -> None:
        """Have all of the file in this process's memory map, read from disk where it must be.

        Whoever looks at a page for the first time waits for it: for words that stand in a thousand
        pages ten times as long as the answer takes.
        """
        for array in self._arrays.values():
            array.view(np.uint8)[::_PAGE].max(initial=0)

    def lengths(self, field: str) -> NDArray[np.uint32]:
        """Return the documents' lengths in a field, as Whoosh keeps them."""
        return self._arrays[f"lengths.{field}"]

    def facet(self, name: str) -> tuple[list[str], NDArray[np.uint16]]:
        """Return a facet's values here, and each document's number into them."""
        blob, starts = self._arrays[f"values.{name}"], self._arrays[f"value_starts.{name}"]
        values = [unpack_string(blob, starts, place) for place in range(len(starts) - 1)]
        return values, self._arrays[f"facet.{name}"]

    def listing(self, number: int) -> HitRecord:
        """Return what the index keeps of a document, by its number in the shard."""
        return read_listings([self.listing_json(number)])[0]

    def listing_json(self, number: int) -> bytes:
        """Return the same as it is stored; many are read at once by `read_listings`."""
        starts = self._listing_starts
        return bytes(self._listing[starts[number] : starts[number + 1]])


def read_listings(rows: Sequence[bytes]) -> list[HitRecord]:
    """Return what the index keeps of documents, as `Shard.listing_json` gives it."""
    listed = b"[" + b",".join(rows) + b"]"
    return [HitRecord(*row) for row in json.loads(listed.decode(errors="surrogatepass"))]


def open_shards(directory: Path) -> tuple[tuple[Shard, ...], NDArray[np.bool_]]:
    """Return a generation's shards, and which of its documents were not deleted.

    DamagedIndexError when one is missing, cut short or of another generation.
    """
    rows = read_shards(directory)
    shards, base = [], 0
    for row in rows:
        shard = Shard.open(directory / row.file, base)
        if shard.size != row.documents:
            why = f"{shard.size} documents instead of {row.documents}"
            raise damaged_file(directory / row.file, why)
        shards.append(shard)
        base += row.documents
    return tuple(shards), read_live(directory, rows)
