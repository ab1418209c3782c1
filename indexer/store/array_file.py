"""Named arrays in one file, mapped into memory: open in a millisecond, read as far as needed.

::

    8 bytes   MAGIC
    8 bytes   length of the header, little-endian
    header    JSON {name: [numpy type, number of elements, offset behind the header]}
    arrays    each begins at a multiple of 64 bytes behind the header

No pickle, so a file from elsewhere can lie but not run code.
"""

from __future__ import annotations

import json
import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import DamagedIndexError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_MAGIC = b"HDNDARR1"
_LENGTH_BYTES = 8
_ALIGNMENT = 64


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write flat arrays under their names; a file already there is replaced at once.

    Generations share files by hard links: nothing is ever written into one that exists.
    """
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, len(array), offset)
        offset += array.nbytes + -array.nbytes % _ALIGNMENT
    header = json.dumps(places).encode()
    # Arrays that do not begin where processors like it are copied whole at every search in them.
    header += b" " * (-(len(_MAGIC) + _LENGTH_BYTES + len(header)) % _ALIGNMENT)
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(_LENGTH_BYTES, "little") + header)
        for array in arrays.values():
            file.write(array.tobytes() + b"\0" * (-array.nbytes % _ALIGNMENT))
    aside.replace(path)


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the file's arrays by name, read-only; DamagedIndexError when it isn't such a file."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if mapped[: len(_MAGIC)] != _MAGIC:
            raise _damaged(path, "not a file of arrays")
        start = len(_MAGIC) + _LENGTH_BYTES
        end = start + int.from_bytes(mapped[len(_MAGIC) : start], "little")
        places = json.loads(mapped[start:end])
        return {
            name: np.frombuffer(mapped, np.dtype(kind), count, end + offset)
            for name, (kind, count, offset) in places.items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(path, str(error)) from error


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


def _damaged(path: Path, why: str) -> DamagedIndexError:
    return DamagedIndexError(
        f"{path}: can't be read ({why}); go back with rollback, or run build again"
    )
