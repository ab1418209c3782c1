"""What OCR took for words and is none: rules, specks, seals, scrawls, the stamp of receipt."""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from indexer.language.syllables import is_syllable
from indexer.language.text import fold
from indexer.reading.extract.ocr_blanks import find_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.reading.extract.ocr_page import OcrPage, OcrWord

Line = list["OcrWord"]

_DASHES = frozenset("-–—•+*=/&%")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[\d.,/:()%-]*\d[\d.,/:()%;-]*")
# In heights of a usual word.
_WIDEST_DASH = 1.2
_TALLEST_LETTER = 2.2
_LOWEST_LETTER = 0.3
_SURE = 0.6
_SURE_OF_SIGN = 0.8
_HARDLY_READ = 0.35
_UNREAD_LINE = 0.5
# The registry of who received a paper stamps "CÔNG VĂN ĐẾN", with a number and a date of its own.
_STAMP = re.compile(r"\w{0,8}van(?:ban)?den\w{0,2}|den")
_STAMP_ABOVE, _STAMP_BELOW = 2.5, 6.0


def drop_noise(page: OcrPage) -> list[Line]:
    """Return the lines of a page, each from left to right, without what is no writing.

    What is doubtful stays as long as a word of its line was read for sure.
    """
    height = word_height(page.words)
    lines: dict[tuple[int, int, int], Line] = defaultdict(list)
    for word in page.words:
        if not _is_speck(word, height):
            lines[word.block, word.paragraph, word.line].append(word)
    ordered = (sorted(line, key=lambda word: word.left) for line in lines.values())
    trimmed = (_trim(line) for line in ordered)
    kept = (
        line if _is_read(line) or _has_fields(line) else _longest_read(line) for line in trimmed
    )
    return [line for line in kept if line]


def drop_receipt_stamp(lines: Sequence[Line], height: float) -> list[Line]:
    """Return the lines without the stamp that the receiver's registry set on the paper.

    Its lines stand around "CÔNG VĂN ĐẾN", no wider than twice that; what it holds would be taken
    for the number and the date of the document. `height` is that of a usual word.
    """
    kept = list(lines)
    for title in lines:
        if title and _STAMP.fullmatch(_folded(title)):
            inside = [line for line in kept if _is_in_stamp(line, title, height)]
            kept = [line for line in kept if not any(line is other for other in inside)]
    return kept


def _is_in_stamp(line: Line, title: Line, height: float) -> bool:
    below = line[0].top - title[0].top
    left, right = title[0].left, title[-1].right
    reach = (right - left) / 2
    return (
        -_STAMP_ABOVE * height < below < _STAMP_BELOW * height
        and left - reach <= line[0].left
        and line[-1].right <= right + reach
    )


def _folded(line: Line) -> str:
    letters = "".join(word.text for word in line if _has_sign(word.text))
    return re.sub(r"[\W_]", "", fold(letters)).lower()


def word_height(words: Iterable[OcrWord]) -> float:
    """Return the height of a usual word of the page, in pixels; 1.0 when there is none."""
    heights = [word.height for word in words if _LETTERS.fullmatch(word.text)]
    return float(median(heights)) if heights else 1.0


def _is_speck(word: OcrWord, height: float) -> bool:
    """Return whether the shape alone tells: a rule, a dot between lines, an edge of a box."""
    if not _has_sign(word.text):
        if not set(word.text) <= _DASHES or word.width > _WIDEST_DASH * height:
            return not re.fullmatch(r"[\"“”'’.,:;!?()…]+", word.text) or word.confidence < _SURE
        return word.confidence < _SURE
    short = len(word.text) <= 2  # noqa: PLR2004
    if short and word.height > _TALLEST_LETTER * height:
        return True
    return word.height < _LOWEST_LETTER * height


def _has_sign(text: str) -> bool:
    """Return whether there is a letter or a digit; a modifier such as ˆ is a speck's name."""
    return any(sign.isdigit() or sign.lower() != sign.upper() for sign in text)


def _trim(line: Line) -> Line:
    """Return the line without unread scraps at its ends."""
    start, end = 0, len(line)
    while start < end and _is_scrap(line[start], first=True):
        start += 1
    while start < end and _is_scrap(line[end - 1], first=False):
        end -= 1
    return line[start:end]


def _is_scrap(word: OcrWord, *, first: bool) -> bool:
    if not _has_sign(word.text):
        bullet = first and set(word.text) <= _DASHES
        return not bullet and (first or word.confidence < _SURE_OF_SIGN)
    return word.confidence < _HARDLY_READ and not _reads_well(word)


def _has_fields(line: Line) -> bool:
    """Return whether it is a number or a date that was filled in, and so was hardly read."""
    return any(True for _ in find_fields(line))


def _is_read(line: Line) -> bool:
    letters = sum(len(word.text) for word in line)
    sure = sum(word.confidence * len(word.text) for word in line)
    return any(map(_is_credible, line)) and sure >= _UNREAD_LINE * letters


def _longest_read(line: Line) -> Line:
    """Return the longest run of words of a line that were read, beside those that were not.

    A title that a stamp reaches into is a line with the stamp's scraps.
    """
    runs: list[Line] = [[]]
    for word in line:
        if _is_credible(word):
            runs[-1].append(word)
        else:
            runs.append([])
    longest = max(runs, key=len)
    return longest if len(longest) > 1 else []


def _is_credible(word: OcrWord) -> bool:
    return word.confidence >= _SURE and _reads_well(word)


def _reads_well(word: OcrWord) -> bool:
    """Return whether the word is made of syllables, or is a number or a code such as NĐ-CP."""
    parts = _LETTERS.findall(word.text)
    if not parts:
        return bool(_NUMBER.fullmatch(word.text))
    return all(is_syllable(part) or (part.isupper() and len(part) > 1) for part in parts)
