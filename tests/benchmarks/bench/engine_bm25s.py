"""bm25s: scores of all documents as one array. It knows neither conditions nor phrases."""

from __future__ import annotations

import pickle
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.bench.work import BEST, FACETS, Found, named_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.benchmarks.bench.work import Question, Record

_COLUMNS = "columns.pickle"


def build(records: Iterator[Record], directory: Path) -> None:
    """Write the matrix of scores, and beside it what is counted and shown."""
    bm25s = import_module("bm25s")
    words, titles = [], []
    values: dict[str, list[str]] = {facet: [] for facet in FACETS}
    for record in records:
        words.append(record.words.split())
        titles.append(record.title)
        for facet, column in values.items():
            column.append(str(getattr(record, facet)))
    model = bm25s.BM25(k1=1.2, b=0.75)
    model.index(words, show_progress=False)
    model.save(str(directory))
    columns = {facet: np.unique(column, return_inverse=True) for facet, column in values.items()}
    (directory / _COLUMNS).write_bytes(pickle.dumps((titles, columns)))


def open_engine(directory: Path) -> Bm25sEngine:
    """Open the index."""
    return Bm25sEngine(directory)


class Bm25sEngine:
    """One open index."""

    def __init__(self, directory: Path) -> None:
        bm25s = import_module("bm25s")
        self.version = version("bm25s")
        self._model = bm25s.BM25.load(str(directory))
        # Our own file of a moment ago.
        self._titles, self._columns = pickle.loads((directory / _COLUMNS).read_bytes())  # noqa: S301

    def ask(self, question: Question) -> Found:
        """Return the answer; only single words and alternatives are comparable."""
        scores = self._model.get_scores(list(question.words))
        found = np.flatnonzero(scores)
        held = scores[found]
        # Among thousands of zeros the best ones would be looked for in vain.
        best = np.argpartition(held, max(len(held) - BEST, 0))[-BEST:] if len(held) else found
        top = found[best[np.argsort(-held[best], kind="stable")]]
        facets = {
            facet: dict(zip(values.tolist(), _count(codes[found], len(values)), strict=True))
            for facet, (values, codes) in self._columns.items()
        }
        return Found(len(found), named_counts(facets), tuple(self._titles[at] for at in top))


def _count(codes: NDArray[np.int64], values: int) -> list[int]:
    counts: list[int] = np.bincount(codes, minlength=values).tolist()
    return counts
