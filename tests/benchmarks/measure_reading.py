"""Read whole files as the index would, and compare the records with what a person sees.

    python -m tests.benchmarks.measure_reading [--part doc] [--jobs 2]
    python -m tests.benchmarks.measure_reading --write

The files lie beside the project (../shared/data/files); `labels/<part>.tsv` holds what stands on
their first pages, written down by looking at them. --write measures the rest of the reading too
(OCR, fields, hostile files, throughput) and writes docs/reading-benchmarks.md; `--write ocr fields`
measures these sections anew and keeps the others.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.language.syllables import syllable_share
from indexer.language.text import clean_text, unify_tone_style
from indexer.reading.extract import preload
from indexer.reading.metadata.number import number_keys
from indexer.records import UNKNOWN_KIND
from indexer.review import inspect_file
from indexer.workers import worker_pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.records import CouncilDocument

FILES = Path(__file__).parents[3] / "shared" / "data" / "files"
LABELS = Path(__file__).parent / "labels"
PARTS = ("pdf", "doc", "tcvn3", "scanned")
FIELDS = ("number", "kind", "issuer", "date")
NOT_SEEN = "-"
_SHORT = {"hđnd": "hội đồng nhân dân", "ubnd": "uỷ ban nhân dân", "tp": "thành phố"}


class FileReading(NamedTuple):
    """What reading one file gave."""

    name: str
    seconds: float
    found: Mapping[str, str]
    """What we read for each of FIELDS; NOT_SEEN where nothing."""
    share: float = 0.0
    """Of its words, those that can be Vietnamese syllables."""
    pages: int = 0
    """0 where the format has none."""
    refusal: str = ""
    """Why there is no text, or not the whole of it."""


class PartFigures(NamedTuple):
    """What reading one folder of files gave."""

    part: str
    readings: tuple[FileReading, ...]
    labels: Mapping[str, Mapping[str, str]]
    """What a person sees, by file."""
    seconds: float
    """From the first file to the last, with all processes."""

    @property
    def read(self) -> int:
        """Return how many files gave the whole of their text."""
        return sum(not reading.refusal for reading in self.readings)

    @property
    def shares(self) -> list[float]:
        """Return the shares of valid syllables, lowest first."""
        return sorted(reading.share for reading in self.readings)

    @property
    def pages(self) -> int:
        """Return the pages of all files; 0 where the format has none."""
        return sum(reading.pages for reading in self.readings)

    def score(self, field: str) -> tuple[int, int, int]:
        """Return how many files have this field right, wrong (or made up) and missing."""
        verdicts = [self._judge(reading, field) for reading in self.readings]
        return verdicts.count("right"), verdicts.count("wrong"), verdicts.count("missing")

    def disagreements(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield file, field, what a person sees and what we read, where the two differ."""
        for reading in self.readings:
            for field in FIELDS:
                if self._judge(reading, field) != "right":
                    seen = self.labels[reading.name][field]
                    yield reading.name, field, seen, reading.found[field]

    def _judge(self, reading: FileReading, field: str) -> str:
        return judge(field, self.labels[reading.name][field], reading.found[field])


def judge(field: str, seen: str, found: str) -> str:
    """Return "right", "wrong" or "missing"; spelling without a meaning does not count.

    >>> judge("issuer", "Ủy ban nhân dân tỉnh Hòa Bình", "Uỷ ban nhân dân tỉnh Hoà Bình")
    'right'
    >>> judge("number", "15/2023/NQ-HĐND", "51/2023/NQ-HĐND"), judge("date", "2023-07-10", "-")
    ('wrong', 'missing')
    """
    if _key(field, seen) == _key(field, found):
        return "right"
    return "missing" if found == NOT_SEEN else "wrong"


def _key(field: str, value: str) -> object:
    if field == "number" and value != NOT_SEEN:
        return number_keys(value)[0]
    if field == "issuer":
        return frozenset(map(_even_name, value.split(";")))
    return value


