"""Whole pages as portals build them: the document, its files and its facts come out, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.reading.extract.html import extract_html
from indexer.records import Attachment

if TYPE_CHECKING:
    from indexer.records import ExtractedText

ACT = """<p align=center><b>NGHỊ QUYẾT</b></p><p align=center>Về mức chi cho công tác hòa giải</p>
<p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;</p>
<p><b>Điều 1.</b> Mức chi cho mỗi vụ hòa giải là 400.000 đồng, do ngân sách xã bảo đảm.</p>
<p><b>Điều 2.</b> Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2022.</p>"""
ACT_LINES = [
    "NGHỊ QUYẾT",
    "Về mức chi cho công tác hòa giải",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Điều 1. Mức chi cho mỗi vụ hòa giải là 400.000 đồng, do ngân sách xã bảo đảm.",
    "Điều 2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2022.",
]
STORY = [
    "Sáng 12/7, Thường trực HĐND huyện Đồi Sim giám sát việc thu gom rác tại xã Suối Lá.",
    "Đoàn đã nghe báo cáo của UBND xã, kiểm tra hai điểm tập kết và trao đổi với bà con.",
    "Kết luận buổi làm việc, Trưởng đoàn đề nghị xã hoàn thành bãi chứa trước ngày 30/9.",
]
PROSE = "".join(f"<p>{line}</p>" for line in STORY)


def read(page: str) -> ExtractedText:
    """Return what a whole page gives."""
    return extract_html(page.encode())


DOTNETNUKE = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">
<html><head><meta charset="utf-8"><title>Giám sát thu gom rác - HĐND huyện Đồi Sim</title>
<base href="https://hdnd.doisim.example.vn/"></head><body id="Body">
<form method="post" action="/tin.aspx?id=5" id="Form"><input type="hidden" name="__VIEWSTATE"
value="/wEPDwUKMTY1NDU2"><div id="dnn_HeaderPane"><img src="a.png"><span>Thứ Ba, 12/07/2022</span>
<a id="dnn_dnnLogin_loginLink" href="/login">Đăng nhập</a></div>
<div id="dnn_LeftPane"><div class="DnnModule"><table><tr><td><a href=1>Giới thiệu</a></td></tr>
<tr><td><a href=2>Cơ cấu tổ chức</a></td></tr><tr><td><a href=3>Lịch tiếp dân</a></td></tr>
</table></div></div>
<div id="dnn_ContentPane"><div id="dnn_ctr421_ContentPane"><div class="Normal">
<span id="dnn_ctr421_lblTitle" class="tieude">Giám sát thu gom rác</span>
<div class="ngaydang">Ngày đăng: 12/07/2022 09:15</div><div class="noidung">{PROSE}
<p>Văn bản kèm theo: <a href="Portals/0/KL%2045.pdf">Kết luận số 45</a></p></div>
<div class="share-box"><a href=f>Facebook</a> <a href=z>Zalo</a></div>
<div>Các tin khác</div><ul><li><a href=a>Kỳ họp thứ 5</a> (01/07/2022)</li>
<li><a href=b>Tiếp xúc cử tri</a> (28/06/2022)</li>
<li><a href=c>Khảo sát</a> (20/06/2022)</li></ul>
</div></div></div><div id="dnn_FooterPane">Bản quyền thuộc về HĐND huyện Đồi Sim. Điện thoại</div>
</form></body></html>"""

