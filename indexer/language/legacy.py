"""Text typed in TCVN3, VNI or VISCII fonts becomes Unicode; Unicode stays as it is.

A font's name decides where the format has one (`decode_runs`), else the content: an encoding is
found when its letters turn words that are no syllables into syllables (`find_legacy`,
`mend_legacy`). Text arrives as the bytes read as Western text: "Héi ®ång nh©n d©n".
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.language.legacy_letters import (
    DOUBTFUL,
    ENCODINGS,
    PUNCTUATION,
    WORDS,
    Encoding,
    decode_legacy,
    decode_word,
)
from indexer.language.legacy_tables import TCVN3, VISCII, VNI_LETTERS
from indexer.language.syllables import is_syllable, syllable_share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SIGN = re.compile(f"[\x80-\x9f\xa1-\xff\u03bc{PUNCTUATION}]")
_ANY_WORD = re.compile(f"[A-Za-z\x02\x05\x06\x14\x19\x1e\x80-\xff\u03bc{PUNCTUATION}]+")
# Letters that no text in an old encoding holds: ă, đ, ĩ, ũ, ơ, ư and the block of ạ to ỹ.
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
                      "\u1ea0-\u1ef9\u0300-\u0323]")  # fmt: skip

_FEWEST_WORDS = 2
_SHARE = 0.75
_GAIN = 0.35
_SYLLABLES = 0.6
_STRAY = 4
# No syllable is longer, in no encoding; only noise is.
_LONGEST_WORD = 16
_MEMORY = 50_000

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[,-]?(?:bold|italic|oblique|regular|bd|it)+$", re.IGNORECASE)
_FAMILIES: tuple[tuple[Encoding, re.Pattern[str]], ...] = (
    ("tcvn3", re.compile(r"\.vn\w|vn(?:time|arial|century|avant|book|black)", re.IGNORECASE)),
    ("vni", re.compile(r"vni\b", re.IGNORECASE)),
    ("viscii", re.compile(r"(?:vi (?:times|arial|helv)|viscii)", re.IGNORECASE)),
)


class FontEncoding(NamedTuple):
    """What a font's name says of the text typed in it."""

    encoding: Encoding
    capitals: bool
    """Its small letters look like capitals (.VnTimeH)."""


class _Tally(NamedTuple):
    """Words with signs that an encoding may have for letters, and how many are syllables."""

    words: int
    before: int
    after: int
    same: int
    """Syllables that the encoding leaves as they are; they are not among the words."""
    strange: int
    """Those of them with letters that the encoding does not have: signs of Unicode."""

    def rank(self) -> tuple[int, int]:
        """Return what to compare encodings by: most syllables, then fewest changed for nothing."""
        return 2 * self.after - self.words + self.same, -self.before

    def is_sure(self) -> bool:
        """Return whether decoding makes syllables of words that were none, beyond chance."""
        gain = self.after - self.before
        enough = self.after >= _FEWEST_WORDS and self.after >= _SHARE * self.words
        return enough and gain >= _FEWEST_WORDS and gain >= _GAIN * self.words

    def may_be(self) -> bool:
        """Return whether decoding does no harm: for text whose neighbours are in the encoding."""
        return self.after >= self.before and (self.after > 0 or self.words == 0)


def font_encoding(font: str) -> FontEncoding | None:
    """Return the encoding that a font's name stands for; None for fonts of Unicode text.

    The first family of a CSS list counts; the subset prefix and style suffix of PDF fonts do not.

    >>> font_encoding(".VnArialH"), font_encoding("ABCDEF+VNI-Times,Bold")
    (FontEncoding(encoding='tcvn3', capitals=True), FontEncoding(encoding='vni', capitals=False))
    """
    family = _SUBSET.sub("", font.partition(",")[0].strip(" \t\n\"'"))
    family = _STYLE.sub("", family).strip()
    for encoding, pattern in _FAMILIES:
        if pattern.match(family):
            return FontEncoding(encoding, encoding == "tcvn3" and _shows_capitals(family))
    return None


def _shows_capitals(family: str) -> bool:
    one_case = family.islower() or family.isupper()
    return family.endswith("H") or (one_case and family.lower().endswith("h"))


