"""The gate of the ranking: no change lowers the judged queries unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.answers.search import SearchService
from tests.benchmarks.measure_judged import measure, read_figures

if TYPE_CHECKING:
    from pathlib import Path

# OCR of another version reads a word differently here and there.
MEAN_SLACK = 0.003
QUERY_SLACK = 0.12


def test_no_judged_query_got_worse(corpus_index: Path) -> None:
    """Neither the means nor any single one; who lowers one on purpose records it anew."""
    service = SearchService(corpus_index)
    found, recorded = measure(service), read_figures()
    service.close()
    assert found.keys() == recorded.keys(), "record the new queries with --write"
    worse = {
        name: f"{recorded[name]} -> {value}"
        for name, value in found.items()
        if value < recorded[name] - (MEAN_SLACK if name.startswith("mean") else QUERY_SLACK)
    }
    assert not worse
