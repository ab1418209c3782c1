"""Words that were recognised as one, parted again: BỘTHÔNG is BỘ THÔNG.

Narrow type in capitals hardly shows its spaces. Only what is no syllable but can be cut into
whole ones is parted, since a Vietnamese word is one syllable.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.language.syllables import is_syllable
from indexer.reading.extract.ocr_repair import has_rivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reading.extract.ocr_page import OcrPage, OcrWord

_WORD = re.compile(r"(?P<before>[\"“(]*)(?P<letters>[^\W\d_]{5,})(?P<after>[\"”).,:;]*)")
_DATE_WORD = re.compile(r"(ngày|tháng|năm)")
_SIGN = re.compile(r"[^\W_]")
_SHORTEST, _LONGEST = 2, 7
_SHORTEST_SMALL = 7
_MEMORY = 10_000


def part_words(page: OcrPage) -> OcrPage:
    """Return the page with words that hold several syllables cut, their boxes in proportion."""
    return page._replace(words=tuple(part for word in page.words for part in _part(word)))


def _part(word: OcrWord) -> Iterator[OcrWord]:
    texts = _part_text(word.text)
    if len(texts) < 2:  # noqa: PLR2004
        yield word
        return
    share = word.width / sum(map(len, texts))
    at = 0
    for text in texts:
        left, right = round(word.left + at * share), round(word.left + (at + len(text)) * share)
        # The space that was hardly there.
        yield word._replace(text=text, left=left, width=right - left - round(share / 4))
        at += len(text)


def _part_text(text: str) -> list[str]:
    # Writing fills the blanks of a date from word to word: "ngày5tháng".
    if _DATE_WORD.search(text) and "/" not in text:
        parts = [part for part in _DATE_WORD.split(text) if part]
        between = (part for part in parts if not _DATE_WORD.fullmatch(part))
        return parts if any(map(_SIGN.search, between)) else [text]
    found = _WORD.fullmatch(text)
    # Small letters hardly ever run together: there a short word is one that was misread.
    if found is None or (not text.isupper() and len(found["letters"]) < _SHORTEST_SMALL):
        return [text]
    texts = [*part_syllables(found["letters"])]
    texts[0] = found["before"] + texts[0]
    texts[-1] += found["after"]
    return texts


@lru_cache(_MEMORY)
def part_syllables(letters: str) -> tuple[str, ...]:
    """Return the syllables that stand in a run of letters, the fewest that use it up.

    The run itself when it is one or would be with another mark, when nothing fits, and when it
    may be a foreign name: parts need an accent in half of them.

    >>> part_syllables("TRUYỀNTHÔNG"), part_syllables("tổ"), part_syllables("Chlorine")
    (('TRUYỀN', 'THÔNG'), ('tổ',), ('Chlorine',))
    """
    if is_syllable(letters) or has_rivals(letters):
        return (letters,)
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for end in range(_SHORTEST, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            before, last = best[start], letters[start:end]
            if before is None or not is_syllable(last):
                continue
            parts = (*before, last)
            if (found := best[end]) is None or _is_better(parts, found):
                best[end] = parts
    parts = best[-1] or (letters,)
    accented = sum(not part.isascii() for part in parts)
    return parts if 2 * accented >= len(parts) or _has_humps(parts) else (letters,)


def _is_better(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether there are fewer parts, or as many and the first ones shorter.

    Most syllables start with a consonant: BỘTHÔNG is BỘ THÔNG and not BỘT HÔNG.
    """
    return (len(parts), [*map(len, parts)]) < (len(others), [*map(len, others)])


def _has_humps(parts: tuple[str, ...]) -> bool:
    """Return whether each part but the first starts with a capital after a small letter."""
    steps = list(pairwise(parts))
    return bool(steps) and all(a[-1].islower() and b[0].isupper() for a, b in steps)
