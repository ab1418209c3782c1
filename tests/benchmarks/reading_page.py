"""Write docs/reading-benchmarks.md from the figures of every benchmark of the reading."""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.extract import preload
from indexer.reading.extract.ocr import ocr_engine
from indexer.settings import read_settings
from indexer.workers import worker_pool
from tests.benchmarks import measure_fields, measure_hostile, measure_ocr
from tests.benchmarks.measure_reading import FIELDS, FILES, PARTS, PartFigures, measure, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PAGE = Path(__file__).parents[2] / "docs" / "reading-benchmarks.md"
FIGURES = PAGE.with_suffix(".json")
_INTRODUCTION = """\
# Reading benchmarks

What becomes of real files: whether each is read, how good the text is, and which fields of the
record are right. Written by the command below; do not edit it by hand.

```sh
python -m tests.benchmarks.measure_reading --write
```
"""
_ABOUT_FILES = """
The labels in `tests/benchmarks/labels` say what a person sees on the first page; handwritten and
stamped numbers and dates count too. Right / wrong / missing: a made-up value counts as wrong.
"""
_ABOUT_OCR = """
The text of a scan against the Word file of the same number, from the first "Căn cứ" to the
signature, letters and digits only.
"""
_ABOUT_FIELDS = """
Whole documents given as text alone, without the portal's title and fields. Where the label is not
what the text says, `tests/benchmarks/labels/labelled_corrections.tsv` has the value and why.
"""
_ABOUT_HOSTILE = """
One build of an index over files made to do harm: each must end as a document or as a reason.
"""
# Two files are too few for a figure of speed, so they are read again and again.
_ROUNDS = 10
_MANY = 10_000
_MIB = 2**20


class Speed(NamedTuple):
    """How fast files of a sort were read."""

    files: int
    pages: int
    seconds: float


def write_page(jobs: int, sections: Sequence[str] = ()) -> str:
    """Measure these sections (all without any), write the page anew and return its name.

    The others keep the figures of their last measuring, which FIGURES holds.
    """
    kept: dict[str, list[str]] = {}
    if FIGURES.is_file():
        kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    for name in sections or SECTIONS:
        kept[name] = [*SECTIONS[name](jobs), "", _describe_machine(jobs)]
        FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = [_INTRODUCTION.rstrip()]
    for name in SECTIONS:
        lines += ["", *kept.get(name, [])]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"docs/{PAGE.name}"


def _files_section(jobs: int) -> Iterator[str]:
    parts = [measure(part, jobs) for part in PARTS]
    yield from ("## Whole files", _ABOUT_FILES)
    yield from compose_parts(parts)
    yield "\n### Speed\n"
    yield from compose_speeds({"PDF with text": _read_again(jobs), **_speeds(parts)}, jobs)


def _ocr_section(_: int) -> Iterator[str]:
    yield from ("## OCR", _ABOUT_OCR)
    yield from compose_ocr(measure_ocr.measure())


def _fields_section(_: int) -> Iterator[str]:
    yield from ("## Fields", _ABOUT_FIELDS)
    yield from compose_fields(measure_fields.measure())


def _hostile_section(_: int) -> Iterator[str]:
    yield from ("## Hostile files", _ABOUT_HOSTILE)
    yield f"- limit of a file: {read_settings().extract.seconds:g} s, and what its pages add"
    with tempfile.TemporaryDirectory(prefix="hdnd-hostile-") as folder:
        yield from compose_hostile(measure_hostile.measure(Path(folder)))


def _many_section(_: int) -> Iterator[str]:
    yield "## Many files\n"
    with tempfile.TemporaryDirectory(prefix="hdnd-many-") as folder:
        seconds, growth = measure_hostile.measure_many(Path(folder), _MANY)
    yield f"- {_MANY} small files one after the other: {seconds:.0f} s, our memory grew by"
    yield f"  {growth / _MIB:.1f} MiB"


SECTIONS = {
    "files": _files_section,
    "ocr": _ocr_section,
    "fields": _fields_section,
    "hostile": _hostile_section,
    "many": _many_section,
}


def _describe_machine(jobs: int) -> str:
    today = datetime.now(tz=timezone.utc).date()
    return (
        f"Measured on {today:%d/%m/%Y} with {jobs} processes on {os.cpu_count()} shared cores, "
        f"Python {platform.python_version()}, {ocr_engine()}."
    )


