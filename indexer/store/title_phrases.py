"""Which phrases titles say: all titles at once, in arrays, since there are half a million words.

A title is cut into words by the compounds of the index itself, longest first: that takes a tenth
of a model's time, and a phrase needs no more than that its ends cut no compound in two. Words and
phrases are known by 64-bit numbers made from those of their syllables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.store.engine.lexicon import find_changes, number_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.ragged import Ragged

    Numbers = NDArray[np.uint64]
    Places = NDArray[np.int64]

_LEAST_TITLES = 2
_MOST_SYLLABLES = 5
# Compounds of more syllables are names more often than words.
_COMPOUND_LENGTHS = (2, 3, 4)
# A longer phrase that stands nearly wherever the shorter one does says what the shorter one means.
_SAME = 0.8
RUN_END = 0
"""Stands behind every run of syllables in a title."""
_WITHIN, _BETWEEN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class _Words(NamedTuple):
    """The words of all titles, in order."""

    numbers: Numbers
    places: Places
    """Of the first syllable of each."""
    sizes: Places
    """How many syllables each has."""
    goes_on: NDArray[np.bool_]
    """Whether the next word stands in the same run."""


class _Stretches(NamedTuple):
    """Words in a row: which is the first of each stretch, and how many there are."""

    numbers: Numbers
    first: Places
    counts: Places

    def take(self, rows: Places) -> _Stretches:
        return _Stretches(self.numbers[rows], self.first[rows], self.counts[rows])


def count_title_phrases(
    titles: Ragged,
    syllables: Sequence[str],
    compounds: Iterable[str],
    is_content: Callable[[str], bool],
) -> dict[str, int]:
    """Return the phrases that several titles say, none that a longer one covers, and how many do.

    `titles` holds each one's runs as places in `syllables` plus 1, RUN_END behind each run. The
    syllables of a compound are joined by an underscore, its words by a space. A phrase begins and
    ends with a syllable for which `is_content` holds.
    """
    codes = np.concatenate((titles.values.astype(np.int64), [RUN_END]))
    numbers = np.array([0, *map(number_word, syllables)], np.uint64)
    content = np.array([False, *map(is_content, syllables)])
    known = dict(zip(syllables, numbers[1:].tolist(), strict=True))
    words = _cut(codes, numbers[codes], _number_compounds(compounds, known))
    owners = np.searchsorted(titles.starts, words.places, side="right") - 1
    phrases, counts = _count_titles(_find_phrases(words, content[codes]), owners)
    free = np.flatnonzero(~_covered(phrases, counts, words))
    texts = _spell(phrases.take(free), words, codes, syllables)
    return dict(zip(texts, counts[free].tolist(), strict=True))


def _number_compounds(compounds: Iterable[str], known: Mapping[str, int]) -> dict[int, Numbers]:
    """Return the numbers of compounds that titles may hold, rising, by how many syllables."""
    found: dict[int, list[list[int]]] = {length: [] for length in _COMPOUND_LENGTHS}
    for compound in compounds:
        parts = compound.split("_")
        numbers = [known[part] for part in parts if part in known]
        if len(numbers) == len(parts) and len(parts) in found:
            found[len(parts)].append(numbers)
    return {
        length: np.sort(_chain(np.array(rows, np.uint64).reshape(-1, length).T, _WITHIN))
        for length, rows in found.items()
    }


def _chain(numbers: Iterable[Numbers], step: np.uint64) -> Numbers:
    """Return one number for each row of numbers, which depends on their order."""
    first, *others = numbers
    chained = first * step
    for other in others:
        chained = (chained ^ other) * step
    return chained


def _cut(codes: Places, numbers: Numbers, compounds: Mapping[int, Numbers]) -> _Words:
    """Return the words of the runs, the longest compound that begins at each syllable first."""
    sizes = (codes != RUN_END).astype(np.int64)
    words = numbers.copy()
    whole = codes != RUN_END
    for length in _COMPOUND_LENGTHS:
        whole = whole[:-1] & (codes[length - 1 :] != RUN_END)
        windows = [numbers[step : step + len(whole)] for step in range(length)]
        chained = _chain(windows, _WITHIN)
        found = np.flatnonzero(whole)
        found = found[_are_among(chained[found], compounds[length])]
        sizes[found], words[found] = length, chained[found]
    places = _walk(codes, sizes)
    ends = places + sizes[places]
    return _Words(words[places], places, sizes[places], np.append(ends[:-1] == places[1:], False))


def _walk(codes: Places, sizes: Places) -> Places:
    """Return where words begin: at the beginning of each run, and behind each word."""
    at = np.flatnonzero((codes != RUN_END) & (np.append(RUN_END, codes[:-1]) == RUN_END))
    begins = np.zeros(len(codes), bool)
    while len(at):
        begins[at] = True
        at = at + sizes[at]
        at = at[codes[at] != RUN_END]
    return np.flatnonzero(begins)


def _are_among(wanted: Numbers, known: Numbers) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(wanted), bool)
    return np.asarray(known[np.minimum(known.searchsorted(wanted), len(known) - 1)] == wanted)


def _find_phrases(words: _Words, content: NDArray[np.bool_]) -> _Stretches:
    """Return every stretch of words of two to five syllables that says something at both ends."""
    ends_well = content[words.places + words.sizes - 1]
    first = np.flatnonzero(content[words.places])
    last, syllables = first, words.sizes[first]
    chained = words.numbers[first] * _BETWEEN
    found = []
    for count in range(1, _MOST_SYLLABLES + 1):
        good = (syllables > 1) & ends_well[last]
        found.append(_Stretches(chained[good], first[good], np.full(good.sum(), count)))
        further = words.goes_on[last]
        further[further] &= syllables[further] + words.sizes[last[further] + 1] <= _MOST_SYLLABLES
        first, last, syllables = first[further], last[further] + 1, syllables[further]
        syllables = syllables + words.sizes[last]
        chained = (chained[further] ^ words.numbers[last]) * _BETWEEN
    return _Stretches(*map(np.concatenate, zip(*found, strict=True)))


def _count_titles(found: _Stretches, owners: Places) -> tuple[_Stretches, Places]:
    """Return one stretch of each phrase that several titles say, numbers rising, and how many."""
    titles = owners[found.first]
    order = np.argsort(found.numbers, kind="stable")
    numbers, titles = found.numbers[order], titles[order]
    # Of stretches of one length those of a title stand together, so they do after the sort.
    again = (numbers[1:] == numbers[:-1]) & (titles[1:] == titles[:-1])
    order = order[np.append(True, ~again)[: len(order)]]
    firsts = find_changes(found.numbers[order])
    counts = np.diff(np.append(firsts, len(order)))
    several = counts >= _LEAST_TITLES
    return found.take(order[firsts[several]]), counts[several]


def _covered(phrases: _Stretches, counts: Places, words: _Words) -> NDArray[np.bool_]:
    """Return which phrases stand nearly always inside of one longer one."""
    covered = np.zeros(len(counts), bool)
    for size in range(2, _MOST_SYLLABLES + 1):
        longer = np.flatnonzero(phrases.counts == size)
        for length in range(1, size):
            for offset in range(size - length + 1):
                first = phrases.first[longer] + offset
                parts = _chain([words.numbers[first + step] for step in range(length)], _BETWEEN)
                known = _are_among(parts, phrases.numbers)
                places = phrases.numbers.searchsorted(parts[known])
                same = counts[longer[known]] >= _SAME * counts[places]
                covered[places[same]] = True
    return covered


def _spell(
    phrases: _Stretches, words: _Words, codes: Places, syllables: Sequence[str]
) -> Iterator[str]:
    """Yield each phrase's syllables."""
    spelled: dict[int, str] = {}
    for first, count in zip(phrases.first.tolist(), phrases.counts.tolist(), strict=True):
        numbers = words.numbers[first : first + count].tolist()
        for word, number in enumerate(numbers, first):
            if number not in spelled:
                place = words.places[word]
                own = codes[place : place + words.sizes[word]].tolist()
                spelled[number] = "_".join(syllables[code - 1] for code in own)
        yield " ".join(map(spelled.__getitem__, numbers))
