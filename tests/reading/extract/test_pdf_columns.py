"""Lines of a page in reading order."""

from __future__ import annotations

from indexer.reading.extract.pdf_columns import (
    PlacedLine,
    order_boxes,
    split_placed,
    unfold_columns,
)


def place(text: str, left: float, right: float, top: float) -> PlacedLine:
    """Return a line at its place."""
    return PlacedLine(text, left, right, top)


HEAD = [
    place("VĂN BẢN MẪU", 100, 500, 820),
    place("HỘI ĐỒNG NHÂN DÂN", 60, 220, 800),
    place("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 540, 800),
    place("TỈNH NAM ĐỊNH", 80, 200, 785),
    place("Độc lập - Tự do - Hạnh phúc", 300, 480, 784),
    place("Số: 12/2023/NQ-HĐND", 80, 210, 760),
    place("Nam Định, ngày 10 tháng 7 năm 2023", 280, 520, 760),
    place("NGHỊ QUYẾT", 245, 350, 730),
    place("Về mức thu phí", 60, 540, 715),
]


def test_a_letterhead_is_read_left_column_first() -> None:
    """Issuer, unit and number stay together; what crosses both columns bounds the block."""
    texts = [line.text for line in unfold_columns(HEAD)]
    assert texts == [
        "VĂN BẢN MẪU",
        "HỘI ĐỒNG NHÂN DÂN",
        "TỈNH NAM ĐỊNH",
        "Số: 12/2023/NQ-HĐND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nam Định, ngày 10 tháng 7 năm 2023",
        "NGHỊ QUYẾT",
        "Về mức thu phí",
    ]


def test_a_signature_block_is_read_left_column_first() -> None:
    """The end of the last sentence stays above the recipients."""
    lines = [
        place("Hội đồng nhân dân giao Ủy ban nhân dân thi hành", 60, 540, 300),
        place("Nghị quyết này./.", 60, 150, 285),
        place("Nơi nhận:", 60, 110, 250),
        place("CHỦ TỊCH", 380, 460, 250),
        place("- Như trên;", 60, 120, 235),
        place("Lê Quốc Chỉnh", 370, 470, 180),
    ]
    texts = [line.text for line in unfold_columns(lines)]
    assert texts[1:4] == ["Nghị quyết này./.", "Nơi nhận:", "- Như trên;"]
    assert texts[4:] == ["CHỦ TỊCH", "Lê Quốc Chỉnh"]


def test_a_signer_alone_keeps_its_place() -> None:
    """Nothing stands to the left."""
    lines = [place("Điều 2.", 60, 540, 300), place("CHỦ TỊCH", 380, 460, 250)]
    assert unfold_columns(lines) == lines


def test_boxes_are_read_row_by_row() -> None:
    """Cells of one row come from the left, each with all its lines; a point or two is no row."""
    name = [place("Phí thẩm", 60, 150, 700), place("định", 60, 90, 685)]
    fee = [place("5.000 đồng", 300, 380, 701.5)]
    above = [place("Mức thu", 60, 540, 730)]
    assert order_boxes([fee, name, [], above]) == [*above, *name, *fee]


def test_a_line_through_both_columns_is_cut_in_two() -> None:
    """Each part keeps its place; a right part alone has no left one."""
    lines = [
        place("TỈNH MẪU      CỘNG HÒA XÃ HỘI", 60, 350, 800),
        place("                         Độc lập - Tự do", 60, 460, 785),
        place("NGHỊ QUYẾT", 245, 350, 730),
    ]
    cut = split_placed(lines)
    assert [line.text for line in cut] == [
        "TỈNH MẪU",
        "CỘNG HÒA XÃ HỘI",
        "Độc lập - Tự do",
        "NGHỊ QUYẾT",
    ]
    assert (cut[0].left, cut[0].right, cut[1].left, cut[1].right) == (60, 140, 200, 350)
    assert cut[2].left == 310


def test_a_motto_that_wraps_heads_its_column_too() -> None:
    """Narrow columns: the wider lines below have the same middle."""
    lines = [
        place("HỘI ĐỒNG NHÂN DÂN", 90, 270, 800),
        place("CỘNG HÒA XÃ HỘI", 380, 500, 800),
        place("CHỦ NGHĨA VIỆT NAM", 365, 515, 785),
        place("HUYỆN NHƠN TRẠCH", 100, 260, 770),
        place("Độc lập - Tự do - Hạnh", 350, 530, 770),
        place("phúc", 420, 460, 755),
        place("Số: 34/2006/NQ-HĐND", 100, 260, 740),
        place("NGHỊ QUYẾT", 250, 360, 700),
        place("Về nhiệm vụ sáu tháng cuối năm", 60, 540, 680),
    ]
    texts = [line.text for line in unfold_columns(lines)]
    assert texts[:3] == ["HỘI ĐỒNG NHÂN DÂN", "HUYỆN NHƠN TRẠCH", "Số: 34/2006/NQ-HĐND"]
    assert texts[3:7] == [
        "CỘNG HÒA XÃ HỘI",
        "CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh",
        "phúc",
    ]


def test_a_page_number_is_no_part_of_a_signature_block() -> None:
    """It stays the last line, where it is told from the text."""
    lines = [
        place("Nơi nhận:", 60, 110, 250),
        place("CHỦ TRÌ", 380, 460, 250),
        place("- Như trên;", 60, 120, 235),
        place("Lê Quốc Chỉnh", 370, 470, 180),
        place("6", 295, 301, 40),
    ]
    texts = [line.text for line in unfold_columns(lines)]
    assert texts == ["Nơi nhận:", "- Như trên;", "CHỦ TRÌ", "Lê Quốc Chỉnh", "6"]


def test_what_signing_software_prints_bounds_no_block() -> None:
    """It stands across the signer's column, wherever there was room."""
    lines = [
        place("Nơi nhận:", 60, 110, 250),
        place("CHỦ TỊCH", 380, 460, 250),
        place("- Như trên;", 60, 120, 235),
        place("Ký bởi: Hội đồng nhân dân thị xã", 320, 480, 230),
        place("- Lưu: VT.", 60, 120, 220),
        place("Lê Quốc Chỉnh", 370, 470, 180),
    ]
    texts = [line.text for line in unfold_columns(lines)]
    assert texts[:4] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH"]
    assert texts[-1] == "Lê Quốc Chỉnh"
