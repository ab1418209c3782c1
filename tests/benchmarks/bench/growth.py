"""How our times grow with the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.benchmarks.bench.comparison import Peers, run_comparison
from tests.benchmarks.bench.figures import fit_growth
from tests.benchmarks.bench.indexes import prepare_documents
from tests.benchmarks.bench.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.bench.runner import Classes, Rounds

SMALL = 10_000
TIMES = 4


def measure_growth(
    source: Path, classes: Classes, rounds: Rounds, work: Path, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Return our figures for the first 10,000 documents, for all, and for all four times."""
    ours = Peers(work, tell, tuple(side for side in SIDES if side.name == "ours"))
    runs = []
    for most, times in ((SMALL, 1), (None, 1), (None, TIMES)):
        documents = prepare_documents(source, work, most=most, times=times)
        tell(f"{documents.number:,} documents")
        runs.append(run_comparison(documents, classes, rounds, ours))
    return compose_growth([run["documents"] for run in runs], [run["classes"] for run in runs])


def compose_growth(
    sizes: Sequence[int], runs: Sequence[Mapping[str, Mapping[str, Mapping[str, float]]]]
) -> dict[str, Any]:
    """Return the exponents, by class, of what was measured with so many documents each."""
    classes = {}
    for name in runs[0]:
        measured = [run[name]["ours"] for run in runs]
        grown = fit_growth(sizes, [each["p95_ms"] for each in measured])
        medians = fit_growth(sizes, [each["p50_ms"] for each in measured])
        classes[name] = {
            "measured": measured,
            "exponent": grown.exponent,
            "exponent_p50": medians.exponent,
            "largest": grown.largest,
        }
    return {"sizes": list(sizes), "classes": classes}
