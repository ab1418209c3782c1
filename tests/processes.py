"""What a test must know of processes: whether they live, and when something has come to hold.

A machine with much else to do may let a test wait for seconds: what must come is waited for, and
the limits only keep a test that fails from waiting for ever.
"""

from __future__ import annotations

import signal
import time
import warnings
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LONGEST_WAIT = 60.0
"""Seconds after which something that a test waits for is taken never to come."""
SOON = 10.0
"""Seconds within which what has a limit of half a second must have ended on any machine."""


def wait_for(holds: Callable[[], bool]) -> bool:
    """Tell whether something comes to hold while a test has patience."""
    limit = time.monotonic() + LONGEST_WAIT
    while not holds() and time.monotonic() < limit:
        time.sleep(0.02)
    return holds()


def run_alone(work: Callable[[], None], blocked: Collection[signal.Signals] = ()) -> None:
    """Do something that signals are sent to, these blocked, in a process that has one thread.

    A signal to a process goes to any thread that does not block it, and libraries that other
    tests use leave threads behind: the whole run would end.
    """

    def be_alone() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, blocked)
        work()

    process = get_context("fork").Process(target=be_alone)
    with warnings.catch_warnings():
        # From Python 3.12 on, a fork warns of threads; the new process uses nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    process.join(LONGEST_WAIT)
    process.kill()
    process.join()
    assert process.exitcode == 0, "it failed as told above, or never ended"


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that only waits for its parent to notice does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"


def children_of(process: int) -> list[int]:
    """Return the processes that a process made, the dead that nobody waited for included."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]
