"""Titles and abstracts: the line a reader would cite."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.readable_case import readable_case
from indexer.reading.metadata.title import cut_at_word
from tests.reading.metadata.papers import describe, describe_line, paper

COMPOSED = {
    "wrapped lines": (
        {"subject": "Về việc quy định mức học phí\nnăm học 2023-2024 trên địa bàn\ntỉnh Phú Yên"},
        (
            "Nghị quyết số 12/2023/NQ-HĐND về việc quy định mức học phí năm học 2023-2024 trên địa"
            " bàn tỉnh Phú Yên"
        ),
    ),
    "capitals": (
        {"subject": "VỀ VIỆC THÔNG QUA BẢNG GIÁ ĐẤT\nTRÊN ĐỊA BÀN TỈNH BÀ RỊA - VŨNG TÀU"},
        (
            "Nghị quyết số 12/2023/NQ-HĐND về việc thông qua bảng giá đất trên địa bàn tỉnh Bà"
            " Rịa -"
            " Vũng Tàu"
        ),
    ),
    "no number": (
        {"number": "Số:     /NQ-HĐND", "subject": "Quy định mức phí"},
        "Nghị quyết quy định mức phí",
    ),
    "name first": (
        {"subject": "HĐND tỉnh chất vấn", "name": "CHƯƠNG TRÌNH", "number": ""},
        "Chương trình HĐND tỉnh chất vấn",
    ),
    "letter": (
        {
            "name": "",
            "number": "Số: 245/HĐND-VP\nV/v triển khai\nkế hoạch giám sát",
            "subject": "",
            "body": "Kính gửi: Các sở",
        },
        "Công văn số 245/HĐND-VP về việc triển khai kế hoạch giám sát",
    ),
    "examination": (
        {
            "name": "BÁO CÁO",
            "number": "Số: 37/BC-BPC",
            "subject": "Thẩm tra dự thảo Nghị quyết về học phí\n(Trình tại kỳ họp thứ 5)",
        },
        "Báo cáo số 37/BC-BPC thẩm tra dự thảo Nghị quyết về học phí",
    ),
    "issuer below": (
        {"subject": "Về học phí\nHỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN\nKHÓA VII, KỲ HỌP THỨ 3"},
        "Nghị quyết số 12/2023/NQ-HĐND về học phí",
    ),
    "enacting line below": (
        {"subject": "Về học phí\nHội đồng nhân dân ban hành Nghị quyết quy định mức học phí."},
        "Nghị quyết số 12/2023/NQ-HĐND về học phí",
    ),
    "sentence below capitals": (
        {"subject": "VỀ HỌC PHÍ\nTrong những năm qua mức thu đã đổi nhiều lần."},
        "Nghị quyết số 12/2023/NQ-HĐND về học phí",
    ),
    "comma before an issuer": (
        {"subject": "Về phối hợp giữa các ban,\nỦy ban nhân dân tỉnh và các sở"},
        "Nghị quyết số 12/2023/NQ-HĐND về phối hợp giữa các ban, Ủy ban nhân dân tỉnh và các sở",
    ),
    "sentence below, no stop": (
        {"name": "BÁO CÁO", "subject": "Kết quả giám sát\nBan Pháp chế đã giám sát tại sáu xã"},
        "Báo cáo số 12/2023/NQ-HĐND kết quả giám sát",
    ),
    "plain sentence below": (
        {
            "name": "BÁO CÁO",
            "subject": "Kết quả giám sát tại cơ sở\nQua ba tháng giám sát cho thấy",
        },
        "Báo cáo số 12/2023/NQ-HĐND kết quả giám sát tại cơ sở",
    ),
    "name across two lines": (
        {"subject": "Về chương trình giám sát huyện Yên\nThành năm 2020"},
        "Nghị quyết số 12/2023/NQ-HĐND về chương trình giám sát huyện Yên Thành năm 2020",
    ),
    "person or place below": (
        {"subject": "Về đặt tên đường\nNguyễn Mẫu\nvà phố mới\n2023"},
        "Nghị quyết số 12/2023/NQ-HĐND về đặt tên đường Nguyễn Mẫu và phố mới 2023",
    ),
    "council of the session": (
        {
            "name": "BIÊN BẢN",
            "subject": "Kỳ họp thứ 12\nHội đồng nhân dân tỉnh Phú Yên khóa VIII, nhiệm kỳ"
            " 2021-2026",
        },
        (
            "Biên bản số 12/2023/NQ-HĐND kỳ họp thứ 12 Hội đồng nhân dân tỉnh Phú Yên khóa VIII,"
            " nhiệm kỳ"
            " 2021-2026"
        ),
    ),
    "cited act below": (
        {"subject": "Sửa đổi, bổ sung\nNghị quyết số 5/2020/NQ-HĐND"},
        "Nghị quyết số 12/2023/NQ-HĐND sửa đổi, bổ sung Nghị quyết số 5/2020/NQ-HĐND",
    ),
    "act cited across lines": (
        {"subject": "Thực hiện giám sát theo\nNghị quyết về phí"},
        "Nghị quyết số 12/2023/NQ-HĐND thực hiện giám sát theo Nghị quyết về phí",
    ),
    "nothing but the number": ({"subject": ""}, "Nghị quyết số 12/2023/NQ-HĐND"),
    "nothing at all": ({"subject": "", "number": ""}, "Nghị quyết"),
    "subject without end": (
        {"subject": "Về " + "phí và lệ phí " * 80},
        "Nghị quyết số 12/2023/NQ-HĐND",
    ),
}


@pytest.mark.parametrize(("parts", "title"), COMPOSED.values(), ids=COMPOSED)
def test_an_acts_title_is_kind_number_and_abstract(parts: dict[str, str], title: str) -> None:
    """Wrapped lines are joined, capitals made readable, and nothing of the body gets in."""
    assert describe(paper(**parts)).title == title


def test_news_have_their_headline() -> None:
    """The page's own headline, else the first line that stands as one."""
    text = "Sáng 10/7/2023, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban."
    assert describe(text, title="Giao ban quý II").title == "Giao ban quý II"
    assert describe(f"Giao ban quý II\n{text}").title == "Giao ban quý II"
    assert describe(f"GIAO BAN QUÝ II TỈNH PHÚ YÊN\n{text}").title == "Giao ban quý II tỉnh Phú Yên"


