"""The files of a generation: written down with their checksums, and checked against them."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypedDict

from indexer.errors import DamagedIndexError
from indexer.store.engine.shard_files import LIVE, SHARDS, read_shards

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# A table of contents is a pickle, which may run code: it is never opened unchecked. The others say
# which files are opened and what of them counts.
_READ_FIRST = (".toc", SHARDS, LIVE)
_READERS = 2

FileId = tuple[int, int]
"""Device and number of a file, whatever its names."""


class FileState(TypedDict):
    """What a file was when it was written."""

    sha256: str
    size: int


def describe_files(directory: Path, linked: Mapping[FileId, FileState]) -> dict[str, FileState]:
    """Return every file's state, all of them on the disk; that of linked ones is known."""

    def describe(path: Path) -> FileState:
        known = linked.get(_file_id(path))
        if known:
            return known
        sync_path(path)
        return {"sha256": checksum_file(path), "size": path.stat().st_size}

    paths = sorted(directory.iterdir())
    with ThreadPoolExecutor(_READERS) as pool:
        return dict(zip((path.name for path in paths), pool.map(describe, paths), strict=True))


def find_linked(directory: Path, files: Mapping[str, FileState]) -> dict[FileId, FileState]:
    """Return a directory's files that another one may share, with what is written of them."""
    there = {directory / name: state for name, state in files.items()}
    return {_file_id(path): state for path, state in there.items() if path.exists()}


def check_files(directory: Path, files: Mapping[str, FileState]) -> None:
    """Look whether all files are there in full; DamagedIndexError names the first that is not."""
    for name, state in files.items():
        path = directory / name
        if not path.is_file() or path.stat().st_size != state["size"]:
            raise _damaged(path)
        if name.endswith(_READ_FIRST) and checksum_file(path) != state["sha256"]:
            raise _damaged(path)
    for row in read_shards(directory):
        if row.file not in files:
            raise _damaged(directory / row.file)


def verify_files(directory: Path, files: Mapping[str, FileState]) -> None:
    """Compare every file with its checksum; DamagedIndexError names the first that differs."""
    for name, state in files.items():
        path = directory / name
        if not path.is_file() or checksum_file(path) != state["sha256"]:
            raise _damaged(path)


def checksum_file(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def sync_path(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _file_id(path: Path) -> FileId:
    state = path.stat()
    return state.st_dev, state.st_ino


def _damaged(path: Path) -> DamagedIndexError:
    return DamagedIndexError(
        f"{path}: missing or not what was written; go back with rollback, or run build again"
    )
