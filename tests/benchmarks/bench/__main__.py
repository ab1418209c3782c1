"""`make bench` and `make bench-growth`: measure, print the tables, write docs/benchmarks.*.

    python -m tests.benchmarks.bench [--queries FILE] [--docs FILE] [--rounds 20] [--out docs]
    python -m tests.benchmarks.bench --parts growth

Exit code 1 when engines disagree on what a query finds: then nobody's times mean anything. The
pages are written all the same and say where.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import HdndError
from tests.benchmarks.bench.comparison import Peers, find_limits, run_comparison
from tests.benchmarks.bench.growth import measure_growth
from tests.benchmarks.bench.indexes import prepare_documents, product_index_of
from tests.benchmarks.bench.machine import look_at_machine
from tests.benchmarks.bench.page import compose_tables, write_page
from tests.benchmarks.bench.product import measure_product, use_peers
from tests.benchmarks.bench.questions import QueriesFileError, read_queries
from tests.benchmarks.bench.runner import Rounds
from tests.benchmarks.bench.sides import ROOT, EngineEndedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BESIDE = ROOT.parent / "shared" / "data"
_QUERIES = (_BESIDE / "bench" / "queries.tsv", Path(__file__).with_name("queries.tsv"))
_DOCUMENTS = (_BESIDE / "docs.jsonl.gz", ROOT / "corpus")
PARTS = ("classes", "product", "growth")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write and print; return the exit code."""
    options = _parser().parse_args(arguments)
    figures: dict[str, Any] = {}
    try:
        for part in _measure(options):
            figures |= part
            # What took long is kept, whatever becomes of the next part.
            pages = write_page(options.out, figures)
    except (QueriesFileError, EngineEndedError, HdndError) as error:
        _tell(str(error))
        return 2
    sys.stdout.write("\n".join(compose_tables(figures)) + "\n")
    _tell(f"written: {', '.join(map(str, pages))}")
    disagreements = figures.get("disagreements", ())
    for sentence in disagreements:
        _tell(f"disagreement: {sentence}")
    return 1 if disagreements else 0


def _measure(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the figures of each part that is asked for."""
    classes = read_queries(options.queries)
    rounds, peers = Rounds(options.rounds), Peers(options.peers.resolve(), _tell)
    use_peers(peers.libraries)
    machine = look_at_machine()
    when = {
        "machine": {**machine._asdict(), "sentence": machine.describe()},
        "measured_on": f"{datetime.now(tz=timezone.utc):%d/%m/%Y}",
    }
    if "growth" in options.parts:
        grown = measure_growth(options.docs, classes, rounds, options.work, _tell)
        yield {"growth": grown | when}
    if not {"classes", "product"} & set(options.parts):
        return
    documents = prepare_documents(options.docs, options.work)
    _tell(f"{documents.number:,} documents are ready")
    if "classes" in options.parts:
        figures = run_comparison(documents, classes, rounds, peers)
        limits = find_limits(documents.records, classes, figures, machine)
        yield figures | when | {"limits": limits}
    if "product" in options.parts:
        index = options.index or product_index_of(documents).directory
        product = measure_product(index, classes, rounds, documents.directory, _tell)
        yield {"product": product | when}


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=Path, default=_first_there(_QUERIES))
    parser.add_argument("--docs", type=Path, default=_first_there(_DOCUMENTS))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench", help="kept indexes")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / "var" / "peers", help="their libraries"
    )
    parser.add_argument("--index", type=Path, help="an index for the product's query")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=["classes", "product"])
    return parser


def _first_there(paths: Sequence[Path]) -> Path:
    return next((path for path in paths if path.exists()), paths[-1])


if __name__ == "__main__":
    sys.exit(main())
