"""One document's page and its download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from lxml import html

from indexer.settings import Settings
from tests.conftest import build_document, build_test_index
from webapp import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

FEES = "nghị quyết/45 #2?100%.txt"
STRANGE_IDS = [FEES, "báo cáo/thẩm tra/", "./biên bản.txt", "//công báo/7", "vbpl:12\\b"]


def page_of(client: FlaskClient, url: str) -> Any:
    """Return the parsed page of an address that answers 200."""
    answer = client.get(url)
    assert answer.status_code == 200
    return html.fromstring(answer.get_data(as_text=True))


def words(element: Any) -> str:
    """Return an element's text on one line."""
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("document_id", STRANGE_IDS)
def test_the_results_lead_to_documents_of_any_id(client: FlaskClient, document_id: str) -> None:
    """The link of a card opens the page of that very document."""
    listed = page_of(client, "/tim-kiem?page_size=100")
    links = {link.get("href") for link in listed.xpath("//ol//h2/a")}
    api_total = len(links)
    assert api_total == 52
    wanted = client.get("/api/documents", query_string={"id": document_id}).get_json()
    opened = {
        words(page_of(client, link).xpath("//h1")[0])
        for link in links
        if urlsplit(link).path == "/van-ban" or quote(document_id, safe="/:") in link
    }
    assert wanted["title"] in opened


@pytest.mark.parametrize("document_id", STRANGE_IDS)
def test_an_id_works_in_the_path_when_it_arrives_untouched(
    client: FlaskClient, document_id: str
) -> None:
    """Clients that do not resolve dots or merge slashes may put any id into the path."""
    answer = client.get(f"/van-ban/{quote(document_id)}")
    assert answer.status_code == 200


def test_the_head_tells_what_the_document_is(client: FlaskClient) -> None:
    """Issuer, number, kind, date and how it is known, level, category stand in the record."""
    page = page_of(client, f"/van-ban/{quote(FEES)}")
    rows = {words(row[0]): words(row[1]) for row in page.xpath("//dl/div")}
    assert rows["Số hiệu"] == "45/2024/NQ-HĐND"
    assert rows["Loại văn bản"] == "nghị quyết"
    assert rows["Cơ quan ban hành"] == "HĐND xã Thượng Phúc"
    assert rows["Ngày ban hành"] == "12/07/2024 (theo nơi đăng)"
    assert rows["Cấp hội đồng"] == "Xã/phường/thị trấn/đặc khu"
    assert rows["Chuyên mục"] == "Nghị quyết"


def test_facts_lead_to_documents_that_share_them(client: FlaskClient) -> None:
    """The issuer's link finds this document among its issuer's."""
    page = page_of(client, f"/van-ban/{quote(FEES)}")
    [link] = page.xpath("//dl//a[contains(., 'Thượng Phúc')]/@href")
    assert "Quy định mức thu học phí" in page_of(client, link).text_content()


def test_a_sample_can_not_be_mistaken_for_law(client: FlaskClient) -> None:
    """The notice stands before and after the text, and in the title; others have none."""
    page = page_of(client, f"/van-ban/{quote(FEES)}")
    notices = [words(note) for note in page.xpath("//p[@role='note']")]
    assert len(notices) == 2
    assert notices[0].startswith("Văn bản mẫu, không phải văn bản pháp luật.")
    assert page.findtext("head/title").startswith("[Văn bản mẫu]")
    real = page_of(client, "/van-ban/" + quote("báo cáo/thẩm tra/"))
    assert not real.xpath("//*[@role='note']")


def test_the_query_is_marked_and_the_way_back_kept(client: FlaskClient) -> None:
    """Words of q are marked in the text; the back link is the whole search."""
    url = f"/van-ban/{quote(FEES)}?q=học phí&level=xã&level=tỉnh&sort=newest&page=1"
    page = page_of(client, url)
    marked = {words(mark).lower() for mark in page.xpath("//div[@class='text']//mark")}
    assert {"học phí"} & marked or {"học", "phí"} <= marked
    back = page.xpath("//p[@class='back']/a")[0]
    assert words(back) == "‹ Về kết quả cho “học phí”"
    assert parse_qsl(urlsplit(back.get("href")).query) == [
        ("q", "học phí"),
        ("level", "xã"),
        ("level", "tỉnh"),
        ("sort", "newest"),
    ]
    assert page.xpath("//a[@href='#khop']")
    assert page.xpath("//p[@id='khop']//mark")


def test_without_a_search_the_way_back_is_to_all(client: FlaskClient) -> None:
    """A document opened from elsewhere has no marks; its back link lists all documents."""
    page = page_of(client, f"/van-ban/{quote(FEES)}?utm_source=x")
    back = page.xpath("//p[@class='back']/a")[0]
    assert (words(back), back.get("href")) == ("‹ Tất cả văn bản", "/tim-kiem")
    assert not page.xpath("//mark | //a[@href='#khop']")


