"""What the lines of an export gave before: an unchanged one need not be understood again.

DIR/lines.arrays holds, for each line of the last build's export, its checksum, the id it stated
and the content key of its document. Whatever reads otherwise now has another READING_VERSION.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.content_key import READING_VERSION
from indexer.errors import DamagedIndexError
from indexer.reading.export import KnownLine
from indexer.store.array_file import map_arrays, pack_strings, write_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

    from indexer.store.library import Library

_FILE = "lines.arrays"
_SUM_BYTES = 32
_KEY_SIZE = 2 * _SUM_BYTES
"""A key is kept as bytes, and written in hexadecimal digits."""


class ReadLine(NamedTuple):
    """A line that was understood."""

    sha256: bytes
    id: str
    key: str


class KnownLines:
    """Recalls lines by their checksums, as far as the library still has their documents."""

    def __init__(self, arrays: dict[str, NDArray[Any]], library: Library) -> None:
        self._arrays = arrays
        self._library = library
        self._kept: frozenset[str] | None = None

    @classmethod
    def open(cls, index: Path, library: Library) -> Self:
        """Return what is known; nothing where nothing was written, or by other code."""
        arrays: dict[str, NDArray[Any]] = {}
        with suppress(DamagedIndexError):
            arrays = map_arrays(index / _FILE)
        same = bytes(arrays.get("version", b"")) == READING_VERSION.encode()
        return cls(arrays if same else {}, library)

    def __call__(self, sums: Sequence[bytes]) -> dict[bytes, KnownLine]:
        """Return the known ones of some lines, by their sha256."""
        if not self._arrays:
            return {}
        if self._kept is None:
            self._kept = frozenset(self._library.document_keys())
        asked = _rows(_as_array(b"".join(sums)))
        places = self._arrays["heads"].searchsorted(_heads(asked))
        inside = np.flatnonzero(places < len(self._arrays["heads"]))
        known = _rows(self._arrays["sums"])[places[inside]]
        found = inside[(known == asked[inside]).all(axis=1)]
        lines = zip(found.tolist(), self._lines(places[found]), strict=True)
        return {sums[number]: line for number, line in lines if line.key in self._kept}

    def _lines(self, places: NDArray[np.int64]) -> Iterator[KnownLine]:
        keys = _rows(self._arrays["keys"])[places].tobytes().hex()
        ids, starts = self._arrays["ids"].data, self._arrays["id_starts"]
        bounds = zip(starts[places].tolist(), starts[places + 1].tolist(), strict=True)
        for number, (first, end) in enumerate(bounds):
            id_ = str(ids[first:end], "utf-8", "surrogatepass")
            yield KnownLine(id_, keys[number * _KEY_SIZE : (number + 1) * _KEY_SIZE])


def write_lines(index: Path, lines: Sequence[ReadLine]) -> None:
    """Keep what the lines of an export gave, in place of what was kept before."""
    heads = _heads(_rows(_as_array(b"".join(line.sha256 for line in lines))))
    order = np.argsort(heads, kind="stable")
    chosen = [lines[place] for place in order.tolist()]
    ids, id_starts = pack_strings([line.id for line in chosen])
    arrays: dict[str, NDArray[Any]] = {
        "version": _as_array(READING_VERSION.encode()),
        "heads": heads[order],
        "sums": _as_array(b"".join(line.sha256 for line in chosen)),
        "keys": _as_array(bytes.fromhex("".join(line.key for line in chosen))),
        "ids": ids,
        "id_starts": id_starts,
    }
    write_arrays(index / _FILE, arrays)


def _rows(sums: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return sums.reshape(-1, _SUM_BYTES)


def _heads(sums: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the first eight bytes of each sum as a number."""
    heads: NDArray[np.uint64] = np.ascontiguousarray(sums[:, :8]).view("<u8")[:, 0]
    return heads


def _as_array(packed: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(packed, np.uint8)
