"""Pages of portals: the document stays, what frames it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.html import extract_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.records import ExtractedText

LETTERHEAD = """<table><tr><td><p><b>HỘI ĐỒNG NHÂN DÂN<br>TỈNH NAM ĐỊNH</b></p>
<p>Số: 12/2023/NQ-HĐND</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p>Độc lập - Tự do - Hạnh phúc</p>
<p><i>Nam Định, ngày 10 tháng 7 năm 2023</i></p></td></tr></table>"""
ACT = f"""{LETTERHEAD}<p>NGHỊ QUYẾT</p><p>Về mức thu phí
   thẩm định</p><p>Căn cứ <a href=l>Luật Tổ chức chính quyền địa phương</a> ngày 19 tháng 6;</p>
<p><b>Điều 1.</b> Mức thu như sau:</p><table border=1><tr><th>STT</th><th>Nội dung</th><th>Mức</th>
</tr><tr><td>1</td><td>Phí thẩm định hồ sơ</td><td>1.500.000 đồng</td></tr></table>
<p>Điều 2. Hiệu lực thi hành.</p><table><tr><td>Nơi nhận:<br>- Như Điều 2;<br>- Lưu: VT.</td>
<td>CHỦ TỊCH<br><br>Lê Quốc Chỉnh</td></tr></table>"""
ACT_LINES = [
    "HỘI ĐỒNG NHÂN DÂN",
    "TỈNH NAM ĐỊNH",
    "Số: 12/2023/NQ-HĐND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Nam Định, ngày 10 tháng 7 năm 2023",
    "NGHỊ QUYẾT",
    "Về mức thu phí thẩm định",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6;",
    "Điều 1. Mức thu như sau:",
    "STT\tNội dung\tMức",
    "1\tPhí thẩm định hồ sơ\t1.500.000 đồng",
    "Điều 2. Hiệu lực thi hành.",
    "Nơi nhận:",
    "- Như Điều 2;",
    "- Lưu: VT.",
    "CHỦ TỊCH",
    "Lê Quốc Chỉnh",
]
NEWS = (
    "<p>Sáng 5/7, Hội đồng nhân dân tỉnh khai mạc kỳ họp thường lệ giữa năm tại thành phố.</p>"
    "<p>Kỳ họp xem xét báo cáo và thông qua nhiều nghị quyết về phát triển kinh tế.</p>"
)
NEWS_LINES = [line for line in NEWS.replace("</p>", "").split("<p>") if line]
LINKS = "".join(
    f"<li><a href=x>{name}</a></li>" for name in ("Đầu tư công", "Quy hoạch", "Cải cách")
)


def read(body: str, head: str = "") -> ExtractedText:
    """Return what a page of this body gives."""
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return extract_html(page.encode())


def lines_of(body: str, head: str = "") -> list[str]:
    """Return the lines of content of a page."""
    return read(body, head).pages[0].split("\n")


def test_an_act_keeps_its_layout() -> None:
    """Letterhead, căn cứ with links, articles, tables of fees, recipients and signer stay."""
    assert lines_of(ACT) == ACT_LINES


FRAMES = {
    "nav": f"<nav><ul>{LINKS}</ul></nav>",
    "role": "<div role=navigation>Đầu tư công</div>",
    "class of a menu": "<div class='left-menu'><p>Đầu tư công</p></div>",
    "camel case id": "<div id=leftMenu><p>Đầu tư công</p></div>",
    "an aside": "<aside><p>Đầu tư công</p></aside>",
    "links without a class": f"<td>{LINKS}</td><div><b>Chuyên mục</b><ul>{LINKS}</ul></div>",
    "related news": f"<h3>Các tin khác</h3><ul>{LINKS}</ul>",
    "a heading in bold": f"<p><b>Tin liên quan</b></p><div>{LINKS}</div>",
    "two links to print and share": "<div><a>In Đầu tư công</a> <a>Gửi bạn bè</a></div>",
    "the head of LibreOffice's pages": "<div title=header><p>Đầu tư công</p></div>",
    "a footer": "<footer>Bản quyền: Đầu tư công</footer>",
    "a script": "<script>Đầu tư công</script><style>Đầu tư công</style>",
    "what is hidden": "<p hidden>Đầu tư công</p><p style='display: none'>Đầu tư công</p>",
    "tabs over a document": "<ul class=tabs><li>Toàn văn<li>Thuộc tính<li>Đầu tư công</ul>",
    "a choice": "<select><option>Đầu tư công</option></select><button>Đầu tư công</button>",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
@pytest.mark.parametrize("place", ["above", "below"])
def test_frames_are_no_content(frame: str, place: str) -> None:
    """Menus, side columns, lists of links and footers go, before and after the text."""
    body = f"{frame}<div>{ACT}</div>" if place == "above" else f"<div>{ACT}</div>{frame}"
    assert lines_of(f"<form id=aspnetForm>{body}</form>") == ACT_LINES


def test_old_portals_of_nested_tables_are_pruned() -> None:
    """The menu in the left cell goes, the act in the right one stays."""
    body = f"<table><tr><td><ul>{LINKS}</ul></td><td>{ACT}</td></tr></table>"
    extracted = read(body)
    assert extracted.pages[0].split("\n") == ACT_LINES
    assert "Đầu tư công" in extracted.boilerplate


def test_a_letterhead_in_a_header_stays() -> None:
    """A block named header is content when a law's own lines stand in it."""
    assert lines_of(f"<div class=header>{LETTERHEAD}</div>{NEWS}{NEWS}{NEWS}")[:6] == ACT_LINES[:6]


