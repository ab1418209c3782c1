"""The comparison of plain queries, from documents and queries to figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.bench.indexes import index_of
from tests.benchmarks.bench.limits import bytes_of, count_words, words_of
from tests.benchmarks.bench.runner import compare
from tests.benchmarks.bench.sides import SIDES, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.benchmarks.bench.indexes import Documents
    from tests.benchmarks.bench.machine import Machine
    from tests.benchmarks.bench.runner import Classes, Measured, Rounds
    from tests.benchmarks.bench.sides import Side


class Peers(NamedTuple):
    """Who takes part, and who is told how it goes."""

    libraries: Path
    """Where the libraries of other engines are installed."""
    tell: Callable[[str], None]
    sides: tuple[Side, ...] = SIDES


def find_sides(peers: Peers) -> list[Side]:
    """Return the engines that are there; say which are not."""
    there = [side for side in peers.sides if is_there(side, peers.libraries)]
    for side in peers.sides:
        if side not in there:
            peers.tell(f"{side.name}: not measured, {side.python} knows no {side.needs}")
    return there


def run_comparison(
    documents: Documents, classes: Classes, rounds: Rounds, peers: Peers
) -> dict[str, Any]:
    """Return the figures of all engines that are there, as docs/benchmarks.json has them."""
    indexes, tell = [], peers.tell
    for side in find_sides(peers):
        built = index_of(side, documents, peers.libraries)
        tell(f"{side.name}: index of {built.bytes / 1e6:.0f} MB, written in {built.seconds} s")
        indexes.append((side, built))
    tell(f"asking {sum(map(len, classes.values()))} queries in {rounds.timed} rounds")
    sides = [(side, built.directory) for side, built in indexes]
    found = compare(sides, classes, rounds, peers.libraries)
    return {
        "documents": documents.number,
        "rounds": rounds.timed,
        "classes": as_json(found.classes),
        "queries": {name: as_json(queries) for name, queries in found.queries.items()},
        "versions": dict(found.versions),
        "indexes": {s.name: {"bytes": b.bytes, "seconds": b.seconds} for s, b in indexes},
        "disagreements": list(found.disagreements),
    }


def as_json(groups: Mapping[str, Mapping[str, Measured]]) -> dict[str, dict[str, Any]]:
    """Return {group: {engine: {"p50_ms", "p95_ms", "hits", "first_p50_ms"}}}."""
    return {
        name: {
            engine: {
                "p50_ms": m.spread.p50,
                "p95_ms": m.spread.p95,
                "hits": m.hits,
                "first_p50_ms": m.first,
            }
            for engine, m in engines.items()
        }
        for name, engines in groups.items()
    }


def find_limits(
    records: Path, classes: Classes, comparison: Mapping[str, Any], machine: Machine
) -> dict[str, dict[str, float]]:
    """Return {class: {"bytes", "ms", "times"}}.

    Bytes that a query touches (mean), the milliseconds that memory takes to give them, and how
    many times that our median is.
    """
    held = count_words(records, words_of(classes))
    limits = {}
    for name, all_asked in classes.items():
        queries = comparison["queries"][name]
        touched = [bytes_of(a.question, queries[a.text]["ours"]["hits"], held) for a in all_asked]
        mean = sum(touched) / len(touched)
        least = mean / machine.bandwidth * 1000
        ours = comparison["classes"][name]["ours"]["p50_ms"]
        times = round(ours / least, 1) if least else 0.0
        limits[name] = {"bytes": round(mean), "ms": round(least, 5), "times": times}
    return limits
