"""Running heads, running feet and page numbers are told from what the pages say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.language.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = 2
_FEWEST_PAGES = 3
_FOLIO = re.compile(
    r"(?:trang|page|tr\.?)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:/|of|trên)\s*\d{1,4})?\s*[-–—|]?",
    re.IGNORECASE,
)
# Forms in an annex repeat these on every page, and the first page must keep them anyway.
_LETTERHEAD = re.compile(
    r"(?:CỘNG\s+H|C[ỘO]NG\s+HOÀ|Độc\s+lập|HỘI\s+ĐỒNG\s+NHÂN|(?:ỦY|UỶ)\s+BAN\s+NHÂN|Mẫu\b|PHỤ\s+LỤC)"
)
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"^(?:\d|Điều\b|[-–+*])|[.;:,]$")


def find_repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that stand on more than half of the pages, wherever on them.

    A watermark gives such lines; a single page has none.

    >>> sorted(find_repeated([["congbao.vn", "a"], ["b", "congbao.vn"]]))
    ['congbao.vn']
    """
    counts = Counter(line for lines in pages for line in set(lines))
    return frozenset(line for line, count in counts.items() if count > max(1, len(pages) / 2))


def strip_page_frames(pages: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """Return the pages' texts without page numbers and running lines, and those lines.

    >>> strip_page_frames([["Điều 1.", "1"], ["2", "Điều 2."]])
    (['Điều 1.', 'Điều 2.'], '')
    """
    bare = [_strip_folios(list(lines), at) for at, lines in enumerate(pages, start=1)]
    running = _find_running(bare)
    texts = ["\n".join(_strip_running(lines, running)) for lines in bare]
    found = [line for lines in bare for line in _edges(lines) if _pattern(line) in running]
    return texts, "\n".join(dict.fromkeys(found))


def _strip_folios(lines: list[str], number: int) -> list[str]:
    """Take page numbers off both ends; under a running head only the page's own number."""
    while lines and _FOLIO.fullmatch(lines[0].strip()):
        del lines[0]
    while lines and _FOLIO.fullmatch(lines[-1].strip()):
        del lines[-1]
    for at in (1, len(lines) - 2):
        if 0 < at < len(lines) - 1 and lines[at].strip(" -–—") == str(number):
            del lines[at]
    return lines


def _find_running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the patterns of lines at the edges of more than half of at least three pages."""
    counts = Counter(pattern for lines in pages for pattern in {_pattern(x) for x in _edges(lines)})
    fewest = max(_FEWEST_PAGES, len(pages) // 2 + 1)
    return frozenset(pattern for pattern, count in counts.items() if pattern and count >= fewest)


def _strip_running(lines: list[str], running: frozenset[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < min(end, _EDGE) and _pattern(lines[start]) in running:
        start += 1
    while end > max(start, len(lines) - _EDGE) and _pattern(lines[end - 1]) in running:
        end -= 1
    return lines[start:end]


def _edges(lines: Sequence[str]) -> list[str]:
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _pattern(line: str) -> str:
    """Return the line with its numbers blanked; empty for lines that are never a running one."""
    cleaned = clean_text(line)
    if _LETTERHEAD.match(cleaned) or not any(map(str.isalpha, cleaned)):
        return ""
    # Items of a list differ in their numbers only, just as running heads do.
    return cleaned if _SENTENCE.search(cleaned) else _DIGITS.sub("#", cleaned)
