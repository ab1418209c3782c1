"""Legal bases: the clauses of the preamble, and nothing that is cited later."""

from __future__ import annotations

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.bases import find_bases
from tests.reading.metadata.papers import describe, paper

PREAMBLE = (
    "NGHỊ QUYẾT\nVề việc quy định mức chi\nHỘI ĐỒNG NHÂN DÂN TỈNH MẪU\n"
    "Căn cứ Luật Mẫu ngày 19 tháng 6 năm 2015;\n"
    "Căn cứ Luật Ví dụ số 83/2015/QH13 ngày 25 tháng 6 năm 2015, đã được sửa đổi, bổ sung theo"
    " Luật số 59/2020/QH14 ngày 17 tháng 6 năm 2020;\n"
    "Căn cứ khoản 2 Điều 5 Nghị định số 163/2016/NĐ-CP ngày 21/12/2016 của Chính phủ;\n"
    "Xét Tờ trình số 15/TTr-UBND ngày 02/7/2023 của Ủy ban nhân dân tỉnh về mức chi; Báo cáo thẩm"
    " tra số 8/BC-BPC ngày 05 tháng 7 năm 2023 của Ban Pháp chế; ý kiến thảo luận của đại biểu.\n"
    "QUYẾT NGHỊ:\nĐiều 1. Chi theo quy định.\nCăn cứ Quyết định số 9/QĐ-TTg, các ban thi hành.\n"
)


