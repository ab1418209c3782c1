"""Index generations: built aside, checked, swapped in whole, kept for a while.

::

    DIR/CURRENT               name of the generation that serves
    DIR/library.sqlite        documents by content (library.py)
    DIR/generations/NAME/     an immutable index and its generation.json
    DIR/blocks/               what a build has written of the next one (blocks.py)
    DIR/lock                  held by whoever writes; the kernel lets go when that process ends

Whoosh's table of contents is a pickle: an index directory is trusted code, so it is private to
its owner (0700).
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from indexer.errors import (
    DamagedIndexError,
    LockedIndexError,
    NoIndexError,
    StaleIndexError,
    WorkerLostError,
)
from indexer.settings import KEPT_GENERATIONS
from indexer.store.generation_files import (
    check_files,
    describe_files,
    find_linked,
    sync_path,
    verify_files,
)
from indexer.store.index_fields import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.store.generation_files import FileState

_CURRENT = "CURRENT"
_DESCRIPTION = "generation.json"
_FOLDER = "generations"
LIBRARY = "library.sqlite"
BLOCKS = "blocks"
UNFINISHED = ".new"
"""How the name of a block ends until it is whole."""
# After these, the next build goes on where this one stood.
_INTERRUPTIONS = (KeyboardInterrupt, SystemExit, WorkerLostError)


@dataclass(frozen=True, slots=True)
class Generation:
    """What stands in a generation's generation.json."""

    name: str
    schema_version: int
    built_at: str
    """ISO 8601, UTC."""
    source: str
    fingerprint: str
    """Of the source's content and of the code that read it."""
    documents: int
    parent: str | None
    """The generation that served before; a rollback goes there."""
    files: Mapping[str, FileState] = field(default_factory=dict)
    """By file name."""


@contextmanager
def write_lock(index: Path) -> Iterator[None]:
    """Hold the index directory's only write lock; LockedIndexError names the holder."""
    index.mkdir(mode=0o700, parents=True, exist_ok=True)
    (index / _FOLDER).mkdir(mode=0o700, exist_ok=True)
    with (index / "lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise LockedIndexError(
                f"{index}: process {holder} is writing this index; wait until it has finished"
            ) from error
        lock.truncate(0)
        clear_unfinished(index)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        except _INTERRUPTIONS:
            raise
        except BaseException:
            # A build that failed gives its space back, which may be what it failed for.
            _clear_blocks(index)
            raise
        finally:
            clear_unfinished(index)


def begin_generation(index: Path) -> Path:
    """Return a new, empty directory for the next generation, which nobody serves yet."""
    # Names sort by time; two builds within a second differ by their tail.
    now = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
    directory = index / _FOLDER / f"{now}-{secrets.token_hex(2)}"
    directory.mkdir(mode=0o700)
    return directory


def link_generation(index: Path, base: str, directory: Path) -> None:
    """Share a finished generation's files with a new one: nothing is copied."""
    for name in read_generation(index, base).files:
        os.link(index / _FOLDER / base / name, directory / name)


def publish_generation(
    directory: Path,
    *,
    source: str,
    fingerprint: str,
    documents: int,
    parent: str | None,
) -> Generation:
    """Write down the generation's checksums, make it durable and let it serve.

    Without a `parent` there is nothing to roll back to: what served before is removed.
    """
    index = directory.parent.parent
    known = {} if parent is None else read_generation(index, parent).files
    before = generation_path(index, parent or "")
    generation = Generation(
        name=directory.name,
        schema_version=SCHEMA_VERSION,
        built_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        source=source,
        fingerprint=fingerprint,
        documents=documents,
        parent=parent,
        files=describe_files(directory, find_linked(before, known)),
    )
    sync_path(directory)
    _write_durably(directory / _DESCRIPTION, json.dumps(asdict(generation), ensure_ascii=False))
    _point_to(index, generation.name)
    _remove_old(index)
    _clear_blocks(index)
    return generation


