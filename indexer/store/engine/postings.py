"""What is looked up in the index: the documents of a term or phrase, and how often each holds it.

They lie as runs in the arrays of the shards; nothing is copied to look something up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.shard_files import SHARD_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.shard import Shard

    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]


class Run(NamedTuple):
    """One shard's share."""

    documents: NDArray[np.uint16]
    """A whole array; the run goes from `start` to `end` in it and rises."""
    frequencies: NDArray[Any]
    start: int
    end: int
    base: int
    """Number of the shard's first document."""
    shard: int
    """The shard's place."""


class Postings(NamedTuple):
    """The documents of a term, phrase, or any of several terms."""

    runs: tuple[Run, ...]
    """Of the shards that hold any, in their order."""
    found: int
    """Documents in all, deleted ones included."""


NO_POSTINGS = Postings((), 0)


def term_postings(shards: Sequence[Shard], field: str, term: str) -> Postings:
    """Return the postings of a term of the index."""
    encoded = term.encode(errors="surrogatepass")
    runs = []
    found = 0
    for place, shard in enumerate(shards):
        start, end = shard.find(field, encoded)
        if start < end:
            found += end - start
            runs.append(Run(shard.documents, shard.frequencies, start, end, shard.base, place))
    return Postings(tuple(runs), found) if runs else NO_POSTINGS


def phrase_postings(shards: Sequence[Shard], words: Sequence[Postings]) -> Postings:
    """Return in which documents the words of a field stand in a row, and how often."""
    runs = []
    for shard, place, starts, ends in _shared(shards, words):
        documents, frequencies = kernels.find_phrase(*placed(shard), starts, ends)
        runs.append(_derived(documents, frequencies, shard, place))
    return _gather(runs)


def near_postings(shards: Sequence[Shard], words: Sequence[Postings], distance: int) -> Postings:
    """Return the documents in which the words stand within `distance` syllables, in any order."""
    runs = []
    for shard, place, starts, ends in _shared(shards, words):
        documents = kernels.find_near(*placed(shard), starts, ends, distance)
        once = np.ones(len(documents), shard.frequencies.dtype)
        runs.append(_derived(documents, once, shard, place))
    return _gather(runs)


def pool_postings(shards: Sequence[Shard], parts: Sequence[Postings]) -> Postings:
    """Return the documents of any of the index's terms, each with its highest frequency."""
    held = [part for part in parts if part.found]
    if len(held) <= 1:
        return held[0] if held else NO_POSTINGS
    runs = []
    for place, shard in enumerate(shards):
        here = [run for part in held for run in part.runs if run.shard == place]
        if not here:
            continue
        arrays = {id(run.documents): run for run in here}
        if len(arrays) > 1:
            # A phrase's documents lie in an array of their own: brought into one, term by term.
            here = _laid_together(here)
        first = here[0]
        documents, frequencies = kernels.pool_runs(
            first.documents, first.frequencies, *_edges(here), shard.size
        )
        runs.append(_derived(documents, frequencies, shard, place))
    return _gather(runs)


def documents_of(postings: Postings) -> Numbers:
    """Return the numbers of all the documents, rising."""
    parts = [kernels.expand(run.documents, run.start, run.end, run.base) for run in postings.runs]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.int32)


def documents_of_all(shards: Sequence[Shard], parts: Sequence[Postings]) -> Numbers:
    """Return the documents that hold every one of the index's terms."""
    if len(parts) == 1:
        return documents_of(parts[0])
    found = [
        kernels.intersect_runs(shard.documents, starts, ends, shard.base)
        for shard, _place, starts, ends in _shared(shards, parts)
    ]
    if len(found) == 1:
        return found[0]
    return np.concatenate(found) if found else np.empty(0, np.int32)


def frequencies_in(postings: Postings, documents: Numbers) -> Scores:
    """Return how often each of the documents, which rise, holds it."""
    counts = np.zeros(len(documents), np.float32)
    for run in postings.runs:
        first, last = np.searchsorted(documents, (run.base, run.base + SHARD_DOCUMENTS)).tolist()
        kernels.frequencies_of(*run[:5], documents, first, last, counts)
    return counts


def placed(
    shard: Shard,
) -> tuple[NDArray[np.uint16], NDArray[Any], NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the arrays of a shard that tell where terms stand, as kernels take them."""
    return shard.documents, shard.frequencies, shard.positions, shard.marks


def _shared(
    shards: Sequence[Shard], words: Sequence[Postings]
) -> Iterable[tuple[Shard, int, NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the shards that hold every word, with the edges of the words' runs."""
    if not all(word.found for word in words):
        return
    for place, shard in enumerate(shards):
        here = [run for word in words for run in word.runs if run.shard == place]
        if len(here) == len(words):
            yield shard, place, *_edges(here)


def _edges(runs: Sequence[Run]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = np.array([run.start for run in runs], np.int64)
    return starts, np.array([run.end for run in runs], np.int64)


def _laid_together(runs: Sequence[Run]) -> list[Run]:
    documents = np.concatenate([run.documents[run.start : run.end] for run in runs])
    frequencies = np.concatenate([run.frequencies[run.start : run.end] for run in runs])
    _freeze(documents, frequencies)
    ends = np.cumsum([run.end - run.start for run in runs]).tolist()
    return [
        run._replace(documents=documents, frequencies=frequencies, start=begin, end=end)
        for run, begin, end in zip(runs, [0, *ends], ends, strict=False)
    ]


def _derived(
    documents: NDArray[np.uint16], frequencies: NDArray[Any], shard: Shard, place: int
) -> Run:
    _freeze(documents, frequencies)
    return Run(documents, frequencies, 0, len(documents), shard.base, place)


def _freeze(*arrays: NDArray[Any]) -> None:
    # Mapped arrays can't be written to either: one compiled kernel serves both.
    for array in arrays:
        array.flags.writeable = False


def _gather(runs: Sequence[Run]) -> Postings:
    held = tuple(run for run in runs if run.end)
    return Postings(held, sum(run.end for run in held)) if held else NO_POSTINGS
