"""Several processes answer on one listening socket; one that dies is replaced.

What is loaded before they are made they share: the index's mapped pages, and the program itself.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import traceback
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

# One that dies as soon as it is made is made again only so often.
_PAUSE_SECONDS = 0.5
# What is under way is answered first; nobody waits longer for it.
_STOP_SECONDS = 20.0
_LOOK_SECONDS = 0.02


class Crew:
    """The processes that answer, watched by the one that made them."""

    def __init__(self, work: Callable[[], None], size: int) -> None:
        """Take what each process does until SIGTERM, and how many there are."""
        self._work = work
        self._size = size
        self._members: dict[int, float] = {}
        """When each was made, by its process id."""
        self._stopping = False
        # Nothing is ever written: a read ends when the process that watches is gone.
        self._life, self._own_end = os.pipe()

    def run(self) -> None:
        """Keep so many processes at work until SIGTERM or SIGINT, then stop them."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._note_stop)
        # What is here now is never looked at again by the collector, so its pages stay shared.
        gc.collect()
        gc.freeze()
        try:
            while not self._stopping:
                while len(self._members) < self._size and not self._stopping:
                    self._make_member()
                self._replace_later(self._wait_for_end())
        finally:
            self._stop_members()

    def _note_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True
        # Told at once: the wait for an end goes on until there is one.
        self._tell_members()

    def _tell_members(self) -> None:
        for member in list(self._members):
            os.kill(member, signal.SIGTERM)

    def _make_member(self) -> None:
        # A stop that comes between the two would reach neither of them.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
        member = os.fork()
        if not member:
            self._be_member()
        self._members[member] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))

    def _be_member(self) -> NoReturn:
        code = 1
        try:
            os.close(self._own_end)
            signal.signal(signal.SIGTERM, end_cleanly)
            # The keyboard's interrupt reaches all of them; the one that watches tells the others.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            threading.Thread(target=self._end_when_alone, daemon=True).start()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))
            self._work()
            code = 0
        except SystemExit:
            code = 0
        except Exception:  # noqa: BLE001 (the process ends here; what ended it must be seen)
            traceback.print_exc()
        finally:
            # Nothing of the other process, such as its own clean-up, may run here.
            os._exit(code)

    def _end_when_alone(self) -> None:
        os.read(self._life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _wait_for_end(self) -> float:
        """Return when the process was made that ended."""
        member, _status = os.waitpid(-1, 0)
        return self._members.pop(member, 0.0)

    def _replace_later(self, made: float) -> None:
        if not self._stopping and time.monotonic() - made < _PAUSE_SECONDS:
            time.sleep(_PAUSE_SECONDS)

    def _stop_members(self) -> None:
        self._tell_members()
        limit = time.monotonic() + _STOP_SECONDS
        while self._members:
            if time.monotonic() > limit:
                for member in self._members:
                    os.kill(member, signal.SIGKILL)
            member, _status = os.waitpid(-1, os.WNOHANG)
            self._members.pop(member, None)
            time.sleep(_LOOK_SECONDS)


def end_cleanly(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End this process as an interrupt from the keyboard does, after what is under way."""
    raise SystemExit(0)
