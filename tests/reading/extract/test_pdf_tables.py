"""Tables give a line for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.pdf_columns import PlacedLine
from indexer.reading.extract.pdf_tables import join_table_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]


def cell(text: str, left: float, top: float) -> PlacedLine:
    """Return a piece of text at its place."""
    return PlacedLine(text, left, left + 6 * len(text), top)


HEAD = [cell("TT", 60, 700), cell("Danh mục", 100, 700), cell("Mức thu", 400, 701)]
FIRST = [cell("1", 60, 680), cell("Phí thẩm định", 100, 680), cell("52.000", 400, 680)]
SECOND = [cell("2", 60, 650), cell("Lệ phí", 100, 650), cell("75.000", 400, 650)]


def texts(lines: list[PlacedLine]) -> list[str]:
    """Return what the lines say."""
    return [line.text for line in lines]


def test_a_row_is_one_line_whatever_the_order_of_its_cells() -> None:
    """The file has it column after column."""
    title, note = cell("Biểu mức thu", 60, 760), cell("Ghi chú: không", 60, 600)
    columns = [line for column in zip(HEAD, FIRST, SECOND, strict=True) for line in column]
    assert texts(join_table_rows([title, *columns, note])) == [
        "Biểu mức thu",
        "TT\tDanh mục\tMức thu",
        "1\tPhí thẩm định\t52.000",
        "2\tLệ phí\t75.000",
        "Ghi chú: không",
    ]


def test_the_second_line_of_a_cell_follows_its_row() -> None:
    """It stands between two rows."""
    wrapped = cell("hồ sơ cấp phép", 100, 666)
    lines = join_table_rows([*HEAD, *FIRST, *SECOND, wrapped])
    assert texts(lines)[1:3] == ["1\tPhí thẩm định\t52.000", "hồ sơ cấp phép"]


def test_two_columns_are_no_table() -> None:
    """Letterheads and signature blocks have two."""
    lines = [line for row in (HEAD, FIRST, SECOND) for line in row[:2]]
    assert join_table_rows(lines) == lines


def test_one_row_is_no_table() -> None:
    """Three words may well stand apart once."""
    assert join_table_rows(HEAD) == HEAD


def test_pieces_over_each_other_are_no_row() -> None:
    """A stamp over a line is no cell."""
    lines = [piece._replace(right=piece.left + 999) for row in (HEAD, FIRST) for piece in row]
    assert join_table_rows(lines) == lines


def test_a_fee_stays_beside_its_name(make_pdf: Make, make_placed_page: Make) -> None:
    """Close rows, which pdfminer takes for one box a column."""
    rows = [("1", "Phí thẩm định", "52.000"), ("2", "Lệ phí cấp", "75.000"), ("3", "Khác", "9.000")]
    lines = [
        (x, 700 - 13 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip((60, 100, 400), row, strict=True)
    ]
    text = extract_pdf(make_pdf(make_placed_page(lines))).pages[0]
    assert text.split("\n") == ["\t".join(row) for row in rows]


def test_the_upper_line_of_a_heads_cell_stays_above_the_table() -> None:
    """Wherever the page's order puts it: its column is read last."""
    upper = PlacedLine("Mức thu", 400, 470, HEAD[0].top + 7)
    rows = [*HEAD, *FIRST, *SECOND]
    assert texts(join_table_rows([*rows, upper])) == ["Mức thu", *texts(join_table_rows(rows))]
