"""What leaves add up to, for as many or as few documents as are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.search_records import ScorePart
from indexer.store.engine import kernels
from indexer.store.engine.postings import frequencies_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.leaves import Leaf
    from indexer.store.engine.scoring import Bm25
    from indexer.store.engine.shard import Shard

    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]

# Up to so large a share of all documents, looking them up is quicker than adding up all postings.
_SPARSE = 1 / 4


class LeafSums:
    """Adds up leaves over the documents of one generation."""

    def __init__(self, shards: Sequence[Shard], bm25: Bm25, size: int) -> None:
        self.bm25 = bm25
        self._bases = [shard.base for shard in shards]
        self._size = size

    def add_up(self, leaves: Sequence[Leaf], documents: Numbers) -> Scores:
        """Return what the leaves add to the score of each of the documents, which rise."""
        if len(leaves) > 1 and len(documents) > _SPARSE * self._size:
            return kernels.take_scores(self._add_up_all(leaves), documents)
        scores = np.zeros(len(documents), np.float32)
        edges = self._edges(documents)
        for leaf in leaves:
            factor, norms = self._measures(leaf)
            for run in leaf.postings.runs:
                first, last = edges[run.shard], edges[run.shard + 1]
                if first < last:
                    kernels.add_scores_to(*run[:5], factor, norms, documents, first, last, scores)
        return scores

    def explain(self, leaves: Sequence[Leaf], document: int) -> list[ScorePart]:
        """Return what each leaf adds to one document's score, those that it holds."""
        one = np.array([document], np.int32)
        parts = []
        for leaf in leaves:
            frequency = float(frequencies_in(leaf.postings, one)[0])
            if frequency:
                factor, norms = self._measures(leaf)
                score = factor * frequency / (frequency + norms[document])
                parts.append(ScorePart(leaf.name, frequency, float(score)))
        return parts

    def _add_up_all(self, leaves: Sequence[Leaf]) -> Scores:
        """Return the scores of all documents."""
        scores = np.zeros(self._size, np.float32)
        for leaf in leaves:
            factor, norms = self._measures(leaf)
            for run in leaf.postings.runs:
                kernels.add_scores(*run[:5], factor, norms, scores)
        return scores

    def _measures(self, leaf: Leaf) -> tuple[float, Scores]:
        factor = self.bm25.factor(leaf.weight, leaf.postings.found)
        return factor, self.bm25.norms[leaf.field]

    def _edges(self, documents: Numbers) -> list[int]:
        """Return where each shard's documents begin among these, and the end."""
        if len(self._bases) == 1:
            return [0, len(documents)]
        return [*np.searchsorted(documents, self._bases).tolist(), len(documents)]
