"""Engines over rows made up on the spot."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import create_index, publish_segments, write_segment
from tests.store.engine.trees import Plainly, make_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from indexer.store.engine.protocol import IndexRow

Opened = tuple[WhooshEngine, dict[str, Plainly]]


@pytest.fixture(scope="session")
def make_engine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., WhooshEngine]:
    """Give a function that indexes rows and opens an engine over them."""

    def make(
        rows: Sequence[IndexRow], *, segments: int = 1, dropped: Collection[str] = ()
    ) -> WhooshEngine:
        return WhooshEngine(write_rows(tmp_path_factory.mktemp("engine"), rows, segments, dropped))

    return make


def write_rows(
    directory: Path, rows: Sequence[IndexRow], segments: int, dropped: Collection[str]
) -> Path:
    """Write rows as segments, delete those with the dropped ids, and return the directory.

    Each segment is a shard of its own: it comes in an update of its own, and has less than half of
    the documents of the one before, as far as the rows suffice.
    """
    create_index(directory)
    for part in cut_rows(rows, segments):
        publish_segments(directory, [write_segment(directory, part)], dropped=frozenset())
    publish_segments(directory, [], dropped=frozenset(dropped))
    return directory


def cut_rows(rows: Sequence[IndexRow], parts: int) -> list[Sequence[IndexRow]]:
    """Return the rows in parts, each a third of the one before."""
    weights = [3**n for n in range(parts)]
    ends = [0]
    for weight in reversed(weights):
        ends.append(ends[-1] + max(len(rows) * weight // sum(weights), 1))
    ends[-1] = len(rows)
    return [rows[begin:end] for begin, end in pairwise(ends)]


@pytest.fixture(scope="session")
def open_collection(make_engine: Callable[..., WhooshEngine]) -> Callable[[int], Opened]:
    """Give a function that opens a collection by its seed, in segments, some documents deleted."""

    @lru_cache
    def opened(seed: int) -> Opened:
        documents = {each.row.key: each for each in make_collection(seed)}
        dropped = [name for at, name in enumerate(documents) if at % 7 == seed]
        rows = [each.row for each in documents.values()]
        engine = make_engine(rows, segments=1 + seed, dropped=dropped)
        return engine, {name: each for name, each in documents.items() if name not in dropped}

    return opened
