"""Several processes answer on one listening socket; one that dies is replaced.

What is loaded before they are made they share: the index's mapped pages, and the program itself.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

STOPS = (signal.SIGTERM, signal.SIGINT)
# The keyboard's interrupt reaches all processes; the one that watches tells the others.
MEMBER_STOPS = (signal.SIGTERM,)

# One that dies as soon as it is made is made again only so often.
_PAUSE_SECONDS = 0.5
# What is under way is answered first; nobody waits longer for it.
_STOP_SECONDS = 20.0
_LOOK_SECONDS = 0.02


class Crew:
    """The processes that answer, watched by the one that made them."""

    def __init__(self, work: Callable[[], None], size: int) -> None:
        """Take what each process does until one of MEMBER_STOPS, and how many there are."""
        self._work = work
        self._size = size
        self._members: dict[int, float] = {}
        """When each was made, by its process id."""
        # Nothing is ever written: a read ends when the process that watches is gone.
        self._life, self._own_end = os.pipe()

    def run(self) -> None:
        """Keep so many processes at work until one of STOPS, then stop them.

        STOPS must be blocked; a child's end is, too, from here on.
        """
        # Some systems drop a signal that nobody handles even while it is blocked.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGCHLD,))
        try:
            self._fill()
            while signal.sigwait((*STOPS, signal.SIGCHLD)) == signal.SIGCHLD:
                if self._note_ends():
                    time.sleep(_PAUSE_SECONDS)
                self._fill()
        finally:
            self._stop_members()

    def _fill(self) -> None:
        while len(self._members) < self._size:
            self._make_member()

    def _make_member(self) -> None:
        member = os.fork()
        if not member:
            self._be_member()
        self._members[member] = time.monotonic()

    def _be_member(self) -> NoReturn:
        code = 1
        try:
            os.close(self._own_end)
            threading.Thread(target=self._end_when_alone, daemon=True).start()
            self._work()
            code = 0
        except Exception:  # noqa: BLE001 (the process ends here; what ended it must be seen)
            traceback.print_exc()
        finally:
            # Nothing of the other process, such as its own clean-up, may run here.
            os._exit(code)

    def _end_when_alone(self) -> None:
        os.read(self._life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _note_ends(self) -> bool:
        """Forget the processes that ended; tell whether one of them had only just been made."""
        is_early = False
        while self._members:
            member, _status = os.waitpid(-1, os.WNOHANG)
            if not member:
                break
            made = self._members.pop(member, 0.0)
            is_early |= time.monotonic() - made < _PAUSE_SECONDS
        return is_early

    def _stop_members(self) -> None:
        for member in self._members:
            os.kill(member, signal.SIGTERM)
        limit = time.monotonic() + _STOP_SECONDS
        while self._members:
            if time.monotonic() > limit:
                for member in self._members:
                    os.kill(member, signal.SIGKILL)
            self._note_ends()
            time.sleep(_LOOK_SECONDS)
