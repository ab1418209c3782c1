"""A reader's way through the site, in a real browser that runs no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def state(page: Page) -> list[tuple[str, str]]:
    """Return the parameters in the address bar."""
    return parse_qsl(urlsplit(page.url).query)


def total(page: Page) -> str:
    """Return the count as the page says it."""
    return page.locator(".total b").inner_text()


def search(page: Page, words: str) -> None:
    """Type words into the box of the home page and press Enter."""
    page.goto("/")
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?**")


def test_search_tick_open_and_go_back(page: Page) -> None:
    """Every step is an address: going back brings the same words, filter and count."""
    search(page, "cấp nước sạch")
    assert state(page) == [("q", "cấp nước sạch")]
    assert total(page) == "45 văn bản"
    page.locator("#bo-loc").get_by_role("link", name="Tỉnh/thành phố").click()
    assert state(page) == [("q", "cấp nước sạch"), ("level", "tỉnh")]
    assert total(page) == "15 văn bản"
    results = page.url
    page.locator(".card h2 a").first.click()
    assert urlsplit(page.url).path.startswith("/van-ban/")
    assert state(page) == [("q", "cấp nước sạch"), ("level", "tỉnh")]
    assert page.locator(".text mark").count() > 0
    page.go_back()
    assert page.url == results
    assert total(page) == "15 văn bản"
    page.locator(".card h2 a").first.click()
    page.get_by_role("link", name="Về kết quả").click()
    assert page.url == results


def test_filters_add_up_and_come_off_one_by_one(page: Page) -> None:
    """Two levels mean either; a chip takes off its own and leaves the other."""
    search(page, "cấp nước")
    page.locator("#bo-loc").get_by_role("link", name="Tỉnh/thành phố").click()
    page.locator("#bo-loc").get_by_role("link", name="Huyện/quận/thị xã").click()
    assert total(page) == "30 văn bản"
    page.locator(".chips").get_by_role("link", name="Tỉnh/thành phố").click()
    assert state(page) == [("q", "cấp nước"), ("level", "huyện")]
    page.get_by_role("link", name="Xóa tất cả").click()
    assert total(page) == "45 văn bản"


def test_what_was_understood_comes_off_with_a_click(page: Page) -> None:
    """The chip goes, the words are plain words, and going back brings it back."""
    search(page, "nghị quyết học phí")
    assert total(page) == "1 văn bản"
    page.get_by_role("link", name="Tìm “nghị quyết” như từ thường").click()
    assert state(page) == [("q", "nghị quyết học phí"), ("plain", "kind:nghi-quyet")]
    assert total(page) == "2 văn bản"
    assert page.locator(".meanings").count() == 0
    page.go_back()
    assert page.locator(".meanings li").count() == 1


def test_a_preference_narrows_and_another_spelling_leads_on(page: Page) -> None:
    """Both are links in words that say what they do."""
    search(page, "giám sát năm 2021")
    assert total(page) == "45 văn bản"
    page.get_by_role("link", name="Chỉ lấy").click()
    assert state(page) == [("q", "giám sát năm 2021"), ("date", "2021")]
    search(page, "hocj phis")
    page.locator(".advice").get_by_role("link", name="học phí").click()
    assert total(page) == "2 văn bản"
    page.locator(".card h2 a").first.click()
    page.locator(".similar a").first.click()
    assert urlsplit(page.url).path.startswith("/van-ban")


def test_a_way_out_of_nothing_leads_to_something(page: Page) -> None:
    """The number beside it is the number of documents behind it."""
    page.goto("/tim-kiem?q=cầu vượt sông&level=xã")
    way = page.locator(".rescues a").first
    promised = way.inner_text()
    way.click()
    assert total(page) == promised


def test_a_year_opens_into_months(page: Page) -> None:
    """Ticking a year shows its months; ticking a month narrows to it."""
    search(page, "cấp nước")
    page.locator("[aria-labelledby=loc-date] a").first.click()
    page.locator("[aria-labelledby=loc-date] .month a").first.click()
    [(_, _), (facet, month)] = state(page)
    assert facet == "date"
    assert len(month) == len("2024-04")
    assert page.locator("[aria-labelledby=loc-date] a.chosen").count() == 1


def test_folded_values_unfold_without_scripts(page: Page) -> None:
    """The summary opens on a key press, and a value behind it can be ticked."""
    page.goto("/tim-kiem")
    folded = page.locator("[aria-labelledby=loc-category] details")
    assert not folded.locator("a").first.is_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    folded.locator("a").first.click()
    assert state(page)[0][0] == "category"


def test_paging_and_sorting_are_addresses(page: Page) -> None:
    """The second page of the oldest first can be sent to a colleague."""
    search(page, "cấp nước")
    page.get_by_role("link", name="Cũ nhất").click()
    page.get_by_role("link", name="Sau ›").click()
    assert state(page) == [("q", "cấp nước"), ("sort", "oldest"), ("page", "2")]
    page.goto(page.url)
    assert page.locator(".pager [aria-current]").inner_text().split()[-1] == "2"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("mầm non", "Quy định mức thu học phí mầm non công lập"),
        ("báo cáo thẩm tra học phí", "Báo cáo thẩm tra dự thảo nghị quyết về học phí"),
        ("kỳ họp thứ tám", "Biên bản kỳ họp thứ tám"),
        ("phiên chất vấn", "Thông báo kết luận phiên chất vấn"),
        ("cầu vượt sông", "Tờ trình về chủ trương đầu tư cầu vượt sông"),
    ],
)
def test_ids_of_every_kind_open_in_a_browser(page: Page, words: str, title: str) -> None:
    """Slashes, dots, question marks and backslashes in ids survive a browser's own rules."""
    search(page, words)
    page.get_by_role("link", name=title).first.click()
    assert page.locator("h1").inner_text() == title
    page.go_back()
    assert state(page)[0] == ("q", words)


def test_the_skip_link_leads_past_the_header(page: Page) -> None:
    """The first Tab meets it, and Enter moves on to the main part."""
    page.goto("/tim-kiem?q=phí")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Tới nội dung chính"
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "noi-dung"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tim-kiem?q=cấp nước&level=xã&level=tỉnh&date=2024",
        "/tim-kiem?q=xylophone",
        "/tim-kiem?q=nghị quyết học phí năm 2024 hđnd xã thượng phúc pccc",
        "/tim-kiem?q=hocj phis&level=huyện",
        "/tim-kiem?q=" + "x" * 600,
        "/tim-kiem?q=phí " + "x" * 300,
        "/tim-kiem?page=0",
        "/van-ban?id=./biên bản.txt&q=rác thải",
        "/van-ban/nghị quyết/45 %232%3F100%25.txt",
        "/van-ban/độc",
        "/không-có",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser: Browser, site: str, path: str, width: int) -> None:
    """At 320 pixels, the narrowest screen of WCAG, nothing sticks out."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("path", ["/", "/tim-kiem?q=phí", "/van-ban/độc?q=bảng giá", "/không-có"])
def test_the_browser_finds_nothing_to_complain_of(browser: Browser, site: str, path: str) -> None:
    """Nothing on a page breaks the site's own security policy."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path)
    refused = [text for text in complaints if "Content Security Policy" in text]
    assert not refused
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    context.close()
