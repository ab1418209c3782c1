"""The line near a page's headline that says when it was put online."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.dates import read_stated_date

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATE_STAMP = re.compile(
    r"(?:(?:ngày\s+)?(?:đăng|cập\s+nhật|xuất\s+bản|đăng\s+tải|tạo)(?:\s+(?:ngày|lúc|tin|bài))?\s*:?|"
    r"ngày\s*:?|đăng\s+lúc\s*:?)?\s*(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?)?\s*(?:ngày\s+)?"
    r"(?:\d{1,2}[:h]\d{2}(?::\d{2})?\s*,?\s*[-–|]?\s*(?:ngày\s+)?)?"
    r"(?P<date>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
    r"[\s,|–-]*(?:(?:lúc\s+)?\d{1,2}[:h]\d{2}(?::\d{2})?)?\s*(?:[ap]m)?\s*(?:\(?gmt\s*\+?\d+\)?)?"
    r"(?:[\s|–-]*(?:lượt\s+xem|xem|đã\s+xem|số\s+lượt\s+xem)\D{0,3}[\d.]*)?",
    re.IGNORECASE,
)
_WITHIN = 6


def take_date_stamp(lines: Sequence[str]) -> tuple[list[str], str]:
    """Return the lines without the stamp near their top, and its day as YYYY-MM-DD.

    >>> take_date_stamp(["Đoàn giám sát", "Ngày đăng: 05/07/2023 08:30"])
    (['Đoàn giám sát'], '2023-07-05')
    """
    for at, line in enumerate(lines[:_WITHIN]):
        stamp = _DATE_STAMP.fullmatch(line.strip(" ()[]"))
        day = read_stated_date(stamp["date"]) if stamp else None
        if day:
            return [*lines[:at], *lines[at + 1 :]], day
    return list(lines), ""
