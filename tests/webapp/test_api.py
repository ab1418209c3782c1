"""The same answers as JSON."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from indexer.search_records import FACETS
from webapp import error_pages

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"


def error_of(client: FlaskClient, path: str, status: int) -> Any:
    """Return the error object of an address that answers so."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    return answer.get_json()["error"]


def test_a_search_has_the_shape_of_the_command_line(client: FlaskClient) -> None:
    """Total, hits and all five facets are there, also when nothing matches."""
    for query in ("học phí", "xylophone"):
        answer = client.get("/api/search", query_string={"q": query}).get_json()
        assert {"total", "hits", "facets"} <= set(answer)
        assert set(answer["facets"]) == set(FACETS)
    [hit] = client.get("/api/search?q=mầm non&level=xã").get_json()["hits"]
    assert {"id", "title", "number", "kind", "level", "issued_on", "score", "snippet"} <= set(hit)
    assert hit["id"] == "nghị quyết/45 #2?100%.txt"


def test_repeated_parameters_mean_or(client: FlaskClient) -> None:
    """Two levels find what either finds."""
    totals = [
        client.get(f"/api/search?q=cấp nước&{levels}").get_json()["total"]
        for levels in ("level=xã", "level=tỉnh", "level=xã&level=tỉnh")
    ]
    assert totals[0] + totals[1] == totals[2] == 30


def test_vietnamese_is_readable_in_the_answer(client: FlaskClient) -> None:
    """Letters are letters and not escapes."""
    assert "học phí".encode() in client.get("/api/search?q=học phí").data.lower()


@pytest.mark.parametrize(
    "document_id",
    ["nghị quyết/45 #2?100%.txt", "báo cáo/thẩm tra/", "./biên bản.txt", "//công báo/7"],
)
def test_a_document_is_its_record_and_text(client: FlaskClient, document_id: str) -> None:
    """Path and query give the same record, under the id as the source gives it."""
    by_path = client.get(f"/api/documents/{quote(document_id)}").get_json()
    by_query = client.get("/api/documents", query_string={"id": document_id}).get_json()
    assert by_path == by_query
    assert by_path["id"] == document_id
    assert {"title", "kind", "level", "category", "text"} <= set(by_path)


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("page=0", "bad_parameter", "page"),
        ("page=abc", "bad_parameter", "page"),
        ("sort=best", "bad_parameter", "sort"),
        ("page_size=3", "bad_parameter", "page_size"),
        ("level=cấp phường", "unknown_facet_value", "level"),
        ("date=2024-13", "unknown_facet_value", "date"),
        ("kind=bài thơ", "unknown_facet_value", "kind"),
    ],
)
def test_what_is_impossible_is_400_and_named(
    client: FlaskClient, query: str, code: str, parameter: str
) -> None:
    """The error says which parameter is wrong and what it held."""
    error = error_of(client, f"/api/search?q=phí&{query}", 400)
    assert error["code"] == code
    assert error["parameter"] == parameter
    assert error["value"] == query.split("=")[1]
    assert error["message"]
    assert error["detail"].isascii() or error["value"] in error["detail"]


@pytest.mark.parametrize("query", ["???", "x" * 10_000])
def test_a_query_that_can_not_be_understood_is_400(client: FlaskClient, query: str) -> None:
    """The fault has a place in q."""
    error = error_of(client, f"/api/search?q={quote(query)}", 400)
    assert error["code"] == "bad_query"
    assert error["parameter"] == "q"
    assert 0 <= error["position"] <= len(query)


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    """Trackers change no answer."""
    plain = client.get("/api/search?q=phí").get_json()
    tracked = client.get("/api/search?q=phí&utm_source=x&gclid=y").get_json()
    assert plain["hits"] == tracked["hits"]


def test_an_unknown_document_is_404(client: FlaskClient) -> None:
    """The error names the id."""
    error = error_of(client, "/api/documents/không có/gì", 404)
    assert error["code"] == "document_not_found"
    assert error["value"] == "không có/gì"


def test_a_hit_and_an_answer_have_the_fields_of_the_manual(client: FlaskClient) -> None:
    """Every name that docs/api.md shows in its example of an answer is there."""
    answer = client.get("/api/search?q=học phí tháng 7/2024").get_json()
    shown = MANUAL.read_text(encoding="utf-8").split("```json")[1].split("```")[0]
    named = set(re.findall(r'"(\w+)":', shown))
    hit = answer["hits"][0]
    facet = answer["facets"]["level"][0]
    parts = (answer, answer["understood"][0], hit, hit["passages"][0], answer["facets"], facet)
    assert {name for part in parts for name in part} == named


