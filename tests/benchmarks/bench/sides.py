"""The engines that stand side by side, each in a process of its own, asked over pipes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.bench.work import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from tests.benchmarks.bench.work import Question

ROOT = Path(__file__).parents[3]
DEBIAN_PYTHON = "/usr/bin/python3"
_ENDS_IN = 10
"""Seconds."""


@dataclass(frozen=True)
class Side:
    """One engine of the comparison."""

    name: str
    """As the tables call it."""
    engine: str
    """The module engine_… that runs it."""
    needs: str
    """The Python module that must be there."""
    sums_only: bool = False
    """It can answer single words and alternatives only."""
    slow: bool = False
    """Its answers take tens of milliseconds: it is asked in few rounds."""
    environment: tuple[tuple[str, str], ...] = ()
    python: str = sys.executable


SIDES = (
    Side("ours", "ours", "numpy", environment=(("HDND_KERNELS", ""),)),
    Side("ours_numpy", "ours", "numpy", environment=(("HDND_KERNELS", "numpy"),)),
    Side("tantivy", "tantivy", "tantivy"),
    Side("xapian", "xapian", "xapian", python=DEBIAN_PYTHON),
    Side("sqlite_fts5", "sqlite", "sqlite3", slow=True),
    Side("bm25s", "bm25s", "bm25s", sums_only=True),
    Side("whoosh", "whoosh", "whoosh", slow=True),
)


class Reply(NamedTuple):
    """What an engine said to one turn."""

    milliseconds: tuple[float, ...]
    found: Found
    """Without facets and titles where only the total was asked for."""


class EngineEndedError(Exception):
    """An engine's process ended; the message says which one and its last words."""


def is_there(side: Side, peers: Path) -> bool:
    """Tell whether what the engine needs is installed."""
    if shutil.which(side.python) is None:
        return False
    command = [side.python, "-c", f"import {side.needs}"]
    answer = subprocess.run(
        command, env=_environment(side, peers), capture_output=True, check=False
    )
    return answer.returncode == 0


def build_index(side: Side, records: Path, directory: Path, peers: Path) -> float:
    """Write the engine's index of the records; return the seconds it took.

    EngineEndedError when it fails. The directory appears when it is finished.
    """
    unfinished = directory.with_name(directory.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    started = time.perf_counter()
    command = [*_host(side), "build", side.engine, str(records), str(unfinished)]
    built = subprocess.run(
        command, cwd=ROOT, env=_environment(side, peers), capture_output=True, check=False
    )
    if built.returncode:
        raise EngineEndedError(f"{side.name}: {_last_words(built.stderr.decode(errors='replace'))}")
    shutil.rmtree(directory, ignore_errors=True)
    unfinished.rename(directory)
    return time.perf_counter() - started


class OpenSide:
    """One engine over its index, ready to be asked."""

    def __init__(self, side: Side, directory: Path, peers: Path) -> None:
        self.side = side
        self._process = subprocess.Popen(
            [*_host(side), "serve", side.engine, str(directory)],
            cwd=ROOT,
            env=_environment(side, peers),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        try:
            self.version: str = self._read()["version"]
        except EngineEndedError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the engine's process."""
        try:
            self._process.communicate(timeout=_ENDS_IN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def ask(self, question: Question, times: int = 1, *, whole: bool = False) -> Reply:
        """Return how long each time took, in milliseconds, and the answer."""
        turn = {**question._asdict(), "times": times, "whole": whole}
        assert self._process.stdin is not None
        # Of an engine that has ended, what it said last is read below.
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(turn) + "\n")
            self._process.stdin.flush()
        told = self._read()
        found = Found(told["total"], told.get("facets", {}), tuple(told.get("titles", ())))
        return Reply(tuple(told["ms"]), found)

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            assert self._process.stderr is not None
            last = _last_words(self._process.stderr.read())
            raise EngineEndedError(f"{self.side.name}: {last}")
        told: dict[str, Any] = json.loads(line)
        return told


def _host(side: Side) -> list[str]:
    return [side.python, "-m", "tests.benchmarks.bench.host"]


def _environment(side: Side, peers: Path) -> Mapping[str, str]:
    # One thread for everybody, whatever a library would like to start.
    threads: Iterable[str] = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    paths = {"PYTHONPATH": f"{ROOT}{os.pathsep}{peers}", "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **dict.fromkeys(threads, "1"), **paths, **dict(side.environment)}


def _last_words(errors: str) -> str:
    lines = errors.strip().splitlines()
    return lines[-1] if lines else "ended without a word"
