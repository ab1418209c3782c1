"""Real files become an index, and stay one whatever happens."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from indexer import pipeline
from indexer.answers import search
from indexer.answers.search import SearchService
from indexer.errors import (
    LockedIndexError,
    NoIndexError,
    SkippedSourceError,
    SourceError,
    UnreadableSourceError,
)
from indexer.operations import (
    build_index,
    index_stats,
    is_current,
    roll_back,
    update_index,
    verify_index,
)
from indexer.reading.metadata.record import describe_file
from indexer.reading.overrides import add_correction
from indexer.review import inspect_file
from indexer.search_records import SearchRequest
from indexer.store.generations import LIBRARY, current_name, write_lock
from indexer.store.library import Library

if TYPE_CHECKING:
    from pathlib import Path

NEWS = "Sáng ngày 5/3/2024, Thường trực HĐND tỉnh Phú Yên tổ chức hội nghị bàn về {}.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder with three reports, one empty file and one of unknown type."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name, topic in {"a.txt": "học phí", "b.txt": "giá đất", "c.txt": "rác thải"}.items():
        (folder / name).write_text(NEWS.format(topic), encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "x.zzz").write_bytes(bytes(range(256)))
    return folder


def ids(index: Path, q: str) -> list[str]:
    """Return the ids that a query finds, in order."""
    return sorted(h.id for h in SearchService(index).search(SearchRequest(q=q)).hits)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_source_is_indexed_skipped_or_failed(source: Path, tmp_path: Path, jobs: int) -> None:
    """Nothing vanishes, whatever the number of processes."""
    report = build_index(source, tmp_path / "index", jobs=jobs)
    assert report.found == 5
    assert report.found == report.indexed + len(report.skipped) + len(report.failed)
    assert report.indexed == report.added == 3
    assert {r.path for r in (*report.skipped, *report.failed)} == {"empty.txt", "x.zzz"}
    assert all(r.reason for r in (*report.skipped, *report.failed))
    assert ids(tmp_path / "index", "hội nghị") == ["a.txt", "b.txt", "c.txt"]


def test_any_number_of_jobs_gives_the_same_order(source: Path, tmp_path: Path) -> None:
    """Results do not depend on which process was quicker."""
    for n in range(30):
        (source / f"n{n:02}.txt").write_text(NEWS.format("học phí"), encoding="utf-8")
        (source / f"m{n:02}.txt").write_bytes(b"" if n % 2 else bytes(range(256)))
    orders = []
    for jobs in (1, 2):
        report = build_index(source, tmp_path / f"index{jobs}", jobs=jobs)
        ranked = SearchService(tmp_path / f"index{jobs}").rank("học phí", 100)
        orders.append((report.skipped, report.failed, ranked))
    assert orders[0] == orders[1]


def test_an_update_adds_redoes_and_removes(source: Path, tmp_path: Path) -> None:
    """It costs what the change costs: unchanged segments are the same files."""
    index = tmp_path / "index"
    build_index(source, index)
    (source / "a.txt").write_text(NEWS.format("chuyển đổi số"), encoding="utf-8")
    (source / "b.txt").unlink()
    (source / "d.txt").write_text(NEWS.format("cấp nước"), encoding="utf-8")
    report = update_index(source, index)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 1)
    assert ids(index, "hội nghị") == ["a.txt", "c.txt", "d.txt"]
    assert ids(index, '"học phí"') == ids(index, '"giá đất"') == []
    assert ids(index, '"chuyển đổi số"') == ["a.txt"]
    (source / "e.txt").write_text(NEWS.format("giao thông"), encoding="utf-8")
    update_index(source, index)
    # Of three documents and one, the one is the change.
    shared = {p.name: p.stat().st_nlink for p in index.glob("generations/*/*.shard")}
    assert sorted(shared.values()) == [1, 1, 2]
    assert len(verify_index(index)) == 3


def test_an_update_without_changes_makes_no_generation(source: Path, tmp_path: Path) -> None:
    """Nothing to do is done at once."""
    index = tmp_path / "index"
    first = build_index(source, index)
    second = update_index(source, index)
    assert second.generation == first.generation
    assert second.unchanged == 3
    assert second.added == second.changed == second.removed == 0


def test_many_small_updates_do_not_pile_up_segments(source: Path, tmp_path: Path) -> None:
    """Small shards are joined, with their segments; every document stays findable."""
    index = tmp_path / "index"
    build_index(source, index)
    for n in range(12):
        (source / f"n{n:02}.txt").write_text(NEWS.format(f"việc {n}"), encoding="utf-8")
        update_index(source, index)
    current = index / "generations" / str(current_name(index))
    assert len(list(current.glob("*.trm"))) <= 4
    assert len(list(current.glob("*.shard"))) <= 4
    assert len(ids(index, "hội nghị")) == 15


def test_a_file_that_can_no_longer_be_read_keeps_its_old_text(source: Path, tmp_path: Path) -> None:
    """It is reported as failed, and what was stored is not lost."""
    index = tmp_path / "index"
    build_index(source, index)
    (source / "a.txt").write_text("", encoding="utf-8")
    report = update_index(source, index)
    assert "a.txt" in {r.path for r in report.failed}
    assert report.found == report.indexed + len(report.skipped) + len(report.failed)
    assert ids(index, '"học phí"') == ["a.txt"]


def test_a_rollback_brings_the_documents_back(source: Path, tmp_path: Path) -> None:
    """Index and library agree in every kept generation."""
    index = tmp_path / "index"
    build_index(source, index)
    (source / "a.txt").unlink()
    update_index(source, index)
    assert ids(index, '"học phí"') == []
    roll_back(index)
    assert ids(index, '"học phí"') == ["a.txt"]
    assert SearchService(index).document("a.txt").document.text


def test_staleness_sees_content_not_times(source: Path, tmp_path: Path) -> None:
    """Touching a file changes nothing; changing, adding or removing one does."""
    index = tmp_path / "index"
    build_index(source, index)
    os.utime(source / "a.txt", (1, 1))
    assert is_current(source, index)
    (source / "new.txt").write_text("mới", encoding="utf-8")
    assert not is_current(source, index)
    (source / "new.txt").unlink()
    assert is_current(source, index)
    (source / "a.txt").write_text("khác", encoding="utf-8")
    assert not is_current(source, index)


def test_a_source_that_is_not_there_leaves_the_index_alone(source: Path, tmp_path: Path) -> None:
    """Missing or empty folders are errors, not empty indexes."""
    index = tmp_path / "index"
    build_index(source, index)
    (tmp_path / "nothing").mkdir()
    for bad in ("missing", "nothing"):
        with pytest.raises(SourceError):
            build_index(tmp_path / bad, index)
        with pytest.raises(SourceError):
            update_index(tmp_path / bad, index)
    assert len(ids(index, "hội nghị")) == 3
    with pytest.raises(SourceError):
        build_index(tmp_path / "missing", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_build_in_which_everything_fails_leaves_the_index_alone(
    source: Path, tmp_path: Path
) -> None:
    """The report says what failed; readers keep what they had."""
    index = tmp_path / "index"
    before = build_index(source, index)
    for name in ("a.txt", "b.txt", "c.txt"):
        (source / name).write_text("")
    report = build_index(source, index)
    assert report.indexed == 0
    assert len(report.failed) + len(report.skipped) == 5
    assert report.generation == before.generation
    assert len(ids(index, "hội nghị")) == 3


def test_nothing_is_extracted_twice(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build takes what the library holds."""
    index = tmp_path / "index"
    build_index(source, index)

    def refuse(*_: object) -> None:
        pytest.fail("extracted again")

    monkeypatch.setattr(pipeline, "extract_file", refuse)
    (source / "empty.txt").unlink()
    (source / "x.zzz").unlink()
    assert build_index(source, index).indexed == 3


