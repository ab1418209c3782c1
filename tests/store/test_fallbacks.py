"""What Whoosh had to answer itself is counted across processes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.store.fallbacks import note_fallback, read_fallbacks


def test_every_answer_is_counted_by_its_kind(tmp_path: Path) -> None:
    """Several at once are all counted."""
    assert read_fallbacks(tmp_path) == {}
    with ThreadPoolExecutor(8) as pool:
        for kind in ["phrase", "near", "phrase"] * 20:
            pool.submit(note_fallback, tmp_path, kind)
    assert read_fallbacks(tmp_path) == {"phrase": 40, "near": 20}


@pytest.mark.parametrize("left", [b"{", b"[]", b"\xff", b'{"phrase": "many"}', b""])
def test_a_broken_count_begins_anew(tmp_path: Path, left: bytes) -> None:
    """It is a hint for operators, never a reason to fail."""
    (tmp_path / "fallbacks.json").write_bytes(left)
    assert read_fallbacks(tmp_path) == {}


def test_counting_goes_on_behind_a_broken_count(tmp_path: Path) -> None:
    """From one."""
    (tmp_path / "fallbacks.json").write_text("{")
    note_fallback(tmp_path, "near")
    assert json.loads((tmp_path / "fallbacks.json").read_text()) == {"near": 1}


def test_an_index_of_somebody_else_is_served_all_the_same() -> None:
    """Where nothing can be written, nothing is counted."""
    note_fallback(Path("/proc/nowhere"), "near")
    assert read_fallbacks(Path("/proc/nowhere")) == {}
