"""Files worked out of shards: written once, shared, and gone when their shard is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.errors import DamagedIndexError
from indexer.store.engine.shard_files import read_live, read_shards, write_shards
from indexer.store.shard_sidecars import map_sidecars, write_sidecars
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import CouncilDocument
    from indexer.store.engine.shard import Shard

ENDING = ".sizes"


def gather(shard: Shard) -> dict[str, NDArray[Any]]:
    """Return how many documents a shard has."""
    return {"size": np.array([shard.size])}


@pytest.fixture
def directory(tmp_path: Path, make_document: Callable[..., CouncilDocument]) -> Path:
    """Give three shards of one, two and three documents, with their sidecars."""
    groups = [[make_document("phí", id=f"{n} {m}") for m in range(n)] for n in (1, 2, 3)]
    write_sidecars(write_shard_directory(tmp_path, groups), ENDING, gather)
    return tmp_path


def sizes(directory: Path) -> list[int]:
    """Return what the sidecars say."""
    return [int(arrays["size"][0]) for arrays in map_sidecars(directory, ENDING)]


def test_sidecars_stand_in_the_order_of_their_shards(directory: Path) -> None:
    """Their names are drawn by chance; the list of shards has the order."""
    assert sizes(directory) == [1, 2, 3]


def test_a_sidecar_goes_with_its_shard(directory: Path) -> None:
    """The others are not worked out again."""
    rows = read_shards(directory)
    write_shards(directory, rows[1:], read_live(directory, rows)[1:].astype(np.uint8))

    def never(_shard: Shard) -> dict[str, NDArray[Any]]:
        raise AssertionError

    write_sidecars(directory, ENDING, never)
    assert sizes(directory) == [2, 3]
    assert len(list(directory.glob(f"*{ENDING}"))) == 2


def test_another_shards_sidecar_is_refused(directory: Path) -> None:
    """A file copied under a wrong name is found out by the name inside of it."""
    first, second = sorted(directory.glob(f"*{ENDING}"))[:2]
    first.unlink()
    shutil.copy(second, first)
    with pytest.raises(DamagedIndexError, match=rf"{first.name}: .* another shard; .* rollback"):
        sizes(directory)


def test_a_sidecar_cut_short_is_refused(directory: Path) -> None:
    """It is never opened half."""
    path = next(directory.glob(f"*{ENDING}"))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DamagedIndexError, match=path.name):
        sizes(directory)
