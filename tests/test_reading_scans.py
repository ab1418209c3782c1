"""A build reads scans by OCR once, and without OCR says what it needs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from indexer import content_key, pipeline
from indexer.operations import build_index, update_index
from indexer.reading.extract import ocr
from indexer.review import review_index
from indexer.store.generations import LIBRARY
from indexer.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

SCAN = Path("corpus/documents/nghi-quyet/nq-11-2026-hdnd-dac-khu-van-don.pdf")
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie"

needs_tesseract = pytest.mark.skipif(
    bool(ocr.ocr_missing()), reason=f"tesseract is not installed: {INSTALL}"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with one scanned act of the sample corpus."""
    folder = tmp_path / "source"
    folder.mkdir()
    shutil.copy(SCAN, folder / "scan.pdf")
    return folder


@pytest.fixture
def take_ocr_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a function after which there is no tesseract on this machine."""

    def take_away() -> None:
        def missing() -> str:
            return INSTALL

        for module in (ocr, pipeline, content_key):
            monkeypatch.setattr(module, "ocr_missing", missing)

    return take_away


@needs_tesseract
def test_a_scan_becomes_a_searchable_record(source: Path, tmp_path: Path) -> None:
    """The page says that a machine read it, and how sure that is."""
    report = build_index(source, tmp_path / "index")
    assert (report.indexed, report.skipped, report.failed) == (1, (), ())
    with Library(tmp_path / "index" / LIBRARY, writable=False) as library:
        [member] = library.members(report.generation)
        document = library.get_document(member.key)
    assert document.number == "11/NQ-HĐND"
    assert document.scans == ()
    assert min(document.ocr.values()) > 0.5


@needs_tesseract
def test_no_rebuild_recognises_a_page_twice(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    take_ocr_away: Callable[[], None],
) -> None:
    """Not when facts change, and not when the code that makes text of the words changes."""
    index = tmp_path / "index"
    build_index(source, index)
    take_ocr_away()
    facts = {"path": "scan.pdf", "title": "Nghị quyết quét"}
    (source / "manifest.jsonl").write_text(json.dumps(facts), encoding="utf-8")
    report = update_index(source, index)
    assert (report.changed, report.partly) == (1, ())

    monkeypatch.setattr(pipeline, "EXTRACTION_VERSION", 999)
    monkeypatch.setattr(content_key, "READING_VERSION", "another")
    report = update_index(source, index)
    assert (report.changed, report.skipped, report.partly) == (1, (), ())


@needs_tesseract
def test_pages_recognised_are_kept_when_the_record_fails(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    take_ocr_away: Callable[[], None],
) -> None:
    """A fault in reading the facts costs no second recognition once it is mended."""

    def stumble(*_: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "describe_file", stumble)
        assert len(build_index(source, tmp_path / "index").failed) == 1
    take_ocr_away()
    report = build_index(source, tmp_path / "index")
    assert (report.indexed, report.failed, report.partly) == (1, (), ())


def test_without_ocr_a_scan_is_left_aside_with_the_line_that_installs_it(
    source: Path, tmp_path: Path, take_ocr_away: Callable[[], None]
) -> None:
    """The build works, and everything else is indexed."""
    take_ocr_away()
    (source / "tin.txt").write_text("Tin ngắn về học phí.", encoding="utf-8")
    report = build_index(source, tmp_path / "index")
    assert report.indexed == 1
    [skipped] = report.skipped
    assert skipped.path == "scan.pdf"
    assert skipped.reason.startswith("needs OCR: ")
    assert INSTALL in skipped.reason


@needs_tesseract
def test_a_file_left_half_read_is_read_when_ocr_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, take_ocr_away: Callable[[], None]
) -> None:
    """Its text pages are found at once; the report and the review list name the others."""
    source, index = tmp_path / "source", tmp_path / "index"
    source.mkdir()
    write_half_scanned(source / "half.pdf")
    take_ocr_away()
    report = build_index(source, index)
    assert report.indexed == 1
    [partly] = report.partly
    assert partly.reason.startswith("needs OCR: pages 2")
    [review] = review_index(index)
    assert ("text", "unread") in {(doubt.field, doubt.why) for doubt in review.doubts}

    monkeypatch.undo()
    report = update_index(source, index)
    assert (report.changed, report.partly) == (1, ())
    unread = {doubt.why for review in review_index(index) for doubt in review.doubts}
    assert "unread" not in unread


@needs_tesseract
def test_a_picture_of_a_page_is_a_scan_too(tmp_path: Path) -> None:
    """Offices that photograph their papers keep them as TIFF or JPEG."""
    source = tmp_path / "source"
    source.mkdir()
    with pypdfium2.PdfDocument(SCAN) as scan:
        page = scan[0].render(scale=300 / 72).to_pil()
    page.save(source / "anh.tif")
    page.save(source / "anh.jpg", quality=85)
    index = tmp_path / "index"
    report = build_index(source, index)
    assert (report.indexed, report.skipped, report.failed) == (2, (), ())
    with Library(index / LIBRARY, writable=False) as library:
        found = [library.get_document(m.key) for m in library.members(report.generation)]
    assert {document.media_type for document in found} == {"image/tiff", "image/jpeg"}
    assert {document.number for document in found} == {"11/NQ-HĐND"}


def write_half_scanned(file: Path) -> None:
    """Write a PDF with a page of text, then the first page of the scan."""
    with pypdfium2.PdfDocument.new() as whole:
        text = next(Path("corpus/documents").glob("nghi-quyet/*.pdf"))
        for path, page in ((text, 0), (SCAN, 0)):
            with pypdfium2.PdfDocument(path) as part:
                whole.import_pages(part, [page])
        whole.save(file)