WORDPRESS = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta property="og:site_name" content="HĐND xã Suối Lá">
<meta property="article:published_time" content="2022-07-12T09:15:00+07:00">
<meta property="article:section" content="Giám sát"><link rel="canonical"
href="https://suoila.example.vn/giam-sat/"></head><body class="post-template single">
<header id="masthead"><h1 class="site-title">HĐND xã Suối Lá</h1><nav><ul><li><a>Trang chủ</a>
<li><a>Tin tức</a></ul></nav></header><div id="content"><main><article class="post hentry">
<header class="entry-header"><h1 class="entry-title">Giám sát thu gom rác</h1>
<div class="entry-meta">Đăng bởi admin</div></header><div class="entry-content">{PROSE}
<div class="wp-block-file"><a href="/wp-content/uploads/bien-ban.docx">Biên bản</a>
<a href="/wp-content/uploads/bien-ban.docx" class="wp-block-file__button" download>Tải xuống</a>
</div></div><footer class="entry-footer">Thẻ: <a>rác</a></footer></article>
<section id="comments"><h3>Trả lời</h3><form><label>Bình luận</label><textarea></textarea>
<p>Email của bạn sẽ không được hiển thị công khai.</p></form></section></main>
<aside id="secondary"><section class="widget"><h2>Văn bản mới</h2><ul>
<li><a href="/a.pdf">Công văn 1</a><li><a href="/b.pdf">Công văn 2</a><li><a href=c>Xem thêm</a>
</ul></section></aside></div><footer>Giấy phép số 5/GP</footer></body></html>"""

LIFERAY = f"""<html class="ltr" lang="vi-VN"><head>
<title>Nghị quyết 7 - HĐND tỉnh - Cổng thông tin</title>
<meta charset=utf-8></head><body><a href="#main-content" id="skip-to-content">Nhảy đến nội dung</a>
<div id="wrapper"><header id="banner"><p>Cổng thông tin điện tử tỉnh Đồi Chè</p></header>
<nav id="navigation"><ul><li><a>Trang chủ</a></li><li><a>Văn bản</a></li></ul></nav>
<div class="columns-2" id="main-content"><div class="portlet-boundary portlet-journal-content">
<div class="journal-content-article"><h2 class="title">Nghị quyết số 7</h2>{ACT}</div>
<div class="tep-dinh-kem"><span>Tệp đính kèm:</span><ul>
<li><a href="/documents/101/202/NQ7.signed.pdf/0a1b-2c?t=16">NQ7.signed.pdf</a></li>
<li><a href="/documents/101/202/Phuluc.xlsx?version=1.0">Phụ lục mức chi</a></li></ul></div></div>
<div class="portlet-asset-publisher"><h3>Tin liên quan</h3>
<ul><li><a href=1>Nghị quyết số 6</a></li>
<li><a href=2>Nghị quyết số 5</a></li><li><a href=3>Nghị quyết số 4</a></li></ul></div></div></div>
<footer id="footer"><p>Chịu trách nhiệm: Văn phòng</p></footer></body></html>"""

VBPL_OLD = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Nghị quyết 7/2022/NQ-HĐND</title></head><body><form id="aspnetForm">
<div class="box-container"><div class="box-tab-vb"><ul class="ul-tab">
<li><a href=1>Toàn văn</a></li>
<li><a href=2>Thuộc tính</a></li><li><a href=3>Lịch sử</a></li><li><a href=4>VB liên quan</a></li>
<li><a href=5>Lược đồ</a></li></ul></div><div class="header-vb"><a href=x>Bản in</a></div>
<div class="vbInfo"><ul><li class="red"><span>Hiệu lực:</span> Còn hiệu lực</li>
<li class="green"><span>Ngày có hiệu lực:</span> 01/08/2022</li></ul></div>
<div class="content-vb"><div id="toanvancontent">{ACT}</div></div>
<div class="fileAttack"><ul class="fileAttack"><li><a href="javascript:downloadfile(
'VanBanGoc_7.doc','/TinhX/Attachments/99/VanBanGoc_7.doc');">VanBanGoc_7.doc</a></li></ul></div></div>
<div class="box-map"><h3>Văn bản mới ban hành</h3><ul><li><a href=a>Quyết định 11</a></li>
<li><a href=b>Quyết định 12</a></li><li><a href=c>Quyết định 13</a></li></ul></div>
</form></body></html>"""

