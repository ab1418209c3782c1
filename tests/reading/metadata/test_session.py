"""Terms and sessions: the document's own council's, never the National Assembly's."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.session import spell_session, spell_term
from tests.reading.metadata.papers import describe, paper

CLOSINGS = {
    "figures": ("khóa VII, kỳ họp thứ 3", "VII", "3"),
    "words": ("khoá XVII, kỳ họp thứ hai", "XVII", "2"),
    "Arabic term": ("Khóa 17, Kỳ họp thứ mười lăm", "XVII", "15"),
    "first term": ("khóa I, Kỳ họp thứ nhất", "I", "1"),
    "thematic session": ("khóa XVI, kỳ họp thứ 15 (kỳ họp chuyên đề)", "XVI", "15"),
    "ordinary session": ("khóa XVI, kỳ họp thường lệ thứ 8", "XVI", "8"),
    "extraordinary count": ("khóa XVI, kỳ họp bất thường lần thứ 5", "XVI", "bất thường lần thứ 5"),
}


@pytest.mark.parametrize(("words", "term", "session"), CLOSINGS.values(), ids=CLOSINGS)
def test_the_closing_formula_names_term_and_session(words: str, term: str, session: str) -> None:
    """Words, figures and both tone styles come out in one spelling."""
    end = (
        f"Nghị quyết này đã được Hội đồng nhân dân tỉnh Phú Yên {words} thông qua ngày 10 tháng"
        f" 7 năm 2023."
    )
    found = describe(paper(end=end))
    assert (found.term, found.session) == (term, session)
    assert found.evidence["session"].how == "stated"


def test_the_letterhead_names_them_where_no_formula_does() -> None:
    """The line "KHÓA VII, KỲ HỌP THỨ 3" stands under the issuer in older papers."""
    found = describe(paper(issuer="HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nKHÓA VII, KỲ HỌP THỨ 3"))
    assert (found.term, found.session) == ("VII", "3")


def test_an_agendas_subject_names_its_session() -> None:
    """A paper's subject speaks for the paper."""
    found = describe(
        paper(number="", name="CHƯƠNG TRÌNH", subject="Kỳ họp thứ 8, HĐND tỉnh khóa VIII")
    )
    assert (found.term, found.session) == ("VIII", "8")


def test_a_news_headline_names_the_session_it_reports() -> None:
    """First sentence and headline speak for a report, its body does not."""
    text = (
        "Sáng 10/7/2023, HĐND tỉnh Phú Yên khóa VIII khai mạc Kỳ họp thứ 15.\nKỳ họp thứ 14 đã"
        " thành công."
    )
    found = describe(text)
    assert (found.term, found.session) == ("VIII", "15")
    later = describe(
        "Sáng 10/7/2023, HĐND tỉnh Phú Yên tổ chức hội nghị.\nKỳ họp thứ 14 HĐND tỉnh khóa VIII"
        " tốt."
    )
    assert (later.term, later.session) == (None, None)


STOLEN = [
    "Thông báo nhanh kết quả Kỳ họp thứ 6, Quốc hội khóa XV",
    "Kết quả Kỳ họp bất thường lần thứ 5 của Quốc hội",
    "Triển khai nghị quyết được Quốc hội khóa XV thông qua tại Kỳ họp thứ 6",
]


@pytest.mark.parametrize("title", STOLEN)
def test_the_assemblys_sessions_are_not_a_councils(title: str) -> None:
    """Quốc hội's session stays Quốc hội's, before and behind the words."""
    text = "Sáng 10/7/2023, Thường trực HĐND tỉnh Phú Yên tổ chức hội nghị thông tin."
    found = describe(text, title=title)
    assert (found.term, found.session) == (None, None)


def test_the_assemblys_own_law_has_its_session() -> None:
    """For a law the assembly's term and session are its own."""
    text = paper(
        issuer="QUỐC HỘI",
        number="Luật số: 126/2025/QH15",
        name="LUẬT",
        subject="BÁO CHÍ",
        end="Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, Kỳ họp thứ"
        " 10 thông qua ngày 10 tháng 12 năm 2025.",
    )
    found = describe(text)
    assert (found.term, found.session, found.level) == ("XV", "10", "trung ương")


def test_the_term_in_force_is_concluded_from_its_years() -> None:
    """The words "HĐND khóa XVI, nhiệm kỳ 2021-2026" tells the term of a day between them."""
    lead = "Sáng 10/7/2023, Thường trực HĐND tỉnh Phú Yên tổ chức hội nghị.\n"
    found = describe(lead + "HĐND tỉnh khóa XVI, nhiệm kỳ 2021-2026 có nhiều đổi mới.")
    assert (found.term, found.evidence["term"].how) == ("XVI", "inferred")
    for other in (
        "HĐND tỉnh khóa XV, nhiệm kỳ 2016-2021 có nhiều đổi mới.",
        "Đại biểu Quốc hội khóa XV, nhiệm kỳ 2021-2026 dự.",
        "Quốc hội khóa XV, nhiệm kỳ 2021-2026 và HĐND tỉnh cùng họp.",
        "Nhiệm kỳ 2021-2026, HĐND tỉnh có nhiều đổi mới.",
        "HĐND tỉnh khóa LLL, nhiệm kỳ 2021-2026 có nhiều đổi mới.",
    ):
        assert describe(lead + other).term is None


def test_impossible_counts_are_refused() -> None:
    """No council has a hundredth term or a noughth session."""
    found = describe(
        paper(
            end="Nghị quyết này được Hội đồng nhân dân tỉnh Phú Yên khóa LXLX, kỳ họp thứ 0 thông"
            " qua."
        )
    )
    assert (found.term, found.session) == (None, None)


