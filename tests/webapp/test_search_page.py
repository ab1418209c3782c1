"""The home page and the results page, read as a browser reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from webapp.search_page import EXAMPLES

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PER_PAGE = 20
TRUTH = Path(__file__).parents[1] / "samples" / "truth.jsonl"
"""What the sample corpus holds, one document a line."""


def get(client: FlaskClient, path: str, **args: str | list[str]) -> Any:
    """Return the parsed page of an address that answers 200."""
    answer = client.get(path, query_string=args)
    assert answer.status_code == 200
    return html.fromstring(answer.get_data(as_text=True))


def state(link: Any) -> list[tuple[str, str]]:
    """Return the parameters that a link carries."""
    return parse_qsl(urlsplit(link.get("href")).query)


def link_named(page: Any, words: str) -> Any:
    """Return the one link whose text holds the words."""
    [link] = [link for link in page.iter("a") if words in " ".join(link.text_content().split())]
    return link


def test_home_offers_a_box_examples_browsing_and_news(client: FlaskClient) -> None:
    """The first page leads everywhere by links, newest documents first."""
    page = get(client, "/")
    assert page.get("lang") == "vi"
    assert page.xpath("//form[@role='search']//input[@name='q']")
    titles = [title.text_content() for title in page.xpath("//section[@class='browse']//h3")]
    assert titles == ["Chuyên mục", "Ngày ban hành", "Cấp hội đồng", "Loại văn bản"]
    dates = page.xpath("//ol[@class='cards']//time/@datetime")
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2025-11-03"
    assert all(state(link) for link in page.xpath("//p[@class='examples']/a"))


def test_the_number_among_the_examples_is_one_of_the_sample_corpus() -> None:
    """Whoever clicks on it for the first time must not meet an empty list."""
    numbers = {json.loads(line)["number"] for line in TRUTH.read_text("utf-8").splitlines()}
    [number] = [example for example in EXAMPLES if "/" in example]
    assert number in numbers


def test_browsing_counts_what_it_leads_to(client: FlaskClient) -> None:
    """The number beside a level is the number of documents behind its link."""
    link = link_named(get(client, "/"), "Huyện/quận/thị xã")
    count = link.xpath(".//span[@class='count']")[0].text
    found = html.fromstring(client.get(link.get("href")).get_data(as_text=True))
    assert found.xpath("//p[@class='total']/b")[0].text == f"{count} văn bản"


def test_results_say_how_many_and_mark_the_matches(client: FlaskClient) -> None:
    """The count stands first, and the query's words are marked in title and snippet."""
    page = get(client, "/tim-kiem", q="học phí")
    assert page.xpath("//p[@class='total']")[0].text_content().startswith("2 văn bản cho “học phí”")
    marks = {mark.text_content().lower() for mark in page.xpath("//ol//mark")}
    assert {"học phí"} & marks or {"học", "phí"} <= marks
    assert page.xpath("//form//input[@name='q']/@value") == ["học phí"]


def test_partial_matches_stand_under_their_own_heading(client: FlaskClient) -> None:
    """Documents that hold only some of the words are counted and listed apart."""
    page = get(client, "/tim-kiem", q="học phí mầm non")
    total = page.xpath("//p[@class='total']")[0].text_content()
    assert "1 văn bản" in total
    assert "cùng 1 văn bản chỉ chứa một phần các từ" in " ".join(total.split())
    assert page.xpath("//h2[@class='partial']")[0].text_content() == "Chỉ chứa một phần các từ"
    [weaker] = page.xpath("//ol[@class='cards partial']/li//h3")
    assert "thẩm tra" in weaker.text_content()
    # They are counted on from the full ones.
    assert page.xpath("//ol/@start") == ["1", "2"]


def test_a_card_shows_what_identifies_a_document(client: FlaskClient) -> None:
    """Number, kind, issuer, date and level stand on the card; a sample says so."""
    page = get(client, "/tim-kiem", q="mầm non", level="xã")
    facts = " ".join(page.xpath("//p[@class='facts']")[0].text_content().split())
    for fact in (
        "45/2024/NQ-HĐND",
        "nghị quyết",
        "HĐND xã Thượng Phúc",
        "12/07/2024",
        "Văn bản mẫu",
    ):
        assert fact in facts
    assert "Xã/phường/thị trấn/đặc khu" in facts