def current_name(index: Path) -> str | None:
    """Return the name of the generation that serves, or None before the first build."""
    try:
        return (index / _CURRENT).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedIndexError(
            f"{index / _CURRENT}: can't be read ({error}); run build again"
        ) from error


def current_generation(index: Path) -> Generation:
    """Return the generation that serves, its files there in full and of this schema.

    NoIndexError, StaleIndexError or DamagedIndexError says why it can't serve.
    """
    name = current_name(index)
    if name is None:
        raise NoIndexError(
            f"{index}: no index here yet; build one with: python -m indexer build SOURCE "
            f"--into {index}"
        )
    generation = read_generation(index, name)
    if generation.schema_version != SCHEMA_VERSION:
        raise StaleIndexError(
            f"{index}: built by schema {generation.schema_version}, this program needs "
            f"{SCHEMA_VERSION}; build it again: python -m indexer build SOURCE --into {index}"
        )
    check_files(generation_path(index, name), generation.files)
    return generation


def read_generation(index: Path, name: str) -> Generation:
    """Return a generation's description; DamagedIndexError when it can't be read."""
    path = generation_path(index, name) / _DESCRIPTION
    try:
        return Generation(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndexError(
            f"{path}: can't be read ({error}); go back with rollback, or run build again"
        ) from error


def generation_path(index: Path, name: str) -> Path:
    """Return a generation's directory."""
    return index / _FOLDER / name


def kept_generations(index: Path) -> tuple[str, ...]:
    """Return the current generation and those a rollback can reach, newest first."""
    names: list[str] = []
    name = current_name(index)
    while name and name not in names:
        try:
            parent = read_generation(index, name).parent
        except DamagedIndexError:
            break  # Nobody can go back to what can't be read.
        names.append(name)
        name = parent
    return tuple(names[:KEPT_GENERATIONS])


def verify_generation(index: Path, name: str) -> Generation:
    """Compare every file with its checksum; DamagedIndexError names the first that differs."""
    generation = read_generation(index, name)
    verify_files(generation_path(index, name), generation.files)
    return generation


def roll_back(index: Path) -> str:
    """Let the generation before the current one serve again, and return its name.

    The faulty one's description need not be readable: then the newest sound one serves.
    """
    with write_lock(index):
        current = current_name(index)
        if current is None:
            raise NoIndexError(f"{index}: no index here, so nothing to roll back")
        parent = _parent_of(index, current)
        if parent is None:
            raise NoIndexError(f"{index}: {current} is the oldest generation kept")
        verify_generation(index, parent)
        _point_to(index, parent)
        return parent


def clear_unfinished(index: Path) -> None:
    """Remove what builds left half done that ended before they published."""
    for path in (index / _FOLDER).iterdir():
        if (
            path.is_dir()
            and not (path / _DESCRIPTION).is_file()
            and path.name != current_name(index)
        ):
            shutil.rmtree(path)
    for path in (index / BLOCKS).glob(f"*{UNFINISHED}"):
        shutil.rmtree(path)


def _clear_blocks(index: Path) -> None:
    shutil.rmtree(index / BLOCKS, ignore_errors=True)


def _parent_of(index: Path, name: str) -> str | None:
    try:
        parent = read_generation(index, name).parent
    except DamagedIndexError:
        older = sorted(
            path.parent.name
            for path in (index / _FOLDER).glob(f"*/{_DESCRIPTION}")
            if path.parent.name < name
        )
        return older[-1] if older else None
    return parent if parent and generation_path(index, parent).is_dir() else None


def _remove_old(index: Path) -> None:
    keep = kept_generations(index)
    for path in (index / _FOLDER).iterdir():
        if path.name not in keep:
            shutil.rmtree(path)


def _point_to(index: Path, name: str) -> None:
    _write_durably(index / _CURRENT, name)


def _write_durably(path: Path, text: str) -> None:
    """Replace the file's content at once: readers see the old text or the new one."""
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    sync_path(aside)
    aside.replace(path)
    sync_path(path.parent)
