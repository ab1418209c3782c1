"""Lists of different lengths in two flat arrays, so that thousands of them are handled at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import DTypeLike, NDArray
    from typing_extensions import Self


class Ragged(NamedTuple):
    """Lists of numbers; strings as lists of bytes."""

    values: NDArray[Any]
    """The lists, one after the other."""
    starts: NDArray[np.int64]
    """Where each begins in `values`, and the end."""

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]], kind: DTypeLike) -> Self:
        """Return the lists as arrays of a numpy type."""
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(each) for each in lists], out=starts[1:])
        return cls(np.array([value for each in lists for value in each], kind), starts)

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Self:
        """Return the bytes of texts; a lone surrogate, which an id may hold, has bytes as well."""
        return cls.of_parts([text.encode(errors="surrogatepass") for text in texts])

    @classmethod
    def of_parts(cls, parts: Sequence[bytes]) -> Self:
        """Return the bytes of each part."""
        starts = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=starts[1:])
        return cls(np.frombuffer(b"".join(parts), np.uint8), starts)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How long each list is."""
        return np.diff(self.starts)

    def take(self, rows: NDArray[np.int64]) -> Ragged:
        """Return some of the lists, in the order in which they are asked for.

        >>> Ragged.of([[1, 2], [], [3]], np.uint8).take(np.array([2, 0])).lists()
        [[3], [1, 2]]
        """
        lengths = self.lengths[rows]
        ends = np.cumsum(lengths)
        places = np.repeat(self.starts[rows] - ends + lengths, lengths) + np.arange(lengths.sum())
        return Ragged(self.values[places], np.concatenate((np.zeros(1, np.int64), ends)))

    def lists(self) -> list[Any]:
        """Return the lists as Python has them."""
        values, places = self.values.tolist(), self.starts.tolist()
        return [values[a:b] for a, b in pairwise(places)]

    def parts(self) -> list[bytes]:
        """Return the bytes of each list."""
        size, packed = self.values.itemsize, self.values.tobytes()
        places = (self.starts * size).tolist()
        return [packed[a:b] for a, b in pairwise(places)]

    def texts(self) -> list[str]:
        """Return what `of_texts` was given."""
        return [part.decode(errors="surrogatepass") for part in self.parts()]


def join_ragged(parts: Sequence[Ragged]) -> Ragged:
    """Return the lists of all parts (at least one), one part behind the other."""
    values = np.concatenate([part.values for part in parts])
    lengths = np.concatenate([part.lengths for part in parts])
    return Ragged(values, np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))))
