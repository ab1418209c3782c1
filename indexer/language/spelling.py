"""How likely somebody who means one syllable types another: Vietnamese slips by their weight.

Costs are negative natural logarithms of likelihoods, measured in nats against typing it right:
4 is a slip as one in fifty words might have it. What matters is their order: sounds that regions
confuse (tr/ch, s/x, d/gi/r, n/l, hỏi/ngã) come before neighbours on the keyboard, and those before
any other letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import combining

from indexer.language.text import fold
from indexer.language.typing_methods import take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEMORY = 50_000
_HOOK, _TILDE = "\u0309", "\u0303"

# Accents.
_TONE_LATE = 0.5  # gía: the tone is right and stands on the wrong letter.
_TONE_LEFT_OUT = 2.5
_HOOK_FOR_TILDE = 2.5
_TONE_WRONG = 4.5
_TONE_TOO_MUCH = 5.0
_SHAPE_LEFT_OUT = 3.0
_SHAPE_WRONG = 4.0
_SHAPE_TOO_MUCH = 4.5

# Letters.
_CONFUSED = 3.0
_DOUBLED = 3.5
_SWAPPED = 4.0
_LEFT_OUT = 4.5
_NEXT_KEY = 4.5
_TOO_MUCH = 5.0
_ANY_LETTER = 6.0
LEAST_LETTER_COST = _CONFUSED
# Who mistypes the first letter sees it.
_FIRST_LETTER = 1.0

_ONSETS = ("tr", "ch"), ("s", "x"), ("d", "gi"), ("d", "r"), ("r", "gi"), ("n", "l"), ("d", "v")
_SPELT_ALIKE = ("c", "k"), ("c", "q"), ("k", "q"), ("ng", "ngh"), ("g", "gh")
_RHYMES = ("i", "y"), ("n", "ng"), ("c", "t"), ("ch", "t"), ("n", "nh")
_KEY_ROWS = "qwertyuiop", "asdfghjkl", "zxcvbnm"


def _both_ways(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(way for a, b in pairs for way in ((a, b), (b, a)))


_LIKE_ONSETS = _both_ways(_ONSETS + _SPELT_ALIKE)
_LIKE_RHYMES = _both_ways(_RHYMES)
_NEIGHBOURS = _both_ways(
    (
        *(pair for row in _KEY_ROWS for pair in pairwise(row)),
        # A row stands half a key to the right of the one above it.
        *(
            (upper, lower)
            for above, below in pairwise(_KEY_ROWS)
            for place, lower in enumerate(below)
            for upper in above[place : place + 2]
        ),
    )
)


@lru_cache(_MEMORY)
def confusable(folded: str) -> frozenset[str]:
    """Return what a folded syllable becomes by one usual confusion of sounds or spellings.

    >>> sorted(confusable("tranh"))
    ['chanh', 'tran']
    """
    onsets = (b + folded[len(a) :] for a, b in _LIKE_ONSETS if folded.startswith(a))
    rhymes = (folded[: -len(a)] + b for a, b in _LIKE_RHYMES if folded.endswith(a))
    return frozenset((*onsets, *rhymes))


def is_right_so_far(typed: str, right: str) -> bool:
    """Say whether words in small letters have only accents that are right, though maybe not all.

    >>> [is_right_so_far(typed, "hà nội") for typed in ("hà nội", "ha noi", "hà nôi", "hạ nội")]
    [True, True, True, False]
    """
    return len(typed) == len(right) and all(map(_is_right_letter, typed, right))


@lru_cache(_MEMORY)
def _is_right_letter(typed: str, right: str) -> bool:
    bare = typed == fold(right)
    was, is_ = unicodedata.normalize("NFD", typed), unicodedata.normalize("NFD", right)
    return bare or (was[0] == is_[0] and set(was) <= set(is_))


@lru_cache(_MEMORY)
def letter_cost(typed: str, meant: str) -> float | None:
    """Return what it costs to type one folded syllable for the other; None beyond one slip.

    >>> letter_cost("xuat", "suat"), letter_cost("hcoi", "choi"), letter_cost("hocj", "phi")
    (3.0, 5.0, None)
    """
    if typed == meant:
        return 0.0
    if meant in confusable(typed):
        return _CONFUSED
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    start = min(len(typed), len(meant)) if start is None else start
    slip = _one_slip(typed[start:], meant[start:], typed[:start])
    return None if slip is None else slip + (0 if start else _FIRST_LETTER)


def _one_slip(typed: str, meant: str, before: str) -> float | None:
    """Return the cost of what follows after the letters that agree."""
    if typed[1:] == meant:
        return _DOUBLED if before.endswith(typed[0]) else _TOO_MUCH
    if typed == meant[1:]:
        return _LEFT_OUT
    if typed[1:] == meant[1:]:
        return _NEXT_KEY if (typed[0], meant[0]) in _NEIGHBOURS else _ANY_LETTER
    if typed[:2] == meant[1::-1] and typed[2:] == meant[2:]:
        return _SWAPPED
    return None


@lru_cache(_MEMORY)
def accent_cost(typed: str, meant: str) -> float:
    """Return what the difference between the accents of two normalised syllables costs.

    >>> accent_cost("hổ", "hỗ"), accent_cost("đât", "đất"), accent_cost("phí", "phí")
    (2.5, 2.5, 0.0)
    """
    if typed == meant or (typed.isascii() and meant.isascii()):
        return 0.0
    was, is_ = take_apart(typed), take_apart(meant)
    if was == is_:
        return _TONE_LATE
    return _tone_cost(was.tone, is_.tone) + _shape_cost(was.shaped, is_.shaped)


def _tone_cost(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    if not typed:
        return _TONE_LEFT_OUT
    if not meant:
        return _TONE_TOO_MUCH
    return _HOOK_FOR_TILDE if {typed, meant} == {_HOOK, _TILDE} else _TONE_WRONG


def _shape_cost(typed: str, meant: str) -> float:
    was, is_ = _shapes(typed), _shapes(meant)
    missing = sum(max(is_.count(mark) - was.count(mark), 0) for mark in set(is_))
    idle = len(was) - len(is_) + missing
    wrong = min(missing, idle)
    return (
        wrong * _SHAPE_WRONG
        + (missing - wrong) * _SHAPE_LEFT_OUT
        + (idle - wrong) * _SHAPE_TOO_MUCH
    )


@lru_cache(_MEMORY)
def _shapes(shaped: str) -> str:
    """Return the marks on the letters; đ counts as one."""
    return "".join(m for m in unicodedata.normalize("NFD", shaped) if m == "đ" or combining(m))
