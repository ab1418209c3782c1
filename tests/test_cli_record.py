"""A record is drawn with its evidence; a review with its doubts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer import cli_record
from indexer.language.text import clean_text
from indexer.records import (
    Attachment,
    Basis,
    Conflict,
    CouncilDocument,
    Division,
    Doubt,
    Evidence,
    Review,
)

DOCUMENT = CouncilDocument(
    id="seed.txt",
    path="seed.txt",
    sha256="ab" * 32,
    title="Hội nghị giao ban",
    text=clean_text("Sáng ngày 19/4, Thường trực HĐND thành phố Hà Nội"),
    kind="tin tức",
    category="Hoạt động HĐND huyện",
    level="tỉnh",
    media_type="text/plain",
    issued_on=date(2024, 4, 19),
    mentioned=("huyện", "xã"),
    pages=(0, 20),
    evidence={
        "issued_on": Evidence("inferred", "ngày 19/4", 5, 0.6),
        "category": Evidence("manifest"),
    },
)


def test_a_record_shows_how_each_field_is_known() -> None:
    """The value comes first, then how sure it is, its page and the words it rests on."""
    lines = cli_record.draw_record(DOCUMENT).splitlines()
    dated = lines.index("issued_on     2024-04-19")
    assert lines[dated + 1] == "              inferred, 60% sure, page 1: “ngày 19/4”"
    filed = lines.index("category      Hoạt động HĐND huyện")
    assert lines[filed + 1] == "              manifest, 100% sure"
    assert "number        —" in lines
    assert "mentioned     huyện, xã" in lines
    assert "text          49 characters, 2 pages" in lines
    assert "sample        no" in lines
    assert lines[-1] == DOCUMENT.text


def test_a_text_without_pages_counts_none() -> None:
    """Plain text has characters only."""
    drawn = cli_record.draw_record(replace(DOCUMENT, pages=(), sample=True))
    assert "text          49 characters\n" in drawn
    assert "sample        yes\n" in drawn


def test_a_record_shows_its_parts_and_what_speaks_against_it() -> None:
    """Legal bases, articles, attachments, disagreements and OCR each have a line."""
    document = replace(
        DOCUMENT,
        bases=(Basis("Luật Đất đai", 0),),
        divisions=(Division("điều", "1", "", 0, 9), Division("khoản", "1", "", 2, 9, 0)),
        conflicts=(Conflict("issued_on", "2024-04-19", "manifest", "2024-04-20"),),
        attachments=(Attachment("Phụ lục", "/pl.pdf"),),
        ocr={0: 0.91},
        scans=(1,),
    )
    drawn = cli_record.draw_record(document)
    assert "basis         Luật Đất đai\n" in drawn
    assert "divisions     1 điều among 2 parts\n" in drawn
    assert "issued_on: kept '2024-04-19' (manifest), the text says '2024-04-20'" in drawn
    assert "attachment    Phụ lục </pl.pdf>\n" in drawn
    assert "1 of them by OCR (least sure 91%), 1 pages unread" in " ".join(drawn.split())


def test_a_review_lists_doubts_under_their_document() -> None:
    """The weight stands before the title; the total says what is not shown."""
    doubts = (
        Doubt("number", "missing", weight=1.0),
        Doubt("issued_on", "doubtful", "2024-04-19", "ngày 19/4", 0.4),
    )
    drawn = cli_record.draw_reviews([Review("a.txt", "a.txt", "Tờ trình", doubts)], 3)
    assert drawn.splitlines() == [
        "3 documents with doubtful or missing fields, worst first",
        "",
        " 1.40  Tờ trình",
        "       id: a.txt",
        "       number missing",
        "       issued_on doubtful '2024-04-19': “ngày 19/4”",
        "",
        "… and 2 more; --limit 0 lists all",
    ]


def test_a_review_of_nothing_is_one_line() -> None:
    """Without doubts there is nothing to list."""
    assert cli_record.draw_reviews([], 0).count("\n") == 0
