"""The stretch of a text that shows best why it was found, and the marks in it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.analysis import find_syllables, normalise
from indexer.language.text import fold
from indexer.records import CleanText
from indexer.search_records import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.search_records import Query, Word

SNIPPET_CHARACTERS = 280
# A match far down a long act still gets its snippet; past this nobody waits for it.
_SEARCHED_CHARACTERS = 400_000
_SPACE = re.compile(r"\s+")


class Snippet(NamedTuple):
    """A stretch of a text."""

    fragments: tuple[Fragment, ...]
    match: int | None
    """Where the most words of the query stand in a row; None without a match."""


class _Match(NamedTuple):
    start: int
    end: int
    words: tuple[int, ...]
    """Which words of the query stand here: several where a phrase does."""


def mark(text: CleanText, query: Query) -> tuple[Fragment, ...]:
    """Return the whole text in fragments, the query's matches marked. They concatenate to it."""
    return _fragments(text, _find_matches(text, query), 0, len(text))


def make_snippet(text: CleanText, query: Query) -> Snippet:
    """Return about 280 characters with as many different words of the query as they can hold.

    Without a match it is the beginning of the text.
    """
    head = CleanText(text[:_SEARCHED_CHARACTERS])
    matches = _find_matches(head, query)
    start, end = _best_window(matches, len(head))
    start, end = _whole_words(head, start, end)
    inside = [match for match in matches if start <= match.start and match.end <= end]
    fragments = [
        Fragment(_SPACE.sub(" ", piece), marked)
        for piece, marked in _fragments(head, inside, start, end)
    ]
    before = [Fragment("… ")] if start else []
    after = [Fragment(" …")] if end < len(text) else []
    return Snippet((*before, *fragments, *after), _longest_run(inside))


def plain(fragments: Iterable[Fragment]) -> str:
    """Return the text of fragments without their marks."""
    return "".join(fragment.text for fragment in fragments)


def _find_matches(text: CleanText, query: Query) -> list[_Match]:
    """Return where words, phrases and numbers stand, in order, without overlaps."""
    phrases = [phrase.words for phrase in query.phrases]
    phrases += [number.mention.words for number in query.numbers]
    wanted = list(dict.fromkeys((*query.words, *(word for phrase in phrases for word in phrase))))
    if not wanted:
        return []
    singles = {word: i for i, word in enumerate(wanted) if word in query.words}
    found = _find_words(text, singles)
    for phrase in phrases:
        found += _find_phrase(text, phrase, tuple(wanted.index(word) for word in phrase))
    return _without_overlaps(found)


def _find_words(text: CleanText, words: dict[Word, int]) -> list[_Match]:
    spelled = normalise(text)
    found = _find_spellings(spelled, {word.syllable: i for word, i in words.items()})
    # A bare word means itself where the reader types accents and the text has it just so.
    as_typed = {i for match in found for i in match.words} if _has_accents(words) else set()
    bare = {fold(w.syllable): i for w, i in words.items() if not w.accented and i not in as_typed}
    return found + _find_spellings(fold(spelled), bare)


def _has_accents(words: Iterable[Word]) -> bool:
    return any(word.accented for word in words)


def _find_spellings(spelled: str, table: dict[str, int]) -> list[_Match]:
    if not table:
        return []
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, table))})(?![^\W_])")
    return [_Match(m.start(), m.end(), (table[m.group()],)) for m in pattern.finditer(spelled)]


def _find_phrase(text: CleanText, phrase: Sequence[Word], numbers: tuple[int, ...]) -> list[_Match]:
    syllables = list(find_syllables(text))
    spelled = [syllable.normal for syllable in syllables]
    bare = fold(" ".join(spelled)).split(" ")
    count = len(phrase)
    return [
        _Match(syllables[i].start, syllables[i + count - 1].end, numbers)
        for i in range(len(syllables) - count + 1)
        if all(
            (spelled if word.accented else bare)[i + k]
            == (word.syllable if word.accented else fold(word.syllable))
            for k, word in enumerate(phrase)
        )
    ]


def _without_overlaps(matches: list[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _best_window(matches: Sequence[_Match], length: int) -> tuple[int, int]:
    """Return the window with the most different words, then the most in a row, then the first."""
    if not matches:
        return 0, min(length, SNIPPET_CHARACTERS)
    best, best_key, last = 0, (0, 0), 0
    follows = [_follows(left, right) for left, right in pairwise(matches)]
    counts: Counter[int] = Counter()
    for i, match in enumerate(matches):
        while last < len(matches) and (
            last <= i or matches[last].end - match.start <= SNIPPET_CHARACTERS
        ):
            counts.update(matches[last].words)
            last += 1
        key = (len(counts), sum(follows[i : last - 1]))
        if key > best_key:
            best, best_key = i, key
        counts.subtract(match.words)
        counts += Counter()  # drops the words that left the window
    # A little of what stands before the first match tells where one is.
    start = max(0, matches[best].start - SNIPPET_CHARACTERS // 5)
    start = min(start, max(0, length - SNIPPET_CHARACTERS))
    end = max(start + SNIPPET_CHARACTERS, matches[best].end)
    return start, min(length, end)


def _longest_run(matches: Sequence[_Match]) -> int | None:
    """Return where the longest run of matches side by side begins, the first of equals."""
    best, length = None, 0
    for i, match in enumerate(matches):
        run = next(
            (n for n, pair in enumerate(pairwise(matches[i:]), 1) if not _follows(*pair)),
            len(matches) - i,
        )
        run += len(match.words) - 1
        if run > length:
            best, length = match.start, run
    return best


def _follows(left: _Match, right: _Match) -> bool:
    """Tell whether two matches stand as their words stand in the query, side by side."""
    return right.start == left.end + 1 and right.words[0] == left.words[-1] + 1


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the window's edges inwards to white space, unless that would empty it."""
    if start and not text[start - 1].isspace():
        space = _SPACE.search(text, start, end)
        start = space.end() if space else start
    if end < len(text) and not text[end].isspace():
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = cut if cut > start else end
    return start, end


def _fragments(
    text: CleanText, matches: Iterable[_Match], start: int, end: int
) -> tuple[Fragment, ...]:
    fragments, place = [], start
    for match in matches:
        if match.start > place:
            fragments.append(Fragment(text[place : match.start]))
        fragments.append(Fragment(text[match.start : match.end], marked=True))
        place = match.end
    if place < end:
        fragments.append(Fragment(text[place:end]))
    return tuple(fragments)
