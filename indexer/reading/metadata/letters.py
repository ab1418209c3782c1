"""Letters made even for matching, one for one, so that offsets stay true."""

from __future__ import annotations

import re

from indexer.language.text import clean_text, fold, unify_tone_style

LOWER = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
)
"""The Vietnamese small letters, for character classes: "à-ỹ" would hold capitals as well."""
UPPER = LOWER.upper()

# Portals hold numbers such as "152/2025/TT-BTС" whose last letter is the Cyrillic Es.
_LOOK_ALIKES = dict(
    zip(
        map(ord, "АВЕКМНОРСТХаеорсхЅІЈ"),
        "ABEKMHOPCTXaeopcxSIJ",
        strict=True,
    )
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"), "-")
_SINGLE_FORM = {
    **_LOOK_ALIKES,
    **_DASHES,
    ord("\u00d0"): "Đ",
    ord("\u0189"): "Đ",
    ord("\u00f0"): "đ",
    ord("\u00a0"): " ",
    ord("\t"): " ",
    ord("\uff0f"): "/",
    ord("\u2044"): "/",
    ord("\u2019"): "'",
    ord("\u2018"): "'",
    # The only letter whose lower case has two characters: it would shift every offset after it.
    ord("\u0130"): "I",
}

_UNEVEN = re.compile(f"[{''.join(map(re.escape, map(chr, _SINGLE_FORM)))}]")


def even_letters(text: str) -> str:
    """Return the text with one kind of dash, slash and Latin letter; the length stays.

    >>> even_letters("12/2024/NQ–НÐND")
    '12/2024/NQ-HĐND'
    """
    # A search is many times quicker than a translation, and most texts need none.
    return text.translate(_SINGLE_FORM) if _UNEVEN.search(text) else text


def lower_letters(text: str) -> str:
    """Return even letters in lower case with one tone style; the length stays.

    >>> lower_letters("ỦY BAN – Hòa Bình")
    'uỷ ban - hoà bình'
    """
    return unify_tone_style(even_letters(text).lower())


def bare_letters(words: str) -> str:
    """Return the letters and digits alone, without accents and capitals: a name's shortest form.

    >>> bare_letters("Ngày ban-hành")
    'ngaybanhanh'
    """
    return "".join(letter for letter in fold(clean_text(words)).casefold() if letter.isalnum())
