"""What a person should look at again is told, the heaviest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.doubts import find_doubts
from indexer.records import Conflict, CouncilDocument, Evidence

ACT = CouncilDocument(
    id="a",
    path="a",
    sha256="",
    title="Nghị quyết",
    text=clean_text("Điều 1."),
    kind="nghị quyết",
    category="chưa phân loại",
    level="xã",
    media_type="text/plain",
    number="1/NQ-HĐND",
    issuer="HĐND xã Mẫu",
    issued_on=date(2024, 4, 19),
    abstract="Về học phí",
    signer="Nguyễn Văn Mẫu",
    evidence={"number": Evidence("stated", "Số: 1/NQ-HĐND", 0, 0.95)},
)


def test_a_whole_record_leaves_no_doubt() -> None:
    """Everything that its kind should have is there and sure."""
    assert find_doubts(ACT) == ()


@pytest.mark.parametrize("field", ["number", "issuer", "issued_on", "abstract", "signer"])
def test_an_act_should_have_this(field: str) -> None:
    """Readers ask for it."""
    [doubt] = find_doubts(replace(ACT, **{field: None}))  # type: ignore[arg-type]
    assert (doubt.field, doubt.why) == (field, "missing")


def test_news_needs_no_number_abstract_or_signer() -> None:
    """A report of the press has none."""
    news = replace(ACT, kind="tin tức", number=None, abstract=None, signer=None)
    assert find_doubts(news) == ()


def test_a_paper_of_unknown_kind_and_level_is_worst() -> None:
    """Both decide where it is found."""
    found = find_doubts(replace(ACT, kind="không rõ", level="không rõ", number=None))
    assert [(doubt.field, doubt.why) for doubt in found] == [
        ("kind", "missing"),
        ("level", "missing"),
    ]


def test_a_value_that_rests_on_little_is_doubtful() -> None:
    """Less sure weighs more; what a manifest says is not doubted."""
    evidence = {
        "issued_on": Evidence("inferred", "năm 2024", 3, 0.5),
        "number": Evidence("manifest", "1", None, 0.1),
    }
    [doubt] = find_doubts(replace(ACT, evidence=evidence))
    assert (doubt.field, doubt.why, doubt.value, doubt.words) == (
        "issued_on",
        "doubtful",
        "2024-04-19",
        "năm 2024",
    )
    assert doubt.weight == pytest.approx(0.5)


def test_a_disagreement_is_shown_with_both_values() -> None:
    """The source's own value stands, and the text speaks against it."""
    conflict = Conflict("number", "1/NQ-HĐND", "manifest", "7/NQ-HĐND", "Số: 7/NQ-HĐND")
    [doubt] = find_doubts(replace(ACT, conflicts=(conflict,)))
    assert (doubt.why, doubt.value, doubt.words) == ("disputed", "1/NQ-HĐND", "Số: 7/NQ-HĐND")


def test_pages_that_nobody_read_and_poor_ocr_are_doubts() -> None:
    """Pages count from 1, as readers count."""
    found = find_doubts(replace(ACT, scans=(1, 2), ocr={0: 0.6, 3: 0.95}))
    assert [(d.why, d.value) for d in found] == [
        ("unread", "pages 2, 3"),
        ("doubtful", "OCR of pages 1"),
    ]


def test_what_a_reviewer_took_away_is_not_missing() -> None:
    """The paper has no number, and a person has said so."""
    corrected = replace(ACT, number=None, evidence={"number": Evidence("corrected", "")})
    assert find_doubts(corrected) == ()


def test_a_kind_that_a_reviewer_left_unknown_is_not_asked_for_again() -> None:
    """The list would never grow shorter otherwise."""
    evidence = {"kind": Evidence("corrected", "không rõ")}
    paper = replace(ACT, kind="không rõ", evidence=evidence)
    assert "kind" not in {doubt.field for doubt in find_doubts(paper)}
    assert "kind" in {doubt.field for doubt in find_doubts(replace(paper, evidence={}))}


def test_only_the_day_of_news_is_doubted() -> None:
    """Who presided over what a report tells is always concluded; that is no fault of the record."""
    concluded = Evidence("inferred", "Sáng ngày 19/4", 0, 0.6)
    news = replace(
        ACT, kind="tin tức", evidence=dict.fromkeys(("kind", "issuer", "issued_on"), concluded)
    )
    assert [doubt.field for doubt in find_doubts(news)] == ["issued_on"]