VBPL_NEW = f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>Chi tiết văn bản: Nghị quyết
7/2022/NQ-HĐND | Cổng thông tin điện tử pháp luật</title></head><body><div id="__next"><header>
<nav><a>Trang chủ</a><a>Văn bản</a></nav></header><main>
<h1>Nghị quyết 7/2022/NQ-HĐND về mức chi</h1>
<div role="tablist"><button>Nội dung</button>
<button>Thuộc tính</button><button>Lược đồ</button></div>
<div role="tabpanel"><div class="prose">{ACT}</div></div>
<div role="tabpanel" hidden><p>Lược đồ gồm mười văn bản liên quan.</p></div>
<div role="tabpanel" style="display:none">Thuộc tính</div>
<div class="flex"><span>Tải về</span><a href="https://tep.example.vn/7.pdf"><svg></svg>PDF</a>
<a href="https://tep.example.vn/7.docx">Word</a></div></main><noscript>Hãy bật JavaScript</noscript>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></div></body></html>"""

WORD_EXPORT = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator
content="Microsoft Word 9"><style><!-- /* Font Definitions */ @font-face {font-family:".VnTime";}
p.MsoNormal, li.MsoNormal {margin:0in; font-family:".VnTime";} h1 {font-family:.VnTimeH;}
span.moi {font-family:"Times New Roman"} --></style></head><body lang=EN-US><div class=Section1>
<h1>nghÞ quyÕt</h1><p class=MsoNormal>VÒ møc chi cho c«ng t¸c hßa gi¶i<o:p></o:p></p>
<p class=MsoNormal>§iÒu 1. Møc <span class=moi>chi l\u00e0</span> 400.000 ®ång.</p>
<p class=MsoNormal><font face="VNI-Times">Ñieàu 2. Nghò quyeát coù hieäu löïc.</font></p>
<p><span style='font-family:".VnTime";color:red'>Sè: 7</span></p></div></body></html>"""

FRAMED = f"""<html><head><title>Tin</title></head><noscript>Trình duyệt cũ</noscript><body>
<table width=100%><tr><td colspan=2><marquee>Chào mừng quý vị đến với trang</marquee></td></tr>
<tr><td width=20%><a href=1>Trang chủ</a><br><a href=2>Giới thiệu</a><br><a href=3>Liên hệ</a></td>
<td><iframe src="/xem.html"></iframe><b>Giám sát thu gom rác</b>{PROSE}
<center>[<a href=back>Trở về</a>] [<a href=top>Đầu trang</a>] [<a href=in>In trang</a>]</center>
<object data="/luu/kl45.pdf" type="application/pdf"></object></td></tr></table></body></html>"""

PROPERTIES = f"""<html><head><meta charset=utf-8><title>Văn bản</title></head><body>
<div class="chitietvb"><h1>Nghị quyết về mức chi hòa giải</h1><table class="thuoctinh">
<tr><td>Số ký hiệu</td><td>7/2022/NQ-HĐND</td></tr>
<tr><td>Ngày ban hành</td><td>12/07/2022</td></tr>
<tr><td>Người ký</td><td>Trần Thị Mận</td></tr><tr><td>File đính kèm</td>
<td><a href="/upload/nq7.pdf">Tải về</a> <a href="/upload/nq7.doc">Tải về</a></td></tr></table>
{ACT}</div></body></html>"""

