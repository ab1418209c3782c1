"""A document ready to be drawn: what every renderer gets, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tests.samples.spec import Block

SAMPLE_MARK = "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""Stands in every sample document, since a made-up act must never be mistaken for law."""

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Letterhead:
    """The two columns at the top: the issuer with its number, the state with place and date."""

    issuer: tuple[str, ...]
    number_line: str
    """"Số: 12/2023/NQ-HĐND"; empty where such papers bear none."""
    place_and_date: str


@dataclass(frozen=True)
class Signature:
    """The lower right corner."""

    roles: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on the document, in reading order."""

    name: str
    """The kind in capitals, or the headline of a news item."""
    abstract: str
    """The lines under the name; empty for news."""
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    recipients: tuple[str, ...] = ()
    signature: Signature | None = None


def is_centred(block: Block) -> bool:
    """Tell whether a line stands in the middle: headings wholly in capitals do."""
    return block.style == "heading" and block.text.isupper()


def write_day(day: date) -> str:
    """Return a date as clerks write it: days below 10 and months below 3 get a zero.

    >>> from datetime import date
    >>> write_day(date(2024, 4, 9))
    'ngày 09 tháng 4 năm 2024'
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
