"""The letters of TCVN3, VNI and VISCII become Unicode, word by word.

Text arrives as the bytes read as Western text: "Héi ®ång nh©n d©n".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from indexer.language.legacy_tables import CP1252, TCVN3, VISCII, VNI_LETTERS, VNI_PAIRS
from indexer.language.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Encoding = Literal["tcvn3", "vni", "viscii"]
ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni", "viscii")

PUNCTUATION = "".join(CP1252)
# Capitals in VISCII; quotes, dashes and a space everywhere else.
_DOUBTFUL_CAPITALS = "‘’“”–—…•\u00a0"
# Small letters in it, and quotes and figures.
DOUBTFUL = _DOUBTFUL_CAPITALS + "«»°²³"
# One word and the signs that may be letters of it; what is beside it in ASCII never is.
WORDS: Mapping[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile("[A-Za-z\xa1-\xff\u03bc]+"),
    "vni": re.compile("[A-Za-z\xc0-\xff]+"),
    "viscii": re.compile(f"[A-Za-z\x02\x05\x06\x14\x19\x1e\x80-\xff{PUNCTUATION}]+"),
}
_VNI_MARKS = "".join(sorted({pair[1] for pair in VNI_PAIRS}))
_VNI_WORD = re.compile(f"[AEOUYaeouy\xd4\xd6\xf4\xf6][{_VNI_MARKS}]|[\xc6-\xff]")
_NEAR = 4


def decode_legacy(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Return the text in Unicode; what the encoding has no letter for stays as it is.

    `capitals` is for fonts that show small letters as capitals. Where the font is not known, words
    typed in capitals get their accented letters in capitals too: TCVN3 has no codes for those.

    >>> decode_legacy("Héi ®ång nh©n d©n", "tcvn3"), decode_legacy("Hoäi ñoàng", "vni")
    ('Hội đồng nhân dân', 'Hội đồng')
    """
    decoded = WORDS[encoding].sub(lambda word: decode_word(word.group(), encoding), text)
    if capitals:
        return decoded.upper()
    return _raise_capitals(text, decoded) if encoding == "tcvn3" else decoded


def decode_word(word: str, encoding: Encoding) -> str:
    """Return one word with its letters replaced."""
    if encoding == "tcvn3":
        return "".join(TCVN3.get(sign, sign) for sign in word)
    if encoding == "vni":
        return _VNI_WORD.sub(lambda signs: _decode_vni(signs.group()), word)
    return _decode_viscii(word)


def _decode_vni(signs: str) -> str:
    paired = VNI_PAIRS.get(signs)
    return paired or "".join(VNI_LETTERS.get(sign, sign) for sign in signs)


def _decode_viscii(word: str) -> str:
    """Return the word; its quotes and dashes are letters only where they make a syllable.

    All but « are capitals, so that those at the ends of a word in small letters are quotes.
    """
    core = word.strip(_DOUBTFUL_CAPITALS)
    parts = (word, word.lstrip(DOUBTFUL), word.rstrip(DOUBTFUL)) if _in_capitals(core) else ()
    for part in (*parts, core, word.strip(DOUBTFUL)):
        letters = "".join(VISCII.get(CP1252.get(sign, sign), sign) for sign in part)
        if len(letters) > 1 and is_syllable(letters):
            return word.replace(part, letters, 1)
    return "".join(sign if sign in DOUBTFUL else VISCII.get(sign, sign) for sign in word)


def _in_capitals(core: str) -> bool:
    letters = "".join(VISCII.get(sign, sign) for sign in core)
    return letters.isupper()


def _raise_capitals(text: str, decoded: str) -> str:
    """Return the decoded TCVN3 with capitals throughout the words typed so: "NGHị" is "NGHỊ".

    A word of one plain letter ("X·") tells nothing itself and follows the words beside it.
    """
    places = [found.span() for found in WORDS["tcvn3"].finditer(text)]
    cases = [_tell_case(text[start:end], decoded[start:end]) for start, end in places]
    if True not in cases:
        return decoded
    pieces, last = [], 0
    for at, (start, end) in enumerate(places):
        if cases[at] or (cases[at] is None and _stands_in_capitals(cases, at)):
            pieces += [decoded[last:start], decoded[start:end].upper()]
            last = end
    return "".join([*pieces, decoded[last:]])


def _tell_case(word: str, decoded: str) -> bool | None:
    """Return whether the word is in capitals; None when it can't tell, as abbreviations can't."""
    plain = [letter for letter in word if letter.isascii()]
    if any(letter.islower() for letter in plain):
        return False
    return True if len(plain) > 1 and is_syllable(decoded) else None


def _stands_in_capitals(cases: Sequence[bool | None], at: int) -> bool:
    """Return whether the nearest words that tell, before and after, are in capitals."""
    before = next(
        (case for case in reversed(cases[max(0, at - _NEAR) : at]) if case is not None), None
    )
    after = next((case for case in cases[at + 1 : at + _NEAR] if case is not None), None)
    return {before, after} in ({True}, {True, None})
