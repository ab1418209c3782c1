"""Where a text matches a query: the marks in titles, snippets and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.answers.scan import Scan, place_texts
from indexer.language.text import fold
from indexer.query_records import InField, Near, NumberClause, Phrase, Plain, Prefix
from indexer.search_records import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.query_records import Node, SearchedField, Word
    from indexer.records import CleanText


class Match(NamedTuple):
    """A stretch of a text that a query asks for."""

    start: int
    end: int
    words: tuple[int, ...]
    """Which words of the query it holds, by their places in `Marker.words`."""


class Matches(NamedTuple):
    """Matches in order and without overlaps, as columns."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    held: NDArray[np.intp]
    """Which words each holds: a place in `words`."""
    words: tuple[tuple[int, ...], ...]

    def between(self, first: int, end: int, moved: int = 0) -> list[Match]:
        """Return those with the numbers from `first` to before `end`, moved by so many letters."""
        return [
            Match(start - moved, stop - moved, self.words[held])
            for start, stop, held in zip(
                self.starts[first:end].tolist(),
                self.ends[first:end].tolist(),
                self.held[first:end].tolist(),
                strict=True,
            )
        ]


class _Found(NamedTuple):
    """What one word or phrase found, as columns."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    words: tuple[int, ...]


class Marker:
    """Finds what a query asks for in any text; made once for a query."""

    def __init__(self, leaves: Iterable[Node], *, field: SearchedField | None = None) -> None:
        """Take the leaves that a match may hold; those of one field only mark that field."""
        self.words: tuple[Word, ...] = ()
        self._singles: dict[Word, int] = {}
        self._phrases: list[tuple[tuple[Word, ...], tuple[int, ...]]] = []
        self._stems: list[tuple[Word, int]] = []
        for leaf in leaves:
            self._take(leaf, field)
        self._has_accents = any(word.accented for word in self._singles)

    def _take(self, leaf: Node, field: SearchedField | None) -> None:
        if isinstance(leaf, InField):
            if leaf.field == field:
                self._take(Phrase(leaf.words) if leaf.phrase else Plain(leaf.words), None)
        elif isinstance(leaf, Plain):
            self._add_plain(leaf)
        elif isinstance(leaf, Near):
            self._singles.update((word, self._place(word)) for word in leaf.words)
        elif isinstance(leaf, Phrase):
            self._add_phrase(leaf.words)
        elif isinstance(leaf, NumberClause) and leaf.phrase:
            self._add_phrase(leaf.phrase.words)
        elif isinstance(leaf, Prefix) and leaf.field in (None, field):
            self._stems.append((leaf.stem, self._place(leaf.stem)))

    def _add_plain(self, leaf: Plain) -> None:
        # "là gì" stands everywhere; marking it would show nothing.
        strong = [word for word in leaf.words if word not in leaf.weak] or leaf.words
        self._singles.update((word, self._place(word)) for word in strong)
        for expansion in leaf.expansions:
            covered = tuple(self._place(word) for word in expansion.words)
            self._phrases += [(phrase.words, covered) for phrase in expansion.phrases]

    def _add_phrase(self, words: tuple[Word, ...]) -> None:
        self._phrases.append((words, tuple(self._place(word) for word in words)))

    def _place(self, word: Word) -> int:
        if word not in self.words:
            self.words += (word,)
        return self.words.index(word)

    def find(self, text: CleanText) -> list[Match]:
        """Return the matches in order, without overlaps; the longer of two that do wins."""
        found = self.find_in((text,))
        return found.between(0, len(found.starts))

    def find_in(self, texts: Sequence[CleanText]) -> Matches:
        """Return the matches in texts that stand one behind the other, as `place_texts` says."""
        scan = Scan(texts)
        found = [*self._find_phrases(scan), *self._find_stems(scan), *self._find_singles(scan)]
        return _without_overlaps([each for each in found if len(each.starts)])

    def mark(self, text: CleanText) -> tuple[Fragment, ...]:
        """Return the whole text in fragments, the matches marked. They concatenate to it."""
        return fragments(text, self.find(text), 0, len(text))

    def mark_all(self, texts: Sequence[CleanText]) -> list[tuple[Fragment, ...]]:
        """Return what `mark` gives of each."""
        found = self.find_in(texts)
        places = place_texts(texts)
        edges = [*found.starts.searchsorted(places).tolist(), len(found.starts)]
        return [
            fragments(text, found.between(first, end, moved), 0, len(text))
            for text, moved, first, end in zip(texts, places, edges, edges[1:], strict=False)
        ]

    def _find_singles(self, scan: Scan) -> Iterator[_Found]:
        # A bare word means itself where the reader types accents and the text has it just so.
        just_so = self._has_accents
        for word, place in self._singles.items():
            numbers = scan.find(fold(word.syllable))
            if word.accented or just_so:
                same = scan.spelled(numbers, word.syllable)
                if word.accented:
                    numbers = numbers[same]
                else:
                    typed = np.isin(scan.text_of(numbers), scan.text_of(numbers[same]))
                    numbers = numbers[same | ~typed]
            yield _Found(scan.starts[numbers], scan.ends[numbers], (place,))

    def _find_phrases(self, scan: Scan) -> Iterator[_Found]:
        for words, places in self._phrases:
            numbers = scan.find_together([fold(word.syllable) for word in words])
            for step, word in enumerate(words):
                if word.accented and len(numbers):
                    numbers = numbers[scan.spelled(numbers + step, word.syllable)]
            yield _Found(scan.starts[numbers], scan.ends[numbers + len(words) - 1], places)

    def _find_stems(self, scan: Scan) -> Iterator[_Found]:
        for stem, place in self._stems:
            numbers = scan.find_beginning(stem.syllable, accented=stem.accented)
            yield _Found(scan.starts[numbers], scan.ends[numbers], (place,))


def fragments(
    text: CleanText, matches: Iterable[Match], start: int, end: int
) -> tuple[Fragment, ...]:
    """Return `text[start:end]` in fragments, the matches (in order, inside it) marked."""
    pieces, place = [], start
    for match in matches:
        if match.start > place:
            pieces.append(Fragment(text[place : match.start]))
        pieces.append(Fragment(text[match.start : match.end], marked=True))
        place = match.end
    if place < end:
        pieces.append(Fragment(text[place:end]))
    return tuple(pieces)


def plain(marked: Iterable[Fragment]) -> str:
    """Return the text of fragments without their marks."""
    return "".join(fragment.text for fragment in marked)


def _without_overlaps(found: Sequence[_Found]) -> Matches:
    """Return all that was found in order; of two that overlap the first, and the longer one."""
    none = np.empty(0, np.intp)
    if not found:
        return Matches(none, none, none, ())
    words = tuple(sorted({each.words for each in found}))
    ranks = {held: rank for rank, held in enumerate(words)}
    starts = np.concatenate([each.starts for each in found])
    ends = np.concatenate([each.ends for each in found])
    held = np.repeat([ranks[each.words] for each in found], [len(each.starts) for each in found])
    order = np.lexsort((held, -ends, starts))
    matches = Matches(starts[order], ends[order], held[order], words)
    if (matches.starts[1:] >= matches.ends[:-1]).all():
        return matches
    kept = _keep_apart(matches.starts.tolist(), matches.ends.tolist())
    return Matches(matches.starts[kept], matches.ends[kept], matches.held[kept], words)


def _keep_apart(starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    kept, reached = [], -1
    for number, start in enumerate(starts):
        if start >= reached:
            kept.append(number)
            reached = ends[number]
    return kept
