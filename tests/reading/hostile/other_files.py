"""Old Word files, rich text, pictures, archives and plain text that hurt careless readers."""

from __future__ import annotations

import gzip
import random
import struct
import zlib
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MIB = 2**20
_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ENCRYPTED = 0x0100
_ROOT, _STREAM = 5, 2
# Version 3, sectors of 512 bytes and of 64; one sector of table, the directory in sector 1, no
# short streams; the table itself is in sector 0.
_OLE_HEAD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\x00")
    + struct.pack("<5H6x9I", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    + struct.pack("<109I", 0, *[_FREE] * 108)
)


def write_ole(streams: Mapping[str, bytes], chain: Mapping[int, int] | None = None) -> bytes:
    """Return a compound file (OLE) of these streams; `chain` bends its table of sectors.

    Sector 0 is the table, sector 1 the directory; the streams follow, each at least 4 KiB long
    since shorter ones would be kept elsewhere.
    """
    table, body = {0: _TABLE, 1: _END}, b""
    entries = [_entry("Root Entry", _ROOT, child=1)]
    for at, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\x00")
        start = 2 + len(body) // _SECTOR
        following = range(start + 1, start + len(padded) // _SECTOR)
        table.update(zip(range(start, following.stop), [*following, _END], strict=True))
        after = at + 1 if at < len(streams) else _FREE
        entries.append(_entry(name, _STREAM, place=(start, len(padded)), after=after))
        body += padded
    table.update(chain or {})
    sectors = struct.pack("<128I", *(table.get(sector, _FREE) for sector in range(128)))
    return _OLE_HEAD + sectors + b"".join(entries).ljust(_SECTOR, b"\x00") + body


def _entry(
    name: str,
    kind: int,
    *,
    place: tuple[int, int] = (_END, 0),
    child: int = _FREE,
    after: int = _FREE,
) -> bytes:
    """Return an entry of the directory, 128 bytes; `place` is its first sector and its length."""
    spelled = (name + "\x00").encode("utf-16-le")
    heads = struct.pack("<HBBIII", len(spelled), kind, 1, _FREE, after, child)
    return spelled.ljust(64, b"\x00") + heads + bytes(36) + struct.pack("<III", *place, 0)


def _word_stream(flags: int = 0, text: bytes = b"Nghi quyet ve hoc phi\r") -> bytes:
    """Return the start of a Word 97 main stream with its text at 1,536."""
    head = struct.pack(
        "<HHHHHHHBBHHIIHH",
        0xA5EC,
        193,
        0,
        0x042A,
        0,
        flags,
        193,
        0,
        0,
        0,
        0,
        1536,
        1536 + len(text),
        0,
        0,
    )
    return head.ljust(1536, b"\x00") + text


def _rtf(body: bytes) -> bytes:
    return rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}" + body + b"}"


def plain_rtf() -> bytes:
    """Return an honest rich text document."""
    return _rtf(rb"\f0 " + rb"Nghi quyet cua H\u7897?i \u273?\u7891?ng nhan dan\par " * 20)


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    )


def _tiff(width: int, height: int, following: int) -> bytes:
    """Return a TIFF whose directory of pages goes on at `following`."""
    tags = [
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (278, height),
        (279, 9),
    ]
    listed = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + listed + struct.pack("<I", following)


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">HBHHBBBB", 11, 8, height, width, 1, 1, 0x11, 0)
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xda" + b"\x00" * 1000


