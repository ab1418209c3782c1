"""The councils that the sample documents speak for, and the invented people who sign them.

Unit names are facts; every person is made up, and shows it: each surname is followed by words
such as "Văn Mẫu" or "Thị Ví Dụ".
"""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

CouncilLevel = Literal["tỉnh", "huyện", "xã"]

_TABLE = Path(__file__).with_name("councils.tsv")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
_GIVEN = ("Văn Mẫu", "Thị Mẫu", "Thị Ví Dụ", "Văn Ví Dụ", "Văn Thí Dụ", "Minh Họa", "Giả Định")

# The first sittings of the councils elected in May 2021 and March 2026.
_TERM_STARTS = ((date(2026, 3, 20), 2026), (date(2021, 6, 15), 2021), (date(2016, 6, 15), 2016))


@dataclass(frozen=True)
class Council:
    """A People's Council: where it sits and when it existed."""

    key: str
    level: CouncilLevel
    unit: str
    """Kind and name as they stand in a sentence: "huyện Thường Tín"."""
    place: str
    """As written before a document's date."""
    begins: date
    ends: date
    terms: tuple[tuple[int, str], ...]
    """First year of a term and its count in Roman numerals."""

    def existed_on(self, day: date) -> bool:
        """Tell whether the council could issue anything that day."""
        return self.begins <= day <= self.ends

    def term_on(self, day: date) -> tuple[str, str]:
        """Return the term's count and its years; KeyError before or after its terms.

        >>> find_council("ha-noi").term_on(date(2024, 4, 19))
        ('XVI', '2021-2026')
        """
        first_year = next(year for start, year in _TERM_STARTS if day >= start)
        return dict(self.terms)[first_year], f"{first_year}-{first_year + 5}"


@lru_cache(maxsize=1)
def read_councils() -> dict[str, Council]:
    """Return all councils by key, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: _read_row(row) for row in csv.DictReader(lines, delimiter="\t")}


def find_council(key: str) -> Council:
    """Return one council; KeyError for a key the table lacks."""
    return read_councils()[key]


def name_person(*about: str) -> str:
    """Return an invented name, always the same for the same office.

    >>> name_person("ha-noi", "chủ tịch") == name_person("ha-noi", "chủ tịch")
    True
    """
    spot = zlib.crc32("/".join(about).encode())
    return f"{_FAMILIES[spot % len(_FAMILIES)]} {_GIVEN[spot // 97 % len(_GIVEN)]}"


def is_invented(name: str) -> bool:
    """Tell whether a name shows by itself that nobody bears it.

    >>> is_invented("Trần Thị Ví Dụ"), is_invented("Trần Hưng Đạo")
    (True, False)
    """
    return name.endswith(_GIVEN)


def _read_row(row: dict[str, str]) -> Council:
    terms = (pair.split(":") for pair in row["terms"].split())
    return Council(
        key=row["key"],
        level=_as_level(row["level"]),
        unit=row["unit"],
        place=row["place"],
        begins=date.fromisoformat(row["from"] or "2016-06-15"),
        ends=date.fromisoformat(row["to"] or "2031-06-30"),
        terms=tuple((int(year), count) for year, count in terms),
    )


def _as_level(word: str) -> CouncilLevel:
    levels: dict[str, CouncilLevel] = {"tỉnh": "tỉnh", "huyện": "huyện", "xã": "xã"}
    return levels[word]