def test_a_ticked_value_is_a_chip_that_removes_just_itself(client: FlaskClient) -> None:
    """Each chip's address is the page's address without that one filter."""
    page = get(client, "/tim-kiem", q="cấp nước", level=["xã", "tỉnh"], date="2024", page="1")
    chips = page.xpath("//ul[@class='chips']//a[not(@class)]")
    assert [" ".join(chip.text_content().split()) for chip in chips] == [
        "Bỏ bộ lọc Ngày ban hành: Năm 2024 ✕",
        "Bỏ bộ lọc Cấp hội đồng: Xã/phường/thị trấn/đặc khu ✕",
        "Bỏ bộ lọc Cấp hội đồng: Tỉnh/thành phố ✕",
    ]
    assert state(chips[1]) == [("q", "cấp nước"), ("date", "2024"), ("level", "tỉnh")]
    assert state(link_named(page, "Xóa tất cả")) == [("q", "cấp nước")]


def test_facet_links_toggle_and_keep_the_rest(client: FlaskClient) -> None:
    """A value's link adds it; a chosen value's link lets it go; order and words stay."""
    page = get(client, "/tim-kiem", q="cấp nước", level="xã", sort="oldest", page="1")
    add = page.xpath("//div[@aria-labelledby='loc-level']//a[contains(., 'Tỉnh')]")[0]
    drop = page.xpath("//div[@aria-labelledby='loc-level']//a[@class='chosen']")[0]
    assert state(add) == [
        ("q", "cấp nước"),
        ("level", "xã"),
        ("level", "tỉnh"),
        ("sort", "oldest"),
    ]
    assert state(drop) == [("q", "cấp nước"), ("sort", "oldest")]


def test_a_chosen_year_opens_its_months(client: FlaskClient) -> None:
    """Months stand below their year, and a month's link narrows the year to itself."""
    page = get(client, "/tim-kiem", q="cấp nước", date="2024")
    months = page.xpath("//div[@aria-labelledby='loc-date']//li[@class='month']/a")
    assert months
    assert all(dict(state(month))["date"].startswith("2024-") for month in months)


def test_chosen_values_stay_visible_at_zero(client: FlaskClient) -> None:
    """A filter that leaves nothing can still be unticked where it was ticked."""
    page = get(client, "/tim-kiem", q="mầm non", level="tỉnh", kind="tờ trình")
    chosen = page.xpath("//aside//a[@class='chosen']")
    assert [link.xpath(".//span[@class='count']")[0].text for link in chosen] == ["0", "0"]


def test_long_facets_are_folded(client: FlaskClient) -> None:
    """The first values show; the others wait behind a summary that works without scripts."""
    group = get(client, "/tim-kiem").xpath("//div[@aria-labelledby='loc-category']")[0]
    folded = group.xpath("./details//li")
    assert len(group.xpath("./ul/li")) == 8
    summary = " ".join(group.xpath("./details/summary")[0].text_content().split())
    assert summary == f"Xem thêm {len(folded)} giá trị của Chuyên mục"


def test_a_chosen_value_is_never_folded_away(client: FlaskClient) -> None:
    """Whatever its rank, a ticked value shows."""
    folded = get(client, "/tim-kiem").xpath("//div[@aria-labelledby='loc-category']/details//a")
    value = dict(state(folded[-1]))["category"]
    page = get(client, "/tim-kiem", category=value)
    chosen = page.xpath("//div[@aria-labelledby='loc-category']/ul//a[@class='chosen']")
    assert [link.xpath(".//span[contains(@class, 'label')]")[0].text for link in chosen] == [value]


def test_paging_keeps_the_question(client: FlaskClient) -> None:
    """Next, previous and numbered pages carry words, filters and order along."""
    page = get(client, "/tim-kiem", q="cấp nước", sort="newest", page="2")
    assert page.xpath("//nav//b[@aria-current='page']")[0].text_content() == "Trang 2"
    assert state(page.xpath("//a[@rel='prev']")[0]) == [("q", "cấp nước"), ("sort", "newest")]
    assert state(page.xpath("//a[@rel='next']")[0])[-1] == ("page", "3")
    assert page.xpath("//ol[@class='cards']/@start") == [str(PER_PAGE + 1)]


def test_the_title_tells_one_list_from_another(client: FlaskClient) -> None:
    """Words, else filters, and the page stand in it: tabs and histories show nothing more."""

    def title(**asked: str) -> str:
        text: str = get(client, "/tim-kiem", **asked).findtext("head/title")
        return text

    assert title(q="cấp nước", level="xã") == "cấp nước – Tra cứu HĐND"
    assert title(q="cấp nước", page="2") == "cấp nước, trang 2 – Tra cứu HĐND"
    assert title(level="xã").startswith("Xã/phường/thị trấn/đặc khu – ")
    assert title() == "Tất cả văn bản – Tra cứu HĐND"


