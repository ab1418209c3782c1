"""Postings in the form of Whoosh 2.7.4's third codec, a term's run at a time.

Its own writer is called for each posting, and pickles so that Python 2 could read it. Here a run
becomes one block, and what takes few bytes is written so: steps between documents and weights as
bytes where each fits into one, and short blocks unpacked. Whoosh's reader takes either form.
"""

from __future__ import annotations

import pickle
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.system import pack_int
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.store.engine.shard_runs import FieldRun

    Numbers = NDArray[np.int64]

_PICKLE = 3
_PACKING = 1
_SHORTEST_PACKED = 64
_BYTE_VALUES = 256
_STEP_BITS = 7
_LENGTHS = np.array([byte_to_length(byte) for byte in range(_BYTE_VALUES)])
# W3TermInfo.to_bytes: its struct "!BfIBBfII", the offset and the length of the postings.
_INFO = np.dtype(
    [
        ("inlined", "u1"),
        ("weight", ">f4"),
        ("documents", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("most", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("offset", ">i8"),
        ("length", ">i4"),
    ]
)


def write_run(file: Any, run: FieldRun, lengths: Numbers | None) -> Iterator[tuple[bytes, bytes]]:
    """Write the postings of a run and yield each term with what the term index says of it.

    `lengths` are the documents' in this field as Whoosh gives them back; None where none count.
    """
    infos = _describe(run, lengths)
    offset = file.tell()
    ends = []
    for block in _blocks(run, infos):
        file.write(block)
        ends.append(len(block))
    infos["length"] = ends
    infos["offset"] = offset + np.cumsum(ends) - ends
    packed, size = infos.tobytes(), _INFO.itemsize
    for place, term in enumerate(run.terms):
        yield term, packed[place * size : (place + 1) * size]


def _describe(run: FieldRun, lengths: Numbers | None) -> NDArray[Any]:
    """Return what the term index says of each term, but for where its postings stand."""
    begins, ends = run.first[:-1], run.first[1:]
    infos = np.zeros(len(run.terms), _INFO)
    infos["weight"] = np.add.reduceat(run.frequencies, begins)
    infos["documents"] = ends - begins
    infos["most"] = np.maximum.reduceat(run.frequencies, begins)
    infos["first"], infos["last"] = run.documents[begins], run.documents[ends - 1]
    if lengths is not None:
        held = np.searchsorted(_LENGTHS, lengths[run.documents])
        infos["shortest"] = np.minimum.reduceat(held, begins)
        infos["longest"] = np.maximum.reduceat(held, begins)
    return infos


def _blocks(run: FieldRun, infos: NDArray[Any]) -> Iterator[bytes]:
    """Yield each term's postings: the mark of the codec and one block."""
    rows = zip(
        _steps(run),
        _weights(run),
        _values(run),
        *(infos[name].tolist() for name in ("documents", "last", "most", "shortest", "longest")),
        strict=True,
    )
    for steps, weights, values, count, last, most, shortest, longest in rows:
        data = pickle.dumps((steps, weights, values), _PICKLE)
        packed = zlib.compress(data, _PACKING) if len(data) >= _SHORTEST_PACKED else data
        packing = _PACKING if len(packed) < len(data) else 0
        head = pickle.dumps((count, last, most, packing, shortest, longest), _PICKLE)
        body = head + (packed if packing else data)
        # A length below zero tells the last block.
        yield WHOOSH3_HEADER_MAGIC + pack_int(-len(body)) + body


def _steps(run: FieldRun) -> Iterator[bytes | tuple[int, ...]]:
    """Yield each term's documents as the steps from one to the next."""
    return _as_bytes(_as_steps(run.documents, run.first[:-1]), run.first)


def _as_steps(numbers: Numbers, begins: Numbers) -> Numbers:
    """Return the step to each number from the one before, from 0 where a run begins."""
    steps: Numbers = numbers.copy()
    steps[1:] -= numbers[:-1]
    steps[begins] = numbers[begins]
    return steps


def _weights(run: FieldRun) -> Iterator[bytes | tuple[float, ...] | float | None]:
    """Yield each term's weights: None for ones alone, one number for equal ones."""
    begins = run.first[:-1]
    least = np.minimum.reduceat(run.frequencies, begins).tolist()
    most = np.maximum.reduceat(run.frequencies, begins).tolist()
    for low, high, weights in zip(least, most, _as_bytes(run.frequencies, run.first), strict=True):
        if low < high:
            yield weights
        else:
            yield float(low) if low != 1 else None


def _as_bytes(numbers: Numbers, first: Numbers) -> Iterator[bytes | tuple[int, ...]]:
    """Yield the numbers between two bounds, as bytes where each of them fits into one."""
    small = numbers.astype(np.uint8).tobytes()
    most = np.maximum.reduceat(numbers, first[:-1]).tolist()
    for high, (begin, end) in zip(most, pairwise(first.tolist()), strict=True):
        yield small[begin:end] if high < _BYTE_VALUES else tuple(numbers[begin:end].tolist())


def _values(run: FieldRun) -> Iterator[tuple[bytes, ...] | None]:
    """Yield each term's packed positions, posting by posting; None where a field has none."""
    if run.positions is None:
        yield from (None for _ in run.terms)
        return
    ends = np.cumsum(run.frequencies)
    steps = _as_steps(run.positions.astype(np.int64), ends - run.frequencies)
    packed, sizes = _pack_steps(steps)
    bounds = np.concatenate(([0], np.cumsum(sizes)))[np.concatenate(([0], ends))].tolist()
    for begin, end in pairwise(run.first.tolist()):
        yield tuple([packed[a:b] for a, b in pairwise(bounds[begin : end + 1])])


def _pack_steps(steps: Numbers) -> tuple[bytes, Numbers]:
    r"""Return the steps as schema.PackedPositions packs them, and how many bytes each takes.

    >>> _pack_steps(np.array([3, 200]))
    (b'\x03\xc8\x01', array([1, 2]))
    """
    sizes = np.ones(len(steps), np.int64)
    for bits in range(_STEP_BITS, 32, _STEP_BITS):
        sizes += steps >> bits > 0
    packed = np.empty(int(sizes.sum()), np.uint8)
    places, rest = np.cumsum(sizes) - sizes, steps
    while len(rest):
        more = rest >> _STEP_BITS > 0
        packed[places] = (rest & 127) | (more << _STEP_BITS)
        places, rest = places[more] + 1, rest[more] >> _STEP_BITS
    return packed.tobytes(), sizes
