"""Measure completion while typing: writing its sidecar, opening it, and every key pressed.

    python -m tests.benchmarks.measure_completion --index DIR [--titles 200]

Prints how long writing takes from nothing and at an update that finds all shards' listings written,
how long opening takes, the sidecar's size and entries, and the milliseconds
of CPU (median, 95th percentile, worst) of an answer: while titles of the index are typed letter by
letter, with accents and without, for every single letter, for document numbers, for 200
characters of frequent words, and for nonsense. The index stays as it is.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import string
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.answers.completion import HEEDED_CHARACTERS, complete
from indexer.completion_listings import ENDING
from indexer.completions import build_completions
from indexer.language.text import fold
from indexer.store.completion import FILE_NAME, Completions
from indexer.store.completion_entry import COMPLETION_KINDS
from indexer.store.generations import current_generation, generation_path

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = string.ascii_lowercase + "đăâêôơư" + string.digits


def main() -> None:
    """Run the measurement and print one line per class of beginnings."""
    arguments = _read_arguments()
    generation = generation_path(arguments.index, current_generation(arguments.index).name)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "generation"
        shutil.copytree(generation, directory, copy_function=os.symlink)
        completions = _write_and_open(directory)
        classes = _beginnings(completions, arguments.titles)
        sys.stdout.write("class\tasked\tmedian ms\t95% ms\tworst ms\tanswered\n")
        for name, beginnings in classes.items():
            sys.stdout.write(f"{name}\t{_measure(completions, beginnings)}\n")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--titles", type=int, default=200, help="titles to type")
    return parser.parse_args()


def _write_and_open(directory: Path) -> Completions:
    for path in directory.glob(f"*{ENDING}"):
        path.unlink()
    for what in ("from nothing", "at an update"):
        started, worked = time.perf_counter(), time.process_time()
        build_completions(directory)
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        sys.stdout.write(f"written {what} in {seconds:.2f} s ({cpu:.2f} s CPU)\n")
    size = (directory / FILE_NAME).stat().st_size / 1e6
    started = time.perf_counter()
    completions = Completions.open(directory)
    opened = (time.perf_counter() - started) * 1000
    counts = Counter(COMPLETION_KINDS[kind] for kind in completions.kinds)
    sys.stdout.write(
        f"{size:.1f} MB, opened in {opened:.2f} ms\n"
        f"entries: {', '.join(f'{count} {kind}' for kind, count in counts.items())}\n"
    )
    return completions


def _beginnings(completions: Completions, count: int) -> dict[str, list[str]]:
    entries = [completions.entry(number) for number in range(len(completions.kinds))]
    draw = random.Random(4)  # noqa: S311 (a repeatable draw, no secret)
    titles = [entry.text for entry in entries if entry.kind == "title"]
    titles = draw.sample(titles, min(count, len(titles)))
    numbers = [entry.text for entry in entries if entry.kind == "number"]
    numbers = draw.sample(numbers, min(count, len(numbers)))
    phrases = [entry for entry in entries if entry.kind == "phrase"]
    frequent = sorted(phrases, key=lambda entry: -entry.weight)[:400]
    long = [" ".join(e.text for e in draw.sample(frequent, min(40, len(frequent)))) for _ in titles]
    return {
        "one letter": list(_LETTERS),
        "two letters": [a + b for a in _LETTERS for b in "aehinoư1"],
        "titles typed": [title[:end] for title in titles for end in range(1, 41)],
        "without accents": [fold(title[:end]) for title in titles for end in range(1, 41)],
        "two frequent words": [f"{e.text} {draw.choice(_LETTERS)}" for e in frequent],
        "numbers": [number[:end] for number in numbers for end in range(1, len(number) + 1)],
        "numbers by sign": [f"nq {number.split('/')[0]}" for number in numbers],
        "200 characters": [text[:HEEDED_CHARACTERS] for text in long],
        "one word repeated": [f"{e.text.split()[0]} " * 66 for e in frequent[:50]],
        "nonsense": ["".join(draw.choices(string.ascii_lowercase, k=9)) for _ in range(200)],
    }


def _measure(completions: Completions, beginnings: Iterable[str]) -> str:
    times, answered = [], 0
    for typed in beginnings:
        started = time.thread_time()
        answered += bool(complete(completions, typed))
        times.append((time.thread_time() - started) * 1000)
    if not times:
        return "0"
    late = sorted(times)[int(len(times) * 0.95)]
    median, worst = statistics.median(times), max(times)
    return f"{len(times)}\t{median:.2f}\t{late:.2f}\t{worst:.2f}\t{answered / len(times):.0%}"


if __name__ == "__main__":
    main()
