"""What a site says of itself above and below a text, where no tag tells it."""

from __future__ import annotations

import pytest

from indexer.reading.extract.html import extract_html
from indexer.reading.extract.menu import strip_portal_frame
from indexer.reading.extract.page_edges import (
    strip_above_headline,
    strip_site_lines,
    strip_title_runs,
)
from indexer.reading.extract.plain import extract_plain

HEADLINE = "Thường trực HĐND huyện Tam Đảo họp phiên thường kỳ"
STORY = (
    "Sáng 6/3/2024, Thường trực HĐND huyện Tam Đảo họp phiên thường kỳ tháng 3, cho ý kiến về "
    "nội dung trình kỳ họp chuyên đề.\nKết luận phiên họp, đồng chí chủ trì yêu cầu các ban sớm "
    "hoàn thành thẩm tra."
)
TEXT = f"{HEADLINE}\n{STORY}"

ABOVE = {
    "a greeting and a login": "Chào mừng quý vị đến với Trang tin huyện Tam Đảo\nĐăng nhập",
    "crumbs": "Trang chủ » Hoạt động HĐND",
    "the site's name": "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN TAM ĐẢO",
    "a menu of words never seen": (
        "Bản tin cơ sở\nKhởi nghiệp trẻ\nHương ước làng\nLàng nghề truyền thống\nGóc bạn đọc"
    ),
    "an English menu": "Home\nAbout us\nNews\nVietnamese | English",
    "the day of the visit": "Thứ sáu, ngày 12/07/2024\nHotline: 0211 000 111",
}
BELOW = {
    "comments": "Gửi bình luận\nHọ và tên\nEmail\nNội dung",
    "other news": "Các tin khác\nXã Đại Đình ra quân làm thủy lợi\nLễ hội Tây Thiên",
    "a footer": (
        "Cơ quan chủ quản: UBND huyện Tam Đảo. Điện thoại: 0211.\n© 2024. Ghi rõ nguồn khi đăng lại"
    ),
    "counters": "Thống kê truy cập\nĐang online: 12\nHôm nay: 340",
    "a menu of words never seen": (
        "Bản tin cơ sở\nKhởi nghiệp trẻ\nHương ước làng\nLàng nghề truyền thống\nGóc bạn đọc"
    ),
    "a menu above a footer": (
        "GIỚI THIỆU\n- Cơ cấu tổ chức\n- Danh bạ\nTHƯ VIỆN ẢNH\nCopyright 2024. All rights."
    ),
}


@pytest.mark.parametrize("above", ABOVE)
def test_what_a_site_prints_above_is_frame(above: str) -> None:
    """The headline stays the first line."""
    framed = strip_portal_frame(f"{ABOVE[above]}\n{TEXT}")
    assert framed.content == TEXT
    assert framed.boilerplate.split("\n") == ABOVE[above].split("\n")


@pytest.mark.parametrize("below", BELOW)
def test_what_a_site_prints_below_is_frame(below: str) -> None:
    """The story's last sentence stays the last line."""
    framed = strip_portal_frame(f"{TEXT}\n{BELOW[below]}")
    assert framed.content == TEXT
    assert sorted(framed.boilerplate.split("\n")) == sorted(BELOW[below].split("\n"))


STAYING = {
    "names of the elected": "Kết quả bầu cử như sau.\nLê Văn An\nTrần Thị Bình\nPhạm Cúc\nHồ Dần",
    "a list behind a colon": "Các nội dung gồm:\nThu ngân sách\nChi đầu tư\nNợ công\nDự phòng",
    "three short lines": "Hội nghị bế mạc.\nĐất lành\nChim đậu nhiều\nNgười về đông",
    "an annex": "Điều 1. Ban hành phụ lục.\nTên dự án\nChủ đầu tư\nNguồn vốn\nGhi chú chung",
    "sharing as a verb": f"{STORY}\nChia sẻ với bà con, Đoàn tặng 20 suất quà.",
}


@pytest.mark.parametrize("name", STAYING)
def test_short_lines_of_the_text_stay(name: str) -> None:
    """Names, lists behind a colon and annexes are content."""
    assert strip_portal_frame(STAYING[name]).content == STAYING[name]


def test_crumbs_name_the_category() -> None:
    """The last step before the page itself is what its source files it under."""
    assert strip_site_lines(["Trang chủ > Giám sát - Khảo sát", *TEXT.split("\n")]).category == (
        "Giám sát - Khảo sát"
    )


def test_a_page_that_only_speaks_of_itself_is_kept() -> None:
    """Something must be left to read."""
    assert strip_site_lines(["Đăng nhập", "Tìm kiếm"]).content == ["Đăng nhập", "Tìm kiếm"]


def test_all_above_the_headline_is_frame() -> None:
    """Whatever its words are; but a headline deep in the text heads nothing."""
    lines = ["Kinh tế", "Văn hóa", HEADLINE, STORY]
    assert strip_above_headline(lines, HEADLINE.upper()).content == lines[2:]
    behind = [STORY.replace("\n", " "), HEADLINE]
    assert strip_above_headline(behind, HEADLINE).content == behind
    assert strip_above_headline(lines, "").content == lines


def test_the_line_above_the_story_is_its_headline() -> None:
    """However short it is, it is no entry of the menu above it."""
    menu = ["Bản tin cơ sở", "Khởi nghiệp trẻ", "Hương ước làng", "Góc bạn đọc"]
    assert strip_title_runs([*menu, "Giao ban quý", STORY]).content == ["Giao ban quý", STORY]
    assert strip_title_runs(menu).content == menu


def test_a_sample_banner_is_neither_category_nor_menu() -> None:
    """It stays in the text and leaves the category heading below it to be read."""
    banner = "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
    framed = strip_portal_frame(f"{banner}\nGIÁM SÁT\n{TEXT}")
    assert framed.category == "Giám sát"
    assert framed.content == f"{banner}\n{TEXT}"


def test_a_copied_page_keeps_its_stamp_and_hints_it() -> None:
    """A line with a day may be a paper's own, so it stays, and a report is dated by it."""
    extracted = extract_plain(f"{HEADLINE}\n10:15 | 07/03/2024\n{STORY}".encode())
    assert extracted.hints == {"issued_on": "2024-03-07"}
    assert "07/03/2024" in extracted.pages[0]


PAGES = {
    "the site's unit first": ("xã Đại Đình | {0}", HEADLINE),
    "its body last": ("{0} - UBND huyện Tam Đảo", HEADLINE),
    "cut short": ("Thường trực HĐND huyện Tam Đảo họp…", HEADLINE),
    "not on the page": ("Họp phiên thường kỳ - huyện Tam Đảo", "Họp phiên thường kỳ"),
    "two parts of one title": ("Họp phiên - Bàn ngân sách", "Họp phiên - Bàn ngân sách"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_site_is_no_part_of_a_title(name: str) -> None:
    """What the page shows as its headline is the title, else what names more than a unit."""
    written, title = PAGES[name]
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    page = f"<title>{written.format(HEADLINE)}</title><body>{paragraphs}</body>"
    assert extract_html(page.encode()).title == title


def test_a_report_is_no_newspaper() -> None:
    """A title "Báo cáo" opens a paper's title, "Báo Nhân Dân" names a site."""
    page = f"<title>Báo cáo số 4/BC-BPC</title><body><p>{STORY}</p></body>"
    extracted = extract_html(page.encode())
    assert (extracted.title, extracted.hints.get("publisher")) == ("Báo cáo số 4/BC-BPC", None)
