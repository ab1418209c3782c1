"""Lines are joined into paragraphs where the page broke them, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.reading.extract.paragraphs import join_paragraphs
from indexer.reading.extract.pdf_columns import PlacedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER = 6.0
PITCH = 16.0
LEFT, INDENT = 60.0, 90.0
WIDTH = 74
FILL = "các cơ quan của tỉnh tổ chức thực hiện theo đúng quy định của pháp luật hiện"
"""A line that reaches the right margin from the left one."""


def line(text: str, row: float, left: float = LEFT) -> PlacedLine:
    """Return a line at a row counted from above, in letters of one width."""
    return PlacedLine(text, left, left + LETTER * len(text), 800 - PITCH * row)


def centred(text: str, row: float) -> PlacedLine:
    """Return a line in the middle of the page."""
    return line(text, row, LEFT + LETTER * (len(FILL) - len(text)) / 2)


def page(*lines: tuple[str, float] | str) -> list[PlacedLine]:
    """Return rows at their left edges."""
    rows = [(row, LEFT) if isinstance(row, str) else row for row in lines]
    return [line(text, at, left) for at, (text, left) in enumerate(rows)]


def full(start: str) -> str:
    """Return a line with this start that reaches the right margin."""
    return f"{start} {FILL}"[: len(FILL)].rstrip() + "n"


# Lines that give a page its margins and its indent.
BODY = [
    (f"Mở đầu {FILL}"[: len(FILL) - 5], INDENT),
    (FILL, LEFT),
    (FILL, LEFT),
    (FILL, LEFT),
    ("hành.", LEFT),
]


def tail(lines: Sequence[PlacedLine]) -> list[str]:
    """Return the paragraphs after those of BODY."""
    return join_paragraphs(lines)[1:]


def test_a_wrapped_sentence_is_one_paragraph() -> None:
    """From the indented first line to the short last one."""
    assert len(join_paragraphs(page(*BODY))) == 1


def test_pixels_do_as_well_as_points() -> None:
    """All measures are shares of the page's own."""
    lines = page(*BODY, ("Điều 1. Một", INDENT), ("Đoạn khác", INDENT))
    scaled = [PlacedLine(x.text, x.left * 4, x.right * 4, x.top * 4) for x in lines]
    assert join_paragraphs(scaled) == join_paragraphs(lines)
    assert len(join_paragraphs(scaled)) == 3


@pytest.mark.parametrize(
    "item",
    [
        "1. Mức thu",
        "2.1. Mức thu",
        "a) mức thu",
        "đ) mức thu",
        "- Mức thu",
        "– Mức thu",
        "+ mức thu",
        "• mức thu",
        "(1) Mức thu",
        "Điều 2. Mức thu",
        "Điều 2: Mức thu",
        "Khoản 3. Mức thu",
        "Chương II",
        "CHƯƠNG II",
        "Mục 1",
        "Mục 1 MỨC THU",
        "Phần thứ nhất",
        "II. Mức thu",
        "Căn cứ Luật Phí",
        "Xét Tờ trình",
        "Nơi nhận:",
        "Kính gửi: Sở Tài chính",
        "Số: 12/NQ-HĐND",
        "QUYẾT NGHỊ:",
        "KHÓA XIX, KỲ HỌP THỨ NĂM",
        "CHỦ TỊCH",
        "________",
    ],
)
@pytest.mark.parametrize("before", [FILL, FILL[:-1] + ",", FILL[:-1] + ";"])
def test_an_item_starts_a_paragraph(item: str, before: str) -> None:
    """Whatever stands before it, and however far to the right that reaches."""
    assert tail(page(*BODY, (before, LEFT), (item, LEFT)))[-1] == item


def test_a_dash_inside_a_phrase_goes_on() -> None:
    """Its line is full and not ended, and it stands at the margin where items are indented."""
    lines = page(*BODY, (f"Phát triển {FILL}"[: len(FILL)], INDENT), ("- xã hội của tỉnh.", LEFT))
    assert tail(lines)[-1].endswith(" - xã hội của tỉnh.")
    listed = lines[-2]._replace(text=lines[-2].text[:-1] + ",")
    assert tail([*lines[:-2], listed, lines[-1]])[-1] == "- xã hội của tỉnh."


def test_a_cited_article_goes_on() -> None:
    """Only "Điều 5." with its stop is a heading."""
    lines = page(*BODY, (full("Theo quy định tại"), INDENT), ("Điều 5 Luật Phí và lệ phí.", LEFT))
    assert tail(lines)[-1].endswith(" Điều 5 Luật Phí và lệ phí.")


def test_an_indented_line_starts_a_paragraph() -> None:
    """Even where the one before happens to be full."""
    lines = page(*BODY, (full("Đoạn trước"), INDENT), ("Đoạn sau có thụt đầu dòng", INDENT + 1))
    assert len(tail([*lines[:-1], lines[-1]._replace(left=INDENT + 20)])) == 2


def test_a_sentence_that_ends_at_the_margin_goes_on_at_the_left() -> None:
    """Paragraphs of this page start further in."""
    ended = FILL[:-1] + "."
    assert len(join_paragraphs(page((full("Mở"), INDENT), ended, FILL, FILL, "Câu sau."))) == 1


