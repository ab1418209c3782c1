"""Headings in capitals, written as a sentence with names and abbreviations as they should be."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.language.text import fold
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers
from indexer.reading.metadata.number_codes import organ_signs
from indexer.reading.metadata.tables import read_table
from indexer.reading.metadata.units import UNIT_KINDS, match_name, province_names

_PROPER = (
    "Việt Nam",
    "Hồ Chí Minh",
    "Quốc hội",
    "Chính phủ",
    "Thủ tướng Chính phủ",
    "Hội đồng nhân dân",
    "Thường trực Hội đồng nhân dân",
    "Ủy ban nhân dân",
    "Ủy ban Thường vụ Quốc hội",
    "Mặt trận Tổ quốc",
    "Đảng",
    "Nhà nước",
    "Trung ương",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Thông tư",
    "Tờ trình",
)
_NOT_ABBREVIATIONS = frozenset(("BTT", "HU", "QU", "TU", "CP", "QH", "VP"))
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def readable_case(text: str) -> str:
    """Return a text in capitals as a sentence; any other text as it is.

    >>> readable_case("VỀ VIỆC THÔNG QUA GIÁ ĐẤT CỦA HĐND TỈNH BÀ RỊA - VŨNG TÀU")
    'Về việc thông qua giá đất của HĐND tỉnh Bà Rịa - Vũng Tàu'
    """
    if not _is_capitals(text):
        return text
    lowered = _with_units(_with_words(text))
    lowered = _proper().sub(lambda match: _proper_names()[lower_letters(match.group())], lowered)
    lowered = _roman_behind(lowered)
    lowered = _with_numbers(text, lowered)
    return lowered[:1].upper() + lowered[1:]


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _with_words(text: str) -> str:
    """Return the words in lower case, but for known abbreviations."""
    return _WORD.sub(
        lambda match: match.group() if _is_abbreviation(match.group()) else match.group().lower(),
        text,
    )


def _is_abbreviation(word: str) -> bool:
    bare = word.split("-", maxsplit=1)[0]
    if word in _abbreviations() or bare in _abbreviations():
        return True
    known = bare in organ_signs().values() and bare not in _NOT_ABBREVIATIONS
    # "VP" and "BPC" have no vowel; "TU" (tu) could be a word.
    return (known and not set(fold(bare)) & set("AEIOUY")) or bare in ("UBND", "UBMTTQ")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    """Return what readers know only in capitals, beside the signs of numbers."""
    return frozenset(short for short, _, how in read_table("abbreviations.tsv") if how == "always")


def _with_units(text: str) -> str:
    """Return the text with units' names in their own letters: behind their kind, or bare."""
    pattern = _unit_kinds()
    position, parts = 0, []
    for match in pattern.finditer(text):
        if match.start() < position:
            continue
        found = match_name(match["kind"], text[match.end() :])
        if found and not _is_list(text[match.end() :]):
            parts.append(text[position : match.end()] + found.name)
            position = match.end() + found.length
    return _with_bare_names("".join(parts) + text[position:])


def _is_list(rest: str) -> bool:
    return rest.lstrip().startswith(UNIT_KINDS)


@lru_cache(maxsize=1)
def _unit_kinds() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?P<kind>{'|'.join(UNIT_KINDS)}) ")


def _with_bare_names(text: str) -> str:
    """Return the text with provinces' names in capitals also where no kind stands before them."""
    return _bare_names().sub(lambda match: _province_keys()[lower_letters(match.group())], text)


@lru_cache(maxsize=1)
def _province_keys() -> dict[str, str]:
    # "hòa bình" is a word of its own (peace) as often as the province.
    names = {lower_letters(name): name for name in province_names()}
    return {key: name for key, name in names.items() if key != "hoà bình"}


@lru_cache(maxsize=1)
def _bare_names() -> re.Pattern[str]:
    spellings = {*_province_keys(), *(name.lower() for name in _province_keys().values())}
    return re.compile(
        rf"(?<![^\W_])(?:{'|'.join(sorted(spellings, key=len, reverse=True))})(?![^\W_])"
    )


@lru_cache(maxsize=1)
def _proper_names() -> dict[str, str]:
    return {lower_letters(name): name for name in _PROPER}


@lru_cache(maxsize=1)
def _proper() -> re.Pattern[str]:
    names = sorted({name.lower() for name in _PROPER} | set(_proper_names()), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(names)})(?![^\W_])")


def _roman_behind(text: str) -> str:
    return re.sub(
        r"\b(khóa|khoá|quý|giai đoạn|lần thứ) ([ivxl]+)\b",
        lambda match: f"{match[1]} {match[2].upper()}",
        text,
    )


def _with_numbers(original: str, lowered: str) -> str:
    """Return the text with document numbers as the original has them."""
    for span in find_numbers(original):
        lowered = lowered[: span.start] + original[span.start : span.end] + lowered[span.end :]
    return lowered
