"""Generations are built aside, checked, swapped in whole, and never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.errors import (
    DamagedIndexError,
    LockedIndexError,
    NoIndexError,
    StaleIndexError,
)
from indexer.store import generation_files, generations
from indexer.store.engine.shard_files import ShardRow, write_shards
from indexer.store.generation_files import checksum_file
from indexer.store.generations import (
    begin_generation,
    current_generation,
    current_name,
    generation_path,
    kept_generations,
    link_generation,
    publish_generation,
    roll_back,
    verify_generation,
    write_lock,
)

if TYPE_CHECKING:
    from pathlib import Path


def publish(index: Path, content: str) -> str:
    """Publish a generation of one file."""
    with write_lock(index):
        directory = begin_generation(index)
        (directory / "segment").write_text(content)
        write_shards(directory, (), np.empty(0, np.uint8))
        return publish_generation(
            directory,
            source="s",
            fingerprint=content,
            documents=1,
            parent=current_name(index),
        ).name


def test_a_published_generation_serves(tmp_path: Path) -> None:
    """CURRENT names it, its files are checked, and only its owner may enter."""
    index = tmp_path / "index"
    name = publish(index, "one")
    assert current_generation(index).name == name
    assert list(current_generation(index).files) == ["live.arrays", "segment", "shards.json"]
    assert index.stat().st_mode & 0o777 == 0o700
    assert generation_path(index, name).stat().st_mode & 0o777 == 0o700


def test_the_last_three_are_kept(tmp_path: Path) -> None:
    """Older ones go."""
    names = [publish(tmp_path, str(n)) for n in range(5)]
    assert kept_generations(tmp_path) == tuple(reversed(names[2:]))
    assert sorted(p.name for p in (tmp_path / "generations").iterdir()) == names[2:]


def test_a_rollback_serves_the_generation_before(tmp_path: Path) -> None:
    """Going back twice goes back two; there the history ends."""
    names = [publish(tmp_path, str(n)) for n in range(3)]
    assert roll_back(tmp_path) == names[1]
    assert roll_back(tmp_path) == current_name(tmp_path) == names[0]
    with pytest.raises(NoIndexError, match="oldest"):
        roll_back(tmp_path)


def test_a_rolled_back_generation_is_never_rolled_back_to(tmp_path: Path) -> None:
    """What an operator left behind does not come back by another rollback."""
    good, bad = publish(tmp_path, "good"), publish(tmp_path, "bad")
    roll_back(tmp_path)
    publish(tmp_path, "next")
    assert bad not in kept_generations(tmp_path)
    assert roll_back(tmp_path) == good


def test_a_rollback_leaves_a_generation_without_description(tmp_path: Path) -> None:
    """Damage to the current generation's description does not trap the operator."""
    first, second = publish(tmp_path, "1"), publish(tmp_path, "2")
    (generation_path(tmp_path, second) / "generation.json").write_text("{")
    with pytest.raises(DamagedIndexError, match="rollback"):
        current_generation(tmp_path)
    assert roll_back(tmp_path) == first


def test_nothing_to_roll_back_is_said(tmp_path: Path) -> None:
    """An empty directory has no past."""
    with pytest.raises(NoIndexError, match="nothing to roll back"):
        roll_back(tmp_path)


def test_a_changed_file_is_damage(tmp_path: Path) -> None:
    """The size tells at once, the checksum when verified."""
    name = publish(tmp_path, "one")
    segment = generation_path(tmp_path, name) / "segment"
    segment.write_text("two")
    current_generation(tmp_path)
    with pytest.raises(DamagedIndexError, match="segment"):
        verify_generation(tmp_path, name)
    segment.write_text("longer")
    with pytest.raises(DamagedIndexError, match="segment"):
        current_generation(tmp_path)