def test_without_a_headline_the_first_words_stand_for_it() -> None:
    """They end with a whole word, at 150 characters at most."""
    text = "Sáng 10/7/2023, HĐND tỉnh Phú Yên tổ chức hội nghị " + "rất quan trọng " * 20 + "."
    title = describe(text).title
    assert title.endswith(("rất…", "quan…", "trọng…"))
    assert len(title) <= 151
    assert describe("").title == ""


def test_an_exports_title_stays_word_for_word() -> None:
    """Its line states the title; the rest is read from it."""
    found = describe_line("Nghị quyết số 7/2023/NQ-HĐND về mức thu học phí")
    assert found.title == "Nghị quyết số 7/2023/NQ-HĐND về mức thu học phí"
    assert found.evidence["title"].how == "manifest"
    assert (found.abstract, found.number) == ("Về mức thu học phí", "7/2023/NQ-HĐND")
    assert describe_line("", paper()).title.startswith("Nghị quyết số 12/2023/NQ-HĐND")


def test_the_manifest_and_the_metadata_may_state_the_abstract() -> None:
    """The manifest wins over the text, the text over the file's metadata."""
    assert describe(paper(), facts={"abstract": "Về phí"}).abstract == "Về phí"
    assert describe("Bảng kê.", hints={"abstract": "Về phí"}).abstract == "Về phí"
    assert describe(paper(), facts={"title": "Nghị quyết cũ"}).title == "Nghị quyết cũ"


