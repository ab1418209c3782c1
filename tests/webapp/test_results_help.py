"""What the results page says beside its results: meanings, advice, ways out, passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from indexer.records import Division
from indexer.settings import Settings
from tests.conftest import build_document, build_test_index
from webapp import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

FEES = "nghị quyết/45 #2?100%.txt"


def page_of(client: FlaskClient, **args: str | list[str]) -> Any:
    """Return the parsed results page of a question."""
    answer = client.get("/tim-kiem", query_string=args)
    assert answer.status_code == 200
    return html.fromstring(answer.get_data(as_text=True))


def words(element: Any) -> str:
    """Return an element's text on one line."""
    return " ".join(element.text_content().split())


def state(link: Any) -> list[tuple[str, str]]:
    """Return the parameters that a link carries."""
    return parse_qsl(urlsplit(link.get("href")).query)


def chip_of(page: Any) -> Any:
    """Return the one chip of what was understood."""
    [chip] = page.xpath("//div[@class='meanings']//li")
    return chip


def test_a_chip_tells_what_was_understood_and_takes_it_back(client: FlaskClient) -> None:
    """Its link makes the words plain words, under the same filters, from the first page."""
    page = page_of(client, q="nghị quyết học phí", level=["xã", "tỉnh"])
    chip = chip_of(page)
    assert words(page.xpath("//p[@id='hieu-la']")[0]) == "Hiểu là:"
    assert words(chip.xpath("./span")[0]) == "Loại: Nghị quyết (chỉ đếm văn bản này)"
    [undo] = chip.xpath("./a[@class='undo']")
    assert state(undo) == [
        ("q", "nghị quyết học phí"),
        ("level", "xã"),
        ("level", "tỉnh"),
        ("plain", "kind:nghi-quyet"),
    ]
    assert undo.get("title") == "Tìm “nghị quyết” như từ thường"
    plain_page = html.fromstring(client.get(undo.get("href")).get_data(as_text=True))
    assert not plain_page.xpath("//div[@class='meanings']")
    assert words(plain_page.xpath("//p[@class='total']/b")[0]) == "2 văn bản"


def test_what_was_declined_stays_declined(client: FlaskClient) -> None:
    """The box, the filters and the orders carry it along."""
    page = page_of(client, q="nghị quyết học phí", plain="kind:nghi-quyet")
    [hidden] = page.xpath("//form//input[@type='hidden']")
    assert (hidden.get("name"), hidden.get("value")) == ("plain", "kind:nghi-quyet")
    kept = ("plain", "kind:nghi-quyet")
    links = page.xpath("//aside//a | //p[@class='sorts']/a | //ol//h2/a")
    assert links
    assert all(kept in state(link) for link in links)


def test_documents_beyond_what_was_understood_stand_apart(client: FlaskClient) -> None:
    """A wrong guess hides nothing: they follow, counted and under a heading of their own."""
    page = page_of(client, q="nghị quyết học phí")
    total = words(page.xpath("//p[@class='total']")[0])
    assert total.startswith("1 văn bản cho “nghị quyết học phí”, thêm 1 văn bản chỉ khớp theo từ")
    assert [words(heading) for heading in page.xpath("//h2[@class='partial']")] == [
        "Ngoài điều đã hiểu, chỉ khớp theo từ",
        "Chỉ chứa một phần các từ",
    ]
    literal, partial = page.xpath("//ol[@class='cards partial']")
    assert [words(title) for title in literal.xpath(".//h3")] == [
        "Báo cáo thẩm tra dự thảo nghị quyết về học phí"
    ]
    assert partial.xpath(".//h3")
    # Ranks go on from one list to the next.
    assert page.xpath("//ol/@start") == ["1", "2", "3"]
    assert [words(v) for v in page.xpath("//div[@aria-labelledby='loc-kind']//li")] == [
        "Nghị quyết 1"
    ]


def test_a_preference_offers_to_be_a_filter(client: FlaskClient) -> None:
    """`Chỉ lấy` sets the facet, and once it is set the chip offers nothing more."""
    page = page_of(client, q="giám sát năm 2021")
    chip = chip_of(page)
    assert words(chip.xpath("./span")[0]).startswith("Thời gian: năm 2021 (xếp lên trước)")
    [only] = chip.xpath("./a[not(@class)]")
    assert words(only) == "Chỉ lấy"
    assert state(only) == [("q", "giám sát năm 2021"), ("date", "2021")]
    narrowed = html.fromstring(client.get(only.get("href")).get_data(as_text=True))
    days = narrowed.xpath("//ol//time/@datetime")
    assert days
    assert all(day.startswith("2021-") for day in days)
    assert not chip_of(narrowed).xpath("./a[not(@class)]")


