"""Shards become one: their postings joined term by term, in memory that does not grow with them.

Fields come one after the other, and the terms of a field in stretches; the arrays go to the file
as they are made. Documents keep their order and, less those that are left out, their numbers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.store.array_file import stream_arrays
from indexer.store.engine.flat_postings import spread
from indexer.store.engine.shard_arrays import (
    FIELDS,
    MARKED,
    facet_arrays,
    name_array,
    new_name,
)
from indexer.store.engine.shard_runs import place_start
from indexer.store.engine.shard_terms import find_place, packed_terms, packed_texts, term_at
from indexer.store.index_fields import FACET_COLUMNS, PLACED_FIELDS, SCORED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

# Terms of one shard that are joined at a time, and postings that are copied at a time.
_TERMS = 1 << 16
_POSTINGS = 1 << 20


class _Runs(NamedTuple):
    """Where a field's joined postings come from, in the order in which they will stand."""

    shard: NDArray[np.uint16]
    begin: NDArray[np.int64]
    """Where the run stands among the shard's postings."""
    size: NDArray[np.int64]


def merge_shards(directory: Path, parts: Sequence[Arrays]) -> str:
    """Write the documents of all parts, in their order, as one shard; return the file's name.

    At most SHARD_DOCUMENTS together.
    """
    name = new_name()
    sizes = [len(part["days"]) for part in parts]
    bases = np.cumsum([0, *sizes])[:-1]
    with stream_arrays(directory / name) as stream:
        stream.write("name", np.uint8, [name_array(name)])
        runs: dict[str, _Runs] = {}
        before = 0
        for field in FIELDS:
            joined = _join_terms(parts, field)
            stream.write(f"terms.{field}", np.uint8, joined.blobs)
            stream.write(f"term_starts.{field}", np.uint32, [joined.starts])
            stream.write(f"first.{field}", np.uint32, [joined.first + before])
            runs[field] = joined.runs
            before += int(joined.first[-1])
        documents = (part["documents"] for part in parts)
        stream.write("documents", np.uint16, _copy(list(documents), runs.values(), bases))
        frequencies = [part["frequencies"] for part in parts]
        kind = np.result_type(np.uint16, *frequencies)
        stream.write("frequencies", kind, _copy(frequencies, runs.values()))
        marks: list[NDArray[np.uint32]] = []
        stream.write("positions", np.uint32, _copy_places(parts, runs, marks))
        stream.write("marks", np.uint32, marks)
        for field in SCORED_FIELDS:
            column = f"lengths.{field}"
            stream.write(column, np.uint32, (part[column] for part in parts))
        stream.write("days", np.int32, (part["days"] for part in parts))
        for column, array in _join_facets(parts).items():
            stream.write(column, array.dtype, [array])
        stream.write("listing", np.uint8, (part["listing"] for part in parts))
        stream.write("listing_starts", np.uint32, [_join_starts(parts, "listing_starts")])
    return name


class _Joined(NamedTuple):
    """A field's terms of all shards."""

    blobs: list[NDArray[np.uint8]]
    starts: NDArray[np.int64]
    first: NDArray[np.int64]
    runs: _Runs


def _join_terms(parts: Sequence[Arrays], field: str) -> _Joined:
    blobs: list[NDArray[np.uint8]] = []
    lengths: list[NDArray[np.int64]] = []
    postings: list[NDArray[np.int64]] = []
    runs: list[_Runs] = []
    for places in _stretches(parts, field):
        terms = [
            _terms_between(part, field, begin, end)
            for part, (begin, end) in zip(parts, places, strict=True)
        ]
        together = sorted(set().union(*terms))
        numbers = {term: number for number, term in enumerate(together)}
        joined = np.concatenate(
            [np.fromiter(map(numbers.__getitem__, own), np.int64, len(own)) for own in terms]
        )
        stretch = _stretch_runs(parts, field, places, np.argsort(joined, kind="stable"))
        runs.append(stretch)
        postings.append(_sum_up(np.sort(joined), stretch.size, len(together)))
        blobs.append(np.frombuffer(b"".join(together), np.uint8))
        lengths.append(np.fromiter(map(len, together), np.int64, len(together)))
    return _Joined(
        blobs,
        np.concatenate(([0], np.cumsum(np.concatenate(lengths)))),
        np.concatenate(([0], np.cumsum(np.concatenate(postings)))),
        _Runs(*(np.concatenate(column) for column in zip(*runs, strict=True))),
    )


def _stretches(parts: Sequence[Arrays], field: str) -> Iterator[list[tuple[int, int]]]:
    """Yield, for stretches of the alphabet, where each shard's terms begin and end in it."""
    widest = max(parts, key=lambda part: len(part[f"first.{field}"]))
    count = len(widest[f"first.{field}"]) - 1
    cuts = [term_at(widest, field, place) for place in range(_TERMS, count, _TERMS)]
    bounds = [[0] * len(parts)]
    bounds += [[find_place(part, field, cut) for part in parts] for cut in cuts]
    bounds += [[len(part[f"first.{field}"]) - 1 for part in parts]]
    for begins, ends in pairwise(bounds):
        yield list(zip(begins, ends, strict=True))


