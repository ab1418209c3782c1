"""Lines of a page in the order in which people read them.

Rows from top to bottom; but where a letterhead or a signature block sets two columns side by
side, the left one is read first, so that issuer and unit, or recipients, stay together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.extract.letterhead import heads_right_column, part_columns, unfold_pairs
from indexer.reading.extract.page_frame import is_folio
from indexer.reading.extract.text_layer import is_signing_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_ROW = 5.0
_SLACK = 3.0


class PlacedLine(NamedTuple):
    """A line and where it stands, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float


def order_boxes(boxes: Iterable[Sequence[PlacedLine]]) -> list[PlacedLine]:
    """Return the lines of the boxes: rows of boxes from above, in each row from the left.

    A box holds lines that belong together, such as a cell of a table or a paragraph.
    """
    waiting = sorted((box for box in boxes if box), key=lambda box: -box[0].top)
    rows: list[list[Sequence[PlacedLine]]] = []
    for box in waiting:
        if rows and rows[-1][0][0].top - box[0].top < _SAME_ROW:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [line for row in rows for box in sorted(row, key=lambda b: b[0].left) for line in box]


def split_placed(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return the lines with those that run through two columns cut in two, left column first."""
    pairs = part_columns([line.text for line in lines])
    cut = [pair and _cut(line, *pair) for line, pair in zip(lines, pairs, strict=True)]
    return unfold_pairs(lines, cut)


def _cut(line: PlacedLine, left: str, right: str) -> tuple[PlacedLine | None, PlacedLine]:
    """Return both parts of a line; gaps are as wide in its text as they are on paper."""
    letter = (line.right - line.left) / len(line.text)
    start = line.text.rindex(right)
    end = line.text.index(left) + len(left)
    return (
        line._replace(text=left, right=line.left + end * letter) if left else None,
        line._replace(text=right, left=line.left + start * letter),
    )


def unfold_columns(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return the lines with each block of two columns read left column first."""
    ordered = list(lines)
    done: set[PlacedLine] = set()
    for anchor in lines:
        if anchor in done or not heads_right_column(anchor.text):
            continue
        block = _find_block(lines, anchor)
        edge = min(line.left for line in block if _is_centred(line, anchor)) + _SLACK
        left = [line for line in block if line.right <= edge]
        right = [line for line in block if line.right > edge]
        done.update(block)
        if left:
            ordered = _move_together(ordered, [*left, *right])
    return ordered


def _find_block(lines: Sequence[PlacedLine], anchor: PlacedLine) -> list[PlacedLine]:
    """Return the lines around the anchor, from above, up to those that cross its left edge.

    A page number in the margin is none of them.
    """
    column = sorted(lines, key=lambda line: (-line.top, line.left))
    column = [
        line
        for at, line in enumerate(column)
        if 0 < at < len(column) - 1 or not is_folio(line.text)
    ]
    at = column.index(anchor)
    start, end = at, at + 1
    while start and not _crosses(column[start - 1], anchor):
        start -= 1
    while end < len(column) and not _crosses(column[end], anchor):
        end += 1
    return column[start:end]


def _crosses(line: PlacedLine, anchor: PlacedLine) -> bool:
    across = line.left < anchor.left - _SLACK and line.right > anchor.left + _SLACK
    return across and not _is_centred(line, anchor) and not is_signing_note(line.text)


def _is_centred(line: PlacedLine, anchor: PlacedLine) -> bool:
    """Tell whether both lines have one middle: a wrapped motto is narrower than what follows."""
    return abs(line.left + line.right - anchor.left - anchor.right) / 2 <= _SLACK


def _move_together(lines: list[PlacedLine], block: list[PlacedLine]) -> list[PlacedLine]:
    members = set(block)
    at = next(at for at, line in enumerate(lines) if line in members)
    before = [line for line in lines[:at] if line not in members]
    after = [line for line in lines[at:] if line not in members]
    return [*before, *block, *after]
