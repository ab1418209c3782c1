"""What somebody who is still typing may mean: titles, numbers, phrases, units and kinds.

The last word typed may be the beginning of a word, those before it are whole words; they stand in
this order in an entry, in a number in any order. An entry that begins as typed comes before one
that holds the words side by side, and that before one that holds them apart. What agrees with the
accents typed comes before what does not: `học` is no way to write `hóc`, but `hoc` is a way to
write both, and so is `muc` for `mức` while its accents are still to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.answers.answer_json import mark_as_html
from indexer.answers.typed_words import TypedWord, agrees, mark_typed, read_typed
from indexer.store.completion import MOST_WORDS
from indexer.store.completion_entry import COMPLETION_KINDS, CompletionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.search_records import Fragment
    from indexer.store.completion import Completions

MOST_COMPLETIONS = 10
HEEDED_CHARACTERS = 200

# How the words stand in an entry, added to its weight, which is at most 1.
_BEGINS, _TOGETHER, _APART = 1.0, 0.6, 0.0
# The last word typed is a word of the entry already: "mức thu" says "mức thu phí" before "thuế".
_FINISHED = 0.25
# Accents that differ from those typed: below everything that agrees.
_DISAGREES = -3.0
_PREFERENCE: dict[CompletionKind, float] = {
    "phrase": 0.2,
    "kind": 0.2,
    "unit": 0.1,
    "title": 0.0,
    "number": 0.8,
}
# Of ten; what one kind leaves free goes to the best of the others.
_SHARES: dict[CompletionKind, int] = {"phrase": 4, "title": 4, "number": 4, "unit": 2, "kind": 1}
# The heaviest of each kind whose words are looked at one by one.
_LOOKED_AT = 400
_NUMBER = COMPLETION_KINDS.index("number")


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing to offer."""

    text: str
    kind: CompletionKind
    detail: str
    """What tells it from others: issuer and day, province, how many documents."""
    id: str | None
    """The document that it stands for; None where it is words to search with."""
    fragments: tuple[Fragment, ...]
    """The text, marked where it is what was typed."""


class _Asked(NamedTuple):
    """What a typed word means in this generation's vocabulary."""

    words: range
    """Folded words."""
    any_accents: NDArray[np.bool_]
    """Which spellings those are; one more than there are spellings, for padding."""
    agreeing: NDArray[np.bool_]
    """Which of them agree with the accents typed."""
    finished: NDArray[np.bool_]
    """Which of them are spelled just as typed."""
    is_number: bool


def complete(
    completions: Completions, typed: str, limit: int = MOST_COMPLETIONS
) -> tuple[Completion, ...]:
    """Return at most `limit` (itself at most ten) completions of any string, best first.

    The first 200 characters are heeded.
    """
    words = read_typed(typed[:HEEDED_CHARACTERS])
    if not 0 < len(words) <= MOST_WORDS:
        return ()
    with_accents = any(word.normal != word.folded for word in words)
    meanings = {word: _look_up(completions, word, with_accents=with_accents) for word in set(words)}
    asked = [meanings[word] for word in words]
    scores = dict(_score(completions, asked, [each.agreeing for each in asked]))
    if with_accents and len(scores) < MOST_COMPLETIONS:
        others = _score(completions, asked, [each.any_accents for each in asked])
        scores = {entry: score + _DISAGREES for entry, score in others} | scores
    ordered = sorted(scores, key=lambda entry: (-scores[entry], entry))
    chosen = _mix(completions, ordered, min(limit, MOST_COMPLETIONS))
    return tuple(_show(completions, entry, words) for entry in chosen)


def completions_as_json(typed: str, completions: Iterable[Completion]) -> dict[str, Any]:
    """Return the answer as the API gives it; `marked` is HTML, escaped."""
    return {
        "query": typed,
        "completions": [
            {
                "text": each.text,
                "kind": each.kind,
                "detail": each.detail,
                "id": each.id,
                "marked": mark_as_html(each.fragments),
            }
            for each in completions
        ],
    }


def _look_up(completions: Completions, word: TypedWord, *, with_accents: bool) -> _Asked:
    """Return the word's meanings; who types accents elsewhere means a bare word to be bare."""
    words = completions.folded_range(word.folded, whole=word.whole)
    any_accents, agreeing, finished = np.zeros((3, completions.padding + 1), bool)
    numbers = completions.spelling_range(words)
    any_accents[numbers.start : numbers.stop] = True
    if word.normal == word.folded:
        agreeing = any_accents
    else:
        for number, spelling in completions.spellings(words):
            agreeing[number] = agrees(word.normal, spelling)
    for number, spelling in completions.spellings(
        completions.folded_range(word.folded, whole=True)
    ):
        finished[number] = spelling == word.normal or not with_accents
    return _Asked(words, any_accents, agreeing, finished, word.normal.isdigit())


