"""Where a text matches a query: the marks in titles, snippets and documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.analysis import normalise
from indexer.language.text import fold
from indexer.query_records import InField, Near, NumberClause, Phrase, Plain, Prefix
from indexer.search_records import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.query_records import Node, SearchedField, Word
    from indexer.records import CleanText

# Between the words of a phrase: the index counts syllables, whatever stands between them.
_BETWEEN = r"[\W_]{1,16}"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"


class Match(NamedTuple):
    """A stretch of a text that a query asks for."""

    start: int
    end: int
    words: tuple[int, ...]
    """Which words of the query it holds, by their places in `Marker.words`."""


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
        self._word_pattern = _any_of({fold(word.syllable) for word in self._singles})
        self._phrase_patterns = [_phrase_pattern(words) for words, _ in self._phrases]
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
        spelled = normalise(text)
        bare = fold(spelled)
        found = [*self._find_phrases(spelled, bare), *self._find_stems(spelled, bare)]
        found += self._find_singles(spelled, bare)
        return _without_overlaps(found)

    def mark(self, text: CleanText) -> tuple[Fragment, ...]:
        """Return the whole text in fragments, the matches marked. They concatenate to it."""
        return fragments(text, self.find(text), 0, len(text))

    def _find_singles(self, spelled: str, bare: str) -> list[Match]:
        if not self._singles:
            return []
        by_form: dict[str, list[tuple[Word, int]]] = {}
        for word, place in self._singles.items():
            by_form.setdefault(fold(word.syllable), []).append((word, place))
        # A bare word means itself where the reader types accents and the text has it just so.
        as_typed: set[int] = set()
        found: list[tuple[Match, bool]] = []
        for m in self._word_pattern.finditer(bare):
            written = spelled[m.start() : m.end()]
            for word, place in by_form[m.group()]:
                same = written == word.syllable
                if same or not word.accented:
                    found.append((Match(m.start(), m.end(), (place,)), same))
                if same and self._has_accents:
                    as_typed.add(place)
        return [match for match, same in found if same or match.words[0] not in as_typed]

    def _find_phrases(self, spelled: str, bare: str) -> Iterator[Match]:
        for (words, places), pattern in zip(self._phrases, self._phrase_patterns, strict=True):
            for m in pattern.finditer(bare):
                if _agrees(words, spelled[m.start() : m.end()]):
                    yield Match(m.start(), m.end(), places)

    def _find_stems(self, spelled: str, bare: str) -> Iterator[Match]:
        for stem, place in self._stems:
            pattern = re.compile(rf"{_START}{re.escape(fold(stem.syllable))}[^\W_]*")
            for m in pattern.finditer(bare):
                if not stem.accented or spelled.startswith(stem.syllable, m.start()):
                    yield Match(m.start(), m.end(), (place,))


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


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?:{'|'.join(map(re.escape, sorted(forms)))}){_END}")


def _phrase_pattern(words: Sequence[Word]) -> re.Pattern[str]:
    forms = (re.escape(fold(word.syllable)) for word in words)
    return re.compile(f"{_START}{_BETWEEN.join(forms)}{_END}")


def _agrees(words: Sequence[Word], written: str) -> bool:
    """Tell whether a phrase found without accents has those that were typed."""
    syllables = re.findall(r"[^\W_]+", written)
    return all(
        not word.accented or syllable == word.syllable
        for word, syllable in zip(words, syllables, strict=True)
    )


def _without_overlaps(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end, m.words)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
