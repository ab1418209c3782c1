"""Shards joined, and shards without some documents, are what gathering at once would give."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.store.array_file import map_arrays
from indexer.store.engine import shard_merge
from indexer.store.engine.shard_arrays import write_shard
from indexer.store.engine.shard_drop import keep_documents
from indexer.store.engine.shard_merge import merge_shards
from tests.store.engine.drawn_documents import Gathered, as_lists, draw_documents, gather


@pytest.mark.parametrize(("terms", "postings"), [(1 << 16, 1 << 20), (2, 3)])
def test_joined_shards_are_the_shard_of_all_their_documents(
    monkeypatch: pytest.MonkeyPatch, terms: int, postings: int
) -> None:
    """However the documents were dealt to shards, and however small the steps are."""
    monkeypatch.setattr(shard_merge, "_TERMS", terms)
    monkeypatch.setattr(shard_merge, "_POSTINGS", postings)

    @settings(max_examples=40)
    @given(draw_documents(), st.lists(st.integers(0, 12), max_size=3).map(sorted))
    def check(rows: list[Gathered], cuts: list[int]) -> None:
        parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
        with TemporaryDirectory() as place:
            folder = Path(place)
            files = [write_shard(folder, gather(part)) for part in parts]
            name = merge_shards(folder, [map_arrays(folder / file) for file in files])
            joined = map_arrays(folder / name)
            assert bytes(joined["name"]).decode() == name
            assert as_lists(joined) == as_lists(gather(rows))

    check()


@settings(max_examples=40)
@given(draw_documents(), st.lists(st.booleans(), min_size=12, max_size=12))
def test_dropped_documents_leave_no_trace(rows: list[Gathered], flags: list[bool]) -> None:
    """Their terms, places, values and numbers are gone as if they had never been gathered."""
    kept = np.array(flags[: len(rows)])
    stay = [row for row, stays in zip(rows, flags, strict=False) if stays]
    assert as_lists(keep_documents(gather(rows), kept)) == as_lists(gather(stay))
