"""Which words can be Vietnamese syllables, by the rules of its spelling, without a word list.

One judge for several questions: whether text is in an old encoding (`legacy`), whether a PDF's
text layer is garbage, and whether OCR read letters or noise. A possible syllable need not be a
word ("nghoẹp"), which is what makes the judge fit for names too.

Source of the rules: the rhyme tables of Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), with both
schools of tone placement and the place names of the Central Highlands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVEL, _GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ALL_TONES = (_LEVEL, _GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)
# A syllable that ends in a stop can only rise or fall sharply.
_STOP_TONES = (_ACUTE, _DOT)
_STOPS = ("c", "ch", "p", "t")

# Onsets by what may follow them: c, g and ng turn into k, gh and ngh before e, ê, i and y.
_FREE_ONSETS = "b ch d đ h kh l m n nh p ph r s t th tr v x"
_BACK_ONSETS = "c g ng"
_FRONT_ONSETS = "k gh ngh"

# Rhymes; the apostrophe follows the vowel that carries the tone.
_A_RHYMES = """
a' a'i a'o a'u a'y a'c a'ch a'm a'n a'ng a'nh a'p a't
ă'c ă'm ă'n ă'ng ă'p ă't â'c â'm â'n â'ng â'p â't â'u â'y"""
_O_RHYMES = """
o' o'i o'c o'm o'n o'ng o'p o't oo'c oo'ng
ô' ô'i ô'c ô'm ô'n ô'ng ô'p ô't ơ' ơ'i ơ'm ơ'n ơ'p ơ't"""
_U_RHYMES = """
u' u'i u'c u'm u'n u'ng u'p u't u'a uâ'n uâ't uâ'y uâ'ng uê' uê'ch uê'nh uê'n
uô'i uô'c uô'm uô'n uô'ng uô't uơ'
ư' ư'i ư'c ư'm ư'ng ư't ư'u ư'a ươ'i ươ'c ươ'm ươ'n ươ'ng ươ'p ươ't ươ'u"""
_GLIDE_RHYMES = """
oa' oa'i oa'y oa'o oa'c oa'ch oa'm oa'n oa'ng oa'nh oa'p oa't oă'c oă'm oă'n oă'ng oă't
oe' oe'n oe'o oe't uy' uy'a uy'ch uy'nh uy't uy'u uy'n uy'p uyê'n uyê't"""
_E_RHYMES = """
e' e'c e'm e'n e'ng e'o e'p e't ê' ê'ch ê'm ê'n ê'nh ê'p ê't ê'u ê'ng"""
_I_RHYMES = """
i' i'a i'ch i'm i'n i'nh i'p i't i'u iê'c iê'm iê'n iê'ng iê'p iê't iê'u y'"""
_BARE_Y_RHYMES = """
yê'm yê'n yê'ng yê't yê'u y't"""
# After qu the u is part of the onset, after gi the i of iê (giết is gi + ết).
_QU_RHYMES = """
e' e'n e'o e't e'ng ê' ê'n ê'ch ê'nh ê't ê'u i' i'nh i't ô'c ơ' ơ'i ơ'n ơ't
y' y'nh y't y'n yê'n yê't y'u"""
_G_BEFORE_I = "i' i'n i'm i't i'p i'nh iê'ng iê't"

# Names of the Central Highlands and of the North-West that keep the spelling of their languages.
_PLACE_NAMES = """
đắk đăk lắk lăk krông kon plông rlấp glong song drăng păk pắk búk buk blao pleiku plei"""

_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile("[aeiouy]")
_ROMAN = re.compile("[IVXLC]+")
# Roads and units: QL1A, ĐT722, m2.
_NUMBERED = re.compile(r"[^\W\d_]+\d+[^\W\d_]?")
_MEMORY = 50_000
# HĐND and UBND have no vowel or one in four letters; a mangled word has more.
_LETTERS_TO_A_VOWEL = 4


class SyllableCount(NamedTuple):
    """How many words a text has, and how many of them are what."""

    words: int
    valid: int
    """Words that can be Vietnamese syllables; `van`, without its accents, is one too."""
    accented: int
    """Valid words with an accent or đ: three in four of honest prose, none of unaccented text."""

    @property
    def share(self) -> float:
        """The share of words that are valid, 0.0 when there are none."""
        return self.valid / self.words if self.words else 0.0


