"""A `.jsonl` export: one document a line, as text."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.errors import SourceError, UnreadableSourceError
from indexer.reading.manifest import parse_object
from indexer.reading.stated_fields import read_stated_fields
from indexer.records import Refusal, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from io import BufferedIOBase
    from pathlib import Path

EXPORT_ENDINGS = (".jsonl", ".jsonl.gz")
_LONGEST_LINE = 64 * 2**20
_GZIP = b"\x1f\x8b"
_UTF16 = frozenset({b"\xff\xfe", b"\xfe\xff"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINES_A_QUESTION = 100
_BYTES_A_QUESTION = 4 * 2**20
_UNPACKED = 2**20


class KnownLine(NamedTuple):
    """What a line gave before."""

    id: str
    key: str
    """Content key of its document."""


class KnownEntry(NamedTuple):
    """A line that says what it said before: nothing of it need be read again."""

    path: str
    sha256: str
    id: str
    key: str


class _Unpacked(RawIOBase):
    """What gzip packed, as much at a time as one look gives, up to where it breaks off.

    Gzip's own buffer is so small that lines wait for calls more than for unpacking.
    """

    def __init__(self, packed: BufferedIOBase) -> None:
        self._lines = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._lines.read1(len(buffer))
        buffer[: len(part)] = part
        return len(part)


if TYPE_CHECKING:
    Recall = Callable[[Sequence[bytes]], Mapping[bytes, KnownLine]]
    """Gives what is known of lines, by their sha256."""
    Item = SourceEntry | KnownEntry | Refusal


def is_export(path: Path) -> bool:
    """Return whether the file's name is that of an export."""
    return path.name.lower().endswith(EXPORT_ENDINGS)


def read_export(export: Path) -> Iterator[SourceEntry | Refusal]:
    """Yield a document or a refusal for each line that is not blank, in order.

    SourceError when the file can't be opened at all; where it breaks off, a Refusal says so.
    """
    for item in read_changes(export, lambda _sums: {}):
        if not isinstance(item, KnownEntry):
            yield item


def read_changes(export: Path, recall: Recall) -> Iterator[Item]:
    """Yield the same as `read_export`, but of known lines only what is known of them.

    SourceError when the file can't be opened at all; where it breaks off, a Refusal says so.
    """
    try:
        with export.open("rb") as plain:
            start = plain.read(2)
            packed = start == _GZIP
            if start in _UTF16:
                raise SourceError(f"{export}: is UTF-16; save it as UTF-8")
            plain.seek(0)
            with BufferedReader(_Unpacked(plain), _UNPACKED) if packed else plain as lines:
                yield from _read_entries(lines, export.name, recall)
    except OSError as error:
        raise SourceError(f"{export}: can't be opened ({error.strerror or error})") from error


def _read_entries(file: BufferedIOBase, name: str, recall: Recall) -> Iterator[Item]:
    """Yield what the lines hold. Ids are kept as digests, so that memory stays flat."""
    seen: set[bytes] = set()
    first = 1
    for lines in _take_lines(file):
        if isinstance(lines, Exception):
            reason = f"the archive is damaged from here on ({lines}); fetch it again"
            yield Refusal(f"{name}:{first}", reason)
            return
        sums = [hashlib.sha256(line or b"").digest() for line in lines]
        known = recall(sums)
        for number, (line, sha256) in enumerate(zip(lines, sums, strict=True), start=first):
            place = f"{name}:{number}"
            if line is None:
                yield Refusal(place, f"a line of more than {_LONGEST_LINE // 2**20} MiB; split it")
            elif sha256 in known:
                yield _take_once(KnownEntry(place, sha256.hex(), *known[sha256]), seen)
            elif line.strip():
                yield _read_entry(line, place, sha256.hex(), seen)
        first += len(lines)


def _take_lines(file: BufferedIOBase) -> Iterator[list[bytes | None] | Exception]:
    """Yield the lines, many at a time, and what is wrong with the file where it breaks off."""
    lines: list[bytes | None] = []
    held = 0
    try:
        for line in _split_lines(file):
            lines.append(line)
            held += len(line or b"")
            if len(lines) == _LINES_A_QUESTION or held > _BYTES_A_QUESTION:
                yield lines
                lines, held = [], 0
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield lines
        yield error
    else:
        yield lines


def _split_lines(file: BufferedIOBase) -> Iterator[bytes | None]:
    """Yield each line with its end; None for one that is too long to be a document."""
    while line := file.readline(_LONGEST_LINE):
        if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _read_entry(line: bytes, place: str, sha256: str, seen: set[bytes]) -> Item:
    try:
        return _take_once(_compose_entry(line, place, sha256), seen)
    except UnreadableSourceError as error:
        return Refusal(place, str(error))


def _take_once(entry: SourceEntry | KnownEntry, seen: set[bytes]) -> Item:
    """Return the entry, or a refusal when another one had its id."""
    digest = hashlib.blake2b(entry.id.encode(), digest_size=16).digest()
    if digest in seen:
        return Refusal(entry.path, f"gives the id {entry.id!r} again; give each document its own")
    seen.add(digest)
    return entry


def _compose_entry(line: bytes, place: str, sha256: str) -> SourceEntry:
    raw = parse_object(line.removeprefix(_BYTE_ORDER_MARK))
    text = raw.get("text")
    if text is not None and not isinstance(text, str):
        raise UnreadableSourceError("its text is no text; write it as one string")
    fields = read_stated_fields(raw)
    if not fields.id.strip():
        raise UnreadableSourceError("has no id; give each document its own")
    body = (text or "").encode("utf-8", "replace").decode("utf-8")
    if not body.strip() and not fields.facts.get("title"):
        raise UnreadableSourceError("has neither title nor text; give one of them")
    return SourceEntry(
        id=fields.id,
        path=place,
        sha256=sha256,
        title=fields.facts.get("title", ""),
        text=body,
        facts={name: value for name, value in fields.facts.items() if name != "title"},
        origin=fields.origin,
        sample=fields.sample,
    )
