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
from indexer.store.array_file import map_arrays, pack_strings, unpack_string, write_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

    from indexer.store.library import Library

_FILE = "lines.arrays"
_SUM_BYTES = 32


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
        heads = self._arrays["heads"]
        places = np.searchsorted(heads, np.array([_head(each) for each in sums], np.uint64))
        found = {
            each: self._line(at)
            for each, at in zip(sums, places.tolist(), strict=True)
            if at < len(heads) and self._sum(at) == each
        }
        kept = self._library.which_documents(line.key for line in found.values())
        return {each: line for each, line in found.items() if line.key in kept}

    def _sum(self, place: int) -> bytes:
        return self._arrays["sums"][place * _SUM_BYTES : (place + 1) * _SUM_BYTES].tobytes()

    def _line(self, place: int) -> KnownLine:
        key = self._arrays["keys"][place * _SUM_BYTES : (place + 1) * _SUM_BYTES]
        id_ = unpack_string(self._arrays["ids"], self._arrays["id_starts"], place)
        return KnownLine(id_, key.tobytes().hex())


def write_lines(index: Path, lines: Sequence[ReadLine]) -> None:
    """Keep what the lines of an export gave, in place of what was kept before."""
    heads = np.array([_head(line.sha256) for line in lines], np.uint64)
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


def _head(sha256: bytes) -> int:
    return int.from_bytes(sha256[:8], "little")


def _as_array(packed: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(packed, np.uint8)
