"""The tree of an act: what is a part of it, what is only spoken of, and where each part ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.divisions import find_divisions
from tests.reading.metadata.papers import describe, paper

if TYPE_CHECKING:
    from indexer.records import CleanText, Division

ACT = """NGHỊ QUYẾT
Quy định mức hỗ trợ
Căn cứ Luật Mẫu;
Chương I
QUY ĐỊNH
CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị quyết này quy định mức hỗ trợ.
Điều 2. Đối tượng áp dụng
1. Hộ nghèo:
a) Ở miền núi;
b) Ở hải đảo;
c) Ở nơi khác;
d) Mới thoát nghèo;
đ) Có công;
e) Người cao tuổi.
2. Hộ cận nghèo.
Chương II
Tổ chức thực hiện
Mục 1
TRÁCH NHIỆM
Điều 3. Giao Ủy ban nhân dân tỉnh thực hiện.
Mục 2. GIÁM SÁT
Tiểu mục 1
CÁC BAN
Điều 4. Các ban giám sát.
Điều 4a. Tổ đại biểu giám sát.
Nghị quyết này đã được Hội đồng nhân dân tỉnh Mẫu khóa X thông qua.
Nơi nhận:
- Như Điều 4;
CHỦ TỊCH
Lê Văn Mẫu
"""


def read(text: str) -> tuple[CleanText, tuple[Division, ...]]:
    """Return the clean text and its divisions."""
    clean = clean_text(text)
    return clean, find_divisions(clean)


def names(divisions: tuple[Division, ...]) -> list[str]:
    """Return the divisions as "khoản 2 < điều 5", innermost first."""
    return [" < ".join(_path(divisions, index)) for index in range(len(divisions))]


def _path(divisions: tuple[Division, ...], index: int | None) -> list[str]:
    path = []
    while index is not None:
        path.append(f"{divisions[index].kind} {divisions[index].label}".strip())
        index = divisions[index].parent
    return path


def labels(divisions: tuple[Division, ...], kind: str) -> list[str]:
    """Return the labels of the divisions of a kind."""
    return [each.label for each in divisions if each.kind == kind]


def test_every_tier_stands_in_the_one_above() -> None:
    """Chapters hold sections, sections articles, articles clauses, clauses points."""
    _, divisions = read(ACT)
    assert names(divisions) == [
        "chương I",
        "điều 1 < chương I",
        "điều 2 < chương I",
        "khoản 1 < điều 2 < chương I",
        *(f"điểm {letter} < khoản 1 < điều 2 < chương I" for letter in "abcdđe"),
        "khoản 2 < điều 2 < chương I",
        "chương II",
        "mục 1 < chương II",
        "điều 3 < mục 1 < chương II",
        "mục 2 < chương II",
        "tiểu mục 1 < mục 2 < chương II",
        "điều 4 < tiểu mục 1 < mục 2 < chương II",
        "điều 4a < tiểu mục 1 < mục 2 < chương II",
    ]


def test_headings_stand_beside_or_under_the_number() -> None:
    """Capitals may take several lines; an article that is one sentence has no heading."""
    _, divisions = read(ACT)
    found = {f"{each.kind} {each.label}": each.heading for each in divisions}
    assert found["chương I"] == "QUY ĐỊNH CHUNG"
    assert found["chương II"] == "Tổ chức thực hiện"
    assert found["mục 2"] == "GIÁM SÁT"
    assert found["điều 1"] == "Phạm vi điều chỉnh"
    assert found["điều 3"] == found["khoản 1"] == ""


def test_a_division_ends_where_the_next_one_of_its_rank_begins() -> None:
    """The offsets are into the clean text, and the signature belongs to no article."""
    text, divisions = read(ACT)
    ends = {f"{each.kind} {each.label}": text[each.start : each.end] for each in divisions}
    assert ends["điểm đ"] == "đ) Có công;\n"
    assert ends["điều 1"].endswith("mức hỗ trợ.\n")
    assert ends["chương I"].endswith("2. Hộ cận nghèo.\n")
    assert ends["điều 4a"] == "Điều 4a. Tổ đại biểu giám sát."


CITED = {
    "a law behind the number": "theo quy định tại\nĐiều 2 Luật Đất đai và các luật khác.\n",
    "a line broken behind a number": "quy định tại khoản 5\nĐiều 2 của Nghị quyết này.\n",
    "a small letter": "Việc hỗ trợ nêu ở\nđiều 2. của quy chế.\n",
    "a list of articles": "Bãi bỏ\nĐiều 2, Điều 3 và Điều 4.\n",
    "a table of contents": "Điều 2. Hỗ trợ ............ 12\n",
    "a later article of another act": "Trích:\nĐiều 17. Mức thu phí\n",
    "an end of a sentence": "Theo quy định tại\nĐiều 2.\nkhi có thay đổi.\n",
}


@pytest.mark.parametrize("cited", CITED.values(), ids=CITED)
def test_an_article_that_is_cited_opens_none(cited: str) -> None:
    """A line may begin with "Điều 2" inside a sentence; the act's own count goes on."""
    text = f"Điều 1. Mức chi\n{cited}Điều 2. Thi hành\nNghị quyết có hiệu lực ngay.\n"
    clean, divisions = read(text)
    assert labels(divisions, "điều") == ["1", "2"]
    assert clean[divisions[-1].start :].startswith("Điều 2. Thi hành")


