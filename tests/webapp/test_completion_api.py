"""Completion as JSON: parameters, headers and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from indexer.answers.completion import Completion
from indexer.search_records import Fragment
from indexer.settings import Settings
from webapp import create_app
from webapp.completion_api import MAX_AGE_SECONDS
from webapp.service import EXTENSION

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


class OneTitle:
    """A service that knows one title, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def complete(self, typed: str, limit: int) -> tuple[Completion, ...]:
        """Offer the title, whatever was typed."""
        self.asked.append((typed, limit))
        marked = (Fragment("mức", marked=True), Fragment(" thu <mới>"))
        return (Completion("mức thu <mới>", "title", "2 văn bản", None, marked),)


@pytest.fixture
def service() -> OneTitle:
    """Return a service of one title."""
    return OneTitle()


@pytest.fixture
def client(tmp_path: Path, service: OneTitle) -> FlaskClient:
    """Return a client of a site that asks the service of one title."""
    app = create_app(Settings(index=tmp_path / "none"))
    app.extensions[EXTENSION] = service
    return app.test_client()


def test_the_answer_has_text_kind_detail_and_marks(client: FlaskClient, service: OneTitle) -> None:
    """What was typed stands beside it, so that a late answer is known as one."""
    answer = client.get("/api/complete?q=mức")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "query": "mức",
        "completions": [
            {
                "text": "mức thu <mới>",
                "kind": "title",
                "detail": "2 văn bản",
                "id": None,
                "marked": "<mark>mức</mark> thu &lt;mới&gt;",
            }
        ],
    }
    assert service.asked == [("mức", 10)]


def test_the_answer_may_be_kept_for_a_minute(client: FlaskClient, service: OneTitle) -> None:
    """Whoever deletes a letter asks nothing anew."""
    assert service.asked == []
    control = client.get("/api/complete?q=m").headers["Cache-Control"]
    assert control == f"public, max-age={MAX_AGE_SECONDS}"


@pytest.mark.parametrize(("limit", "asked"), [("3", 3), ("", 10), ("010", 10)])
def test_fewer_can_be_asked_for(
    client: FlaskClient, service: OneTitle, limit: str, asked: int
) -> None:
    """An empty limit counts as absent, and so does an empty q as nothing typed."""
    assert client.get(f"/api/complete?limit={limit}").status_code == 200
    assert service.asked == [("", asked)]


@pytest.mark.parametrize("limit", ["0", "11", "-1", "x", "1.5", "٣", "9" * 10_000])
def test_an_impossible_limit_is_400_and_named(
    client: FlaskClient, service: OneTitle, limit: str
) -> None:
    """The error says which parameter, and what it held."""
    answer = client.get(f"/api/complete?q=m&limit={quote(limit)}")
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert (error["code"], error["parameter"], error["value"]) == ("bad_parameter", "limit", limit)
    assert len(error["message"]) < 200
    assert service.asked == []
