"""The words that generated documents are made of: councils, subjects and paragraphs."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.samples.spec import CONTENT, read_specs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNITS = Path(__file__).parents[2] / "indexer" / "data" / "units.tsv"
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)

# Amounts may change; dates, articles and numbers of documents must stay what they are.
_AMOUNT = re.compile(
    r"(?<![\d/.,-])(?<!ngày )(?<!tháng )(?<!năm )(?<!Điều )(?<!khoản )(?<!số )(?<!quý )"
    r"\d+(?:\.\d{3})*(?![\d/-]|\.\s)"
)
# Cities whose wards, or districts and wards, had no council from 2021 to June 2025.
_NO_WARDS = ("Thành phố Hà Nội", "Thành phố Hồ Chí Minh", "Thành phố Đà Nẵng")
_NO_URBAN_DISTRICTS = _NO_WARDS[1:]


class Seat(NamedTuple):
    """A council that generated documents come from."""

    level: str
    unit: str
    """As in a sentence: "xã Hồng Vân"."""
    era: str
    """"before" or "from" July 2025."""


class Template(NamedTuple):
    """A paragraph cut at its amounts: pieces, with an amount's length between each two."""

    pieces: tuple[str, ...]
    digits: tuple[int, ...]


@lru_cache(maxsize=1)
def read_seats() -> tuple[Seat, ...]:
    """Return all councils of the units table, old and new."""
    with UNITS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    seats = dict.fromkeys(seat for row in rows for seat in _seat_row(row))
    return tuple(seats)


@lru_cache(maxsize=1)
def read_phrases() -> Mapping[str, tuple[str, ...]]:
    """Return title patterns by kind, and the subjects under "subject"."""
    found: dict[str, list[str]] = defaultdict(list)
    with (CONTENT / "subjects.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["kind"]].append(row["phrase"])
    return {kind: tuple(phrases) for kind, phrases in found.items()}


@lru_cache(maxsize=1)
def read_templates() -> tuple[Template, ...]:
    """Return every paragraph of the hand-written samples, ready for other numbers."""
    paragraphs = (block.text for spec in read_specs() for block in spec.blocks)
    return tuple(cut_at_amounts(text) for text in dict.fromkeys(paragraphs) if len(text) > 60)


def cut_at_amounts(text: str) -> Template:
    """Return the paragraph as pieces and the lengths in digits of the amounts between them.

    >>> cut_at_amounts("ngày 12 có 11.400 hộ")
    Template(pieces=('ngày 12 có ', ' hộ'), digits=(5,))
    """
    amounts = _AMOUNT.findall(text)
    digits = tuple(len(amount.replace(".", "")) for amount in amounts)
    return Template(tuple(_AMOUNT.split(text)), digits)


def _seat_row(row: Mapping[str, str]) -> Iterator[Seat]:
    province, district, era = row["province"], row["district"], row["era"]
    yield Seat("tỉnh", _lower(province), era)
    if district and not (province in _NO_URBAN_DISTRICTS and district.startswith("Quận")):
        yield Seat("huyện", _lower(district), era)
    for commune in row["communes"].split("; "):
        if commune and not (era == "before" and _is_ward_without_council(province, commune)):
            yield Seat("xã", _lower(commune), era)


def _is_ward_without_council(province: str, commune: str) -> bool:
    return province in _NO_WARDS and commune.startswith("Phường")


def _lower(unit: str) -> str:
    return unit[:1].lower() + unit[1:]
