"""Where a source and its text disagree, the source's word stands and the text's is told."""

from __future__ import annotations

import pytest

from indexer.records import Conflict
from tests.reading.metadata.papers import describe, describe_line, paper

TEXT = paper(end="Nghị quyết này có hiệu lực từ ngày 01/8/2023.")

DISAGREE = {
    "number": ("13/2023/NQ-HĐND", "12/2023/NQ-HĐND"),
    "kind": ("quyết định", "nghị quyết"),
    "issuer": ("UBND tỉnh Phú Yên", "HĐND tỉnh Phú Yên"),
    "issued_on": ("2023-07-11", "2023-07-10"),
    "effective_on": ("2023-08-02", "2023-08-01"),
}


@pytest.mark.parametrize("name", DISAGREE)
def test_a_contradiction_is_told(name: str) -> None:
    """The manifest's value is kept, and the text's stands beside it with its words."""
    kept, other = DISAGREE[name]
    found = describe(TEXT, facts={name: kept})
    assert str(getattr(found, name)) == kept
    assert [conflict[:4] for conflict in found.conflicts] == [(name, kept, "manifest", other)]
    assert found.conflicts[0].other_quote


AGREE = [
    ("number", "12/2023/NQ- HDND"),
    ("number", "012/2023/NQ-HĐND"),
    ("number", "12/NQ-HĐND"),
    ("kind", "NGHỊ QUYẾT"),
    ("issuer", "Hội đồng nhân dân tỉnh Phú Yên"),
    ("issuer", "HĐND TP. Phú Yên"),
    ("issuer", "Hội đồng nhân dân"),
    ("issued_on", "2023-07-10"),
    ("adopted_on", "2023-07-01"),
]


@pytest.mark.parametrize(("name", "stated"), AGREE)
def test_another_spelling_is_no_contradiction(name: str, stated: str) -> None:
    """Case, spaces, a missing year or unit, and what the text is silent on."""
    assert describe(TEXT, facts={name: stated}).conflicts == ()


def test_a_narrower_kind_is_no_contradiction() -> None:
    """A portal's "báo cáo" may be an examining board's report."""
    text = paper(number="Số: 7/BC-BPC", name="BÁO CÁO", subject="Thẩm tra dự thảo Nghị quyết")
    assert describe(text).kind == "báo cáo thẩm tra"
    assert describe(text, facts={"kind": "Báo cáo"}).conflicts == ()


def test_a_portals_table_wins_over_the_page_it_stands_on() -> None:
    """Its number is the source's own word; the letterhead's is told."""
    table = "Số hiệu: 15/2023/NQ-HĐND\nLoại văn bản: Nghị quyết\nNgày ban hành: 10/07/2023"
    found = describe(TEXT, boilerplate=table, media_type="text/html")
    assert found.number == "15/2023/NQ-HĐND"
    assert found.conflicts == (
        Conflict("number", "15/2023/NQ-HĐND", "stated", "12/2023/NQ-HĐND", "12/2023/NQ-HĐND"),
    )


TABLE = "Số ký hiệu 13/2024/NQ-HĐND\nLoại văn bản Nghị quyết\nNgày ban hành 12/08/2024"
LETTER = paper(number="Số: 12/2024/NQ-HĐND", day="Phú Yên, ngày 10 tháng 7 năm 2024")


@pytest.mark.parametrize("table", [TABLE, TABLE.replace("\n", " ")])
def test_a_table_above_the_letterhead_wins_and_the_text_is_told(table: str) -> None:
    """A page kept as text has its table in it, flattened or not."""
    found = describe(f"Văn bản mới\n{table}\n{LETTER}")
    assert (found.number, str(found.issued_on)) == ("13/2024/NQ-HĐND", "2024-08-12")
    assert {conflict.field: (conflict.kept, conflict.other) for conflict in found.conflicts} == {
        "number": ("13/2024/NQ-HĐND", "12/2024/NQ-HĐND"),
        "issued_on": ("2024-08-12", "2024-07-10"),
    }


def test_a_form_that_a_paper_prints_says_nothing_of_the_paper() -> None:
    """Below the letterhead a table of attributes is the act's own wording."""
    found = describe(f"{LETTER}\nMẪU\n{TABLE}")
    assert (found.number, str(found.issued_on)) == ("12/2024/NQ-HĐND", "2024-07-10")
    assert found.conflicts == ()


def test_a_table_below_a_long_text_is_not_the_pages_head() -> None:
    """What stands above a letterhead is short."""
    found = describe(f"{'Lời giới thiệu. ' * 60}\n{TABLE}\n{LETTER}")
    assert found.number == "12/2024/NQ-HĐND"


def test_a_title_with_another_number_is_told() -> None:
    """The letterhead's number is kept, and the title's stands beside it."""
    found = describe(TEXT, title="Nghị quyết số 13/2023/NQ-HĐND về phí")
    assert found.number == "12/2023/NQ-HĐND"
    assert [conflict.other for conflict in found.conflicts] == ["13/2023/NQ-HĐND"]
    assert describe(TEXT, title="Nghị quyết số 12/2023/NQ-HĐND về phí").conflicts == ()


def test_a_weak_reading_contradicts_nobody() -> None:
    """A letterhead whose own parts disagree says nothing against the manifest."""
    text = paper(number="Số: 12/2023/QĐ-HĐND")
    assert describe(text, facts={"number": "13/2023/NQ-HĐND"}).conflicts == ()


def test_the_day_of_a_report_is_not_the_portals() -> None:
    """A portal states when it put the report online, the report when the event was."""
    text = "Sáng ngày 19/4/2024, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban."
    assert describe_line("Giao ban", text, issued_on="2024-04-20").conflicts == ()
