"""Capitals of a letterhead whose accents OCR lost or mistook, put right where no doubt is left.

"HỘI ĐÔNG NHÂN DÂN", "TĨNH PHÚ YÊN" and "NGHI QUYÉT" have only one meaning in a letterhead; what
several words could be ("XA", "BAN") is only read behind a body's name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.reading.metadata.kinds import read_kinds
from indexer.reading.metadata.letters import lower_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

_PHRASES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "HỘI ĐỒNG NHÂN DÂN",
    "ỦY BAN NHÂN DÂN",
    "THƯỜNG TRỰC",
    "QUYẾT NGHỊ",
)
_UNITS = (
    "THÀNH PHỐ",
    "THỊ TRẤN",
    "ĐẶC KHU",
    "THỊ XÃ",
    "PHƯỜNG",
    "HUYỆN",
    "QUẬN",
    "TỈNH",
    "XÃ",
)
_MOTTO = re.compile(
    r"(?i:doc\s?lap\s{0,3}[-.=]{0,2}\s{0,3}tu\s?do\s{0,3}[-.=]{0,2}\s{0,3}hanh\s?phuc)"
)
# Running text has neither, and it is most of what is read.
_CAPITALS = re.compile(r"[A-Z][A-Z ]")
_ANY_MOTTO = re.compile(r"h[aạ]nh\s?ph[uú]c", re.IGNORECASE)
_RIGHT_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_SPACED = re.compile(r"(?<![^\W_])(?:H ?[ĐD] ?N ?D|U ?B ?N ?D)(?![^\W_])")
_SHORTEST_NAME = len("BAO CAO")


def restore_capitals(text: str) -> str:
    r"""Return the top of a paper with the known words of its letterhead in their right spelling.

    >>> restore_capitals("HỘI ĐÔNG NHÂN DÂN\nTĨNH PHÚ YÊN\nNGHI QUYÉT")
    'HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nNGHỊ QUYẾT'
    """
    if not (_CAPITALS.search(text) or _ANY_MOTTO.search(text)):
        return text
    spelled = _SPACED.sub(lambda each: each.group().replace(" ", "").replace("HD", "HĐ"), text)
    if motto := _MOTTO.search(fold(spelled)):
        spelled = spelled[: motto.start()] + _RIGHT_MOTTO + spelled[motto.end() :]
    bare = fold(spelled)
    # One letter for each, so that what is found in the bare text can be put right in the other.
    for match in reversed([*_known_words().finditer(bare)]):
        found = spelled[match.start() : match.end()]
        right = _right_words()[" ".join(match.group().split())]
        if lower_letters(" ".join(found.split())) != lower_letters(right):
            spelled = spelled[: match.start()] + right + spelled[match.end() :]
    return spelled


@lru_cache(maxsize=1)
def _right_words() -> Mapping[str, str]:
    names = (name.upper() for kind in read_kinds() for name in kind.headings)
    return {fold(words): words for words in (*names, *_PHRASES, *_UNITS)}


@lru_cache(maxsize=1)
def _known_words() -> re.Pattern[str]:
    """Return the pattern, for bare text, of phrases, units behind a body and names of papers."""
    names = {fold(name.upper()) for kind in read_kinds() for name in kind.headings}
    long_names = sorted(
        (name for name in names if len(name) >= _SHORTEST_NAME or name == "LUAT"), reverse=True
    )
    phrases = "|".join(fold(phrase).replace(" ", " {1,2}") for phrase in _PHRASES)
    units = "|".join(fold(unit) for unit in _UNITS)
    return re.compile(
        rf"(?<![^\W_])(?:{phrases})(?![^\W_])"
        rf"|(?:(?<=NHAN DAN )|(?<=NHAN DAN\n)|(?<=HDND ))(?:{units})(?= [A-Z\d])"
        rf"|(?<![^\n])(?:{'|'.join(long_names)})(?=\s*:?\s*(?:\n|$))"
    )
