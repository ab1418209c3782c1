"""Runs of postings drawn at random, and what a plain loop makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Word = dict[int, list[int]]
"""Where a word stands, by document."""

LAST = 65_535
"""The last document that a shard may hold."""
# Near each other, past what is compared by a table, and the last that fits.
_POSITIONS = st.integers(0, 12) | st.integers(8_185, 8_195) | st.integers(2**32 - 4, 2**32 - 1)
_PLACES = st.sets(_POSITIONS, min_size=1, max_size=6).map(sorted)
_FREQUENT = st.sampled_from([1, 2, 3, 300, 70_000])


class DrawnRuns(NamedTuple):
    """Some words of a shard, as arrays that can only be read."""

    words: list[Word]
    docs: NDArray[np.uint16]
    freqs: NDArray[Any]
    positions: NDArray[np.uint32]
    marks: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def placed(self) -> tuple[Any, ...]:
        """What kernels that look at places take."""
        return self[1:]


def freeze(values: Sequence[Any] | NDArray[Any], kind: Any) -> NDArray[Any]:
    """Return an array that can only be read, as mapped ones are."""
    return np.frombuffer(np.array(values, kind).tobytes(), kind)


def lay_out(words: list[Word], kind: Any = np.uint16, before: int = 0) -> DrawnRuns:
    """Return the words' runs behind so many postings of another word, which stands once in each."""
    filler: Word = {document: [5] for document in range(before)}
    docs, freqs, positions, firsts = [], [], [], [0]
    for word in [filler, *words]:
        for document, places in sorted(word.items()):
            docs.append(document)
            freqs.append(len(places))
            positions.extend(places)
        firsts.append(len(docs))
    begins = np.cumsum([0, *freqs])
    return DrawnRuns(
        words,
        freeze(docs, np.uint16),
        freeze(freqs, kind),
        freeze(positions, np.uint32),
        freeze(begins[: len(docs) // 64 * 64 + 1 : 64], np.uint32),
        np.array(firsts[1:-1], np.int64),
        np.array(firsts[2:], np.int64),
    )


@st.composite
def placed_runs(draw: st.DrawFn) -> DrawnRuns:
    """Draw words that stand somewhere, the same one twice at times, among common ones."""
    shift = draw(st.sampled_from([0, LAST - 40]))
    documents = st.integers(0, 40).map(lambda number: number + shift)
    words: list[Word] = draw(st.lists(st.dictionaries(documents, _PLACES, max_size=12), max_size=4))
    if draw(st.booleans()) and words:
        words.append(words[0])
    if draw(st.booleans()):
        # So much longer than the others that it is leapt through.
        words.append({document: [3, 8_190] for document in range(max(0, LAST - 900), LAST + 1)})
    return lay_out(words, draw(st.sampled_from([np.uint16, np.uint32])), draw(st.integers(0, 150)))


@st.composite
def counted_runs(draw: st.DrawFn) -> DrawnRuns:
    """Draw words by how often they stand in a document, also more often than 16 bits can say."""
    words, frequencies = [], []
    for _ in range(draw(st.integers(0, 4))):
        held = draw(st.dictionaries(st.integers(0, 60) | st.integers(65_500, LAST), _FREQUENT))
        if draw(st.booleans()):
            held |= dict.fromkeys(range(1_000), 2)
        words.append({document: [0] for document in held})
        frequencies += [held[document] for document in sorted(held)]
    kind = np.uint32 if max(frequencies, default=0) > LAST else np.uint16
    return lay_out(words)._replace(freqs=freeze(frequencies, kind))


def held_by(runs: DrawnRuns, word: int) -> dict[int, int]:
    """Return the documents of one of the words, with how often it stands in each."""
    here = slice(runs.starts[word], runs.ends[word])
    return dict(zip(runs.docs[here].tolist(), runs.freqs[here].tolist(), strict=True))


def in_all(words: list[Word]) -> list[int]:
    """Return the documents that hold every word."""
    return sorted(set.intersection(*map(set, words))) if words else []


def count_phrases(words: list[Word]) -> dict[int, int]:
    """Return how often the words stand side by side, by document that has them so."""
    counts = {
        document: sum(
            all(first + i in word[document] for i, word in enumerate(words))
            for first in words[0][document]
        )
        for document in in_all(words)
    }
    return {document: count for document, count in counts.items() if count}


def hold_near(words: list[Word], distance: int) -> list[int]:
    """Return the documents of which some stretch has every word."""
    return [
        document
        for document in in_all(words)
        if any(
            all(any(0 <= place - first < distance for place in word[document]) for word in words)
            for first in (place for word in words for place in word[document])
        )
    ]
