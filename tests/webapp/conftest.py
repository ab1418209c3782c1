"""An app over a small index that went through the whole pipeline, once for all tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.operations import build_index
from indexer.settings import Settings
from webapp import create_app

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

EXPORT = Path(__file__).with_name("documents.jsonl")


@pytest.fixture(scope="session")
def export_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of documents that came as text."""
    index = tmp_path_factory.mktemp("export") / "index"
    report = build_index(EXPORT, index, jobs=1)
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def app(export_index: Path) -> Flask:
    """Return the site over the export, answering errors as it would in public."""
    app = create_app(Settings(index=export_index))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the site."""
    return app.test_client()
