"""Whether a page has text worth reading, or is a picture with at most garbage over it.

A site's watermark on each page is no text layer, nor is the reading of a scanner that knew no
Vietnamese (`QUY PEW`), nor are letters whose meaning the file's fonts got wrong. Tables of
figures, signature pages and pages in English are text all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.language.syllables import count_syllables
from indexer.reading.extract.pdf_fonts import LOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PICTURE_SHARE = 0.4
# So many outlines on a page without text are letters drawn as shapes.
_DRAWN_LETTERS = 300
# A short page of a scan's own text layer is read anew, which costs a second and loses nothing.
_FEWEST_OVER_PICTURE = 250
_FEWEST_WORDS = 15
# Councils' prose has .98 valid words and .75 accented ones, and tables with names stay above .9.
_VALID_SHARE = 0.6
_VALID_OVER_PICTURE = 0.85
_ACCENTED_SHARE = 0.25
_ENGLISH_SHARE = 0.15
_LOST_SHARE = 0.1
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "for", "on", "is", "by", "with", "this", "that", "from", "or"]
)
# What signing software prints over a finished scan.
_SIGNATURE = re.compile(
    r"(?:được )?(?:người ký|đã ký|ký (?:số )?bởi|ngày ký|thời gian ký|giờ ký|e-?mail|cơ quan"
    r"|tổ chức|đơn vị|signer|signed by|digitally signed|signature|signing time|date|reason"
    r"|location)\s*:",
    re.IGNORECASE,
)
# Private use, control codes and what pdfminer could not name.
_LOST = re.compile(rf"[{LOST}\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ADDRESS = re.compile(r"(?:https?://|www\.)?\w[\w-]*(?:\.[\w-]+)*\.(?:vn|com|net|org|info)\b\S*")


def find_repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that stand on more than half of the pages, wherever on them.

    A watermark gives such lines; a single page has none.

    >>> sorted(find_repeated([["congbao.vn", "a"], ["b", "congbao.vn"]]))
    ['congbao.vn']
    """
    counts = Counter(line for lines in pages for line in set(lines))
    return frozenset(line for line, count in counts.items() if count > max(1, len(pages) / 2))


def is_watermark(line: str, repeated: frozenset[str]) -> bool:
    """Return whether a line is a site's address stamped on most pages.

    >>> is_watermark("www.congbao.vn", frozenset({"www.congbao.vn", "Tổng cộng"}))
    True
    """
    return line in repeated and bool(_ADDRESS.fullmatch(line.strip()))


def is_signing_note(line: str) -> bool:
    """Return whether a line is what signing software prints over a finished page.

    >>> is_signing_note("Thời gian ký: 21/12/2022 09:14:22 +07:00")
    True
    """
    return bool(_SIGNATURE.match(line.strip()))


def is_scan(lines: Iterable[str], *, pictures: float, shapes: int) -> bool:
    """Return whether a page must be read from its picture; the lines are without watermarks.

    `pictures` is the share of the page that they cover, `shapes` the number of lines and
    outlines on it.
    """
    text = "\n".join(line for line in lines if not is_signing_note(line))
    if pictures < _PICTURE_SHARE:
        return is_garbage(text) or (not text.strip() and shapes >= _DRAWN_LETTERS)
    few = sum(map(str.isalpha, text)) < _FEWEST_OVER_PICTURE
    return few or is_garbage(text, over_picture=True)


def is_garbage(text: str, *, over_picture: bool = False) -> bool:
    """Return whether a text says nothing; over a picture there is something better to read.

    >>> is_garbage("&ӜQJ K{D [m KӝL FKӫ QJKƭD 9LӋW 1DP ĈӝF OұS 7ӵ GR +ҥQK SK~F " * 3)
    True
    """
    if len(_LOST.findall(text)) > _LOST_SHARE * max(len(text), 1):
        return True
    count = count_syllables(text)
    if count.words < _FEWEST_WORDS or _is_english(text):
        return False
    unaccented = count.accented < _ACCENTED_SHARE * count.words
    if over_picture and (unaccented or count.share < _VALID_OVER_PICTURE):
        return True
    return count.share < _VALID_SHARE


def _is_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words)
