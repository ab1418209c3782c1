"""The words that somebody has typed so far, and where they stand in what is offered."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import clean_text, compose_marks, fold
from indexer.search_records import Fragment
from indexer.store.completion import find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.language.analysis import Syllable
    from indexer.records import CleanText

    # A word's number in the text, and the typed word that it is.
    _Place = tuple[int, "TypedWord"]


class TypedWord(NamedTuple):
    """One word that was typed."""

    normal: str
    folded: str
    whole: bool
    """Finished: another word or a space stands behind it."""


def read_typed(typed: str) -> list[TypedWord]:
    """Return the words typed; the last one is whole when something stands behind it.

    >>> [(word.normal, word.whole) for word in read_typed("Mức thu ho")]
    [('mức', True), ('thu', True), ('ho', False)]
    """
    text = compose_marks(typed)
    clean = clean_text(text)
    words = find_words(clean)
    open_end = bool(words) and words[-1].end == len(clean) and not text[-1].isspace()
    last = len(words) - open_end
    return [
        TypedWord(word.normal, fold(word.normal), whole=place < last)
        for place, word in enumerate(words)
    ]


def agrees(typed: str, spelling: str) -> bool:
    """Tell whether typing more accents, and removing none, can turn the one into the other.

    >>> agrees("muc", "mức"), agrees("mưc", "mức"), agrees("mùc", "mức")
    (True, True, False)
    """
    return all(_marks(left) <= _marks(right) for left, right in zip(typed, spelling, strict=False))


@lru_cache(maxsize=1024)
def _marks(letter: str) -> frozenset[str]:
    bar = {"đ"} if letter == "đ" else set()
    return frozenset(unicodedata.normalize("NFD", letter)[1:]) | bar


def mark_typed(text: CleanText, words: Sequence[TypedWord]) -> tuple[Fragment, ...]:
    """Return the text with what was typed marked; words that only lead to it mark nothing."""
    held = find_words(text)
    places = _find_together(held, words) or _find_one_by_one(held, words)
    spans = [
        (held[place].start, held[place].end if word.whole else _typed_end(held[place], word))
        for place, word in sorted(places)
    ]
    fragments, done = [], 0
    for start, end in spans:
        fragments += [Fragment(text[done:start]), Fragment(text[start:end], marked=True)]
        done = end
    return tuple(each for each in (*fragments, Fragment(text[done:])) if each.text)


def _typed_end(held: Syllable, word: TypedWord) -> int:
    """Return where the typed beginning of a word ends; zeros that nobody typed are part of it."""
    return held.end - len(held.normal) + len(word.normal)


def _find_together(held: Sequence[Syllable], words: Sequence[TypedWord]) -> list[_Place]:
    for first in range(len(held) - len(words) + 1):
        if all(_is(held[first + step], word) for step, word in enumerate(words)):
            return [(first + step, word) for step, word in enumerate(words)]
    return []


def _find_one_by_one(held: Sequence[Syllable], words: Sequence[TypedWord]) -> list[_Place]:
    """Return the places of the words in order; of what is out of order, the first of each."""
    found: dict[int, TypedWord] = {}
    for word in words:
        after = max(found, default=-1)
        places = [n for n, each in enumerate(held) if n not in found and _is(each, word)]
        place = next((n for n in places if n > after), next(iter(places), None))
        if place is not None:
            found[place] = word
    return list(found.items())


def _is(held: Syllable, word: TypedWord) -> bool:
    folded = fold(held.normal)
    return folded == word.folded if word.whole else folded.startswith(word.folded)