SPELLINGS = {
    "colon": "Điều 1: Mức chi\nA.\nĐiều 2: Thi hành\nB.",
    "capitals": "ĐIỀU 1. MỨC CHI\nA.\nĐIỀU 2. THI HÀNH\nB.",
    "no dot": "Điều 1 Mức chi\nA.\nĐiều 2 Thi hành\nB.",
    "alone on its line": "Điều 1\nMức chi\nA.\nĐiều 2\nThi hành\nB.",
    "OCR": "Điêu l. Mức chi\nA.\nDiéu 2. Thi hành\nB.",
    "bullets": "* Điều 1. Mức chi\nA.\n* Điều 2. Thi hành\nB.",
    "one line": "QUYẾT NGHỊ: Điều 1. Mức chi theo Điều 5. Điều 2. Thi hành ngay.",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_articles_are_spelled_in_many_ways(text: str) -> None:
    """Clerks, old scans and flattened pages all number their articles from one."""
    assert labels(read(text)[1], "điều") == ["1", "2"]


def test_a_lost_heading_leaves_a_gap_and_no_more() -> None:
    """OCR may lose an article's line; the next ones keep their own numbers."""
    text = "".join(f"Điều {number}. Tên\nNội dung.\n" for number in (1, 2, 4, 5))
    assert labels(read(text)[1], "điều") == ["1", "2", "4", "5"]


def test_an_extract_may_begin_late() -> None:
    """Pages print a chapter on its own; one single number proves nothing."""
    text = "".join(f"Điều {number}. Tên\nNội dung.\n" for number in (37, 38, 39, 40))
    assert labels(read(text)[1], "điều") == ["37", "38", "39", "40"]
    assert labels(read("Điều 37. Tên\nNội dung.\n")[1], "điều") == []


AMENDING = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị quyết số 5/2020/NQ-HĐND
1. Sửa đổi Điều 2 như sau:
“Điều 2. Mức chi
1. Hộ nghèo.
2. Hộ cận nghèo:
a) Miền núi;
b) Hải đảo”.
2. Bổ sung Điều 3 như sau:
"Điều 3. Nguồn “ngân sách” chi
1. Ngân sách tỉnh."
Điều 2. Thi hành
Có hiệu lực ngay.
"""


def test_new_wording_in_quotes_is_content() -> None:
    """An amending act quotes articles of another: they are no articles of its own."""
    _, divisions = read(AMENDING)
    assert names(divisions) == [
        "điều 1",
        "khoản 1 < điều 1",
        "khoản 2 < điều 1",
        "điều 2",
    ]


def test_new_wording_without_quotes_breaks_no_count() -> None:
    """Some acts set it off with a line "như sau:" alone."""
    text = (
        "Điều 1. Sửa đổi, bổ sung Điều 2 như sau:\nĐiều 2. Mức chi cũ\nA.\n"
        "Điều 2. Thi hành\nCó hiệu lực ngay."
    )
    clean, divisions = read(text)
    assert labels(divisions, "điều") == ["1", "2"]
    assert clean[divisions[1].start :].startswith("Điều 2. Thi hành")


def test_quotations_of_words_alone_are_no_wording() -> None:
    """Terms in quotes, closed or not, hide nothing of what follows."""
    text = 'Điều 1. Từ ngữ\n1. “Hộ” là nhà.\n“Chi” là tiêu.\n2. "Xã nghèo\nĐiều 2. Thi hành\nNgay.'
    assert names(read(text)[1]) == ["điều 1", "khoản 1 < điều 1", "khoản 2 < điều 1", "điều 2"]


def test_a_quotation_left_open_hides_no_article() -> None:
    """Clerks forget to close quotations; the act's next articles still count on."""
    text = (
        "Điều 1. Sửa Điều 7\n“Điều 7. Mức chi\n1. Hộ nghèo.\nĐiều 2. Sửa Điều 8\n"
        "“Điều 8. Nguồn chi”.\nĐiều 3. Thi hành\nNgay."
    )
    assert labels(read(text)[1], "điều") == ["1", "2", "3"]


