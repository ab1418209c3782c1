"""What was read from each source, by content: one SQLite file beside the generations.

Nothing is extracted twice, snippets are read from here, and segments are written from it without
another look at the sources. `members` tells which documents a generation holds.
"""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from indexer.errors import DamagedIndexError
from indexer.store.record_json import (
    document_from_json,
    document_to_json,
    extract_from_json,
    extract_to_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

    from indexer.records import CouncilDocument, ExtractedText

_TABLES = """
CREATE TABLE IF NOT EXISTS extracts (
    sha256 TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (sha256, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ocr (
    sha256 TEXT NOT NULL, version INTEGER NOT NULL, page INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (sha256, version, page)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY, record TEXT NOT NULL, text BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    generation TEXT NOT NULL, place INTEGER NOT NULL,
    id TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (generation, id)) WITHOUT ROWID;
"""
# Level 1 packs Vietnamese text to a third at ten times the speed of level 9.
_PACKING = 1
_SECONDS_TO_WAIT = 30.0


class Member(NamedTuple):
    """A document of a generation."""

    id: str
    key: str
    path: str


class Library:
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
            raise _damaged(str(error)) from error

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

    def put_extract(self, sha256: str, version: int, extract: ExtractedText) -> None:
        """Keep what a file's format gave up."""
        payload = _pack(extract_to_json(extract))
        self._db.execute(
            "INSERT OR REPLACE INTO extracts VALUES (?, ?, ?)", (sha256, version, payload)
        )

    def get_extract(self, sha256: str, version: int) -> ExtractedText | None:
        """Return what this version read from these bytes before, if it did."""
        row = self._fetch(
            "SELECT payload FROM extracts WHERE sha256 = ? AND version = ?", sha256, version
        )
        return extract_from_json(_unpack(row[0])) if row else None

    def put_ocr(self, sha256: str, version: int, page: int, words: str) -> None:
        """Keep what OCR saw on a page of these bytes: `words` is JSON."""
        self._db.execute(
            "INSERT OR REPLACE INTO ocr VALUES (?, ?, ?, ?)", (sha256, version, page, _pack(words))
        )

    def get_ocr(self, sha256: str, version: int) -> dict[int, str]:
        """Return what OCR saw on these bytes' pages before, by page."""
        rows = self._fetch_all(
            "SELECT page, payload FROM ocr WHERE sha256 = ? AND version = ?", sha256, version
        )
        return {page: _unpack(payload) for page, payload in rows}

    def put_document(self, key: str, document: CouncilDocument) -> None:
        """Keep a document under its content key."""
        text = _pack(document.text)
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)",
            (key, document_to_json(document), text),
        )

    def get_document(self, key: str) -> CouncilDocument:
        """Return the document kept under a key; DamagedIndexError when it is gone."""
        document = self.find_document(key)
        if document is None:
            raise _damaged(f"document {key[:12]}…, which the index names, is not there")
        return document

    def find_document(self, key: str) -> CouncilDocument | None:
        """Return the document kept under a key; None when it is gone."""
        row = self._fetch("SELECT record, text FROM documents WHERE key = ?", key)
        return document_from_json(row[0], _unpack(row[1])) if row else None

    def has_document(self, key: str) -> bool:
        """Tell whether a document was read before."""
        return self._fetch("SELECT 1 FROM documents WHERE key = ?", key) is not None

    def set_members(self, generation: str, members: Iterable[Member]) -> None:
        """Note which documents a generation holds, in source order."""
        self._db.execute("DELETE FROM members WHERE generation = ?", (generation,))
        self._db.executemany(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?)",
            ((generation, place, *member) for place, member in enumerate(members)),
        )

    def members(self, generation: str) -> Iterator[Member]:
        """Yield a generation's documents in source order."""
        rows = self._db.execute(
            "SELECT id, key, path FROM members WHERE generation = ? ORDER BY place", (generation,)
        )
        yield from map(Member._make, rows)

    def check(self, generation: str, documents: int) -> None:
        """Look for damage: DamagedIndexError unless the generation's documents are all there."""
        (finding,) = self._fetch("PRAGMA quick_check(1)") or ("no answer",)
        if finding != "ok":
            raise _damaged(str(finding))
        (held,) = self._fetch(
            "SELECT count(*) FROM members JOIN documents USING (key) WHERE generation = ?",
            generation,
        ) or (0,)
        if held != documents:
            raise _damaged(f"it holds {held} of the {documents} documents of {generation}")

    def forget_others(self, generations: Sequence[str]) -> None:
        """Drop members and documents that none of these generations holds."""
        marks = ",".join("?" * len(generations))
        self._db.execute(
            f"DELETE FROM members WHERE generation NOT IN ({marks})",  # noqa: S608 (only marks)
            tuple(generations),
        )
        self._db.execute("DELETE FROM documents WHERE key NOT IN (SELECT key FROM members)")
        # Extractions stay though their file has gone: it may come back, and OCR is slow.
        for table in ("extracts", "ocr"):
            self._db.execute(
                f"DELETE FROM {table} WHERE version < (SELECT max(version) FROM {table})"  # noqa: S608 (names of ours)
            )
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
            raise _damaged(str(error)) from error


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
        connection.execute("SELECT 1 FROM members LIMIT 1")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), _PACKING)


def _unpack(packed: bytes) -> str:
    try:
        return zlib.decompress(packed).decode()
    except zlib.error as error:
        raise _damaged(str(error)) from error


def _damaged(what: str) -> DamagedIndexError:
    return DamagedIndexError(
        f"the library of the index is damaged: {what}; restore library.sqlite from a backup, or "
        "delete it and build again"
    )
