"""Work in several processes."""

from __future__ import annotations

import os
import signal
import time

import pytest

from indexer.errors import WorkerLostError
from indexer.workers import worker_pool


def double_slowly(number: int) -> int:
    """Take longer for small numbers, so that they finish last."""
    time.sleep(0.2 if number < 2 else 0)
    return number * 2


def die(_number: int) -> None:
    """End as the kernel ends a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def nothing() -> None:
    """Prepare nothing."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_keep_the_order_of_their_tasks(jobs: int) -> None:
    """Whichever process is quicker."""
    with worker_pool(jobs, nothing) as run:
        assert list(run(double_slowly, ((n,) for n in range(20)))) == [n * 2 for n in range(20)]


def test_few_tasks_are_taken_ahead() -> None:
    """The memory of the parent does not grow with the number of tasks."""
    taken: list[int] = []

    def tasks() -> object:
        for number in range(1000):
            taken.append(number)
            yield (number,)

    with worker_pool(2, nothing) as run:
        next(run(double_slowly, tasks()))  # type: ignore[arg-type]
        assert len(taken) < 20


def test_a_killed_worker_is_told_apart_from_a_fault() -> None:
    """The message says what may have happened, and what to try."""
    with pytest.raises(WorkerLostError, match="fewer jobs"), worker_pool(2, nothing) as run:
        list(run(die, [(1,)]))
