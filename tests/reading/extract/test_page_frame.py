"""Running heads and page numbers."""

from __future__ import annotations

import pytest

from indexer.reading.extract.page_frame import strip_page_frames

LINES = (("một", "hai", "ba"), ("bốn", "năm", "sáu"), ("bảy", "tám", "chín"))


@pytest.mark.parametrize(
    "number", ["2", "- 2 -", "Trang 2/5", "trang 2", "2/5", "– 2 –", "Page 2 of 5"]
)
def test_a_page_number_is_no_content(number: str) -> None:
    """Above or below the text, in whatever form."""
    assert strip_page_frames([[number, *LINES[0]], [*LINES[1], number]]) == (
        ["\n".join(LINES[0]), "\n".join(LINES[1])],
        "",
    )


@pytest.mark.parametrize("line", ["Điều 2", "2024", "12.", "2 tỷ đồng"])
def test_a_line_with_a_number_is_content(line: str) -> None:
    """Only bare page numbers go; a year in mid-page is none."""
    assert strip_page_frames([["a", line, "b"]]) == ([f"a\n{line}\nb"], "")


def test_a_running_foot_is_no_content() -> None:
    """Its page number may change from page to page."""
    pages = [[*lines, f"Nghị quyết 12 | {at}"] for at, lines in enumerate(LINES)]
    texts, frame = strip_page_frames(pages)
    assert texts == ["\n".join(lines) for lines in LINES]
    assert frame.split("\n")[0] == "Nghị quyết 12 | 0"


def test_numbered_items_at_the_top_of_pages_are_content() -> None:
    """They look alike but for their numbers."""
    pages = [[f"Điều {at}. Bãi bỏ", *lines] for at, lines in enumerate(LINES)]
    assert strip_page_frames(pages) == (["\n".join(lines) for lines in pages], "")


def test_a_page_number_under_a_running_head_is_no_content() -> None:
    """Only the page's own number is one there."""
    pages = [["Mật", "1", *LINES[0]], ["Mật", "2", *LINES[1]], [*LINES[2], "7", "Mật"]]
    texts, frame = strip_page_frames(pages)
    assert texts == ["\n".join(lines) for lines in (*LINES[:2], (*LINES[2], "7"))]
    assert frame == "Mật"


def test_two_pages_are_too_few_for_a_running_line() -> None:
    """Two forms may well start alike."""
    pages = [["Biểu mẫu", *lines] for lines in LINES[:2]]
    assert strip_page_frames(pages)[1] == ""


def test_cells_that_repeat_are_content_at_the_edge_of_a_page_too() -> None:
    """A table repeats them wherever a page happens to break; a running head stands at edges."""
    rows = [f"lượng nước từ {at}0 đến" for at in range(1, 4)]
    pages = [["Công báo số 5", *LINES[at], rows[at], "b", LINES[at][0], rows[0]] for at in range(3)]
    texts, frame = strip_page_frames(pages)
    assert texts == ["\n".join(page[1:]) for page in pages]
    assert frame == "Công báo số 5"
