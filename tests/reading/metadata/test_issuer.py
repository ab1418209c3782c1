"""Issuer and level: who issued it or presided, on the document's own day."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.reading.metadata.bodies import match_central
from indexer.reading.metadata.issuer import find_title_issuer, spell_issuer
from indexer.reading.metadata.level_names import read_level
from indexer.reading.metadata.mentions import find_mentions
from indexer.reading.metadata.units import (
    Unit,
    level_of,
    match_bare_name,
    match_misspelt_name,
    match_name,
    provinces_of,
)
from tests.reading.metadata.papers import MOTTO, describe, describe_line, paper

LETTERHEADS = {
    "province": ("HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN", 2023, "HĐND tỉnh Phú Yên", "tỉnh"),
    "central city": ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", 2023, "HĐND thành phố Hà Nội", "tỉnh"),
    "other city": (
        "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ THANH HÓA",
        2024,
        "HĐND thành phố Thanh Hóa",
        "huyện",
    ),
    "other city after the merger": (
        "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ THANH HÓA",
        2026,
        "HĐND thành phố Thanh Hóa",
        "không rõ",
    ),
    "council, committee and front together": (
        "HĐND - UBND - UBMTTQ VIỆT NAM\nXÃ THƯỢNG PHÚC",
        2026,
        "HĐND, UBND và Ủy ban MTTQ Việt Nam xã Thượng Phúc",
        "xã",
    ),
    "council and front together": (
        "HỘI ĐỒNG NHÂN DÂN - ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nHUYỆN HẢI HẬU",
        2023,
        "HĐND và Ủy ban MTTQ Việt Nam huyện Hải Hậu",
        "huyện",
    ),
    "city within a city": (
        "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ THỦ ĐỨC",
        2022,
        "HĐND thành phố Thủ Đức",
        "huyện",
    ),
    "Huế before 2025": ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HUẾ", 2024, "HĐND thành phố Huế", "huyện"),
    "Huế from 2025": ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HUẾ", 2025, "HĐND thành phố Huế", "tỉnh"),
    "district": ("HỘI ĐỒNG NHÂN DÂN\nHUYỆN THƯỜNG TÍN", 2023, "HĐND huyện Thường Tín", "huyện"),
    "urban district": ("HỘI ĐỒNG NHÂN DÂN\nQUẬN BA ĐÌNH", 2020, "HĐND quận Ba Đình", "huyện"),
    "town": ("HỘI ĐỒNG NHÂN DÂN\nTHỊ XÃ SƠN TÂY", 2023, "HĐND thị xã Sơn Tây", "huyện"),
    "commune": ("HỘI ĐỒNG NHÂN DÂN\nXÃ CHƯƠNG DƯƠNG", 2025, "HĐND xã Chương Dương", "xã"),
    "township": ("HỘI ĐỒNG NHÂN DÂN\nTHỊ TRẤN THƯỜNG TÍN", 2023, "HĐND thị trấn Thường Tín", "xã"),
    "special zone": ("HỘI ĐỒNG NHÂN DÂN\nĐẶC KHU PHÚ QUỐC", 2025, "HĐND đặc khu Phú Quốc", "xã"),
    "hyphened name": (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH BÀ RỊA – VŨNG TÀU",
        2020,
        "HĐND tỉnh Bà Rịa - Vũng Tàu",
        "tỉnh",
    ),
    "abbreviations": ("HĐND TP. HẢI PHÒNG", 2023, "HĐND thành phố Hải Phòng", "tỉnh"),
    "short name of a city": ("UBND TP.HCM", 2023, "UBND thành phố Hồ Chí Minh", "tỉnh"),
    "other tone style": ("UỶ BAN NHÂN DÂN\nTỈNH KHÁNH HOÀ", 2023, "UBND tỉnh Khánh Hòa", "tỉnh"),
    "standing body": (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nTHƯỜNG TRỰC",
        2023,
        "Thường trực HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "standing body first": (
        "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN\nHUYỆN TUẦN GIÁO",
        2020,
        "Thường trực HĐND huyện Tuần Giáo",
        "huyện",
    ),
    "board": (
        "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nBAN KINH TẾ - NGÂN SÁCH",
        2023,
        "Ban Kinh tế - Ngân sách HĐND thành phố Hà Nội",
        "tỉnh",
    ),
    "lines broken in a name": (
        "HỘI ĐỒNG NHÂN DÂN THÀNH\nPHỐ HÀ NỘI\nTHƯỜNG TRỰC HỘI ĐỒNG\nNHÂN DÂN",
        2023,
        "Thường trực HĐND thành phố Hà Nội",
        "tỉnh",
    ),
    "supervision team": (
        "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN\nĐOÀN GIÁM SÁT",
        2023,
        "Đoàn giám sát HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "board before its council": (
        "BAN PHÁP CHẾ\nHỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN",
        2023,
        "Ban Pháp chế HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "joint office": (
        "VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND\nTỈNH PHÚ YÊN",
        2023,
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "delegation": ("ĐOÀN ĐẠI BIỂU QUỐC HỘI\nTỈNH PHÚ YÊN", 2023, "Đoàn ĐBQH tỉnh Phú Yên", "tỉnh"),
    "department": ("UBND TỈNH PHÚ YÊN\nSỞ TÀI CHÍNH", 2023, "Sở Tài chính tỉnh Phú Yên", "tỉnh"),
    "chair": (
        "CHỦ TỊCH\nỦY BAN NHÂN DÂN TỈNH PHÚ YÊN",
        2023,
        "Chủ tịch UBND tỉnh Phú Yên",
        "tỉnh",
    ),
    "front": (
        "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH PHÚ YÊN",
        2023,
        "Ủy ban MTTQ Việt Nam tỉnh Phú Yên",
        "tỉnh",
    ),
    "Party": ("TỈNH ỦY PHÚ YÊN", 2023, "Tỉnh ủy Phú Yên", "tỉnh"),
    "unit that the table lacks": ("HỘI ĐỒNG NHÂN DÂN\nXÃ LÀNG MẪU", 2019, "HĐND xã Làng Mẫu", "xã"),
    "government": ("CHÍNH PHỦ", 2023, "Chính phủ", "trung ương"),
    "ministry": (
        "BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH",
        2023,
        "Bộ Văn hóa, Thể thao và Du lịch",
        "trung ương",
    ),
    "standing committee": (
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI",
        2023,
        "Ủy ban Thường vụ Quốc hội",
        "trung ương",
    ),
}


@pytest.mark.parametrize(("head", "year", "issuer", "level"), LETTERHEADS.values(), ids=LETTERHEADS)
def test_the_letterhead_names_issuer_and_level(
    head: str, year: int, issuer: str, level: str
) -> None:
    """Issuers come out in one spelling, with the level of their day."""
    found = describe(paper(issuer=head, day=f"Nơi ấy, ngày 10 tháng 7 năm {year}"))
    assert (found.issuer, found.level) == (issuer, level)
    assert level == "không rõ" or found.evidence["level"].how == "stated"


FLATTENED = {
    "one line": (
        "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN -------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do"
        " - Hạnh phúc --------------- Số: 57/NQ-HĐND Phú Yên, ngày 16 tháng 12 năm 2016 NGHỊ"
        " QUYẾT VỀ"
        " VIỆC THÔNG QUA ĐỀ ÁN CÔNG NHẬN ĐÔ THỊ HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN KHÓA VII, KỲ HỌP"
        " THỨ 3"
        " Căn cứ Luật Quy hoạch đô thị ngày 17 tháng 6 năm 2009;"
    ),
    "two columns in a line": (
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH PHÚ YÊN Độc lập - Tự do -"
        " Hạnh phúc\n"
        "Số: 57/NQ-HĐND Phú Yên, ngày 16 tháng 12 năm 2016\nNGHỊ QUYẾT\nVề việc thông qua Đề án"
        " công nhận"
        " đô thị\nHỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN\nKHÓA VII, KỲ HỌP THỨ 3\nCăn cứ Luật Quy hoạch"
        " đô thị;"
    ),
    "cells of a table": (
        "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 57/NQ-HĐND |"
        " Phú Yên, ngày 16 tháng 12 năm 2016\nNGHỊ QUYẾT\nVề việc thông qua Đề án\ncông nhận đô"
        " thị\n"
        "Căn cứ Luật Quy hoạch đô thị;"
    ),
    "day after the name": (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nSố: 57/NQ-HĐND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"
        " NAM\nNGHỊ QUYẾT\n"
        "Phú Yên, ngày 16 tháng 12 năm 2016\nVề việc thông qua Đề án công nhận đô thị\nCăn cứ Luật;"
    ),
}


@pytest.mark.parametrize("text", FLATTENED.values(), ids=FLATTENED)
def test_a_torn_letterhead_is_laid_out_again(text: str) -> None:
    """Columns in one line, table cells and flattened pages give the same record."""
    found = describe(text)
    assert (found.number, found.issuer, found.kind) == (
        "57/NQ-HĐND",
        "HĐND tỉnh Phú Yên",
        "nghị quyết",
    )
    assert found.issued_on == date(2016, 12, 16)
    assert found.abstract
    assert found.abstract.lower() == "về việc thông qua đề án công nhận đô thị"


def test_a_sample_mark_is_no_part_of_the_letterhead() -> None:
    """A banner over or under the letterhead changes no field."""
    banner = "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
    above = describe(f"{banner}\n{paper()}")
    below = describe(paper(day=f"Phú Yên, ngày 10 tháng 7 năm 2023\n{banner}"))
    within = describe(paper(name=f"NGHỊ QUYẾT\n{banner}"))
    plain = describe(paper())
    for found in (above, below, within):
        assert (found.issuer, found.number, found.title, found.issued_on) == (
            plain.issuer,
            plain.number,
            plain.title,
            plain.issued_on,
        )


def test_the_enacting_line_names_the_issuer_where_the_letterhead_is_lost() -> None:
    """The line "Hội đồng nhân dân tỉnh X ban hành Nghị quyết" says who issued it."""
    text = (
        f"{MOTTO}\nSố: 7/2026/NQ-HĐND\nNGHỊ QUYẾT\nQuy định mức phí\nCăn cứ Luật Phí và lệ phí;\n"
        "Hội đồng nhân dân tỉnh Lâm Đồng ban hành Nghị quyết quy định mức phí."
    )
    assert describe(text).issuer == "HĐND tỉnh Lâm Đồng"


def test_closing_formula_and_signer_block_name_the_issuer_next() -> None:
    """Without a letterhead the closing formula counts, then the signer block."""
    body = "Căn cứ Luật Đất đai;\nĐiều 1. Thông qua bảng giá đất.\n"
    closing = (
        "Nghị quyết này đã được Hội đồng nhân dân huyện Thường Tín khóa XX, kỳ họp thứ 5"
        " thông qua ngày 5/7/2023."
    )
    assert describe(f"NGHỊ QUYẾT\nVề giá đất\n{body}{closing}").issuer == "HĐND huyện Thường Tín"
    assert (
        describe(f"QUYẾT ĐỊNH\nVề giá đất\n{body}TM. UBND TỈNH PHÚ YÊN\nCHỦ TỊCH").issuer
        == "UBND tỉnh Phú Yên"
    )
    law = (
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày 10 tháng"
        " 12 năm 2025."
    )
    assert describe(f"LUẬT\nBÁO CHÍ\n{body}{law}").level == "trung ương"
    assert describe(f"NGHỊ QUYẾT\nVề giá đất\n{body}").issuer is None


def test_an_acts_title_may_name_its_issuer() -> None:
    """An export's line holds no letterhead but its title says "của HĐND ..."."""
    found = describe_line(
        "Nghị quyết số 7/2023/NQ-HĐND ngày 10/7/2023 của HĐND tỉnh Phú Yên về học phí"
    )
    assert (found.issuer, found.level, found.issued_on) == (
        "HĐND tỉnh Phú Yên",
        "tỉnh",
        date(2023, 7, 10),
    )