def _even_name(name: str) -> str:
    """Return a body's name in full, without case, tone style and punctuation."""
    words = re.findall(r"\w+", unify_tone_style(clean_text(name).lower()))
    return " ".join(_SHORT.get(word, word) for word in words)


def measure(part: str, jobs: int = 2) -> PartFigures:
    """Return the figures of one of PARTS; FileNotFoundError without the files."""
    labels = read_labels(part)
    paths = [FILES / part / name for name in labels]
    started = time.perf_counter()
    with worker_pool(jobs, preload) as run:
        readings = tuple(run(read_file, ((path,) for path in paths)))
    return PartFigures(part, readings, labels, time.perf_counter() - started)


def read_labels(part: str) -> dict[str, dict[str, str]]:
    """Return what a person sees in each file of a part; each file must have a label."""
    with (LABELS / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        labels = {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}
    unlabelled = {path.name for path in (FILES / part).iterdir()} ^ labels.keys()
    if unlabelled:
        raise LookupError(f"{part}.tsv and its folder differ in {sorted(unlabelled)}; label them")
    return labels


def read_file(path: Path) -> FileReading:
    """Return what the index would hold of this file."""
    started = time.perf_counter()
    try:
        document = inspect_file(path)
    except (SkippedSourceError, UnreadableSourceError) as error:
        seconds = time.perf_counter() - started
        return FileReading(path.name, seconds, dict.fromkeys(FIELDS, NOT_SEEN), refusal=str(error))
    seconds = time.perf_counter() - started
    return FileReading(
        path.name,
        seconds,
        _found(document),
        syllable_share(document.text),
        len(document.pages),
        f"pages not read: {len(document.scans)}" if document.scans else "",
    )


def _found(document: CouncilDocument) -> dict[str, str]:
    return {
        "number": document.number or NOT_SEEN,
        "kind": NOT_SEEN if document.kind == UNKNOWN_KIND else document.kind,
        "issuer": document.issuer or NOT_SEEN,
        "date": document.issued_on.isoformat() if document.issued_on else NOT_SEEN,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of the parts asked for, or write the page; 1 without the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", choices=PARTS, action="append", help="one folder of files")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    parser.add_argument(
        "--write", nargs="*", metavar="SECTION", help="measure and write docs/reading-benchmarks.md"
    )
    options = parser.parse_args(arguments)
    if not FILES.is_dir():
        sys.stderr.write("needs ../shared/data/files beside the project\n")
        return 1
    if options.write is not None:
        # Only here: the page asks every other benchmark for its figures.
        from tests.benchmarks.reading_page import write_page

        sys.stdout.write(f"wrote {write_page(options.jobs, options.write)}\n")
        return 0
    for part in options.part or PARTS:
        sys.stdout.writelines(f"{line}\n" for line in _report(measure(part, options.jobs)))
    return 0


def _report(figures: PartFigures) -> Iterator[str]:
    files, shares = len(figures.readings), figures.shares
    yield f"{figures.part}: {figures.read} of {files} files read"
    yield f"  valid syllables: lowest {shares[0]:.2%}, median {median(shares):.2%}"
    for field in FIELDS:
        right, wrong, missing = figures.score(field)
        yield f"  {field}: {right} right, {wrong} wrong, {missing} missing"
    for name, field, seen, found in figures.disagreements():
        yield f"    {name} {field}: expected {seen}, got {found}"
    for reading in figures.readings:
        if reading.refusal:
            yield f"    {reading.name}: {reading.refusal}"
    yield f"  {sum(r.seconds for r in figures.readings) / files:.2f} s a file in its process"
    pages = f"{figures.pages / figures.seconds:.2f} pages a second, " if figures.pages else ""
    yield f"  {pages}{files / figures.seconds:.2f} files a second altogether"


if __name__ == "__main__":
    sys.exit(main())
