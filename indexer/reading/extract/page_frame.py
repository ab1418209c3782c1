"""Running heads, running feet and page numbers are told from what the pages say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.language.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def strip_page_frames(pages: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """Return the pages' texts without page numbers and running lines, and those lines.

    >>> strip_page_frames([["Điều 1.", "1"], ["2", "Điều 2."]])
    (['Điều 1.', 'Điều 2.'], '')
    """
    kept, frame = find_content(pages)
    texts = [
        "\n".join(lines[at] for at in places) for lines, places in zip(pages, kept, strict=True)
    ]
    return texts, frame


def find_content(pages: Sequence[Sequence[str]]) -> tuple[list[list[int]], str]:
    """Return which lines of each page are content, and the running lines as one text.

    >>> find_content([["Điều 1.", "1"], ["2", "Điều 2."]])
    ([[0], [1]], '')
    """
    bare = [_strip_folios(lines, number) for number, lines in enumerate(pages, start=1)]
    texts = [[lines[at] for at in places] for lines, places in zip(pages, bare, strict=True)]
    running = _find_running(texts)
    kept = [
        places[slice(*_bounds(lines, running))] for lines, places in zip(texts, bare, strict=True)
    ]
    found = [line for lines in texts for line in _edges(lines) if _pattern(line) in running]
    return kept, "\n".join(dict.fromkeys(found))


def is_folio(line: str) -> bool:
    """Return whether the line may be a page number and nothing else.

    >>> is_folio("- 2 -"), is_folio("Điều 2")
    (True, False)
    """
    return bool(_FOLIO.fullmatch(line.strip()))


def _strip_folios(lines: Sequence[str], number: int) -> list[int]:
    """Return the lines but for page numbers at both ends.

    Under a running head only the page's own number is one.
    """
    start, end = 0, len(lines)
    while start < end and is_folio(lines[start]):
        start += 1
    while end > start and is_folio(lines[end - 1]):
        end -= 1
    inner = {at for at in (start + 1, end - 2) if start < at < end - 1}
    folios = {at for at in inner if lines[at].strip(" -–—") == str(number)}
    return [at for at in range(start, end) if at not in folios]


def _find_running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the patterns of lines at the edges of more than half of at least three pages.

    What stands inside of as many pages is a table's: cells repeat, wherever a page breaks.
    """
    fewest = max(_FEWEST_PAGES, len(pages) // 2 + 1)
    edges = _count_pages(map(_edges, pages))
    often = {pattern for pattern, count in edges.items() if pattern and count >= fewest}
    if not often:
        return frozenset()
    inside = _count_pages(lines[_EDGE:-_EDGE] for lines in pages)
    return frozenset(pattern for pattern in often if inside[pattern] < edges[pattern])


def _count_pages(pages: Iterable[Sequence[str]]) -> Counter[str]:
    """Return on how many of the pages each pattern stands."""
    return Counter(pattern for lines in pages for pattern in set(map(_pattern, lines)))


def _bounds(lines: Sequence[str], running: frozenset[str]) -> tuple[int, int]:
    """Return where the content between running heads and feet starts and ends."""
    start, end = 0, len(lines)
    while start < min(end, _EDGE) and _pattern(lines[start]) in running:
        start += 1
    while end > max(start, len(lines) - _EDGE) and _pattern(lines[end - 1]) in running:
        end -= 1
    return start, end


def _edges(lines: Sequence[str]) -> list[str]:
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _pattern(line: str) -> str:
    """Return the line with its numbers blanked; empty for lines that are never a running one."""
    cleaned = clean_text(line)
    if _LETTERHEAD.match(cleaned) or not any(map(str.isalpha, cleaned)):
        return ""
    # Items of a list differ in their numbers only, just as running heads do.
    return cleaned if _SENTENCE.search(cleaned) else _DIGITS.sub("#", cleaned)
