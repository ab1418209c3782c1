"""A job runs in a forked child that can't hang, eat the memory, flood the disk or reach the net.

The child hands its results back through a pipe, one line of JSON each: what a hostile file makes
of the child must not become code here. The parent reads with a deadline and a size limit, then
kills the child's whole process group. One child serves one job, about 20 ms each.

Bounded are wall and processor time, address space, size of the answer and of each file written,
open files and (where users may make namespaces, and for others than root) processes. Not bounded:
what the child may read with the rights of its user, and how many files it writes in its time.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.sandbox_child import (
    OUT_OF_MEMORY,
    JobLimits,
    Place,
    be_child,
    too_much_memory,
    too_much_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from typing_extensions import Self

_ENVELOPE = 4096
_CHUNK = 2**16
_LONGEST_REASON = 300
ODD_ANSWER = "broke its reader (an odd answer); open it and save it anew"
"""The reason when a child answers what no job of ours would."""


class Child:
    """A process at work on a job; iterating gives its results as they come.

    Iterating raises UnreadableSourceError when the child breaks a limit, dies or says that the
    file can't be read, and SkippedSourceError when it says that the file is not meant to be.
    """

    def __init__(self, limits: JobLimits) -> None:
        self._limits = limits
        self._allowed = limits.seconds
        self._started = time.monotonic()
        self._deadline = self._started + limits.seconds
        self._process = 0
        self._reading = -1
        self._folder = ""

    def start(self, job: Callable[[], Iterable[Any]]) -> None:
        """Fork the process that works on the job."""
        self._folder = tempfile.mkdtemp(prefix="hdnd-extract-")
        self._reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # Python 3.12 warns of threads. Those of numeric libraries sleep; the child uses none.
            warnings.simplefilter("ignore", DeprecationWarning)
            parent = os.getpid()
            self._process = os.fork()
        if self._process == 0:
            os.close(self._reading)
            be_child(job, self._limits, Place(self._folder, writing, parent))
        os.close(writing)
        # Both sides make the group, since either may come first.
        with contextlib.suppress(OSError):
            os.setpgid(self._process, self._process)

    def allow(self, seconds: float) -> None:
        """Give the child this much time from now on."""
        self._allowed = seconds
        self._deadline = time.monotonic() + seconds
        # Not every system lets one process set another one's limit; there, `longest` holds.
        if hasattr(resource, "prlimit"):
            _, most = resource.prlimit(self._process, resource.RLIMIT_CPU)
            total = math.ceil(self._deadline - self._started)
            resource.prlimit(self._process, resource.RLIMIT_CPU, (min(total, most), most))

    def __iter__(self) -> Iterator[Any]:
        """Yield each result; the end is the child's own word, not the mere end of the pipe."""
        for line in self._lines():
            answer = _parse(line)
            if "result" in answer:
                yield answer["result"]
            elif "skipped" in answer:
                raise SkippedSourceError(_one_line(answer["skipped"]))
            elif "unreadable" in answer:
                raise UnreadableSourceError(_one_line(answer["unreadable"]))
            else:
                return
        raise UnreadableSourceError(self._explain_death(self._end_group()))

    def _lines(self) -> Iterator[bytes]:
        """Yield whole lines; UnreadableSourceError past the deadline or the size."""
        kept = bytearray()
        while chunk := self._wait_for_bytes():
            *ended, rest = chunk.split(b"\n")
            for end in ended:
                yield bytes(kept + end)
                kept.clear()
            kept += rest
            if len(kept) > self._limits.output_bytes + _ENVELOPE:
                raise UnreadableSourceError(too_much_text(self._limits))

    def _wait_for_bytes(self) -> bytes:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0 or not select.select([self._reading], [], [], remaining)[0]:
            raise UnreadableSourceError(self._too_slow())
        return os.read(self._reading, _CHUNK)

    def end(self) -> None:
        """Kill whatever still works on the job and remove what it left; safe to call again."""
        self._end_group()
        if self._reading >= 0:
            os.close(self._reading)
            self._reading = -1
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end_group(self) -> int:
        """Kill the child with everything it started; return its exit status."""
        if not self._process:
            return 0
        # Gone already, or (macOS) only the dead child is left in the group.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process, signal.SIGKILL)
        status = os.waitpid(self._process, 0)[1]
        self._process = 0
        return status

    def _explain_death(self, status: int) -> str:
        code = os.waitstatus_to_exitcode(status)
        if code == OUT_OF_MEMORY:
            return too_much_memory(self._limits)
        if code == -signal.SIGXCPU:
            return self._too_slow()
        what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"broke its reader ({what}); open it and save it anew, as PDF or .docx"

    def _too_slow(self) -> str:
        return (
            f"gave no text within {self._allowed:g} s; open it and save it anew, "
            f"or raise {self._limits.setting}"
        )

    def __enter__(self) -> Self:
        """Return itself; `run_job` starts it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever happened."""
        self.end()


@contextlib.contextmanager
def run_job(job: Callable[[], Iterable[Any]], limits: JobLimits) -> Iterator[Child]:
    """Give the child that works on the job; afterwards nothing of it is left.

    The job's results must be fit for JSON. What it raises becomes a reason; see Child.
    """
    with Child(limits) as child, _ending_on_signals(child):
        child.start(job)
        yield child


@contextlib.contextmanager
def _ending_on_signals(child: Child) -> Iterator[None]:
    """End the child before a signal ends this process, unless someone else handles the signal."""

    def end(number: int, _frame: FrameType | None) -> None:
        child.end()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        answer: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableSourceError(ODD_ANSWER) from error
    if not isinstance(answer, dict):
        raise UnreadableSourceError(ODD_ANSWER)
    return answer


def _one_line(reason: object) -> str:
    r"""Return the reason without line breaks and control characters, and not too long.

    >>> _one_line("broken (KeyError: 'a\x1b[31m\nb')")
    "broken (KeyError: 'a[31m b')"
    """
    line = " ".join(str(reason).split())
    return "".join(letter for letter in line if letter.isprintable())[:_LONGEST_REASON]
