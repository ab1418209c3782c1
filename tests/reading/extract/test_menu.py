"""What frames a copied portal page is told from what closes a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.extract.category_heading import take_category
from indexer.reading.extract.heading_case import sentence_case
from indexer.reading.extract.menu import strip_menu, strip_portal_frame

PROSE = (
    "Sáng ngày 5/7, Thường trực Hội đồng nhân dân tỉnh đã tổ chức hội nghị giao ban quý II với "
    "Thường trực Hội đồng nhân dân các xã, phường trên địa bàn tỉnh."
)

MENUS = {
    "two headings and bullets": "GIỚI THIỆU\n- Cơ cấu tổ chức\n- Lịch tiếp công dân\nTHƯ VIỆN ẢNH",
    "headings only": "TIN TỨC\nVĂN BẢN CHỈ ĐẠO\nCÔNG KHAI NGÂN SÁCH\nLIÊN HỆ",
    "bullets under subjects": (
        "KINH TẾ - XÃ HỘI\nQUỐC PHÒNG - AN NINH\n- Nông thôn mới\n- Kỷ niệm 75 năm thành lập"
    ),
    "other bullets": "CHUYÊN MỤC\n• Chuyển đổi số\n• Bảo hiểm y tế\n• Phòng chống thiên tai",
    "bare link titles": "Trang chủ\nGiới thiệu\nTin tức - Sự kiện\nVăn bản\nLiên hệ",
    "blank lines between": "TIN NỔI BẬT\n\n- Nông thôn mới\n\n- Học tập, làm theo Bác\n\nVIDEO",
    "a site's word over bullets": "Chuyên mục\n- Học tập Bác\n- 80 năm Quốc khánh\n- Tuyển sinh",
    "kinds under the news": "TIN TỨC\nNGHỊ QUYẾT - QUYẾT ĐỊNH\n- Báo cáo tài chính\n- Giảm nghèo",
    "links with their days": "CÁC TIN KHÁC\n- Lễ ra quân (05/03/2024)\n- Tập huấn (1/3)\n- Thi đua",
    "links elsewhere": "LIÊN KẾT WEBSITE\n- Cổng thông tin Chính phủ\n- Báo Nhân dân\n- UBND tỉnh",
    "a holiday": "XÂY DỰNG ĐẢNG\nBIỂN ĐẢO\n- Kỷ niệm 50 năm ngày 30/4\n- Phòng dịch Covid-19",
    "numbers before the entries": "LIÊN KẾT NHANH\n1. Phản ánh hiện trường\n2. Lịch tàu\n3. Giá cả",
    "a figure among the entries": "TIN TỨC\n- Lịch sử\n- 30 phút cùng bà con\n- Cảnh báo lừa đảo",
    "bare entries under no site's word": (
        "BÀ CON CẦN\nGiới thiệu\nTin tức\nGiá nông sản\nThư viện ảnh\nLiên hệ"
    ),
    "a body among the entries": "GIỚI THIỆU\nHỘI ĐỒNG NHÂN DÂN\nỦY BAN NHÂN DÂN\nTIN TỨC",
}

CLOSINGS = {
    "recipients": "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.",
    "recipients without punctuation": "Nơi nhận\n- Như trên\n- Các Ban HĐND tỉnh\n- Lưu VT",
    "a signer": "CHỦ TỊCH\n\nNguyễn Văn A",
    "a signer in capitals": "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n\nNGUYỄN VĂN A",
    "a deputy who signed": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Thị B",
    "decisions numbered": "1. Nghị quyết về phí\n2. Nghị quyết về đất\n3. Quyết định về biên chế",
    "decisions with bullets": (
        "Kỳ họp thông qua các nội dung:\n- Mức thu học phí\n- Bảng giá đất\n- Biên chế công chức"
    ),
    "an agenda": "CHƯƠNG TRÌNH KỲ HỌP\n- Chào cờ\n- Khai mạc\n- Báo cáo kết quả giám sát\n- Bế mạc",
    "an agenda with hours": "- 8h00: Đón tiếp đại biểu\n- 8h30: Khai mạc\n- 11h30: Bế mạc",
    "an annex": "PHỤ LỤC\nDanh mục dự án\nTrường tiểu học xã A\nTrạm y tế xã B",
    "a list of people": "DANH SÁCH ĐẠI BIỂU\n- Nguyễn Văn A\n- Trần Thị B\n- Lê Văn C",
    "an address": "Trụ sở Hội đồng nhân dân\nThôn Đông, xã Thượng Phúc\nThành phố Hà Nội",
    "verse": "Quê em đẹp tựa bức tranh\nĐồng xanh bát ngát vàng hanh\nSông Nhuệ uốn quanh làng",
    "fees": "Phí thẩm định 50.000 đồng\nLệ phí cấp phép 20.000 đồng\nPhí tham quan 10.000 đồng",
    "bullets alone": "- Xây dựng đường trục chính\n- Cải tạo trường học\n- Nâng cấp trạm y tế",
    "one heading over a list": "NHIỆM VỤ TRỌNG TÂM\n- Xây dựng trường\n- Trồng rừng\n- Làm đường",
    "instructions": "HƯỚNG DẪN THỰC HIỆN\n- Nộp hồ sơ\n- Nhận kết quả\n- Nộp phí theo quy định",
    "bodies that signed": "HỘI ĐỒNG NHÂN DÂN\nỦY BAN NHÂN DÂN\nỦY BAN MẶT TRẬN TỔ QUỐC",
    "subjects that portals have too": "- Công khai ngân sách\n- Chuyển đổi số\n- Tuyển dụng",
    "minutes signed by two": "CHỦ TỌA\nTRẦN VĂN BÌNH\nTHƯ KÝ\nNGUYỄN THỊ HÀ",
    "captions": "Một số hình ảnh tại hội nghị\nBí thư phát biểu\nQuang cảnh hội nghị",
    "chapters": "I. MỤC ĐÍCH\nII. NỘI DUNG\nIII. TỔ CHỨC THỰC HIỆN",
    "conclusions": "KẾT LUẬN\nKIẾN NGHỊ\n- Đối với UBND tỉnh\n- Đối với các sở, ngành",
    "two words": "TIN TỨC\nVIDEO",
}


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS.keys())
def test_a_menu_at_the_end_is_no_content(menu: str) -> None:
    """A menu after the text goes, whatever its entries are."""
    content, taken = strip_menu(f"{PROSE}\n{menu}\n")
    assert content == PROSE
    assert taken.split("\n") == [line for line in menu.split("\n") if line]


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS.keys())
def test_what_closes_a_document_stays(closing: str) -> None:
    """Recipients, signers, agendas and lists are content although their lines are short."""
    text = f"{PROSE}\n{closing}"
    assert strip_menu(text) == (text, "")


@pytest.mark.parametrize("name", ["a signer", "a signer in capitals", "recipients", "fees"])
def test_a_menu_goes_without_what_closes_the_document_above_it(name: str) -> None:
    """The menu is cut off right below the document's last line."""
    text = f"{PROSE}\n{CLOSINGS[name]}"
    menu = MENUS["two headings and bullets"]
    assert strip_menu(f"{text}\n{menu}") == (text, menu)


