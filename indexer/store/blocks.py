"""Blocks of documents that wait to become part of a generation.

Each lies in a folder of its own below DIR/blocks, under a name that sums up what is in it, and is
whole once it has that name. A build that was killed leaves its blocks; the next one takes those
it would write itself.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from indexer.store.engine.whoosh_writer import Block
from indexer.store.generation_files import sync_path
from indexer.store.generations import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DESCRIPTION = "block.json"


class BlockFolder(NamedTuple):
    """Where the blocks of an index directory wait."""

    path: Path

    def find(self, name: str) -> Block | None:
        """Return the block of this name; None when it is not there in full."""
        folder = self.path / name
        try:
            stored = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
            whole = all((folder / f).stat().st_size == size for f, size in stored["files"].items())
            return Block(*stored["block"]) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            # What a crash of the machine left of it is written again.
            return None

    def link(self, name: str, directory: Path) -> None:
        """Share a block's files with a generation's directory."""
        for path in (self.path / name).iterdir():
            if path.name != _DESCRIPTION:
                os.link(path, directory / path.name)

    def write(self, name: str, write: Callable[[Path], Block]) -> Block:
        """Let a function write a block into a folder, and keep it under this name."""
        aside = self.path / f"{name}{UNFINISHED}"
        for leftover in (aside, self.path / name):
            shutil.rmtree(leftover, ignore_errors=True)
        aside.mkdir(mode=0o700, parents=True)
        block = write(aside)
        files = {path.name: path.stat().st_size for path in aside.iterdir()}
        stored = {"block": block, "files": files}
        (aside / _DESCRIPTION).write_text(json.dumps(stored), encoding="utf-8")
        for path in aside.iterdir():
            sync_path(path)
        aside.rename(self.path / name)
        sync_path(self.path)
        return block