def test_without_indents_an_ended_line_ends_its_paragraph() -> None:
    """It may be full by chance."""
    ended = FILL[:-1] + "."
    assert len(join_paragraphs(page(FILL, ended, FILL, FILL, "hết."))) == 2


def test_a_short_line_ends_its_paragraph() -> None:
    """The next word would have had room in it."""
    assert tail(page(*BODY, ("Tên gọi của đề án", LEFT), ("Mục tiêu chung", LEFT))) == [
        "Tên gọi của đề án",
        "Mục tiêu chung",
    ]


def test_a_small_letter_goes_on_with_a_hand_broken_line() -> None:
    """Subjects are centred and broken where they look best."""
    lines = [centred("Quy định mức thu phí", 0), centred("trên địa bàn tỉnh Mẫu", 1)]
    assert join_paragraphs(lines) == ["Quy định mức thu phí trên địa bàn tỉnh Mẫu"]


def test_a_last_word_under_an_indented_line_goes_on() -> None:
    """Though nothing of the two lines stands above the other."""
    lines = page(*BODY, (FILL, INDENT), ("thu", LEFT))
    assert tail(lines) == [f"{FILL} thu"]


def test_a_wrapped_title_in_capitals_is_one_line() -> None:
    """Both lines are wide, in capitals, and have one axis."""
    title = ["MỨC THU PHÍ THẨM ĐỊNH HỒ SƠ CẤP GIẤY PHÉP KHAI THÁC", "TRÊN ĐỊA BÀN TỈNH MẪU"]
    lines = [*page(*BODY), *(centred(text, 6 + at) for at, text in enumerate(title))]
    assert tail(lines) == [" ".join(title)]


@pytest.mark.parametrize(
    "pair",
    [
        ("NGHỊ QUYẾT", "MỨC THU PHÍ THẨM ĐỊNH HỒ SƠ"),
        ("NGHỊ QUYẾT", "Về mức thu phí thẩm định"),
        ("HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"),
        ("CHƯƠNG I", "QUY ĐỊNH CHUNG"),
        ("Chương I", "quy định chung"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ("Độc lập - Tự do - Hạnh phúc", "Mẫu, ngày 5 tháng 7 năm 2023"),
        ("PHÍ THẨM ĐỊNH HỒ SƠ CẤP GIẤY PHÉP KHAI THÁC NƯỚC", "VỀ VIỆC GIAO NHIỆM VỤ"),
        ("________", "và các cơ quan"),
    ],
)
def test_letterheads_and_titles_keep_their_lines(pair: tuple[str, str]) -> None:
    """Each line of them says a thing of its own."""
    lines = [*page(*BODY), centred(pair[0], 6), centred(pair[1], 7)]
    assert tail(lines) == list(pair)


def test_cells_of_a_row_are_not_joined() -> None:
    """They stand beside each other, not below."""
    cells = [line("Phí thẩm định", 6), line("đồng/hồ sơ", 6, 250), line("năm mươi nghìn", 6, 400)]
    assert tail([*page(*BODY), *cells]) == ["Phí thẩm định", "đồng/hồ sơ", "năm mươi nghìn"]


def test_rows_of_a_table_are_not_joined() -> None:
    """Their cells are parted by tabs, however small their letters."""
    rows = [line("1\tphí thẩm định\tđồng/hồ sơ", 6), line("và lệ phí\tđồng", 7), line("khác", 8)]
    assert tail([*page(*BODY), *rows]) == [row.text for row in rows]


def test_distant_lines_are_not_joined() -> None:
    """A wide gap stands between them."""
    assert len(tail([*page(*BODY), line("Phí thẩm định", 6), line("trên địa bàn", 9)])) == 2


def test_a_hanging_item_goes_on() -> None:
    """Its lines start where the text of its first one does."""
    lines = page(*BODY, (f"- {FILL}"[: len(FILL)], LEFT), ("Ủy ban nhân dân tỉnh.", LEFT + 12))
    assert tail(lines)[-1].endswith(" Ủy ban nhân dân tỉnh.")


def test_a_list_of_names_goes_on_after_its_comma() -> None:
    """Narrow columns of recipients have no full lines to tell by."""
    assert tail(page(*BODY, "- Các ông: Nguyễn Văn Mẫu,", "Trần Văn Mẫu;")) == [
        "- Các ông: Nguyễn Văn Mẫu, Trần Văn Mẫu;"
    ]


def test_an_abbreviation_may_end_a_sentence() -> None:
    """A short line of capitals at the margin under a full one is no heading."""
    assert tail(page(*BODY, (full("Giao"), INDENT), "HĐND."))[-1].endswith("n HĐND.")
    assert tail(page(*BODY, (full("Giao"), INDENT), "PHÍ THẨM ĐỊNH HỒ SƠ"))[-1] == (
        "PHÍ THẨM ĐỊNH HỒ SƠ"
    )


def test_a_broken_number_is_joined_without_a_space() -> None:
    """A line ends behind its stroke."""
    start = f"Bãi bỏ {FILL}"[: len(FILL) - 8] + " 12/2023/"
    assert tail(page(*BODY, (start, LEFT), ("NQ-HĐND của tỉnh", LEFT)))[-1].endswith(
        "12/2023/NQ-HĐND của tỉnh"
    )


def test_no_lines_give_no_paragraphs() -> None:
    """Nor do empty ones."""
    assert join_paragraphs([]) == join_paragraphs([line("  ", 0)]) == []
