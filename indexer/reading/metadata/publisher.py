"""The portal or gazette that a document comes from, as menus and footers name it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.reading.metadata.bodies import find_bodies
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.issuer import named_units
from indexer.reading.metadata.letters import lower_letters

if TYPE_CHECKING:
    from datetime import date

_PORTAL_LINE = re.compile(
    r"cổng (?:thông tin|ttđt)|trang (?:thông tin|tin)|cơ quan chủ quản|đơn vị chủ quản|bản quyền"
    r"|©|copyright"
    r"|ghi rõ nguồn|cơ quan của"
)


def find_publisher(boilerplate: str, on: date | None) -> Finding[str] | None:
    r"""Return whose portal the frame around the content belongs to.

    A line that says so ("Cổng thông tin điện tử ...", "Cơ quan chủ quản") states it; otherwise
    the unit that the menus name most often is concluded, unless two are named alike.

    >>> find_publisher("- Kỷ niệm 190 năm Huyện Thường Tín\n- Đầu tư công", None).value
    'huyện Thường Tín'
    """
    lines = boilerplate.splitlines()
    for line in lines:
        match = _PORTAL_LINE.search(lower_letters(line))
        if match and (name := _owner(line[match.end() :], on) or _owner(line, on)):
            return stated(name, line)
    return _most_named(lines)


def _owner(words: str, on: date | None) -> str | None:
    body = next((each for each in find_bodies(words, on) if each.unit and each.unit.name), None)
    if body:
        return body.name
    unit = next(iter(named_units(words)), None)
    return unit.label if unit else None


def _most_named(lines: list[str]) -> Finding[str] | None:
    counts: Counter[str] = Counter()
    quotes: dict[str, str] = {}
    for line in lines:
        for unit in named_units(line):
            counts[unit.label] += 1
            quotes.setdefault(unit.label, line)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return inferred(ranked[0][0], quotes[ranked[0][0]])
