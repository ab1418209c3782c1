"""BM25 over arrays: how much a term adds to the scores of its documents.

As Whoosh computes it (k1 = 1.2, b = 0.75, stored lengths), but with Lucene's idf,
log(1 + (N - n + 0.5) / (n + 0.5)): docs/decisions/0001-what-matches-and-what-ranks.md.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_K1 = 1.2
_B = 0.75


def weigh_term(found: int, documents: int) -> float:
    """Return the idf of a term that so many of all documents hold, as Lucene has it.

    >>> round(weigh_term(1, 100), 2), round(weigh_term(100, 100), 3)
    (4.21, 0.005)
    """
    return math.log(1 + (documents - found + 0.5) / (found + 0.5))


class Bm25:
    """Scores postings of the fields whose lengths it was given."""

    def __init__(self, lengths: Mapping[str, NDArray[np.float32]], documents: int) -> None:
        self._documents = documents
        self.norms: Mapping[str, NDArray[np.float32]] = {
            field: (_K1 * (1 - _B + _B * counts / max(_mean(counts), 1.0))).astype(np.float32)
            for field, counts in lengths.items()
        }
        """What a frequency is held against in each document, by field."""

    def idf(self, found: int) -> float:
        """Return the weight of a term that so many documents hold."""
        return weigh_term(found, self._documents)

    def factor(self, weight: float, found: int) -> float:
        """Return what a term adds to a score at most.

        In a document it adds this times frequency / (frequency + norm).
        """
        return weight * self.idf(found) * (_K1 + 1)


def _mean(counts: NDArray[np.float32]) -> float:
    return float(counts.mean()) if len(counts) else 0.0