def test_clauses_that_begin_anew_stay_out() -> None:
    """Which of two lists is meant nobody can tell, so neither is cited, nor its points."""
    text = (
        "Điều 1. Mức chi\n1. A:\na) X;\nb) Y.\n2. B.\nMẫu kê:\n1. C.\n2. D.\nĐiều 2. Thi hành\nE."
    )
    assert names(read(text)[1]) == ["điều 1", "điều 2"]


def test_roman_sections_of_an_article_are_its_sections() -> None:
    """A resolution that approves a plan numbers its parts so; they are cited "mục I Điều 1"."""
    text = (
        "Điều 1. Thông qua Đề án với các nội dung sau:\nI. MỤC TIÊU\n1. Chung.\n2. Riêng.\n"
        "II. GIẢI PHÁP\n1. Vốn.\n2. Đất.\nĐiều 2. Thi hành\nNgay."
    )
    _, divisions = read(text)
    assert "khoản 2 < mục II < điều 1" in names(divisions)
    assert [each.heading for each in divisions if each.kind == "mục"] == ["MỤC TIÊU", "GIẢI PHÁP"]


def test_an_ocr_slip_in_the_fifth_point_is_read() -> None:
    """OCR loses the bar of "đ)": a second "d)" stands for it."""
    text = "Điều 1. Mức chi\na) A;\nb) B;\nc) C;\nd) D;\nd) Đ;\ne) E."
    assert labels(read(text)[1], "điểm") == ["a", "b", "c", "d", "đ", "e"]


ATTACHED = (
    "Điều 1. Ban hành kèm theo Nghị quyết này Quy chế hoạt động.\nĐiều 2. Thi hành ngay.\n"
    "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\nLê Văn Mẫu\n"
)


def test_an_attached_regulation_counts_its_own_articles() -> None:
    """Its articles begin anew and stand under it, not under the act."""
    text = (
        f"{ATTACHED}QUY CHẾ\nHOẠT ĐỘNG CỦA TỔ ĐẠI BIỂU\n(Ban hành kèm theo Nghị quyết số 5)\n"
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nA.\nĐiều 2. Đối tượng\nB.\n"
        "PHỤ LỤC I\nDANH MỤC MẪU\n(Kèm theo Quy chế)\nMẫu số 01\nĐiều 1. Theo mẫu này\n"
    )
    _, divisions = read(text)
    assert names(divisions) == [
        "điều 1",
        "điều 2",
        "phụ lục",
        "chương I < phụ lục",
        "điều 1 < chương I < phụ lục",
        "điều 2 < chương I < phụ lục",
        "phụ lục I",
    ]
    assert divisions[2].heading == "QUY CHẾ HOẠT ĐỘNG CỦA TỔ ĐẠI BIỂU"
    assert divisions[-1].heading == "DANH MỤC MẪU"


def test_a_regulation_is_known_by_its_name_alone() -> None:
    """Some have no line that says what they were issued with."""
    _, divisions = read(f"{ATTACHED}QUY ĐỊNH\nVề mức chi\nĐiều 1. Phạm vi\nA.\nĐiều 2. Mức\nB.")
    assert names(divisions)[2:] == ["phụ lục", "điều 1 < phụ lục", "điều 2 < phụ lục"]


