"""Single records are looked at, listed for review and corrected from the command line."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.cli_exit import USAGE

if TYPE_CHECKING:
    from pathlib import Path

ACT = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH MẪU\n-------\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/2023/NQ-HĐND\nMẫu, ngày 10 tháng 7 năm 2023\n\nNGHỊ QUYẾT\n"
    "Quy định mức thu học phí\n\nHỘI ĐỒNG NHÂN DÂN TỈNH MẪU\nKHÓA XVI, KỲ HỌP THỨ 12\n\n"
    "Điều 1. Mức thu học phí của năm học mới được giữ như năm học trước.\n"
    "Điều 2. Nghị quyết này có hiệu lực từ ngày 20 tháng 7 năm 2023.\n\n"
    "CHỦ TỊCH\n\nNguyễn Văn Mẫu\n"
)


def run_json(*words: object, code: int = 0) -> Any:
    """Return what a verb answers as JSON."""
    result = CliRunner().invoke(main, [*map(str, words), "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with an act that has a number and one whose number is blank."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "act.txt").write_text(ACT, encoding="utf-8")
    blank = ACT.replace("12/2023/NQ-HĐND", "      /2023/NQ-HĐND")
    (folder / "blank.txt").write_text(blank, encoding="utf-8")
    return folder


def test_inspect_gives_record_evidence_text_and_pages(source: Path) -> None:
    """The four parts have stable names, and a file needs no index to be looked at."""
    told = run_json("inspect", source / "act.txt")
    assert {"record", "evidence", "text", "pages"} <= told.keys()
    record = told["record"]
    assert (record["number"], record["number_key"]) == ("12/2023/NQ-HĐND", "12/2023/nq-hdnd")
    assert (record["kind"], record["issued_on"]) == ("Nghị quyết", "2023-07-10")
    assert {"text", "page", "confidence"} <= told["evidence"]["issued_on"].keys()
    assert told["pages"] == 1
    assert "Mức thu học phí của năm học mới" in told["text"]


def test_inspect_shows_the_text_to_people_too(source: Path) -> None:
    """Record first, text last."""
    result = CliRunner().invoke(main, ["inspect", str(source / "act.txt")])
    assert "number        12/2023/NQ-HĐND\n" in result.stdout
    assert result.stdout.rstrip().endswith("Nguyễn Văn Mẫu")


def test_inspect_tells_why_a_file_has_no_record(tmp_path: Path) -> None:
    """A missing file is a wrong argument; a broken one is a failure."""
    assert CliRunner().invoke(main, ["inspect", str(tmp_path / "gone.txt")]).exit_code == 2
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing that follows is a PDF")
    assert run_json("inspect", broken, code=1)["error"]["message"]


def test_a_correction_lives_through_every_rebuild(source: Path, tmp_path: Path) -> None:
    """What a reviewer gives wins, leaves the review list, and counts in the next build too."""
    index = tmp_path / "index"
    run_json("build", source, "--into", index)
    reviews = run_json("review", "--index", index)["reviews"]
    assert reviews[0]["id"] == "blank.txt"
    assert ("number", "missing") in {(d["field"], d["why"]) for d in reviews[0]["doubts"]}

    told = run_json("correct", source, "blank.txt", "number=13/2023/NQ-HĐND", "--by", "Văn thư")
    assert told == {"id": "blank.txt", "corrected": ["number"], "overrides": "overrides.jsonl"}
    assert run_json("update", source, "--index", index)["changed"] == 1
    run_json("build", source, "--into", index)

    [hit] = run_json("search", "13/2023/NQ-HĐND", "--index", index)["hits"][:1]
    assert (hit["id"], hit["number"]) == ("blank.txt", "13/2023/NQ-HĐND")
    doubts = {
        (review["id"], doubt["field"])
        for review in run_json("review", "--index", index)["reviews"]
        for doubt in review["doubts"]
    }
    assert ("blank.txt", "number") not in doubts
    evidence = run_json("inspect", source / "blank.txt")["evidence"]["number"]
    assert (evidence["how"], evidence["text"]) == ("corrected", "13/2023/NQ-HĐND")


def test_review_shows_as_many_documents_as_asked(source: Path, tmp_path: Path) -> None:
    """The count tells how many there are; 0 lists them all."""
    index = tmp_path / "index"
    run_json("build", source, "--into", index)
    total = run_json("review", "--index", index)["documents"]
    assert len(run_json("review", "--index", index, "--limit", 1)["reviews"]) == 1
    assert len(run_json("review", "--index", index, "--limit", 0)["reviews"]) == total


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("gone.txt", "number=1/NQ-HĐND"), "no document has the id 'gone.txt'"),
        (("act.txt", "issued_on=31/02/2024"), "no possible date"),
        (("act.txt", "colour=red"), "'colour' is no field of a record"),
        (("act.txt", "kind="), "leaves kind empty"),
        (("act.txt", "number"), "is not FIELD=VALUE"),
    ],
)
def test_a_correction_that_can_not_be_is_refused(
    words: tuple[str, str], reason: str, source: Path
) -> None:
    """The message says what is wrong, and nothing is written."""
    result = CliRunner().invoke(main, ["correct", str(source), *words])
    assert result.exit_code == USAGE
    assert reason in result.stderr
    assert not (source / "overrides.jsonl").exists()


def test_a_document_is_corrected_by_the_name_one_can_type(source: Path) -> None:
    """A file may be stored with its marks apart; the line names it as it is stored."""
    apart = unicodedata.normalize("NFD", "nghị quyết.txt")
    (source / apart).write_text(ACT, encoding="utf-8")
    run_json("correct", source, "nghị quyết.txt", "number=5/NQ-HĐND")
    evidence = run_json("inspect", source / apart)["evidence"]["number"]
    assert (evidence["how"], evidence["text"]) == ("corrected", "5/NQ-HĐND")
