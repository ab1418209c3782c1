"""The process of one engine: it builds an index, or answers questions and times itself.

    python -m tests.benchmarks.bench.host build ENGINE RECORDS DIRECTORY
    python -m tests.benchmarks.bench.host serve ENGINE DIRECTORY

Serving, it reads a JSON line for each turn from standard input, {"kind", "words", "times",
"whole"}, and writes one: {"ms": [of each time], "total"}, with "facets" and "titles" where the
whole is asked for. The first line tells its version. Standard library only.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tests.benchmarks.bench.work import Found, Question, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.benchmarks.bench.work import BenchEngine, EngineModule


def main(arguments: list[str]) -> None:
    """Build or serve."""
    if arguments[0] == "build":
        engine, records, directory = arguments[1:]
        _module(engine).build(read_records(Path(records)), Path(directory))
        return
    engine, directory = arguments[1:]
    opened = _module(engine).open_engine(Path(directory))
    for answer in serve(opened, sys.stdin):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def serve(engine: BenchEngine, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the engine's version, and then what became of each turn."""
    gc.collect()
    gc.freeze()
    yield {"version": engine.version}
    for line in lines:
        turn = json.loads(line)
        question = Question(turn["kind"], tuple(turn["words"]))
        answer, milliseconds = _ask(engine, question, turn["times"])
        told = {"ms": milliseconds, "total": answer.total}
        yield told | answer._asdict() if turn["whole"] else told


def _ask(engine: BenchEngine, question: Question, times: int) -> tuple[Found, list[float]]:
    milliseconds = []
    answer = Found(0, {}, ())
    for _ in range(times):
        started = time.perf_counter()
        answer = engine.ask(question)
        milliseconds.append((time.perf_counter() - started) * 1000)
    return answer, milliseconds


def _module(engine: str) -> EngineModule:
    return cast("EngineModule", import_module(f"tests.benchmarks.bench.engine_{engine}"))


if __name__ == "__main__":
    main(sys.argv[1:])
