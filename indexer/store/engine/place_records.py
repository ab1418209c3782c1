"""What the kernels that measure places take and give: arrays with names.

They look for the places of a query's words in one field of some candidates of one shard, and fill
two tables with a row for each candidate: how often each word stands there, and ORDER_COLUMNS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTHS = (12, 40, 120)
"""Syllables of the stretches within which words are looked for together."""
ORDER_COLUMNS = (
    "joined",  # neighbours of the query that stand side by side
    "near",  # neighbours of the query that stand in their order and close to each other
    "triples",  # three words in a row
    "longest",  # the heaviest chain of two or more words in a row
    "pairs",  # how many different neighbours stand side by side: a number
    "early",  # words that stand in the beginning
    *(f"within {width}" for width in WIDTHS),  # words in the best stretch of such a width
)
"""Shares of the weight there is to hold, but for the number."""
NEAR = 3
"""Two words are near each other up to so many syllables apart, and so many places of words."""
MOST_WORDS = 64
"""A set of words is kept in the bits of one number."""


class ShardPlaces(NamedTuple):
    """The arrays of a shard that tell where its terms stand."""

    documents: NDArray[np.uint16]
    frequencies: NDArray[Any]
    positions: NDArray[np.uint32]
    marks: NDArray[np.uint32]


class Ways(NamedTuple):
    """In which ways a query's words are said, and the runs of the shard that each is found by.

    A way is a phrase, most often of one word. It stands for a word of the query.
    """

    starts: NDArray[np.int64]
    """[runs]: where each run begins in the shard's arrays, way by way."""
    ends: NDArray[np.int64]
    """[runs]"""
    firsts: NDArray[np.int64]
    """[ways + 1]: each way's first run, the end last."""
    words: NDArray[np.int64]
    """[ways]: the place of the query's word that it stands for."""
    shifts: NDArray[np.int64]
    """[ways, 2]: how far behind the phrase's beginning that word is taken to stand, in two ways."""


class Candidates(NamedTuple):
    """Some of the documents of a shard."""

    numbers: NDArray[np.int64]
    """Numbers inside the shard, rising."""
    beginnings: NDArray[np.int64]
    """The position where the beginning of each one ends."""


class Measured(NamedTuple):
    """What is measured of the candidates, zeros before."""

    counts: NDArray[np.float32]
    """[candidates, words]: how often each word stands there."""
    orders: NDArray[np.float32]
    """[candidates, ORDER_COLUMNS]"""
