"""The passages of a text that answer a query best: whole sentences where they fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.answers.marks import Match, Matches, fragments
from indexer.answers.scan import place_texts
from indexer.answers.windows import PASSAGE_CHARACTERS, Pages, choose_windows
from indexer.language.sentences import Sentences
from indexer.records import CleanText
from indexer.search_records import Fragment
from indexer.store.outline import SEARCHED_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.answers.marks import Marker
    from indexer.answers.windows import Chosen
    from indexer.query_records import Word

_SEARCHED_MATCHES = 5_000
_SPACE = re.compile(r"\s+")
_NO_SPACE = re.compile(r"\S")
# White space that clean text should not have: of its own there are spaces and line breaks.
_ODD_SPACE = re.compile(r"[^\S \n]|  | \n|\n |\n{3}")


class Stretch(NamedTuple):
    """A passage, and where its best match stands in the text."""

    fragments: tuple[Fragment, ...]
    match: int | None
    """None without a match."""


class Searched(NamedTuple):
    """A text to find passages in."""

    text: CleanText
    """Its first SEARCHED_CHARACTERS are enough."""
    sentences: Sequence[int] | NDArray[np.uint32]
    """Where its sentences begin."""
    head: int = 0
    """What stands before it, such as a letterhead, counts for less."""
    length: int = 0
    """Of the whole text."""


class _Window(NamedTuple):
    start: int
    end: int
    matches: Sequence[Match]


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
    searched = CleanText(text[:SEARCHED_CHARACTERS])
    asked = Searched(searched, Sentences(searched).starts, head, len(text))
    return find_all_passages((asked,), marker, [weigh(word) for word in marker.words])[0]


def find_all_passages(
    searched: Sequence[Searched], marker: Marker, weights: Sequence[float]
) -> list[tuple[Stretch, ...]]:
    """Return what `find_passages` gives of each text; the weights are those of `marker.words`."""
    if not searched:
        return []
    texts = [each.text for each in searched]
    places = np.array(place_texts(texts))
    matches, edges = _limit(marker.find_in(texts), places)
    pages = Pages(
        places,
        places + [len(text) for text in texts],
        np.array([each.head for each in searched]),
        np.concatenate([_sentences(s) + place for s, place in zip(searched, places, strict=True)]),
    )
    chosen = choose_windows(pages, matches, edges, weights)
    return [
        _cut_all(each, place, windows, matches)
        for each, place, windows in zip(searched, places.tolist(), chosen, strict=True)
    ]


def _sentences(searched: Searched) -> NDArray[np.intp]:
    starts = np.asarray(searched.sentences, np.intp)
    return starts[: starts.searchsorted(max(1, len(searched.text)))]


def _limit(matches: Matches, places: NDArray[np.intp]) -> tuple[Matches, NDArray[np.intp]]:
    """Return as many matches of each text as are looked at, and the first of each text."""
    edges = np.append(matches.starts.searchsorted(places), len(matches.starts))
    counts = np.diff(edges)
    if (counts <= _SEARCHED_MATCHES).all():
        return matches, edges
    ranks = np.arange(len(matches.starts)) - np.repeat(edges[:-1], counts)
    kept = ranks < _SEARCHED_MATCHES
    limited = Matches(matches.starts[kept], matches.ends[kept], matches.held[kept], matches.words)
    return limited, np.append(0, np.cumsum(np.minimum(counts, _SEARCHED_MATCHES)))


def _cut_all(
    searched: Searched, place: int, chosen: Sequence[Chosen], matches: Matches
) -> tuple[Stretch, ...]:
    text, length = searched.text, searched.length or len(searched.text)
    if not chosen:
        return (_cut(text, length, _Window(0, min(length, PASSAGE_CHARACTERS), ())),)
    return tuple(
        _cut(
            text,
            length,
            _Window(
                window.start - place,
                window.end - place,
                matches.between(window.first, window.behind, place),
            ),
        )
        for window in chosen
    )


def passage_from(text: CleanText, start: int, marker: Marker, length: int | None = None) -> Stretch:
    """Return the passage that begins at an offset, such as that of an article asked for.

    `length` is that of the whole text, where it goes on.
    """
    end = min(len(text), start + PASSAGE_CHARACTERS)
    inside = marker.find(CleanText(text[start:end]))
    moved = tuple(Match(m.start + start, m.end + start, m.words) for m in inside)
    return _cut(text, length or len(text), _Window(start, end, moved))._replace(match=start)


def _cut(text: CleanText, length: int, window: _Window) -> Stretch:
    start, end = _whole_words(text, window.start, min(window.end, len(text)))
    inside = [m for m in window.matches if start <= m.start and m.end <= end]
    pieces = _on_one_line(fragments(text, inside, start, end), text, start, end)
    before = [Fragment("… ")] if start else []
    after = [Fragment(" …")] if end < length and _NO_SPACE.search(text, end) else []
    return Stretch((*before, *_trimmed(pieces), *after), _best_match(inside))


def _on_one_line(pieces: Sequence[Fragment], text: str, start: int, end: int) -> Sequence[Fragment]:
    """Return the pieces of `text[start:end]` with one space for any white space."""
    if _ODD_SPACE.search(text, start, end):
        return [Fragment(_SPACE.sub(" ", piece), marked) for piece, marked in pieces]
    if text.find("\n", start, end) < 0:
        return pieces
    return [
        Fragment(piece.replace("\n\n", " ").replace("\n", " "), marked) for piece, marked in pieces
    ]


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
