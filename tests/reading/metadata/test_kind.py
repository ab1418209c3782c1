"""Kinds: by the name over the text, the title, the number, the words; never by guess."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.kind import kind_of_title, name_kind
from indexer.reading.metadata.kinds import kind_labels, read_kinds
from indexer.records import UNKNOWN_KIND
from tests.reading.metadata.papers import describe, describe_line, paper

NAMED = {
    "resolution": ("NGHỊ QUYẾT", "Về học phí", "nghị quyết"),
    "joint resolution": ("NGHỊ QUYẾT LIÊN TỊCH", "Về quy chế phối hợp", "nghị quyết liên tịch"),
    "proposal": ("TỜ TRÌNH", "Về việc đề nghị ban hành Nghị quyết về học phí", "tờ trình"),
    "examination": ("BÁO CÁO", "Thẩm tra dự thảo Nghị quyết về học phí", "báo cáo thẩm tra"),
    "examination, named whole": ("BÁO CÁO THẨM TRA", "Tờ trình về học phí", "báo cáo thẩm tra"),
    "supervision": ("BÁO CÁO", "Kết quả giám sát việc thu học phí", "báo cáo giám sát"),
    "voters' petitions": (
        "BÁO CÁO",
        "Tổng hợp ý kiến, kiến nghị của cử tri trước kỳ họp",
        "kiến nghị cử tri",
    ),
    "answer to petitions": (
        "BÁO CÁO",
        "Kết quả giải quyết kiến nghị của cử tri",
        "trả lời kiến nghị",
    ),
    "answer about": ("BÁO CÁO", "Về việc trả lời kiến nghị của cử tri", "trả lời kiến nghị"),
    "explanation to voters": ("BÁO CÁO", "Giải trình, trả lời ý kiến cử tri", "trả lời kiến nghị"),
    "planned agenda": (
        "CHƯƠNG TRÌNH",
        "Dự kiến chương trình kỳ họp thứ mười",
        "chương trình kỳ họp",
    ),
    "plain report": ("BÁO CÁO", "Kết quả kỳ họp thứ 5", "báo cáo"),
    "conclusion notice": (
        "THÔNG BÁO",
        "Kết luận của Thường trực HĐND tại phiên họp",
        "thông báo kết luận",
    ),
    "plain notice": ("THÔNG BÁO", "Về việc triệu tập kỳ họp", "thông báo"),
    "agenda": ("CHƯƠNG TRÌNH", "Kỳ họp thứ 5, HĐND tỉnh khóa VIII", "chương trình kỳ họp"),
    "minutes": ("BIÊN BẢN", "Kỳ họp thứ 5", "biên bản"),
    "invitation": ("GIẤY MỜI", "", "giấy mời"),
    "joint circular": ("THÔNG TƯ LIÊN TỊCH", "Hướng dẫn chi", "thông tư liên tịch"),
    "code of law": ("BỘ LUẬT", "DÂN SỰ", "luật"),
    "glued name": ("LUẬTSỬA ĐỔI MỘT SỐ ĐIỀU CỦA LUẬT GIÁO DỤC", "", "luật"),
    "conclusion": ("KẾT LUẬN", "Phiên họp tháng 5", "kết luận"),
    "name in small letters": ("Nghị quyết", "Về học phí", "nghị quyết"),
}


@pytest.mark.parametrize(("name", "subject", "kind"), NAMED.values(), ids=NAMED)
def test_the_name_over_the_text_and_its_subject_tell_the_kind(
    name: str, subject: str, kind: str
) -> None:
    """A broad name becomes the narrower kind that its subject makes of it."""
    found = describe(paper(number="", name=name, subject=subject))
    assert (found.kind, found.evidence["kind"].how) == (kind, "stated")


LETTERS = {
    "letter": ("Số: 245/HĐND-VP\nV/v triển khai kế hoạch", "công văn"),
    "letter that answers voters": (
        "Số: 245/UBND-VX\nV/v trả lời kiến nghị của cử tri",
        "trả lời kiến nghị",
    ),
    "letter without a number": ("Số:    /HĐND-VP\nV/v triển khai kế hoạch", "công văn"),
    "report by its number": ("Số: 37/BC-BPC", "báo cáo"),
    "Party letter": ("Số: 59-CV/TU", "công văn"),
}


@pytest.mark.parametrize(("number", "kind"), LETTERS.values(), ids=LETTERS)
def test_without_a_name_the_number_tells_the_kind(number: str, kind: str) -> None:
    """A letter has no name over it: its number and "V/v" tell it."""
    found = describe(paper(number=number, name="", subject="", body="Kính gửi: Các sở, ban, ngành"))
    assert (found.kind, found.evidence["kind"].how) == (kind, "inferred")


TITLES = {
    "Nghị quyết số 12/2023/NQ-HĐND về học phí": "nghị quyết",
    "Báo cáo số 37/BC-BPC thẩm tra tờ trình": "báo cáo thẩm tra",
    "Nghị quyết về việc đặt tên đường": "nghị quyết",
    "Quy chế hoạt động của HĐND xã": "quy chế",
    "Luật Báo chí số 126/2025/QH15": "luật",
    "Thông báo về việc giữ người trong trường hợp khẩn cấp": None,
    "Quy định chuyển tiếp": None,
    "Luật sư và khách hàng": None,
    "Phạm vi điều chỉnh": None,
    "Hợp đồng": None,
    "Quyết địnhX": None,
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_tells_the_kind_only_where_nothing_else_is_called_so(title: str) -> None:
    """Headings of a law's articles sound like acts and are none."""
    found = kind_of_title(title)
    assert (found.value if found else None) == TITLES[title]