def garbage(size: int, seed: int) -> bytes:
    """Return bytes without any sense, the same ones for the same seed."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - sameness matters here, not secrecy


def _mail() -> bytes:
    """Return a web archive whose parts hold parts, a thousand deep."""
    heads = b"".join(
        b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at)
        for at in range(1000)
    )
    return b"MIME-Version: 1.0\r\n" + heads + b"Content-Type: text/html\r\n\r\n<p>x</p>"


OTHER_FILES: Mapping[str, Callable[[], bytes]] = {
    "table-loop.doc": lambda: write_ole(
        {"WordDocument": _word_stream(), "1Table": b""}, {2: 2, 3: 2}
    ),
    "directory-loop.doc": lambda: write_ole({"WordDocument": _word_stream()}, {1: 1}),
    "table-of-itself.doc": lambda: write_ole({"WordDocument": _word_stream()}, {0: 0}),
    "far-sector.doc": lambda: write_ole({"WordDocument": _word_stream()}, {2: 0x7FFFFFFF}),
    "locked.doc": lambda: write_ole(
        {"WordDocument": _word_stream(_ENCRYPTED), "1Table": bytes(4096)}
    ),
    "locked.docx": lambda: write_ole(
        {"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": garbage(9000, 1)}
    ),
    "bare.doc": lambda: write_ole({"WordDocument": _word_stream(), "1Table": bytes(4096)}),
    "long-text.doc": lambda: write_ole({"WordDocument": _word_stream(text=b"abc \r" * 8000)}),
    "garbage-stream.doc": lambda: write_ole(
        {"WordDocument": garbage(40_000, 2), "1Table": garbage(9000, 3)}
    ),
    "head-only.doc": partial(bytes, _OLE_HEAD),
    "table.xls": lambda: write_ole({"Workbook": garbage(5000, 4)}),
    "deep-groups.rtf": lambda: rb"{\rtf1" + b"{" * 10**6,
    "deep-closed-groups.rtf": lambda: rb"{\rtf1" + b"{" * 10**5 + b"a" + b"}" * 10**5,
    "binary-run.rtf": lambda: _rtf(rb"{\pict\bin2147483647 abc}"),
    "binary-runs.rtf": lambda: _rtf(rb"\bin-1 a" * 10**5),
    "code-points.rtf": lambda: _rtf(rb"\u-99999999?\u55296?\u0?" * 10**5),
    "skipped-signs.rtf": lambda: _rtf(rb"\uc2000000000\u7897?" * 1000),
    "many-fonts.rtf": lambda: (
        rb"{\rtf1{\fonttbl" + b"".join(rb"{\f%d .VnTime;}" % at for at in range(10**5)) + b"}a}"
    ),
    "no-text.rtf": lambda: rb"{\rtf1" + b"\\" * _MIB,
    "nested-tables.rtf": lambda: _rtf(
        rb"\trowd\cellx100\intbl\itap9999 a\nestcell\cell\row" * 10**4
    ),
    "field.rtf": lambda: _rtf(rb'{\field{\*\fldinst INCLUDETEXT "/etc/passwd"}{\fldrslt a}}'),
    "large.png": lambda: _png(60_000, 60_000, bytes(64 * _MIB)),
    "wide.png": lambda: _png(2**31 - 1, 1, b""),
    "small.png": lambda: _png(100, 100, bytes(100)),
    "large.jpg": lambda: _jpeg(65_535, 65_535),
    "large.tif": lambda: _tiff(60_000, 60_000, 0),
    "page-loop.tif": lambda: _tiff(9, 9, 8),
    "large.gif": lambda: b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b"\x00" * 100,
    "large.bmp": lambda: (
        b"BM" + struct.pack("<IIIIiiHH", 99, 0, 54, 40, 60_000, 60_000, 1, 24).ljust(60, b"\x00")
    ),
    "bomb.jsonl.gz": lambda: gzip.compress(bytes(512 * _MIB), 9, mtime=0),
    "bomb.gz": lambda: gzip.compress(gzip.compress(bytes(512 * _MIB), 9, mtime=0), 9, mtime=0),
    "archive.mht": _mail,
    "line-ends.txt": lambda: b"x" + b"\r\n" * 5 * _MIB,
    "marks.txt": lambda: b"a" + "\u0301\u0323".encode() * 2 * _MIB,
    "zeros.txt": lambda: bytes(10 * _MIB),
    "half-utf-16.txt": lambda: b"\xff\xfe" + "Nghị quyết".encode("utf-16-le") * 9999 + b"a",
    "half-pairs.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * _MIB,
    "old-letters.txt": lambda: b"Ngh\xde quy\xd5t c\xf1a H\xe9i \xae\xe5ng " * 300_000,
}
