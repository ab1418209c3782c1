"""Look-alikes of digits are put right where a number stands."""

from __future__ import annotations

import pytest

from indexer.reading.extract.ocr_digits import repair_digits, repair_label


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("ngày l2 tháng 0] năm 2024", "ngày 12 tháng 01 năm 2024"),
        ("ngày I5 tháng O7 năm 2O24", "ngày 15 tháng 07 năm 2024"),
        ("ngày 5 tháng § năm 2024", "ngày 5 tháng § năm 2024"),
        ("khoản l Điều I của Luật", "khoản 1 Điều 1 của Luật"),
        ("Luật số 12/2015/QHI3", "Luật số 12/2015/QH13"),
        ("Số: 29/QĐÐ-TTg", "Số: 29/QĐ-TTg"),
        ("số 196/2017/QĐ- -TTg ngày", "số 196/2017/QĐ-TTg ngày"),
        ("số 13/2018/NQ- HĐND ngày", "số 13/2018/NQ-HĐND ngày"),
        ("ngày 27/ 11/2008 của", "ngày 27/11/2008 của"),
        ("Số: 108/QĐĐ-TTe", "Số: 108/QĐ-TTg"),
        ("ỦY BAN DÂN TỘC- BỘ HỒ SEN", "ỦY BAN DÂN TỘC - BỘ HỒ SEN"),
        ("người từ l8 tuổi", "người từ 18 tuổi"),
    ],
)
def test_a_look_alike_becomes_its_digit(read: str, printed: str) -> None:
    """An l among digits is a 1, a doubled stroke is one Đ."""
    assert repair_digits(read) == printed


@pytest.mark.parametrize(
    "line",
    [
        "mục II phần I của Phụ lục",
        "điểm l khoản 2 Điều 3",
        "lo cho dân; io; Il",
        "tháng giêng năm Canh Tý",
        "Quốc hội khóa XII, kỳ họp thứ 5",
        "1. Nghị định này; 2) a) b)",
        "Số điện thoại 024 38 25",
        "cơ quan A - B và UBND - HĐND",
    ],
)
def test_words_stay_words(line: str) -> None:
    """Roman numerals, letters of points and prose are not numbers."""
    assert repair_digits(line) == line


def test_the_label_of_a_number_is_put_right() -> None:
    """`S6` before a number with a slash can only be `Số`."""
    assert repair_label("Sô: 12/2024/NQ-HĐND") == "Số: 12/2024/NQ-HĐND"
    assert repair_label("SỐ: … /NQ-HĐND") == "Số: … /NQ-HĐND"
    assert repair_label("ố, 107 /QÐ-TTe") == "Số: 107/QÐ-TTe"
    assert repair_label("Số liệu năm 2024/2023") == "Số liệu năm 2024/2023"