def read(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """Return kind, number and day of every basis."""
    return [(each.kind, each.number, each.issued_on) for each in find_bases(clean_text(text))]


WANTED = [
    ("luật", None, "2015-06-19"),
    ("luật", "83/2015/QH13", "2015-06-25"),
    ("nghị định", "163/2016/NĐ-CP", "2016-12-21"),
    ("tờ trình", "15/TTr-UBND", "2023-07-02"),
    ("báo cáo thẩm tra", "8/BC-BPC", "2023-07-05"),
]


def test_every_act_of_the_preamble_is_a_basis() -> None:
    """One clause may name several; number and day are the cited act's, not its amendment's."""
    assert read(PREAMBLE) == WANTED


def test_a_basis_is_quoted_without_its_opening() -> None:
    """The place is where the clause begins, with "Căn cứ"."""
    text = clean_text(PREAMBLE)
    found = find_bases(text)
    assert found[0].text == "Luật Mẫu ngày 19 tháng 6 năm 2015"
    assert text[found[0].start :].startswith("Căn cứ Luật Mẫu")
    assert found[3].text.startswith("Xét Tờ trình số 15/TTr-UBND")
    assert text[found[4].start :].startswith("Báo cáo thẩm tra")


TORN = {
    "broken lines": PREAMBLE.replace(" ngày ", "\nngày ").replace(" của ", "\ncủa "),
    "one line": PREAMBLE.replace("\n", " "),
    "bullets": PREAMBLE.replace("\nCăn cứ L", "\n- Căn cứ L"),
    "blank lines": PREAMBLE.replace("\n", "\n\n"),
    "OCR": PREAMBLE.replace("Căn cứ", "Can cứ").replace("QUYẾT NGHỊ:", "QUYẾT NGHỊ"),
}


@pytest.mark.parametrize("text", TORN.values(), ids=TORN)
def test_a_torn_preamble_is_read_alike(text: str) -> None:
    """Lines broken in a clause, run together, or damaged by OCR give the same bases."""
    assert read(text) == WANTED


ENDS = {
    "enacting words in small letters": (
        "Căn cứ Luật Mẫu;\nTheo đề nghị của Vụ Mẫu,\nBộ trưởng ban hành Thông tư.\nCăn cứ Luật B;",
        ["Luật Mẫu", "Theo đề nghị của Vụ Mẫu"],
    ),
    "a line of its own": ("Căn cứ Luật Mẫu;\nCHÍNH PHỦ\nCăn cứ Luật Khác;", ["Luật Mẫu"]),
    "the first article": ("Căn cứ Luật Mẫu,\nĐiều 1. Chi.\nCăn cứ Luật Khác;", ["Luật Mẫu"]),
    "a sentence": ("Căn cứ Luật Mẫu.\nTình hình như sau.\nCăn cứ Luật Khác;", ["Luật Mẫu"]),
    "one more act": (
        "Căn cứ Luật Mẫu;\nLuật sửa đổi Luật Mẫu;\nQUYẾT ĐỊNH:",
        ["Luật Mẫu", "Luật sửa đổi Luật Mẫu"],
    ),
    "who reports": (
        "Căn cứ Kế hoạch số 5/KH-HĐND ngày 1/2/2024, Ban Pháp chế báo cáo kết quả như sau:\nA.",
        ["Kế hoạch số 5/KH-HĐND ngày 1/2/2024"],
    ),
    "nothing at all": ("Căn cứ \nQUYẾT ĐỊNH:", []),
    "behind the first article": ("Điều 1. Chi.\nCăn cứ Luật Khác;", []),
    "far down": ("Tình hình.\n" * 900 + "Căn cứ Luật Khác;", []),
    "endless": ("Căn cứ Luật Mẫu " + "và quy định khác\n" * 200, None),
}


@pytest.mark.parametrize(("text", "wanted"), ENDS.values(), ids=ENDS)
def test_the_preamble_ends_where_the_body_begins(text: str, wanted: list[str] | None) -> None:
    """What enacts, reports or stands alone is no clause; a clause has a longest length."""
    found = [each.text for each in find_bases(clean_text(text))]
    if wanted is None:
        assert len(found) == 1
        assert len(found[0]) < 2000
    else:
        assert found == wanted


def test_a_kind_is_read_before_the_number_too() -> None:
    """A proposal names its paper at the end; what is no known kind has none."""
    text = (
        "Căn cứ Hiến pháp năm 2013;\nCăn cứ Sổ tay số 102-SL/L004;\n"
        "Xét đề nghị của Giám đốc Sở Mẫu tại Công văn số 35/SM-VP ngày 24/6/2010,\nQUYẾT ĐỊNH:"
    )
    assert read(text) == [
        ("hiến pháp", None, None),
        (None, None, None),
        ("công văn", "35/SM-VP", "2010-06-24"),
    ]


def test_a_day_far_from_the_number_is_anothers() -> None:
    """Only the day beside the number is the cited act's."""
    text = "Căn cứ Quyết định số 5/QĐ-UBND của Ủy ban nhân dân về việc thi hành từ ngày 1/2/2020;"
    assert read(text) == [("quyết định", "5/QĐ-UBND", None)]


def test_only_papers_have_bases() -> None:
    """The record of an act has them; news may open a sentence so and have none."""
    found = describe(paper())
    assert [each.issued_on for each in found.bases] == ["2015-06-19"]
    news = "Sáng 10/7/2023, HĐND tỉnh Phú Yên họp.\nCăn cứ Luật Mẫu, các đại biểu thảo luận."
    assert describe(news).bases == ()


PAPERS = {
    "after examination": (
        "Căn cứ Luật Mẫu;\nSau khi xem xét Tờ trình số 45/TTr-UBND ngày 01/7/2024,",
        ("tờ trình", "45/TTr-UBND", "2024-07-01"),
    ),
    "several numbers of one kind": (
        "Căn cứ các Nghị định: số 79/2009/NĐ-CP ngày 28/9/2009; số 80/2010/NĐ-CP ngày 01/02/2010;",
        ("nghị định", "80/2010/NĐ-CP", "2010-02-01"),
    ),
    "kind in the number alone": (
        "Căn cứ Luật Mẫu;\nCăn cứ văn bản số 5/TT-BTC ngày 02/3/2020;",
        ("thông tư", "5/TT-BTC", "2020-03-02"),
    ),
}


@pytest.mark.parametrize(("text", "wanted"), PAPERS.values(), ids=PAPERS)
def test_a_paper_is_found_however_it_is_introduced(text: str, wanted: tuple[str, str, str]) -> None:
    """Every number of the preamble is a basis of its own."""
    found = read(f"{text}\nQUYẾT NGHỊ:")
    assert len(found) == 2
    assert found[-1] == wanted
