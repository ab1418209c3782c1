"""Every format holds the sheet's words and the sample mark, and the same bytes each time."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import docx
import pytest
from pdfminer.high_level import extract_text

from tests.samples.forms import compose_sheet
from tests.samples.render_docx import render_docx
from tests.samples.render_html import LAYOUTS, render_html
from tests.samples.render_pdf import FACES, FONTS, render_pdf
from tests.samples.render_scan import rasterise_pages, render_scan
from tests.samples.render_text import encode_text, render_text
from tests.samples.sheet import SAMPLE_MARK, Sheet
from tests.samples.spec import parse_spec

needs_fonts = pytest.mark.skipif(
    not all((FONTS / face).exists() for face in FACES.values()),
    reason="no DejaVu Serif Condensed; install fonts-dejavu-extra",
)
DAY = date(2025, 7, 30)


@pytest.fixture
def sheet() -> Sheet:
    """Give a short resolution with a table."""
    return compose_sheet(
        parse_spec(
            "pdf | nghị quyết | xa-hong-van | 05/NQ-HĐND | 2025-07-30 | 2\n"
            "title: Về mức hỗ trợ mở rộng đường ngõ\n---\n"
            "> Căn cứ Luật Thử & Nghiệm;\n# Điều 1. Mức hỗ trợ\n"
            "| Việc | Mức |\n| Đổ đất | 5.000 |\n"
        )
    )


def news() -> Sheet:
    """Return a sheet without letterhead and signature."""
    return Sheet(name="Đường ngõ mới", abstract="", blocks=())


@needs_fonts
def test_a_pdf_has_a_text_layer_with_every_vietnamese_letter(sheet: Sheet) -> None:
    """A font without the letters would leave gaps."""
    text = unicodedata.normalize("NFC", extract_text(io.BytesIO(render_pdf(sheet))))
    for words in (SAMPLE_MARK, "Về mức hỗ trợ mở rộng đường ngõ", "Luật Thử & Nghiệm", "5.000"):
        assert words in text


@needs_fonts
def test_a_scan_has_no_text_but_shows_the_page(sheet: Sheet) -> None:
    """Nothing but pixels: dark ones where the letters stand."""
    scan = render_scan(render_pdf(sheet), dpi=40, tilt=0.5)
    assert extract_text(io.BytesIO(scan)).strip() == ""
    (page,) = rasterise_pages(scan, 40)
    assert page.mode == "L"
    shades = page.histogram()
    assert sum(shades[:100]) > 50
    assert sum(shades[200:]) > sum(shades[:200])


@needs_fonts
def test_a_pdf_of_news_needs_no_letterhead() -> None:
    """Only headline and mark stand on it."""
    text = unicodedata.normalize("NFC", extract_text(io.BytesIO(render_pdf(news()))))
    assert "Đường ngõ mới" in text
    assert SAMPLE_MARK in text


def test_a_docx_keeps_letterhead_and_signature_in_tables(sheet: Sheet) -> None:
    """Two columns at the top, the fees in a grid, two columns at the end."""
    document = docx.Document(io.BytesIO(render_docx(sheet)))
    first, fees, last = document.tables
    assert "HỘI ĐỒNG NHÂN DÂN\nXÃ HỒNG VÂN" in first.cell(0, 0).text
    assert fees.cell(1, 1).text == "5.000"
    assert "CHỦ TỊCH" in last.cell(0, 1).text
    assert document.paragraphs[0].text == SAMPLE_MARK


def test_a_docx_of_news_has_no_tables() -> None:
    """Nothing is signed."""
    assert docx.Document(io.BytesIO(render_docx(news()))).tables == []


@needs_fonts
def test_the_same_sheet_gives_the_same_bytes(sheet: Sheet) -> None:
    """No time of writing, no random id."""
    assert render_pdf(sheet) == render_pdf(sheet)
    assert render_docx(sheet) == render_docx(sheet)
    assert render_scan(render_pdf(sheet), dpi=30) == render_scan(render_pdf(sheet), dpi=30)


@pytest.mark.parametrize("layout", sorted(path.stem for path in LAYOUTS.glob("*.html")))
def test_a_page_has_a_banner_menus_and_escaped_text(sheet: Sheet, layout: str) -> None:
    """Each portal puts its own frame around the same text."""
    page = render_html(sheet, layout, DAY, "Văn bản", "xã Hồng Vân").decode()
    assert page.count(SAMPLE_MARK) == 1
    assert "Luật Thử &amp; Nghiệm" in page
    assert "Trang chủ" in page
    assert "$" not in page


def test_plain_text_comes_back_from_every_encoding(sheet: Sheet) -> None:
    """Also from cp1258, where tones are letters of their own."""
    expected = render_text(sheet).decode()
    assert render_text(sheet, "utf-16").decode("utf-16") == expected
    assert render_text(sheet, "utf-8-sig").decode("utf-8-sig") == expected
    assert unicodedata.normalize("NFC", render_text(sheet, "cp1258").decode("cp1258")) == expected


def test_a_letter_outside_cp1258_is_an_error() -> None:
    """Nothing is replaced by a question mark."""
    with pytest.raises(UnicodeEncodeError):
        encode_text("字", "cp1258")


def test_a_stacked_letterhead_puts_the_columns_under_each_other(sheet: Sheet) -> None:
    """As a copied page does when its table is lost."""
    lines = render_text(sheet, columns=False).decode().splitlines()
    assert "HỘI ĐỒNG NHÂN DÂN" in lines
    assert "Số: 05/NQ-HĐND" in lines


def test_news_as_plain_text_carries_the_mark_under_its_headline() -> None:
    """A portal's heading stands above the headline; the mark must not pass for one."""
    lines = render_text(news()).decode().splitlines()
    assert lines[0] == "Đường ngõ mới"
    assert f"({SAMPLE_MARK})" in lines
