"""A heading in capitals becomes the line a reader would write."""

from __future__ import annotations

import re

from indexer.language.syllables import is_syllable

_ROMAN = re.compile(r"[IVXLC]+")
_COUNTED = frozenset({"khóa", "khoá", "quý", "kỳ", "chương", "phần", "lần", "thứ"})
_PROPER = re.compile(
    r"\b(?:hồ chí minh|việt nam|quốc hội|đảng bộ|hà nội|bác hồ|tổ quốc|đảng|hội đồng nhân dân"
    r"|[uủ][yỷ] ban nhân dân|mặt trận tổ quốc|đoàn(?= đbqh| đại biểu quốc hội))(?![^\W_])",
    re.IGNORECASE,
)
_ALL_CAPITALISED = frozenset({"hồ chí minh", "việt nam", "hà nội", "bác hồ"})
_WORD = re.compile(r"[^\W_]+")


def sentence_case(heading: str) -> str:
    """Return a heading in capitals as a sentence; abbreviations and Roman numbers stay.

    What can't be a Vietnamese syllable is an abbreviation.

    >>> sentence_case("HOẠT ĐỘNG HĐND HUYỆN")
    'Hoạt động HĐND huyện'
    >>> sentence_case("TIN TỨC - SỰ KIỆN")
    'Tin tức - Sự kiện'
    """
    parts = re.split(r"(\s+[-–—|]\s+)", heading)
    return "".join(_first_upper(_lower_words(part)) for part in parts)


def _lower_words(part: str) -> str:
    before = ""

    def lower(match: re.Match[str]) -> str:
        nonlocal before
        word, previous = match.group(), before
        before = word.lower()
        numeral = _ROMAN.fullmatch(word) and (previous in _COUNTED or len(set(word)) < len(word))
        return word if numeral or not is_syllable(word) else word.lower()

    return _PROPER.sub(_write_proper, _WORD.sub(lower, part))


def _write_proper(match: re.Match[str]) -> str:
    name = match.group().lower()
    if name == "mặt trận tổ quốc":
        return "Mặt trận Tổ quốc"
    if name in _ALL_CAPITALISED:
        return " ".join(word.capitalize() for word in name.split())
    return name if name == "đảng bộ" else _first_upper(name)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
