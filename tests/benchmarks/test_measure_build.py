"""The measurement of builds adds up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.benchmarks.measure_build import count_parts, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_build_and_an_update_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every stage, every part and the peak of memory are told."""
    docs = tmp_path / "docs.jsonl"
    lines = [json.dumps({"id": str(n), "text": "học phí " * 50}) for n in range(40)]
    docs.write_text("\n".join(lines), encoding="utf-8")
    arguments = ["--docs", str(docs), "--jobs", "1", "--changes", "3", "--keep", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["measure_build", *arguments])
    main()
    told = capsys.readouterr().out
    for stage in ("read", "index", "merge", "write", "publish"):
        assert told.count(f"  {stage}\t") == 2
    assert "update of 3 documents" in told
    assert "peak 0 MiB" not in told
    assert "  Whoosh: postings\t" in told


def test_every_file_is_counted_once(tmp_path: Path) -> None:
    """Files of no known ending are counted as well."""
    for name in ("a.shard", "b.shard", "MAIN_1.trm", "shards.json"):
        (tmp_path / name).write_bytes(b"12345")
    sizes = count_parts(tmp_path)
    assert sizes["shards of the engine"] == 10
    assert sum(sizes.values()) == 20
