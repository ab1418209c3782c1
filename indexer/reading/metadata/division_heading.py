"""What a part of an act is called: the words beside or under its number."""

from __future__ import annotations

import re

from indexer.reading.metadata.letters import LOWER

_LINES = 5
_LONGEST_LINE = 200
_LONGEST_HEADING = 400
_PART = re.compile(
    r"(?i:điều|chương|mục|tiểu mục|phần|phụ lục|mẫu|biểu) "
    r"(?:[IVXL]{1,7}(?![^\W_])|\d|thứ|THỨ|số|SỐ)|\d{1,3}[.)/]|[a-zđ]\)|\(|[-+•*|“\"]|Ban hành kèm"
)
_SENTENCE_END = (".", ":", ";", ",")
_POINT = re.compile(r"[a-zđ]\d?[).]")


def read_heading(text: str, at: int) -> str:
    r"""Return the heading that begins at `at`: the line's rest and the lines in capitals below it.

    >>> read_heading("Chương II\nQUYỀN VÀ\nNGHĨA VỤ\nĐiều 5. Quyền", 9)
    'QUYỀN VÀ NGHĨA VỤ'
    """
    first, *below = text[at : at + 6 * _LONGEST_LINE].split("\n")[: _LINES + 2]
    first = first.strip(" .:-–—")
    words = [first] if first and not _PART.match(first) else []
    if words and not first.isupper():
        return first[:_LONGEST_HEADING]
    for line in filter(str.strip, below):
        if not line.isupper() or _PART.match(line):
            if not words and _may_be_heading(line):
                words.append(line.strip())
            break
        words.append(line.strip())
    return " ".join(words)[:_LONGEST_HEADING]


def _may_be_heading(line: str) -> bool:
    """Say whether a line in small letters names the part above it."""
    return (
        len(line) < _LONGEST_LINE
        and not _PART.match(line)
        and not line.rstrip().endswith(_SENTENCE_END)
        and line[0] not in LOWER
    )


def read_article_heading(text: str, at: int, end: int) -> str:
    r"""Return an article's heading; none where its number opens a sentence.

    >>> read_article_heading("Điều 5. Quyền của\nngười dân\n1. Được biết.", 7, 40)
    'Quyền của người dân'
    >>> read_article_heading("Điều 5. Giao các ban giám sát.\nBáo cáo hằng năm.", 7, 48)
    ''
    >>> read_article_heading("Điều 5. Tổ viên\na) Viết bài;\nb) Chụp ảnh.", 7, 40)
    'Tổ viên'
    """
    lines = text[at : min(end, at + 2 * _LONGEST_HEADING)].split("\n")
    words: list[str] = []
    for index, line in enumerate(lines):
        bare = line.strip()
        if words and (not bare or bare[0] not in LOWER or _POINT.match(bare)):
            heading = " ".join(words)
            ends = heading.endswith(_SENTENCE_END) or len(heading) > _LONGEST_HEADING
            follows = "".join(lines[index:]).strip()
            return heading if follows and not ends else ""
        if bare:
            words.append(bare)
    return ""
