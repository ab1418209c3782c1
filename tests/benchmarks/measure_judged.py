"""Measure the corpus' own judged queries, and record what they reach.

    python -m tests.benchmarks.measure_judged [--write]

Prints nDCG@10 of every query and the means. `--write` records them in
tests/corpus/judged_figures.tsv, which the test run holds every change against.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.answers.evaluation import (
    evaluate_run,
    measure_ndcg,
    rank_queries,
    read_judgements,
    read_queries,
)
from indexer.answers.search import SearchService
from indexer.operations import build_index
from indexer.pipeline import silent
from tests.corpus.files import CORPUS

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURES = Path(__file__).parent.parent / "corpus" / "judged_figures.tsv"
QUERIES = CORPUS / "judgements" / "queries.tsv"
QRELS = CORPUS / "judgements" / "qrels.tsv"
DEPTH = 100


def measure(service: SearchService) -> dict[str, float]:
    """Return nDCG@10 by query id, and the means under "mean nDCG@10" and "mean recall@100"."""
    judgements = read_judgements(QRELS)
    run = rank_queries(service.rank, read_queries(QUERIES), DEPTH, silent)
    figures = {
        query: measure_ndcg([document for document, _ in ranking], judgements[query], 10)
        for query, ranking in run.items()
    }
    means = evaluate_run(run, judgements)
    figures["mean nDCG@10"] = means.ndcg_at_10
    figures["mean recall@100"] = means.recall_at_100
    return {name: round(value, 4) for name, value in figures.items()}


def read_figures() -> Mapping[str, float]:
    """Return what was recorded."""
    lines = FIGURES.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in cells}


def main() -> None:
    """Measure and print; record when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build_index(CORPUS, Path(folder) / "index", jobs=2)
        with closing(SearchService(Path(folder) / "index")) as service:
            figures = measure(service)
    lines = [f"{name}\t{value:.4f}" for name, value in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    if arguments.write:
        head = "# nDCG@10 of each judged query; written by tests/benchmarks/measure_judged.py"
        FIGURES.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
