"""Letterheads of other shapes: gazettes' title blocks, certificates, accents that OCR lost."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.consolidated import find_certificate
from indexer.reading.metadata.gazette_title import take_gazette_title
from indexer.reading.metadata.layout import Layout
from indexer.reading.metadata.misread_capitals import restore_capitals
from indexer.reading.metadata.number_doubts import trust_number
from tests.reading.metadata.papers import describe, paper

BODY = "Căn cứ Luật Mẫu ngày 19 tháng 6 năm 2015;\nQUYẾT NGHỊ:\nĐiều 1. Quy định mức thu."

GAZETTES = {
    "issuer first": "NGHỊ QUYẾT\nCỦA HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN SỐ 12/2010/NQ-HĐND\n"
    "NGÀY 15 THÁNG 7 NĂM 2010\nVỀ MỨC THU HỌC PHÍ",
    "subject on the day's line": "NGHỊ QUYẾT\nCỦA HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN\n"
    "SỐ 12/2010/NQ-HĐND NGÀY 15 THÁNG 7 NĂM 2010 VỀ MỨC THU HỌC PHÍ",
    "issuer last": "NGHỊ QUYẾT SỐ 12/2010/NQ-HĐND NGÀY 15/7/2010 CỦA HỘI ĐỒNG NHÂN DÂN"
    " TỈNH PHÚ YÊN VỀ MỨC THU HỌC PHÍ",
    "issuer's line again": "NGHỊ QUYẾT\nCỦA HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN SỐ 12/2010/NQ-HĐND"
    " NGÀY 15/7/2010\nVỀ MỨC THU HỌC PHÍ\nHỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN",
}


@pytest.mark.parametrize("top", GAZETTES.values(), ids=GAZETTES)
def test_a_gazettes_title_block_is_a_letterhead(top: str) -> None:
    """Issuer, number and day stand below the name, and are no part of the subject."""
    found = describe(f"{top}\n{BODY}")
    assert (found.number, found.kind, found.issuer) == (
        "12/2010/NQ-HĐND",
        "nghị quyết",
        "HĐND tỉnh Phú Yên",
    )
    assert found.issued_on == date(2010, 7, 15)
    assert found.abstract == "Về mức thu học phí"


def test_a_cited_act_below_the_name_is_no_title_block() -> None:
    """A subject that names another act leaves the lines as they are."""
    lines = ["Sửa đổi Nghị quyết số 12/2010/NQ-HĐND ngày 15/7/2010", "VỀ PHÍ"]
    assert take_gazette_title(lines) == ("", (), lines)
    assert take_gazette_title(["SỐ 12 ĐƯỜNG MẪU"]).number == ""


def test_a_title_block_may_lack_its_day() -> None:
    """The number alone is taken; the day of a cited act further on is not."""
    block = take_gazette_title(["SỐ 7/QĐ-UBND VỀ PHÍ", "THEO LUẬT NGÀY 5/7/2010"])
    assert (block.number, block.head) == ("7/QĐ-UBND", ())
    assert block.rest[0] == "VỀ PHÍ"


OLD_NUMBERS = ["73", "77-B", "75VN/CC"]


@pytest.mark.parametrize("number", OLD_NUMBERS)
def test_an_old_decree_has_a_number_without_signs(number: str) -> None:
    """In 1945 a decree bore its serial alone; only its day behind it shows that it is one."""
    found = describe(
        "SẮC LỆNH\nCỦA CHỦ TỊCH CHÍNH PHỦ LÂM THỜI\n"
        f"SỐ {number} NGÀY 7 THÁNG 12 NĂM 1945\nCHỦ TỊCH CHÍNH PHỦ\nChiểu theo lời đề nghị;"
    )
    assert (found.number, found.kind) == (number, "sắc lệnh")
    assert (found.issuer, found.level) == ("Chủ tịch Chính phủ lâm thời", "trung ương")
    assert found.issued_on == date(1945, 12, 7)


CONSOLIDATED = """HỘI ĐỒNG NHÂN DÂN
TỈNH PHÚ YÊN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
NGHỊ QUYẾT
Quy định mức học phí
Nghị quyết số 5/2020/NQ-HĐND ngày 5 tháng 7 năm 2020 của Hội đồng nhân dân tỉnh, có hiệu lực kể từ
ngày 15 tháng 7 năm 2020, được sửa đổi, bổ sung bởi:
Nghị quyết số 7/2022/NQ-HĐND ngày 5 tháng 7 năm 2022.
Điều 1. Mức thu.
Điều 2. Nghị quyết này có hiệu lực từ ngày 15/7/2020.
HỘI ĐỒNG NHÂN DÂN TỈNH
Số: 03/VBHN-HĐND
XÁC THỰC VĂN BẢN HỢP NHẤT
Phú Yên, ngày 03 tháng 3 năm 2023
CHỦ TỊCH
Lê Văn Mẫu"""


def test_a_consolidated_text_is_known_by_its_certificate() -> None:
    """Number and day stand beside it; effect and adoption are the acts' that it joins."""
    found = describe(CONSOLIDATED)
    assert (found.number, found.kind) == ("03/VBHN-HĐND", "văn bản hợp nhất")
    assert found.issued_on == date(2023, 3, 3)
    assert (found.effective_on, found.adopted_on, found.expires_on) == (None, None, None)
    assert found.abstract == "Quy định mức học phí"


