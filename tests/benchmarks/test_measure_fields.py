"""The benchmark of fields counts what it says, on documents of our own."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import measure_fields
from tests.reading.metadata.papers import paper

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def _labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay three made-up documents and a correction where the benchmark looks."""
    common = {
        "title": "Nghị quyết",
        "type": "Nghị quyết",
        "number": "12/2023/NQ-\u041dĐND",
        "issued": "2023-07-10",
        "effective": "01/08/2023",
    }
    text = paper(end="Nghị quyết này có hiệu lực từ ngày 01/8/2023.").split("\n")
    labels = [
        {**common, "file": "right", "paragraphs": text},
        {**common, "file": "wrong", "paragraphs": text, "issued": "2020-01-01", "effective": None},
        {**common, "file": "blank", "paragraphs": ["Thông tin", "Không có gì."], "issued": None},
    ]
    exported = tmp_path / "labelled.jsonl.gz"
    with gzip.open(exported, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(label) + "\n" for label in labels)
    corrections = tmp_path / "corrections.tsv"
    corrections.write_text("id\tfield\tvalue\treason\nblank\tnumber\t-\tnone\n", encoding="utf-8")
    monkeypatch.setattr(measure_fields, "LABELLED", exported)
    monkeypatch.setattr(measure_fields, "CORRECTIONS", corrections)


@pytest.mark.usefixtures("_labelled")
def test_each_document_is_counted_once() -> None:
    """Right, wrong, missing, not stated and unlabelled are told apart."""
    scores = measure_fields.measure()
    number, issued = scores["number"], scores["issued_on"]
    assert (number.right, number.wrong, number.missing, number.absent) == (2, 0, 0, 1)
    assert (issued.right, issued.wrong, issued.unlabelled) == (1, 1, 1)
    assert (issued.precision, issued.recall) == (0.5, 0.5)
    assert scores["effective_on"].missing == 1
    assert measure_fields.measure(corrected=False)["number"].missing == 1


@pytest.mark.usefixtures("_labelled")
def test_the_command_shows_each_disagreement(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a field, and with --show one a disagreement."""
    assert measure_fields.main(["--show"]) == 0
    printed = capsys.readouterr().out
    assert "number\t2\t0\t0\t1\t0\t100.0%\t100.0%" in printed
    assert "issued_on\twrong: expected 2020-01-01, got 2023-07-10" in printed


def test_without_the_documents_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It needs the shared data beside the project."""
    monkeypatch.setattr(measure_fields, "LABELLED", tmp_path / "none")
    assert measure_fields.main([]) == 1
    assert "needs ../shared" in capsys.readouterr().err


def test_every_correction_names_a_field_and_a_reason() -> None:
    """The table holds a document, a field, a value and why, each filled."""
    lines = measure_fields.CORRECTIONS.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines[1:]]
    assert all(len(row) == 4 and all(row) for row in cells)
    assert {row[1] for row in cells} <= set(measure_fields.FIELDS)
    assert len({(row[0], row[1]) for row in cells}) == len(cells)
