"""Which shards make a generation, and which of its documents live: the two files that say so.

Readers and writers agree on them; shard.py reads a shard itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.store.array_file import damaged_file, map_arrays, write_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SHARDS = "shards.json"
LIVE = "live.arrays"
SHARD_DOCUMENTS = 1 << 16
"""The most documents of one shard: a number inside it takes two bytes."""


class ShardRow(NamedTuple):
    """One shard of a generation."""

    file: str
    documents: int
    """Deleted ones included."""
    segments: tuple[str, ...]
    """Whoosh's ids of the segments that hold the same documents, in their order."""


def write_shards(directory: Path, rows: Sequence[ShardRow], live: NDArray[np.uint8]) -> None:
    """Write down a generation's shards, and 1 for each of their documents that lives."""
    write_arrays(directory / LIVE, {"live": live})
    aside = directory / f"{SHARDS}.new"
    aside.write_text(json.dumps({"shards": [row._asdict() for row in rows]}), encoding="utf-8")
    aside.replace(directory / SHARDS)


def read_shards(directory: Path) -> tuple[ShardRow, ...]:
    """Return a generation's shards in order; DamagedIndexError when the list can't be read."""
    path = directory / SHARDS
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["shards"]
        return tuple(
            ShardRow(str(row["file"]), int(row["documents"]), tuple(map(str, row["segments"])))
            for row in rows
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise damaged_file(path, str(error)) from error


def read_live(directory: Path, rows: Sequence[ShardRow]) -> NDArray[np.bool_]:
    """Return which documents of the shards live; DamagedIndexError when it isn't one for each."""
    live = map_arrays(directory / LIVE).get("live", np.empty(0, np.uint8))
    documents = sum(row.documents for row in rows)
    if len(live) != documents:
        raise damaged_file(directory / LIVE, f"{len(live)} documents instead of {documents}")
    return live.astype(bool)
