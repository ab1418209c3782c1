"""Words of a recognised page in the order in which people read them.

The recogniser reads letterheads and signature blocks straight across, and what a stamp or a
rule parts in any order; here the boxes decide.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.reading.extract.letterhead import heads_right_column
from indexer.reading.extract.ocr_noise import drop_noise, drop_receipt_stamp, word_height
from indexer.reading.extract.ocr_spacing import part_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.reading.extract.ocr_noise import Line
    from indexer.reading.extract.ocr_page import OcrPage, OcrWord

# In heights of a usual word: between columns, and where the right one starts in capitals.
_COLUMN_GAP, _NARROW_GAP = 2.0, 0.7
_SLACK = 0.3
_BLOCK_STEP = 4.0
_RECIPIENTS = "Nơi nhận"


def order_lines(page: OcrPage) -> list[Line]:
    """Return the lines of a page in reading order, two columns side by side one after the other.

    Elsewhere what stands on one level stays one line, as in a table's row.
    """
    height = word_height(page.words)
    pieces = [
        piece for line in drop_noise(part_words(page)) for piece in _split_columns(line, height)
    ]
    pieces = sorted(
        drop_receipt_stamp(pieces, height), key=lambda piece: (piece[0].top, piece[0].left)
    )
    blocks, rest = _part_blocks(pieces, height)
    units = [[row] for row in _join_rows(rest)] + blocks
    units.sort(key=lambda unit: min(map(middle, unit)))
    return [line for unit in units for line in unit]


def middle(line: Line) -> float:
    """Return how far below the top of the page a line stands, in pixels."""
    return sum(word.top + word.bottom for word in line) / (2 * len(line))


def _split_columns(line: Line, height: float) -> Iterator[Line]:
    """Yield the parts of a line between which a column may end."""
    start = 0
    for at, (before, word) in enumerate(pairwise(line), start=1):
        gap = word.left - before.right
        if gap > _COLUMN_GAP * height or (gap > _NARROW_GAP * height and _heads(line[at:])):
            yield line[start:at]
            start = at
    yield line[start:]


def _heads(line: Line) -> bool:
    """Return whether the words head the right column of a letterhead, in capitals."""
    return line[0].text.isupper() and len(line[0].text) > 1 and heads_right_column(_text(line))


def _part_blocks(pieces: Sequence[Line], height: float) -> tuple[list[list[Line]], list[Line]]:
    """Return the blocks of two columns, each with its left column first, and what is in none."""
    blocks: list[list[Line]] = []
    rest = list(pieces)
    for piece in pieces:
        edge = _right_column(rest, piece, height) if piece in rest else None
        if edge is None:
            continue
        block = _around(rest, piece, edge, height)
        left = [line for line in block if line[-1].right <= edge + height]
        right = [line for line in block if line[-1].right > edge + height]
        if left and right:
            blocks.append([*_join_rows(left), *_join_rows(right)])
            rest = [line for line in rest if line not in block]
    return blocks, rest


def _right_column(pieces: Sequence[Line], piece: Line, height: float) -> float | None:
    """Return where the right column starts that this piece heads or stands beside, if any."""
    if heads_right_column(_text(piece)):
        return piece[0].left
    if not _text(piece).startswith(_RECIPIENTS):
        return None
    beside = (
        other[0].left
        for other in pieces
        if other[0].left > piece[-1].right
        and abs(middle(other) - middle(piece)) < _BLOCK_STEP * height
    )
    return min(beside, default=None)


def _around(pieces: Sequence[Line], piece: Line, edge: float, height: float) -> list[Line]:
    """Return the pieces around this one, up and down to the first that crosses the edge."""
    start = pieces.index(piece)
    end = start + 1
    while start and not _ends_block(pieces[start - 1], pieces[start], edge, height):
        start -= 1
    while end < len(pieces) and not _ends_block(pieces[end], pieces[end - 1], edge, height):
        end += 1
    return list(pieces[start:end])


def _ends_block(piece: Line, neighbour: Line, edge: float, height: float) -> bool:
    crosses = piece[0].left < edge - height and piece[-1].right > edge + height
    return crosses or abs(piece[0].top - neighbour[0].top) > 2 * _BLOCK_STEP * height


def _join_rows(pieces: Sequence[Line]) -> list[Line]:
    """Return the pieces with those on one level joined to a line."""
    rows: list[Line] = []
    for piece in sorted(pieces, key=middle):
        if rows and _is_level(rows[-1], piece):
            rows[-1] = sorted([*rows[-1], *piece], key=lambda word: word.left)
        else:
            rows.append(list(piece))
    return rows


def _is_level(row: Line, piece: Line) -> bool:
    """Return whether the piece stands on the row's level, and not over or under its words."""
    top = min(word.top for word in row)
    bottom = max(word.bottom for word in row)
    overlaps = piece[0].left < row[-1].right and row[0].left < piece[-1].right
    beside = not any(_covers(word, other) for word in row for other in piece) if overlaps else True
    return beside and top < middle(piece) < bottom and _sharesmiddle(row, piece)


def _sharesmiddle(row: Line, piece: Line) -> bool:
    lower, upper = min(w.top for w in piece), max(w.bottom for w in piece)
    return lower < middle(row) < upper


def _covers(word: OcrWord, other: OcrWord) -> bool:
    return word.left < other.right and other.left < word.right


def _text(line: Line) -> str:
    return " ".join(word.text for word in line)
