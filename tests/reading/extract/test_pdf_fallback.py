"""Pages as PDFium reads them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableSourceError
from indexer.reading.extract import pdf_fallback
from indexer.reading.extract.paragraphs import join_paragraphs
from indexer.reading.extract.pdf_fallback import FallbackReader

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]


def test_rows_become_lines(make_pdf: Make, make_placed_page: Make) -> None:
    """Runs of one row are joined, a wide gap parts columns, the left one is read first."""
    page = make_placed_page(
        [
            (60, 800, "HỘI ĐỒNG NHÂN DÂN"),
            (300, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (60, 784, "TỈNH MẪU"),
            (300, 784, "Độc lập - Tự do - Hạnh phúc"),
            (60, 700, "Hội đồng nhân dân tỉnh quy định mức"),
            (276, 700, "thu phí"),
        ]
    )
    lines = FallbackReader(make_pdf(page)).read_page(0).lines
    assert [line.text for line in lines] == [
        "HỘI ĐỒNG NHÂN DÂN",
        "TỈNH MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hội đồng nhân dân tỉnh quy định mức thu phí",
    ]


def test_lines_stand_where_they_are_drawn(make_pdf: Make, make_placed_page: Make) -> None:
    """In points from the lower left corner, as pdfminer places them."""
    [line] = FallbackReader(make_pdf(make_placed_page([(60, 700, "Mẫu")]))).read_page(0).lines
    assert 59 < line.left < 62
    assert 700 < line.top < 712


def test_a_page_of_very_many_pieces_is_read_plainly(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lines come as the file has them, none joined with another, in bounded time."""
    monkeypatch.setattr(pdf_fallback, "_MOST_RUNS", 1)
    reader = FallbackReader(make_pdf(make_page("Quy định mức thu", "phí trên địa bàn")))
    lines = reader.read_page(0).lines
    assert join_paragraphs(lines) == ["Quy định mức thu", "phí trên địa bàn"]


def test_a_hyphen_at_the_end_of_a_line_stays(make_pdf: Make, make_page: Make) -> None:
    """PDFium gives a control code for it, and numbers of acts break there."""
    reader = FallbackReader(make_pdf(make_page("Nghị quyết số 12/2023/NQ-", "HĐND của tỉnh")))
    assert next(line.text for line in reader.read_page(0).lines) == "Nghị quyết số 12/2023/NQ-"


def test_pictures_are_measured(make_pdf: Make, make_page: Make) -> None:
    """A scan must be told as one by this reader, too."""
    reader = FallbackReader(make_pdf(make_page(picture=0.9), make_page("chữ")))
    assert reader.count_pages() == 2
    assert reader.read_page(0).pictures == pytest.approx(0.9, abs=0.01)
    assert reader.read_page(1).pictures == 0


def test_a_page_that_is_not_there_says_so(make_pdf: Make, make_page: Make) -> None:
    """A page tree may promise more than it holds."""
    reader = FallbackReader(make_pdf(make_page("chữ")).replace(b"/Count 1", b"/Count 9"))
    with pytest.raises(UnreadableSourceError, match="broken PDF"):
        reader.read_page(8)


def test_a_file_that_is_no_pdf_says_so() -> None:
    """With the next step."""
    with pytest.raises(UnreadableSourceError, match=r"a broken PDF .*fetch or save it again"):
        FallbackReader(b"%PDF-1.4 nothing")


def test_a_locked_file_says_so() -> None:
    """As pdfminer's reader does."""
    packed = io.BytesIO()
    canvas = Canvas(packed, encrypt=StandardEncryption("secret"))
    canvas.drawString(60, 800, "locked")
    canvas.save()
    with pytest.raises(UnreadableSourceError, match="locked by a password"):
        FallbackReader(packed.getvalue())
