"""The site as its readers meet it: a started server and a headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

INSTALL = "needs Chromium: apt-get install chromium"


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, under any of its names."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def serve(index: Path) -> Iterator[str]:
    """Start `python -m webapp` on a free port; give its address; stop it afterwards."""
    command = [sys.executable, "-m", "webapp", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


@contextmanager
def open_browser(executable: str) -> Iterator[Browser]:
    """Start a headless Chromium; close it afterwards."""
    with sync_playwright() as playwright:
        # Containers have neither a user namespace for the sandbox nor a large /dev/shm.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
