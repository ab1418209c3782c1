"""Counting a source quickly, for progress."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

from indexer.reading.count import count_sources

if TYPE_CHECKING:
    from pathlib import Path


def test_files_and_lines_are_counted(tmp_path: Path) -> None:
    """A folder counts its files, an export its lines."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").touch()
    export = tmp_path / "x.jsonl"
    export.write_text("{}\n{}\n")
    packed = tmp_path / "x.jsonl.gz"
    packed.write_bytes(gzip.compress(b"{}\n" * 3))
    assert count_sources(tmp_path) == 3
    assert count_sources(export) == 2
    assert count_sources(packed) == 3


def test_what_cannot_be_counted_counts_nothing(tmp_path: Path) -> None:
    """Progress without a total is no reason to fail."""
    broken = tmp_path / "x.jsonl.gz"
    broken.write_bytes(b"no gzip")
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b"{}\n" * 999)[:-12])
    assert count_sources(broken) == count_sources(cut) == 0
    assert count_sources(tmp_path / "missing.jsonl") == 0


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe has no lines to count until somebody writes."""
    os.mkfifo(tmp_path / "x.jsonl")
    assert count_sources(tmp_path / "x.jsonl") == 0
