"""Write the README's picture: `python -m tests.browser.screenshot [INDEX] [FILE]`."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.running_site import INSTALL, find_chromium, open_browser, serve

PICTURED = urlencode([("q", "tiếp xúc cử tri"), ("level", "tỉnh")])
SIZE = {"width": 1180, "height": 820}


def take(index: Path, file: Path) -> None:
    """Save what a desk's browser shows of a search over this index."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit(INSTALL)
    file.parent.mkdir(parents=True, exist_ok=True)
    with serve(index) as address, open_browser(executable) as browser:
        page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
        page.goto(f"{address}/tim-kiem?{PICTURED}")
        page.screenshot(path=file)


if __name__ == "__main__":
    places = [Path(argument) for argument in sys.argv[1:]]
    take(*(places + [Path("var/index"), Path("docs/images/tim-kiem.png")][len(places) :]))