def test_new_facts_about_an_old_file_need_no_new_extraction(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest may change; the bytes did not."""
    index = tmp_path / "index"
    build_index(source, index)
    lines = [{"path": f"{n}.txt", "category": "Mới"} for n in "abc"]
    manifest = "\n".join(json.dumps(line) for line in lines)
    (source / "manifest.jsonl").write_text(manifest, encoding="utf-8")
    monkeypatch.setattr(pipeline, "extract_file", lambda *_: pytest.fail("extracted again"))
    assert update_index(source, index).changed == 3
    assert index_stats(index).by_facet["category"] == {"Mới": 3}


def test_an_odd_document_never_ends_a_batch(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in our own reading of one file is a reason in the report."""

    def stumble(file: object, extract: object) -> object:
        if getattr(file, "path", "") == "b.txt":
            raise ZeroDivisionError("odd")
        return describe(file, extract)  # type: ignore[arg-type]

    describe = describe_file
    monkeypatch.setattr(pipeline, "describe_file", stumble)
    report = build_index(source, tmp_path / "index")
    assert report.indexed == 2
    assert any("ZeroDivisionError" in r.reason for r in report.failed if r.path == "b.txt")


def test_an_export_is_indexed_line_by_line(tmp_path: Path) -> None:
    """Titles alone are enough, ids stay as they are, and bad lines are named."""
    export = tmp_path / "export.jsonl.gz"
    lines = [
        '{"id": "pd:1 a/b", "title": "Mức thu học phí", "text": "Điều 1. Học phí."}',
        '{"id": "2", "title": "Giá đất"}',
        "{broken",
        '{"id": "pd:1 a/b", "title": "cùng một mã"}',
    ]
    export.write_bytes(gzip.compress("\n".join(lines).encode()))
    report = build_index(export, tmp_path / "index")
    assert (report.found, report.indexed) == (4, 2)
    assert [r.path for r in report.failed] == ["export.jsonl.gz:3", "export.jsonl.gz:4"]
    assert ids(tmp_path / "index", "học phí") == ["pd:1 a/b"]
    assert SearchService(tmp_path / "index").document("2").original is None


def test_lines_that_only_move_are_unchanged(tmp_path: Path) -> None:
    """One line less at the top of an export is one document less, and no other work."""
    export, index = tmp_path / "export.jsonl", tmp_path / "index"
    lines = [json.dumps({"id": str(n), "text": f"học phí {n}"}) for n in range(20)]
    export.write_text("\n".join(lines), encoding="utf-8")
    build_index(export, index)
    moved = tmp_path / "moved.jsonl"
    moved.write_text("\n".join(lines[1:]), encoding="utf-8")
    report = update_index(moved, index)
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 1, 19)
    assert SearchService(index).search(SearchRequest(q="học phí")).total == 19


