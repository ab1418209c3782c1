"""Rows of a table become one line each, so that a fee stays beside what it is paid for.

A PDF holds no tables, only pieces of text. Three of them beside each other, more than once on a
page, are a table; letterheads and signature blocks have two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.reading.extract.pdf_columns import PlacedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAME_ROW = 3.0
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2


def join_table_rows(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    r"""Return the lines with those of one table row as one, its cells parted by tabs.

    What stands between two rows, such as the second line of a cell, comes between them.

    >>> cells = [PlacedLine(text, 90 * at, 90 * at + 60, 50) for at, text in enumerate("1AB")]
    >>> below = [cell._replace(text=cell.text * 2, top=30) for cell in cells]
    >>> [line.text for line in join_table_rows([*cells, *below])]
    ['1\tA\tB', '11\tAA\tBB']
    """
    rows = [row for row in _group_rows(lines) if _is_table_row(row)]
    if len(rows) < _FEWEST_ROWS:
        return list(lines)
    joined = {row[0]: _join(row) for row in rows}
    cells = {cell for row in rows for cell in row}
    top, bottom = rows[0][0].top, rows[-1][0].top - _SAME_ROW
    inside = [line for line in lines if bottom <= line.top <= top + _SAME_ROW]
    kept = [joined.get(line, line) for line in inside if line in joined or line not in cells]
    at = min(lines.index(line) for line in inside)
    # The head's cells may have lines above the one that makes it a row.
    early = [line for place, line in enumerate(lines) if place < at or line.top > top]
    before = [line for line in early if line not in inside]
    after = [line for line in lines[at:] if line not in inside and line not in before]
    return [*before, *sorted(kept, key=lambda line: (-line.top, line.left)), *after]


def _group_rows(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Return the lines by the row that they stand in, from above and from the left."""
    rows: list[list[PlacedLine]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if rows and rows[-1][0].top - line.top <= _SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _is_table_row(row: Sequence[PlacedLine]) -> bool:
    """Tell whether enough cells stand beside each other, none over another."""
    apart = all(one.right <= other.left for one, other in pairwise(row))
    return len(row) >= _FEWEST_CELLS and apart


def _join(row: Sequence[PlacedLine]) -> PlacedLine:
    text = "\t".join(cell.text.strip() for cell in row)
    return PlacedLine(text, row[0].left, row[-1].right, max(cell.top for cell in row))