def _score(
    completions: Completions,
    asked: Sequence[_Asked],
    masks: Sequence[NDArray[np.bool_]],
) -> Iterator[tuple[int, float]]:
    """Yield the best entries of every kind with their scores."""
    ranges = [each.words for each in asked]
    stretch = completions.beginning(ranges)
    beginning = np.arange(stretch.start, stretch.stop)
    for step, mask in enumerate(masks):
        beginning = beginning[mask[completions.words_at(beginning, step)]]
    holding = completions.holding(ranges)
    holding = holding[(holding < stretch.start) | (holding >= stretch.stop)]
    begins, holds = completions.kinds[beginning], completions.kinds[holding]
    for place, kind in enumerate(COMPLETION_KINDS):
        if kind == "number" and not any(each.is_number for each in asked):
            continue  # Without a digit nothing tells one number from another.
        first = beginning[begins == place]
        finished = asked[-1].finished[completions.words_at(first, len(asked) - 1)]
        first, scores = _best(first, completions.weights[first] + _FINISHED * finished + _BEGINS)
        yield from zip(first.tolist(), (scores + _PREFERENCE[kind]).tolist(), strict=True)
        if len(first) < MOST_COMPLETIONS:
            rest = holding[holds == place]
            rest, _ = _best(rest, completions.weights[rest], _LOOKED_AT)
            for entries, bonus in _stand_inside(completions, rest, masks, place):
                weights = completions.weights[entries] + bonus + _PREFERENCE[kind]
                yield from zip(entries.tolist(), weights.tolist(), strict=True)


def _stand_inside(
    completions: Completions,
    entries: NDArray[np.int64],
    masks: Sequence[NDArray[np.bool_]],
    kind: int,
) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Yield the entries that hold the words side by side, and those that hold them apart."""
    words = completions.words_of(entries, least=len(masks))
    together = _stand_together(words, masks)
    yield entries[together], _TOGETHER
    # In a number's signs the order says nothing: "nq 15" is as good as "15 nq".
    found = kind == _NUMBER or _stand_in_order(words, masks)
    yield entries[np.logical_and(found, ~together)], _APART


def _best(
    entries: NDArray[np.int64], scores: NDArray[np.float32], count: int = MOST_COMPLETIONS
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the entries with the highest scores, and these, in no order."""
    if len(entries) > count:
        best = np.argpartition(-scores, count)[:count]
        return entries[best], scores[best]
    return entries, scores


def _stand_together(
    words: NDArray[np.int64], masks: Sequence[NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Return which rows hold the asked words side by side, anywhere."""
    places = words.shape[1] - len(masks) + 1
    found = np.ones((len(words), places), bool)
    for step, mask in enumerate(masks):
        found &= mask[words[:, step : step + places]]
    return np.asarray(found.any(axis=1), bool)


def _stand_in_order(
    words: NDArray[np.int64], masks: Sequence[NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Return which rows hold the asked words one after the other, with others between."""
    found = np.ones(len(words), bool)
    places = np.arange(words.shape[1])
    reached = np.full(len(words), -1)
    for mask in masks:
        held = mask[words] & (places > reached[:, None])
        reached = held.argmax(axis=1)
        found &= held.any(axis=1)
    return found


def _mix(completions: Completions, ordered: Sequence[int], limit: int) -> list[int]:
    """Return the best entries, no kind more than its share as long as others fill the places."""
    left = dict(enumerate(_SHARES[kind] for kind in COMPLETION_KINDS))
    within: list[int] = []
    beyond: list[int] = []
    for entry in ordered:
        kind = int(completions.kinds[entry])
        left[kind] -= 1
        (within if left[kind] >= 0 else beyond).append(entry)
    chosen = set((within + beyond)[:limit])
    return [entry for entry in ordered if entry in chosen]


def _show(completions: Completions, number: int, words: Sequence[TypedWord]) -> Completion:
    entry = completions.entry(number)
    return Completion(entry.text, entry.kind, entry.detail, entry.id, mark_typed(entry.text, words))
