"""A generation's directory with just the shards that a test asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine.shard_files import ShardRow, write_shards
from indexer.store.engine.whoosh_writer import create_index, write_segment
from indexer.writing import index_row

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument


def write_shard_directory(
    directory: Path, shards: Sequence[Sequence[CouncilDocument]], dropped: Collection[str] = ()
) -> Path:
    """Write each group of documents as one shard, and mark those with the dropped ids as dead."""
    directory.mkdir(exist_ok=True)
    create_index(directory)
    rows = []
    for documents in shards:
        block = write_segment(directory, [index_row(f"key {d.id}", d) for d in documents])
        rows.append(ShardRow(block.file, len(documents), ()))
    live = [document.id not in dropped for documents in shards for document in documents]
    write_shards(directory, rows, np.array(live, np.uint8))
    return directory