def compose_parts(parts: Iterable[PartFigures]) -> Iterator[str]:
    """Yield the table of whole files and the list of what differs."""
    parts = list(parts)
    heads = ("files", "read", "syllables, lowest", "syllables, median", *FIELDS)
    yield from table_lines(heads, (_part_cells(figures) for figures in parts))
    yield "\nWhat differs from what a person sees:\n"
    differing = [(figures, *row) for figures in parts for row in figures.disagreements()]
    for figures, name, field, seen, found in differing:
        yield f"- {figures.part}/{name}, {field}: {seen}; we read {found}"
    if not differing:
        yield "- nothing"
    for figures in parts:
        for reading in figures.readings:
            if reading.refusal:
                yield f"- {figures.part}/{reading.name}: {reading.refusal}"


def _part_cells(figures: PartFigures) -> tuple[str, ...]:
    shares = figures.shares
    scores = (" / ".join(map(str, figures.score(field))) for field in FIELDS)
    read = f"{figures.read} of {len(figures.readings)}"
    return figures.part, read, f"{shares[0]:.2%}", f"{median(shares):.2%}", *scores


def _speeds(parts: Iterable[PartFigures]) -> dict[str, Speed]:
    names = {"scanned": "PDF of scans", "doc": "Word and RTF", "tcvn3": "Word in TCVN3"}
    return {
        names[figures.part]: Speed(len(figures.readings), figures.pages, figures.seconds)
        for figures in parts
        if figures.part in names
    }


def _read_again(jobs: int) -> Speed:
    paths = sorted((FILES / "pdf").iterdir()) * _ROUNDS
    started = time.perf_counter()
    with worker_pool(jobs, preload) as run:
        pages = sum(reading.pages for reading in run(read_file, ((path,) for path in paths)))
    return Speed(len(paths), pages, time.perf_counter() - started)


def compose_speeds(speeds: Mapping[str, Speed], jobs: int) -> Iterator[str]:
    """Yield the table of speeds; Word files have no pages until they are printed."""
    heads = ("", "files", "pages", "files a second", "pages a second")
    rows = (
        (
            name,
            str(speed.files),
            str(speed.pages or "-"),
            f"{speed.files / speed.seconds:.2f}",
            f"{speed.pages / speed.seconds:.2f}" if speed.pages else "-",
        )
        for name, speed in speeds.items()
    )
    yield f"The whole way from file to record, {jobs} files at a time.\n"
    yield from table_lines(heads, rows)


def compose_ocr(figures: measure_ocr.OcrFigures) -> Iterator[str]:
    """Yield the table of scans and what sums it up."""
    rates = figures.rates
    yield f"- character error rate over {len(rates)} scans: median {median(rates):.2%},"
    yield f"  worst {rates[-1]:.2%}"
    for field in FIELDS:
        yield f"- {field}: {figures.hits(field)} of {figures.labelled} letterheads right"
    if figures.recognised:
        speed = figures.seconds / figures.recognised
        yield f"- {speed:.2f} s a page on one core, over {figures.recognised} pages"
    yield ""
    compared = (scan for scan in figures.scans if scan.errors is not None)
    heads = ("scan", "pages", "letters", "errors", "rate")
    yield from table_lines(
        heads,
        (
            (s.name, str(s.pages), str(s.letters), str(s.errors), f"{s.error_rate:.2%}")
            for s in compared
        ),
    )


def compose_fields(scores: Mapping[str, measure_fields.Score]) -> Iterator[str]:
    """Yield the table of fields read from text alone."""
    heads = ("field", "right", "wrong", "missing", "not stated", "precision", "recall")
    rows = (
        (
            name,
            *map(str, (score.right, score.wrong, score.missing, score.absent)),
            f"{score.precision:.1%}",
            f"{score.recall:.1%}",
        )
        for name, score in scores.items()
    )
    yield from table_lines(heads, rows)


def compose_hostile(result: measure_hostile.HostileResult) -> Iterator[str]:
    """Yield what became of the hostile set."""
    yield f"- answered: {result.answered} of {result.total} ({result.indexed} documents,"
    yield f"  {len(result.refusals)} reasons) in {result.seconds:.0f} s"
    yield f"- slowest file: {result.slowest[0][0]:.1f} s" if result.slowest else "- none timed"
    yield f"- our memory grew by {result.growth_bytes / _MIB:.0f} MiB,"
    yield f"  {result.peak_bytes / _MIB:.0f} MiB at its highest"
    yield f"- documents that hold text from outside of the folder: {len(result.leaks)}"


def table_lines(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a Markdown table.

    >>> list(table_lines(("field", "right"), [("date", "12")]))
    ['| field | right |', '| --- | --- |', '| date | 12 |']
    """
    heads = list(heads)
    for cells in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(cells)} |"
