"""Which of many numbers at line starts count on: 1, 2, 3, and not the ones cited in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# A number that OCR lost costs more than one heading gives, so a leap to cited articles never pays.
_COST_OF_MISSING = 1.5
_MOST_MISSING = 3
_COST_OF_LATE_START = 2.0
_COST_OF_LOST_BASE = 0.5


class Mark(NamedTuple):
    """A number or letter that may open a part of a document: "Điều 5a." is (5, "a")."""

    start: int
    """Where the words begin that name it."""
    end: int
    """Where they end, dot included."""
    label: str
    ordinal: int
    suffix: str = ""
    weight: float = 1.0
    """Less than 1 where it may as well stand inside a sentence; below 0 it only fills a gap."""


class _Chain(NamedTuple):
    score: float
    mark: Mark
    before: _Chain | None


def choose_sequence(marks: Sequence[Mark], *, late_start: bool = False) -> list[Mark]:
    """Return the marks that together count on best; none where no 1 stands among them.

    `late_start` lets a sequence of three and more begin later, where there is no 1 at all. Time
    grows linearly with the number of marks.

    >>> numbers = [1, 5, 6, 2, 3, 9, 4]
    >>> [mark.ordinal for mark in choose_sequence([Mark(n, n, str(n), n) for n in numbers])]
    [1, 2, 3, 4]
    """
    late = late_start and not any(mark.ordinal == 1 for mark in marks)
    best: dict[int, _Chain] = {}
    for mark in marks:
        chain = _longest_to(mark, best, late=late)
        if chain and (mark.ordinal not in best or chain.score > best[mark.ordinal].score):
            best[mark.ordinal] = chain
    top = max(best.values(), key=lambda chain: chain.score, default=None)
    return _unroll(top) if top and top.score > 0 else []


def _longest_to(mark: Mark, best: dict[int, _Chain], *, late: bool) -> _Chain | None:
    """Return the best chain that the mark ends; None where it can neither start nor go on."""
    chains = [
        _Chain(chain.score + mark.weight - cost, mark, chain)
        for chain, cost in _predecessors(mark, best)
    ]
    if mark.ordinal == 1 and not mark.suffix:
        chains.append(_Chain(mark.weight, mark, None))
    elif late:
        chains.append(_Chain(mark.weight - _COST_OF_LATE_START, mark, None))
    return max(chains, key=lambda chain: chain.score, default=None)


def _predecessors(mark: Mark, best: dict[int, _Chain]) -> list[tuple[_Chain, float]]:
    """Return the chains that the mark may go on with, and what each step costs."""
    found = []
    same = best.get(mark.ordinal)
    if mark.suffix and same and same.mark.suffix < mark.suffix:
        found.append((same, 0.0))
    for missing in range(_MOST_MISSING + 1):
        if chain := best.get(mark.ordinal - 1 - missing):
            lost_base = _COST_OF_LOST_BASE if mark.suffix else 0.0
            found.append((chain, missing * _COST_OF_MISSING + lost_base))
    return found


def _unroll(chain: _Chain | None) -> list[Mark]:
    marks = []
    while chain:
        marks.append(chain.mark)
        chain = chain.before
    return marks[::-1]