def test_the_header_of_an_article_stays() -> None:
    """It holds the headline, not the site's banner."""
    body = f"<article><header><h1>Khai mạc kỳ họp</h1></header>{NEWS}</article><p>Bên lề.</p>"
    assert lines_of(body) == ["Khai mạc kỳ họp", *NEWS_LINES]


def test_what_stands_outside_of_the_article_is_no_content() -> None:
    """One article with most of the text is the document."""
    extracted = read(f"<div>Hôm nay mưa.</div><article>{NEWS * 3}</article>")
    assert "Hôm nay" not in extracted.pages[0]
    assert extracted.boilerplate == "Hôm nay mưa."


def test_text_after_what_is_dropped_stays() -> None:
    """A tail belongs to the parent, not to the element before it."""
    assert lines_of("<p><script>x</script>Một <b>hai</b><script>y</script> ba</p>") == [
        "Một hai ba"
    ]


def test_preformatted_columns_are_told_apart() -> None:
    """An act pasted as typed keeps its lines and its columns."""
    typed = "HĐND TỈNH A          CỘNG HÒA XÃ HỘI\nSố: 1/NQ-HĐND        A, ngày 5\n\nNGHỊ QUYẾT"
    assert lines_of(f"<pre>{typed}</pre>") == [
        "HĐND TỈNH A",
        "Số: 1/NQ-HĐND",
        "CỘNG HÒA XÃ HỘI",
        "A, ngày 5",
        "NGHỊ QUYẾT",
    ]


def test_stray_cells_do_no_harm() -> None:
    """Tables in the wild miss rows, and cells miss tables."""
    assert lines_of("<table><td>Một</td><td>hai</td></table><tr><td>Ba</td></tr>") == [
        "Một\thai",
        "Ba",
    ]


