"""The product's own query: all fields, filters, facets, snippets, as JSON and as a page."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import defaultdict
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from indexer.answers.query.language import parse_query
from indexer.answers.ranking import LEAST_SPREAD, WEIGHTS
from indexer.answers.reordering import load_model
from indexer.answers.search import SearchService, results_as_json
from indexer.language.text import fold
from indexer.search_records import SearchRequest
from indexer.settings import read_settings
from indexer.store.engine.protocol import EngineRequest, Reorder
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.generations import current_generation, generation_path
from tests.benchmarks.bench import product_tantivy
from tests.benchmarks.bench.documents import SEED
from tests.benchmarks.bench.figures import spread_of
from tests.benchmarks.bench.over_http import measure_http
from tests.benchmarks.bench.questions import kind_of
from webapp import create_app, search_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.benchmarks.bench.runner import Classes, Rounds

    Task = Callable[[], Any]

PAGE_SIZE = 10
_FILTERED = ("category", "date")


class Ways(NamedTuple):
    """The same queries asked in three ways."""

    plain: tuple[SearchRequest, ...]
    filtered: tuple[SearchRequest, ...]
    """With the most frequent category and the most frequent year."""
    without_accents: tuple[SearchRequest, ...]


def measure_product(
    index: Path, classes: Classes, rounds: Rounds, aside: Path, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Return the figures of the product's query over an index; nothing is cached."""
    with patch.dict(os.environ, {"HDND_CACHE": "0"}):
        service = SearchService(index)
        try:
            ways = compose_ways(service, classes)
            tell("the product's query, in the process")
            figures = {
                "documents": current_generation(index).documents,
                "search": measure_search(service, ways, rounds),
                "html": measure_html(service, ways.plain, index, rounds),
            }
        finally:
            service.close()
        tell("its ranking")
        figures["ranking"] = measure_ranking(index, ways.plain, rounds, aside)
        tell("over HTTP")
        figures["http"] = measure_http(index, [request for way in ways for request in way])
    return figures


def compose_ways(service: SearchService, classes: Classes) -> Ways:
    """Return the queries as a reader would put them, phrases in quotes."""
    plain = tuple(
        SearchRequest(_typed(name, asked.text), page_size=PAGE_SIZE)
        for name, all_asked in classes.items()
        for asked in all_asked
    )
    facets = service.search(SearchRequest()).facets
    best = {
        name: max(facets[name], key=lambda value: value.count).value
        for name in _FILTERED
        if facets[name]
    }
    filters = {name: (value,) for name, value in best.items()}
    return Ways(
        plain,
        tuple(replace(request, filters=filters) for request in plain),
        tuple(replace(request, q=fold(request.q)) for request in plain),
    )


def _typed(name: str, text: str) -> str:
    return f'"{text}"' if kind_of(name) == "phrase" else text


def measure_search(service: SearchService, ways: Ways, rounds: Rounds) -> dict[str, Any]:
    """Return the spread of whole answers as JSON: of each way, and of all together."""
    tasks: list[tuple[str, Task]] = [
        (way, partial(_answer_json, service, request))
        for way, requests in ways._asdict().items()
        for request in requests
    ]
    times = time_tasks(tasks, rounds)
    everything = [each for of_way in times.values() for each in of_way]
    return {**_as_json(everything), **{way: _as_json(of_way) for way, of_way in times.items()}}


def _answer_json(service: SearchService, request: SearchRequest) -> str:
    return json.dumps(results_as_json(service.search(request)), ensure_ascii=False)


def measure_html(
    service: SearchService, requests: Sequence[SearchRequest], index: Path, rounds: Rounds
) -> dict[str, float]:
    """Return the spread of making a page from results that are there already."""
    app = create_app(replace(read_settings(), index=index))
    tasks: list[tuple[str, Task]] = []
    for request in requests:
        shown = replace(request, page_size=SearchRequest().page_size)
        found = service.search(shown)
        tasks.append(("page", partial(_render, app, request.q, found)))
    return _as_json(time_tasks(tasks, rounds)["page"])


class _Answered:
    """A service that has one answer to everything."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def search(self, _request: SearchRequest) -> Any:
        return self._found


def _render(app: Any, typed: str, found: Any) -> float:
    """Return the milliseconds of the view, its search answered at once."""
    address = "/tim-kiem"
    with (
        app.test_request_context(address, query_string={"q": typed}),
        patch.object(search_page, "search_service", lambda: _Answered(found)),
    ):
        started = time.perf_counter()
        search_page.results()
        return (time.perf_counter() - started) * 1000


def measure_ranking(
    index: Path, requests: Sequence[SearchRequest], rounds: Rounds, aside: Path
) -> dict[str, Any]:
    """Return the spreads of our ranking, with its second stage and without, and of tantivy's."""
    engine = WhooshEngine(generation_path(index, current_generation(index).name))
    peer = _open_tantivy(index, aside)
    second = Reorder(load_model().depth, load_model().score, LEAST_SPREAD)
    tasks: list[tuple[str, Task]] = []
    for request in requests:
        query = parse_query(request.q)
        asked = EngineRequest(query, WEIGHTS, limit=PAGE_SIZE)
        again = EngineRequest(query, WEIGHTS, limit=PAGE_SIZE, reorder=second)
        tasks.append(("ours", partial(engine.search, asked)))
        tasks.append(("ours_reordered", partial(engine.search, again)))
        wanted = product_tantivy.read_wanted(query) if peer else None
        if peer and wanted:
            tasks.append(("tantivy", partial(peer.rank, peer.compose(wanted))))
    times = time_tasks(tasks, rounds)
    engine.close()
    return {name: _as_json(of_engine) for name, of_engine in times.items()}


def _open_tantivy(index: Path, aside: Path) -> product_tantivy.TantivyRanking | None:
    """Return tantivy's side, its index written now if it isn't there; None without tantivy."""
    if find_spec("tantivy") is None:
        return None
    directory = aside / f"product-tantivy-{current_generation(index).name}"
    if not (directory / "values.json").is_file():
        product_tantivy.build(index, directory)
    return product_tantivy.TantivyRanking(directory)


def time_tasks(tasks: Sequence[tuple[str, Task]], rounds: Rounds) -> dict[str, list[float]]:
    """Return the milliseconds of each name's tasks, in an order that changes with every round.

    A task that times itself returns a float.
    """
    chance = random.Random(SEED)  # noqa: S311 (an order, no secret)
    order = list(tasks)
    times: dict[str, list[float]] = defaultdict(list)
    for turn in range(-rounds.warm_up, rounds.timed):
        chance.shuffle(order)
        for name, task in order:
            started = time.perf_counter()
            own = task()
            spent = (time.perf_counter() - started) * 1000
            if turn >= 0:
                times[name].append(own if isinstance(own, float) else spent)
    return dict(times)


def use_peers(peers: Path) -> None:
    """Let libraries of the peers be imported, behind all others."""
    if str(peers) not in sys.path:
        sys.path.append(str(peers))


def _as_json(times: Sequence[float]) -> dict[str, float]:
    spread = spread_of(times)
    return {"p50_ms": round(spread.p50, 3), "p95_ms": round(spread.p95, 3)}
