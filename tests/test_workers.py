"""Work in several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from indexer import workers
from indexer.errors import WorkerLostError
from indexer.workers import worker_pool
from tests.processes import is_alive, wait_for


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_gave_the_work(number: int) -> None:
    """However it ends, and also while they are busy: nothing is left."""
    code = """
import os, time
from indexer.workers import worker_pool
if __name__ == "__main__":
    with worker_pool(2, time.time) as run:
        for process in run(os.getpid, [(), ()]):
            print(process, flush=True)
        list(run(time.sleep, [(300,), (300,)]))
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        processes = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
    assert wait_for(lambda: not any(map(is_alive, processes)))


def test_a_process_of_its_own_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a worker has someone to end with."""
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *arguments: killed.append(arguments))
    workers._end_with_parent()
    assert killed == []
    gone = SimpleNamespace(sentinel=os.open(os.devnull, os.O_RDONLY))
    monkeypatch.setattr(workers, "parent_process", lambda: gone)
    workers._end_with_parent()
    os.close(gone.sentinel)
    assert killed == [(os.getpid(), signal.SIGTERM)]


def test_a_killed_worker_is_told_apart_from_a_fault() -> None:
    """The message says what may have happened, and what to try."""
    with pytest.raises(WorkerLostError, match="fewer jobs"), worker_pool(2, nothing) as run:
        list(run(die, [(1,)]))
