"""The README's picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.running_site import INSTALL, find_chromium
from tests.browser.screenshot import SIZE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(find_chromium() is None, reason=INSTALL)
def test_the_picture_can_be_taken_again(small_index: Path, tmp_path: Path) -> None:
    """One command writes a picture of the promised size over any index."""
    file = tmp_path / "images" / "search.png"
    command = [sys.executable, "-m", "tests.browser.screenshot", str(small_index), str(file)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    with Image.open(file) as picture:
        assert picture.size == (SIZE["width"], SIZE["height"])
        assert len(picture.getcolors(maxcolors=1_000_000) or ()) > 50
