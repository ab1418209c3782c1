"""A generation's shards are opened whole, or refused with the reason."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.errors import DamagedIndexError
from indexer.store.array_file import map_arrays, write_arrays
from indexer.store.engine.shard import Shard, open_shards
from indexer.store.engine.shard_files import LIVE, SHARDS
from indexer.writing import index_row
from tests.store.engine.conftest import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument


@pytest.fixture
def generation(make_document: Callable[..., CouncilDocument], tmp_path: Path) -> Path:
    """Give a directory with an index of three documents, the second of them deleted."""
    rows = [index_row(str(n), make_document("học phí", id=str(n))) for n in range(3)]
    directory = tmp_path / "generation"
    directory.mkdir()
    return write_rows(directory, rows, 1, ["1"])


def shard_of(generation: Path) -> Path:
    """Return the file of the one shard."""
    return next(generation.glob("*.shard"))


def test_shards_open_with_what_lives(generation: Path) -> None:
    """Deleted documents keep their numbers and are marked."""
    (shard,), live = open_shards(generation)
    assert live.tolist() == [True, False, True]
    assert [shard.listing(n).id for n in range(3)] == ["0", "1", "2"]


def test_every_page_can_be_made_ready(generation: Path) -> None:
    """Whatever the types of the arrays, empty ones among them."""
    (shard,), _live = open_shards(generation)
    shard.touch_pages()
    assert shard.size == 3


def test_arrays_are_never_written_to(generation: Path) -> None:
    """Processes share the pages of the file."""
    (shard,), _live = open_shards(generation)
    with pytest.raises(ValueError, match="read-only"):
        shard.documents[0] = 1


@pytest.mark.parametrize("bytes_left", [0, 7, 100, -1])
def test_a_shard_cut_short_is_refused(generation: Path, bytes_left: int) -> None:
    """The message names the file and what to do."""
    file = shard_of(generation)
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data[:bytes_left])
    with pytest.raises(DamagedIndexError, match=rf"{file.name}: can't be read .*rollback"):
        open_shards(generation)


def test_a_shard_of_another_generation_is_refused(generation: Path) -> None:
    """Though it is whole, and of as many documents."""
    file = shard_of(generation)
    arrays = {name: np.array(array) for name, array in map_arrays(file).items()}
    arrays["name"] = np.frombuffer(b"other.shard", np.uint8)
    write_arrays(file, arrays)
    with pytest.raises(DamagedIndexError, match="belongs to another generation"):
        open_shards(generation)


def test_a_shard_without_an_array_is_refused(generation: Path) -> None:
    """The message says which one."""
    file = shard_of(generation)
    arrays = {name: np.array(array) for name, array in map_arrays(file).items()}
    del arrays["marks"]
    write_arrays(file, arrays)
    with pytest.raises(DamagedIndexError, match="'marks' is missing"):
        Shard.open(file)


@pytest.mark.parametrize("name", [SHARDS, LIVE])
def test_a_missing_list_is_refused(generation: Path, name: str) -> None:
    """Of the shards, or of what lives."""
    (generation / name).unlink()
    with pytest.raises(DamagedIndexError, match=name):
        open_shards(generation)


@pytest.mark.parametrize("listed", ["", "[]", '{"shards": [{}]}', '{"shards": 1}', "\udc80"])
def test_a_list_of_shards_that_is_none_is_refused(generation: Path, listed: str) -> None:
    """Whatever stands in it."""
    (generation / SHARDS).write_bytes(listed.encode(errors="surrogateescape"))
    with pytest.raises(DamagedIndexError, match=SHARDS):
        open_shards(generation)


def test_a_list_that_counts_otherwise_is_refused(generation: Path) -> None:
    """Numbers of documents would point at others."""
    listed = json.loads((generation / SHARDS).read_text())
    listed["shards"][0]["documents"] += 1
    (generation / SHARDS).write_text(json.dumps(listed))
    with pytest.raises(DamagedIndexError, match="3 documents instead of 4"):
        open_shards(generation)


def test_living_documents_of_another_generation_are_refused(generation: Path) -> None:
    """They are as many as the shards hold."""
    write_arrays(generation / LIVE, {"live": np.ones(7, np.uint8)})
    with pytest.raises(DamagedIndexError, match="7 documents instead of 3"):
        open_shards(generation)


def test_a_copied_generation_is_as_good(generation: Path, tmp_path: Path) -> None:
    """Files are known by their names, wherever the directory stands."""
    copied = shutil.copytree(generation, tmp_path / "copy")
    (shard,), _live = open_shards(copied)
    assert shard.size == 3
