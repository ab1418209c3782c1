"""A file of a source is looked at before it is read: it must be there, inside and not empty."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError

if TYPE_CHECKING:
    from typing import BinaryIO

_CHUNK = 2**20


def examine_file(root: Path, path: str) -> tuple[Path, str]:
    """Return where the file lies and the sha256 of its bytes.

    UnreadableSourceError when it is missing, outside of the root, empty or not to be opened.
    """
    location = _find_spelling(root, path)
    if not _is_inside(root, location):
        raise UnreadableSourceError("a link out of the folder; put the file itself there")
    try:
        # A named pipe would wait for a writer for ever.
        handle = os.open(location, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise UnreadableSourceError("no regular file; put a copy of the document there")
            return location, _hash_content(file)
    except IsADirectoryError as error:
        raise UnreadableSourceError("a folder; name the files in it") from error
    except FileNotFoundError as error:
        what = "a link to nothing" if location.is_symlink() else "missing"
        raise UnreadableSourceError(f"{what}; put the file there or remove it") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSourceError(f"can't be opened ({reason}); check its permissions") from error


def _hash_content(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    size = 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if not size:
        raise UnreadableSourceError("empty file; fetch it again")
    return digest.hexdigest()


def _find_spelling(root: Path, path: str) -> Path:
    """Return the path as it is on disk: some systems take accented names apart."""
    for form in ("NFC", "NFD"):
        spelled = root / unicodedata.normalize(form, path)
        if not os.path.lexists(root / path) and os.path.lexists(spelled):
            return spelled
    return root / path


def _is_inside(root: Path, location: Path) -> bool:
    return Path(os.path.realpath(location)).is_relative_to(os.path.realpath(root))
