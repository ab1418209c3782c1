"""Raw text becomes CleanText: composed letters, whole words, plain spaces.

Each fault has a function of its own; `clean_text` runs them in order.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.records import CleanText

_LOOK_ALIKES = str.maketrans(
    {
        # Full-width letters and digits of East Asian keyboards: "ＮＱ", "２０２３".
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        "\u00d0": "Đ",  # Some clerks type Icelandic Ð for Đ; both must match.
        "\u0189": "Đ",
        "\u00f0": "đ",
        # A common fault of converters: "nhà nƣớc", "Chƣơng".
        "\u01a2": "Ư",
        "\u01a3": "ư",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
    }
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u206f\u202a-\u202e\ufeff\ufffe\uffff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
_SPACE_BEFORE_MARK = re.compile(
    r"(?<=[\w\u0300-\u0323])\s+(?=[\u0300-\u0304\u0306\u0309\u031b\u0323])"
)
_TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_MANY_SPACES = re.compile(r"[ \t]+")
_SPACE_AT_LINE_END = re.compile(r" *\n *")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(raw: str) -> CleanText:
    """Return the text composed (NFC), without invisible characters or idle white space.

    Cleaning is idempotent: what is clean stays as it is.

    >>> clean_text("H\u00d0ND  th\u00e0nh\u200b ph\u00f4\u0301 ")
    'HĐND thành phố'
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_LOOK_ALIKES)
    text = _INVISIBLE.sub("", text)
    text = compose_marks(rejoin_marks(text))
    text = _SPACE_AT_LINE_END.sub("\n", _MANY_SPACES.sub(" ", text))
    return CleanText(_MANY_BLANK_LINES.sub("\n\n", text).strip())


def rejoin_marks(text: str) -> str:
    r"""Return the text with loose combining marks back on their letters.

    pdfminer.six puts the accents of decomposed text on lines of their own.

    >>> compose_marks(rejoin_marks("QUYE\u0302\n\n\u0301T"))
    'QUYẾT'
    """
    return _SPACE_BEFORE_MARK.sub("", text)


def compose_marks(text: str) -> str:
    """Return the text in NFC, also where the tone was typed before the letter's shape.

    NFC alone keeps e + acute + circumflex in two pieces, since both marks have class 230.

    >>> compose_marks("e\u0301\u0302")
    'ế'
    """
    if text.isascii():
        return text
    if _TONE_BEFORE_SHAPE.search(decomposed := unicodedata.normalize("NFD", text)):
        decomposed = _TONE_BEFORE_SHAPE.sub(r"\2\1", decomposed)
    return unicodedata.normalize("NFC", decomposed)


class _FoldTable(dict[int, str]):
    """Letters to their bare ASCII-like form, filled as letters turn up."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0]
        folded = {"đ": "d", "Đ": "D"}.get(bare, bare)
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Return NFC text without accents, one character for each, so that offsets stay true.

    >>> fold("Hội đồng nhân dân")
    'Hoi dong nhan dan'
    """
    return text if text.isascii() else text.translate(_FOLD)


# "hòa" and "hoà" are one word in two schools of spelling; only oa, oe and uy differ.
_TONE_STYLES = {
    first + second: plain + toned
    for first, plain, second, toned in zip(
        "òóỏõọòóỏõọùúủũụ", "oooooooooouuuuu", "aaaaaeeeeeyyyyy", "àáảãạèéẻẽẹỳýỷỹỵ", strict=True
    )
}
_OLD_STYLE = re.compile("|".join(_TONE_STYLES))


def unify_tone_style(lowered: str) -> str:
    """Return lower-case NFC text with every tone on the second vowel of oa, oe, uy.

    This is the style of pyvi's dictionary, and the length stays the same.

    >>> unify_tone_style("hòa, ủy ban, khỏe")
    'hoà, uỷ ban, khoẻ'
    """
    return _OLD_STYLE.sub(lambda pair: _TONE_STYLES[pair.group()], lowered)
