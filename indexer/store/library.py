"""What was read from each source, by content: one SQLite file beside the generations.

Nothing is extracted twice, snippets are read from here, and segments are written from it without
another look at the sources. `members` tells which documents a generation holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.records import CleanText
from indexer.store.library_file import LibraryFile, damaged, pack, unpack
from indexer.store.outline import OUTLINE_VERSION, draw_outline, read_outline
from indexer.store.record_json import (
    document_from_json,
    document_to_json,
    extract_from_json,
    extract_to_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.records import CouncilDocument, ExtractedText
    from indexer.store.outline import Outline

# A longer text is kept in pieces, so that a listing need not read all of it: the first one with
# the record, the others in a table of their own.
PIECE_CHARACTERS = 16_384
_KEYS_A_QUESTION = 500


class Member(NamedTuple):
    """A document of a generation."""

    id: str
    key: str
    path: str


class Listed(NamedTuple):
    """What a listing shows of a document."""

    outline: Outline
    text: CleanText
    """Its beginning."""


class Library(LibraryFile):
    """What an index directory knows of its documents. One object per thread."""

    def put_extract(self, sha256: str, version: int, extract: ExtractedText) -> None:
        """Keep what a file's format gave up."""
        payload = pack(extract_to_json(extract))
        self._db.execute(
            "INSERT OR REPLACE INTO extracts VALUES (?, ?, ?)", (sha256, version, payload)
        )

    def get_extract(self, sha256: str, version: int) -> ExtractedText | None:
        """Return what this version read from these bytes before, if it did."""
        row = self._fetch(
            "SELECT payload FROM extracts WHERE sha256 = ? AND version = ?", sha256, version
        )
        return extract_from_json(unpack(row[0])) if row else None

    def put_ocr(self, sha256: str, version: int, page: int, words: str) -> None:
        """Keep what OCR saw on a page of these bytes: `words` is JSON."""
        self._db.execute(
            "INSERT OR REPLACE INTO ocr VALUES (?, ?, ?, ?)", (sha256, version, page, pack(words))
        )

    def get_ocr(self, sha256: str, version: int) -> dict[int, str]:
        """Return what OCR saw on these bytes' pages before, by page."""
        rows = self._fetch_all(
            "SELECT page, payload FROM ocr WHERE sha256 = ? AND version = ?", sha256, version
        )
        return {page: unpack(payload) for page, payload in rows}

    def put_document(self, key: str, document: CouncilDocument) -> None:
        """Keep a document under its content key."""
        first, *others = (
            document.text[start : start + PIECE_CHARACTERS]
            for start in range(0, max(1, len(document.text)), PIECE_CHARACTERS)
        )
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)",
            (key, document_to_json(document), pack(first)),
        )
        self._db.execute("DELETE FROM pieces WHERE key = ?", (key,))
        self._db.executemany(
            "INSERT INTO pieces VALUES (?, ?, ?)",
            ((key, number, pack(piece)) for number, piece in enumerate(others, 1)),
        )
        self._put_outline(key, document)

    def get_document(self, key: str) -> CouncilDocument:
        """Return the document kept under a key; DamagedIndexError when it is gone."""
        document = self.find_document(key)
        if document is None:
            raise damaged(f"document {key[:12]}…, which the index names, is not there")
        return document

    def find_document(self, key: str) -> CouncilDocument | None:
        """Return the document kept under a key; None when it is gone."""
        row = self._fetch("SELECT record, text FROM documents WHERE key = ?", key)
        if not row:
            return None
        return document_from_json(row[0], self._whole_text(key, unpack(row[1])))

    def list_documents(self, keys: Sequence[str], characters: int) -> dict[str, Listed]:
        """Return what listings show of the documents kept under some keys, by key.

        Of each text the first `characters`, and of a longer one up to 16,383 more; what is gone
        is left out.
        """
        rows = self._fetch_for(
            keys,
            "SELECT key, text, payload FROM documents LEFT JOIN (SELECT key, payload FROM outlines "  # noqa: S608 (a number of ours)
            f"WHERE version = {OUTLINE_VERSION}) USING (key)",
        )
        return {
            key: self._listed(key, unpack(text), payload, characters) for key, text, payload in rows
        }

    def which_documents(self, keys: Iterable[str]) -> set[str]:
        """Return which of some keys have a document that was read before."""
        return {key for (key,) in self._fetch_for(keys, "SELECT key FROM documents")}

    def document_keys(self) -> Iterator[str]:
        """Yield every key that has a document, in no order."""
        return (key for (key,) in self._fetch_all("SELECT key FROM documents"))

    def packed_sizes(self, keys: Iterable[str]) -> dict[str, int]:
        """Return how many bytes the texts kept under some keys take, by key."""
        rows = self._fetch_for(
            keys,
            "SELECT key, length(text) + coalesce((SELECT sum(length(payload)) FROM pieces "
            "WHERE pieces.key = documents.key), 0) FROM documents",
        )
        return dict(rows)

    def set_members(self, generation: str, members: Iterable[Member]) -> None:
        """Note which documents a generation holds, in source order."""
        self._db.execute("DELETE FROM members WHERE generation = ?", (generation,))
        self._db.executemany(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?)",
            ((generation, place, *member) for place, member in enumerate(members)),
        )
        self._draw_missing_outlines()

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
            raise damaged(str(finding))
        (held,) = self._fetch(
            "SELECT count(*) FROM members JOIN documents USING (key) WHERE generation = ?",
            generation,
        ) or (0,)
        if held != documents:
            raise damaged(f"it holds {held} of the {documents} documents of {generation}")

    def forget_others(self, generations: Sequence[str]) -> None:
        """Drop members and documents that none of these generations holds."""
        marks = ",".join("?" * len(generations))
        self._db.execute(
            f"DELETE FROM members WHERE generation NOT IN ({marks})",  # noqa: S608 (only marks)
            tuple(generations),
        )
        gone = self._fetch_all("SELECT key FROM documents EXCEPT SELECT key FROM members")
        for table in ("documents", "pieces", "outlines"):
            self._db.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608 (names of ours)
        # Extractions stay though their file has gone: it may come back, and OCR is slow.
        for table in ("extracts", "ocr"):
            self._db.execute(
                f"DELETE FROM {table} WHERE version < (SELECT max(version) FROM {table})"  # noqa: S608 (names of ours)
            )
        self._db.commit()

    def _fetch_for(self, keys: Iterable[str], statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield what a statement gives for keys, however many there are."""
        asked = list(keys)
        for first in range(0, len(asked), _KEYS_A_QUESTION):
            some = asked[first : first + _KEYS_A_QUESTION]
            marks = ",".join("?" * len(some))
            yield from self._fetch_all(f"{statement} WHERE key IN ({marks})", *some)

    def _whole_text(self, key: str, first: str) -> str:
        """Return the text that begins with a first piece."""
        if len(first) != PIECE_CHARACTERS:
            return first
        return "".join((first, *self._pieces(key, "1 ORDER BY number")))

    def _pieces(self, key: str, which: str, *values: object) -> Iterator[str]:
        rows = self._fetch_all(
            f"SELECT payload FROM pieces WHERE key = ? AND {which}",  # noqa: S608 (ours)
            key,
            *values,
        )
        return (unpack(payload) for (payload,) in rows)

    def _listed(self, key: str, first: str, payload: bytes | None, characters: int) -> Listed:
        if payload is None:
            # Kept before there were outlines, and not yet visited by a build.
            document = self.get_document(key)
            return Listed(read_outline(draw_outline(document)), document.text)
        outline, text = read_outline(payload), first
        if len(first) < min(characters, outline.length):
            last = (min(characters, outline.length) - 1) // PIECE_CHARACTERS
            pieces = self._pieces(key, "number <= ? ORDER BY number", last)
            text = "".join((first, *pieces))
        return Listed(outline, CleanText(text))

    def _put_outline(self, key: str, document: CouncilDocument) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO outlines VALUES (?, ?, ?)",
            (key, OUTLINE_VERSION, draw_outline(document)),
        )

    def _draw_missing_outlines(self) -> None:
        """Give documents their outlines that were kept before there were any, or by other rules."""
        missing = self._fetch_all(
            "SELECT key FROM documents WHERE NOT EXISTS "
            "(SELECT 1 FROM outlines WHERE outlines.key = documents.key AND version = ?)",
            OUTLINE_VERSION,
        )
        for (key,) in missing:
            self._put_outline(key, self.get_document(key))
        if missing:
            self._db.execute("DELETE FROM outlines WHERE version <> ?", (OUTLINE_VERSION,))
