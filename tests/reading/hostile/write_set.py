"""Writes the whole hostile set into a folder: every file by code, the same bytes each time."""

from __future__ import annotations

import os
import random
import shutil
from functools import partial
from typing import TYPE_CHECKING

from tests.reading.hostile.other_files import OTHER_FILES, garbage, plain_rtf
from tests.reading.hostile.pdf_files import PDF_FILES, plain_pdf
from tests.reading.hostile.text_files import REPEATED
from tests.reading.hostile.xml_files import OUTSIDE, XML_FILES, plain_docx, plain_odt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

LARGE = 10 * 2**20
_HTML = "<html><head><title>Tin</title></head><body><h1>Học phí</h1><p>%s</p></body></html>"
_TEXT = "Nghị quyết về mức thu học phí của tỉnh Sông Xanh.\n" * 40

HONEST: Mapping[str, Callable[[], bytes]] = {
    "pdf": plain_pdf,
    "docx": plain_docx,
    "odt": plain_odt,
    "rtf": plain_rtf,
    "html": (_HTML % _TEXT).encode,
    "txt": _TEXT.encode,
}
"""An honest file of each type, to be cut, bent and misnamed."""

ENDINGS = (
    *HONEST,
    "doc",
    "htm",
    "mht",
    "png",
    "jpg",
    "tif",
    "xls",
    "xlsx",
    "zip",
    "jsonl.gz",
    "csv",
)
_CUTS = (1, 5, 8, 64, 512, 0.1, 0.5, 0.9, 0.99)
"""Bytes, or the share of the file, that are left of a file cut short."""
_BENDS = 8


def hostile_files(size: int = LARGE) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file and what writes it; `size` is that of garbage, in bytes."""
    yield from PDF_FILES.items()
    yield from XML_FILES.items()
    yield from OTHER_FILES.items()
    for name, text in REPEATED.items():
        yield name, partial(_repeat, text.encode(), size)
    yield from _spoiled_files()
    for at, ending in enumerate(ENDINGS):
        yield f"zero.{ending}", bytes
        yield f"garbage-small.{ending}", partial(garbage, 3000, at)
        yield f"garbage.{ending}", partial(garbage, size, at)


def _spoiled_files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield honest files that were cut short, had bytes changed, or bear another's ending."""
    for ending, write in HONEST.items():
        data = write()
        for cut in _CUTS:
            length = cut if isinstance(cut, int) else int(len(data) * cut)
            yield f"cut-{length}.{ending}", partial(bytes, data[:length])
        for seed in range(_BENDS):
            yield f"bent-{seed}.{ending}", partial(_bend, data, seed)
        for other in ENDINGS:
            if other != ending:
                yield f"{ending}-as.{other}", partial(bytes, data)


def _repeat(unit: bytes, size: int) -> bytes:
    return unit * max(size // len(unit), 1)


def _bend(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - sameness matters here, not secrecy
    bent = bytearray(data)
    for _ in range(max(3, len(bent) // 500)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    return bytes(bent)


def write_hostile_set(
    folder: Path, *, size: int = LARGE, take: Callable[[str], bool] = bool
) -> int:
    """Write the set below `folder/set` and return how many entries a build will find there.

    `take` says by its name whether a file is wanted; by default all are.

    Beside it, in `folder/outside`, lies what no reader may reach.
    """
    shutil.rmtree(folder, ignore_errors=True)
    outside, inside = folder / "outside", folder / "set"
    outside.mkdir(parents=True)
    (inside / "files").mkdir(parents=True)
    (outside / "secret.txt").write_text(OUTSIDE, encoding="utf-8")
    count = 0
    for name, write in hostile_files(size):
        if not take(name):
            continue
        (inside / "files" / name).write_bytes(write())
        count += 1
    return count + _write_odd_entries(inside, outside)


def _write_odd_entries(inside: Path, outside: Path) -> int:
    """Lay down what is no plain file, and names that tear reports; return how many."""
    (inside / "link-out.txt").symlink_to(outside / "secret.txt")
    (inside / "links-out").symlink_to(outside)
    (inside / "link-up.txt").symlink_to("../outside/secret.txt")
    (inside / "to-nothing.pdf").symlink_to("gone.pdf")
    (inside / "ring").symlink_to("ring")
    (inside / "loop").symlink_to(".")  # Its files are found by their own paths: no entry.
    os.mkfifo(inside / "pipe.pdf")
    with (inside / "large.pdf").open("wb") as sparse:
        sparse.truncate(2**31)
    names = ("hai\ndòng.txt", "màu\x1b[31m.txt", "trang\u2028sau.txt", "Nghị quyết.txt")
    for name in names:
        (inside / name).write_text(_TEXT + name, encoding="utf-8")
    (inside / os.fsdecode(b"qu\xfd.txt")).write_text(_TEXT, encoding="utf-8")
    return 6 + 1 + len(names) + 1