def find_legacy(text: str) -> Encoding | None:
    """Return the old encoding that the text is in; None for Unicode and for other languages.

    >>> find_legacy("Hoäi ñoàng nhaân daân tænh"), find_legacy("Hội đồng nhân dân tỉnh")
    ('vni', None)
    """
    strays = len(_UNICODE.findall(text))
    if strays * _STRAY > len(_SIGN.findall(text)):
        return None  # Unicode: with fewer signs than that, no tally could outweigh its letters.
    if _count_odd_words(text) < _FEWEST_WORDS:
        return None
    tallies = {encoding: _tally(text, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: tallies[encoding].rank())
    if not tallies[best].is_sure() or strays * _STRAY > tallies[best].after:
        return None
    # Swedish has words like "på" and "än" too; its other words give it away.
    return best if syllable_share(decode_legacy(text, best)) >= _SYLLABLES else None


def _count_odd_words(text: str) -> int:
    """Return how many words with signs are no syllables: what decoding could mend at most."""
    words = (word.strip(DOUBTFUL) for word in _ANY_WORD.findall(text) if not word.isascii())
    return sum(not is_syllable(word) for word in words if word)


def decode_runs(runs: Sequence[tuple[str, str]]) -> str:
    """Return the text of (text, font) runs, each run in an old font or encoding decoded.

    A run that holds letters of Unicode stays, whatever its font: programs keep the old font when
    they convert the text. Runs in other fonts are decided by their content and their neighbours.

    >>> decode_runs([("Sè: ", ".VnTime"), ("12/NQ-H§ND", ".VnTime"), (" của", "Times New Roman")])
    'Số: 12/NQ-HĐND của'
    """
    named = [(text, None if _UNICODE.search(text) else font_encoding(font)) for text, font in runs]
    modern = [
        known is None and bool(font) for (_, font), (_, known) in zip(runs, named, strict=True)
    ]
    # A word may reach over several runs, and VNI's marks may stand in the run after their vowel.
    grouped = groupby(zip(named, modern, strict=True), key=lambda run: (run[0][1], run[1]))
    pieces = [("".join(text for (text, _), _ in group), *key) for key, group in grouped]
    around = [known.encoding for _, known, _ in pieces if known]
    likely = max(set(around), key=around.count) if around else None
    return "".join(
        _decode_named(text, known) if known else _mend_lines(text, likely, timid=timid)
        for text, known, timid in pieces
    )


def mend_legacy(text: str) -> str:
    r"""Return the text with every paragraph that is in an old encoding in Unicode.

    Each line is judged by its content; a line too short to tell follows the nearest one that
    tells. Text that is Unicode comes back unchanged, and fast.

    >>> mend_legacy("Sè: 12/NQ-H§ND\nHéi ®ång nh©n d©n häp")
    'Số: 12/NQ-HĐND\nHội đồng nhân dân họp'
    """
    return _mend_lines(text, None) if _SIGN.search(text) else text


def _decode_named(text: str, known: FontEncoding) -> str:
    """Return a run in an old font; one that is Unicode already, with Western letters, stays."""
    tally = _tally(text, known.encoding)
    if tally.before + tally.strange > tally.after:
        return text.upper() if known.capitals else text
    return decode_legacy(text, known.encoding, capitals=known.capitals)


def _mend_lines(text: str, likely: Encoding | None, *, timid: bool = False) -> str:
    """Return the text with its lines decoded; `likely` is what stands around it.

    `timid` is for text in a font of Unicode: "Phí" stays "Phí" there, whatever stands around.
    """
    lines = text.split("\n")
    found = [find_legacy(line) if _SIGN.search(line) else None for line in lines]
    common = _find_common(lines, found) or likely
    if common is None:
        return text
    found = [_agree(line, encoding, common) for line, encoding in zip(lines, found, strict=True)]
    spread = _spread(found, common)
    return "\n".join(
        _mend_line(line, encoding, near, timid=timid)
        for line, encoding, near in zip(lines, found, spread, strict=True)
    )


def _agree(line: str, found: Encoding | None, common: Encoding) -> Encoding | None:
    """Return the encoding most lines have, where this one reads as well in it: short lines err."""
    tally = _tally(line, common)
    fits = found is not None and tally.after >= _SHARE * max(tally.words, 1) and tally.may_be()
    return common if fits else found


def _find_common(lines: Sequence[str], found: Sequence[Encoding | None]) -> Encoding | None:
    """Return the encoding of most lines that tell; else of the doubtful lines taken together."""
    told = [encoding for encoding in found if encoding]
    if told:
        return max(ENCODINGS, key=told.count)
    return find_legacy("\n".join(line for line in lines if not _UNICODE.search(line)))


def _spread(found: Sequence[Encoding | None], common: Encoding) -> list[Encoding]:
    """Return for each line the encoding last told before it, or first told after it."""
    last = next((encoding for encoding in found if encoding), common)
    spread = []
    for encoding in found:
        last = encoding or last
        spread.append(last)
    return spread


def _mend_line(line: str, found: Encoding | None, near: Encoding, *, timid: bool) -> str:
    if found:
        return decode_legacy(line, found)
    if not _SIGN.search(line):
        return line
    if _UNICODE.search(line):
        return WORDS[near].sub(lambda word: _mend_word(word.group(), near), line)
    tally = _tally(line, near)
    better = tally.after > tally.before if timid else tally.may_be()
    return decode_legacy(line, near) if better else line


def _mend_word(word: str, encoding: Encoding) -> str:
    """Return a word among Unicode ones decoded where only that makes a syllable of it."""
    decoded = decode_word(word, encoding)
    return decoded if is_syllable(decoded) and not is_syllable(word) else word


def _tally(text: str, encoding: Encoding) -> _Tally:
    words = WORDS[encoding].findall(text)
    verdicts = Counter(_judge(word, encoding) for word in words if len(word) <= _LONGEST_WORD)
    before, after = verdicts["worse"] + verdicts["either"], verdicts["better"] + verdicts["either"]
    total = before + verdicts["better"] + verdicts["neither"]
    same = verdicts["same"] + verdicts["strange"]
    return _Tally(total, before, after, same, verdicts["strange"])


_Verdict = Literal["better", "worse", "either", "neither", "same", "strange", "untold"]


@lru_cache(_MEMORY)
def _judge(word: str, encoding: Encoding) -> _Verdict:
    """Return whether the word is a syllable only after decoding ("better"), only before, ..."""
    plain = word.strip(DOUBTFUL)
    # A sign that stands alone may be a letter, or a degree sign, or a mark of money.
    if len(plain) <= 1 or (plain.isascii() and plain.isalpha()):
        return "untold"
    decoded = decode_word(word, encoding).strip(DOUBTFUL)
    before, after = is_syllable(plain), is_syllable(decoded)
    if before and after:
        return "either" if decoded != plain else _compare_same(plain, encoding)
    return "worse" if before else "better" if after else "neither"


def _compare_same(word: str, encoding: Encoding) -> _Verdict:
    """Return whether a syllable that decoding leaves alone has letters of the encoding only."""
    letters: Mapping[str, str] = {"tcvn3": TCVN3, "vni": VNI_LETTERS, "viscii": VISCII}[encoding]
    return "same" if all(sign.isascii() or sign in letters for sign in word) else "strange"
