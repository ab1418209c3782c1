"""A file of a source is looked at before it is read: it must be there, inside and not empty.

Whoever can write to the folder may swap a link in between the look and the reading. So both go
through `open_inside`, which follows no link once it knows where a path leads.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from indexer.records import SourceFile

_CHUNK = 2**20
_LARGEST_FILE = 512 * 2**20
_CLOSED = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
# A folder that may be passed through need not be one that may be listed.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def examine_file(root: Path, path: str) -> tuple[Path, str]:
    """Return where the file lies and the sha256 of its bytes.

    UnreadableSourceError when it is missing, outside of the root, empty, too large or not to be
    opened.
    """
    location = _find_spelling(root, path)
    with open_inside(root, location) as file:
        return location, _hash_content(file)


@contextmanager
def open_source(source: SourceFile) -> Iterator[BinaryIO]:
    """Give the file that was listed, open to be read; errors as `examine_file` raises them."""
    depth = len(PurePosixPath(source.path).parts)
    with open_inside(source.location.parents[depth - 1], source.location) as file:
        yield file


def read_listed(file: BinaryIO, source: SourceFile) -> bytes:
    """Return the open file's bytes; UnreadableSourceError when they are not those listed."""
    # As much room as is asked for is taken at once, so no more is asked for than there is.
    size = min(file.seek(0, os.SEEK_END), _LARGEST_FILE)
    file.seek(0)
    data = _read(file, size + 1)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UnreadableSourceError("changed while being read; run the command again")
    return data


@contextmanager
def open_inside(root: Path, location: Path) -> Iterator[BinaryIO]:
    """Give a regular file below the root, open to be read.

    Links are followed once, to find out where they lead; the file is then opened by its real
    place, step by step and through no link, so that one swapped in meanwhile is refused.
    UnreadableSourceError when the file is not inside, not regular, empty, too large or closed.
    """
    try:
        handle = _open_regular(Path(os.path.realpath(root)), Path(os.path.realpath(location)))
    except FileNotFoundError as error:
        what = "a link to nothing" if location.is_symlink() else "missing"
        raise UnreadableSourceError(f"{what}; put the file there or remove it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UnreadableSourceError(f"can't be opened ({reason}); check its permissions") from error
    with os.fdopen(handle, "rb") as file:
        _check_size(os.fstat(handle).st_size)
        yield file


def _open_regular(root: Path, real: Path) -> int:
    if not real.is_relative_to(root):
        raise UnreadableSourceError("a link out of the folder; put the file itself there")
    folder = os.open(root, _FOLDER)
    try:
        for name in real.relative_to(root).parts[:-1]:
            inner = os.open(name, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        # Before it is opened: opening wakes some devices, and waits at the end of a pipe.
        _check_kind(os.stat(real.name, dir_fd=folder, follow_symlinks=False).st_mode)
        handle = os.open(real.name, _CLOSED | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)
    try:
        _check_kind(os.fstat(handle).st_mode)
    except UnreadableSourceError:
        os.close(handle)
        raise
    return handle


def _check_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableSourceError("a folder; name the files in it")
    if not stat.S_ISREG(mode):
        raise UnreadableSourceError("no regular file; put a copy of the document there")


def _check_size(size: int) -> None:
    if not size:
        raise UnreadableSourceError("empty file; fetch it again")
    if size > _LARGEST_FILE:
        most = _LARGEST_FILE // 2**20
        raise UnreadableSourceError(f"larger than {most} MiB; split it or leave out its pictures")


def _hash_content(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := _read(file, _CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _read(file: BinaryIO, most: int) -> bytes:
    try:
        return file.read(most)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSourceError(f"can't be read ({reason}); fetch it again") from error


def _find_spelling(root: Path, path: str) -> Path:
    """Return the path as it is on disk: some systems take accented names apart."""
    for form in ("NFC", "NFD"):
        spelled = root / unicodedata.normalize(form, path)
        if not os.path.lexists(root / path) and os.path.lexists(spelled):
            return spelled
    return root / path
