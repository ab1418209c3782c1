"""Text layers that are worth reading, and those that are not."""

from __future__ import annotations

import pytest

from indexer.reading.extract.text_layer import find_repeated, is_garbage, is_scan, is_watermark

PROSE = (
    "Hội đồng nhân dân tỉnh quyết nghị thông qua mức thu phí thẩm định hồ sơ cấp giấy phép "
    "khai thác nước dưới đất; giao Ủy ban nhân dân tỉnh tổ chức thực hiện. " * 3
)
ENGLISH = (
    "The Council of the province adopted this resolution on the fees for the appraisal of "
    "applications; the Committee is to report on it at the next session. " * 3
)
FOREIGN_OCR = "HOI DONG NHAN DAN TINH quy djnh ve muc thu phi tham d!nh ho so M1JC VAN BAN PEW " * 5
SHIFTED = "1JKӏTX\\ӃW FӫD+ӝLÿӗQJ QKkQGkQ WӍQK YӅPӭF WKXSKt WKҭPÿӏQK KӗVѫ " * 5


def test_prose_is_no_garbage() -> None:
    """Not even over a picture: some scanners know Vietnamese."""
    assert not is_garbage(PROSE)
    assert not is_scan(PROSE.split(". "), pictures=1.0, shapes=0)


def test_the_reading_of_a_scanner_without_vietnamese_is_garbage() -> None:
    """It may look like syllables, but has hardly an accent."""
    assert is_garbage(FOREIGN_OCR, over_picture=True)
    assert is_scan([FOREIGN_OCR], pictures=1.0, shapes=0)


def test_letters_with_the_wrong_meaning_are_garbage_without_a_picture() -> None:
    """The outlines are right, so a picture of the page can be read."""
    assert is_garbage(SHIFTED)
    assert is_scan([SHIFTED], pictures=0.0, shapes=0)


def test_letters_without_a_meaning_are_garbage() -> None:
    """Private codes and what pdfminer could not name."""
    assert is_garbage("\ue001\ue002 \ufffd\ufffd" * 9)
    assert not is_garbage(f"{PROSE} \uf0b7")


def test_unaccented_prose_without_a_picture_is_text() -> None:
    """Somebody typed it that way; reading its picture would give the same."""
    assert not is_garbage("Hoi dong nhan dan tinh ban hanh quy dinh ve muc thu phi " * 5)


def test_english_is_text() -> None:
    """Also over a picture, where a second reading would be no better."""
    assert not is_garbage(ENGLISH, over_picture=True)
    assert not is_scan([ENGLISH], pictures=1.0, shapes=0)


@pytest.mark.parametrize(
    "lines",
    [
        ["1.234.567", "12,5%", "2023", "98.000"] * 30,
        ["Biểu số 02", "TT", "Tổng cộng", "1.000"],
        ["KT. CHỦ TỊCH", "Trần Văn Mẫu"],
        [],
    ],
)
def test_short_pages_and_tables_of_figures_are_text(lines: list[str]) -> None:
    """A page with little text and no picture is simply a short page."""
    assert not is_scan(lines, pictures=0.0, shapes=40)


def test_a_picture_with_few_words_is_a_scan() -> None:
    """A caption is read again with its picture, which loses nothing."""
    assert is_scan(["BẢN SAO Y"], pictures=0.9, shapes=0)
    assert not is_scan(["BẢN SAO Y"], pictures=0.2, shapes=0)


def test_what_signing_adds_to_a_scan_is_no_text_layer() -> None:
    """It may well be long."""
    names = ("Người ký", "Email", "Cơ quan", "Thời gian ký", "Ký bởi", "Signed by")
    signature = [f"{name}: Văn phòng Ủy ban nhân dân tỉnh Mẫu, số 1 đường Mẫu" for name in names]
    assert is_scan([*signature, "Trang bìa"], pictures=1.0, shapes=0)
    assert not is_scan([*signature, PROSE], pictures=1.0, shapes=0)


def test_letters_drawn_as_shapes_are_a_picture() -> None:
    """A page of outlines without a letter; the rules of an empty form are too few."""
    assert is_scan([], pictures=0.0, shapes=900)
    assert not is_scan([], pictures=0.0, shapes=50)


def test_a_watermark_is_what_most_pages_share() -> None:
    """Half of the pages are not enough."""
    pages = [["dấu", "x"], ["dấu", "x"], ["dấu"], ["b"]]
    assert find_repeated(pages) == {"dấu"}
    assert find_repeated([["dấu"]]) == frozenset()


def test_only_addresses_are_taken_out_of_good_text() -> None:
    """The head of a table repeats on each page as well."""
    repeated = frozenset({"www.congbao.example.vn", "Tổng cộng", "http://mau.example.com/a?b=1"})
    assert is_watermark("www.congbao.example.vn", repeated)
    assert is_watermark("http://mau.example.com/a?b=1", repeated)
    assert not is_watermark("Tổng cộng", repeated)
    assert not is_watermark("khac.example.vn", repeated)