@pytest.mark.parametrize("name", ["headings only", "bare link titles", "two headings and bullets"])
def test_a_menu_at_the_start_is_no_content(name: str) -> None:
    """A menu above the text goes; the headline between them stays."""
    headline = "Khai mạc kỳ họp thường lệ giữa năm của Hội đồng nhân dân tỉnh"
    text = f"{headline}\n{PROSE}"
    assert strip_menu(f"{MENUS[name]}\n{text}") == (text, MENUS[name])


def test_a_letterhead_is_no_menu() -> None:
    """Issuer, motto and kind in capitals at the start stay."""
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH NAM ĐỊNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\nNGHỊ QUYẾT\n{PROSE}"
    )
    assert strip_portal_frame(text) == (text, "", "")


def test_a_menu_above_a_letterhead_ends_at_the_issuer() -> None:
    """The issuer's line belongs to the document."""
    letterhead = "HỘI ĐỒNG NHÂN DÂN\nTỈNH NAM ĐỊNH\nSố: 12/2023/NQ-HĐND\nNGHỊ QUYẾT"
    menu = "TRANG CHỦ\nGIỚI THIỆU\nTIN TỨC"
    assert strip_menu(f"{menu}\n{letterhead}\n{PROSE}") == (f"{letterhead}\n{PROSE}", menu)


def test_a_text_that_is_all_menu_is_kept() -> None:
    """Nothing is left out when nothing else would remain."""
    menu = MENUS["headings only"]
    assert strip_menu(menu) == (menu, "")


HEADINGS = [
    ("HOẠT ĐỘNG HĐND HUYỆN", "Hoạt động HĐND huyện"),
    ("TIN TỨC - SỰ KIỆN", "Tin tức - Sự kiện"),
    ("GIÁM SÁT - KHẢO SÁT", "Giám sát - Khảo sát"),
    ("HOẠT ĐỘNG CỦA ĐOÀN ĐBQH VÀ HĐND TỈNH", "Hoạt động của Đoàn ĐBQH và HĐND tỉnh"),
    ("CÔNG TÁC MTTQ VÀ CÁC ĐOÀN THỂ", "Công tác MTTQ và các đoàn thể"),
    ("TIẾP XÚC CỬ TRI", "Tiếp xúc cử tri"),
    ("XÃ HỘI", "Xã hội"),
    ("HỘI ĐỒNG NHÂN DÂN", "Hội đồng nhân dân"),
    ("THƯỜNG TRỰC HĐND - UBND HUYỆN", "Thường trực HĐND - UBND huyện"),
    ("NGHỊ QUYẾT VÀ CUỘC SỐNG", "Nghị quyết và cuộc sống"),
]


