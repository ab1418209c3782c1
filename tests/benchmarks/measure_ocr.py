"""Measure OCR on the scans beside the project: errors in the text, letterheads, pages a second.

Usage: python -m tests.benchmarks.measure_ocr [--keep FOLDER] [--show]

The text of a scan is compared with the Word file of the same name, from the first "Căn cứ" to the
signature, letters and digits only, case as it is, both schools of tone placement as one. With
--keep, recognised pages are kept in a folder and not recognised again; --show lists what differs.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language.text import clean_text, fold, unify_tone_style
from indexer.reading.extract.ocr import ocr_engine, ocr_missing, recognise_pages
from indexer.reading.extract.ocr_page import OCR_VERSION, OcrPage, page_from_json, page_to_json
from indexer.reading.extract.ocr_text import read_ocr_pages
from indexer.reading.extract.page_frame import strip_page_frames
from indexer.reading.metadata.number import number_keys
from indexer.reading.metadata.record import describe_file
from indexer.records import ExtractedText, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.records import CouncilDocument

SHARED = Path(__file__).parents[3] / "shared" / "data" / "files"
LABELS = Path(__file__).parent / "labels" / "scanned.tsv"
NOTHING = "-"
FIELDS = ("number", "kind", "issuer", "date")
_MOST_PAGES = 200
_FIRST = re.compile(r"C[ăaâ]n c[ứưúu]\b")
_SIGNATURE = re.compile(
    r"^\W*(?:Nơi nhận|(?:TM|KT)\.|(?:PHÓ )?(?:THỦ TƯỚNG|CHỦ TỊCH|(?:BỘ|THỨ) TRƯỞNG)\W*$)"
    r"|THỦ TƯỚNG  +",
    re.MULTILINE,
)


class ScanResult(NamedTuple):
    """What became of one scan."""

    name: str
    pages: int
    confidence: float
    errors: int | None
    """Letters wrong, missing or too many; None where there is no Word file to compare with."""
    letters: int
    fields: Mapping[str, tuple[str, str]]
    """What a person reads in the letterhead and what we read, where they differ."""
    differences: tuple[str, ...] = ()

    @property
    def error_rate(self) -> float:
        """Return the character error rate."""
        return (self.errors or 0) / max(self.letters, 1)


class OcrFigures(NamedTuple):
    """What became of all scans."""

    engine: str
    scans: tuple[ScanResult, ...]
    labelled: int
    """Scans whose letterhead a person has read."""
    recognised: int
    """Pages that were recognised now, and not kept from before."""
    seconds: float
    """That recognising took, on one core."""

    @property
    def rates(self) -> list[float]:
        """Return the error rates of the scans that can be compared, lowest first."""
        return sorted(scan.error_rate for scan in self.scans if scan.errors is not None)

    def hits(self, field: str) -> int:
        """Return in how many labelled letterheads the field is right."""
        return self.labelled - sum(field in scan.fields for scan in self.scans)

    def wrong(self, field: str) -> int:
        """Return in how many labelled letterheads the field holds something else."""
        return sum(scan.fields.get(field, ("", NOTHING))[1] != NOTHING for scan in self.scans)


def measure(keep: Path | None = None) -> OcrFigures:
    """Return the figures of all scans beside the project; FileNotFoundError without them."""
    labels = _read_labels()
    scans, recognised, seconds = [], 0, 0.0
    for path in sorted((SHARED / "scanned").glob("*.pdf")):
        pages, took = _recognise(path, keep)
        recognised += len(pages) if took else 0
        seconds += took
        scans.append(_judge(path, pages, labels.get(path.name)))
    if not scans:
        raise FileNotFoundError(SHARED)
    return OcrFigures(ocr_engine(), tuple(scans), len(labels), recognised, seconds)


def _recognise(path: Path, keep: Path | None) -> tuple[list[OcrPage], float]:
    """Return the pages of a scan and the seconds that they took; 0 when they were kept."""
    kept = keep / f"{path.stem}.{OCR_VERSION}.json" if keep else None
    if kept and kept.exists():
        return [page_from_json(page) for page in json.loads(kept.read_text(encoding="utf-8"))], 0.0
    start = time.perf_counter()
    pages = list(recognise_pages(path.read_bytes(), range(_MOST_PAGES)))
    took = time.perf_counter() - start
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([page_to_json(page) for page in pages]), encoding="utf-8")
    return pages, took


def _judge(path: Path, pages: list[OcrPage], label: Mapping[str, str] | None) -> ScanResult:
    read = read_ocr_pages(pages)
    texts, _ = strip_page_frames([page.lines for page in read])
    word_file = SHARED / "doc" / f"{path.stem}.doc"
    text = "\n".join(texts)
    errors, letters, differences = (
        _compare(_read_word(word_file), text) if word_file.exists() else (None, 0, ())
    )
    return ScanResult(
        path.name,
        len(pages),
        round(sum(page.confidence for page in read) / max(len(read), 1), 3),
        errors,
        letters,
        _compare_letterhead(_describe(path, texts), label) if label else {},
        differences,
    )


def _describe(path: Path, texts: list[str]) -> CouncilDocument:
    extracted = ExtractedText(tuple(texts), "application/pdf", "tesseract")
    return describe_file(SourceFile(path.name, path.name, path, ""), extracted)


def _compare_letterhead(
    document: CouncilDocument, label: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return the fields that differ from what a person reads; spelling and case aside."""
    read = {
        "number": document.number or NOTHING,
        "kind": document.kind,
        "issuer": document.issuer or NOTHING,
        "date": document.issued_on.isoformat() if document.issued_on else NOTHING,
    }
    return {
        field: (label[field], read[field])
        for field in FIELDS
        if _key(field, label[field]) != _key(field, read[field])
    }