NEITHER = {
    "law article": ("Phạm vi điều chỉnh", "1. Luật này quy định về báo chí.\n2. Điều khác."),
    "encyclopedia": ("Sao Hỏa", "Sao Hỏa là hành tinh thứ tư tính từ Mặt Trời, có màu đỏ."),
    "history": ("Trận đánh", "Trận đánh diễn ra tại một vùng quê vào thế kỷ trước và rất dài."),
    "title alone": ("Hội nghị tháng năm", ""),
}


@pytest.mark.parametrize(("title", "text"), NEITHER.values(), ids=NEITHER)
def test_what_shows_no_kind_stays_unknown(title: str, text: str) -> None:
    """Neither a law's article nor an encyclopedia's is news, and none has a date or a level."""
    found = describe_line(title, text)
    assert (found.kind, found.level, found.issued_on, found.number) == (
        UNKNOWN_KIND,
        "không rõ",
        None,
        None,
    )
    assert found.evidence["kind"].how == "default"


def test_a_dated_web_page_that_is_no_act_is_news() -> None:
    """A portal's page with a day of publication reports something."""
    text = "Công tác chuẩn bị cho mùa lễ đang được các thôn gấp rút hoàn thành theo kế hoạch."
    assert (
        describe(text, media_type="text/html", hints={"issued_on": "2024-05-01"}).kind == "tin tức"
    )
    assert describe(text, media_type="text/html").kind == UNKNOWN_KIND


def test_manifest_and_metadata_name_kinds_in_any_spelling() -> None:
    """The manifest wins; the file's own metadata count where the text shows nothing."""
    assert describe(paper(), facts={"kind": "BÁO CÁO THẨM TRA"}).kind == "báo cáo thẩm tra"
    assert describe("Bảng kê các khoản.", hints={"kind": "Biên bản"}).kind == "biên bản"
    assert name_kind("Sổ Tay") == "sổ tay"
    assert name_kind("Quyết định (cá biệt)") == "quyết định"


def test_every_kind_has_a_label_and_headings_of_its_own() -> None:
    """Labels are what pages show; no heading may stand for two kinds."""
    labels = kind_labels()
    headings = [heading for kind in read_kinds() for heading in kind.headings]
    assert len(headings) == len(set(headings))
    assert all(label[:1].isupper() for label in labels.values())
    assert {"nghị quyết", "tin tức", UNKNOWN_KIND} <= set(labels)
    assert all(broad in labels for kind in read_kinds() for broad in kind.refines)


