"""Measure search latency, ours and stock Whoosh's, side by side on one index.

    python -m tests.benchmarks.measure_search --index DIR --queries QUERIES.tsv [--rounds 5]

QUERIES.tsv holds `class<TAB>query` lines. Prints, per class, the median milliseconds of the whole
search (query to page of ten with snippets and facets), of our engine alone, without its second
stage, and of stock Whoosh's searcher (same index, text field, three facets, ten hits), and stock's
time as a multiple of the engine's. First asks, with nothing cached, are told apart from repeated
ones.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh import query as stock_query
from whoosh import sorting
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.answers.query.language import parse_query
from indexer.answers.ranking import WEIGHTS
from indexer.answers.search import SearchService
from indexer.language.analysis import split_runs
from indexer.language.text import clean_text
from indexer.search_records import SearchRequest
from indexer.store.engine.protocol import EngineRequest
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.generations import current_generation, generation_path

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Run the comparison and print one line per class."""
    arguments = _read_arguments()
    classes: dict[str, list[str]] = defaultdict(list)
    for line in arguments.queries.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        classes[name].append(f'"{text}"' if name == "phrase" else text)
    directory = generation_path(arguments.index, current_generation(arguments.index).name)
    sides = {
        "page": _page(arguments.index),
        "engine": _engine(directory),
        "stock": _stock(directory),
    }
    out = sys.stdout
    out.write("class\tpage first\tpage\tengine first\tengine\tstock first\tstock\tstock/engine\n")
    for name, queries in classes.items():
        medians = []
        for ask in sides.values():
            first = [_milliseconds(ask, text) for text in queries]
            rounds = arguments.rounds if ask is not sides["stock"] else 2
            again = [_milliseconds(ask, text) for _ in range(rounds) for text in queries]
            medians += [statistics.median(first), statistics.median(again)]
        figures = "\t".join(f"{median:.2f}" for median in medians)
        out.write(f"{name}\t{figures}\t{medians[-1] / medians[3]:.1f}\n")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _milliseconds(ask: Callable[[str], Any], text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000


def _page(index: Path) -> Callable[[str], Any]:
    service = SearchService(index)
    service.search(SearchRequest(q="khởi động"))
    return lambda text: service.search(SearchRequest(q=text, page_size=10))


def _engine(directory: Path) -> Callable[[str], Any]:
    engine = WhooshEngine(directory)

    def ask(text: str) -> Any:
        return engine.search(EngineRequest(parse_query(text), WEIGHTS, limit=10))

    return ask


def _stock(directory: Path) -> Callable[[str], Any]:
    searcher = FileIndex(FileStorage(str(directory)), indexname="MAIN").searcher()
    facets = sorting.Facets()
    for name in ("level", "kind", "category"):
        facets.add_field(name)

    def ask(text: str) -> Any:
        results = searcher.search(_stock_tree(text), limit=10, groupedby=facets)
        return [hit["hit"] for hit in results], [results.groups(n) for n in facets.names()]

    return ask


def _stock_tree(text: str) -> Any:
    words = [word for run in split_runs(clean_text(text)) for word in run]
    if text.startswith('"'):
        return stock_query.Phrase("text", words)
    terms = [stock_query.Term("text", word) for word in dict.fromkeys(words)]
    return stock_query.Or(terms) if len(terms) > 4 else stock_query.And(terms)


if __name__ == "__main__":
    main()