def test_a_filter_alone_is_a_search_too(client: FlaskClient) -> None:
    """Who browsed by level goes back to that level."""
    page = page_of(client, f"/van-ban/{quote(FEES)}?level=xã")
    back = page.xpath("//p[@class='back']/a")[0]
    assert words(back) == "‹ Về kết quả"
    assert parse_qsl(urlsplit(back.get("href")).query) == [("level", "xã")]


def test_a_query_that_can_not_be_read_leaves_the_document_unmarked(client: FlaskClient) -> None:
    """The reader came for the document: a stray quote is no reason to withhold it."""
    page = page_of(client, f"/van-ban/{quote(FEES)}?q=" + quote('học "phí'))
    assert "Điều 1." in page.text_content()


def test_the_text_is_whole_and_in_paragraphs(client: FlaskClient) -> None:
    """Every word of the document is on the page; a line broken by the paper is joined."""
    page = page_of(client, f"/van-ban/{quote(FEES)}?q=phí")
    text = client.get(f"/api/documents/{quote(FEES)}").get_json()["text"]
    shown = [words(part) for part in page.xpath("//div[@class='text']/p")]
    assert " ".join(shown) == " ".join(text.split())
    assert any("mầm non công lập" in part for part in shown)
    assert "Số: 45/2024/NQ-HĐND" in shown


def test_a_document_of_title_only_says_so(client: FlaskClient) -> None:
    """A record without text is a page, not an error."""
    page = page_of(client, "/van-ban/" + quote("chỉ có tên"))
    assert "chỉ có tên gọi, không có nội dung" in page.text_content()


def test_hostile_documents_are_text(client: FlaskClient) -> None:
    """Markup in title, text and category is shown, never obeyed."""
    raw = client.get("/van-ban/" + quote("độc") + "?q=bảng giá").get_data(as_text=True)
    assert "<script" not in raw
    assert "<b onclick" not in raw
    assert "<i>Tin" not in raw
    assert "&lt;script&gt;alert(1)" in raw


def test_similar_documents_are_listed_below(client: FlaskClient) -> None:
    """Each leads to its own page and says what it is."""
    page = page_of(client, f"/van-ban/{quote(FEES)}?q=học phí")
    [section] = page.xpath("//section[@class='similar']")
    assert words(section.xpath("./h2")[0]) == "Văn bản tương tự"
    first = section.xpath(".//li")[0]
    assert words(first).startswith(
        "Báo cáo thẩm tra dự thảo nghị quyết về học phí 37/BC-BVHXH · Ban Văn hóa - Xã hội"
    )
    assert first.xpath("./a/@href") == ["/van-ban/" + quote("báo cáo/thẩm tra/")]
    assert not [link for link in section.xpath(".//a/@href") if quote(FEES) in link]
    sample = page_of(client, first.xpath("./a/@href")[0])
    assert "văn bản mẫu" in words(sample.xpath("//section[@class='similar']")[0])


def test_a_document_like_no_other_lists_none(tmp_path: Path) -> None:
    """Without a heading over nothing."""
    index = build_test_index([build_document("Giá đất", id="a")], tmp_path / "index")
    page = page_of(create_app(Settings(index=index)).test_client(), "/van-ban/a")
    assert not page.xpath("//section[@class='similar']")


def test_a_passage_link_of_the_results_has_its_anchor_here(client: FlaskClient) -> None:
    """Every division has one, so that a link from a result or a letter lands there."""
    page = page_of(client, f"/van-ban/{quote(FEES)}")
    assert page.xpath("//a[@class='anchor']/@id") == ["dieu-1", "dieu-2"]


@pytest.mark.parametrize(
    "path", ["/van-ban/không có", "/van-ban", "/van-ban?id=", "/tai-ve/không có"]
)
def test_an_unknown_document_is_404_and_named(client: FlaskClient, path: str) -> None:
    """The page says which id was not found."""
    answer = client.get(path)
    assert answer.status_code == 404
    page = html.fromstring(answer.get_data(as_text=True))
    assert page.xpath("//h1")[0].text == "Không tìm thấy văn bản"
    assert ("“không có”" in page.text_content()) == ("không có" in path)


def test_a_document_without_a_file_offers_no_download(client: FlaskClient) -> None:
    """What came as text in an export has no original, and its address says so."""
    page = page_of(client, f"/van-ban/{quote(FEES)}")
    assert "Bản gốc không được lưu tại đây" in page.text_content()
    answer = client.get(f"/tai-ve/{quote(FEES)}")
    assert answer.status_code == 404
    assert "Bản gốc của văn bản này không còn" in answer.get_data(as_text=True)
