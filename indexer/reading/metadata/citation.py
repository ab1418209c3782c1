"""Where a passage stands in an act, as lawyers cite it: "điểm a khoản 2 Điều 5"."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from indexer.reading.metadata.readable_case import readable_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.records import Division

_NAME_CHARACTERS = 80


def division_at(divisions: Sequence[Division], offset: int) -> int | None:
    """Return the place in the list of the innermost division that holds the offset."""
    index = bisect_right(divisions, offset, key=attrgetter("start")) - 1
    found = index if index >= 0 else None
    while found is not None and divisions[found].end <= offset:
        found = divisions[found].parent
    return found


def citation(divisions: Sequence[Division], offset: int) -> str:
    """Return how the passage at the offset is cited, innermost first; "" outside all divisions.

    Chapters are left out where an article stands in them, since articles count through an act.

    >>> from indexer.records import Division
    >>> tree = (
    ...     Division("chương", "I", "QUY ĐỊNH CHUNG", 0, 90),
    ...     Division("điều", "5", "", 20, 90, 0),
    ...     Division("khoản", "2", "", 40, 90, 1),
    ...     Division("điểm", "đ", "", 60, 90, 2),
    ... )
    >>> citation(tree, 70), citation(tree, 30), citation(tree, 5), citation(tree, 95)
    ('điểm đ khoản 2 Điều 5', 'Điều 5', 'Chương I', '')
    """
    path = []
    at = division_at(divisions, offset)
    while at is not None:
        path.append(divisions[at])
        at = divisions[at].parent
    kinds = [each.kind for each in path]
    article = kinds.index("điều") if "điều" in kinds else None
    if article is None:
        return " ".join(map(_name, path))
    above = [each for each in path[article:] if each.kind in ("điều", "phụ lục")]
    # "mục I Điều 1", and yet "Mục 1 Chương II".
    return " ".join([f"{each.kind} {each.label}" for each in path[:article]] + [*map(_name, above)])


def _name(division: Division) -> str:
    if division.kind == "phụ lục" and not division.label and division.heading:
        return readable_case(division.heading)[:_NAME_CHARACTERS].rstrip()
    return f"{division.kind.capitalize()} {division.label}".rstrip()