TITLES = [
    ("<h1>Học phí mới</h1>", "<title>x</title>", "Học phí mới"),
    ("<h1>Cổng thông tin điện tử tỉnh A</h1><h1>Học phí</h1>", "", "Học phí"),
    ("", "<meta property='og:title' content='Học  phí'>", "Học phí"),
    ("", "<title>Học phí - Cổng thông tin điện tử tỉnh A</title>", "Học phí"),
    ("", "<title>Trang chủ | Học phí - Năm học mới</title>", "Học phí - Năm học mới"),
    ("", "<meta property=og:site_name content='HĐND A'><title>Học phí | HĐND A</title>", "Học phí"),
    ("", "<title>Phát triển kinh tế - xã hội</title>", "Phát triển kinh tế - xã hội"),
    ("", "<title>Chi tiết văn bản: Học phí</title>", "Học phí"),
    ("", "<title>congbao.example.vn</title>", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("heading", "head", "title"), TITLES)
def test_the_title_is_the_documents_own(heading: str, head: str, title: str) -> None:
    """The site's name is no part of it."""
    assert read(f"{heading}{NEWS}", head).title == title


PORTAL = "Cổng thông tin điện tử tỉnh A"
STEPS = "<a>Trang chủ</a> &gt; <a>Tin tức</a>"
HINTS = [
    ("", "<meta property=og:site_name content='Báo A'>", {"publisher": "Báo A"}),
    ("", f"<title>X | {PORTAL}</title>", {"publisher": PORTAL}),
    (f"<footer>© {PORTAL}. Điện thoại</footer>", "", {"publisher": PORTAL}),
    ("<footer>Bản quyền thuộc về UBND xã C.</footer>", "", {"publisher": "UBND xã C"}),
    ("", "<meta property=article:section content='Giám sát'>", {"category": "Giám sát"}),
    (f"<div class=breadcrumb>{STEPS}</div>", "", {"category": "Tin tức"}),
    ("<ul id=duong-dan><li>Đầu<li>Cử tri<li>Đề</ul><h1>Đề</h1>", "", {"category": "Cử tri"}),
    ("<p class=path><a>Xã B</a> > <a>Đất đai</a></p>", "", {"category": "Đất đai"}),
    ("<nav aria-label=breadcrumb><a>Trang chủ</a></nav>", "", {}),
    ("", "<meta name=datePublished content='2024-04-19T08:00'>", {"issued_on": "2024-04-19"}),
    ("<time datetime=2024-04-19>hôm qua</time>", "", {"issued_on": "2024-04-19"}),
    ("", "<meta itemprop=datePublished content=hôm-qua>", {}),
]


@pytest.mark.parametrize(("above", "head", "hints"), HINTS)
def test_what_the_page_says_of_itself_is_a_hint(
    above: str, head: str, hints: dict[str, str]
) -> None:
    """Publisher, category and day come from tags, breadcrumbs and footers."""
    assert read(f"{above}{NEWS}", head).hints == hints


@pytest.mark.parametrize(
    "stamp",
    [
        "19/04/2024",
        "Thứ sáu, 19/04/2024 14:20",
        "Ngày đăng: 19/4/2024 | Lượt xem: 1.204",
        "(Cập nhật lúc 14:20, ngày 19-04-2024)",
        "Chủ nhật, ngày 19/04/2024, 08:00 GMT+7",
    ],
)
def test_the_stamp_under_the_heading_is_a_hint(stamp: str) -> None:
    """It says when the page was put online, and is no sentence of the text."""
    extracted = read(f"<h1>Khai mạc</h1><div>{stamp}</div>{NEWS}")
    assert extracted.hints == {"issued_on": "2024-04-19"}
    assert extracted.pages[0].split("\n") == ["Khai mạc", *NEWS_LINES]


def test_a_sentence_with_a_date_is_content() -> None:
    """Only a line that is nothing but a stamp goes; an impossible day is none."""
    body = f"<p>Ngày 19/04/2024, hội nghị họp.</p><p>31/02/2024</p>{NEWS}"
    assert lines_of(body)[:2] == ["Ngày 19/04/2024, hội nghị họp.", "31/02/2024"]


def test_the_declared_encoding_is_used(as_cp1258: Callable[[str], bytes]) -> None:
    """Old pages are in the Windows code page, whatever editor they declare."""
    for declared in ("windows-1258", "iso-8859-1"):
        page = f"<html><meta http-equiv=a content='text/html; charset={declared}'>{ACT}</html>"
        assert extract_html(as_cp1258(page)).pages[0].split("\n") == ACT_LINES


def test_xhtml_with_a_declaration_is_read() -> None:
    """Its own encoding line does no harm."""
    page = f"<?xml version='1.0' encoding='utf-16'?><html><body>{NEWS}</body></html>"
    assert extract_html(page.encode("utf-16")).pages[0].split("\n") == NEWS_LINES


@pytest.mark.parametrize("body", ["", "<script>x</script>", f"<ul>{LINKS}</ul>"])
def test_a_page_without_text_is_a_failure(body: str) -> None:
    """Pages that are filled in by scripts hold nothing to index."""
    with pytest.raises(UnreadableSourceError, match="without"):
        read(body)


def test_an_empty_page_is_a_failure() -> None:
    """The parser itself finds nothing."""
    with pytest.raises(UnreadableSourceError, match="HTML without content"):
        extract_html(b"<!-- -->")


def test_a_title_that_says_only_portal_names_no_publisher() -> None:
    """Whose portal it is stands in its footer."""
    page = (
        "<title>Tin mới - Cổng TTĐT</title><meta property='og:site_name' content='Trang thông tin "
        f"điện tử'><body><main>{ACT}</main><footer>Bản quyền thuộc Cổng thông tin điện tử huyện Hải"
        " Hậu</footer></body>"
    )
    publisher = extract_html(page.encode()).hints["publisher"]
    assert publisher.endswith("huyện Hải Hậu")
