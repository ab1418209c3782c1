"""The text of a document laid out for reading: pages, paragraphs, marks.

Files break lines where their paper ended, and documents break them where a paragraph ends.
Both are one character in the text; only the lines around it tell them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from indexer.search_records import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The width of running text on a printed page, in characters: shorter lines are broken on
# purpose, longer ones come from formats that do not break lines at all.
FULL_LINE = range(60, 141)

LONGEST_HEADING = 200

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENDS_A_SENTENCE = re.compile(r"[.;:!?…”\"/]$")
_STARTS_AN_ITEM = re.compile(
    r"[-–—+•*] |\d{1,3}(?:\.\d{1,3})*[.)] |[a-zđ]\) "
    r"|(?:Điều|Chương|Mục|Phần|Khoản|Căn cứ|Xét|Nơi nhận|Phụ lục)\b"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text."""

    fragments: tuple[Fragment, ...]
    heading: bool = False
    """Written in capitals: the letterhead, the kind of act, a chapter."""
    first_match: bool = False
    """Holds the first mark of the document."""
    anchor: str = ""
    """The name of the part that begins here: "dieu-5"."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the original; its number is 0 where the original has no pages."""

    number: int
    paragraphs: tuple[Paragraph, ...]


def lay_out(
    fragments: Sequence[Fragment],
    page_starts: Sequence[int] = (),
    anchors: Mapping[int, str] | None = None,
) -> tuple[Page, ...]:
    r"""Return the pages of a text; `page_starts` are offsets into the joined fragments.

    `anchors` names offsets that a paragraph must begin at.

    >>> [page] = lay_out([Fragment("Mức thu "), Fragment("phí", True), Fragment(".\nHết")])
    >>> [[fragment.text for fragment in paragraph.fragments] for paragraph in page.paragraphs]
    [['Mức thu ', 'phí', '.\n'], ['Hết']]
    """
    text = "".join(fragment.text for fragment in fragments)
    names = anchors or {}
    named = sorted(names)
    starts = [0, *page_starts[1:]]
    ends = [
        _ends_of_page(text[start:end], start, named) for start, end in _spans(starts, len(text))
    ]
    pieces = cut(fragments, chain.from_iterable(ends))
    first = next((piece for piece in pieces if any(run.marked for run in piece)), None)
    rest = iter(pieces)
    return tuple(
        Page(
            number=number if len(starts) > 1 else 0,
            paragraphs=tuple(
                Paragraph(
                    piece,
                    heading=_is_heading(piece),
                    first_match=piece is first,
                    anchor=names.get(at, ""),
                )
                for at, piece in zip(
                    (start, *page_ends), islice(rest, len(page_ends)), strict=False
                )
                if any(run.text.strip() for run in piece)
            ),
        )
        for number, (start, page_ends) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _ends_of_page(text: str, start: int, named: Sequence[int]) -> list[int]:
    """Return where the page's paragraphs end; one ends before each of the named offsets."""
    first, last = bisect_right(named, start), bisect_left(named, start + len(text))
    return sorted({*named[first:last], *paragraph_ends(text, start)})


def paragraph_ends(text: str, offset: int = 0) -> list[int]:
    r"""Return where the paragraphs of a page end; its text starts at `offset`.

    >>> paragraph_ends("Điều 1. Quy định mức thu\nhọc phí.\nĐiều 2.")
    [34, 41]
    """
    ends = []
    for line, following in pairwise([*_LINE.findall(text), ""]):
        offset += len(line)
        if not continues(line.strip(), following.strip()):
            ends.append(offset)
    return ends


def continues(line: str, following: str) -> bool:
    """Tell whether the sentence of a line goes on in the following one.

    >>> continues("Quy định mức thu", "học phí"), continues("NGHỊ QUYẾT", "Về học phí")
    (True, False)
    """
    if not line or not following:
        return False
    if _ENDS_A_SENTENCE.search(line) or _STARTS_AN_ITEM.match(following):
        return False
    if following[0].islower():
        return True
    return len(line) in FULL_LINE and line.isupper() == following.isupper()


def cut(fragments: Iterable[Fragment], ends: Iterable[int]) -> list[tuple[Fragment, ...]]:
    """Return the fragments cut at each of the rising offsets; none is empty.

    >>> cut([Fragment("abc", True)], [1, 3])
    [(Fragment(text='a', marked=True),), (Fragment(text='bc', marked=True),)]
    """
    pieces: list[tuple[Fragment, ...]] = []
    waiting = iter(fragments)
    current, left = Fragment(""), 0
    at = 0
    for end in ends:
        piece = []
        while at < end:
            if not left:
                current = next(waiting)
                left = len(current.text)
            begin = len(current.text) - left
            # Only what is taken is copied: a text may have 100,000 lines in one fragment.
            taken = current.text[begin : begin + end - at]
            piece.append(Fragment(taken, current.marked))
            at, left = at + len(taken), left - len(taken)
        pieces.append(tuple(run for run in piece if run.text))
    return pieces


def _is_heading(piece: Sequence[Fragment]) -> bool:
    line = "".join(run.text for run in piece).strip()
    return len(line) <= LONGEST_HEADING and line.isupper() and line[0].isalpha()


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))
