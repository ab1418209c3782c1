"""Measure how fast Vietnamese is segmented and analysed, with pyvi beside us in the same run.

    python -m tests.benchmarks.measure_analysis --documents docs.jsonl.gz [--lines 50000]

Prints a table of CPU seconds and megabytes (10^6 bytes of UTF-8) a second: pyvi on lines drawn from
the whole file (runs of syllables, as the index hands them over), ours on the same lines for the
first time and again, how many lines differ, and the analysis of the file's first documents, with
compounds and without. Segmenters take turns every 5,000 lines, since a shared machine's speed
changes.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from indexer.language import analysis
from indexer.language.analysis import Passage, analyse, split_runs
from indexer.language.crf_model import read_word_model
from indexer.language.segmentation import join_with_pyvi
from indexer.language.text import clean_text
from indexer.language.word_joiner import WordJoiner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Every so many documents give lines, so that they come from all over the file.
_STEP = 50
_TURN = 5000


class Row(NamedTuple):
    """One line of the table."""

    what: str
    seconds: float
    megabytes: float


def main() -> None:
    """Measure both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--analysed", type=int, default=10_000, help="documents to analyse")
    arguments = parser.parse_args()
    lines = list(islice(draw_lines(arguments.documents), arguments.lines))
    rows, different = measure_segmentation(lines)
    texts = list(read_passages(arguments.documents, 1, arguments.analysed))
    rows += measure_analysis(texts)
    sys.stdout.write("what\tCPU seconds\tMB\tMB/s\ttimes pyvi\n")
    pyvi = rows[0].megabytes / rows[0].seconds
    for row in rows:
        speed = row.megabytes / row.seconds
        times = f"{speed / pyvi:.1f}" if row.what.startswith("ours") else ""
        sys.stdout.write(
            f"{row.what}\t{row.seconds:.2f}\t{row.megabytes:.2f}\t{speed:.2f}\t{times}\n"
        )
    sys.stdout.write(f"{different} of {len(lines)} lines differ from pyvi's\n")


def draw_lines(documents: Path) -> Iterator[str]:
    """Yield the runs of every fiftieth document's title and text."""
    for passages in read_passages(documents, _STEP):
        for passage in passages:
            for run in split_runs(passage.text):
                yield " ".join(run)


def read_passages(
    documents: Path, step: int, most: int | None = None
) -> Iterator[tuple[Passage, Passage]]:
    """Yield the title and the text of every `step`th document, `most` at most."""
    with gzip.open(documents, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, most and most * step, step):
            document = json.loads(line)
            title, text = document.get("title") or "", document.get("text") or ""
            yield Passage(clean_text(title)), Passage(clean_text(text))


def measure_segmentation(lines: list[str]) -> tuple[list[Row], int]:
    """Return the rows of pyvi and of ourselves, and how many lines differ."""
    join_with_pyvi("hội đồng")  # The import is not segmentation.
    started = time.process_time()
    model = read_word_model()
    if model is None:
        sys.exit("the installed pyvi has another model than the one known: nothing to compare")
    join = WordJoiner(model).join
    loaded = time.process_time() - started
    seconds = {"pyvi": 0.0, "ours, first time": 0.0, "ours, again": 0.0}
    different = 0
    gc.collect()
    gc.freeze()
    for start in range(0, len(lines), _TURN):
        turn = lines[start : start + _TURN]
        pyvi, ours = _timer(seconds, "pyvi"), _timer(seconds, "ours, first time")
        expected = pyvi(join_with_pyvi, turn)
        found = ours(lambda line: join(line.split()), turn)
        _timer(seconds, "ours, again")(lambda line: join(line.split()), turn)
        different += sum(a != b for a, b in zip(found, expected, strict=True))
    megabytes = sum(len(line.encode()) for line in lines) / 1e6
    rows = [Row(what, spent, megabytes) for what, spent in seconds.items()]
    sys.stdout.write(f"our model is loaded in {loaded * 1000:.0f} ms\n")
    return rows, different


def _timer(
    seconds: dict[str, float], what: str
) -> Callable[[Callable[[str], list[str]], list[str]], list[list[str]]]:
    def run(segment: Callable[[str], list[str]], lines: list[str]) -> list[list[str]]:
        started = time.process_time()
        words = [segment(line) for line in lines]
        seconds[what] += time.process_time() - started
        return words

    return run


def measure_analysis(texts: list[tuple[Passage, Passage]]) -> list[Row]:
    """Return the rows of the whole analysis, and of the analysis without compounds."""
    megabytes = sum(len(p.text.encode()) for passages in texts for p in passages) / 1e6
    analyse(texts[0])  # The model is loaded by now.
    rows = [Row("analysis", _time_analysis(texts), megabytes)]
    with patch.object(analysis, "find_compounds", return_value=iter(())):
        rows.append(Row("analysis without compounds", _time_analysis(texts), megabytes))
    return rows


def _time_analysis(texts: list[tuple[Passage, Passage]]) -> float:
    started = time.process_time()
    for passages in texts:
        analyse(passages)
    return time.process_time() - started


if __name__ == "__main__":
    main()
