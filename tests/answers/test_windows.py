"""The windows of a page, chosen all at once, are those that a look at each one would choose."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.marks import Marker
from indexer.answers.passages import Searched, find_all_passages, find_passages
from indexer.answers.windows import PASSAGE_CHARACTERS
from indexer.language.sentences import Sentences
from indexer.language.text import clean_text
from indexer.query_records import Expansion, Phrase, Plain, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.answers.marks import Match
    from indexer.records import CleanText

WORDS = tuple(Word(word, accented=not word.isascii()) for word in ("học", "phí", "thu", "nam"))
PHRASE = Phrase((Word("tiền", accented=True), Word("học", accented=True)))
MARKER = Marker([Plain(WORDS, expansions=(Expansion(WORDS[:2], (PHRASE,)),))])
WEIGHTS = (2.0, 3.5, 1.25, 0.5)
FILLERS = ("học", "phí", "thu", "năm", "nam", "tiền học", "tiền", "x" * 40, "về việc", "a.", "b;\n")
TEXTS = st.lists(st.lists(st.sampled_from(FILLERS), max_size=60).map(" ".join), max_size=5)


class Window(NamedTuple):
    """A window and what it is worth."""

    start: int
    end: int
    score: float
    words: frozenset[int]


@given(TEXTS, st.integers(0, 200))
def test_all_at_once_gives_what_one_by_one_gives(typed: list[str], head: int) -> None:
    """Best passage and second one, for every text of a page."""
    texts = [clean_text(text) for text in typed]
    searched = [Searched(text, Sentences(text).starts, head, len(text)) for text in texts]
    weights = dict(zip(MARKER.words, WEIGHTS, strict=False))
    found = find_all_passages(searched, MARKER, [weights[word] for word in MARKER.words])
    assert found == [find_passages(text, MARKER, weights.__getitem__, head) for text in texts]
    for text, passages in zip(texts, found, strict=True):
        chosen = choose_one_by_one(text, head)
        assert len(passages) == max(1, len(chosen))
        for passage, window in zip(passages, chosen, strict=False):
            assert passage.match is not None
            assert window.start <= passage.match < window.end


def choose_one_by_one(text: CleanText, head: int) -> list[Window]:
    """Return the windows that the rules choose, each looked at by itself."""
    matches = MARKER.find(text)
    windows = list(make_windows(text, matches, head))
    if not windows:
        return []
    best = max(windows, key=lambda window: window.score)
    missing = {word for match in matches for word in match.words} - best.words
    others = [
        window
        for window in windows
        if (window.start >= best.end or window.end <= best.start) and window.words & missing
    ]
    if not others:
        return [best]
    gain = {w: sum(WEIGHTS[word] for word in w.words & missing) for w in others}
    return [best, max(others, key=lambda window: (gain[window], window.score))]


def make_windows(text: CleanText, matches: Sequence[Match], head: int) -> list[Window]:
    """Return a window for each sentence that holds a match, or that a long one is cut at."""
    sentences, windows, place = Sentences(text), [], -1
    for number, match in enumerate(matches):
        start, _ = sentences.around(match.start)
        if match.start - start > PASSAGE_CHARACTERS // 2:
            start = match.start - 56
        if start <= place:
            continue
        place, end = start, start + PASSAGE_CHARACTERS
        inside = [later for later in matches[number:] if later.end <= end]
        whole = sentences.end_before(end)
        end = whole if whole > inside[-1].end else end
        score = score_matches(inside) - 0.05 * number / len(matches)
        held = frozenset(word for each in inside for word in each.words)
        windows.append(Window(start, end, score * (0.75 if start < head else 1), held))
    return windows


def score_matches(inside: Sequence[Match]) -> float:
    """Return what the words are worth, and those that stand as the query has them."""
    pairs = {pair for match in inside for pair in pairwise(match.words)}
    for left, right in pairwise(inside):
        if right.start - left.end <= 1 and right.words[0] == left.words[-1] + 1:
            pairs.add((left.words[-1], right.words[0]))
    held = {word for match in inside for word in match.words}
    beside = sum(min(WEIGHTS[a], WEIGHTS[b]) for a, b in pairs)
    return sum(WEIGHTS[word] for word in held) + 0.75 * beside


def test_only_so_many_matches_are_looked_at() -> None:
    """In a text of nothing but matches the first passage wins, and nobody waits for the rest."""
    many = clean_text("học phí. " * 4_000)
    few = clean_text("Thu học phí.")
    pages = [Searched(text, Sentences(text).starts) for text in (many, few)]
    found = find_all_passages(pages, MARKER, WEIGHTS)
    assert found[0][0].match == 0
    assert found[1][0].match == 4
    assert find_all_passages([], MARKER, WEIGHTS) == []
