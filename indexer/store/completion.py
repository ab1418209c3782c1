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
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.language.analysis import Syllable, normalise
from indexer.records import CleanText
from indexer.store.array_file import map_arrays, unpack_string
from indexer.store.completion_entry import COMPLETION_KINDS, SEPARATOR, CompletionEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

FILE_NAME = "completion.arrays"
# Titles of laws that amend ten others go on; nobody types so many words of one.
MOST_WORDS = 48
# Digits and letters apart: who types "nq15" or "qh15" means two words.
_WORD = re.compile(r"[^\W\d_]+|\d+")


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
        text, detail, *id_ = line.split(SEPARATOR, 2)
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
