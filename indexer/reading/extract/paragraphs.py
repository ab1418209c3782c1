"""Lines of a page are joined into the paragraphs that they were broken from.

Geometry tells where a paragraph may go on: the next line follows at the usual pitch, and its
first word had no room left in this one. Text tells where a new one starts whatever the geometry:
at a list item, an article, a clause of the preamble, a part of the letterhead. Every measure is
a share of the page's own letter width and line pitch, so points and pixels do alike.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.extract.letterhead import heads_right_column
from indexer.reading.extract.line_shapes import is_capitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.reading.extract.pdf_columns import PlacedLine

# In letter widths of the page.
_SLACK = 1.5
_INDENT = 2.0
_DEEPEST_HANGING = 8.0
# In line pitches of the page.
_NEXT_LINE = (0.4, 1.7)
_FEWEST_AT_MARGIN = 3
_WIDE_TITLE = 0.5
_LONGEST_TAIL = 12

_ENDS_A_SENTENCE = re.compile(r"[.;:!?…/][”\"’')]*$")
_BARE_LABEL = re.compile(
    r"(?:chương|mục|tiểu mục|phần|phụ lục|điều)\s+(?:\d+[a-zđ]?|[ivxl]+|thứ\s+\w+)\s*[.:]?",
    re.IGNORECASE,
)
_ITEM_MARK = re.compile(
    r"[-–—+•·*▪●■◆❖◦»>➢→⇨✓☐]\s*|(?:[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]]|[a-zđ]\d?[.)])\s"
)
# "Điều 5." is a heading; a line that starts with "Điều 5 Luật Phí" may well go on with another.
_STARTS_ANEW = re.compile(
    r"(?:Điều|Khoản|Mục|Phần|Chương)\s+(?:\d+[a-zđ]?|[IVXL]+|thứ\s+\w+)\s*(?:[.:]|-\s)"
    r"|[IVXL]{1,6}[.)/]\s|(?:Căn cứ|Xét|Theo đề nghị|Nơi nhận)\b|(?:Kính gửi|Số)\s*:"
    r"|(?:ĐIỀU|CHƯƠNG|MỤC|TIỂU MỤC|PHẦN|PHỤ LỤC|KHÓA|KHOÁ|KỲ HỌP|QUYẾT (?:NGHỊ|ĐỊNH)|NGHỊ QUYẾT"
    r"|THƯỜNG TRỰC|HỘI ĐỒNG NHÂN|(?:ỦY|UỶ) BAN|CỦA|SỐ|VỀ|V/V|QUY ĐỊNH|BAN HÀNH)\b"
)
_LABEL_AND_TITLE = re.compile(
    r"(?:Chương|Mục|Tiểu mục|Phần|Phụ lục)\s+(?:\d+|[IVXL]+|thứ\s+\w+)\s+(?P<title>.+)"
)
_RULE = re.compile(r"[\W_]*")
_CELL_END = "\t"
# A number or a span of years that was broken: "12/2023/", "2021-".
_BROKEN_WORD = re.compile(r"\w[/-]$")


class _Page(NamedTuple):
    """The measures of a page: margins, an average letter's width, the way from line to line."""

    left: float
    right: float
    letter: float
    pitch: float
    indented: bool
    """First lines of paragraphs start further in than the others."""


def join_paragraphs(lines: Sequence[PlacedLine]) -> list[str]:
    """Return the paragraphs of a page's lines, which come in reading order.

    Coordinates count from the lower left corner, in any unit. What nothing joins stays a
    paragraph of its own: lines of letterheads, signatures, table cells and titles.
    """
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return []
    page = _measure(filled)
    paragraphs = [filled[0].text.strip()]
    for line, following in pairwise(filled):
        text = following.text.strip()
        if _goes_on(line, following, page):
            paragraphs[-1] += text if _BROKEN_WORD.search(paragraphs[-1]) else f" {text}"
        else:
            paragraphs.append(text)
    return paragraphs


def _measure(lines: Sequence[PlacedLine]) -> _Page:
    # The tabs of a table's rows are wider than any letter.
    running = [line for line in lines if _CELL_END not in line.text] or lines
    letter = median((line.right - line.left) / len(line.text) for line in running) or 1.0
    pitches = [a.top - b.top for a, b in pairwise(lines) if a.top - b.top > letter]
    left = -_outermost([-line.left for line in lines], letter)
    return _Page(
        left=left,
        right=_outermost([line.right for line in lines], letter),
        letter=letter,
        pitch=median(pitches) if pitches else 3 * letter,
        indented=any(_INDENT < (line.left - left) / letter < _DEEPEST_HANGING for line in lines),
    )


