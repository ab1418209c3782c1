"""The sidecar of completion: every entry with its words, written once per generation.

Entries stand in the order of their folded words, so that those which begin as somebody types are
one stretch of them, found by bisection. For words inside an entry there are postings. Words are
numbered in the order of (folded form, spelling): a prefix without accents is one stretch of
folded words, and those are one stretch of spellings. The arrays::

    folded, folded_starts        the folded words
    spellings, spelling_starts   the words as they are spelled
    spelled_from                 each folded word's first spelling, and the end
    words, word_starts           each entry's words, as numbers of spellings
    held, held_starts            the entries that hold each folded word
    lines, line_starts           id, detail and text of each entry
    kinds, weights               each entry's kind (a place in COMPLETION_KINDS) and weight
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.language.analysis import Syllable, normalise
from indexer.language.text import fold
from indexer.records import CleanText
from indexer.store.array_file import map_arrays, pack_strings, unpack_string, write_arrays
from indexer.store.completion_entry import COMPLETION_KINDS, CompletionEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

FILE_NAME = "completion.arrays"
# Titles of laws that amend ten others go on; nobody types so many words of one.
MOST_WORDS = 48
# Digits and letters apart: who types "nq15" or "qh15" means two words.
_WORD = re.compile(r"[^\W\d_]+|\d+")
# Clean text never holds it; an id may, and comes last.
_SEPARATOR = "\0"


def write_completions(directory: Path, entries: Iterable[CompletionEntry]) -> None:
    """Write the sidecar with these entries into a generation's directory."""
    write_arrays(directory / FILE_NAME, _arrange(entries))


def find_words(text: CleanText) -> list[Syllable]:
    """Return the words of an entry or of what is typed, numbers without leading zeros.

    >>> from indexer.language.text import clean_text
    >>> [word.normal for word in find_words(clean_text("Số 05/2023/NQ-HĐND"))]
    ['số', '5', '2023', 'nq', 'hđnd']
    """
    return [
        Syllable(match.group().lstrip("0") or "0", match.start(), match.end())
        for match in _WORD.finditer(normalise(text))
    ]