def test_every_document_is_on_exactly_one_page(client: FlaskClient) -> None:
    """Following the pages meets each of the results once."""
    seen: list[str] = []
    for number in ("1", "2", "3"):
        page = get(client, "/tim-kiem", q="giám sát cấp nước", page=number)
        seen += [urlsplit(link).path for link in page.xpath("//ol//h2/a/@href")]
    assert len(seen) == len(set(seen)) == 45


def test_a_page_past_the_last_leads_back(client: FlaskClient) -> None:
    """An old address to a page that is gone says so and offers the last page."""
    answer = client.get("/tim-kiem", query_string={"q": "cấp nước", "page": "9"})
    page = html.fromstring(answer.get_data(as_text=True))
    assert "Không có trang 9" in page.text_content()
    assert state(link_named(page, "Về trang cuối"))[-1] == ("page", "3")


def test_sorting_is_a_link_and_shows_its_state(client: FlaskClient) -> None:
    """The chosen order is current, the others one click away from the first page."""
    page = get(client, "/tim-kiem", q="cấp nước", sort="oldest", page="2")
    current = page.xpath("//p[@class='sorts']/a[@aria-current]")
    assert [link.text for link in current] == ["Cũ nhất"]
    dates = page.xpath("//ol//time/@datetime")
    assert dates == sorted(dates)
    assert state(link_named(page, "Mới nhất")) == [("q", "cấp nước"), ("sort", "newest")]


def test_nothing_found_offers_ways_out(client: FlaskClient) -> None:
    """An empty answer helps: fewer filters, no quotes, spelling, examples."""
    page = get(client, "/tim-kiem", q='"nước sạch cầu vượt"', level="xã")
    text = page.text_content()
    assert "Không tìm thấy văn bản nào" in text
    assert "Bỏ ngoặc kép" in text
    assert state(link_named(page, "tìm lại không kèm bộ lọc")) == [("q", '"nước sạch cầu vượt"')]
    plain = get(client, "/tim-kiem", q="xylophone").text_content()
    assert "Không tìm thấy văn bản nào" in plain
    assert "ngoặc kép" not in plain
    assert "Bớt bộ lọc" not in plain


def test_a_new_question_keeps_filters_and_order(client: FlaskClient) -> None:
    """The box sends the chosen filters along, but not the page number."""
    page = get(client, "/tim-kiem", q="cấp nước", level=["xã", "tỉnh"], sort="newest", page="2")
    hidden = page.xpath("//form//input[@type='hidden']")
    assert [(field.get("name"), field.get("value")) for field in hidden] == [
        ("level", "xã"),
        ("level", "tỉnh"),
        ("sort", "newest"),
    ]


def test_hostile_titles_are_text(client: FlaskClient) -> None:
    """Markup in a document or a query is shown, never obeyed."""
    for query in ("bảng giá", "độc hại", "<script>alert(1)</script>", '" onfocus="x'):
        raw = client.get("/tim-kiem", query_string={"q": query}).get_data(as_text=True)
        assert "<script" not in raw
        assert "<i>Tin" not in raw
        assert "<b onclick" not in raw
        assert ' onfocus="' not in raw


def test_unknown_parameters_change_nothing(client: FlaskClient) -> None:
    """A tracker's parameter is neither an error nor part of any link."""
    page = get(client, "/tim-kiem", q="học phí", utm_source="x", fbclid="y")
    assert not [href for href in page.xpath("//a/@href") if "utm_source" in href]


@pytest.mark.parametrize("path", ["/", "/tim-kiem?q=học phí&level=xã", "/khong-co"])
def test_pages_have_what_readers_and_machines_need(client: FlaskClient, path: str) -> None:
    """Language, a title, one h1, a skip link to the main part, a labelled box, no scripts."""
    page = html.fromstring(client.get(path).get_data(as_text=True))
    assert page.get("lang") == "vi"
    assert page.findtext("head/title").strip().endswith(("Tra cứu HĐND", "các cấp"))
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//body/a[1]/@href") == ["#noi-dung"]
    assert page.xpath("//main/@id") == ["noi-dung"]
    assert not page.xpath("//script | //*[@style] | //@onclick")
    identities = page.xpath("//@id")
    assert len(identities) == len(set(identities))
    assert set(page.xpath("//label/@for")) <= set(identities)
