"""Addresses of documents: every id comes back as it went in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search_records import Passage, SearchRequest
from webapp.links import (
    document_url,
    download_url,
    passage_url,
    results_url,
    survives_in_a_path,
)

if TYPE_CHECKING:
    from flask import Flask

IDS = st.text(
    st.one_of(st.sampled_from("/.?#%&+ :\\ộ\n"), st.characters(exclude_categories=["Cs"])),
    min_size=1,
)
STATE = SearchRequest(q="học phí", filters={"level": ("xã", "tỉnh")}, sort="newest", page=3)


def id_of(app: Flask, url: str) -> str:
    """Return the id that the app reads out of an address."""
    parts = urlsplit(url)
    _, arguments = app.url_map.bind("localhost").match(unquote(parts.path))
    return str(
        arguments.get("document_id") or parse_qs(parts.query, keep_blank_values=True)["id"][0]
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document_id=IDS)
def test_any_id_comes_back_from_its_address(app: Flask, document_id: str) -> None:
    """Slashes, dots, spaces, question marks and line ends are part of an id."""
    with app.test_request_context():
        assert id_of(app, document_url(document_id, STATE)) == document_id
        assert id_of(app, download_url(document_id)) == document_id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document_id=IDS)
def test_no_address_of_a_document_can_be_shortened(app: Flask, document_id: str) -> None:
    """What browsers and proxies would resolve or merge never stands in a path."""
    with app.test_request_context():
        path = unquote(urlsplit(document_url(document_id)).path)
    if survives_in_a_path(document_id):
        assert "//" not in path.rstrip("/") + "/"
        assert not {".", ".."} & set(path.split("/"))
    else:
        assert path == "/van-ban"


@pytest.mark.parametrize(
    "document_id", ["./a", "../a", "a/./b", "a/..", "//a", "/a", "a//b", "a//", ".", ".."]
)
def test_ids_that_paths_would_change_travel_in_the_query(app: Flask, document_id: str) -> None:
    """Dot segments and empty segments do not survive a path."""
    with app.test_request_context():
        assert urlsplit(document_url(document_id)).path == "/van-ban"
        assert urlsplit(download_url(document_id)).path == "/tai-ve"


@pytest.mark.parametrize("document_id", ["a/", ".a", "a/.b", "…", "pd:1.2", "nq 45?#%2F.pdf"])
def test_other_ids_stay_readable_in_the_path(app: Flask, document_id: str) -> None:
    """An ordinary id is the rest of the path."""
    with app.test_request_context():
        assert unquote(urlsplit(document_url(document_id)).path) == f"/van-ban/{document_id}"


def test_a_document_address_carries_the_search(app: Flask) -> None:
    """The way back and the marks need the whole state."""
    with app.test_request_context():
        state = urlsplit(results_url(STATE)).query
        assert urlsplit(document_url("a", STATE)).query == state
    assert parse_qs(state) == {
        "q": ["học phí"],
        "level": ["xã", "tỉnh"],
        "sort": ["newest"],
        "page": ["3"],
    }


@pytest.mark.parametrize(
    ("citation", "article", "page", "anchor"),
    [
        ("khoản 2 Điều 5", "5", 3, "#khoan-2-dieu-5"),
        ("Phụ lục I", "", None, "#phu-luc-i"),
        ("Điều 1 Quy chế", "", 7, "#trang-7"),
        ("", "", 7, "#trang-7"),
        ("", "", None, ""),
    ],
)
def test_a_passage_has_the_closest_address(
    app: Flask, citation: str, article: str, page: int | None, anchor: str
) -> None:
    """The place it is cited by; in an annex, which may be long, its page."""
    passage = Passage((), page, article, citation)
    with app.test_request_context():
        assert passage_url("a", passage, STATE) == f"{document_url('a', STATE)}{anchor}"
        assert passage_url("a", passage) == f"{document_url('a')}{anchor}"