def test_a_cut_off_export_removes_nothing(tmp_path: Path) -> None:
    """What lay behind the break is not gone from the source; it could not be read."""
    export, index = tmp_path / "export.jsonl.gz", tmp_path / "index"
    lines = [json.dumps({"id": str(n), "text": f"học phí {n * 7919}"}) for n in range(500)]
    whole = gzip.compress("\n".join(lines).encode())
    export.write_bytes(whole)
    build_index(export, index)
    export.write_bytes(whole[: len(whole) // 2])
    report = update_index(export, index)
    assert report.failed
    assert report.removed == 0
    assert index_stats(index).documents == 500


def test_the_original_is_offered_while_it_is_the_same(source: Path, tmp_path: Path) -> None:
    """A changed or missing file is no longer the document's original."""
    index = tmp_path / "index"
    build_index(source, index)
    service = SearchService(index)
    assert service.document("a.txt").original == (source / "a.txt").resolve()
    (source / "a.txt").write_text("khác")
    assert service.document("a.txt").original is None
    (source / "a.txt").unlink()
    assert service.document("a.txt").original is None
    shutil.rmtree(source)
    assert service.document("b.txt").original is None


def test_an_update_mends_an_index_whose_library_was_lost(source: Path, tmp_path: Path) -> None:
    """The sources are read again, and every document can be opened."""
    index = tmp_path / "index"
    build_index(source, index)
    for path in index.glob("library.sqlite*"):
        path.unlink()
    update_index(source, index)
    verify_index(index)
    assert ids(index, "hội nghị") == ["a.txt", "b.txt", "c.txt"]
    assert SearchService(index).document("a.txt").document.text


def test_a_build_goes_past_a_generation_that_cannot_be_read(source: Path, tmp_path: Path) -> None:
    """The advice of the error, to build again, works."""
    index = tmp_path / "index"
    build_index(source, index)
    (index / "generations" / str(current_name(index)) / "generation.json").write_text("[]")
    report = build_index(source, index)
    assert verify_index(index) == (report.generation,)


def test_sources_that_may_not_be_read_offer_no_original(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site's user may have the index alone."""
    index = tmp_path / "index"
    build_index(source, index)

    def refuse(_path: Path) -> str:
        raise PermissionError("no")

    monkeypatch.setattr(search, "checksum_file", refuse)
    assert SearchService(index).document("a.txt").original is None


def test_stats_describe_the_index(source: Path, tmp_path: Path) -> None:
    """Counts per facet, size and history."""
    index = tmp_path / "index"
    report = build_index(source, index)
    stats = index_stats(index)
    assert stats.documents == 3
    assert stats.generation == report.generation
    assert stats.kept_generations == (report.generation,)
    assert stats.bytes > 1000
    assert stats.by_facet["level"] == {"tỉnh": 3}
    assert stats.by_facet["date"] == {"2024-03": 3}


def test_inspection_shows_the_record_or_the_reason(source: Path) -> None:
    """The same errors as in a build."""
    assert inspect_file(source / "a.txt").level == "tỉnh"
    with pytest.raises((SourceError, UnreadableSourceError)):
        inspect_file(source / "empty.txt")
    with pytest.raises(SkippedSourceError):
        inspect_file(source / "x.zzz")


def test_a_second_build_at_once_is_refused(source: Path, tmp_path: Path) -> None:
    """The first goes on undisturbed."""
    index = tmp_path / "index"
    with write_lock(index), pytest.raises(LockedIndexError):
        build_index(source, index)


def test_an_update_needs_an_index(source: Path, tmp_path: Path) -> None:
    """It says how to build one."""
    with pytest.raises(NoIndexError):
        update_index(source, tmp_path / "index")


def test_a_build_killed_half_way_leaves_the_old_index_serving(source: Path, tmp_path: Path) -> None:
    """Real SIGKILLs at many moments: readers always see one whole generation."""
    index = tmp_path / "index"
    build_index(source, index)
    for n in range(60):
        (source / f"n{n:02}.txt").write_text(NEWS.format("học phí") * 50, encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from indexer.operations import build_index\n"
        "build_index(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    for delay in (0.6, 1.2, 1.8, 2.4):
        process = subprocess.Popen([sys.executable, "-c", script, str(source), str(index)])
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        verify_index(index)
        assert len(ids(index, "hội nghị")) in {3, 20}
    assert build_index(source, index).indexed == 63
    assert SearchService(index).search(SearchRequest(q="hội nghị")).total == 63
    with Library(index / LIBRARY) as library:
        assert len(list(library.members(str(current_name(index))))) == 63


def test_progress_is_told_for_every_stage(source: Path, tmp_path: Path) -> None:
    """Each stage ends with all of it done."""
    told: list[tuple[str, int, int]] = []
    report = build_index(source, tmp_path / "index", progress=lambda *step: told.append(step))
    assert ("read", 5, 5) in told
    assert ("index", 3, 3) in told
    assert ("write", 3, 3) in told
    stages = ["read", "index", "merge", "write", "publish"]
    assert list(dict.fromkeys(stage for stage, _done, _total in told)) == stages
    assert list(report.stages) == stages
    # Each is rounded to a thousandth of a second, and so is the whole.
    assert 0 < sum(report.stages.values()) <= report.seconds + 0.0005 * (len(stages) + 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_moves_within_a_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """A block takes many seconds: its documents are counted as they are written."""
    # Here it takes less, so one looks more often.
    monkeypatch.setattr("indexer.workers._SECONDS_BETWEEN_TELLING", 0.02)
    export = tmp_path / "export.jsonl"
    lines = [json.dumps({"id": str(n), "text": "học phí " * 900}) for n in range(200)]
    export.write_text("\n".join(lines), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    build_index(
        export,
        tmp_path / "index",
        jobs=jobs,
        progress=lambda *step: told.append(step),
        block_documents=100,
    )
    written = [done for stage, done, _total in told if stage == "index"]
    assert written == sorted(written)
    assert written[-1] == 200
    assert set(written) - {0, 100, 200}


def test_a_correction_that_fits_nothing_keeps_no_document_of_an_export(tmp_path: Path) -> None:
    """What left the export leaves the index, also when a correction of it was left behind."""
    export, index = tmp_path / "docs.jsonl", tmp_path / "index"
    lines = [json.dumps({"id": id_, "title": id_, "text": "Học phí"}) for id_ in ("an", "bình")]
    export.write_text("\n".join(lines), encoding="utf-8")
    add_correction(export, {"id": "bình", "number": "5/NQ-HĐND"})
    build_index(export, index)
    export.write_text(lines[0], encoding="utf-8")
    report = update_index(export, index)
    assert (report.removed, len(report.skipped)) == (1, 1)
    assert ids(index, "học phí") == ["an"]


def test_a_broken_export_keeps_its_documents_beside_a_stray_correction(tmp_path: Path) -> None:
    """What stood behind the break may still be there."""
    export, index = tmp_path / "docs.jsonl.gz", tmp_path / "index"
    lines = [json.dumps({"id": id_, "title": id_, "text": "Học phí"}) for id_ in ("an", "bình")]
    packed = gzip.compress("\n".join(lines).encode())
    export.write_bytes(packed)
    add_correction(export, {"id": "gone", "number": "5/NQ-HĐND"})
    build_index(export, index)
    export.write_bytes(packed[:-6])
    assert update_index(export, index).removed == 0
    assert len(ids(index, "học phí")) == 2
