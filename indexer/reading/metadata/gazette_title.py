"""The title block of gazettes, which says below the document's name what a letterhead says above.

NGHỊ QUYẾT
CỦA HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN SỐ 12/2010/NQ-HĐND NGÀY 15 THÁNG 7 NĂM 2010
VỀ MỨC THU HỌC PHÍ
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.reading.metadata.day_patterns import find_days
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers

_LINES = 6
_ISSUER_AND_LABEL = re.compile(
    r"(?:của (?P<issuer>[^\d:;]{3,140}?),?\s{1,3})?(?:số|s6)\s{0,2}:?\s{0,3}(?=\d)"
)
_ISSUER_BEHIND = re.compile(
    r"[\s,]{0,3}của (?P<issuer>[^\d:;,]{3,120}?)"
    r"(?=\s(?:về|v/v|quy định|ban hành|sửa đổi|phê|bãi|thông qua|hướng dẫn|điều chỉnh|phân|giao)\b"
    r"|$)"
)
# Decrees of 1945 are numbered 73, 77-B or 75VN/CC, without the signs of later numbers.
_BARE_SERIAL = re.compile(
    r"(?P<serial>\d{1,5}(?:-?[A-ZĐa-zđ](?![^\W_])|[A-ZĐ]{1,4}/[A-ZĐ]{1,6})?)"
    r"[\s,]{1,3}NGÀY \d{1,2} THÁNG \d"
)
_BEFORE_DAY = re.compile(r"[\s,]{0,3}(?=ngày)")


class GazetteTitle(NamedTuple):
    """What the block says, and the lines that follow it."""

    number: str
    """As numbers are spelled; empty without a block."""
    head: tuple[str, ...]
    """Issuer and day, as lines of a letterhead."""
    rest: list[str]


def take_gazette_title(lines: list[str]) -> GazetteTitle:
    """Return the block's number, issuer and day, and what follows; empty ones without a block.

    >>> take_gazette_title(["CỦA UBND TỈNH PHÚ YÊN SỐ 7/QĐ-UBND", "NGÀY 5/7/2010", "VỀ PHÍ"])
    GazetteTitle(number='7/QĐ-UBND', head=('UBND TỈNH PHÚ YÊN', 'NGÀY 5/7/2010'), rest=['VỀ PHÍ'])
    """
    block = "\n".join(lines[:_LINES])
    lowered = lower_letters(block).replace("\n", " ")
    opening = _ISSUER_AND_LABEL.match(lowered)
    number, end = _take_number(block, opening.end()) if opening else ("", 0)
    if opening is None or not number:
        return GazetteTitle("", (), lines)
    named = opening if opening["issuer"] else None
    day, end = _take_day(block, lowered, end)
    if named is None and (named := _ISSUER_BEHIND.match(lowered, end)):
        end = named.end()
    issuer = " ".join(block[slice(*named.span("issuer"))].split()) if named else ""
    rest = _lines_from(block, end) + lines[_LINES:]
    return GazetteTitle(number, tuple(filter(None, (issuer, day))), rest)


def _take_number(block: str, start: int) -> tuple[str, int]:
    """Return the number that stands there and its end; a bare serial only where its day follows."""
    spans = find_numbers(block[start : start + 60])
    if spans and spans[0].start == 0:
        return spans[0].canonical, start + spans[0].end
    bare = _BARE_SERIAL.match(block, start)
    return (bare["serial"], bare.end("serial")) if bare else ("", start)


def _take_day(block: str, lowered: str, start: int) -> tuple[str, int]:
    """Return the words of the day that follows at once, and where they end."""
    before = _BEFORE_DAY.match(lowered, start)
    day = next(find_days(lowered[before.end() : before.end() + 60]), None) if before else None
    if before is None or day is None or lowered[before.end() :][: day.start].strip(" ngày"):
        return "", start
    end = before.end() + day.end
    return " ".join(block[before.end() : end].split()), end


def _lines_from(block: str, end: int) -> list[str]:
    return [line.strip(" ,.") for line in block[end:].split("\n") if line.strip(" ,.")]
