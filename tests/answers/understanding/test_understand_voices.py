"""Queries in the voices of clerks and citizens, and what their chips say."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from indexer.answers.understanding.understand import understand
from indexer.language.text import clean_text
from indexer.query_records import Period


def labels(typed: str) -> list[str]:
    """Return what the chips of a query say."""
    return [each.label for each in understand(clean_text(typed)).understood]


NUMBERS: tuple[tuple[str, list[str]], ...] = (
    ("NQ/HĐND 17/2022", ["số 17/2022/NQ-HĐND"]),
    ("nq-hdnd 17/2022", ["số 17/2022/NQ-HĐND"]),
    ("17/2022 NQ/HĐND", ["số 17/2022/NQ-HĐND"]),
    ("17.2022.nq.hdnd", ["số 17/2022/NQ-HĐND"]),
    ("nq-17-2022", ["số 17/2022/NQ"]),
    ("nq.17.2022", ["số 17/2022/NQ"]),
    ("nq: 17/2022", ["số 17/2022/NQ"]),
    ("nq 17/22", ["số 17/2022/NQ"]),
    ("17/22/nq-hđnd", ["số 17/2022/NQ-HĐND"]),
    ("số hiệu 17/2022", ["số 17/2022"]),
    ("báo cáo 118 năm 2022", ["số 118/2022/BC"]),
    ("bb 4 xã hồng vân", ["số 4/BB", "xã Hồng Vân"]),
    ("nq 20 xã hồng vân", ["số 20/NQ", "xã Hồng Vân"]),
    ("nq tp hà nội số 5 năm 2022", ["Nghị quyết", "thành phố Hà Nội", "số 5/2022/NQ"]),
    ("nq hà nội 05/2022", ["Nghị quyết", "thành phố Hà Nội", "số 5/2022 hoặc tháng 5/2022"]),
    ("khoản 2 điều 4 nghị quyết 05/2022", ["số 5/2022/NQ"]),
    (
        "nghị quyết số 17 năm 2022 của hội đồng nhân dân tỉnh nghệ an",
        ["số 17/2022/NQ-HĐND", "HĐND tỉnh Nghệ An"],
    ),
)
NO_NUMBERS: tuple[tuple[str, list[str]], ...] = (
    ("nghị quyết 2022", ["Nghị quyết", "năm 2022"]),
    ("nghị quyết 2022 2023", ["Nghị quyết", "năm 2022", "năm 2023"]),
    ("nghị quyết 30/12", ["Nghị quyết"]),
    ("đề án 06 năm 2022", ["Đề án", "năm 2022"]),
    ("nq 20 xã khó khăn", ["Nghị quyết"]),
    ("chương trình 21-25", ["Chương trình"]),
    ("báo cáo 5 năm 2022", ["Báo cáo", "năm 2022"]),
    ("tổ dân phố số 5 năm 2022", ["năm 2022"]),
    ("khoản 15/2022", ["số 15/2022"]),
)
BODIES: tuple[tuple[str, list[str]], ...] = (
    ("kh thứ 8 khoá 15", ["kỳ họp thứ 8", "khóa XV"]),
    ("khoá XVI kỳ 15", ["khóa XVI", "kỳ họp thứ 15"]),
    ("kỳ thứ 15 hđnd hà nội", ["kỳ họp thứ 15", "HĐND thành phố Hà Nội"]),
    ("kỳ họp bất thường lần 5", ["kỳ họp bất thường lần thứ 5"]),
    ("học kỳ 2 khóa 16", ["khóa XVI"]),
    ("hdnd q ha dong", ["HĐND quận Hà Đông"]),
    ("hđnd h thường tín", ["HĐND huyện Thường Tín"]),
    ("hđnd t.p thanh hóa", ["HĐND thành phố Thanh Hóa"]),
    ("hđnd tt mộc châu", ["HĐND thị trấn Mộc Châu"]),
    ("hđnd tt huế", ["HĐND tỉnh Thừa Thiên Huế"]),
    ("hđnd phú quốc", ["HĐND Phú Quốc"]),
    ("hđnd h văn", []),
    ("thường trực hđnd hải dương", ["Thường trực HĐND Hải Dương"]),
    ("hdnd xa dong khe", ["HĐND xã Đồng Khê hoặc xã Đông Khê"]),
    ("hđnd 2 cấp", []),
    ("tt hđnd huyện thường tín", ["Thường trực HĐND huyện Thường Tín"]),
    ("vp hđnd tp hà nội", ["Văn phòng HĐND thành phố Hà Nội"]),
    ("ban dt", ["Ban Dân tộc hoặc Ban Đô thị"]),
    ("bc thẩm tra học phí", ["Báo cáo thẩm tra"]),
    ("tb kết luận", ["Thông báo kết luận"]),
    ("sông đồng nai", []),
    ("tư tưởng hồ chí minh", []),
    ("đăk lăk", ["tỉnh Đắk Lắk"]),
)


@pytest.mark.parametrize(("typed", "expected"), [*NUMBERS, *NO_NUMBERS, *BODIES])
def test_the_chips_say_what_was_meant(typed: str, expected: list[str]) -> None:
    """As typed, decomposed, and in capitals."""
    for form in (typed, unicodedata.normalize("NFD", typed), typed.upper()):
        assert labels(form) == expected


def test_a_sign_with_two_meanings_names_no_kind() -> None:
    """Where CT may be a programme or a directive, no chip claims the one; TB has one meaning."""
    assert labels("CT phát triển nhà ở") == []
    assert labels("TB tuyển dụng") == ["Thông báo"]


def test_of_whole_kinds_the_year_of_issue_is_meant() -> None:
    """Where a matter is named, plans for that year count as much."""
    year = Period(date(2022, 1, 1), date(2022, 12, 31))
    weights = {p.node: p.weight for p in understand(clean_text("báo cáo năm 2022")).preferences}
    assert weights[year] == max(weights.values())
    named = understand(clean_text("dự toán năm 2022")).preferences
    assert year not in [each.node for each in named]


@pytest.mark.parametrize("opener", ["tôi muốn xem", "Cho hỏi", "xin hỏi về", "tìm giúp tôi"])
def test_courtesy_asks_for_nothing(opener: str) -> None:
    """What follows is read as if it had been typed alone; a lone opener is words."""
    asked = "nghị quyết về học phí của hà nội"
    assert understand(clean_text(f"{opener} {asked}")) == understand(clean_text(asked))
    assert understand(clean_text("cho vay vốn")).text == "cho vay vốn"
    assert understand(clean_text(opener)).text
