"""Document numbers are known in every spelling, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from indexer.answers.understanding.numbers import number_clause
from indexer.answers.understanding.understand import Reading, understand
from indexer.language.text import clean_text
from indexer.query_records import Fact, NumberClause, Or


def read(typed: str) -> Reading:
    """Return what was typed, understood."""
    return understand(clean_text(typed))


def clauses(typed: str) -> list[NumberClause]:
    """Return the numbers that are conditions."""
    return [node for node in read(typed).nodes if isinstance(node, NumberClause)]


@pytest.mark.parametrize(
    "typed",
    [
        "15/2023/NQ-HĐND",
        "15 / 2023 / NQ - H Đ N D",
        "nq 15 2023 hdnd",
        "15 2023 nq hdnd",
        "nghị quyết số 15/2023/nq-hđnd",
        "nghị quyết 15/2023 của hđnd",
        "nghị quyết 15/2023 của hội đồng nhân dân",
        "nq hđnd 15/2023",
        "NQ số 15 năm 2023 HĐND",
        "15/2023/NQ–HÐND",
    ],
)
def test_one_number_has_one_clause(typed: str) -> None:
    """However it is typed, nothing is left over and the clause is that of the right spelling."""
    reading = read(typed)
    assert reading.nodes == (number_clause("15/2023/nq-hdnd", "15/2023/NQ-HĐND"),)
    assert not any(map(str.isalnum, reading.text))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("nq 15 2023", "15/2023/nq"),
        ("nq 15/2023", "15/2023/nq"),
        ("nq15/2023", "15/2023/nq"),
        ("nq số 15 năm 2023", "15/2023/nq"),
        ("nghi quyet 15-2023", "15/2023/nq"),
        ("15-2023", "15/2023"),
        ("15/2023", "15/2023"),
        ("số 5/2023", "5/2023"),
        ("nq5/2023", "5/2023/nq"),
        ("NQ 15", "15/nq"),
        ("nghị quyết 15", "15/nq"),
        ("15/NQ", "15/nq"),
        ("tờ trình 110 ubnd", "110/ttr-ubnd"),
        ("ttr 110/ubnd", "110/ttr-ubnd"),
        ("bc 37 bpc", "37/bc-bpc"),
        ("báo cáo thẩm tra số 37", "37/bc"),
        ("59-CV/TU", "59-cv/tu"),
        ("59-cv/tu", "59-cv/tu"),
        ("luật 72/2025/qh15", "72/2025/qh15"),
        ("nghị định 30/2020", "30/2020/nd"),
    ],
)
def test_a_shorter_form_looks_up_the_shorter_key(typed: str, key: str) -> None:
    """A kind typed beside a number narrows what it finds."""
    [clause] = clauses(typed)
    assert clause.keys == (key,)
    assert clause.mentions == (f"number:{key}",)


@pytest.mark.parametrize(
    "typed",
    [
        *("2024-2025", "19/4/2024", "quý 1 2024", "8/3", "1/2", "0912345678", "2024", "24/7"),
        *("kế hoạch 5 năm", "kế hoạch 5 năm 2025", "chương trình 135", "báo cáo 6 tháng"),
        *("thông báo 3 ngày", "quyết định 15 ngày sau", "hỗ trợ 15 triệu 2024", "điều 15"),
        *("bảng giá đất 2026", "2024/2025", "kế hoạch 2021-2025", "nq"),
    ],
)
def test_other_figures_are_no_numbers(typed: str) -> None:
    """Dates, school years, fractions, telephone numbers and counts stay what they are."""
    assert clauses(typed) == []


def test_a_month_and_a_number_look_alike() -> None:
    """It is a month unless a kind stands beside it; then it may be either."""
    alone = read("12/2024")
    assert alone.understood[0].kind == "period"
    assert isinstance(alone.nodes[0], Or)
    beside = read("học phí 12/2024")
    assert beside.nodes == ()
    assert any(isinstance(each.node, NumberClause) for each in beside.preferences)
    named = read("nghị quyết 12/2024")
    [either] = [node for node in named.nodes if isinstance(node, Or)]
    assert isinstance(either.parts[0], NumberClause)
    assert either.parts[0].keys == ("12/2024/nq",)


def test_a_letter_has_no_sign_of_its_kind() -> None:
    """Letters are numbered "245/HĐND-VP"."""
    assert clauses("công văn 245 hđnd")[0].keys == ("245/cv-hdnd", "245/hdnd")


def test_who_cites_a_number_in_the_title_comes_before_others() -> None:
    """Amenders name the act in their title."""
    [preference] = read("15/2023/NQ-HĐND").preferences
    assert preference.node == Fact(("cites:15/2023/nq-hdnd",))


def test_old_spellings_are_one_number() -> None:
    """A term written behind the council's sign may be left out."""
    assert clauses("24/2006/NQ-HĐND7")[0].keys == ("24/2006/nq-hdnd-k7", "24/2006/nq-hdnd")


def test_a_date_beside_a_number_prefers() -> None:
    """Two communes share "20/NQ-HĐND": the day says which, and hides none."""
    reading = read("20/NQ-HĐND 22/6/2026")
    assert [type(node) for node in reading.nodes] == [NumberClause]
    assert [each.effect for each in reading.understood] == ["filters", "prefers"]


def test_a_unit_beside_a_number_filters() -> None:
    """The city says whose it is: this asks for one council's act."""
    assert Fact(("area:thành phố hà nội",)) in read("nq 15 2023 hà nội").nodes


def test_a_council_behind_a_number_speaks_for_itself() -> None:
    """The body belongs to the unit that follows, and to the number's key."""
    reading = read("nghị quyết 15/2023 của hđnd tỉnh nghệ an")
    assert [each.key for each in reading.understood] == [
        "number:15-2023-nq-hdnd",
        "issuer:hdnd-tinh-nghe-an",
    ]


def test_two_numbers_are_two_conditions() -> None:
    """Each is found by its own key."""
    assert [clause.keys[0] for clause in clauses("15/2023/NQ-HĐND 7/2024/QĐ-UBND")] == [
        "15/2023/nq-hdnd",
        "7/2024/qd-ubnd",
    ]
