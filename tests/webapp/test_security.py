"""Headers of every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from webapp.security import HEADERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tim-kiem?q=phí",
        "/tim-kiem?page=0",
        "/van-ban/không có",
        "/tai-ve/không có",
        "/không có",
        "/api/search",
        "/api/search?page=0",
        "/api/nothing",
        "/static/site.css",
        "/static/favicon.svg",
        "/static/nothing",
    ],
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    """Pages, JSON, files and errors are all protected."""
    with client.get(path) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "Set-Cookie" not in answer.headers


def test_the_policy_allows_nothing_inline_and_no_frames() -> None:
    """No unsafe source is named; framing and base addresses are closed."""
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
