"""The letters of three encodings that Vietnamese offices used before Unicode.

Keys are the code points that the bytes have when they are read as Western text (cp1252 or
latin-1). Sources: TCVN 5712:1993 without the capitals that its fonts lack, RFC 1456 (VISCII) and
VNI's published double-byte table for Windows.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TCVN3_CAPITALS = "ĂÂÊÔƠƯĐăâêôơưđ"  # 0xA1 to 0xAE
_TCVN3_LETTERS = (
    *("\xb5à", "\xb6ả", "\xb7ã", "\xb8á", "\xb9ạ", "\xbbằ", "\xbcẳ", "\xbdẵ", "\xbeắ", "\xc6ặ"),
    *("\xc7ầ", "\xc8ẩ", "\xc9ẫ", "\xcaấ", "\xcbậ", "\xccè", "\xceẻ", "\xcfẽ", "\xd0é", "\xd1ẹ"),
    *("\xd2ề", "\xd3ể", "\xd4ễ", "\xd5ế", "\xd6ệ", "\xd7ì", "\xd8ỉ", "\xdcĩ", "\xddí", "\xdeị"),
    *("\xdfò", "\xe1ỏ", "\xe2õ", "\xe3ó", "\xe4ọ", "\xe5ồ", "\xe6ổ", "\xe7ỗ", "\xe8ố", "\xe9ộ"),
    *("\xeaờ", "\xebở", "\xecỡ", "\xedớ", "\xeeợ", "\xefù", "\xf1ủ", "\xf2ũ", "\xf3ú", "\xf4ụ"),
    *("\xf5ừ", "\xf6ử", "\xf7ữ", "\xf8ứ", "\xf9ự", "\xfaỳ", "\xfbỷ", "\xfcỹ", "\xfdý", "\xfeỵ"),
)

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 0x80
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"  # 0xA0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # 0xC0
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"  # 0xE0
)
_VISCII_LOW = {"\x02": "Ẳ", "\x05": "Ẵ", "\x06": "Ẫ", "\x14": "Ỷ", "\x19": "Ỹ", "\x1e": "Ỵ"}

# VNI: a bare vowel and a mark of its own, or one letter that stands alone.
_VNI_TONES = dict(zip("\xf9\xf8\xfb\xf5\xef", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = {
    "\xe2": "\u0302",
    "\xe1": "\u0302\u0301",
    "\xe0": "\u0302\u0300",
    "\xe5": "\u0302\u0309",
    "\xe3": "\u0302\u0303",
    "\xe4": "\u0302\u0323",
}
_VNI_BREVE = {
    "\xea": "\u0306",
    "\xe9": "\u0306\u0301",
    "\xe8": "\u0306\u0300",
    "\xfa": "\u0306\u0309",
    "\xfc": "\u0306\u0303",
    "\xeb": "\u0306\u0323",
}
_VNI_MARKS = {
    "a": {**_VNI_TONES, **_VNI_CIRCUMFLEX, **_VNI_BREVE},
    "e": {**_VNI_TONES, **_VNI_CIRCUMFLEX},
    "o": {**_VNI_TONES, **_VNI_CIRCUMFLEX},
    "u": _VNI_TONES,
    "y": _VNI_TONES,
    "\xf4": _VNI_TONES,
    "\xf6": _VNI_TONES,
}
_VNI_LETTERS = {
    "\xf4": "ơ",
    "\xf6": "ư",
    "\xf1": "đ",
    "\xec": "ì",
    "\xed": "í",
    "\xe6": "ỉ",
    "\xf3": "ĩ",
    "\xf2": "ị",
    "\xee": "ỵ",
}


def _vni_pairs() -> Iterator[tuple[str, str]]:
    """Yield each pair of code points with its letter, in small letters and capitals.

    The vowel decides the case: the marks have two cases as well, and typists mixed them.
    """
    for vowel, marks in _VNI_MARKS.items():
        letter = _VNI_LETTERS.get(vowel, vowel)
        for mark, accents in marks.items():
            small = unicodedata.normalize("NFC", letter + accents)
            for sign in (mark, mark.upper()):
                yield vowel + sign, small
                yield vowel.upper() + sign, small.upper()


TCVN3: Mapping[str, str] = {
    **dict(zip(map(chr, range(0xA1, 0xAF)), _TCVN3_CAPITALS, strict=True)),
    **{pair[0]: pair[1] for pair in _TCVN3_LETTERS},
    # Programs that fold compatibility letters turn the micro sign into the Greek mu.
    "\u03bc": "à",
}
VISCII: Mapping[str, str] = {
    **dict(zip(map(chr, range(0x80, 0x100)), _VISCII_HIGH, strict=True)),
    **_VISCII_LOW,
}
VNI_PAIRS: Mapping[str, str] = dict(_vni_pairs())
VNI_LETTERS: Mapping[str, str] = {
    **_VNI_LETTERS,
    **{sign.upper(): letter.upper() for sign, letter in _VNI_LETTERS.items()},
}
CP1252: Mapping[str, str] = {
    bytes([code]).decode("cp1252"): chr(code)
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""What cp1252 reads for the bytes 0x80 to 0x9F, and their latin-1 code points."""