def test_a_blank_certificate_gives_neither_number_nor_day() -> None:
    """The acts that it joins lend it none."""
    blank = CONSOLIDATED.replace("03/VBHN", "   /VBHN").replace("ngày 03 tháng 3", "ngày   tháng")
    found = describe(blank)
    assert (found.number, found.issued_on, found.kind) == (None, None, "văn bản hợp nhất")


def test_a_number_of_consolidated_texts_names_the_kind() -> None:
    """The name above the text is the joined act's."""
    found = describe(paper(number="Số: 03/VBHN-HĐND"))
    assert (found.kind, found.number) == ("văn bản hợp nhất", "03/VBHN-HĐND")


def test_a_sentence_about_consolidating_is_no_certificate() -> None:
    """A rule on how texts are certified certifies nothing."""
    assert find_certificate("Việc xác thực văn bản hợp nhất do Chủ tịch thực hiện.") is None


MISREAD = {
    "HỘI ĐÔNG NHÂN DÂN\nTỈNH PHÚ YÊN": "HĐND tỉnh Phú Yên",
    "HỘI ĐỒNG NHÂN DÂN\nTĨNH PHÚ YÊN": "HĐND tỉnh Phú Yên",
    "HOI DONG NHAN DAN\nTINH PHÚ YÊN": "HĐND tỉnh Phú Yên",
    "H Đ N D TỈNH PHÚ YÊN": "HĐND tỉnh Phú Yên",
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÉN": "HĐND tỉnh Phú Yên",
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐĂK LĂK": "HĐND tỉnh Đắk Lắk",
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH BẮC CẠN": "HĐND tỉnh Bắc Kạn",
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH THỪA THIÊN - HUẾ": "HĐND tỉnh Thừa Thiên Huế",
}


@pytest.mark.parametrize("issuer", MISREAD)
def test_accents_that_got_lost_are_put_right(issuer: str) -> None:
    """Body, kind of unit and name have one meaning in a letterhead."""
    assert describe(paper(issuer=issuer)).issuer == MISREAD[issuer]


def test_the_name_of_a_paper_may_be_misread() -> None:
    """Its line holds nothing else."""
    found = describe(paper(number="Số: 12/2023", name="NGHI QUYÉT"))
    assert found.kind == "nghị quyết"


def test_right_capitals_stay_as_they_are() -> None:
    """Either tone style is right, and running text is left alone."""
    text = "UỶ BAN NHÂN DÂN\nỦY BAN NHÂN DÂN HUYỆN YÊN MẪU\nTheo quyết nghi của hoi dong nhan dan"
    assert restore_capitals(text) == text