@pytest.mark.parametrize(("heading", "category"), HEADINGS)
def test_a_heading_over_news_is_its_category(heading: str, category: str) -> None:
    """A short line in capitals above running prose is what the portal files it under."""
    assert take_category(f"{heading}\n{PROSE}") == (PROSE, category)


@pytest.mark.parametrize(
    "line",
    [
        "KHAI MẠC KỲ HỌP THỨ 5 HỘI ĐỒNG NHÂN DÂN TỈNH",
        "HỘI ĐỒNG NHÂN DÂN TỈNH NAM ĐỊNH",
        "BÁO CÁO",
        "THÔNG BÁO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TIN TỨC QUÝ 2",
        "Hoạt động của Hội đồng",
        "- TIN TỨC",
    ],
)
def test_other_first_lines_are_no_category(line: str) -> None:
    """Headlines, issuers, kinds and lines in small letters stay in the text."""
    text = f"{line}\n{PROSE}"
    assert take_category(text) == (text, "")


def test_a_heading_over_a_letterhead_is_no_category() -> None:
    """Only news stands under a portal's heading; an act in capitals does not."""
    text = f"QUY CHẾ LÀM VIỆC\nHỘI ĐỒNG NHÂN DÂN TỈNH\n{PROSE}"
    assert take_category(text) == (text, "")


def test_a_category_right_below_a_menu_is_no_entry() -> None:
    """What portals have an entry for may be the heading over the news as well."""
    menu = "- Trang chủ\n- Giới thiệu\n- Huyện Ba Vì mến khách\n- Liên hệ"
    framed = strip_portal_frame(f"{menu}\nHOẠT ĐỘNG CỦA HĐND\n{PROSE}")
    assert framed == (PROSE, menu, "Hoạt động của HĐND")


def test_a_body_over_undated_prose_is_no_category() -> None:
    """Papers begin with the body's name as well; only news go on with a day."""
    text = f"HỘI ĐỒNG NHÂN DÂN\nXét thấy rằng {PROSE.lower()}"
    assert take_category(text) == (text, "")


def test_a_menu_above_news_ends_at_their_category() -> None:
    """Entries that only their place gives away go with the menu; the heading is the category."""
    menu = "Trang chủ\nGiới thiệu\nTin tức\nXã Liên Hồng hôm nay\nKhoa học công nghệ"
    framed = strip_portal_frame(f"{menu}\nTIN HĐND\nKỳ họp thứ mười của xã\n{PROSE}")
    assert framed == (f"Kỳ họp thứ mười của xã\n{PROSE}", menu, "Tin HĐND")


@pytest.mark.parametrize("text", ["", "TIN TỨC", "TIN TỨC\nNgắn.\nCũng ngắn.\nNgắn nữa."])
def test_a_heading_without_prose_is_no_category(text: str) -> None:
    """A line in capitals alone says nothing."""
    assert take_category(text) == (text, "")


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("HỌC TẬP TẤM GƯƠNG HỒ CHÍ MINH", "Học tập tấm gương Hồ Chí Minh"),
        ("CÔNG TÁC ĐẢNG", "Công tác Đảng"),
        ("HỘI ĐỒNG NHÂN DÂN KHÓA VI", "Hội đồng nhân dân khóa VI"),
        ("PCCC VÀ ANTT", "PCCC và ANTT"),
        ("KT-XH", "KT-XH"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC", "Ủy ban Mặt trận Tổ quốc"),
        ("HOẠT ĐỘNG ỦY BAN NHÂN DÂN", "Hoạt động Ủy ban nhân dân"),
        ("TIN ĐẢNG BỘ HÀ NỘI", "Tin đảng bộ Hà Nội"),
        ("QUỐC HỘI KHÓA XV", "Quốc hội khóa XV"),
    ],
)
def test_headings_are_written_as_sentences(heading: str, written: str) -> None:
    """Abbreviations, numerals and great names keep their capitals."""
    assert sentence_case(heading) == written


@given(st.lists(st.sampled_from([*PROSE.split(), "\n", "- ", "TIN TỨC", "A", ".", " ", "\f"])))
def test_nothing_is_lost_to_a_menu(pieces: list[str]) -> None:
    """Content and menu together hold every word of the text."""
    text = " ".join(pieces)
    content, menu = strip_menu(text)
    assert sorted(f"{content}\n{menu}".split()) == sorted(text.split())
