"""Measure what serving costs beside the ranking: each stage of a page, the pages, the server.

    python -m tests.benchmarks.measure_page --index DIR --queries QUERIES.tsv [--requests 1500]

QUERIES.tsv holds `class<TAB>query` lines. Prints, over all queries with nothing kept: the
milliseconds of each stage of a search (the least of some rounds for each query; median and 95th
percentile over the queries), of the page, a document's page and completion; the seconds from the
start of the real server to its first answer; requests a second, percentiles and errors with
eight clients at once; and the private memory of each process afterwards, in MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from indexer.answers import search
from indexer.answers.facets import facet_values
from indexer.answers.hits import HitWriter
from indexer.answers.query.language import parse_query
from indexer.answers.search import SearchService, results_as_json
from indexer.answers.suggest import suggest_query
from indexer.search_records import SearchRequest
from indexer.settings import Settings
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.search_records import SearchResults

CLIENTS = 8
Times = dict[str, dict[str, float]]


def main() -> None:
    """Measure and print one line for each stage, and the server's figures."""
    arguments = _read_arguments()
    lines = arguments.queries.read_text(encoding="utf-8").splitlines()
    parts = [line.split("\t") for line in lines]
    queries = [f'"{text}"' if name == "phrase" else text for name, text in parts]
    times: Times = defaultdict(dict)
    _measure_stages(arguments.index, queries, arguments.rounds, times)
    _measure_pages(arguments.index, queries, arguments.rounds, times)
    sys.stdout.write("stage\tp50 ms\tp95 ms\n")
    for stage, least in times.items():
        sys.stdout.write(f"{stage}\t{_percentiles(least.values())}\n")
    if arguments.requests:
        _measure_server(arguments.index, queries, arguments.requests)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1500, help="0: no server")
    return parser.parse_args()


def _measure_stages(index: Path, queries: Sequence[str], rounds: int, times: Times) -> None:
    service = SearchService(index)
    service.prepare()
    opened = service._index.current()
    library = service._index.library(opened.name)
    for text in chain.from_iterable(repeat(queries, rounds)):
        request = SearchRequest(text)
        query = _note(times["understand"], text, partial(parse_query, text))
        asked = search._engine_request(query, request)
        answer = _note(times["engine"], text, partial(opened.engine.search, asked))
        _note(times["suggest"], text, partial(suggest_query, text, opened.vocabulary))
        writer = HitWriter(query, opened.engine, library)
        _note(times["passages"], text, partial(writer.hits, answer.hits))
        _note(times["facets"], text, partial(facet_values, answer, {}))
        results = _note(times["search"], text, partial(service.search, request))
        _note(times["json"], text, partial(_dump, results))
    service.close()


def _dump(results: SearchResults) -> str:
    return json.dumps(results_as_json(results), ensure_ascii=False)


def _measure_pages(index: Path, queries: Sequence[str], rounds: int, times: Times) -> None:
    app = create_app(Settings(index=index, cache_bytes=0))
    client = app.test_client()
    for text in chain.from_iterable(repeat(queries, rounds)):
        asked = quote(text)
        found = client.get(f"/api/search?q={asked}").get_json()
        for name, address in (
            ("api page", f"/api/search?q={asked}"),
            ("html page", f"/tim-kiem?q={asked}"),
            ("completion", f"/api/complete?q={asked[: len(asked) // 2].rpartition('%')[0]}"),
        ):
            _note(times[name], text, partial(client.get, address))
        if found["hits"]:
            address = f"/van-ban/{quote(found['hits'][0]['id'])}?q={asked}"
            _note(times["document page"], text, partial(client.get, address))


def _note(least: dict[str, float], text: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    took = (time.perf_counter() - started) * 1000
    least[text] = min(took, least.get(text, took))
    return result


def _percentiles(times: Any) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.2f}\t{ordered[int(0.95 * len(ordered))]:.2f}"


def _measure_server(index: Path, queries: Sequence[str], requests: int) -> None:
    started = time.perf_counter()
    with _serve(index) as (server, url):
        _ask(url, queries[0])
        sys.stdout.write(f"first answer after {time.perf_counter() - started:.2f} s\n")
        asked = list(islice(chain.from_iterable(repeat(queries)), requests))
        started = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            answers = list(clients.map(lambda text: _ask(url, text), asked))
        rate = requests / (time.perf_counter() - started)
        times = [took for took, status in answers if status == 200]
        sys.stdout.write(
            f"{CLIENTS} clients: {rate:.0f} requests a second; p50 and p95 ms "
            f"{_percentiles(times)}; {requests - len(times)} errors\n"
        )
        for process in (server.pid, *_children(server.pid)):
            sys.stdout.write(f"process {process}: {_private_memory(process):.0f} MiB private\n")


@contextmanager
def _serve(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "webapp", "--port", "0", "--index", str(index)]
    environment = {**os.environ, "HDND_CACHE": "0"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.terminate()


def _ask(url: str, text: str) -> tuple[float, int]:
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(f"{url}/api/search?q={quote(text)}", timeout=60) as answer:  # noqa: S310 (ours)
            answer.read()
            status = answer.status
    except urllib.error.URLError:
        status = 0
    return (time.perf_counter() - started) * 1000, status


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def _private_memory(process: int) -> float:
    """Return the anonymous memory that a process shares with nobody, in MiB."""
    total, anonymous = 0, False
    for line in Path(f"/proc/{process}/smaps").read_text(encoding="utf-8").splitlines():
        name, *rest = line.split()
        if not name.endswith(":"):
            anonymous = len(rest) < 5 or rest[4].startswith("[")
        elif anonymous and name in ("Private_Dirty:", "Private_Clean:"):
            total += int(rest[0])
    return total / 1024


if __name__ == "__main__":
    main()
