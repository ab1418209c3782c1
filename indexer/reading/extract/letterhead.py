"""Two columns side by side, as letterheads and signature blocks have them, become lines in turn.

Left stand the issuer and the number, or "Nơi nhận"; right the national motto and the date, or
the signer. Read straight across, the number would run into the date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RIGHT_COLUMN = (
    r"C[ỘO]NG\s+H[ÒO][ÀA]?\s+X[ÃA]\s+H[ỘO]I|Đ[ộo]c\s+l[ậa]p\s*[-–—]|"
    r"[^\W\d][^\d,\n]{1,40},\s*ngày\b|"
    r"(?:TM|KT|TL|TUQ|Q)\.\s*[^\W\d]|(?:PHÓ\s+)?CHỦ\s+T(?:ỊCH|ỌA|OẠ|RÌ)\b|(?:PHÓ\s+)?TRƯỞNG\s+BAN\b|"
    r"CHÁNH\s+VĂN\s+PHÒNG\b|\((?:Đã\s+ký|Ký)"
)
_RIGHT_HEAD = re.compile(rf"\s*(?:{_RIGHT_COLUMN})")
_SIDE_BY_SIDE = re.compile(rf"^(?P<left>.*?\S)(?:\t\s*|\s{{3,}})(?P<right>(?:{_RIGHT_COLUMN}).*)$")
_CONTINUES = re.compile(
    r"^(?:(?P<left>\s{0,12}\S.*?)(?:\t\s*|\s{3,})|\s{20,}|\t{2,})(?P<right>\S.*)$"
)
_LAYOUT_TABLE = re.compile(rf"(?m)^\s*(?:{_RIGHT_COLUMN}|Nơi\s+nhận)")
_LONGEST_BLOCK = 12

_Line = TypeVar("_Line")


def heads_right_column(text: str) -> bool:
    """Return whether a line starts as right columns of letterheads and signature blocks do.

    >>> heads_right_column("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), heads_right_column("Điều 1.")
    (True, False)
    """
    return bool(_RIGHT_HEAD.match(text))


def split_columns(lines: Iterable[str]) -> list[str]:
    """Return the lines with side-by-side blocks unfolded: the left column, then the right one.

    Columns are told by a tab or three spaces before words that head a right column.

    >>> split_columns(["HĐND TỈNH A      CỘNG HÒA XÃ HỘI", "Số: 1/NQ-HĐND     Nam Định, ngày 5"])
    ['HĐND TỈNH A', 'Số: 1/NQ-HĐND', 'CỘNG HÒA XÃ HỘI', 'Nam Định, ngày 5']
    """
    listed = list(lines)
    return unfold_pairs(listed, part_columns(listed))


def part_columns(lines: Iterable[str]) -> list[tuple[str, str] | None]:
    """Return the left and the right text of each line that has two columns; None for others.

    >>> part_columns(["HĐND TỈNH A      CỘNG HÒA XÃ HỘI", "NGHỊ QUYẾT"])
    [('HĐND TỈNH A', 'CỘNG HÒA XÃ HỘI'), None]
    """
    pairs: list[tuple[str, str] | None] = []
    rows = 0
    for line in lines:
        pairs.append(_match_columns(line, inside=0 < rows < _LONGEST_BLOCK))
        rows = rows + 1 if pairs[-1] else 0
    return pairs


def unfold_pairs(
    lines: Sequence[_Line], pairs: Sequence[tuple[_Line | None, _Line] | None]
) -> list[_Line]:
    """Return the lines, each run of pairs as all its left ones and then all its right ones.

    What is empty in a pair is left out.
    """
    done: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []
    for line, pair in zip(lines, pairs, strict=True):
        if pair:
            left += filter(None, pair[:1])
            right += filter(None, pair[1:])
        else:
            done += [*left, *right, line]
            left, right = [], []
    return [*done, *left, *right]


def _match_columns(line: str, *, inside: bool) -> tuple[str, str] | None:
    found = _SIDE_BY_SIDE.match(line) or (_CONTINUES.match(line) if inside else None)
    return ((found["left"] or "").strip(), found["right"].strip()) if found else None


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    r"""Return the lines of a table; cells hold lines of their own.

    A letterhead or a signature block gives column after column; a table of figures gives one
    line a row, its cells parted by tabs, so that a fee stays beside its name.

    >>> table_lines([["Phí thẩm định", "5.000 đồng"]])
    ['Phí thẩm định\t5.000 đồng']
    """
    start = _find_layout(rows)
    if start:
        return [*table_lines(rows[:start]), *table_lines(rows[start:])]
    if _is_layout(rows):
        width = max(len(row) for row in rows)
        cells = [row[at] for at in range(width) for row in rows if at < len(row)]
        return [line for cell in cells for line in _lines(cell)]
    return [line for row in rows for line in _row_lines(row)]


def _find_layout(rows: Sequence[Sequence[str]]) -> int:
    """Return the row where a letterhead or a signature block follows a wider table; 0 for none.

    Word makes one table of two that no paragraph parts.
    """
    heads = (at for at, row in enumerate(rows) if any(map(_LAYOUT_TABLE.search, row)))
    start = next(heads, 0)
    return start if any(len(row) > len(rows[start]) for row in rows[:start]) else 0


def _is_layout(rows: Sequence[Sequence[str]]) -> bool:
    narrow = all(len(row) <= 3 for row in rows)  # noqa: PLR2004 - an empty one often stands between
    return narrow and any(_LAYOUT_TABLE.search(cell) for row in rows for cell in row)


def _row_lines(row: Sequence[str]) -> list[str]:
    cells = [_lines(cell) for cell in row]
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        return filled[0]
    joined = "\t".join(" ".join(cell) for cell in filled)
    return [joined] if joined else []


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]
