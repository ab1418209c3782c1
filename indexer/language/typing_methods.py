"""Keystrokes of Telex and VNI that no input method turned into letters: `nghij`, `quye61t`.

Both methods type a tone and the shape of a letter as keys of their own, behind the letter or at
the end of the syllable. What comes out is always a possible syllable; whether anybody writes it
is for the index's vocabulary to say.

The rules are those of today's input methods: keys may stand anywhere behind the first vowel.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.syllables import possible_syllables
from indexer.language.text import unify_tone_style

if TYPE_CHECKING:
    from collections.abc import Iterator

_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_TONES = dict(zip("12345", _TONES, strict=True))
_TELEX_TONES = dict(zip("sfrxj", _TONES, strict=True))
_MEMORY = 20_000
_VOWEL = re.compile("[aeiouy]")
# "nghieengs" has nine; in longer words the patterns would look for long.
_MOST_KEYS = 12
_TELEX = re.compile("[a-z]{2,}")
_VNI = re.compile("[a-z]+(?:[1-9]+[a-z]*){1,4}")
# Abbreviations have no vowel, and so no tone: hddnd, qd9.
_BARRED_D = re.compile("dd|d9")
# What a shape's key does, named by VNI's digits: the letters that can take it.
_SHAPES = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"uo": "ươ", "o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}


class Letters(NamedTuple):
    """A syllable taken apart."""

    shaped: str
    """Its letters with their shapes (ă â đ ê ô ơ ư), without the tone."""
    tone: str
    """The tone's combining mark; empty for the level tone."""


@lru_cache(_MEMORY)
def take_apart(syllable: str) -> Letters:
    """Return the letters and the tone of a syllable in lower case, NFC.

    Where the tone stands does not matter: gía and giá come apart alike.

    >>> take_apart("quyết").shaped, take_apart("gía") == take_apart("giá")
    ('quyêt', True)
    """
    if syllable.isascii():
        return Letters(syllable, "")
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = next((mark for mark in decomposed if mark in _TONES), "")
    shaped = "".join(mark for mark in decomposed if mark not in _TONES)
    return Letters(unicodedata.normalize("NFC", shaped), tone)


def put_together(letters: Letters) -> str | None:
    """Return the syllable in the index's tone style; None when no syllable has this spelling.

    >>> put_together(Letters("hoa", "\u0300")), put_together(Letters("hoc", "\u0300"))
    ('hoà', None)
    """
    return _spellings().get(letters)


def decode_keystrokes(word: str) -> tuple[str, ...]:
    """Return the syllables that a lower-case word gives when read as Telex or VNI.

    Empty when it holds no keys of either, or they make no possible syllable. English words may
    decode by chance (max: mã), so the caller must know that nobody writes the word itself.
    Abbreviations take đ alone (hddnd: hđnd).

    >>> [decode_keystrokes(word) for word in ("nghij", "quye61t", "ddaats", "wifi", "ocop")]
    [('nghị',), ('quyết',), ('đất',), (), ()]
    """
    if len(word) > _MOST_KEYS:
        return ()
    barred = _BARRED_D.sub("đ", word)
    if barred != word and barred.isalpha() and not _VOWEL.search(word):
        return (barred,)
    if _VNI.fullmatch(word):
        readings = [_read_vni(word)]
    elif _TELEX.fullmatch(word):
        readings = list(_read_telex(word))
    else:
        return ()
    spelt = (
        put_together(Letters(shaped, tone))
        for letters, tone, keys in readings
        if tone or keys
        for shaped in _put_shapes(letters, keys)
    )
    return tuple(dict.fromkeys(syllable for syllable in spelt if syllable))


class _Keys(NamedTuple):
    """What was typed: bare letters, the tone, and the shapes' keys by VNI's digits."""

    letters: str
    tone: str
    shapes: str


def _read_vni(word: str) -> _Keys:
    digits = re.sub("[a-z]", "", word)
    tones = [_VNI_TONES[digit] for digit in digits if digit in _VNI_TONES]
    shapes = "".join(sorted({digit for digit in digits if digit in _SHAPES}))
    if len(tones) > 1:
        return _Keys("", "", "")
    return _Keys(re.sub("[0-9]", "", word), "".join(tones), shapes)


def _read_telex(word: str) -> Iterator[_Keys]:
    """Yield the readings: a doubled letter may be two letters (xoong), a w two shapes."""
    vowel = _VOWEL.search(word)
    if vowel is None or "w" in word[: vowel.start()]:
        word = word.replace("w", "uw", 1)  # A w without a vowel before it types ư.
        vowel = _VOWEL.search(word)
    if vowel is None:
        return
    head, tail = word[: vowel.start()], word[vowel.start() :]
    tones = [key for key in tail if key in _TELEX_TONES]
    if len(tones) > 1:
        return
    tone = _TELEX_TONES[tones[0]] if tones else ""
    letters = head + re.sub("[sfrxjw]", "", tail)
    for once, doubled in _without_doubles(letters):
        for horn in "78" if "w" in tail else [""]:
            yield _Keys(once, tone, "".join(sorted({*doubled, *horn})))


def _without_doubles(letters: str) -> Iterator[tuple[str, str]]:
    """Yield (letters, shape keys) with the second of two equal letters read as a key, or not."""
    yield letters, ""
    once, keys = letters, ""
    for letter, key in (("d", "9"), ("a", "6"), ("e", "6"), ("o", "6")):
        first, second = once.find(letter), once.rfind(letter)
        if first != second:
            once, keys = once[:second] + once[second + 1 :], keys + key
            yield once, keys


def _put_shapes(letters: str, keys: str) -> Iterator[str]:
    """Yield the letters with every key's shape on one of the letters that can take it."""
    if not keys:
        yield letters
        return
    for bare, shaped in _SHAPES[keys[0]].items():
        for match in re.finditer(bare, letters):
            put = letters[: match.start()] + shaped + letters[match.end() :]
            yield from _put_shapes(put, keys[1:])


@lru_cache(maxsize=1)
def _spellings() -> dict[Letters, str]:
    """Return each syllable's one spelling by its letters and tone.

    Of several places of a tone the last is right (toàn, not tòan), in the index's style.
    """
    table: dict[Letters, str] = {}
    for syllable in possible_syllables():
        letters = take_apart(syllable)
        known = table.get(letters)
        if known is None or _tone_place(syllable) > _tone_place(known):
            table[letters] = syllable
    return {letters: unify_tone_style(syllable) for letters, syllable in table.items()}


def _tone_place(syllable: str) -> int:
    decomposed = unicodedata.normalize("NFD", syllable)
    return max(map(decomposed.find, _TONES))
