"""Each page by the reader that gets most out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract import pdf_pages
from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.pdf_columns import PlacedLine
from indexer.reading.extract.pdf_fallback import FallbackReader
from indexer.reading.extract.pdf_layout import LayoutReader, PageLayout
from indexer.reading.extract.pdf_pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]

BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Xét Tờ trình của Ủy ban nhân dân tỉnh về mức thu phí;",
    "Điều 1. Quy định mức thu phí thẩm định hồ sơ.",
)
BROKEN = b"q [ /Broken Do\nBT (unclosed Tj ET\n1 0 0 rg\n" + b"<<" * 3000


def texts_of(layouts: list[PageLayout]) -> list[list[str]]:
    """Return the lines' texts of each page."""
    return [[line.text for line in page.lines] for page in layouts]


def refuse(*_: object) -> PageLayout:
    """Fail as pdfminer does on broken pages."""
    raise IndexError("list index out of range")


def test_a_file_without_pages_says_so(make_pdf: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether PDFium refuses such a file or opens it."""
    with pytest.raises(UnreadableSourceError, match="broken PDF"):
        read_pages(make_pdf())
    monkeypatch.setattr(FallbackReader, "__init__", lambda *_: None)
    monkeypatch.setattr(FallbackReader, "count_pages", lambda _: 0)
    with pytest.raises(UnreadableSourceError, match="without pages"):
        read_pages(make_pdf())


def test_pdfminer_reads_what_it_can(make_pdf: Make, make_page: Make) -> None:
    """PDFium is asked for nothing then."""
    pages, readers = read_pages(make_pdf(make_page(*BODY)))
    assert (texts_of(pages), readers) == ([list(BODY)], ("pdfminer.six",))


def test_pdfium_reads_pages_that_pdfminer_cannot(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their order, with the letterhead unfolded, and the method says so."""
    data = make_pdf(make_page(*BODY), make_page("HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"))
    monkeypatch.setattr(LayoutReader, "read_page", refuse)
    assert texts_of(read_pages(data)[0]) == [list(BODY), ["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"]]
    assert extract_pdf(data).method.startswith("pypdfium2 ")


def test_a_damaged_page_is_not_lost(make_pdf: Make, make_page: Make) -> None:
    """What the file still holds is given, and the pages around it are untouched."""
    pages, _ = read_pages(make_pdf(make_page(*BODY), make_page(BODY[0], raw=BROKEN)))
    assert texts_of(pages) == [list(BODY), [BODY[0]]]


def test_what_nobody_can_read_counts_as_a_picture(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the record lists it as unread."""
    monkeypatch.setattr(LayoutReader, "read_page", refuse)
    monkeypatch.setattr(FallbackReader, "read_page", _cannot)
    assert extract_pdf(make_pdf(make_page(*BODY))).scans == (0,)


def test_a_file_whose_catalogue_pdfminer_cannot_find_is_read(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PDFium opens files that are broken in ways browsers forgive."""
    monkeypatch.setattr(pdf_pages, "open_pages", refuse)
    pages, readers = read_pages(make_pdf(make_page(*BODY)))
    assert (texts_of(pages), readers) == ([list(BODY)], ("pypdfium2",))


def test_a_slow_file_is_finished_by_pdfium(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is four times as fast."""
    monkeypatch.setattr(pdf_pages, "_SECONDS", -0.1)
    pages, readers = read_pages(make_pdf(*(make_page(line) for line in BODY)))
    assert texts_of(pages) == [[line] for line in BODY]
    assert "pypdfium2" in readers


def test_a_page_of_too_many_lines_is_read_by_pdfium(make_pdf: Make, make_placed_page: Make) -> None:
    """Pdfminer takes the square of their number, and no page people wrote has as many."""
    scattered = [(20 + at * 37 % 550, 840 - at * 61 % 820, "đ") for at in range(1800)]
    pages, readers = read_pages(make_pdf(make_placed_page(scattered)))
    assert readers == ("pypdfium2",)
    assert "".join(line.text for line in pages[0].lines).count("đ") > 1700


def test_running_out_of_memory_is_never_hidden(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sandbox has a reason of its own for it."""

    def exhaust(*_: object) -> PageLayout:
        raise MemoryError

    monkeypatch.setattr(LayoutReader, "read_page", exhaust)
    with pytest.raises(MemoryError):
        read_pages(make_pdf(make_page(*BODY)))


def test_old_letters_of_unnamed_fonts_are_decoded_by_content(
    make_pdf: Make, make_page: Make
) -> None:
    """Printer drivers rename fonts; TCVN3 then shows as Western letters."""
    old = [
        "Héi ®ång nh©n d©n tØnh quyÕt nghÞ vÒ møc thu phÝ thÈm ®Þnh hå s¬",
        "ñy ban nh©n d©n tØnh",
    ]
    pages, _ = read_pages(make_pdf(make_page(*old)))
    assert texts_of(pages) == [
        ["Hội đồng nhân dân tỉnh quyết nghị về mức thu phí thẩm định hồ sơ", "ủy ban nhân dân tỉnh"]
    ]


@pytest.mark.parametrize("better", [True, False])
def test_the_better_reading_of_a_doubtful_page_is_taken(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch, *, better: bool
) -> None:
    """The one with more valid words; a page in English stays as it was read."""
    doubtful = ["Nuoc Xq Hpi Wyt Chp Nghxa Vipt Nam quyzt djnh wer tyu"] * 2
    other = BODY if better else ["wx yz"]
    layout = PageLayout([PlacedLine(text, 0, 9, 0) for text in other], [], 0.0)
    monkeypatch.setattr(FallbackReader, "read_page", lambda *_: layout)
    pages, readers = read_pages(make_pdf(make_page(*doubtful)))
    assert texts_of(pages) == [list(BODY) if better else doubtful]
    assert ("pypdfium2" in readers) is better


def test_a_doubtful_page_that_pdfium_cannot_read_stays(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some text is better than none."""
    monkeypatch.setattr(FallbackReader, "read_page", _cannot)
    english = [
        "The fees for the appraisal of applications are set by this resolution of council"
    ] * 2
    assert texts_of(read_pages(make_pdf(make_page(*english)))[0]) == [english]


def _cannot(*_: object) -> PageLayout:
    raise UnreadableSourceError("a broken PDF")


def test_columns_in_old_letters_are_told_once_decoded(
    make_pdf: Make, make_placed_page: Make
) -> None:
    """Only decoded, a motto is one."""
    rows = [
        (60, 800, "HOÄI ÑOÀNG NHAÂN DAÂN"),
        (300, 800, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"),
        (60, 780, "HUYEÄN MAÃU"),
        (340, 780, "Ñoäc laäp - Töï do - Haïnh phuùc"),
        (60, 700, "Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông vaø Luaät Ngaân saùch"),
    ]
    pages, _ = read_pages(make_pdf(make_placed_page(rows)))
    assert texts_of(pages)[0][:4] == [
        "HỘI ĐỒNG NHÂN DÂN",
        "HUYỆN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