def is_syllable(word: str) -> bool:
    """Return whether an NFC word, in any case, can be one fully written Vietnamese syllable.

    Both schools of tone placement count (hoà, hòa), and so does a tone typed on the glide (tòan,
    qúy). A word that ends in a stop needs its tone: `hoc` is no syllable, `học` is.

    >>> [is_syllable(word) for word in ("Nghị", "HÒA", "hoà", "quyết", "nghoa", "hoc", "pew")]
    [True, True, True, True, False, False, False]
    """
    return word.lower() in possible_syllables()


def count_syllables(text: str) -> SyllableCount:
    """Return how many words the text has and how many of them can be Vietnamese syllables.

    A word is a run of two or more letters. Not counted are single letters (`a)`, `b)`), numbers,
    abbreviations in capitals (HĐND, UBND), Roman numerals and roads such as QL1A. A word with a
    digit inside (`M1JC`) counts, and is never valid.

    >>> count_syllables("Nghị quyết số 12/NQ-HĐND của HĐND tỉnh")
    SyllableCount(words=5, valid=5, accented=5)
    """
    words = valid = accented = 0
    for match in _WORD.finditer(text):
        counts, is_valid, has_accent = _judge(match.group())
        words += counts
        valid += is_valid
        accented += has_accent
    return SyllableCount(words, valid, accented)


def syllable_share(text: str) -> float:
    """Return the share of the text's words that can be Vietnamese syllables, from 0.0 to 1.0.

    0.0 when there is no word at all; `count_syllables` tells the two cases apart. Honest prose of
    the councils has .98 and more, English well under .5.

    >>> syllable_share("Hội đồng nhân dân tỉnh"), round(syllable_share("DANH M1JC VAN PEW"), 2)
    (1.0, 0.5)
    """
    return count_syllables(text).share


@lru_cache(_MEMORY)
def _judge(word: str) -> tuple[bool, bool, bool]:
    """Return whether the word counts, is valid, and is valid with an accent."""
    if is_syllable(word):
        counts = len(word) > 1
        return counts, counts, counts and not word.isascii()
    return _counts(word), False, False


def _counts(word: str) -> bool:
    if len(word) == 1 or word[0].isdigit() or _NUMBERED.fullmatch(word):
        return False
    return not (word.isupper() and (_ROMAN.fullmatch(word) or _is_abbreviation(word)))


def _is_abbreviation(word: str) -> bool:
    if not word.isalpha():
        return False
    bare = unicodedata.normalize("NFD", word.lower())
    return len(_VOWEL.findall(bare)) * _LETTERS_TO_A_VOWEL <= len(word)


@lru_cache(maxsize=1)
def possible_syllables() -> frozenset[str]:
    """Return every possible syllable in lower case, about 20,000 of them."""
    spelt = (word for onset, rhyme in _combine() for word in _spell(onset, rhyme))
    return frozenset(unicodedata.normalize("NFC", word) for word in spelt).union(
        _PLACE_NAMES.split()
    )


def _combine() -> Iterator[tuple[str, str]]:
    """Yield each onset with each rhyme it may have."""
    back = _A_RHYMES + _O_RHYMES + _U_RHYMES + _GLIDE_RHYMES
    front = _E_RHYMES + _I_RHYMES
    for onsets, rhymes in (
        (_FREE_ONSETS, back + front),
        (_BACK_ONSETS, back),
        (_FRONT_ONSETS, front),
        ("qu", _A_RHYMES + _QU_RHYMES),
        ("gi", _A_RHYMES + _O_RHYMES + _U_RHYMES + _E_RHYMES),
        ("g", _G_BEFORE_I),
    ):
        yield from product(onsets.split(), rhymes.split())
    yield from product([""], (back + front + _BARE_Y_RHYMES).split())


def _spell(onset: str, rhyme: str) -> Iterator[str]:
    """Yield the syllable in each tone, the tone also on the glide before its vowel."""
    head, _, tail = rhyme.partition("'")
    glides = len(head) > 1 and head[0] in "ou" and head[1] in "aeyă"
    for tone in _STOP_TONES if tail in _STOPS else _ALL_TONES:
        yield onset + head + tone + tail
        if glides:
            yield onset + head[0] + tone + head[1:] + tail
        if onset in ("qu", "gi"):
            yield onset + tone + head + tail