HEADED_STORY = ["Giám sát thu gom rác", *STORY]
PAGES = {
    "DotNetNuke": (
        DOTNETNUKE,
        HEADED_STORY,
        [("Kết luận số 45", "https://hdnd.doisim.example.vn/Portals/0/KL%2045.pdf")],
    ),
    "WordPress": (
        WORDPRESS,
        HEADED_STORY,
        [("Biên bản", "https://suoila.example.vn/wp-content/uploads/bien-ban.docx")],
    ),
    "Liferay": (
        LIFERAY,
        ["Nghị quyết số 7", *ACT_LINES],
        [
            ("NQ7.signed.pdf", "/documents/101/202/NQ7.signed.pdf/0a1b-2c?t=16"),
            ("Phụ lục mức chi", "/documents/101/202/Phuluc.xlsx?version=1.0"),
        ],
    ),
    "vbpl, old": (
        VBPL_OLD,
        ["Hiệu lực: Còn hiệu lực", "Ngày có hiệu lực: 01/08/2022", *ACT_LINES],
        [("VanBanGoc_7.doc", "/TinhX/Attachments/99/VanBanGoc_7.doc")],
    ),
    "vbpl, new": (
        VBPL_NEW,
        ["Nghị quyết 7/2022/NQ-HĐND về mức chi", *ACT_LINES],
        [("7.pdf", "https://tep.example.vn/7.pdf"), ("7.docx", "https://tep.example.vn/7.docx")],
    ),
    "exported from Word": (
        WORD_EXPORT,
        [
            "NGHỊ QUYẾT",
            "Về mức chi cho công tác hòa giải",
            "Điều 1. Mức chi là 400.000 đồng.",
            "Điều 2. Nghị quyết có hiệu lực.",
            "Số: 7",
        ],
        [],
    ),
    "frames": (FRAMED, HEADED_STORY, [("kl45.pdf", "/luu/kl45.pdf")]),
    "properties": (
        PROPERTIES,
        [
            "Nghị quyết về mức chi hòa giải",
            "Số ký hiệu\t7/2022/NQ-HĐND",
            "Ngày ban hành\t12/07/2022",
            "Người ký\tTrần Thị Mận",
            *ACT_LINES,
        ],
        [("nq7.pdf", "/upload/nq7.pdf"), ("nq7.doc", "/upload/nq7.doc")],
    ),
}


@pytest.mark.parametrize(("page", "lines", "files"), PAGES.values(), ids=PAGES)
def test_a_portal_gives_its_document_and_its_files(
    page: str, lines: list[str], files: list[tuple[str, str]]
) -> None:
    """Menus, tabs, forms, share bars and other documents are left out, whoever built the page."""
    extracted = read(page)
    assert extracted.pages[0].split("\n") == lines
    assert extracted.attachments == tuple(Attachment(*file) for file in files)


def test_a_report_keeps_its_day_and_category() -> None:
    """What tags say of the page is a hint, not text."""
    assert read(WORDPRESS).hints == {
        "publisher": "HĐND xã Suối Lá",
        "issued_on": "2022-07-12",
        "category": "Giám sát",
    }
    assert read(WORDPRESS).title == "Giám sát thu gom rác"
    assert read(DOTNETNUKE).hints["issued_on"] == "2022-07-12"


LINKS = [
    ("<p>Xem <a href='x.PDF'>Phụ lục</a> này.</p>", [("Phụ lục", "x.PDF")]),
    ("<p>Xem <a href='tai.aspx?ten=bieu%201.xls'>tại đây</a></p>", [("bieu 1.xls", None)]),
    ("<p>Xem <a title='Tờ trình 5' href='/t.rar'>Tải</a></p>", [("Tờ trình 5", "/t.rar")]),
    ("<p>Xem <a href='//tep.example.vn/a.odt'> </a></p>", [("a.odt", "//tep.example.vn/a.odt")]),
    ("<p>Xem <a href=# onclick=\"mo('/a/b.zip')\">tệp</a>, nhé</p>", []),
    (
        "<p>Xem <a href='javascript:void(0)' onclick=\"mo('/a/b.zip')\">tệp</a></p>",
        [("b.zip", "/a/b.zip")],
    ),
    ("<p>Xem <a href='http://[::1/a.pdf'>một</a></p>", [("một", "http://[::1/a.pdf")]),
    ("<p>Xem <a href='mailto:a.pdf@example.vn'>một</a> <a>hai</a> <a href=b.html>ba</a></p>", []),
    ("<p>Xem <a href=a.pdf>một</a>, <a href=a.pdf>hai</a></p>", [("một", "a.pdf")]),
    ("<embed src='/xem?file=/luu/c.pdf'>", [("c.pdf", "/xem?file=/luu/c.pdf")]),
    (
        "<div><b>Tải về</b><ul><li><a href=a.pdf>Bản A</a><li><a href=b.pdf>B</a></ul></div>",
        [("Bản A", "a.pdf"), ("B", "b.pdf")],
    ),
    ("<div>Mới<ul><li><a href=a.pdf>Bản A</a><li><a href=b.pdf>Bản B</a></ul></div>", []),
    ("<footer><div class=download><a href=a.pdf>Sổ tay</a></div></footer>", []),
]


