"""What a page draws: turned text, hidden text, doubles, too much of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from indexer.reading.extract import pdf_device
from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.pdf_device import Drawing, OverfullPageError, PageReader

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]

LINES = ["Điều 1. Quy định mức thu phí.", "Điều 2. Tổ chức thực hiện.", "Điều 3. Hiệu lực."]


def draw(data: bytes) -> Drawing:
    """Return what the only page draws."""
    page = next(iter(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))))
    return PageReader().read_page(page)


def turned_lines(quarters: int) -> list[tuple[float, float, int, str]]:
    """Return the lines as they stand on a page whose content was turned."""
    starts = {
        0: [(60.0, 800.0 - 16 * at) for at in range(3)],
        1: [(100.0 + 16 * at, 60.0) for at in range(3)],
        2: [(500.0, 100.0 + 16 * at) for at in range(3)],
        3: [(500.0 - 16 * at, 800.0) for at in range(3)],
    }[quarters]
    return [(x, y, quarters, text) for (x, y), text in zip(starts, LINES, strict=True)]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_turned_text_is_read_in_order(
    make_pdf: Make, make_placed_page: Make, quarters: int
) -> None:
    """A table laid across the paper, or a page bound upside down, reads as any other."""
    page = make_placed_page(turned=turned_lines(quarters))
    assert extract_pdf(make_pdf(page)).pages[0].split("\n") == LINES


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_viewers_turn_is_read_in_order(
    make_pdf: Make, make_placed_page: Make, quarters: int
) -> None:
    """The file says by how much, and the text was drawn to be upright after that."""
    page = make_placed_page(turned=turned_lines(quarters), rotate=90 * quarters)
    assert extract_pdf(make_pdf(page)).pages[0].split("\n") == LINES


def test_a_landscape_page_swaps_its_sides(make_pdf: Make, make_placed_page: Make) -> None:
    """Widths are those of the page as it is read."""
    drawing = draw(make_pdf(make_placed_page(turned=turned_lines(1))))
    assert (drawing.width, drawing.height) == (842, 595)
    drawing = draw(make_pdf(make_placed_page(turned=turned_lines(2))))
    assert (drawing.width, drawing.height) == (595, 842)


def test_text_that_runs_up_the_side_comes_last(make_pdf: Make, make_placed_page: Make) -> None:
    """The head of a narrow column is content, but belongs to no line."""
    lines = [(60.0, 800.0 - 16 * at, text) for at, text in enumerate(LINES)]
    page = make_placed_page(lines, turned=[(300, 300, 1, "Ghi chú bên lề")])
    assert extract_pdf(make_pdf(page)).pages[0].split("\n") == [*LINES, "Ghi chú bên lề"]


def test_hidden_words_beside_visible_text_are_no_content(
    make_pdf: Make, make_placed_page: Make
) -> None:
    """Nobody is meant to read them."""
    lines = [(60.0, 800.0 - 16 * at, text) for at, text in enumerate(LINES)]
    page = make_placed_page(lines, hidden=[(60, 700, "từ khóa ẩn")])
    assert extract_pdf(make_pdf(page)).pages[0].split("\n") == LINES


def test_text_off_the_page_is_no_content(make_pdf: Make, make_placed_page: Make) -> None:
    """Cut marks and leftovers of a layout stand there."""
    page = make_placed_page([(60, 800, LINES[0]), (700, 700, "ngoài lề"), (60, -40, "dưới lề")])
    assert extract_pdf(make_pdf(page)).pages[0] == LINES[0]


def test_letters_printed_twice_to_look_bold_are_read_once(
    make_pdf: Make, make_placed_page: Make
) -> None:
    """The second print stands a hair beside the first; letters that repeat in a word stay."""
    line = "NGHỊ QUYẾT SSố: 11/NN"
    page = make_placed_page([(60, 800, line), (60.4, 800, line)])
    assert extract_pdf(make_pdf(page)).pages[0] == line


@pytest.mark.parametrize("limit", ["_MOST_LETTERS", "_MOST_SHAPES"])
def test_an_overfull_page_is_given_up(
    make_pdf: Make, make_page: Make, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """A drawing of a hundred thousand strokes would take minutes."""
    monkeypatch.setattr(pdf_device, limit, 20)
    with pytest.raises(OverfullPageError, match="more than 20"):
        draw(make_pdf(make_page("Hội đồng nhân dân tỉnh Mẫu", shapes=30)))


def test_a_letter_without_a_meaning_is_marked_as_lost(make_pdf: Make, make_page: Make) -> None:
    """So that a page of them is known as garbage."""
    data = make_pdf(make_page("Số ", raw=b"BT /F 12 Tf 90 800 Td <fe> Tj ET\n"))
    assert extract_pdf(data).scans == (0,)


def test_a_hidden_stamp_is_no_stamp(make_pdf: Make, make_page: Make) -> None:
    """Its flag says that viewers don't show it."""
    data = make_pdf(make_page(*LINES, stamps=[(300, 100, "Ký bởi: Văn phòng")]))
    assert len(draw(data).stamps) == 1
    assert draw(data.replace(b"/F 132", b"/F 134")).stamps == []