def _outermost(edges: Sequence[float], letter: float) -> float:
    """Return the farthest edge that several lines share; the farthest of all without one."""
    ordered = sorted(edges, reverse=True)
    for at, edge in enumerate(ordered[: 1 - _FEWEST_AT_MARGIN]):
        if edge - ordered[at + _FEWEST_AT_MARGIN - 1] <= letter:
            return edge
    return ordered[0]


def _goes_on(line: PlacedLine, following: PlacedLine, page: _Page) -> bool:
    """Tell whether the paragraph of a line goes on in the following one."""
    if not _is_next_line(line, following, page) or _stands_alone(line.text, following.text):
        return False
    full = _is_full(line, following.text, page)
    ended = bool(_ENDS_A_SENTENCE.search(line.text.rstrip()))
    if _ITEM_MARK.match(following.text.strip()):
        listed = ended or line.text.rstrip().endswith(",")
        return full and not listed and _is_torn_dash(following, page)
    if is_capitals(line.text) != is_capitals(following.text):
        return full and not ended and _is_tail(following, page)
    if not ended and following.text.lstrip()[0].islower():
        return True
    if line.text.rstrip().endswith(",") and _is_at_margin(following, page):
        return True
    return (full and _starts_where_text_goes_on(line, following, page, ended=ended)) or (
        _is_wrapped_title(line, following, page)
    )


def _is_next_line(line: PlacedLine, following: PlacedLine, page: _Page) -> bool:
    nearest, farthest = (share * page.pitch for share in _NEXT_LINE)
    hanging = _DEEPEST_HANGING * page.letter
    overlaps = following.left < line.right and line.left - hanging < following.right
    return overlaps and nearest < line.top - following.top <= farthest


def _stands_alone(text: str, following: str) -> bool:
    """Tell whether the words alone forbid to join the two lines."""
    text, following = text.strip(), following.strip()
    labelled = _LABEL_AND_TITLE.match(following)
    return bool(
        _CELL_END in text + following
        or _RULE.fullmatch(text)
        or _RULE.fullmatch(following)
        or _BARE_LABEL.fullmatch(text)
        or _BARE_LABEL.fullmatch(following)
        or _STARTS_ANEW.match(following)
        or (labelled and labelled["title"].isupper())
        or heads_right_column(following)
        or heads_right_column(text)
    )


def _is_full(line: PlacedLine, following: str, page: _Page) -> bool:
    """Tell whether the first word of the following line had no room left in this one."""
    word = following.split(maxsplit=1)[0]
    return line.right + (len(word) + 1) * page.letter > page.right - _SLACK / 2 * page.letter


def _is_torn_dash(following: PlacedLine, page: _Page) -> bool:
    """Tell whether a line starts with a dash inside a phrase: "kinh tế / - xã hội"."""
    words = following.text.strip().lstrip("-–— ")
    dashed = following.text.lstrip()[0] in "-–—"
    return dashed and words[:1].islower() and _is_at_margin(following, page)


def _is_tail(following: PlacedLine, page: _Page) -> bool:
    """Tell whether a line of capitals is but the last word of a sentence: "HĐND."."""
    return len(following.text.strip()) <= _LONGEST_TAIL and _is_at_margin(following, page)


def _is_at_margin(line: PlacedLine, page: _Page) -> bool:
    return line.left <= page.left + _SLACK * page.letter


def _starts_where_text_goes_on(
    line: PlacedLine, following: PlacedLine, page: _Page, *, ended: bool
) -> bool:
    step = (following.left - line.left) / page.letter
    if _is_at_margin(following, page):
        # Where paragraphs have no indent, one may end with a full line by chance.
        return page.indented or not ended
    hanging = bool(_ITEM_MARK.match(line.text.strip())) and 0 < step <= _DEEPEST_HANGING
    return not ended and (hanging or abs(step) <= _SLACK)


def _is_wrapped_title(line: PlacedLine, following: PlacedLine, page: _Page) -> bool:
    """Tell whether two lines in capitals are one title, centred and broken by hand."""
    off_axis = abs(line.left + line.right - following.left - following.right) / 2
    wide = line.right - line.left > _WIDE_TITLE * (page.right - page.left)
    return is_capitals(following.text) and wide and off_axis <= _SLACK * page.letter