def test_an_unreadable_motto_is_put_right() -> None:
    """It tells a letterhead from running text."""
    assert restore_capitals("Đôc lâp - Tư do - Hanh phúc") == "Độc lập - Tự do - Hạnh phúc"


TRUST = {
    ("97/2025/QĐ-UBND", "BỘ TÀI CHÍNH", "THÔNG TƯ"): 0.0,
    ("97/2025/QĐ-BTC", "BỘ TÀI CHÍNH", "THÔNG TƯ"): 0.6,
    ("97/2025/TT-UBND", "BỘ TÀI CHÍNH", "THÔNG TƯ"): 0.75,
    ("97/2025/TT-BTC", "BỘ TÀI CHÍNH", "THÔNG TƯ"): 0.95,
    ("97/2025/TT-XYZ", "BỘ TÀI CHÍNH", "THÔNG TƯ"): 0.95,
    ("03/2026/BCT", "BỘ CÔNG THƯƠNG", ""): 0.0,
    ("72/2025/QH15", "QUỐC HỘI", "LUẬT"): 0.95,
    ("7/BC-BPC", "HỘI ĐỒNG NHÂN DÂN\nBAN PHÁP CHẾ", "BÁO CÁO THẨM TRA"): 0.95,
    ("184/TB-HĐND", "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN", "KẾT LUẬN"): 0.95,
    ("59-CV/TU", "TỈNH ỦY PHÚ YÊN", ""): 0.95,
}


@pytest.mark.parametrize("case", TRUST)
def test_a_number_is_weighed_against_its_letterhead(case: tuple[str, str, str]) -> None:
    """Signs of another kind cost trust, signs of another body too, and both cost all of it."""
    number, head, heading = case
    assert trust_number(number, Layout(tuple(head.split("\n")), heading)) == TRUST[case]


def test_a_denied_number_is_not_given() -> None:
    """A form's leftover signs say nothing."""
    found = describe(
        paper(
            issuer="BỘ TÀI CHÍNH", number="Số: 97/2025/QĐ-UBND", name="THÔNG TƯ", subject="Về phí"
        )
    )
    assert (found.number, found.kind) == (None, "thông tư")


def test_a_paper_whose_name_got_lost_is_known_by_what_it_enacts() -> None:
    """Lines such as "QUYẾT NGHỊ:" or "ban hành Thông tư" name the kind."""
    top = "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nSố: 12/2023\nPhú Yên, ngày 10 tháng 7 năm 2023\n"
    found = describe(f"{top}Về mức thu\nCăn cứ Luật Mẫu;\nQUYẾT NGHỊ:\nĐiều 1. Mức thu.")
    assert (found.kind, found.evidence["kind"].how) == ("nghị quyết", "inferred")
    ministry = top.replace("HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN", "BỘ TÀI CHÍNH")
    words = "Căn cứ Luật Mẫu;\nBộ trưởng Bộ Tài chính ban hành Thông tư quy định về phí.\nĐiều 1. A"
    assert describe(f"{ministry}Về mức thu\n{words}").kind == "thông tư"


def test_a_department_of_a_ministry_is_its_own_issuer() -> None:
    """The ministry stands above it only to say whose it is."""
    found = describe(paper(issuer="BỘ TÀI CHÍNH\nTỔNG CỤC HẢI QUAN", number="Số: 39/TCHQ-GSQL"))
    assert (found.issuer, found.level) == ("Tổng cục Hải quan", "trung ương")


def test_clean_text_keeps_a_certificate() -> None:
    """What the rule looks for survives cleaning."""
    assert find_certificate(clean_text(CONSOLIDATED)) == (
        "03/VBHN-HĐND",
        date(2023, 3, 3),
        "XÁC THỰC VĂN BẢN HỢP NHẤT",
    )
