"""What is worked out of each shard once, in a file beside it that generations share with it.

`0a1b….shard` has `0a1b….words` and the like. An update makes those of its own new shards only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import DamagedIndexError
from indexer.store.array_file import map_arrays, write_arrays
from indexer.store.engine.shard import Shard
from indexer.store.engine.shard_files import read_shards

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

_NAME = "name"


def write_sidecars(
    directory: Path, ending: str, gather: Callable[[Shard], Mapping[str, NDArray[Any]]]
) -> None:
    """Write the missing sidecars of a generation's shards, and remove those of shards gone."""
    wanted = _list_sidecars(directory, ending)
    for path in directory.glob(f"*{ending}"):
        if path not in wanted:
            path.unlink()
    for path, shard in wanted.items():
        if not path.exists():
            name = np.frombuffer(path.name.encode("ascii"), np.uint8)
            write_arrays(path, {_NAME: name, **gather(Shard.open(shard))})


def map_sidecars(directory: Path, ending: str) -> list[dict[str, NDArray[Any]]]:
    """Return the arrays of each shard's sidecar, in the shards' order; DamagedIndexError."""
    return [_map_sidecar(path) for path in _list_sidecars(directory, ending)]


def _list_sidecars(directory: Path, ending: str) -> dict[Path, Path]:
    """Return the path of each sidecar, and of its shard."""
    shards = [directory / row.file for row in read_shards(directory)]
    return {shard.with_suffix(ending): shard for shard in shards}


def _map_sidecar(path: Path) -> dict[str, NDArray[Any]]:
    arrays = map_arrays(path)
    if _NAME not in arrays or arrays[_NAME].tobytes() != path.name.encode("ascii"):
        raise DamagedIndexError(
            f"{path}: it belongs to another shard; go back with rollback, or run build again"
        )
    return arrays