def test_what_was_understood_can_be_declined_by_its_key(client: FlaskClient) -> None:
    """The keys of an answer, handed back as `plain`, leave plain words."""
    answer = client.get("/api/search?q=nghị quyết học phí").get_json()
    assert (answer["total"], answer["literal_total"]) == (1, 1)
    assert [hit["standing"] for hit in answer["hits"]][:2] == ["full", "literal"]
    [meaning] = answer["understood"]
    assert (meaning["effect"], meaning["facet"], meaning["value"]) == (
        "filters",
        "kind",
        "nghị quyết",
    )
    again = client.get(
        "/api/search", query_string={"q": "nghị quyết học phí", "plain": meaning["key"]}
    ).get_json()
    assert (again["total"], again["understood"]) == (2, [])


def test_suggestions_and_ways_out_are_told(client: FlaskClient) -> None:
    """With the query to ask next, ready to be sent."""
    asked = client.get("/api/search?q=hocj phis").get_json()
    assert asked["suggestion"] == {
        "query": "học phí",
        "marked": "<mark>học</mark> <mark>phí</mark>",
    }
    stuck = client.get("/api/search?q=cầu vượt sông&level=xã").get_json()
    assert stuck["rescues"] == [
        {"dropped": "xã", "total": 1, "query": "cầu vượt sông", "filters": {}}
    ]


@pytest.mark.parametrize("document_id", ["nghị quyết/45 #2?100%.txt", "//công báo/7"])
def test_documents_like_one_are_listed(client: FlaskClient, document_id: str) -> None:
    """By path and by query, without passages and without the document itself."""
    by_path = client.get(f"/api/similar/{quote(document_id)}").get_json()
    by_query = client.get("/api/similar", query_string={"id": document_id}).get_json()
    assert by_path == by_query
    assert by_path["id"] == document_id
    assert 1 <= len(by_path["similar"]) <= 5
    assert document_id not in {each["id"] for each in by_path["similar"]}
    scores = [each["score"] for each in by_path["similar"]]
    assert scores == sorted(scores, reverse=True)
    assert "passages" not in by_path["similar"][0]
    assert error_of(client, "/api/similar/không có", 404)["code"] == "document_not_found"


def test_completion_asks_the_index(client: FlaskClient) -> None:
    """A title for its accent-free beginning, a number for its digits; no script can break it."""
    typed = client.get("/api/complete?q=quy dinh muc thu hoc").get_json()
    assert typed["query"] == "quy dinh muc thu hoc"
    assert typed["completions"][0]["text"] == "Quy định mức thu học phí mầm non công lập"
    assert typed["completions"][0]["id"] == "nghị quyết/45 #2?100%.txt"
    numbers = client.get("/api/complete?q=45/20&limit=3").get_json()["completions"]
    assert ("number", "45/2024/NQ-HĐND") in {(each["kind"], each["text"]) for each in numbers}


def test_the_manual_names_every_address_parameter_and_error(app: Flask) -> None:
    """Who writes a program against the site needs to read docs/api.md alone."""
    manual = MANUAL.read_text(encoding="utf-8")
    places = {str(rule).split("/<")[0] for rule in app.url_map.iter_rules()} - {"/static"}
    codes = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', inspect.getsource(error_pages)))
    # No address leads to these today; they stand by for errors to come.
    spare = {"bad_request", "http_error", "unknown_facet"}
    parameters = {"q", "plain", "sort", "page", "page_size", *FACETS}
    assert {place for place in places if f"`{place}" not in manual} <= {"/api/documents"}
    assert {code for code in codes - spare if f"`{code}`" not in manual} == set()
    assert {name for name in parameters if f"`{name}`" not in manual} == set()


def test_unknown_addresses_and_methods_are_json_too(client: FlaskClient) -> None:
    """Below /api/ even the framework's own errors are JSON."""
    error = error_of(client, "/api/nothing", 404)
    assert (error["code"], error["detail"]) == ("not_found", "Not Found")
    assert error_of(client, "/api", 404)["code"] == "not_found"
    answer = client.post("/api/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.get_json()["error"]["code"] == "method_not_allowed"
