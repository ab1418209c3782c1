"""What machine it is, and how fast its memory."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

_COPIED = 1 << 28
"""Bytes; far more than any cache holds."""
_TRIES = 7
_GIB = 2**30


class Machine(NamedTuple):
    """The machine of a measurement."""

    processor: str
    cores: int
    memory_gib: float
    bandwidth: float
    """Bytes a second that one core reads and writes while copying memory."""
    python: str
    system: str

    def describe(self) -> str:
        """Return it as a sentence."""
        return (
            f"{self.cores} cores of {self.processor}, {self.memory_gib:.0f} GiB of memory, "
            f"{self.bandwidth / 1e9:.1f} GB a second (one core, numpy copy); "
            f"Python {self.python}, {self.system}."
        )


def look_at_machine() -> Machine:
    """Return what this machine is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=round(memory / _GIB, 1),
        bandwidth=measure_bandwidth(_COPIED),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release().split('-')[0]}",
    )


def measure_bandwidth(size: int) -> float:
    """Return the bytes a second that one core moves, those read and those written together."""
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)
    best = float("inf")
    for _ in range(_TRIES):
        started = time.perf_counter()
        np.copyto(target, source)
        best = min(best, time.perf_counter() - started)
    return 2 * size / best


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