def test_an_index_of_another_schema_says_to_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names both versions and the command."""
    publish(tmp_path, "one")
    monkeypatch.setattr(generations, "SCHEMA_VERSION", 99)
    with pytest.raises(StaleIndexError, match=r"needs 99; build it again: .* build"):
        current_generation(tmp_path)


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    """Before the first build there is a next step, not a traceback."""
    with pytest.raises(NoIndexError, match="build one with"):
        current_generation(tmp_path)


def test_an_unreadable_pointer_is_damage(tmp_path: Path) -> None:
    """A CURRENT that is no text says what to do."""
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(DamagedIndexError, match="CURRENT"):
        current_name(tmp_path)


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """Two writers never meet; the second one leaves at once, naming the first."""
    told = pytest.raises(LockedIndexError, match=f"process {os.getpid()} ")
    with write_lock(tmp_path), told, write_lock(tmp_path):
        pytest.fail("two writers at once")
    with write_lock(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    """A process killed while it held the lock does not block the next."""
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from indexer.store.generations import begin_generation, write_lock\n"
        "with write_lock(Path(sys.argv[1])):\n"
        "    begin_generation(Path(sys.argv[1]))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -9
    name = publish(tmp_path, "one")
    assert [p.name for p in (tmp_path / "generations").iterdir()] == [name]


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """After a full disk the space is there again, and what served before still serves."""
    good = publish(tmp_path, "good")

    def fail() -> None:
        with write_lock(tmp_path):
            (begin_generation(tmp_path) / "segment").write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert [p.name for p in (tmp_path / "generations").iterdir()] == [good]
    assert current_generation(tmp_path).name == good


def test_linked_files_outlive_their_first_generation(tmp_path: Path) -> None:
    """A new generation shares the old one's files without copying them."""
    old = publish(tmp_path, "one")
    with write_lock(tmp_path):
        directory = begin_generation(tmp_path)
        link_generation(tmp_path, old, directory)
        shared = directory / "segment"
        assert shared.stat().st_ino == (generation_path(tmp_path, old) / "segment").stat().st_ino
        new = publish_generation(directory, source="s", fingerprint="2", documents=1, parent=old)
    verify_generation(tmp_path, old)
    verify_generation(tmp_path, new.name)


def test_a_list_of_shards_of_another_generation_is_refused(tmp_path: Path) -> None:
    """Missing, changed, or naming a file that is not there: the reason is told, rollback works."""
    good = publish(tmp_path, "good")
    for damage in ("missing", "changed", "foreign"):
        name = publish(tmp_path, damage)
        path = generation_path(tmp_path, name) / "shards.json"
        content = path.read_bytes()
        path.unlink()
        if damage == "changed":
            path.write_bytes(content.replace(b"shards", b"SHARDS"))
        with pytest.raises(DamagedIndexError, match=r"shards\.json: .* rollback"):
            current_generation(tmp_path)
        assert roll_back(tmp_path) == good
    assert current_generation(tmp_path).name == good


def test_a_shard_that_no_generation_wrote_down_is_refused(tmp_path: Path) -> None:
    """A list may not name what the generation's description does not hold."""
    with write_lock(tmp_path):
        directory = begin_generation(tmp_path)
        row = ShardRow("0123456789abcdef.shard", 0, ())
        write_shards(directory, [row], np.empty(0, np.uint8))
        publish_generation(directory, source="s", fingerprint="f", documents=0, parent=None)
    with pytest.raises(DamagedIndexError, match=r"0123456789abcdef\.shard: missing"):
        current_generation(tmp_path)


def test_linked_files_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte shared with the generation before keeps the sum that stands there."""
    old = publish(tmp_path, "one")
    read: list[str] = []

    def checksum(path: Path) -> str:
        read.append(path.name)
        return checksum_file(path)

    monkeypatch.setattr(generation_files, "checksum_file", checksum)
    with write_lock(tmp_path):
        directory = begin_generation(tmp_path)
        link_generation(tmp_path, old, directory)
        (directory / "more").write_text("two")
        new = publish_generation(directory, source="s", fingerprint="2", documents=1, parent=old)
    assert read == ["more"]
    monkeypatch.undo()
    assert verify_generation(tmp_path, new.name).files["segment"]["size"] == 3


def test_a_changed_table_of_contents_is_never_opened(tmp_path: Path) -> None:
    """It is a pickle and could run code: its checksum is compared at every opening."""
    with write_lock(tmp_path):
        directory = begin_generation(tmp_path)
        (directory / "_MAIN_1.toc").write_text("pickle")
        publish_generation(directory, source="s", fingerprint="f", documents=0, parent=None)
    (directory / "_MAIN_1.toc").write_text("PICKLE")
    with pytest.raises(DamagedIndexError, match="toc"):
        current_generation(tmp_path)
