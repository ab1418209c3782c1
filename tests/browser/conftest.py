"""One server and one Chromium for all browser tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.operations import build_index
from tests.browser.running_site import INSTALL, find_chromium, open_browser, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

EXPORT = Path(__file__).parents[1] / "webapp" / "documents.jsonl"


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of documents that came as text."""
    index = tmp_path_factory.mktemp("browser") / "index"
    report = build_index(EXPORT, index, jobs=1)
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def site(small_index: Path) -> Iterator[str]:
    """Give the address of a server over the small index."""
    with serve(small_index) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium; skip where there is none."""
    executable = find_chromium()
    if executable is None:
        pytest.skip(INSTALL)
    with open_browser(executable) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Give a page without JavaScript, as wide as a desk."""
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()