RUNNING = {
    "an occasion first": (
        "Tại Kỳ họp thứ 23 (kỳ họp chuyên đề), sáng 27-5-2025, HĐND TP.HCM đã thông qua 15 mục."
    ),
    "how long it took": (
        "Sau 2 ngày làm việc, Kỳ họp thứ 19, HĐND huyện Gia Lâm đã bế mạc vào chiều 5/7/2024."
    ),
    "the meeting first": (
        "Hội nghị giao ban quý II vừa được Thường trực HĐND tỉnh Bắc Giang tổ chức sáng 21/7/2023."
    ),
    "a person first": (
        "Ông Trần Văn Mẫu, Chủ tịch HĐND tỉnh Kiên Giang, vừa có buổi tiếp công dân ở trụ sở."
    ),
}


@pytest.mark.parametrize("name", RUNNING)
def test_a_report_may_open_with_more_than_its_day(name: str) -> None:
    """Occasion, meeting or person come first; a council that acts shows the report."""
    assert describe(f"Tin trong ngày\n{RUNNING[name]}\nNhiều đại biểu dự.").kind == "tin tức"


def test_a_paper_may_have_lost_its_letterhead() -> None:
    """Its name in capitals on the first line is left; over a report it is a portal's column."""
    found = describe(
        "BÁO CÁO\nKết quả giám sát về môi trường\nThực hiện phân công, Đoàn báo cáo:\n"
    )
    assert (found.kind, found.abstract) == (
        "báo cáo giám sát",
        "Kết quả giám sát về môi trường",
    )
    column = describe("THÔNG BÁO\nHọp dân\nSáng 5/7/2024, HĐND xã Tân Lập tổ chức tiếp xúc cử tri.")
    assert column.kind == "tin tức"


def test_the_narrower_kind_shows_behind_number_day_and_body() -> None:
    """A title "Báo cáo số ... ngày ... của Ban Pháp chế thẩm tra ..." examines."""
    title = (
        "Báo cáo số 12/BC-BPC ngày 5/7/2024 của Ban Pháp chế HĐND tỉnh Sóc Trăng thẩm tra dự thảo"
    )
    assert describe_line(title).kind == "báo cáo thẩm tra"


BARE = {
    "grounds": ("QUYẾT ĐỊNH\nVề việc thử\nCăn cứ Luật Mẫu ngày 1/2/2015;", "quyết định"),
    "an article": ("QUYẾT ĐỊNH\nĐiều 1. Giao các ban.", "quyết định"),
    "grounds behind a dash": (
        "NGHỊ QUYẾT\nVề việc thử\n- Căn cứ Luật Mẫu ngày 1/2/2015;\nĐiều 1. Giao.",
        "nghị quyết",
    ),
    "small letters": ("Nghị quyết\nVề việc thử\nĐiều 1. Giao các ban.", "nghị quyết"),
}


@pytest.mark.parametrize(("text", "kind"), BARE.values(), ids=BARE)
def test_a_name_over_grounds_or_articles_tells_the_kind(text: str, kind: str) -> None:
    """No letterhead is needed where an act begins; the cited day is not its own."""
    found = describe(text)
    assert (found.kind, found.issued_on) == (kind, None)


NOTICE = "THÔNG BÁO\nKết quả kỳ họp thứ 9 HĐND huyện Mẫu Sơn\n"
REPORT = "Ngày 15/12/2023, HĐND huyện Mẫu Sơn đã tổ chức kỳ họp thứ 9.\nNhiều đại biểu dự."
NOTICES = {
    "signed": (f"{NOTICE}{REPORT}\nTM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH\nLê Văn Mẫu", "thông báo"),
    "numbered": (f"{NOTICE}Số: 12/TB-HĐND\n{REPORT}", "thông báo"),
    "a portal's column": (f"{NOTICE}{REPORT}", "tin tức"),
}


@pytest.mark.parametrize(("text", "kind"), NOTICES.values(), ids=NOTICES)
def test_number_or_signature_tells_a_notice_from_news(text: str, kind: str) -> None:
    """Both may report a session under the word THÔNG BÁO; reporters sign nothing so."""
    assert describe(text).kind == kind
