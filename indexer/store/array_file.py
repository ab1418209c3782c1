"""Named arrays in one file, mapped into memory: open in a millisecond, read as far as needed.

::

    8 bytes   MAGIC
    arrays    each begins at a multiple of 64 bytes
    table     JSON {name: [numpy type, number of elements, offset in the file]}
    8 bytes   length of the table, little-endian

The table stands last, so that arrays can be written before their sizes are known, and a file that
was cut short has none. No pickle, so a file from elsewhere can lie but not run code.
"""

from __future__ import annotations

import json
import mmap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from indexer.errors import DamagedIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray

_MAGIC = b"HDNDARR2"
_LENGTH_BYTES = 8
# Arrays that do not begin where processors like it are copied whole at every search in them.
_ALIGNMENT = 64


class ArrayStream:
    """Takes flat arrays one after the other, each in as many parts as it comes in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._table: dict[str, tuple[str, int, int]] = {}
        file.write(_MAGIC)

    def write(self, name: str, kind: DTypeLike, parts: Iterable[NDArray[Any]]) -> None:
        """Write an array of a numpy type: the parts' elements, one part behind the other."""
        dtype = np.dtype(kind)
        offset = self._align()
        for part in parts:
            self._file.write(np.ascontiguousarray(part, dtype).data)
        count = (self._file.tell() - offset) // dtype.itemsize
        self._table[name] = (dtype.str, count, offset)

    def finish(self) -> None:
        """Write what stands where."""
        table = json.dumps(self._table).encode()
        self._file.write(table + len(table).to_bytes(_LENGTH_BYTES, "little"))

    def _align(self) -> int:
        place = self._file.tell()
        self._file.write(b"\0" * (-place % _ALIGNMENT))
        return place + -place % _ALIGNMENT


@contextmanager
def stream_arrays(path: Path) -> Iterator[ArrayStream]:
    """Yield a writer for a file of arrays, which appears under its name once all is written.

    Generations share files by hard links: nothing is ever written into one that exists.
    """
    aside = path.with_name(f"{path.name}.new")
    try:
        with aside.open("wb") as file:
            stream = ArrayStream(file)
            yield stream
            stream.finish()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write flat arrays under their names; a file already there is replaced at once."""
    with stream_arrays(path) as stream:
        for name, array in arrays.items():
            stream.write(name, array.dtype, [array])


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the file's arrays by name, read-only; DamagedIndexError when it isn't such a file."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if mapped[: len(_MAGIC)] != _MAGIC:
            raise damaged_file(path, "not a file of arrays")
        end = len(mapped) - _LENGTH_BYTES
        start = end - int.from_bytes(mapped[end:], "little")
        if start < len(_MAGIC):
            raise damaged_file(path, "cut short")
        table = json.loads(mapped[start:end])
        arrays = memoryview(mapped)[:start]
        return {
            name: np.frombuffer(arrays, np.dtype(kind), count, offset)
            for name, (kind, count, offset) in table.items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise damaged_file(path, str(error)) from error


def pack_strings(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """Return the strings one after the other as bytes, and where each begins, the end last.

    >>> blob, starts = pack_strings(["phí", "đất"])
    >>> bytes(blob[starts[1] : starts[2]]).decode()
    'đất'
    """
    # An id may hold a lone surrogate, which JSON allows and UTF-8 does not.
    encoded = [text.encode(errors="surrogatepass") for text in texts]
    starts = np.zeros(len(texts) + 1, np.uint64)
    np.cumsum([len(part) for part in encoded], out=starts[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), starts


def unpack_string(blob: NDArray[np.uint8], starts: NDArray[np.uint64], place: int) -> str:
    """Return one of the packed strings."""
    return blob[starts[place] : starts[place + 1]].tobytes().decode(errors="surrogatepass")


def damaged_file(path: Path, why: str) -> DamagedIndexError:
    """Return the error that names a file of a generation, what is wrong with it, and a way out."""
    return DamagedIndexError(
        f"{path}: can't be read ({why}); go back with rollback, or run build again"
    )
