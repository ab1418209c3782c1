"""The site under load: eight clients, the real server, this machine."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.benchmarks.bench.figures import spread_of
from tests.benchmarks.bench.sides import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.search_records import SearchRequest

CLIENTS = 8
REQUESTS = 1500
_WARM_UP = 100
_SECONDS = 30
_MIB = 2**20


class Answer(NamedTuple):
    """How one request went."""

    milliseconds: float
    failed: bool


def measure_http(
    index: Path, requests: Sequence[SearchRequest], count: int = REQUESTS
) -> dict[str, Any]:
    """Return requests a second, the spread of their times, errors, and what the server needs.

    `start_seconds` is from starting `python -m webapp` to its first answer, `memory_mib` what the
    largest of its processes holds, mapped files aside, what it shares with the others included.
    """
    paths = [f"/api/search?{urlencode(parameters_of(r), doseq=True)}" for r in requests]
    command = [sys.executable, "-m", "webapp", "--port", "0", "--index", str(index)]
    environment = {**os.environ, "HDND_CACHE": "0"}
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = urlsplit(server.stdout.readline().strip()).netloc
            first = ask_all(address, paths[:1], 1)
            ready = time.perf_counter() - started
            ask_all(address, islice(cycle(paths), _WARM_UP), CLIENTS)
            begun = time.perf_counter()
            answers = ask_all(address, islice(cycle(paths), count), CLIENTS)
            seconds = time.perf_counter() - begun
            memory = max(map(held_bytes, [server.pid, *children_of(server.pid)]))
        finally:
            server.terminate()
    spread = spread_of([answer.milliseconds for answer in answers])
    return {
        "clients": CLIENTS,
        "requests": len(answers),
        "requests_per_second": round(len(answers) / seconds, 1),
        "p50_ms": round(spread.p50, 2),
        "p95_ms": round(spread.p95, 2),
        "errors": sum(answer.failed for answer in [*first, *answers]),
        "start_seconds": round(ready, 2),
        "memory_mib": round(memory / _MIB, 1),
    }


def parameters_of(request: SearchRequest) -> dict[str, Any]:
    """Return a request's part of an address.

    >>> from indexer.search_records import SearchRequest
    >>> parameters_of(SearchRequest("học phí", {"level": ("xã",)}, page_size=10))
    {'q': 'học phí', 'page_size': 10, 'level': ['xã']}
    """
    chosen = {name: list(values) for name, values in request.filters.items()}
    return {"q": request.q, "page_size": request.page_size, **chosen}


def ask_all(address: str, paths: Iterable[str], clients: int) -> list[Answer]:
    """Return how each request went; each client keeps one connection and asks on at once."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for path in paths:
        waiting.put(path)
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=_ask_on, args=(address, waiting, answers)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _ask_on(address: str, waiting: SimpleQueue[str], answers: list[Answer]) -> None:
    connection = http.client.HTTPConnection(address, timeout=_SECONDS)
    while True:
        try:
            path = waiting.get_nowait()
        except Empty:
            break
        started = time.perf_counter()
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            failed = response.status != http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            connection.close()
            failed = True
        answers.append(Answer((time.perf_counter() - started) * 1000, failed))
    connection.close()


def children_of(process: int) -> list[int]:
    """Return a process's children."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in told.split()]


def held_bytes(process: int) -> int:
    """Return the memory that a process holds, files that it maps aside."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) * 1024
    return 0
