"""Native kernels that walk over every posting of a run, or over every document found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import types

from indexer.store.engine.kernels.compiled import (
    BYTES,
    DOCS,
    FLOAT,
    FREQS,
    INT,
    MASK,
    NUMBERS,
    RUNS,
    SCORES,
    STRING,
    WORDS,
    kernel,
    part,
    read_only,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.store.engine.kernels.plain_runs import Docs, Freqs, Mask, Numbers, Places, Scores


_BLOCK_BITS = 4
# Counting in four tables pays when there are so many times more codes than values.
_FEW_CODES = 2


@part
def _lower_bound(blob: NDArray[np.uint8], starts: NDArray[np.uint32], term: Any) -> int:
    low, high, end = 0, len(starts) - 1, len(term)
    while low < high:
        middle = (low + high) >> 1
        at = np.int64(starts[middle])
        length = np.int64(starts[middle + 1]) - at
        same = 0
        while same < length and same < end and blob[at + same] == term[same]:
            same += 1
        if same < end and (same == length or blob[at + same] < term[same]):
            low = middle + 1
        else:
            high = middle
    return low


@kernel((BYTES, WORDS, STRING))
def lower_bound(blob: NDArray[np.uint8], starts: NDArray[np.uint32], term: bytes) -> int:
    return _lower_bound(blob, starts, term)


@kernel((BYTES, WORDS, WORDS, STRING))
def find_term(
    blob: NDArray[np.uint8], starts: NDArray[np.uint32], first: NDArray[np.uint32], term: bytes
) -> tuple[int, int]:
    at = _lower_bound(blob, starts, term)
    if at == len(starts) - 1 or np.int64(starts[at + 1]) - np.int64(starts[at]) != len(term):
        return 0, 0
    begin = np.int64(starts[at])
    for i in range(len(term)):
        if blob[begin + i] != term[i]:
            return 0, 0
    return np.int64(first[at]), np.int64(first[at + 1])


@kernel((DOCS, INT, INT, INT, types.boolean[::1]))
def mark(docs: Docs, start: int, end: int, base: int, mask: Mask) -> None:
    here = mask[base:]
    for document in docs[start:end]:
        here[document] = True


@kernel((DOCS, INT, INT, INT, FLOAT, types.uint16[::1], types.float32[::1]))
def hold(
    docs: Docs,
    start: int,
    end: int,
    base: int,
    weight: float,
    counts: NDArray[np.uint16],
    weights: Scores,
) -> None:
    counts_here, weights_here, added = counts[base:], weights[base:], np.float32(weight)
    for document in docs[start:end]:
        counts_here[document] += np.uint16(1)
        weights_here[document] += added


@kernel((MASK, FLOAT, types.uint16[::1], types.float32[::1]))
def hold_marked(mask: Mask, weight: float, counts: NDArray[np.uint16], weights: Scores) -> None:
    added = np.float32(weight)
    for number in range(len(mask)):
        counts[number] += np.uint16(mask[number])
        weights[number] += added * np.float32(mask[number])


@kernel(*((DOCS, freqs, INT, INT, INT, FLOAT, SCORES, types.float32[::1]) for freqs in FREQS))
def add_scores(
    docs: Docs,
    freqs: Freqs,
    start: int,
    end: int,
    base: int,
    factor: float,
    norms: Scores,
    scores: Scores,
) -> None:
    norms_here, scores_here, weight = norms[base:], scores[base:], np.float32(factor)
    run, frequencies = docs[start:end], freqs[start:end]
    for place in range(len(run)):
        document = run[place]
        frequency = np.float32(frequencies[place])
        scores_here[document] += weight * frequency / (frequency + norms_here[document])


@kernel((DOCS, INT, INT, INT))
def expand(docs: Docs, start: int, end: int, base: int) -> Numbers:
    numbers = np.empty(end - start, np.int32)
    run = docs[start:end]
    for i in range(len(run)):
        numbers[i] = np.int32(run[i]) + np.int32(base)
    return numbers


@kernel((SCORES, NUMBERS))
def take_scores(scores: Scores, found: Numbers) -> Scores:
    taken = np.empty(len(found), np.float32)
    for i in range(len(found)):
        taken[i] = scores[np.uint32(found[i])]
    return taken


@kernel((NUMBERS, MASK))
def keep_marked(found: Numbers, mask: Mask) -> Numbers:
    kept = np.empty(len(found) + 1, np.int32)
    count = 0
    for number in found:
        # Written whether it stays or not: a jump that nothing foretells costs far more.
        kept[count] = number
        count += mask[np.uint32(number)]
    return kept[:count]


@kernel((MASK,))
def find_marked(mask: Mask) -> Numbers:
    found = np.empty(len(mask) + 1, np.int32)
    count = 0
    for number in range(len(mask)):
        found[count] = number
        count += mask[number]
    return found[:count]


@kernel(*((DOCS, freqs, RUNS, RUNS, INT) for freqs in FREQS))
def pool_runs(docs: Docs, freqs: Freqs, starts: Places, ends: Places, n: int) -> tuple[Docs, Freqs]:
    highest = np.zeros(n, freqs.dtype)
    touched = np.zeros((n >> _BLOCK_BITS) + 1, np.bool_)
    for run in range(len(starts)):
        for place in range(starts[run], ends[run]):
            document = docs[place]
            highest[document] = max(highest[document], freqs[place])
            touched[document >> _BLOCK_BITS] = True
    most = min((ends - starts).sum(), n) + 1
    pooled, frequencies = np.empty(most, np.uint16), np.empty(most, freqs.dtype)
    count = 0
    for block in range(len(touched)):
        if touched[block]:
            first = block << _BLOCK_BITS
            for number in range(first, min(first + (1 << _BLOCK_BITS), n)):
                pooled[count] = number
                frequencies[count] = highest[number]
                count += highest[number] > 0
    return pooled[:count], frequencies[:count]


@kernel((NUMBERS, read_only(types.int32, 2), RUNS, types.int64[::1]))
def count_codes(
    found: Numbers, codes: NDArray[np.int32], rows: Places, counts: NDArray[np.int64]
) -> None:
    together = 0
    if len(found) * len(rows) > _FEW_CODES * len(counts):
        # In turn in four tables: adding to one number again and again waits for the memory.
        together = len(found) & ~3
        tables = np.zeros((4, len(counts)), np.int32)
        one, two, three, four = tables[0], tables[1], tables[2], tables[3]
        for row in rows:
            code = codes[row]
            for i in range(0, together, 4):
                one[np.uint32(code[np.uint32(found[i])])] += 1
                two[np.uint32(code[np.uint32(found[i + 1])])] += 1
                three[np.uint32(code[np.uint32(found[i + 2])])] += 1
                four[np.uint32(code[np.uint32(found[i + 3])])] += 1
        for value in range(len(counts)):
            counts[value] += one[value] + two[value] + three[value] + four[value]
    for row in rows:
        code = codes[row]
        for number in found[together:]:
            counts[np.uint32(code[np.uint32(number)])] += 1
