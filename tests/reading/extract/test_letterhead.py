"""Blocks of two columns are read one column after the other."""

from __future__ import annotations

import pytest

from indexer.reading.extract.letterhead import split_columns, table_lines

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize("gap", ["   ", "\t", "                    ", " \t "])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("HĐND TỈNH A", MOTTO),
        ("HĐND TỈNH A", "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 12/2023/NQ-HĐND", "Thường Tín, ngày 10 tháng 7 năm 2023"),
        ("Số:      /NQ-HĐND", "Bà Rịa - Vũng Tàu, ngày     tháng 7 năm 2023"),
        ("Nơi nhận:", "TM. HỘI ĐỒNG NHÂN DÂN"),
        ("- Như trên;", "KT. CHỦ TỊCH"),
        ("- Lưu: VT.", "PHÓ CHỦ TỊCH"),
    ],
)
def test_a_line_of_two_columns_is_two_lines(left: str, right: str, gap: str) -> None:
    """A wide gap before words that head a right column parts them."""
    assert split_columns([f"{left}{gap}{right}"]) == [left, right]


def test_a_right_column_alone_keeps_its_place() -> None:
    """The motto may go on where the left column has ended."""
    lines = [f"HĐND TỈNH A      {MOTTO}", "                        Hạnh phúc", "NGHỊ QUYẾT"]
    assert split_columns(lines) == ["HĐND TỈNH A", MOTTO, "Hạnh phúc", "NGHỊ QUYẾT"]


@pytest.mark.parametrize(
    "line",
    [
        "Điều 1. Bãi bỏ Nghị quyết số 5/2020/NQ-HĐND   ngày 10 tháng 7 năm 2020",
        "1   Phí thẩm định hồ sơ   50.000 đồng",
        "Căn cứ Luật, ngày 10 tháng 7 năm 2023",
        "          Căn cứ Luật Tổ chức chính quyền địa phương;",
        "",
    ],
)
def test_other_gaps_part_nothing(line: str) -> None:
    """Tables, indents and justified lines stay as they are."""
    assert split_columns([line]) == [line]


def test_a_layout_table_is_read_by_columns() -> None:
    """Also with an empty column between."""
    rows = [["Nơi nhận:\n- Như trên;", "", "CHỦ TỊCH"], ["- Lưu: VT.", "", "Lê A"]]
    assert table_lines(rows) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Lê A"]


def test_a_table_of_figures_is_read_by_rows() -> None:
    """Cells of several lines are one each; rows of one cell keep their lines."""
    rows = [["Danh mục\nphí", ""], ["1", "Phí\nA", "5 đồng"], ["", ""]]
    assert table_lines(rows) == ["Danh mục", "phí", "1\tPhí A\t5 đồng"]
    assert table_lines([]) == []


def test_a_signature_block_ends_the_table_above_it() -> None:
    """Word makes one of both; its fees stay beside their names."""
    rows = [["TT", "Phí", "Mức"], ["1", "Phí A", "5.000"], ["Nơi nhận:\n- Lưu.", "CHỦ TỊCH\nLê A"]]
    assert table_lines(rows) == [
        "TT\tPhí\tMức",
        "1\tPhí A\t5.000",
        "Nơi nhận:",
        "- Lưu.",
        "CHỦ TỊCH",
        "Lê A",
    ]
