"""The passages of a text that answer a query best: whole sentences where they fit."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.marks import Match, fragments
from indexer.answers.sentences import Sentences
from indexer.records import CleanText
from indexer.search_records import Fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.answers.marks import Marker
    from indexer.query_records import Word

PASSAGE_CHARACTERS = 280
MOST_PASSAGES = 2
# A match far down a long act still gets its passage; past this nobody waits for it.
_SEARCHED_CHARACTERS = 400_000
_SEARCHED_MATCHES = 5_000
# What stands before the first match, where its sentence begins too far ahead.
_LEAD = 56
# Words of the query side by side and in its order say more than the same words scattered.
_FOLLOWING = 0.75
# A letterhead repeats the title, and a preamble what the act rests on.
_OF_HEAD = 0.75
# Of two equal passages the earlier; the rules stand before the reports on them.
_EARLIER = 0.05
_SPACE = re.compile(r"\s+")


class Stretch(NamedTuple):
    """A passage, and where its best match stands in the text."""

    fragments: tuple[Fragment, ...]
    match: int | None
    """None without a match."""


class _Window(NamedTuple):
    start: int
    end: int
    score: float
    matches: tuple[Match, ...]


def find_passages(
    text: CleanText,
    marker: Marker,
    weigh: Callable[[Word], float] = lambda _word: 1.0,
    head: int = 0,
) -> tuple[Stretch, ...]:
    """Return the best passage of a text, and a second one if it holds words that the first lacks.

    Each has about 280 characters. `weigh` says how much a word matters; what stands before `head`,
    such as a letterhead, counts for less. Without any match it is the beginning of the text.
    """
    searched = CleanText(text[:_SEARCHED_CHARACTERS])
    matches = marker.find(searched)[:_SEARCHED_MATCHES]
    if not matches:
        return (_cut(searched, len(text), _opening(searched)),)
    weights = [weigh(word) for word in marker.words]
    windows = [
        window._replace(score=window.score * _OF_HEAD) if window.start < head else window
        for window in _windows(matches, Sentences(searched), weights)
    ]
    best = max(windows, key=lambda window: window.score)
    chosen = [best]
    missing = {word for m in matches for word in m.words} - _words_of(best)
    others = [w for w in windows if w.start >= best.end or w.end <= best.start]
    others = [w for w in others if missing & _words_of(w)]
    if others:
        chosen.append(max(others, key=lambda w: (_gain(w, missing, weights), w.score)))
    return tuple(_cut(searched, len(text), window) for window in chosen[:MOST_PASSAGES])


def passage_from(text: CleanText, start: int, marker: Marker) -> Stretch:
    """Return the passage that begins at an offset, such as that of an article asked for."""
    end = min(len(text), start + PASSAGE_CHARACTERS)
    inside = marker.find(CleanText(text[start:end]))
    moved = tuple(Match(m.start + start, m.end + start, m.words) for m in inside)
    return _cut(text, len(text), _Window(start, end, 0.0, moved))._replace(match=start)


def _opening(text: str) -> _Window:
    return _Window(0, min(len(text), PASSAGE_CHARACTERS), 0.0, ())


def _windows(
    matches: Sequence[Match], sentences: Sentences, weights: Sequence[float]
) -> list[_Window]:
    """Return a window for each sentence that holds a match, or that a long one is cut at."""
    windows: list[_Window] = []
    place = -1
    for i, match in enumerate(matches):
        start, _ = sentences.around(match.start)
        if match.start - start > PASSAGE_CHARACTERS // 2:
            start = match.start - _LEAD
        if start <= place:
            continue
        place = start
        end = start + PASSAGE_CHARACTERS
        inside = []
        for later in matches[i:]:
            if later.end > end:
                break
            inside.append(later)
        whole = sentences.end_before(end)
        # The last sentence is left out when it is cut and adds nothing.
        if inside and whole > inside[-1].end:
            end = whole
        score = _score(inside, weights) - _EARLIER * i / len(matches)
        windows.append(_Window(start, max(end, match.end), score, tuple(inside or [match])))
    return windows


def _score(matches: Sequence[Match], weights: Sequence[float]) -> float:
    held = {word for match in matches for word in match.words}
    score = sum(weights[word] for word in held)
    pairs = set()
    for left, right in pairwise(matches):
        if right.start - left.end <= 1 and right.words[0] == left.words[-1] + 1:
            pairs.add((left.words[-1], right.words[0]))
    for match in matches:
        pairs.update(pairwise(match.words))
    return score + _FOLLOWING * sum(min(weights[a], weights[b]) for a, b in pairs)


def _gain(window: _Window, missing: set[int], weights: Sequence[float]) -> float:
    return sum(weights[word] for word in missing & _words_of(window))


def _words_of(window: _Window) -> set[int]:
    return {word for match in window.matches for word in match.words}


def _cut(text: CleanText, length: int, window: _Window) -> Stretch:
    start, end = _whole_words(text, window.start, min(window.end, len(text)))
    inside = [m for m in window.matches if start <= m.start and m.end <= end]
    pieces = [
        Fragment(_SPACE.sub(" ", piece), marked)
        for piece, marked in fragments(text, inside, start, end)
    ]
    before = [Fragment("… ")] if start else []
    after = [Fragment(" …")] if end < length and text[end:].strip() else []
    return Stretch((*before, *_trimmed(pieces), *after), _best_match(inside))


def _trimmed(pieces: Sequence[Fragment]) -> Iterable[Fragment]:
    """Return the pieces without white space at either end."""
    kept = list(pieces)
    if kept and not kept[-1].marked:
        kept[-1] = Fragment(kept[-1].text.rstrip())
    if kept and not kept[0].marked:
        kept[0] = Fragment(kept[0].text.lstrip())
    return [piece for piece in kept if piece.text]


def _best_match(matches: Sequence[Match]) -> int | None:
    """Return where the longest run of matches side by side begins, the first of equals."""
    best, longest, start, length = None, 0, None, 0
    previous: Match | None = None
    for match in matches:
        follows = (
            previous is not None
            and match.start - previous.end <= 1
            and match.words[0] == previous.words[-1] + 1
        )
        start, length = (start, length) if follows else (match.start, 0)
        length += len(match.words)
        if length > longest:
            best, longest = start, length
        previous = match
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the edges inwards to white space, unless that would empty the stretch."""
    if start and not text[start - 1].isspace():
        space = _SPACE.search(text, start, end)
        start = space.end() if space else start
    if end < len(text) and not text[end].isspace() and not text[end - 1].isspace():
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = cut if cut > start else end
    return start, end