def _key(field: str, value: str) -> object:
    if field == "number" and value != NOTHING:
        return number_keys(value)
    return " ".join(re.findall(r"\w+", fold(value).lower()))


def _read_labels() -> dict[str, dict[str, str]]:
    if not LABELS.exists():
        return {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {_with_suffix(row["file"]): row for row in rows}


def _with_suffix(name: str) -> str:
    return name if name.endswith(".pdf") else f"{name}.pdf"


def _read_word(path: Path) -> str:
    command = ["antiword", "-m", "UTF-8.txt", "-w", "0", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8").replace("|", " ")


def _compare(word: str, scan: str) -> tuple[int, int, tuple[str, ...]]:
    """Return errors, letters compared and the places that differ."""
    truth = _plain(_take_body(word)[0])
    best = min(
        (_plain(body) for body in _take_body(scan)), key=lambda body: abs(len(body) - len(truth))
    )
    return count_errors(truth, best), len(truth), tuple(_list_differences(truth, best))


def _take_body(text: str) -> list[str]:
    """Return what may be the body: from the first căn cứ to each place that looks signed."""
    first = _FIRST.search(text)
    body = text[first.start() :] if first else text
    return [body[: found.start()] for found in _SIGNATURE.finditer(body)] or [body]


def _plain(text: str) -> str:
    """Return letters and digits with single spaces, every tone placed in one style."""
    text = clean_text(text)
    pairs = zip(text, unify_tone_style(text.lower()), strict=True)
    unified = "".join(new.upper() if old.isupper() else new for old, new in pairs)
    return " ".join(re.findall(r"[^\W_]+", unified))


def count_errors(truth: str, read: str) -> int:
    """Return the least number of letters to change, add or drop (Levenshtein's distance).

    >>> count_errors("tổ chức", "tô chưc"), count_errors("", "ab"), count_errors("ab", "")
    (2, 2, 2)
    """
    letters = np.array([ord(letter) for letter in read], dtype=np.int64)
    places = np.arange(len(read) + 1)
    row = places.copy()
    for letter in truth:
        above = row + 1
        above[1:] = np.minimum(above[1:], row[:-1] + (letters != ord(letter)))
        # Letters too many: each place may follow from any before it, one more for each step.
        row = np.minimum.accumulate(above - places) + places
    return int(row[-1])


def _list_differences(truth: str, read: str) -> Iterator[str]:
    left, right = truth.split(), read.split()
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            before = " ".join(left[max(a - 2, 0) : a])
            yield f"{before} [{' '.join(left[a:b])} > {' '.join(right[c:d])}]"


def _show(figures: OcrFigures, *, differences: bool) -> Iterator[str]:
    yield "scan           pages  confidence  errors    rate  letterhead"
    for scan in figures.scans:
        errors = f"{scan.errors or 0:6} {scan.error_rate:7.2%}"
        errors = "     -       -" if scan.errors is None else errors
        wrong = "; ".join(f"{f}: {r!r} for {t!r}" for f, (t, r) in scan.fields.items())
        yield f"{scan.name:14} {scan.pages:5}  {scan.confidence:10.3f}  {errors}  {wrong}"
        if differences:
            yield from (f"    {difference}" for difference in scan.differences)
    if rates := figures.rates:
        yield f"character error rate: median {median(rates):.2%}, worst {rates[-1]:.2%}"
    for field in FIELDS:
        hits, misses = figures.hits(field), figures.wrong(field)
        yield f"{field}: {hits} of {figures.labelled} letterheads right, {misses} wrong"
    if figures.recognised:
        speed = figures.seconds / figures.recognised
        yield f"{figures.engine}: {figures.recognised} pages, {speed:.2f} s a page on one core"


def main() -> int:
    """Print the figures; 1 when the scans or the programs are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder for recognised pages")
    parser.add_argument("--show", action="store_true", help="list the differences")
    chosen = parser.parse_args()
    if missing := ocr_missing():
        sys.stderr.write(f"needs OCR: {missing}\n")
        return 1
    try:
        figures = measure(chosen.keep)
    except FileNotFoundError:
        sys.stderr.write("needs ../shared/data/files/scanned beside the project\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in _show(figures, differences=chosen.show))
    return 0


if __name__ == "__main__":
    sys.exit(main())
