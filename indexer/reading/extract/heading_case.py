"""A heading in capitals becomes the line a reader would write."""

from __future__ import annotations

import re

from indexer.language.text import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uou|ieu|yeu|oai|oay|oeo|uay|uoi|uyu|"
    r"[aeiou][aeiouy]|[aeiouy])(?:ch|ng|nh|[cmnpt])?"
)
_ROMAN = re.compile(r"[IVXLC]+")
_COUNTED = frozenset({"khóa", "khoá", "quý", "kỳ", "chương", "phần", "lần", "thứ"})
_PROPER = re.compile(
    r"\b(?:hồ chí minh|việt nam|quốc hội|đảng bộ|hà nội|bác hồ|tổ quốc|đảng)\b", re.IGNORECASE
)
_ALWAYS_SMALL = {"đảng bộ": "đảng bộ", "quốc hội": "Quốc hội", "tổ quốc": "Tổ quốc", "đảng": "Đảng"}
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
        return word if numeral or not _is_syllable(word) else word.lower()

    return _PROPER.sub(_write_proper, _WORD.sub(lower, part))


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.fullmatch(fold(word).lower()))


def _write_proper(match: re.Match[str]) -> str:
    name = match.group().lower()
    return _ALWAYS_SMALL.get(name) or " ".join(word.capitalize() for word in name.split())


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