READABLE = {
    "Đã viết thường": "Đã viết thường",
    "VỀ HĐND, UBND VÀ QPPL": "Về HĐND, UBND và QPPL",
    "SỬA ĐỔI NGHỊ QUYẾT SỐ 5/2020/NQ-HĐND": "Sửa đổi Nghị quyết số 5/2020/NQ-HĐND",
    "BẦU CỬ KHÓA XVI TẠI HÀ NỘI": "Bầu cử khóa XVI tại Hà Nội",
    "SẮP XẾP CÁC XÃ, PHƯỜNG, THỊ TRẤN": "Sắp xếp các xã, phường, thị trấn",
    "THEO GƯƠNG CHỦ TỊCH HỒ CHÍ MINH": "Theo gương chủ tịch Hồ Chí Minh",
    "HUYỆN TUẦN GIÁO VÀ XÃ LÀNG MẪU": "Huyện Tuần Giáo và xã làng mẫu",
    "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH KHÁNH HÒA": "Của Hội đồng nhân dân tỉnh Khánh Hòa",
    "...": "...",
}


@pytest.mark.parametrize("text", READABLE)
def test_capitals_become_a_sentence_with_its_names(text: str) -> None:
    """Units, bodies, numbers and abbreviations get their letters as far as the tables go."""
    assert readable_case(text) == READABLE[text]


def test_cutting_never_splits_a_word() -> None:
    """A single long word is cut all the same."""
    assert cut_at_word("x" * 30, 10) == "x" * 9 + "…"
    assert cut_at_word("một, hai ba", 6) == "một…"


def test_a_story_may_be_wrapped_in_mid_sentence() -> None:
    """Plain text breaks its lines; a name at the start of one opens no sentence."""
    lead = (
        "Ngày 19/11/2025, Tổ đại biểu HĐND xã Đông Khê tiếp xúc cử tri tại các xóm xa trung tâm"
        " là\n"
        "Lũng Mười và xóm bên cạnh,\nnơi chưa có đường."
    )
    assert describe(f"Nghe dân nói\n\n{lead}").issuer == "Tổ đại biểu HĐND xã Đông Khê"
    long_headline = (
        "Tổ đại biểu lắng nghe ý kiến của bà con các xóm vùng cao về đường sá và trường học"
    )
    assert describe(f"{long_headline}\n{lead}").title == long_headline


SUBJECTS = {
    "a draft in the subject": (
        {"name": "BÁO CÁO THẨM TRA", "number": "", "subject": "Dự thảo Nghị quyết\nvề học phí"},
        "Báo cáo thẩm tra dự thảo Nghị quyết về học phí",
    ),
    "about, with a colon": (
        {"name": "", "number": "Số: 5/HĐND-VP\nV/v: Trả lời cử tri", "body": "Kính gửi: Các sở"},
        "Công văn số 5/HĐND-VP về việc trả lời cử tri",
    ),
    "council behind a comma": (
        {
            "name": "CHƯƠNG TRÌNH",
            "number": "",
            "subject": "KỲ HỌP THỨ 24, HỘI ĐỒNG NHÂN DÂN TỈNH KHÓA XVIII\n(Dự kiến ngày 11/12)",
        },
        "Chương trình kỳ họp thứ 24, Hội đồng nhân dân tỉnh khóa XVIII",
    ),
    "body run into it": (
        {"name": "BÁO CÁO Thẩm tra biên chế Thực hiện phân công của Thường trực", "number": ""},
        "Báo cáo thẩm tra biên chế",
    ),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_title_ends_where_its_subject_ends(name: str) -> None:
    """Drafts are subjects; councils, days and the body that runs on are told apart."""
    given, title = SUBJECTS[name]
    assert describe(paper(**{"subject": "", **given})).title == title


def test_a_first_line_with_a_number_is_a_title() -> None:
    """A portal's cut-out of an act begins with the act's title, however long the line."""
    line = "Nghị quyết số 12/2024/NQ-HĐND ngày 10/7/2024 của HĐND tỉnh Sóc Trăng về mức học phí"
    found = describe(f"{line}\nToàn văn xem tệp đính kèm.")
    assert (found.title, found.number, found.level) == (line, "12/2024/NQ-HĐND", "tỉnh")


def test_a_headline_that_runs_on_is_cut_before_the_body() -> None:
    """What an examining body was told to do is no title."""
    title = "Báo cáo số 42/BC-BVHXH về y tế Thực hiện phân công của Thường trực, Ban báo cáo"
    assert describe("Nội dung.", title=title).title == "Báo cáo số 42/BC-BVHXH về y tế"
