"""Long work is drawn: a bar with rate and time left on a terminal, plain lines elsewhere.

Work shorter than a second draws nothing. A stage that doesn't know its total gives it as 0.
"""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.reports import Progress

QUIET_SECONDS = 1.0
"""Work shorter than this draws nothing."""
LINE_SECONDS = 3.0
"""Two plain lines are at least this far apart."""
LONGEST_SILENCE = 30.0
"""A plain line comes at least this often, however slow the work."""
LINE_SHARE = 0.1
"""A plain line comes after each tenth of the work."""


@contextmanager
def draw_progress(stream: TextIO) -> Iterator[Progress]:
    """Yield a Progress that draws on the stream, and finish the drawing at the end."""
    drawing = BarProgress(stream) if stream.isatty() else LineProgress(stream)
    try:
        yield drawing
    finally:
        drawing.close()


# The work forks, and neither tqdm's watching thread nor its lock between processes likes that.
tqdm.monitor_interval = 0
tqdm.set_lock(threading.RLock())


class BarProgress:
    """One bar for each stage, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Move the stage's bar to `done`; a new stage closes the bar before it."""
        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = _open_bar(stage, self._stream)
        self._bar.total = total or None
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Leave the last bar as it stands."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _open_bar(stage: str, stream: TextIO) -> tqdm[NoReturn]:
    # Some pseudo-terminals say they are 0 by 0, and tqdm would believe it.
    width, height = shutil.get_terminal_size()
    return tqdm(desc=stage, file=stream, delay=QUIET_SECONDS, ncols=width - 1, nrows=height)


class LineProgress:
    """A line now and then, for logs and pipes."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._stage: str | None = None
        self._began = 0.0
        self._last_time = float("-inf")
        self._last_done = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Write a line where one is due."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._began, self._last_done = stage, now, 0
        if self._is_due(now, done, total):
            self._last_time, self._last_done = now, done
            # Whoever stopped listening must not stop the work.
            with suppress(OSError, ValueError):
                self._stream.write(_draw_line(stage, done, total, now - self._began))
                self._stream.flush()

    def _is_due(self, now: float, done: int, total: int) -> bool:
        if now - self._began < QUIET_SECONDS or done == self._last_done:
            return False
        silence = now - self._last_time
        far = total > 0 and (done >= total or done - self._last_done >= total * LINE_SHARE)
        return silence >= (LINE_SECONDS if far else LONGEST_SILENCE)

    def close(self) -> None:
        """Nothing is left open."""


def _draw_line(stage: str, done: int, total: int, seconds: float) -> str:
    r"""Return one line that ends itself.

    >>> _draw_line("read", 50, 200, 10)
    'read: 50/200 (25%), 5/s, 30 s left\n'
    """
    rate = done / seconds
    line = f"{stage}: {done}"
    if total:
        line += f"/{total} ({100 * done // total}%)"
    line += f", {rate:.3g}/s"
    if done < total:
        line += f", {draw_duration((total - done) / rate)} left"
    return line + "\n"


def draw_duration(seconds: float) -> str:
    """Return the time in the two units that matter.

    >>> [draw_duration(s) for s in (0.0123, 7.26, 100, 7200)]
    ['12 ms', '7.3 s', '1 min 40 s', '2 h 0 min']
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {rest} s"
    return f"{seconds:.2g} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
