"""Articles to jump to, and what is said of scanned pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html

from indexer.records import Attachment, Basis, CouncilDocument, Division
from indexer.settings import Settings
from tests.conftest import build_document, build_test_index
from webapp import create_app
from webapp.document_parts import passage_anchors, scan_notice

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

TEXT = "Điều 1. Mức thu.\nĐiều 5đ. Học phí. Điều 1. Như trên.\nHết."
DIVISIONS = (
    Division("điều", "1", "Mức thu.", 0, 17),
    Division("khoản", "1", "", 8, 17, 0),
    Division("điều", "5đ", "Học phí.", 17, 35),
    Division("điều", "1", "Như trên.", 35, 53),
)


def page_of(document: CouncilDocument, folder: Path) -> Any:
    """Return the parsed page of a document."""
    index = build_test_index([document], folder / "index")
    answer = create_app(Settings(index=index)).test_client().get("/van-ban/doc")
    assert answer.status_code == 200
    return html.fromstring(answer.get_data(as_text=True))


def test_each_part_has_one_anchor() -> None:
    """What is cited alike keeps meaning the first; "5d" and "5đ" are two."""
    document = build_document(TEXT, divisions=DIVISIONS)
    assert passage_anchors(document) == {0: "dieu-1", 8: "khoan-1-dieu-1", 17: "dieu-5dd"}


def test_the_page_has_the_anchor_where_the_article_begins(tmp_path: Path) -> None:
    """A paragraph begins there, though the text breaks no line."""
    page = page_of(build_document(TEXT, divisions=DIVISIONS), tmp_path)
    [paragraph] = page.xpath("//p[a/@id='dieu-5dd']")
    assert paragraph.text_content().startswith("Điều 5đ.")


def test_a_text_layer_needs_no_notice() -> None:
    """Nothing was scanned."""
    assert scan_notice(build_document(TEXT)) is None


def test_readers_are_told_that_a_machine_read_the_pages(tmp_path: Path) -> None:
    """The notice says how sure it is at worst; each page says it too, and which one is unread."""
    document = build_document(
        "Một.\n\nHai.", pages=(0, 6, 10), ocr={0: 0.934, 1: 0.871}, scans=(2,)
    )
    page = page_of(document, tmp_path)
    [notice] = page.find_class("scan")
    told = " ".join(notice.text_content().split())
    assert "chữ do máy nhận dạng (OCR)" in told
    assert "87%" in told
    assert "Chưa đọc được trang 3" in told
    heads = [" ".join(head.text_content().split()) for head in page.xpath("//p[@class='page']")]
    assert heads == [
        "Trang 1 · OCR, tin cậy 93%",
        "Trang 2 · OCR, tin cậy 87%",
        "Trang 3 · ảnh, chưa đọc được",
    ]


def test_legal_bases_and_attachments_are_listed(tmp_path: Path) -> None:
    """Only addresses of the web become links."""
    document = build_document(
        TEXT,
        bases=(Basis("Luật Giáo dục", 0),),
        attachments=(
            Attachment("Phụ lục", "https://example.org/pl.pdf"),
            Attachment("Mẹo", "javascript:alert(1)"),
        ),
    )
    page = page_of(document, tmp_path)
    [bases] = page.find_class("bases")
    assert "Luật Giáo dục" in bases.text_content()
    [files] = page.find_class("attachments")
    assert files.xpath(".//a/@href") == ["https://example.org/pl.pdf"]
    assert "Mẹo" in files.text_content()


@pytest.mark.parametrize("pages", [(), (0, 3)])
def test_unread_pictures_are_named(pages: tuple[int, ...]) -> None:
    """A single picture has no page to name."""
    notice = scan_notice(replace(build_document("Chữ"), pages=pages, scans=(0,)))
    assert notice is not None
    assert (notice.read, notice.unread) == (0, (1,))


def test_a_hit_leads_to_the_very_place_it_cites(tmp_path: Path) -> None:
    """The address that its card links names an anchor of the document's page."""
    text = (
        "Điều 1. Mức thu\n1. Hộ nghèo:\na) Miền núi.\nđ) Hải đảo.\nQUY CHẾ THU\nĐiều 1. Lịch thu."
    )
    divisions = (
        Division("điều", "1", "Mức thu", 0, 52),
        Division("khoản", "1", "", 16, 52, 0),
        Division("điểm", "đ", "", text.index("đ) "), 52, 1),
        Division("phụ lục", "", "QUY CHẾ THU", text.index("QUY"), len(text)),
        Division("điều", "1", "Lịch thu.", text.rindex("Điều"), len(text), 3),
    )
    index = build_test_index([build_document(text, divisions=divisions)], tmp_path / "index")
    client = create_app(Settings(index=index)).test_client()
    for words, begins in (("hải đảo", "đ) "), ("lịch", "Điều 1. Lịch")):
        found = html.fromstring(client.get("/tim-kiem", query_string={"q": words}).text)
        [address] = found.xpath("//a[@class='passage']/@href")
        page = html.fromstring(client.get(address).text)
        [paragraph] = page.xpath("//p[a/@id=$anchor]", anchor=address.partition("#")[2])
        assert paragraph.text_content().startswith(begins)
