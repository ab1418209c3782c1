"""The judge of the reading benchmark, and the labels that it judges by."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from indexer.reading.metadata.number import number_keys
from indexer.records import Refusal
from tests.benchmarks.measure_fields import Score
from tests.benchmarks.measure_hostile import HostileResult
from tests.benchmarks.measure_ocr import OcrFigures, ScanResult
from tests.benchmarks.measure_reading import (
    FIELDS,
    FILES,
    LABELS,
    NOT_SEEN,
    PARTS,
    FileReading,
    PartFigures,
    judge,
    main,
    read_labels,
)
from tests.benchmarks.reading_page import (
    Speed,
    compose_fields,
    compose_hostile,
    compose_ocr,
    compose_parts,
    compose_speeds,
)

SEEN = {
    "number": "15/2023/NQ-HĐND",
    "kind": "nghị quyết",
    "issuer": "Hội đồng nhân dân tỉnh Sông Hoà",
    "date": "2023-07-10",
}


def _figures(*readings: FileReading) -> PartFigures:
    labels = {reading.name: {"file": reading.name, **SEEN} for reading in readings}
    return PartFigures("doc", readings, labels, seconds=4.0)


@pytest.mark.parametrize(
    ("field", "seen", "found", "verdict"),
    [
        ("issuer", "Hội đồng nhân dân tỉnh Sông Hòa", "HĐND tỉnh Sông Hoà", "right"),
        ("issuer", "Bộ Gió; Bộ Mây", "Bộ Mây; Bộ Gió", "right"),
        ("issuer", "Bộ Gió; Bộ Mây", "Bộ Gió", "wrong"),
        ("number", "15/2023/NQ-HĐND", "15/2023/NQ-HDND", "right"),
        ("number", "15/2023/NQ-HĐND", "15/NQ-HĐND", "wrong"),
        ("date", NOT_SEEN, NOT_SEEN, "right"),
        ("date", NOT_SEEN, "2023-07-10", "wrong"),
        ("date", "2023-07-10", NOT_SEEN, "missing"),
    ],
)
def test_spelling_is_forgiven_and_invention_is_not(
    field: str, seen: str, found: str, verdict: str
) -> None:
    """Short forms, tone styles and order mean the same; a value that nobody sees is wrong."""
    assert judge(field, seen, found) == verdict


def test_a_file_that_was_not_read_misses_every_field() -> None:
    """A refusal counts against the fields, the syllables and the number of files read."""
    lost = FileReading("b.doc", 1.0, dict.fromkeys(FIELDS, NOT_SEEN), refusal="broken")
    figures = _figures(FileReading("a.doc", 1.0, SEEN, share=0.99), lost)
    assert figures.read == 1
    assert figures.shares == [0.0, 0.99]
    assert {figures.score(field) for field in FIELDS} == {(1, 0, 1)}


def test_the_page_lists_what_differs_and_what_was_refused() -> None:
    """A reader of the page sees each wrong value beside the right one, and each reason."""
    wrong = FileReading("a.doc", 1.0, {**SEEN, "date": "2023-10-07"}, share=0.98)
    lost = FileReading("b.doc", 1.0, SEEN, refusal="pages not read: 2")
    lines = list(compose_parts([_figures(wrong, lost)]))
    assert "| doc | 1 of 2 | 0.00% | 49.00% | 2 / 0 / 0 | 2 / 0 / 0 | 2 / 0 / 0 | 1 / 1 / 0 |" in (
        lines
    )
    assert "- doc/a.doc, date: 2023-07-10; we read 2023-10-07" in lines
    assert "- doc/b.doc: pages not read: 2" in lines


def test_files_without_pages_have_no_speed_in_pages() -> None:
    """A Word file has no pages until it is printed, so no figure is made up for it."""
    lines = list(compose_speeds({"Word": Speed(8, 0, 4.0), "PDF": Speed(8, 24, 4.0)}, jobs=2))
    assert "| Word | 8 | - | 2.00 | - |" in lines
    assert "| PDF | 8 | 24 | 2.00 | 6.00 |" in lines


def test_the_page_tells_errors_of_ocr_from_scans_without_a_word_file() -> None:
    """The rate is that of the scans that can be compared; the letterheads are all scans'."""
    compared = ScanResult("a.pdf", 2, 0.9, errors=3, letters=300, fields={})
    alone = ScanResult("b.pdf", 1, 0.8, errors=None, letters=0, fields={"date": ("x", "y")})
    figures = OcrFigures("tesseract 5", (compared, alone), labelled=2, recognised=3, seconds=6.0)
    lines = list(compose_ocr(figures))
    assert "- character error rate over 1 scans: median 1.00%," in lines
    assert "- date: 1 of 2 letterheads right" in lines
    assert "- 2.00 s a page on one core, over 3 pages" in lines
    assert "| a.pdf | 2 | 300 | 3 | 1.00% |" in lines


def test_the_page_gives_precision_beside_recall() -> None:
    """A field that is often missing but never wrong is told from one that is made up."""
    score = Score()
    for truth, found in (("a", "a"), ("b", ""), ("-", "")):
        score.add("file", truth, found)
    assert "| number | 1 | 0 | 1 | 1 | 100.0% | 50.0% |" in list(compose_fields({"number": score}))


def test_the_page_counts_hostile_files_with_and_without_a_reason() -> None:
    """A refusal without a reason is no answer."""
    torn = Refusal("b.pdf", "")
    result = HostileResult(
        total=3,
        indexed=1,
        refusals=(Refusal("a.pdf", "empty"), torn),
        torn=(torn,),
        leaks=(),
        seconds=5.0,
        slowest=((3.0, 2.0, "a.pdf"),),
        growth_bytes=2**21,
        peak_bytes=2**22,
    )
    lines = list(compose_hostile(result))
    assert "- answered: 2 of 3 (1 documents," in lines
    assert "- slowest file: 3.0 s" in lines
    assert "- our memory grew by 2 MiB," in lines


@pytest.mark.parametrize("part", PARTS)
def test_labels_are_numbers_and_days(part: str) -> None:
    """Each label has a number that has a key, a day of the calendar, a kind and an issuer."""
    with (LABELS / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            assert number_keys(row["number"]), row
            assert date.fromisoformat(row["date"]).year >= 1945, row
            assert row["kind"], row
            assert row["issuer"], row


@pytest.mark.shared
@pytest.mark.parametrize("part", PARTS)
def test_every_real_file_has_a_label(part: str) -> None:
    """No file is left out of the measure because nobody looked at it."""
    if not FILES.is_dir():
        pytest.skip("needs ../shared/data/files beside the project")
    assert read_labels(part)


def test_without_the_files_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the project alone gets a sentence, not a traceback."""
    monkeypatch.setattr("tests.benchmarks.measure_reading.FILES", LABELS / "nowhere")
    assert main([]) == 1
    assert "beside the project" in capsys.readouterr().err