def test_what_no_document_has_is_let_go_and_said(client: FlaskClient) -> None:
    """There is nothing to take back: the chip has no link."""
    page = page_of(client, q="biên bản lệ phí hộ tịch")
    chip = chip_of(page)
    assert chip.get("class") == "let-go"
    assert "không có văn bản nào, nên đã bỏ qua" in words(chip)
    assert not chip.xpath(".//a")


def test_another_spelling_is_offered_under_the_same_filters(client: FlaskClient) -> None:
    """Never searched by itself: the page counts what was typed."""
    page = page_of(client, q="hocj phis", level="xã")
    [line] = page.xpath("//p[@class='advice']")
    assert words(line) == "Có phải bạn muốn tìm: học phí?"
    [link] = line.xpath("./a")
    assert state(link) == [("q", "học phí"), ("level", "xã")]
    assert line.xpath(".//mark")
    assert words(page.xpath("//p[@class='total']/b")[0]) == "0 văn bản"
    assert not page_of(client, q="học phí").xpath("//p[@class='advice']")


def test_an_empty_result_names_the_way_out(client: FlaskClient) -> None:
    """Which filter or word to leave out, how many documents that gives, and the link to them."""
    page = page_of(client, q="cầu vượt sông", level="xã")
    [way] = page.xpath("//div[@class='rescues']//li")
    assert words(way) == "Bỏ “xã”: 1 văn bản"
    [link] = way.xpath("./a")
    assert state(link) == [("q", "cầu vượt sông")]
    assert words(page.xpath("//div[@class='rescues']/h2")[0]) == "Không tìm thấy văn bản nào"
    beside_weaker = page_of(client, q="học phí xylophone")
    assert words(beside_weaker.xpath("//div[@class='rescues']/h2")[0]) == (
        "Không văn bản nào có đủ mọi điều kiện"
    )
    assert state(beside_weaker.xpath("//div[@class='rescues']//a")[0]) == [("q", "học phí")]
    assert not page_of(client, q="học phí").xpath("//div[@class='rescues']")


def test_the_part_asked_for_is_linked(client: FlaskClient) -> None:
    """The passage begins there, and its link leads to its place in the document."""
    page = page_of(client, q="điều 2 nq 45/2024")
    [snippet] = page.xpath("//p[@class='snippet']")
    assert words(snippet).startswith("… Điều 2. Nghị quyết này có hiệu lực")
    [link] = snippet.xpath("./a[@class='passage']")
    assert words(link) == "Điều 2"
    assert urlsplit(link.get("href")).fragment == "dieu-2"
    opened = html.fromstring(client.get(link.get("href")).get_data(as_text=True))
    assert opened.xpath("//*[@id='dieu-2']")


def test_a_card_shows_two_passages_with_their_places(tmp_path: Path) -> None:
    """Each is linked to its own place, and the links carry the question."""
    filler = "Đại biểu thảo luận nhiều nội dung khác. " * 20
    text = f"Điều 1. Bảo vệ san hô.\n{filler}\nĐiều 2. Cấm neo tàu.\n{filler}"
    second = text.index("Điều 2")
    act = build_document(
        text,
        id="act",
        title="Về biển",
        pages=(0, second),
        divisions=(
            Division("điều", "1", "", 0, second),
            Division("điều", "2", "", second, len(text)),
        ),
    )
    app = create_app(Settings(index=build_test_index([act], tmp_path / "index")))
    page = page_of(app.test_client(), q="neo tàu san hô")
    links = page.xpath("//p[@class='snippet']/a[@class='passage']")
    assert {words(link) for link in links} == {"Điều 1, trang 1", "Điều 2, trang 2"}
    assert {urlsplit(link.get("href")).fragment for link in links} == {"dieu-1", "dieu-2"}
    assert all(("q", "neo tàu san hô") in state(link) for link in links)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script> học", 'nghị quyết "><b>'])
def test_meanings_and_ways_out_are_text(client: FlaskClient, hostile: str) -> None:
    """Whatever was typed comes back as text."""
    raw = client.get("/tim-kiem", query_string={"q": hostile, "plain": "<b>x"}).get_data(
        as_text=True
    )
    assert "<script" not in raw
    assert "<b>x" not in raw
