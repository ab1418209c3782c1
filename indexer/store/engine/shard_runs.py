"""A field's postings read out of a shard in stretches of its terms, for some of its documents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.engine.shard_arrays import MARKED
from indexer.store.engine.shard_terms import packed_terms
from indexer.store.index_fields import PLACED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

# Postings that are read at a time, and what they take at most: 64 bytes each.
_POSTINGS = 1 << 20


class FieldRun(NamedTuple):
    """Some neighbouring terms of a field with all their postings."""

    terms: list[bytes]
    first: NDArray[np.int64]
    """Each term's first posting, the end last; each has one at least."""
    documents: NDArray[np.int64]
    """Rising inside each term; counted from the first document that was asked for."""
    frequencies: NDArray[np.int64]
    positions: NDArray[np.uint32] | None = None
    """Posting by posting, as many as its frequency."""


def read_runs(arrays: Arrays, field: str, begin: int, end: int) -> Iterator[FieldRun]:
    """Yield a field's terms in order, with their postings in the documents from begin to end."""
    first = arrays[f"first.{field}"].astype(np.int64)
    total = first[-1] - first[0]
    cuts = np.searchsorted(first, first[0] + np.arange(_POSTINGS, total, _POSTINGS)).tolist()
    for start, stop in pairwise([0, *cuts, len(first) - 1]):
        if start < stop:
            run = _read_run(arrays, field, start, stop)
            whole = begin == 0 and end == len(arrays["days"])
            run = run if whole else _keep(run, begin, end)
            if run.terms:
                yield run


def place_start(arrays: Arrays, posting: int) -> int:
    """Return where the positions of a placed field's posting begin."""
    marked = posting - posting % MARKED
    before = arrays["frequencies"][marked:posting].sum(dtype=np.int64)
    return int(arrays["marks"][posting // MARKED]) + int(before)


def _read_run(arrays: Arrays, field: str, start: int, stop: int) -> FieldRun:
    first = arrays[f"first.{field}"][start : stop + 1].astype(np.int64)
    starts = arrays[f"term_starts.{field}"][start : stop + 1]
    run = slice(int(first[0]), int(first[-1]))
    positions = None
    if field in PLACED_FIELDS:
        places = slice(place_start(arrays, run.start), place_start(arrays, run.stop))
        positions = arrays["positions"][places]
    return FieldRun(
        terms=packed_terms(arrays[f"terms.{field}"][starts[0] : starts[-1]], starts - starts[0]),
        first=first - first[0],
        documents=arrays["documents"][run].astype(np.int64),
        frequencies=arrays["frequencies"][run].astype(np.int64),
        positions=positions,
    )


def _keep(run: FieldRun, begin: int, end: int) -> FieldRun:
    """Return the run without other documents, and without terms that only those hold."""
    kept = (run.documents >= begin) & (run.documents < end)
    first = np.concatenate(([0], np.cumsum(kept)))[run.first]
    held = np.diff(first) > 0
    terms = [term for term, stays in zip(run.terms, held.tolist(), strict=True) if stays]
    positions = run.positions
    return FieldRun(
        terms=terms,
        first=np.append(first[:-1][held], first[-1]),
        documents=run.documents[kept] - begin,
        frequencies=run.frequencies[kept],
        positions=None if positions is None else positions[np.repeat(kept, run.frequencies)],
    )
