"""Syllables whose marks were lost or mistaken, mended by the words around them.

The recogniser reads `tô chức` for `tổ chức`: a mark upon a mark is a few dots at 300 dpi. Each
syllable has rivals that differ in marks only; the best chain of a line is found by Viterbi's
algorithm. A pair that pyvi's dictionary holds, or that the document itself has elsewhere, speaks
for a chain; what the recogniser read speaks for itself, the more so the surer it was.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.crf_model import read_word_model
from indexer.language.syllables import is_syllable
from indexer.language.text import unify_tone_style
from indexer.reading.extract.ocr_phrases import COMMON, KNOWN_PAIRS, TOUCHY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# In one order: where two readings are worth the same, the first one wins.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HATS = frozenset("âêô")
_HOOK = "\u0309"
_HOOK_AND_GRAVE = frozenset("\u0309\u0300")
_MEMORY = 50_000

# What speaks for a reading: tuned on pages whose Word files we have; see tests/benchmarks.
_PAIR = 1.0
_SEEN_PAIR = 0.4
_COMMON = 0.5
_NEAR, _FAR = 0.0, -0.4
_OWN_INVALID, _OWN_BARE_HAT, _OWN_HAT, _OWN = -0.5, 0.3, 0.5, 0.9
_OWN_SURE = 1.2
_NAME = 1.0
_SURE = 0.965
_FAIRLY_SURE = 0.9


class Syllable(NamedTuple):
    """A run of letters as recognised, or the signs between two."""

    text: str
    confidence: float
    starts_sentence: bool = False

    @property
    def is_word(self) -> bool:
        """Return whether it is a run of letters."""
        return self.text.isalpha()


def repair_syllables(syllables: Sequence[Syllable]) -> list[str]:
    """Return the syllables in their letters' case with the marks that the context asks for.

    Only marks change, and đ for d: never a letter's shape, never a digit. An empty one stands for
    signs that no word reaches across, and stays.
    """
    words = [unify_tone_style(syllable.text.lower()) for syllable in syllables]
    seen = _count_pairs(words, syllables)
    chain: list[str] = []
    # Run by run: a gazette of thousands of pages is one list.
    for is_word, run in groupby(zip(words, syllables, strict=True), key=lambda pair: bool(pair[0])):
        columns = [_rivals(*pair) for pair in run]
        chain += _best_chain(columns, seen) if is_word else [""] * len(columns)
    return [
        _level_case(syllable.text) if best == word else _as_written(best, syllable.text)
        for best, word, syllable in zip(chain, words, syllables, strict=True)
    ]


def has_rivals(word: str) -> bool:
    """Return whether other marks on the same letters would make a syllable.

    >>> has_rivals("QUYÉT"), has_rivals("BỘTHÔNG")
    (True, False)
    """
    return bool(_variants(unify_tone_style(word.lower())))


def _count_pairs(words: Sequence[str], syllables: Sequence[Syllable]) -> Mapping[str, int]:
    """Return how often two syllables follow each other that were both read for sure."""
    sure = [bool(w) and _is_sure(w, s) for w, s in zip(words, syllables, strict=True)]
    pairs = zip(pairwise(words), pairwise(sure), strict=True)
    return Counter(f"{a} {b}" for (a, b), both in pairs if all(both))


def _is_sure(word: str, syllable: Syllable) -> bool:
    own = _own_score(word, syllable)
    return own > _OWN or (own == _OWN and not any(near for _, near in _variants(word)))


def _rivals(word: str, syllable: Syllable) -> dict[str, float]:
    """Return what may have been printed, with what speaks for each before its neighbours do."""
    if not word:
        return {"": 0.0}
    own = _own_score(word, syllable)
    scores = {word: own + (_COMMON if word in TOUCHY else 0.0)}
    if own == float("inf"):
        return {word: 0.0}
    for rival, near in _variants(word):
        if near or own < _OWN or syllable.confidence < _FAIRLY_SURE:
            scores[rival] = (_NEAR if near else _FAR) + (_COMMON if rival in COMMON else 0.0)
    return scores


def _own_score(word: str, syllable: Syllable) -> float:
    """Return how much the reading itself is worth; infinite where no rival is asked for."""
    if not is_syllable(word):
        foreign = word.isascii() or len(word) > 7  # noqa: PLR2004 - "nghiêng" is the longest
        return float("inf") if foreign else _OWN_INVALID
    bare = _strip_tone(word)
    if bare == word and _HATS & set(word):
        return _OWN_BARE_HAT
    if _HATS & set(bare):
        return _OWN_HAT if syllable.confidence < _SURE else _OWN_SURE
    if word in TOUCHY:
        return float("inf")
    is_name = syllable.text.istitle() and not syllable.starts_sentence
    return _OWN + (_NAME if is_name else 0.0)


@lru_cache(_MEMORY)
def _variants(word: str) -> tuple[tuple[str, bool], ...]:
    """Return the syllables that differ in one kind of mark; True with those mistaken easily.

    Easily: the tone upon or beside a hat, the hook for the dot of an i or for a grave.
    """
    bare = _strip_tone(word)
    hatted = bool(_HATS & set(bare))
    found: dict[str, bool] = {}
    for at in range(len(bare)):
        for tone in ("", *_TONES):
            other = unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])
            tones = frozenset(_split_tone(letter)[1] for letter in word + other) - {""}
            found[other] = (
                hatted or tones == _HOOK_AND_GRAVE or (tones == {_HOOK} and bare[at] == "i")
            )
    found |= dict.fromkeys(_reshape(word), False)
    found.pop(word, None)
    unified = {unify_tone_style(other): near for other, near in found.items()}
    return tuple((other, near) for other, near in unified.items() if is_syllable(other))


_SHAPES = {
    "a": "ăâ", "ă": "aâ", "â": "aă", "e": "ê", "ê": "e",
    "o": "ôơ", "ô": "oơ", "ơ": "oô", "u": "ư", "ư": "u", "d": "đ", "đ": "d",
}  # fmt: skip


def _reshape(word: str) -> Iterable[str]:
    """Yield the word with one letter under another hat or stroke, its tone kept."""
    letters = [_split_tone(letter) for letter in word]
    for at, (letter, tone) in enumerate(letters):
        for other in _SHAPES.get(letter, ""):
            yield word[:at] + unicodedata.normalize("NFC", other + tone) + word[at + 1 :]


def _split_tone(letter: str) -> tuple[str, str]:
    marks = _decompose(letter)
    tone = "".join(mark for mark in marks if mark in _TONES)
    return _strip_tone(letter), tone


def _strip_tone(word: str) -> str:
    kept = "".join(mark for mark in _decompose(word) if mark not in _TONES)
    return unicodedata.normalize("NFC", kept)


def _decompose(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _best_chain(columns: Sequence[Mapping[str, float]], seen: Mapping[str, int]) -> list[str]:
    """Return the readings, one of each column, whose own scores and pairs sum up highest."""
    chains: dict[str, float] = {"": 0.0}
    came_from: list[dict[str, str]] = []
    for column in columns:
        came_from.append({word: _best_before(word, chains, seen) for word in column})
        chains = {
            word: own + chains[before] + _pair(before, word, seen)
            for (word, own), before in zip(column.items(), came_from[-1].values(), strict=True)
        }
    best = [max(chains, key=lambda word: chains[word])]
    for origins in reversed(came_from):
        best.append(origins[best[-1]])
    return best[-2::-1]


def _best_before(word: str, chains: Mapping[str, float], seen: Mapping[str, int]) -> str:
    return max(chains, key=lambda before: chains[before] + _pair(before, word, seen))


def _pair(before: str, word: str, seen: Mapping[str, int]) -> float:
    if not before or not word:
        return 0.0
    pair = f"{before} {word}"
    return _PAIR * (pair in _known_pairs()) + _SEEN_PAIR * (seen.get(pair, 0) > 1)


@lru_cache(maxsize=1)
def _known_pairs() -> frozenset[str]:
    """Return the compounds of two syllables in pyvi's dictionary, and those of official prose."""
    model = read_word_model()
    listed = model.pairs if model else frozenset[str]()
    return KNOWN_PAIRS.union(unify_tone_style(pair.lower()) for pair in listed)


def _level_case(text: str) -> str:
    """Return a syllable without capitals in its midst: "sỐ" is an ô whose mark was taken for more.

    Codes such as TTg are no syllables and stay.
    """
    if text.islower() or text.isupper() or text.istitle() or not is_syllable(text):
        return text
    return text.capitalize() if text[0].isupper() else text.lower()


def _as_written(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