def test_communes_of_one_name_are_told_apart_by_their_province() -> None:
    """Where many communes bear a name, the province that the paper states is added."""
    found = describe(
        paper(
            issuer="TỈNH HƯNG YÊN\nHỘI ĐỒNG NHÂN DÂN\nXÃ TÂN TIẾN",
            day="Tân Tiến, ngày 5 tháng 8 năm 2024",
        )
    )
    assert found.issuer == "HĐND xã Tân Tiến, tỉnh Hưng Yên"
    bare = describe(
        paper(issuer="HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN TIẾN", day="Tân Tiến, ngày 5 tháng 8 năm 2024")
    )
    assert bare.issuer == "HĐND xã Tân Tiến"


NEWS = {
    "subject": (
        (
            "Sáng 5/3/2024, HĐND huyện Thường Tín tổ chức hội nghị với HĐND thành phố Hà Nội tại"
            " quận"
            " Ba Đình."
        ),
        "HĐND huyện Thường Tín",
        "huyện",
    ),
    "guest first": (
        (
            "Ngày 5/3/2024, tại trụ sở UBND huyện Thường Tín, Thường trực HĐND thành phố Hà Nội tổ"
            " chức giám sát."
        ),
        "Thường trực HĐND thành phố Hà Nội",
        "tỉnh",
    ),
    "board": (
        (
            "Chiều 5/3/2024, Ban Kinh tế - Xã hội HĐND huyện Thường Tín đã tổ chức thẩm tra các tờ"
            " trình."
        ),
        "Ban Kinh tế - Xã hội HĐND huyện Thường Tín",
        "huyện",
    ),
    "delegation of the council": (
        "Ngày 5/3/2024, đoàn giám sát của HĐND tỉnh Phú Yên làm việc với UBND huyện Sơn Hòa.",
        "Đoàn giám sát HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "chair": (
        (
            "Sáng 5/3/2024, hội nghị giao ban công tác quý I đã diễn ra tại Nhà văn hóa trung tâm."
            " Đồng chí Trần Văn Mẫu, Chủ tịch HĐND tỉnh Phú Yên chủ trì hội nghị."
        ),
        "HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
    "chair behind the verb": (
        (
            "Sáng 5/3/2024, hội nghị giao ban công tác quý I đã diễn ra, dưới sự chủ trì của đồng"
            " chí"
            " Trần Văn Mẫu, Chủ tịch HĐND huyện Thường Tín."
        ),
        "HĐND huyện Thường Tín",
        "huyện",
    ),
    "committee": (
        "Ngày 5/3/2024, UBND xã Hồng Vân tổ chức tiếp công dân định kỳ tại trụ sở xã.",
        "UBND xã Hồng Vân",
        "xã",
    ),
    "only attendees": (
        (
            "Sáng 5/3/2024, hội nghị toàn quốc đã diễn ra với sự tham dự của HĐND các cấp và HĐND"
            " quận, huyện, thị xã."
        ),
        None,
        "không rõ",
    ),
    "person behind the council": (
        "Sáng 5/3/2024, HĐND tỉnh Phú Yên tổ chức kỳ họp, có Chủ tịch HĐND tỉnh Trần Văn Mẫu dự.",
        "HĐND tỉnh Phú Yên",
        "tỉnh",
    ),
}


@pytest.mark.parametrize(("text", "issuer", "level"), NEWS.values(), ids=NEWS)
def test_news_belong_to_who_organised_or_chaired(text: str, issuer: str | None, level: str) -> None:
    """The subject of the first sentence counts, then the chair; guests never do."""
    found = describe(text)
    assert (found.kind, found.issuer, found.level) == ("tin tức", issuer, level)


def test_a_bare_council_is_the_one_of_the_portals_own_unit() -> None:
    """A bare "HĐND Thành phố" on a district's portal is its province's council."""
    text = "Sáng 5/3/2024, Thường trực HĐND Thành phố tổ chức hội nghị giao ban công tác quý."
    found = describe(text, boilerplate="CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN THƯỜNG TÍN")
    assert (found.issuer, found.level) == ("Thường trực HĐND thành phố Hà Nội", "tỉnh")
    other = describe(text, facts={"publisher": "Trang tin thành phố Thanh Hóa"})
    assert (other.issuer, other.level) == ("Thường trực HĐND thành phố Thanh Hóa", "huyện")
    nobody = describe(text)
    assert (nobody.issuer, nobody.level) == (None, "không rõ")


def test_a_bare_province_stays_unnamed_but_keeps_its_level() -> None:
    """A bare "HĐND tỉnh" is a province's council even where no text names it."""
    found = describe("Ngày 5/3/2024, HĐND tỉnh tổ chức hội nghị tổng kết công tác năm 2023.")
    assert (found.issuer, found.level) == (None, "tỉnh")


def test_a_bare_name_counts_when_one_unit_alone_bears_it() -> None:
    """A bare "HĐND Phú Yên" is the province; "Thanh Hóa" was a province and a city."""
    assert describe("Sáng 5/3/2024, HĐND Phú Yên tổ chức hội nghị tổng kết năm.").level == "tỉnh"
    assert describe("Sáng 5/3/2024, HĐND Thanh Hóa tổ chức hội nghị tổng kết năm.").issuer is None


def test_mentions_are_levels_in_passing() -> None:
    """Lists and plurals are mentions; "xã hội" is no commune, Quốc hội no council."""
    text = (
        "HĐND các tỉnh, thành phố trực thuộc Trung ương; HĐND quận, huyện, thị xã; HĐND xã, thị"
        " trấn;"
        " HĐND xã hội; Quốc hội"
    )
    assert find_mentions(text, None, "không rõ") == ("tỉnh", "huyện", "xã")
    assert find_mentions("HĐND cấp huyện", None, "tỉnh") == ("huyện",)
    assert find_mentions("HĐND Thành phố", None, "tỉnh") == ("tỉnh",)
    assert find_mentions("HĐND Thành phố", None, "không rõ") == ()
    assert find_mentions("HĐND thành phố Hải Phòng", None, "không rõ") == ("tỉnh",)
    assert find_mentions("các huyện, thành phố; HĐND huyện, thành phố", None, "tỉnh") == ("huyện",)
    assert find_mentions("HĐND xã hội hóa", None, "tỉnh") == ()


def test_a_manifests_issuer_wins_in_our_spelling() -> None:
    """Spelling variants of a manifest fall into one facet value; unread words stay."""
    found = describe(paper(), facts={"issuer": "Hội đồng nhân dân TP. Cần Thơ"})
    assert (found.issuer, found.level) == ("HĐND thành phố Cần Thơ", "tỉnh")
    assert found.evidence["issuer"].how == "manifest"
    assert spell_issuer("Câu lạc bộ hưu trí", None).name == "Câu lạc bộ hưu trí"
    assert spell_issuer("Phòng Nội vụ huyện Thường Tín", None).level == "huyện"
    assert spell_issuer("HĐND tỉnh", None).name == "HĐND tỉnh"
    assert spell_issuer("Bộ Nội vụ", None).level == "trung ương"


def test_a_manifests_level_wins() -> None:
    """A level by value or label is taken; one that is none is passed over."""
    assert describe(paper(), facts={"level": "Cấp xã"}).level == "xã"
    assert describe(paper(), facts={"level": "Huyện/quận/thị xã"}).level == "huyện"
    assert describe(paper(), facts={"level": "liên bang"}).level == "tỉnh"
    assert read_level("") is None


def test_names_are_read_no_farther_than_the_table_goes() -> None:
    """Persons' names follow units' names without a comma."""
    assert match_name("tỉnh", "Phú Yên Trần Văn Mẫu") == ("Phú Yên", 7)
    assert match_name("quận", "1, thành phố") == ("1", 1)
    assert match_name("xã", "(") is None
    assert match_bare_name("Không Đâu", None) is None


def test_levels_of_cities_follow_the_calendar() -> None:
    """Huế rose on 1 January 2025; the districts' cities ended on 30 June 2025."""
    hue, vinh = Unit("thành phố", "Huế"), Unit("thành phố", "Vinh")
    assert [level_of(hue, day) for day in (date(2024, 12, 31), date(2025, 1, 1), None)] == [
        "huyện",
        "tỉnh",
        "không rõ",
    ]
    assert [level_of(vinh, day) for day in (date(2025, 6, 30), date(2025, 7, 1), None)] == [
        "huyện",
        "không rõ",
        "huyện",
    ]
    assert level_of(Unit("thành phố"), None) == "không rõ"


def test_units_know_their_province_on_a_day() -> None:
    """The table holds both eras."""
    assert [each.label for each in provinces_of(Unit("xã", "Thường Tín"), date(2026, 1, 1))] == [
        "thành phố Hà Nội"
    ]
    assert provinces_of(Unit("xã", "Làng Mẫu"), None) == ()


def test_central_bodies_are_told_by_their_names() -> None:
    """A name that is no central body's gives nothing."""
    assert match_central("Hội Cựu chiến binh") is None


ADDRESSED = {
    "HĐND thị trấn Phùng": "Sáng 2/3/2023, HĐND thị trấn Phùng, huyện Đan Phượng tổ chức hội nghị.",
    "HĐND xã Mường Than": "Ngày 12/6/2025, Tổ 2 HĐND xã Mường Than, huyện Than Uyên tiếp cử tri.",
    "HĐND tỉnh Kiên Giang": "Ông Lê Mẫu, Chủ tịch HĐND tỉnh Kiên Giang, vừa có buổi tiếp dân.",
}


@pytest.mark.parametrize("issuer", ADDRESSED)
def test_an_address_behind_the_name_is_no_list_of_kinds(issuer: str) -> None:
    """Reports give a commune with its district, and a person with the council that he heads."""
    assert describe(f"Tin trong ngày\n{ADDRESSED[issuer]}\nNhiều người dự.").issuer == issuer


def test_a_province_has_one_spelling_through_the_years() -> None:
    """Both "Thanh Hoá" and "Thanh Hóa" are one province, named once."""
    assert describe(paper(issuer="HĐND TỈNH THANH HÓA", day="")).issuer == "HĐND tỉnh Thanh Hóa"
    assert len(provinces_of(Unit("tỉnh", "Thanh Hóa"), None)) == 1


def test_a_unit_that_was_raised_later_keeps_its_older_kind() -> None:
    """The table knows Mộc Châu as a town only; papers from before speak of the district."""
    assert match_name("huyện", "Mộc Châu") is not None
    assert [each.name for each in provinces_of(Unit("huyện", "Mộc Châu"), None)] == ["Sơn La"]
    assert match_name("quận", "Mộc Châu") is None


def test_a_district_tells_in_which_province_a_commune_lies() -> None:
    """Two provinces have a xã Liên Hồng; the district's portal says which one it is."""
    text = (
        "Ngày 15/4/2024, HĐND xã Liên Hồng tổ chức kỳ họp chuyên đề. Ông Trần Văn Mẫu, Chủ tịch "
        "HĐND xã, chủ trì kỳ họp."
    )
    plain = describe(text)
    told = describe(text, boilerplate="TIN TỨC\n- Huyện Đan Phượng xưa và nay")
    assert plain.issuer == "HĐND xã Liên Hồng"
    assert told.issuer == "HĐND xã Liên Hồng, thành phố Hà Nội"


def test_a_report_may_open_with_the_number_of_its_days() -> None:
    """News begin with "Trong 2 ngày 8 và 9/6" as well as with "Ngày 8/6"."""
    document = describe(
        "Trong 2 ngày 8 và 9/6, Ban Văn hóa - Xã hội HĐND tỉnh Sơn La khảo sát tại huyện Mộc Châu. "
        "Trong 6 tháng đầu năm 2022, huyện đã mở nhiều lớp xóa mù chữ."
    )
    assert (document.issuer, document.level) == ("Ban Văn hóa - Xã hội HĐND tỉnh Sơn La", "tỉnh")
    assert (document.issued_on, document.date_known) == (date(2022, 6, 8), "inferred")


RISEN = {
    ("Huế", 2024): "huyện",
    ("Huế", 2026): "tỉnh",
    ("Cần Thơ", 2003): "huyện",
    ("Cần Thơ", 2004): "tỉnh",
    ("Đà Nẵng", 1996): "huyện",
    ("Đà Nẵng", 2026): "tỉnh",
    ("Thủ Đức", 2023): "huyện",
    ("Thủ Đức", 2026): "không rõ",
}


@pytest.mark.parametrize(("name", "year"), RISEN)
def test_a_city_stands_where_it_stood_that_year(name: str, year: int) -> None:
    """Some cities came directly under the centre later, others lost their councils."""
    assert level_of(Unit("thành phố", name), date(year, 8, 10)) == RISEN[name, year]


def test_a_risen_city_without_a_day() -> None:
    """Nobody knows of Huế; Cần Thơ rose before papers went online."""
    assert level_of(Unit("thành phố", "Huế"), None) == "không rõ"
    assert level_of(Unit("thành phố", "Cần Thơ"), None) == "tỉnh"


SPELLINGS = {
    ("đặc khu", "PHÚ QUÍ"): "Phú Quý",
    ("huyện", "Phú Quí"): "Phú Quý",
    ("tỉnh", "HOÀ BÌNH"): "Hòa Bình",
    ("tỉnh", "Bà Rịa Vũng Tàu"): "Bà Rịa - Vũng Tàu",
    ("tỉnh", "Đắc Lắc"): "Đắk Lắk",
    ("thành phố", "HCM"): "Hồ Chí Minh",
}


@pytest.mark.parametrize(("kind", "spelled"), SPELLINGS)
def test_a_name_is_known_in_every_spelling(kind: str, spelled: str) -> None:
    """With y or i, in either tone style, hyphens or none, and what people wrote of old."""
    found = match_name(kind, spelled)
    assert found
    assert found.name == SPELLINGS[kind, spelled]


MISREAD = {
    "ĐẶC KHU VẪN ĐỒN": ("HĐND đặc khu Vân Đồn", "Vân Đồn"),
    "TĨNH QUÃNG NINH": ("HĐND tỉnh Quảng Ninh", "Quảng Ninh"),
}


@pytest.mark.parametrize("unit", MISREAD)
def test_a_misread_unit_is_spelled_as_the_table_does(unit: str) -> None:
    """Where one unit of the kind has those letters, accents aside; it is less sure."""
    issuer, place = MISREAD[unit]
    day = f"{unit.split(maxsplit=1)[1].removeprefix('KHU ').title()}, ngày 10 tháng 7 năm 2026"
    found = describe(paper(issuer=f"HỘI ĐỒNG NHÂN DÂN\n{unit}", day=day))
    assert (found.issuer, found.place) == (issuer, place)
    assert found.evidence["issuer"].confidence < 0.9
    assert found.evidence["place"].confidence < 0.9


def test_a_right_spelling_stays_sure() -> None:
    """Capitals, hyphens and tone style make no doubt."""
    found = describe(
        paper(issuer="HỘI ĐỒNG NHÂN DÂN\nĐẶC KHU VÂN ĐỒN", day="TP. Huế, ngày 1/8/2026")
    )
    assert found.evidence["issuer"].confidence > 0.9
    assert found.evidence["place"].confidence > 0.9


def test_a_name_that_two_communes_share_without_accents_is_left() -> None:
    """Nobody can say which of them OCR misread."""
    head = "HỘI ĐỒNG NHÂN DÂN\nXÃ SỚN ĐỌNG"
    found = describe(paper(issuer=head, day="ngày 10 tháng 7 năm 2026"))
    assert found.issuer == "HĐND xã Sớn Đọng"


JOINT = {
    "ỦY BAN DÂN TỘC- BỘ TÀI CHÍNH": "Ủy ban Dân tộc; Bộ Tài chính",
    "BỘ TÀI CHÍNH-BỘ Y TẾ": "Bộ Tài chính; Bộ Y tế",
    "BỘ TÀI CHÍNH –\nBỘ Y TẾ": "Bộ Tài chính; Bộ Y tế",
    "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ TÀI CHÍNH - BỘ Y TẾ": (
        "Bộ Lao động - Thương binh và Xã hội; Bộ Tài chính; Bộ Y tế"
    ),
    "BỘ TÀI CHÍNH\nTỔNG CỤC HẢI QUAN": "Tổng cục Hải quan",
}


@pytest.mark.parametrize("head", JOINT)
def test_hyphens_join_central_bodies(head: str) -> None:
    """Each of them issued it, with or without a space around the hyphen."""
    found = describe(paper(issuer=head, number="Số: 12/2014/TTLT", name="THÔNG TƯ LIÊN TỊCH"))
    assert (found.issuer, found.level) == (JOINT[head], "trung ương")


def test_a_hyphen_ends_a_units_name() -> None:
    """The second council of a joint letterhead is no part of the first one's name."""
    head = "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN-ỦY BAN NHÂN DÂN TỈNH PHÚ YÊN"
    assert describe(paper(issuer=head)).issuer == "HĐND tỉnh Phú Yên"


def test_a_misspelt_commune_is_left_as_it_is_written() -> None:
    """The table lacks many of old, and an accent may be all that tells two apart."""
    found = describe(paper(issuer="HỘI ĐỒNG NHÂN DÂN\nXÃ TẬN LẶP"))
    assert found.issuer == "HĐND xã Tận Lặp"
    assert match_misspelt_name("tỉnh", "KHÔNG CÓ") is None


TITLES = {
    "Nghị quyết của HĐND tỉnh Phú Yên về phí": "HĐND tỉnh Phú Yên",
    "Kế hoạch giám sát năm 2024 của Thường trực HĐND tỉnh Phú Yên": "Thường trực HĐND tỉnh Phú Yên",
    "Thông tư số 62/2024/TT-BTC hướng dẫn theo Nghị định số 7/2024/NĐ-CP của Chính phủ": None,
    "Thông tư hướng dẫn thi hành Nghị định của Chính phủ": None,
}


@pytest.mark.parametrize("title", TITLES)
def test_only_the_acts_own_issuer_is_read_from_its_title(title: str) -> None:
    """What follows a cited act is that act's issuer."""
    found = find_title_issuer(title, None)
    assert (found and found.value.name) == TITLES[title]