def test_appendices_are_told_from_those_an_article_lists() -> None:
    """A list of appendices in an article is no appendix: the articles go on behind it."""
    listed = (
        "Điều 1. Ban hành các phụ lục:\nPhụ lục I: Danh mục phí\nPhụ lục II: Danh mục giá\n"
        "Điều 2. Thi hành\nNgay.\nNơi nhận:\n- Như trên.\n"
    )
    assert labels(read(listed)[1], "phụ lục") == []
    last = "Điều 1. Chi\nA.\nĐiều 2. Ban hành:\nPhụ lục I: Danh mục\nNơi nhận:\n- Như trên.\n"
    assert labels(read(last)[1], "phụ lục") == []
    _, divisions = read(f"{listed}PHỤ LỤC 01\nBẢNG GIÁ\n1. Đất\nPhụ lục 02. Mức phí\n2. Phí\n")
    assert [(each.label, each.heading) for each in divisions if each.kind == "phụ lục"] == [
        ("01", "BẢNG GIÁ"),
        ("02", "Mức phí"),
    ]


NO_APPENDICES = {
    "a reference": "Mức chi nêu tại\nPhụ lục II ban hành kèm theo Nghị quyết này.",
    "a list": "Phụ lục I: Danh mục;",
    "a table of contents": "PHỤ LỤC I ............ 15",
    "a plural": "Phụ lục các biểu mẫu kèm theo",
}


@pytest.mark.parametrize("line", NO_APPENDICES.values(), ids=NO_APPENDICES)
def test_an_appendix_that_is_mentioned_is_none(line: str) -> None:
    """Only a heading opens an appendix."""
    assert read(f"BÁO CÁO\nKết quả\n{line}\n")[1] == ()


SECTIONS = {
    "glued headings": (
        "Chương INHỮNG QUY ĐỊNH\nĐiều 1. A\nB.\nChương IITHI HÀNH\nĐiều 2. C\nD.",
        "I II",
    ),
    "figures": ("Chương 1\nQUY ĐỊNH\nĐiều 1. A\nB.\nChương 2.\nTHI HÀNH\nĐiều 2. C\nD.", "1 2"),
    "glued figures": ("Chương 1CHUNG\nĐiều 1. A\nB.\nChương 2RIÊNG\nĐiều 2. C\nD.", "1 2"),
    "a mention": (
        "Chương I\nCHUNG\nĐiều 1. A\nB theo quy định tại\nChương II của Luật Mẫu.\nĐiều 2. C\nD.",
        "I",
    ),
    "inside an article": ("Điều 1. Thi\nVòng 1:\nChương I: Toán.\nĐề dài." + " Bài." * 200, ""),
    "an odd label": ("Chương Ixyz\nĐiều 1. A\nB.", ""),
    "leaders": ("Chương I. CHUNG ........ 3\nĐiều 1. A\nB.", ""),
}


@pytest.mark.parametrize(("text", "chapters"), SECTIONS.values(), ids=SECTIONS)
def test_chapters_have_an_article_right_below(text: str, chapters: str) -> None:
    """What reads like a chapter inside an article is its content."""
    assert " ".join(labels(read(text)[1], "chương")) == chapters


def test_parts_of_a_law_are_named_in_words_figures_or_letters() -> None:
    """The words "Phần thứ nhất" are cited as they are written."""
    words = "PHẦN THỨ NHẤT\nCHUNG\nĐiều 1. A\nB.\nPhần thứ hai\nRIÊNG\nĐiều 2. C\nD."
    assert labels(read(words)[1], "phần") == ["thứ nhất", "thứ hai"]
    letters = "Phần A.\nCHUNG\n1. Một\nPhần B.\nRIÊNG\n2. Hai"
    assert labels(read(letters)[1], "phần") == ["A", "B"]