class Completions:
    """The entries of one generation, mapped into memory. Safe between threads."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self.kinds: NDArray[np.uint8] = arrays["kinds"]
        """Each entry's place in COMPLETION_KINDS."""
        self.weights: NDArray[np.float32] = arrays["weights"]
        self.padding = len(arrays["spelling_starts"]) - 1
        """What `words_of` gives where an entry has no more words; the number of spellings."""

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Map the sidecar of a generation; DamagedIndexError."""
        return cls(map_arrays(directory / FILE_NAME))

    def entry(self, number: int) -> CompletionEntry:
        """Return an entry by its number, without the words that only find it."""
        line = unpack_string(self._arrays["lines"], self._arrays["line_starts"], number)
        text, detail, *id_ = line.split(_SEPARATOR, 2)
        return CompletionEntry(
            COMPLETION_KINDS[self.kinds[number]],
            CleanText(text),
            float(self.weights[number]),
            detail,
            id_[0] if id_ else None,
        )

    def folded_range(self, folded: str, *, whole: bool) -> range:
        """Return the folded words that equal `folded`, or begin with it."""
        words = range(len(self._arrays["folded_starts"]) - 1)
        first = bisect_left(words, folded, key=self._folded)
        # Behind a word stands what begins with it; no letter is greater than the last of Unicode.
        end = bisect_left(words, folded + ("\0" if whole else "\U0010ffff"), key=self._folded)
        return range(first, end)

    def spellings(self, words: range) -> list[tuple[int, str]]:
        """Return the spellings of a stretch of folded words, with their numbers."""
        blob, starts = self._arrays["spellings"], self._arrays["spelling_starts"]
        return [(n, unpack_string(blob, starts, n)) for n in self.spelling_range(words)]

    def spelling_range(self, words: range) -> range:
        """Return the numbers of the spellings of a stretch of folded words."""
        first, end = self._arrays["spelled_from"][[words.start, words.stop]].tolist()
        return range(first, end)

    def beginning(self, words: Sequence[range]) -> range:
        """Return the entries that begin with these folded words, the last of them open."""
        count = len(words)
        entries = range(len(self.kinds))
        before = tuple(word.start for word in words[:-1])

        def opening(entry: int) -> tuple[int, ...]:
            return self._folded_words(entry, count)

        first = bisect_left(entries, (*before, words[-1].start), key=opening)
        end = bisect_left(entries, (*before, words[-1].stop), key=opening)
        return range(first, end)

    def holding(self, words: Sequence[range]) -> NDArray[np.int64]:
        """Return the entries with at least so many words, one of every stretch, rising."""
        held, starts = self._arrays["held"], self._arrays["held_starts"]
        lists = [held[starts[each.start] : starts[each.stop]] for each in set(words)]
        lists.sort(key=len)
        found: NDArray[np.int64] = np.flatnonzero(self._mark(lists[0]))
        for entries in lists[1:]:
            if len(found):
                found = found[self._mark(entries)[found]]
        counts = self._arrays["word_starts"][found + 1] - self._arrays["word_starts"][found]
        long_enough: NDArray[np.bool_] = counts >= len(words)
        return np.compress(long_enough, found)

    def words_at(self, entries: NDArray[np.int64], place: int) -> NDArray[np.uint32]:
        """Return the spelling at one place of entries that have so many words."""
        words: NDArray[np.uint32] = self._arrays["words"][
            self._arrays["word_starts"][entries] + np.uint32(place)
        ]
        return words

    def words_of(self, entries: NDArray[np.int64], *, least: int) -> NDArray[np.int64]:
        """Return the spellings of the entries' words, [entries, words], filled up with `padding`.

        Every row has at least `least` places.
        """
        starts = self._arrays["word_starts"]
        first, end = starts[entries].astype(np.int64), starts[entries + 1].astype(np.int64)
        places = first[:, None] + np.arange((end - first).max(initial=least))
        inside = places < end[:, None]
        words = self._arrays["words"][np.where(inside, places, 0)].astype(np.int64)
        words[~inside] = self.padding
        return words

    def _mark(self, entries: NDArray[np.uint32]) -> NDArray[np.bool_]:
        marks = np.zeros(len(self.kinds), bool)
        marks[entries] = True
        return marks

    def _folded(self, number: int) -> str:
        return unpack_string(self._arrays["folded"], self._arrays["folded_starts"], number)

    def _folded_words(self, entry: int, count: int) -> tuple[int, ...]:
        first, end = self._arrays["word_starts"][[entry, entry + 1]].tolist()
        words = self._arrays["words"][first : min(end, first + count)]
        found = np.searchsorted(self._arrays["spelled_from"], words, side="right") - 1
        return tuple(found.tolist())


def _arrange(entries: Iterable[CompletionEntry]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the sidecar."""
    worded = [(_words_of(entry), entry) for entry in entries]
    spelled = sorted({w for words, _ in worded for w in words}, key=lambda w: (fold(w), w))
    numbers = {word: number for number, word in enumerate(spelled)}
    folded = Counter(map(fold, spelled))  # counts keep the order in which words came
    folds = [n for n, count in enumerate(folded.values()) for _ in range(count)]
    rows = [([numbers[w] for w in words], entry) for words, entry in worded if words]
    rows.sort(key=lambda row: ([folds[n] for n in row[0]], row[0], row[1].text, row[1].detail))
    blobs = {
        "folded": pack_strings(list(folded)),
        "spelling": pack_strings(spelled),
        "line": pack_strings([_line(entry) for _words, entry in rows]),
    }
    return {
        "folded": blobs["folded"][0],
        "folded_starts": blobs["folded"][1],
        "spellings": blobs["spelling"][0],
        "spelling_starts": blobs["spelling"][1],
        "spelled_from": np.array([0, *accumulate(folded.values())], np.uint32),
        "words": np.array([n for words, _ in rows for n in words], np.uint32),
        "word_starts": np.array([0, *accumulate(len(words) for words, _ in rows)], np.uint32),
        **_post([[folds[n] for n in words] for words, _ in rows], len(folded)),
        "lines": blobs["line"][0],
        "line_starts": blobs["line"][1],
        "kinds": np.array([COMPLETION_KINDS.index(e.kind) for _, e in rows], np.uint8),
        "weights": np.array([e.weight for _, e in rows], np.float32),
    }


def _words_of(entry: CompletionEntry) -> list[str]:
    return [word.normal for word in find_words(entry.text) + find_words(entry.also)][:MOST_WORDS]


def _line(entry: CompletionEntry) -> str:
    parts = (entry.text, entry.detail, *([] if entry.id is None else [entry.id]))
    return _SEPARATOR.join(parts)


def _post(rows: Sequence[Sequence[int]], size: int) -> dict[str, NDArray[Any]]:
    """Return the entries that hold each folded word, one list after the other."""
    lengths = np.array([len(row) for row in rows], np.int64)
    words = np.array([word for row in rows for word in row], np.int64)
    entries = np.repeat(np.arange(len(rows)), lengths)
    counts = np.bincount(words, minlength=size)
    return {
        "held": entries[np.argsort(words, kind="stable")].astype(np.uint32),
        "held_starts": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
    }
