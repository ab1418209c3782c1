"""Progress is a bar on a terminal, sparse lines elsewhere, and nothing for short work."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from indexer import progress
from indexer.progress import BarProgress, LineProgress, draw_duration, draw_progress

if TYPE_CHECKING:
    from collections.abc import Sequence


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the time set."""
        return self.now


def draw_lines(steps: Sequence[tuple[float, str, int, int]]) -> list[str]:
    """Return the plain lines that these steps (seconds, stage, done, total) give."""
    stream, clock = io.StringIO(), Clock()
    drawing = LineProgress(stream, clock)
    for seconds, stage, done, total in steps:
        clock.now = 100 + seconds
        drawing(stage, done, total)
    drawing.close()
    return stream.getvalue().splitlines()


def test_work_shorter_than_a_second_writes_no_line() -> None:
    """A small build stays silent."""
    assert draw_lines([(0, "read", 0, 10), (0.5, "read", 5, 10), (0.9, "read", 10, 10)]) == []


def test_a_line_tells_the_rate_and_the_time_left() -> None:
    """After 2 s, 50 of 200 are done: 25 a second, 6 s to go."""
    steps = [(0, "read", 0, 200), (2, "read", 50, 200)]
    assert draw_lines(steps) == ["read: 50/200 (25%), 25/s, 6 s left"]


def test_the_last_line_has_no_time_left() -> None:
    """What is done needs no estimate."""
    assert draw_lines([(0, "read", 0, 8), (4, "read", 8, 8)]) == ["read: 8/8 (100%), 2/s"]


def test_lines_come_at_most_every_three_seconds() -> None:
    """Ten thousand quick steps over 60 s give one early line and one for each tenth."""
    steps = [(number * 0.006, "read", number, 10_000) for number in range(10_001)]
    lines = draw_lines(steps)
    assert 9 <= len(lines) <= 11
    assert lines[0] == "read: 167/10000 (1%), 167/s, 59 s left"
    assert lines[1].startswith("read: 1167/10000 (11%)")


def test_slow_work_is_heard_of_every_half_minute() -> None:
    """Far from the next tenth, a line still comes after 30 s."""
    steps = [(float(second), "read", 1 + second // 10, 100_000) for second in range(100)]
    assert len(draw_lines(steps)) == 4


def test_a_stage_that_stands_still_is_not_repeated() -> None:
    """The same count twice gives one line."""
    assert len(draw_lines([(0, "a", 0, 4), (50, "a", 2, 4), (99, "a", 2, 4)])) == 1


def test_quick_stages_after_each_other_stay_apart() -> None:
    """A new stage starts its own silence and keeps the distance to the last line."""
    steps = [(0, "read", 0, 2), (2, "read", 2, 2), (2, "write", 0, 2), (4, "write", 2, 2)]
    assert draw_lines(steps) == ["read: 2/2 (100%), 1/s"]


def test_an_unknown_total_gives_the_count_alone() -> None:
    """No share and no time left are made up."""
    assert draw_lines([(0, "list", 0, 0), (2, "list", 30, 0)]) == ["list: 30, 15/s"]


def test_a_listener_who_left_does_not_stop_the_work() -> None:
    """A closed stderr loses the line, not the build."""
    stream, clock = io.StringIO(), Clock()
    drawing = LineProgress(stream, clock)
    drawing("read", 0, 2)
    stream.close()
    clock.now += 5
    drawing("read", 2, 2)
    assert stream.closed


def test_a_terminal_gets_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar names its stage, its share and its rate."""
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0)
    stream = Terminal()
    with draw_progress(stream) as drawing:
        assert isinstance(drawing, BarProgress)
        drawing("read", 1, 4)
        drawing("read", 4, 4)
        drawing("write", 1, 2)
    drawn = stream.getvalue()
    assert "read: 100%" in drawn
    assert "4/4 [" in drawn
    assert "it/s]" in drawn
    assert "write:  50%" in drawn


def test_a_bar_stays_away_from_short_work() -> None:
    """Work of less than a second leaves the terminal as it was."""
    stream = Terminal()
    with draw_progress(stream) as drawing:
        drawing("read", 4, 4)
    assert stream.getvalue() == ""


def test_a_bar_of_unknown_length_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a total there is no share."""
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0)
    stream = Terminal()
    with draw_progress(stream) as drawing:
        drawing("list", 30, 0)
    assert "30it [" in stream.getvalue()
    assert "%" not in stream.getvalue()


def test_a_terminal_without_a_size_gets_a_bar_all_the_same() -> None:
    """Pseudo-terminals of CI and of `script` often say they are 0 by 0."""
    code = (
        "import sys\n"
        "from indexer import progress\n"
        "progress.QUIET_SECONDS = 0\n"
        "with progress.draw_progress(sys.stderr) as drawing:\n"
        "    drawing('read', 4, 4)\n"
    )
    reading, writing = os.openpty()
    with os.fdopen(reading, "rb", buffering=0) as terminal:
        subprocess.run(
            [sys.executable, "-c", code], stdout=writing, stderr=writing, check=True, timeout=60
        )
        os.close(writing)
        assert b"read: 100%" in read_all(terminal)


def read_all(terminal: io.RawIOBase) -> bytes:
    """Return all that was written to a terminal that is closed; it comes in pieces."""
    said = b""
    # On Linux the end is an error.
    with suppress(OSError):
        while piece := terminal.read(4096):
            said += piece
    return said


def test_elsewhere_lines_are_drawn() -> None:
    """A pipe or a log never sees a bar."""
    with draw_progress(io.StringIO()) as drawing:
        assert isinstance(drawing, LineProgress)


def test_a_drawing_without_work_ends_quietly() -> None:
    """Nothing was begun, so nothing is closed."""
    stream = Terminal()
    with draw_progress(stream):
        pass
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "drawn"),
    [(0, "0 ms"), (0.25, "250 ms"), (59.4, "59 s"), (59.7, "1 min 0 s"), (3661, "1 h 1 min")],
)
def test_durations_carry_over(seconds: float, drawn: str) -> None:
    """No minute has 60 seconds."""
    assert draw_duration(seconds) == drawn
