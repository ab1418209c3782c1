"""The certificate of a consolidated text (xác thực văn bản hợp nhất), which stands at its end.

Above it stands the consolidated act's own letterhead, often with that act's number and day; the
paper's own number ("01/VBHN-HĐND") and day are those beside the certificate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.day_patterns import find_days
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers

if TYPE_CHECKING:
    from datetime import date

_CERTIFIED = re.compile(r"xác thực\s{1,3}văn bản\s{1,3}hợp nhất", re.IGNORECASE)
_SIGN = re.compile(r"/VBHN(?![^\W_])")
_LINES_AROUND = 300


class Certificate(NamedTuple):
    """What stands beside the words "xác thực văn bản hợp nhất"."""

    number: str | None
    day: date | None
    quote: str


def find_certificate(text: str) -> Certificate | None:
    r"""Return the last certificate of a clean text; None for what is no consolidated text.

    >>> end = "Số: 01/VBHN-HĐND\nXÁC THỰC VĂN BẢN HỢP NHẤT\nPhú Yên, ngày 3 tháng 3 năm 2024"
    >>> find_certificate(end)[:2]
    ('01/VBHN-HĐND', datetime.date(2024, 3, 3))
    """
    places = [*_CERTIFIED.finditer(text)]
    if not places or not _stands_alone(text, places[-1]):
        return None
    start = max(0, places[-1].start() - _LINES_AROUND)
    end = places[-1].end() + _LINES_AROUND
    spans = find_numbers(text[start:end])
    number = next((each.canonical for each in spans[::-1] if _SIGN.search(each.canonical)), None)
    days = [day.day for day in find_days(lower_letters(text[places[-1].end() : end]))]
    return Certificate(number, days[0] if days else None, places[-1].group())


def _stands_alone(text: str, place: re.Match[str]) -> bool:
    """Say whether the words are a heading; in a sentence they only speak of consolidating."""
    words = text[place.start() : place.end()]
    line = text[text.rfind("\n", 0, place.start()) + 1 :].split("\n", maxsplit=1)[0]
    return words.isupper() or line.strip(" .") == words
