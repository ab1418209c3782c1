"""The SQLite file under the library: opened to write, to read, or as it stands."""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from indexer.errors import DamagedIndexError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

_TABLES = """
CREATE TABLE IF NOT EXISTS extracts (
    sha256 TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (sha256, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ocr (
    sha256 TEXT NOT NULL, version INTEGER NOT NULL, page INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (sha256, version, page)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY, record TEXT NOT NULL, text BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pieces (
    key TEXT NOT NULL, number INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (key, number));
CREATE TABLE IF NOT EXISTS outlines (
    key TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (key, version));
CREATE TABLE IF NOT EXISTS members (
    generation TEXT NOT NULL, place INTEGER NOT NULL,
    id TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (generation, id)) WITHOUT ROWID;
"""
# Level 1 packs Vietnamese text to a third at ten times the speed of level 9.
_PACKING = 1
_SECONDS_TO_WAIT = 30.0
_MAPPED_BYTES = 2**40
"""As much as SQLite was built to map: 2 GiB as a rule."""


class LibraryFile:
    """The library file of one index directory. One object per thread.

    Those who only read may lack the right to write: `writable=False` changes nothing on disk.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._path = path
        self._frozen = False
        """Read as it stands: good only as long as nobody writes."""
        try:
            if writable:
                self._db = _open_to_write(path)
            else:
                self._open_to_read()
        except sqlite3.DatabaseError as error:
            raise damaged(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def commit(self) -> None:
        """Make everything put so far durable."""
        self._db.commit()

    def _open_to_read(self) -> None:
        """Open without the right to write.

        Where the reader may not write either, SQLite can't make the files it shares with writers.
        While there is no writer the library can be read as it stands; a writer makes those files.
        """
        try:
            self._db = _connect_to_read(self._path, "mode=ro")
            self._frozen = False
        except sqlite3.OperationalError:
            self._db = _connect_to_read(self._path, "mode=ro&immutable=1")
            self._frozen = True

    def _fetch(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        return next(iter(self._fetch_all(statement, *values)), None)

    def _fetch_all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            if self._frozen and self._path.with_name(f"{self._path.name}-wal").exists():
                self._db.close()
                self._open_to_read()
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(str(error)) from error


def _open_to_write(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_SECONDS_TO_WAIT, check_same_thread=False)
    try:
        # Readers go on reading what was committed while a build writes.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _connect_to_read(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?{how}",
        uri=True,
        timeout=_SECONDS_TO_WAIT,
        check_same_thread=False,
    )
    try:
        # Processes share the pages, and a look at one asks the system for nothing.
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        connection.execute("SELECT 1 FROM members LIMIT 1")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def pack(text: str) -> bytes:
    """Return a text as the library keeps it."""
    return zlib.compress(text.encode(), _PACKING)


def unpack(packed: bytes) -> str:
    """Return the text that `pack` was given; DamagedIndexError."""
    try:
        return zlib.decompress(packed).decode()
    except zlib.error as error:
        raise damaged(str(error)) from error


def damaged(what: str) -> DamagedIndexError:
    """Return the error that says what is wrong with the library, and what to do."""
    return DamagedIndexError(
        f"the library of the index is damaged: {what}; restore library.sqlite from a backup, or "
        "delete it and build again"
    )
