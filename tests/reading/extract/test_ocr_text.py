"""Recognised pages become text."""

from __future__ import annotations

from indexer.reading.extract.ocr_page import OcrPage
from indexer.reading.extract.ocr_text import read_ocr_pages
from tests.reading.extract.ocr_words import place_line, place_page


def test_a_page_becomes_paragraphs() -> None:
    """Lines are repaired and joined; articles start anew."""
    page = place_page(
        "Điều 1. Thông qua danh mục dự án đầu tư công của tỉnh Hồ Sen gồm các công trình sau",
        "đây do các tô chức có thâm quyên lập theo quy định của pháp luật về đầu tư công.",
        "Điều 2. Nghị quyết này có hiệu lực kể từ ngày l5 tháng 7 năm 2024.",
    )
    (text,) = read_ocr_pages([page])
    assert text.lines == [
        (
            "Điều 1. Thông qua danh mục dự án đầu tư công của tỉnh Hồ Sen gồm các công trình sau "
            "đây do các tổ chức có thẩm quyền lập theo quy định của pháp luật về đầu tư công."
        ),
        "Điều 2. Nghị quyết này có hiệu lực kể từ ngày 15 tháng 7 năm 2024.",
    ]
    assert text.confidence == 0.96


def test_a_blank_page_has_no_lines() -> None:
    """It keeps its place among the pages, with nothing to be sure of."""
    texts = read_ocr_pages([OcrPage(0, 2480, 3508, ()), place_page("Phụ lục", number=1)])
    assert [(text.lines, text.confidence) for text in texts] == [([], 0.0), (["Phụ lục"], 0.96)]


def test_a_letterhead_keeps_its_lines_and_its_blanks() -> None:
    """What was written by hand and not read is a blank; the label comes out as printed."""
    words = [
        *place_line("HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", top=200),
        *place_line("S6: ¿5 /2024/NQ-HĐND", top=280, line=2),
        *place_line("Hồ Sen, ngày 4$ tháng 7 năm 2024", left=1200, top=280, line=3),
    ]
    (text,) = read_ocr_pages([OcrPage(0, 2480, 3508, tuple(words))])
    assert text.lines == [
        "HỘI ĐỒNG NHÂN DÂN",
        "Số: … /2024/NQ-HĐND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hồ Sen, ngày … tháng 7 năm 2024",
    ]


def test_pages_repair_each_other() -> None:
    """A name that is clear on the first page tells how it is spelt on the second."""
    pages = [
        place_page("chợ Rạch Nổ, chợ Rạch Nổ"),
        place_page("chợ Rạch Nô", number=1),
    ]
    sure = [
        page._replace(words=tuple(word._replace(confidence=0.97) for word in page.words))
        for page in pages
    ]
    assert read_ocr_pages(sure)[1].lines == ["chợ Rạch Nổ"]
    assert read_ocr_pages(sure[1:])[0].lines == ["chợ Rạch Nô"]


def test_no_pages_give_no_texts() -> None:
    """Nothing in, nothing out."""
    assert read_ocr_pages([]) == []
