"""Syllables that lie in pieces are put together: "NGH Ị QUY ẾT", "N G H Ị Q U Y Ế T".

Letters set apart for looks come out of PDFs and typed headings that way. A line is touched only
where a piece of it can't be a syllable and joining it with its neighbours makes one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.language.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
# "10m", "5G" and "20°C" are no pieces.
_PIECES = re.compile(r"(?<![\w°'.])[^\W\d_]+(?: {1,3}[^\W\d_]+)+")
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_MOST_PIECES = 7
_LONGEST_SYLLABLE = 7
# Syllables without an onset that are words; "ết" is a possible syllable, but no word.
_BARE_WORDS = """
a á ai ái am ám an án ang anh ánh ảnh ao áo ảo ác ách áp át au âu ẩu ấu ăn ắng ân ấn ẩn âm
ấm ẩm ầm ấp ấy âý em én ép êm ếch in ích im ít o oai oan oán oanh ong óc ông ổ ôm ốm ôn ổn ồn
ơ ở ơi ơn ủ ung ủng ưng ứng út ưa ưu ước ương ướp ướt úy uý ủy uỷ uy uyên uyển uống uốn ý y yên
yến yêu yếu yểm yết"""
# What a piece costs that is left standing; joining costs as well, so that whole words stay whole.
_PRICE_OF_WORD = 1.0
_PRICE_OF_BARE_SYLLABLE = 2.0
_PRICE_OF_PIECE = 3.0
_PRICE_OF_JOINT = 0.4


@lru_cache(maxsize=1)
def _onsets() -> frozenset[str]:
    return frozenset(_ONSETS.split())


@lru_cache(maxsize=1)
def _bare_words() -> frozenset[str]:
    return frozenset(_BARE_WORDS.split())


class _Way(NamedTuple):
    """The cheapest reading of a line's first pieces."""

    price: float
    start: int
    """Where the last of its words starts."""


def join_split_words(line: str) -> str:
    """Return a line of NFC text with the pieces of split syllables put together.

    >>> join_split_words("NGH Ị QUY ẾT"), join_split_words("N G H Ị Q U Y Ế T")
    ('NGHỊ QUYẾT', 'NGHỊ QUYẾT')
    >>> join_split_words("Số: 12/NQ-HĐND ủy ban")
    'Số: 12/NQ-HĐND ủy ban'
    """
    if line.isascii() or not _holds_piece(line):
        return line
    return _PIECES.sub(lambda found: _join(found.group()), line)


def _holds_piece(line: str) -> bool:
    return any(map(_is_piece, _WORD.findall(line)))


@lru_cache(maxsize=20_000)
def _is_piece(word: str) -> bool:
    """Tell whether a word is the start of a syllable, or one that lacks its end."""
    lowered = word.lower()
    if lowered in _onsets():
        return True
    return not lowered.isascii() and not is_syllable(word) and len(word) < _LONGEST_SYLLABLE


def _join(text: str) -> str:
    pieces = text.split()
    if not any(map(_is_piece, pieces)):
        return text
    words = _read_cheapest(pieces)
    # "T U" may be anything; a piece of Vietnamese that matters has an accent somewhere.
    if all(word.isascii() for word in set(words).difference(pieces)):
        return text
    return " ".join(words)


def _read_cheapest(pieces: list[str]) -> list[str]:
    """Return the words that the pieces make at the lowest price."""
    ways = [_Way(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        starts = range(max(0, end - _MOST_PIECES), end)
        ways.append(min(_Way(ways[at].price + _price(pieces[at:end]), at) for at in starts))
    words = []
    end = len(pieces)
    while end:
        words.append("".join(pieces[ways[end].start : end]))
        end = ways[end].start
    return words[::-1]


def _price(pieces: list[str]) -> float:
    """Return what it costs to take the pieces as one word."""
    word = "".join(pieces)
    if len(pieces) == 1:
        return _price_alone(word)
    if not (_is_joint(word) and _are_torn(pieces, word)):
        return float("inf")
    return _PRICE_OF_WORD + _PRICE_OF_JOINT * (len(pieces) - 1)


def _price_alone(word: str) -> float:
    if not is_syllable(word):
        return _PRICE_OF_PIECE
    return _PRICE_OF_WORD if _is_word(word) else _PRICE_OF_BARE_SYLLABLE


def _are_torn(pieces: list[str], word: str) -> bool:
    """Tell whether the pieces can't stand on their own; "điểm c ở" and "khối D" hold labels."""
    broken = [piece for piece in pieces if not _is_word(piece)]
    is_label = len(pieces) == 2 and len(broken) == 1 and len(broken[0]) == 1  # noqa: PLR2004
    return bool(broken) and not (is_label and not word.isupper())


def _is_word(piece: str) -> bool:
    lowered = piece.lower()
    return is_syllable(lowered) and (lowered[0] in _CONSONANTS or lowered in _bare_words())


def _is_joint(word: str) -> bool:
    """Tell whether the pieces make a syllable in one case: "Dôn", not "dÔn"."""
    return is_syllable(word) and (word.islower() or word.isupper() or word.istitle())
