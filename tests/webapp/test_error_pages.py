"""Errors as pages: Vietnamese, with the right status and a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from indexer.errors import (
    BadPageError,
    DamagedIndexError,
    IndexStateError,
    NoIndexError,
    QueryError,
    ReaderError,
    StaleIndexError,
    UnknownFacetError,
)
from indexer.search_records import SearchRequest
from indexer.settings import Settings
from webapp import create_app
from webapp.error_pages import EXCERPT, point_at_fault
from webapp.service import EXTENSION

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient


def page_of(client: FlaskClient, url: str, status: int) -> Any:
    """Return the parsed page of an address that answers with this status."""
    answer = client.get(url)
    assert answer.status_code == status
    return html.fromstring(answer.get_data(as_text=True))


def let_search_raise(app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Make every search of the app end in this error."""

    def search(_request: SearchRequest) -> None:
        raise error

    monkeypatch.setattr(app.extensions[EXTENSION], "search", search)


def test_a_fault_is_pointed_at_and_the_corrected_query_offered(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The faulty letter is marked, counted from 1; the suggestion keeps the filters."""
    error = QueryError("x", "Thiếu ngoặc kép đóng.", position=4, suggestion="học phí")
    let_search_raise(app, monkeypatch, error)
    page = page_of(client, '/tim-kiem?q=học "phí&level=xã&page=3', 400)
    assert "Thiếu ngoặc kép đóng." in page.text_content()
    assert [mark.text for mark in page.xpath("//code/mark")] == ['"']
    assert "ký tự thứ 5" in page.text_content()
    [link] = page.xpath("//main//a[text()='học phí']/@href")
    assert parse_qsl(urlsplit(link).query) == [("q", "học phí"), ("level", "xã")]
    assert page.xpath("//input[@name='q']/@value") == ['học "phí']


def test_without_a_better_query_none_is_offered(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that has no cure is still pointed at."""
    let_search_raise(app, monkeypatch, QueryError("x", "Chỉ có dấu câu.", position=0))
    page = page_of(client, "/tim-kiem?q=%3F%3F", 400)
    assert "Có thể tìm" not in page.text_content()
    assert page.xpath("//code/mark")


@pytest.mark.parametrize("position", [-5, 0, 3, 6, 900])
def test_any_position_can_be_pointed_at(app: Flask, position: int) -> None:
    """A place outside the query points at its nearer end."""
    error = QueryError("x", "y", position=position)
    with app.test_request_context():
        pointed = point_at_fault(error, SearchRequest(q="abcdef"))
    assert pointed.before + pointed.fault + pointed.after == "abcdef"
    assert 1 <= pointed.place <= 7


def test_a_long_query_is_shortened_around_its_fault(app: Flask) -> None:
    """The fault stays visible in a query of ten thousand letters."""
    query = "a" * 5000 + "?" + "b" * 5000
    with app.test_request_context():
        pointed = point_at_fault(QueryError("x", "y", position=5000), SearchRequest(q=query))
    assert pointed.fault == "?"
    assert len(pointed.before) == len(pointed.after) == EXCERPT + 1


def test_an_impossible_filter_offers_the_search_without_it(client: FlaskClient) -> None:
    """An old address with a value that is gone leads on."""
    page = page_of(client, "/tim-kiem?q=phí&level=phường", 400)
    assert "“level” không có giá trị “phường”" in page.text_content()
    [link] = page.xpath("//main//a[contains(., 'không kèm bộ lọc')]/@href")
    assert parse_qsl(urlsplit(link).query) == [("q", "phí")]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("page=0", "page=“0”"),
        ("page=abc", "page=“abc”"),
        ("page=99999999", "kết quả đầu"),
        ("sort=x", "sắp xếp “x”"),
        ("page_size=9", "(page_size)"),
    ],
)
def test_an_impossible_parameter_is_a_400_page(client: FlaskClient, query: str, named: str) -> None:
    """The page names the parameter and what it held."""
    assert named in page_of(client, f"/tim-kiem?{query}", 400).text_content()


@pytest.mark.parametrize("query", ["???", "x" * 10_000, "-", '"'])
def test_a_query_of_no_words_is_a_400_page(client: FlaskClient, query: str) -> None:
    """Punctuation and endless words get a sentence, never a 500."""
    answer = client.get("/tim-kiem", query_string={"q": query})
    assert answer.status_code == 400
    assert "Chưa hiểu câu tìm" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownFacetError("màu", ("level",)), "unknown_facet"),
        (BadPageError("past the window", "Trang quá xa."), "bad_parameter"),
        (ReaderError("too many", "Quá nhiều."), "bad_request"),
    ],
)
def test_other_errors_of_readers_are_400(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    """Whatever a reader asks for wrongly is a 400 with the error's own sentence."""
    client = app.test_client()
    let_search_raise(app, monkeypatch, error)
    answer = client.get("/api/search")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["code"] == code
    assert "Yêu cầu không hợp lệ" in page_of(client, "/tim-kiem", 400).text_content()


def test_without_an_index_the_site_says_so(tmp_path: Path) -> None:
    """503 with the operator's next step, on pages and as JSON, and when to come back."""
    client = create_app(Settings(index=tmp_path / "none")).test_client()
    for path in ("/", "/tim-kiem", "/van-ban/a", "/tai-ve/a"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "Chưa có chỉ mục" in answer.get_data(as_text=True)
    assert client.get("/api/search").get_json()["error"]["code"] == "no_index"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoIndexError("x"), "no_index"),
        (StaleIndexError("x"), "stale_index"),
        (DamagedIndexError("x"), "damaged_index"),
        (IndexStateError("x"), "index_unavailable"),
    ],
)
def test_each_state_of_the_index_has_its_own_advice(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    """Rebuild, roll back or wait: the answer says which."""
    let_search_raise(app, monkeypatch, error)
    answer = app.test_client().get("/api/search")
    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == code


def test_the_log_says_where_the_index_fails(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The path is for operators: it is logged and not shown."""
    let_search_raise(app, monkeypatch, DamagedIndexError("srv/index: a file is missing"))
    answer = app.test_client().get("/tim-kiem")
    assert caplog.messages == ["srv/index: a file is missing"]
    assert "srv/index" not in answer.get_data(as_text=True)


def test_a_fault_of_ours_is_a_calm_500(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the inside shows, and the page still has its box."""
    let_search_raise(app, monkeypatch, RuntimeError("secret"))
    page = page_of(client, "/tim-kiem?q=phí", 500)
    assert "Hệ thống gặp lỗi" in page.text_content()
    assert "secret" not in page.text_content()
    assert page.xpath("//input[@name='q']")
    assert client.get("/api/search").get_json()["error"]["code"] == "internal_error"


def test_an_unknown_address_is_a_vietnamese_404(client: FlaskClient) -> None:
    """The page leads home."""
    page = page_of(client, "/khong-co-trang-nay", 404)
    assert page.xpath("//h1")[0].text == "Không tìm thấy trang"
    assert page.xpath("//main//a[@href='/']")


def test_pages_take_no_uploads(client: FlaskClient) -> None:
    """POST is refused, and the answer says what is allowed."""
    answer = client.post("/tim-kiem")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Thao tác không được phép" in answer.get_data(as_text=True)


def test_an_error_without_a_sentence_of_its_own_keeps_its_status(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A status we have no words for is still answered with that status."""
    from werkzeug.exceptions import RequestURITooLarge

    let_search_raise(app, monkeypatch, RequestURITooLarge())
    assert "Lỗi 414" in page_of(client, "/tim-kiem", 414).text_content()
