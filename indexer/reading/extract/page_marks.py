r"""Where pages begin in a document that flows, as far as its program left marks.

A word processor lays pages out anew each time; the marks are of the last time that it saved the
file. They are taken only where there are as many as the pages that it counted itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAGE = "\f"
"""In a text and as a line of its own: a new page begins here."""
# A full page of small print holds some 6,000 letters; a page of more shows that marks are missing.
_FULLEST_PAGE = 8000


def place_marks(text: str) -> Iterator[str]:
    r"""Yield the paragraph's lines; marks in its midst come after it, so that it stays whole.

    >>> list(place_marks("\fĐiều 1.")), list(place_marks("Điều\f 1."))
    (['\x0c', 'Điều 1.'], ['Điều 1.', '\x0c'])
    """
    before = len(text) - len(text.lstrip())
    lead = text[:before].count(PAGE)
    rest = text[before:] if lead else text
    yield from [PAGE] * lead
    if rest or not lead:
        yield from rest.replace(PAGE, "").split("\n")
    yield from [PAGE] * rest.count(PAGE)


def join_row_marks(cells: Sequence[str]) -> tuple[int, list[str]]:
    r"""Return how many pages begin in a table's row, and its cells without the marks.

    >>> join_row_marks(["\f\nPhí", "\f\n5.000"])
    (1, ['Phí', '5.000'])
    """
    pages = max((cell.count(PAGE) for cell in cells), default=0)
    return pages, [cell.replace(f"{PAGE}\n", "").replace(PAGE, "") for cell in cells]


def split_pages(lines: Iterable[str], counted: int | None) -> list[list[str]]:
    r"""Return the lines page by page; all on one where the marks don't agree with the count.

    A break set by hand is often marked twice: as a break, and as the page that begins there.

    >>> split_pages(["a", "\f", "b"], 2), split_pages(["a", "\f", "b"], 7)
    ([['a'], ['b']], [['a', 'b']])
    """
    pages: list[list[str]] = [[]]
    for line in lines:
        if line != PAGE:
            pages[-1].append(line)
        elif any(each.strip() for each in pages[-1]):
            pages.append([])
    if len(pages) == counted and all(sum(map(len, page)) <= _FULLEST_PAGE for page in pages):
        return pages
    return [[line for page in pages for line in page]]
