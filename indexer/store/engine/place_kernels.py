"""Which words of a query stand where in each candidate: compiled by numba.

Each candidate's places are gathered, without sorting, into the positions that hold words and, for
each, the set of these words in the bits of one number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import types

from indexer.store.engine.kernels.compiled import DOCS, FREQS, RUNS, WORDS, kernel, part, read_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.uint16]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]
    Positions = NDArray[np.uint32]
    Scores = NDArray[np.float32]
    Sets = NDArray[np.uint64]

SETS = read_only(types.uint64)
TABLE = types.float32[:, ::1]

_NONE, _ONE = np.uint64(0), np.uint64(1)
# Most positions of a text hold no word of the query: they are looked through so many at a time.
_CHUNK = 8
_STEP = 32
_MARKED = 64


@part
def _advance(values: Docs, place: int, end: int, sought: np.uint16) -> int:
    """Return the first place from `place` on where a rising value is not below the sought one."""
    step = _STEP
    while place + step <= end and values[place + step - 1] < sought:
        place += step
        step <<= 1
    while step > _STEP:
        step >>= 1
        if place + step <= end and values[place + step - 1] < sought:
            place += step
    below = 0
    for at in range(place, min(place + _STEP, end)):
        below += values[at] < sought
    return place + below


@part
def _begin_of(frequencies: NDArray[Any], marks: Positions, place: int) -> int:
    """Return where the places of a posting begin."""
    begin: int = np.int64(marks[place // _MARKED])
    for at in range(place - place % _MARKED, place):
        begin += frequencies[at]
    return begin


@part
def _locate(
    documents: Docs,
    frequencies: NDArray[Any],
    marks: Positions,
    start: int,
    end: int,
    numbers: Numbers,
    begins: Numbers,
    stops: Numbers,
) -> None:
    """Write where the places of a run begin and end in each candidate that it holds."""
    place = start
    for row in range(len(numbers)):
        place = _advance(documents, place, end, np.uint16(numbers[row]))
        if place == end:
            break
        if documents[place] == numbers[row]:
            begins[row] = _begin_of(frequencies, marks, place)
            stops[row] = begins[row] + frequencies[place]


@part
def _last_position(positions: Positions, begins: Numbers, stops: Numbers) -> int:
    """Return the last position of any run in a candidate."""
    last = 0
    for run in range(len(begins)):
        if stops[run] > begins[run]:
            last = max(last, np.int64(positions[stops[run] - 1]))
    return last


@part
def _mark_word(
    positions: Positions, begin: int, stop: int, bit: np.uint64, held: Sets, used: Flags
) -> int:
    """Mark a word wherever it stands; return at how many new positions."""
    new = 0
    for at in range(begin, stop):
        new += _mark(np.int64(positions[at]), bit, held, used)
    return new


@part
def _mark_phrase(
    positions: Positions,
    begins: Numbers,
    stops: Numbers,
    shifts: Numbers,
    bit: np.uint64,
    held: Sets,
    used: Flags,
) -> int:
    """Mark a word wherever a phrase says it; return at how many new positions."""
    new = 0
    for first in range(begins[0], stops[0]):
        begin = np.int64(positions[first])
        follows = True
        for step in range(1, len(begins)):
            while begins[step] < stops[step] and positions[begins[step]] < begin + step:
                begins[step] += 1
            follows &= begins[step] < stops[step] and positions[begins[step]] == begin + step
        if follows:
            new += _mark(begin + shifts[0], bit, held, used)
            new += _mark(begin + shifts[1], bit, held, used)
    return new


@part
def _mark(position: int, bit: np.uint64, held: Sets, used: Flags) -> int:
    before = held[position]
    held[position] = before | bit
    used[position // _CHUNK] = True
    return int(before & bit == _NONE)


@part
def _gather(held: Sets, used: Flags, last: int, at: Numbers, sets: Sets, size: int) -> int:
    """Write out the positions that hold words, behind the others, and wipe them; return the end."""
    for chunk in range(last // _CHUNK + 1):
        if used[chunk]:
            used[chunk] = False
            for position in range(chunk * _CHUNK, (chunk + 1) * _CHUNK):
                # Written whether it holds any or not: a jump that nothing foretells costs more.
                at[size] = position
                sets[size] = held[position]
                size += held[position] != _NONE
                held[position] = _NONE
    return size


@kernel(
    *(
        (
            DOCS,
            freqs,
            WORDS,
            WORDS,
            *(RUNS, RUNS, RUNS, RUNS),
            read_only(types.int64, 2),
            RUNS,
            TABLE,
        )
        for freqs in FREQS
    )
)
def gather_words(
    documents: Docs,
    frequencies: NDArray[Any],
    positions: Positions,
    marks: Positions,
    starts: Numbers,
    ends: Numbers,
    firsts: Numbers,
    words: Numbers,
    shifts: Numbers,
    numbers: Numbers,
    counts: Scores,
) -> tuple[Numbers, Numbers, Sets]:
    """Fill counts; return the positions that hold words, candidate by candidate, and the words.

    Before these come the edges: where each candidate's begin, the end last. See `place_records` for
    ShardPlaces, Ways, Candidates and Measured.
    """
    begins = np.zeros((len(starts), len(numbers)), np.int64)
    stops = np.zeros((len(starts), len(numbers)), np.int64)
    for run in range(len(starts)):
        _locate(
            *(documents, frequencies, marks, starts[run], ends[run]),
            *(numbers, begins[run], stops[run]),
        )
    begins, stops = begins.T.copy(), stops.T.copy()
    lasts = np.zeros(len(numbers), np.int64)
    for row in range(len(numbers)):
        lasts[row] = _last_position(positions, begins[row], stops[row])
    lasts += shifts.max() if len(shifts) else 0
    chunks = lasts.max() // _CHUNK + 1
    held, used = np.zeros(chunks * _CHUNK, np.uint64), np.zeros(chunks, np.bool_)
    edges = np.zeros(len(numbers) + 1, np.int64)
    # A phrase says a word twice; the last chunk is written out in full.
    most = 2 * (stops - begins).sum() + _CHUNK
    at, sets = np.empty(most, np.int64), np.empty(most, np.uint64)
    for row in range(len(numbers)):
        for way in range(len(words)):
            bit, first = _ONE << np.uint64(words[way]), firsts[way]
            if firsts[way + 1] - first == 1 and not shifts[way, 1]:
                new = _mark_word(positions, begins[row, first], stops[row, first], bit, held, used)
            else:
                runs = slice(first, firsts[way + 1])
                new = _mark_phrase(
                    *(positions, begins[row, runs], stops[row, runs]),
                    *(shifts[way], bit, held, used),
                )
            counts[row, words[way]] += new
        edges[row + 1] = _gather(held, used, lasts[row], at, sets, edges[row])
    return edges, at, sets