def test_the_manifests_words_come_in_one_spelling() -> None:
    """A manifest may write "khóa 16" and "Kỳ họp thứ hai"; other words stay."""
    found = describe(paper(), facts={"term": "khóa 16", "session": "Kỳ họp thứ hai"})
    assert (found.term, found.session) == ("XVI", "2")
    assert (spell_term("lâm thời"), spell_session("toàn thể")) == ("lâm thời", "toàn thể")
    assert (spell_term("99"), spell_session("Kỳ họp thứ 0")) == ("99", "Kỳ họp thứ 0")


def test_the_enacting_line_names_what_the_formula_leaves_out() -> None:
    """The council, its term and its session stand in capitals above the legal grounds."""
    subject = "Về dự toán\nHỘI ĐỒNG NHÂN DÂN ĐẶC KHU CÁT HẢI\nKHÓA I, KỲ HỌP THỨ TƯ (THƯỜNG LỆ)"
    bare = describe(paper(subject=subject))
    assert (bare.term, bare.session) == ("I", "4")
    end = "Nghị quyết này được HĐND đặc khu Cát Hải khóa I thông qua ngày 09/7/2025."
    assert describe(paper(subject=subject, end=end)).session == "4"


TYPES = {
    "beside the number": ("khóa XVI, kỳ họp thứ 15 (kỳ họp chuyên đề)", "15", "chuyên đề"),
    "before the number": ("khóa XVI, kỳ họp thường lệ thứ 8", "8", "thường lệ"),
    "counted apart": ("khóa XVI, kỳ họp chuyên đề lần thứ 3", "chuyên đề lần thứ 3", "chuyên đề"),
    "in brackets": ("khóa XVI, Kỳ họp thứ tư (không thường lệ)", "4", "không thường lệ"),
    "with the season": ("khóa XVI, kỳ họp thứ 8, kỳ họp thường lệ giữa năm", "8", "thường lệ"),
    "without a number": ("khóa XVI tại kỳ họp bất thường", None, "bất thường"),
    "written out": (
        "khóa I, kỳ họp thứ 5 (kỳ họp giải quyết công việc phát sinh đột xuất)",
        "5",
        "đột xuất",
    ),
    "not said": ("khóa XVI, kỳ họp thứ 15", "15", None),
}


@pytest.mark.parametrize(("words", "session", "sort"), TYPES.values(), ids=TYPES)
def test_the_type_of_a_session_is_said_beside_it(
    words: str, session: str | None, sort: str | None
) -> None:
    """Only the document's own session counts, however its type is joined to it."""
    end = f"Nghị quyết này đã được Hội đồng nhân dân tỉnh Phú Yên {words} thông qua."
    found = describe(paper(end=end))
    assert (found.session, found.session_type) == (session, sort)


def test_the_assemblys_kind_of_session_is_not_a_councils() -> None:
    """An extraordinary session of Quốc hội says nothing of the council's."""
    found = describe(paper(subject="Triển khai kết quả kỳ họp bất thường của Quốc hội"))
    assert found.session_type is None
    stated = describe(paper(), facts={"session_type": "chuyên đề"})
    assert (stated.session_type, stated.evidence["session_type"].how) == ("chuyên đề", "manifest")


LAID = {
    "addressee": ("Kính gửi: Hội đồng nhân dân tỉnh khóa XVII, kỳ họp thứ 8.", "XVII", "8"),
    "addressee on two lines": (
        "Kính gửi: Hội đồng nhân dân tỉnh\nKhóa XVII, kỳ họp thứ 8",
        "XVII",
        "8",
    ),
    "laid before it": (
        "Kính gửi: HĐND tỉnh\nBan thẩm tra dự thảo do UBND trình kỳ họp thứ 26 HĐND tỉnh khóa X.",
        "X",
        "26",
    ),
    "laid before the council at it": (
        "Kính gửi: HĐND tỉnh\nBan báo cáo, trình HĐND tỉnh tại kỳ họp thứ 9, khóa X.",
        "X",
        "9",
    ),
    "laid before an earlier one": (
        "Kính gửi: HĐND tỉnh\nUBND tỉnh đã trình kỳ họp thứ 5 HĐND tỉnh khóa X.",
        None,
        None,
    ),
    "laid before the assembly": (
        "Kính gửi: HĐND tỉnh\nGóp ý dự án luật trình kỳ họp thứ 5 Quốc hội khóa XV.",
        None,
        None,
    ),
}


@pytest.mark.parametrize(("body", "term", "session"), LAID.values(), ids=LAID)
def test_a_paper_belongs_to_the_session_it_is_written_for(
    body: str, term: str | None, session: str | None
) -> None:
    """Addressee and first sentences tell before which session it is laid."""
    found = describe(paper(number="Số: 7/BC-BPC", name="BÁO CÁO", subject="Thẩm tra", body=body))
    assert (found.term, found.session) == (term, session)


def test_what_follows_a_session_is_not_part_of_it() -> None:
    """A letter about petitions after the fourth session belongs to none."""
    number = "Số: 23/HĐND-VP\nV/v trả lời kiến nghị của cử tri sau kỳ họp thứ 4"
    found = describe(paper(number=number, name="", subject="", body="Kính gửi: UBND huyện"))
    assert (found.kind, found.session) == ("trả lời kiến nghị", None)


def test_the_closing_formula_counts_before_a_long_annex() -> None:
    """Term and session stand in it wherever the annex puts it."""
    closing = "Nghị quyết này được HĐND tỉnh Phú Yên khóa VII, kỳ họp thứ 3 thông qua."
    found = describe(paper(end=f"{closing}\n" + "Đề án loại 1.150.000\n" * 500))
    assert (found.term, found.session) == ("VII", "3")
