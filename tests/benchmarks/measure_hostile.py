"""Build an index of the hostile set in one batch and tell whether it came through.

Usage: python -m tests.benchmarks.measure_hostile [--seconds 30] [--slowest 10] [--show]
       python -m tests.benchmarks.measure_hostile --many 10000

Prints how many of the set's entries got an answer (a document, or a reason of one line), the
slowest of them, by how much this process grew, and whether anything was read that lies outside.
With --many, small honest and broken files of all types are read instead, one after the other.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from indexer import pipeline
from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.operations import build_index
from indexer.reading.extract import extract_file, preload
from indexer.reading.sources import find_sources
from indexer.records import SourceFile
from indexer.settings import read_settings
from indexer.store.generations import LIBRARY
from indexer.store.library import Library
from tests.reading.hostile.write_set import HONEST, LARGE, hostile_files, write_hostile_set
from tests.reading.hostile.xml_files import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.records import Refusal
    from indexer.settings import ExtractLimits

_MIB = 2**20
_KIB = 2**10


class HostileResult(NamedTuple):
    """What became of the set."""

    total: int
    """Entries in the set."""
    indexed: int
    refusals: tuple[Refusal, ...]
    torn: tuple[Refusal, ...]
    """Refusals without a reason, or with one of more than one line."""
    leaks: tuple[str, ...]
    """Documents that hold text from outside of the set."""
    seconds: float
    slowest: tuple[tuple[float, float, str], ...]
    """Seconds altogether and in the sandbox alone, and the path; slowest first."""
    growth_bytes: int
    """Of this process's resident memory, from before the batch to after it."""
    peak_bytes: int
    """Of the same, at its highest in the batch."""

    @property
    def answered(self) -> int:
        """Return how many entries became a document or a reason."""
        return self.indexed + len(self.refusals) - len(self.torn)


def measure(
    folder: Path, *, size: int = LARGE, take: Callable[[str], bool] = bool
) -> HostileResult:
    """Write the set (or what is taken of it) into the folder and build an index of it, here."""
    total = write_hostile_set(folder, size=size, take=take)
    preload()
    _read_something_honest(folder)
    gc.collect()
    watch, before = _Watch(), _resident_bytes()
    started = time.monotonic()
    with watch.watching():
        report = build_index(folder / "set", folder / "index")
    seconds = time.monotonic() - started
    gc.collect()
    refusals = (*report.skipped, *report.failed)
    return HostileResult(
        total=total,
        indexed=report.indexed,
        refusals=refusals,
        torn=tuple(refusal for refusal in refusals if _is_torn(refusal)),
        leaks=tuple(_find_leaks(folder / "index")),
        seconds=seconds,
        slowest=tuple(sorted(watch.times, reverse=True)),
        growth_bytes=_resident_bytes() - before,
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB - before,
    )


def _is_torn(refusal: Refusal) -> bool:
    return not refusal.reason or len(f"{refusal.path}: {refusal.reason}".splitlines()) > 1


def _read_something_honest(folder: Path) -> None:
    """Build an index of one file, so that tables and models are loaded before it is measured."""
    (folder / "honest").mkdir()
    (folder / "honest/a.txt").write_text("Nghị quyết về học phí.\n", encoding="utf-8")
    build_index(folder / "honest", folder / "honest-index")


class _Watch:
    """Notes how long each file took."""

    def __init__(self) -> None:
        self.times: list[tuple[float, float, str]] = []
        self._extracting = 0.0

    def watching(self) -> Any:
        """Return a context in which the pipeline's steps are timed."""
        read, extract = pipeline._read, extract_file

        def timed_extract(*arguments: Any) -> Any:
            started = time.monotonic()
            try:
                return extract(*arguments)
            finally:
                self._extracting = time.monotonic() - started

        def timed_read(unread: Any, *more: Any) -> Any:
            started, self._extracting = time.monotonic(), 0.0
            try:
                return read(unread, *more)
            finally:
                took = time.monotonic() - started
                self.times.append((took, self._extracting, unread.source.path))

        return mock.patch.multiple(pipeline, _read=timed_read, extract_file=timed_extract)


def _find_leaks(index: Path) -> list[str]:
    with Library(index / LIBRARY, writable=False) as library:
        generation = next(path.name for path in sorted(index.iterdir()) if path.is_dir())
        members = library.members(generation)
        documents = (library.get_document(member.key) for member in members)
        return [d.path for d in documents if OUTSIDE in d.text or "root:x:0:0" in d.text]


def measure_many(folder: Path, count: int) -> tuple[float, int]:
    """Read so many small files of all types; return the seconds and by how much we grew."""
    names = [f"bent-{at}.{ending}" for at in range(8) for ending in HONEST]
    chosen = {name: write for name, write in hostile_files(0) if name in names}
    chosen.update((f"honest.{ending}", write) for ending, write in HONEST.items())
    for name, write in chosen.items():
        (folder / name).write_bytes(write())
    sources = [item for item in find_sources(folder) if isinstance(item, SourceFile)]
    limits = read_settings().extract
    _read_all(sources, limits)
    gc.collect()
    before, started = _resident_bytes(), time.monotonic()
    for _ in range(count // len(sources)):
        _read_all(sources, limits)
    gc.collect()
    return time.monotonic() - started, _resident_bytes() - before


def _read_all(sources: list[SourceFile], limits: ExtractLimits) -> None:
    for source in sources:
        with suppress(UnreadableSourceError, SkippedSourceError):
            extract_file(source, limits)


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _report(result: HostileResult, arguments: argparse.Namespace) -> None:
    write = sys.stdout.write
    if arguments.show:
        for refusal in result.refusals:
            write(f"{refusal.path}: {refusal.reason}\n")
    for took, extracting, path in result.slowest[: arguments.slowest]:
        write(f"{took:7.1f} s, of which {extracting:5.1f} s in the sandbox: {path}\n")
    write(f"answered {result.answered} of {result.total} ({result.indexed} documents, ")
    write(f"{len(result.refusals)} reasons) in {result.seconds:.0f} s\n")
    write(f"memory grew by {result.growth_bytes / _MIB:.0f} MiB, ")
    write(f"{result.peak_bytes / _MIB:.0f} MiB at the highest\n")
    for leak in result.leaks:
        write(f"LEAK: {leak}\n")
    for refusal in result.torn:
        write(f"TORN: {refusal!r}\n")


def main() -> int:
    """Measure and tell; 1 when something was lost, torn or leaked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="the limit of one file")
    parser.add_argument("--slowest", type=int, default=10, help="how many to list")
    parser.add_argument("--show", action="store_true", help="list every reason")
    parser.add_argument("--small", action="store_true", help="write 0.1 MB where it is 10")
    parser.add_argument("--many", type=int, help="read so many small files instead")
    arguments = parser.parse_args()
    os.environ["HDND_EXTRACT_SECONDS"] = str(arguments.seconds)
    with tempfile.TemporaryDirectory(prefix="hdnd-hostile-") as folder:
        if arguments.many:
            seconds, growth = measure_many(Path(folder), arguments.many)
            sys.stdout.write(f"{arguments.many} files in {seconds:.0f} s, ")
            sys.stdout.write(f"memory grew by {growth / _MIB:.1f} MiB\n")
            return 0
        result = measure(Path(folder), size=10**5 if arguments.small else LARGE)
    _report(result, arguments)
    return int(result.answered < result.total or bool(result.leaks))


if __name__ == "__main__":
    sys.exit(main())
