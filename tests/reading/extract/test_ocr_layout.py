"""Recognised words come in the order in which people read them."""

from __future__ import annotations

from indexer.reading.extract.ocr_layout import order_lines
from indexer.reading.extract.ocr_page import OcrPage, OcrWord
from tests.reading.extract.ocr_words import place_line, place_page


def _texts(page: OcrPage) -> list[str]:
    return [" ".join(word.text for word in line) for line in order_lines(page)]


def _page(*lines: list[OcrWord]) -> OcrPage:
    return OcrPage(0, 2480, 3508, tuple(word for line in lines for word in line))


def test_a_letterhead_is_read_column_by_column() -> None:
    """The recogniser reads across: the number would run into the date."""
    page = _page(
        place_line("HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", top=200, line=1),
        place_line("TỈNH HỒ SEN", left=350, top=260, line=2),
        place_line("Độc lập - Tự do - Hạnh phúc", left=1100, top=260, line=3),
        place_line("Số: 12/2024/NQ-HĐND", left=320, top=340, line=4),
        place_line("Hồ Sen, ngày 5 tháng 7 năm 2024", left=1000, top=342, line=5),
        place_line("NGHỊ QUYẾT", left=950, top=460, line=6),
        place_line("Về việc đặt tên đường trên địa bàn tỉnh Hồ Sen", left=500, top=520, line=7),
    )
    assert _texts(page) == [
        "HỘI ĐỒNG NHÂN DÂN",
        "TỈNH HỒ SEN",
        "Số: 12/2024/NQ-HĐND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hồ Sen, ngày 5 tháng 7 năm 2024",
        "NGHỊ QUYẾT",
        "Về việc đặt tên đường trên địa bàn tỉnh Hồ Sen",
    ]


def test_columns_part_at_the_motto_even_where_the_gap_is_narrow() -> None:
    """A long issuer leaves hardly a space before the motto."""
    left = place_line("ỦY BAN NHÂN DÂN TỈNH", left=200, top=200)
    right = place_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", left=left[-1].right + 32, top=200)
    assert _texts(_page(left + right)) == ["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]


def test_recipients_stand_before_the_signature() -> None:
    """The left column of the signature block is read as one, whoever signs."""
    page = _page(
        place_line("Nơi nhận: | BỘ TRƯỞNG", left=300, top=1000, line=1),
        place_line("- Như Điều 3;", left=300, top=1060, line=2),
        place_line("- Lưu: VT.", left=300, top=1120, line=3),
        place_line("Trần Văn Sen", left=900, top=1120, line=4),
    )
    assert _texts(page) == [
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "BỘ TRƯỞNG",
        "Trần Văn Sen",
    ]


def test_recipients_alone_are_no_block() -> None:
    """Without anything beside them they are lines like others."""
    assert _texts(place_page("Nơi nhận:", "- Như Điều 3;")) == ["Nơi nhận:", "- Như Điều 3;"]


def test_a_table_row_stays_one_line() -> None:
    """Cells on one level stay together, so that a fee stays beside its name."""
    page = _page(
        place_line("Phí thẩm định", left=300, top=500, line=1, block=1),
        place_line("5.000 đồng", left=1500, top=504, line=1, block=2),
        place_line("Lệ phí cấp giấy", left=300, top=580, line=2, block=1),
        place_line("9.000 đồng", left=1500, top=584, line=2, block=2),
    )
    assert _texts(page) == ["Phí thẩm định 5.000 đồng", "Lệ phí cấp giấy 9.000 đồng"]


def test_lines_that_a_stamp_moved_come_back() -> None:
    """What the recogniser gives in another order is ordered by place."""
    page = _page(
        place_line("Điều 2. Tổ chức thực hiện", top=800, line=1),
        place_line("Điều 1. Phạm vi", top=600, line=2),
    )
    assert _texts(page) == ["Điều 1. Phạm vi", "Điều 2. Tổ chức thực hiện"]


def test_words_over_each_other_are_two_lines() -> None:
    """Lines set so close that their boxes touch are not mixed."""
    page = _page(
        place_line("Căn cứ Luật Hồ Sen năm 2015", top=600, line=1),
        place_line("Căn cứ Nghị định của Chính phủ", top=618, line=2),
    )
    assert _texts(page) == ["Căn cứ Luật Hồ Sen năm 2015", "Căn cứ Nghị định của Chính phủ"]


def test_a_motto_alone_is_a_line() -> None:
    """A right column without a left one is no block."""
    lines = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert _texts(place_page(*lines)) == list(lines)