def _terms_between(part: Arrays, field: str, begin: int, end: int) -> list[bytes]:
    starts = part[f"term_starts.{field}"][begin : end + 1]
    return packed_terms(part[f"terms.{field}"][starts[0] : starts[-1]], starts - starts[0])


def _stretch_runs(
    parts: Sequence[Arrays], field: str, places: list[tuple[int, int]], order: NDArray[np.int64]
) -> _Runs:
    firsts = [
        part[f"first.{field}"][begin : end + 1].astype(np.int64)
        for part, (begin, end) in zip(parts, places, strict=True)
    ]
    numbers = np.arange(len(parts), dtype=np.uint16)
    return _Runs(
        np.repeat(numbers, [end - begin for begin, end in places])[order],
        np.concatenate([first[:-1] for first in firsts])[order],
        np.concatenate([np.diff(first) for first in firsts])[order],
    )


def _sum_up(numbers: NDArray[np.int64], counts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the sum of the counts that belong to each number."""
    return np.bincount(numbers, counts, size).astype(np.int64)


def _copy(
    arrays: Sequence[NDArray[Any]],
    fields: Iterable[_Runs],
    added: NDArray[np.int64] | None = None,
) -> Iterator[NDArray[Any]]:
    """Yield what stands in the runs, each shard's number of `added` added to its own."""
    for runs in fields:
        for stretch in _cut(runs):
            yield _gather(arrays, stretch, added)


def _cut(runs: _Runs) -> Iterator[_Runs]:
    """Yield the runs in stretches of about _POSTINGS postings."""
    ends = np.cumsum(runs.size)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.searchsorted(ends, np.arange(_POSTINGS, total, _POSTINGS)).tolist()
    for begin, end in pairwise([0, *cuts, len(ends)]):
        if begin < end:
            yield _Runs(runs.shard[begin:end], runs.begin[begin:end], runs.size[begin:end])


def _gather(
    arrays: Sequence[NDArray[Any]], runs: _Runs, added: NDArray[np.int64] | None = None
) -> NDArray[Any]:
    starts = np.cumsum(runs.size) - runs.size
    total = int(runs.size.sum())
    gathered = np.empty(total, np.result_type(*arrays))
    for number, array in enumerate(arrays):
        own = np.flatnonzero(runs.shard == number)
        counts = runs.size[own]
        taken = array[spread(runs.begin[own], counts)]
        if added is not None:
            taken = taken + array.dtype.type(added[number])
        gathered[spread(starts[own], counts)] = taken
    return gathered


def _copy_places(
    parts: Sequence[Arrays], fields: Mapping[str, _Runs], marks: list[NDArray[np.uint32]]
) -> Iterator[NDArray[np.uint32]]:
    """Yield the positions, and note where those of every MARKED-th posting begin."""
    frequencies = [part["frequencies"] for part in parts]
    positions = [part["positions"] for part in parts]
    postings = places = 0
    for field in PLACED_FIELDS:
        runs = fields[field]
        begins = [_place_starts(part, field) for part in parts]
        for stretch in _cut(runs):
            counts = _gather(frequencies, stretch).astype(np.int64)
            ends = np.cumsum(counts) + places
            marked = np.arange(-postings % MARKED, len(counts), MARKED)
            marks.append((ends - counts)[marked].astype(np.uint32))
            postings, places = postings + len(counts), int(ends[-1])
            yield _gather(positions, _place_runs(stretch, begins, parts, field, counts))
    if postings % MARKED == 0:
        marks.append(np.array([places], np.uint32))


def _place_starts(part: Arrays, field: str) -> NDArray[np.int64]:
    """Return where the positions of each of the field's postings begin, the end last."""
    first, last = (int(part[f"first.{field}"][end]) for end in (0, -1))
    counts = part["frequencies"][first:last]
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))) + place_start(part, first)


def _place_runs(
    runs: _Runs,
    starts: Sequence[NDArray[np.int64]],
    parts: Sequence[Arrays],
    field: str,
    counts: NDArray[np.int64],
) -> _Runs:
    """Return where the positions of the runs' postings stand."""
    begins = np.empty(len(runs.begin), np.int64)
    for number, part in enumerate(parts):
        own = np.flatnonzero(runs.shard == number)
        begins[own] = starts[number][runs.begin[own] - int(part[f"first.{field}"][0])]
    return _Runs(runs.shard, begins, np.add.reduceat(counts, np.cumsum(runs.size) - runs.size))


def _join_facets(parts: Sequence[Arrays]) -> dict[str, NDArray[Any]]:
    columns: dict[str, list[str]] = {}
    for name in FACET_COLUMNS:
        columns[name] = []
        for part in parts:
            texts = packed_texts(part[f"values.{name}"], part[f"value_starts.{name}"])
            columns[name] += [texts[code] for code in part[f"facet.{name}"].tolist()]
    return facet_arrays(columns)


def _join_starts(parts: Sequence[Arrays], name: str) -> NDArray[np.uint32]:
    """Return where each packed string begins once all blobs stand in a row."""
    lengths = np.concatenate([np.diff(part[name].astype(np.int64)) for part in parts])
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.uint32)
