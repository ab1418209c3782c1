"""Work in several processes, its results in order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for_connection
from typing import TYPE_CHECKING, Any

from indexer.errors import WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# A forked child of a process with threads (a progress bar has one) may hang: start afresh.
CONTEXT = get_context("forkserver")
_SECONDS_BETWEEN_TELLING = 0.5


@contextmanager
def worker_pool(
    jobs: int, prepare: Callable[[], None], tell: Callable[[], None] | None = None
) -> Iterator[Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], Iterator[Any]]]:
    """Give a function that maps over argument tuples in `jobs` processes, results in order.

    Few tasks wait at a time, so that memory does not grow with their number. One job runs in
    this process. `tell` is called now and then while other processes work. WorkerLostError when
    one of them is killed from outside.
    """
    if jobs <= 1:
        prepare()
        yield lambda function, tasks: (function(*task) for task in tasks)
        return
    try:
        with ProcessPoolExecutor(jobs, CONTEXT, _start_worker, (prepare,)) as pool:
            yield lambda function, tasks: _in_order(
                (pool.submit(function, *task) for task in tasks), 4 * jobs, tell or _nothing
            )
    except BrokenProcessPool as error:
        raise WorkerLostError(
            "a worker process was killed, perhaps for want of memory; the index is as it was: "
            "try again with fewer jobs"
        ) from error


def _start_worker(prepare: Callable[[], None]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()


def _end_with_parent() -> None:
    """Wait for the process that gives the work to die, and then end this one as SIGTERM would.

    Without this, workers of a killed build would wait for work for ever.
    """
    parent = parent_process()
    if parent is not None:
        wait_for_connection([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _in_order(
    started: Iterator[Future[Any]], waiting: int, tell: Callable[[], None]
) -> Iterator[Any]:
    futures = deque(islice(started, waiting))
    while futures:
        while not wait([futures[0]], timeout=_SECONDS_BETWEEN_TELLING).done:
            tell()
        yield futures.popleft().result()
        futures.extend(islice(started, 1))


def _nothing() -> None:
    """Do nothing: where there is nobody to tell."""