def test_a_report_has_no_articles() -> None:
    """Its own numbering is not that of an act, and one heading makes no division."""
    report = "BÁO CÁO\nKết quả\nI. TÌNH HÌNH\n1. Chung\na) Thu\nII. GIẢI PHÁP\n1. Vốn\nMục 1. Thu\n"
    assert read(report)[1] == ()
    assert read("Sáng nay, hội nghị bàn về Điều 5 của Nghị quyết.")[1] == ()


def test_columns_of_a_table_end_an_act_too() -> None:
    """Word files set recipients and signature in a table."""
    text = "Điều 1. Chi\nA.\nĐiều 2. Thi hành\nB.\n|Nơi nhận: |CHỦ TỊCH |\n|- Như trên | |\nBảng kê"
    clean, divisions = read(text)
    assert clean[divisions[-1].start : divisions[-1].end] == "Điều 2. Thi hành\nB."


def test_the_record_of_a_paper_has_its_divisions() -> None:
    """A report of the news has none, whatever it quotes."""
    found = describe(paper(body="Điều 1. Thông qua bảng giá.\nĐiều 2. Thi hành ngay."))
    assert names(found.divisions) == ["điều 1", "điều 2"]
    assert found.text[found.divisions[0].start :].startswith("Điều 1.")
    news = "Sáng 10/7/2023, HĐND tỉnh Phú Yên khai mạc kỳ họp.\nĐiều 1. Vui\nA.\nĐiều 2. Khỏe\nB."
    assert describe(news).divisions == ()


def test_an_article_of_points_keeps_its_heading() -> None:
    """A point's letter is no small letter that goes on with the heading."""
    _, found = read("Điều 1. Tổ biên tập\na) Viết bài;\nb) Chụp ảnh.\nđ) Đăng.\nĐiều 2. Hết.")
    assert found[0].heading == "Tổ biên tập"


CLOSINGS = {
    "what a bare heading says": (
        "Điều 2. Hiệu lực thi hành",
        "Hiệu lực thi hành",
        "9 tháng 7 năm 2024.",
    ),
    "behind an article": ("Điều 2. Giao các ban giám sát.", "", "các ban giám sát."),
    "behind two lines": ("Điều 2. Giám sát\nGiao các ban.", "Giám sát", "Giao các ban."),
}


@pytest.mark.parametrize(("article", "heading", "said"), CLOSINGS.values(), ids=CLOSINGS)
def test_the_closing_formula_is_an_article_s_only_words_or_none_of_its(
    article: str, heading: str, said: str
) -> None:
    """Many acts come into effect in that formula, under an article's heading."""
    formula = "Nghị quyết này được Hội đồng nhân dân tỉnh Mẫu thông qua ngày 9 tháng 7 năm 2024."
    text, found = read(f"Điều 1. Chi.\n{article}\n{formula}\nCHỦ TỊCH\nLê Văn Mẫu\n")
    assert found[-1].heading == heading
    assert text[found[-1].start : found[-1].end].rstrip().endswith(said)


def test_an_attached_plan_has_parts_without_articles() -> None:
    """A scheme is cited by its phần; a lone one may be anything."""
    _, found = read(
        "Điều 1. Thông qua Đề án.\nĐiều 2. Thi hành.\nCHỦ TỊCH\nLê Văn Mẫu\nĐỀ ÁN\n"
        "PHÁT TRIỂN CHỢ\n(Kèm theo Nghị quyết số 12)\nPhần thứ nhất\nSỰ CẦN THIẾT\nMột.\n"
        "Phần thứ hai\nNỘI DUNG\nHai.\n"
    )
    assert names(found)[-2:] == ["phần thứ nhất < phụ lục", "phần thứ hai < phụ lục"]


@pytest.mark.parametrize("name", ["BIỂU VỐN ĐẦU TƯ", "MẪU LỊCH HỌP", "PHẦN VIỆC CÁC BAN"])
def test_a_name_that_begins_as_a_label_does_is_a_heading(name: str) -> None:
    """“BIỂU V” opens a name here and would be a label with a numeral alone behind it."""
    _, found = read(f"Điều 1. Một.\nĐiều 2. Hai.\nCHỦ TỊCH\nLê Văn Mẫu\nPHỤ LỤC 02\n{name}\nMột.")
    assert (found[-1].label, found[-1].heading) == ("02", name)
