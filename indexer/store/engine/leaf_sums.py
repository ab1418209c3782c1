"""What leaves add up to, for as many or as few documents as are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.search_records import ScorePart
from indexer.store.engine.postings import TermPostings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.leaves import Leaf
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.term_source import TermSource

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]

# Past so many postings for each document wanted, looking those up is quicker than adding up all.
_SPARSE = 16


class LeafSums:
    """Adds up leaves over the documents of one generation."""

    def __init__(self, source: TermSource, bm25: Bm25, size: int) -> None:
        self.bm25 = bm25
        self._source = source
        self._size = size

    def add_up(self, leaves: Sequence[Leaf], documents: Numbers) -> Scores:
        """Return what the leaves add to the score of each of the documents, which rise."""
        dense = np.zeros(self._size, np.float32)
        sparse = np.zeros(len(documents), np.float32)
        for leaf in leaves:
            if len(leaf.postings.documents) > _SPARSE * len(documents):
                at, places = _look_up(leaf, documents)
                sparse[places] += self._score_some(leaf, at)
            else:
                dense[leaf.postings.documents] += np.float32(leaf.weight) * self._score(leaf)
        return sparse + dense[documents]

    def explain(self, leaves: Sequence[Leaf], document: int) -> list[ScorePart]:
        """Return what each leaf adds to one document's score, those that it holds."""
        parts = []
        for leaf in leaves:
            at, _places = _look_up(leaf, np.array([document], np.int64))
            for score in self._score_some(leaf, at):
                frequency = float(leaf.postings.frequencies[at[0]])
                parts.append(ScorePart(leaf.name, frequency, float(score)))
        return parts

    def _score(self, leaf: Leaf) -> Scores:
        """Return the scores of a leaf's postings; those of the index's own terms are kept."""
        if leaf.term is None:
            return self.bm25.score(leaf.field, leaf.postings)
        return self._source.remember(
            ("scores", leaf.field, leaf.term), lambda: self.bm25.score(leaf.field, leaf.postings)
        )

    def _score_some(self, leaf: Leaf, at: Numbers) -> Scores:
        documents, frequencies = leaf.postings
        some = TermPostings(documents[at], frequencies[at])
        idf = self.bm25.idf(len(documents))
        scores: Scores = np.float32(leaf.weight) * self.bm25.score_some(leaf.field, some, idf)
        return scores


def _look_up(leaf: Leaf, documents: Numbers) -> tuple[Numbers, Numbers]:
    """Return where the documents stand in a leaf's postings, and which of them do."""
    known = leaf.postings.documents
    at = np.searchsorted(known, documents)
    places = np.flatnonzero(at < len(known))
    places = places[known[at[places]] == documents[places]]
    return at[places], places