@pytest.mark.parametrize(("body", "files"), LINKS)
def test_links_to_files_are_told_from_other_links(
    body: str, files: list[tuple[str, str | None]]
) -> None:
    """In the text and under a label each counts once; lists of other documents do not."""
    found = read(f"<meta charset=utf-8><body><div>{PROSE}{body}</div></body>").attachments
    assert [file.name for file in found] == [name for name, _ in files]
    assert all(
        address in {None, file.address} for file, (_, address) in zip(found, files, strict=True)
    )


def test_a_link_that_names_an_act_stays_in_its_table() -> None:
    """It may be all that the page says of the act; a bare file name is not kept."""
    cells = "<td>12/NQ-HĐND</td><td><a href=a.pdf>Về mức chi</a></td><td><a href=a.doc>a.doc</a>"
    page = f"<meta charset=utf-8><table border=1><tr>{cells}</td></tr></table>{PROSE}"
    lines = read(page).pages[0].split("\n")
    assert lines[0] == "12/NQ-HĐND\tVề mức chi"


FONTS = [
    ("<p style=\"font-family: '.VnTimeH'\">sè 5</p>", "SỐ 5"),
    ("<p><font face=.VnTime>Sè <b>5</b> cña</font> của</p>", "Số 5 của của"),
    ("<p class='a vn'>Sè 5</p>", "Số 5"),
    ("<h2>Sè 5</h2>", "Số 5"),
    ("<p class=vn><span style='font-family:Arial'>Sè</span></p>", "Sè"),
    ("<table class=vn><tr><td>Sè 5</td><td>Sè 6</td></tr></table>", "Số 5\tSố 6"),
]


@pytest.mark.parametrize(("body", "line"), FONTS)
def test_old_fonts_of_a_page_are_known_from_tags_and_styles(body: str, line: str) -> None:
    """A font reaches to all that stands in its element, but for what has a font of its own."""
    sheet = (
        "<style>/* x */ .vn, div > b {font-family: .VnTime, serif} h2{font-family:.VnTime}</style>"
    )
    assert read(f"<meta charset=utf-8>{sheet}{body}{PROSE}").pages[0].split("\n")[0] == line


def test_a_page_in_old_letters_without_fonts_is_decoded() -> None:
    """Its letters tell the encoding, those of its title as well."""
    page = (
        "<title>Héi ®ång nh©n d©n huyÖn häp</title><p>Sè: 5</p><p>Héi ®ång nh©n d©n huyÖn §åi Sim "
        "häp vµ th«ng qua nghÞ quyÕt vÒ ng©n s¸ch n¨m tíi.</p>"
    )
    extracted = extract_html(page.encode("latin-1"))
    assert extracted.title == "Hội đồng nhân dân huyện họp"
    assert extracted.pages[0].startswith("Số: 5\nHội đồng nhân dân huyện Đồi Sim họp")


@pytest.mark.parametrize("sheet", ["/*" * 200_000, ",a" * 200_000 + "{", "a{" * 200_000])
def test_a_style_sheet_made_to_cost_time_is_read_at_once(sheet: str) -> None:
    """No rule comes out of it, and the page's text does."""
    page = f"<meta charset=utf-8><style>{sheet}</style>{PROSE}"
    assert read(page).pages[0].split("\n") == STORY
