"""What texts mention, and what documents are, as exact keys."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.text import clean_text, fold
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number_forms import number_forms, own_number_keys
from indexer.reading.metadata.period_keys import find_periods
from indexer.reading.metadata.search_keys import document_facts, find_keys
from indexer.reading.metadata.sitting_keys import find_sittings, term_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.records import CouncilDocument


def mentioned(text: str) -> list[tuple[str, str]]:
    """Return the words of each span with its first key."""
    clean = clean_text(text)
    return [(clean[span.start : span.end], span.keys[0]) for span in find_keys(clean)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Căn cứ Nghị quyết số 07/2023/NQ-HĐND ngày 10 tháng 7 năm 2023",
            [
                ("07/2023/NQ-HĐND", "number:7/2023/nq-hdnd"),
                ("ngày 10 tháng 7 năm 2023", "date:2023-07-10"),
            ],
        ),
        ("kết quả quý I/2024", [("quý I/2024", "quarter:2024-1")]),
        ("trong Quý 3 năm 2025", [("Quý 3 năm 2025", "quarter:2025-3")]),
        ("trong quí III năm 2025", [("quí III năm 2025", "quarter:2025-3")]),
        ("số liệu tháng 12/2024", [("tháng 12/2024", "month:2024-12")]),
        ("năm học 2024-2025", [("2024-2025", "school:2024-2025")]),
        ("giai đoạn 2026 – 2030", [("2026 – 2030", "years:2026-2030")]),
        ("nhiệm kỳ 2021-2026", [("2021-2026", "years:2021-2026")]),
        ("Kỳ họp thứ hai, khóa XVII", [("thứ hai", "session:2"), ("XVII", "term:17")]),
        ("Kỳ họp bất thường lần 5", [("bất thường lần 5", "session:bất thường lần thứ 5")]),
        (
            "Kỳ họp bất thường lần thứ 5",
            [("bất thường lần thứ 5", "session:bất thường lần thứ 5")],
        ),
    ],
)
def test_a_mention_is_a_short_span_with_its_key(text: str, expected: list[tuple[str, str]]) -> None:
    """Words that say what it is ("năm học", "kỳ họp") stay outside: they keep neighbours."""
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2024 có 12 đại biểu",
        "đạt 8/10 điểm, tăng 2,5-3%",
        "gọi 0912345678 lúc 24/7",
        "quý vị đại biểu 2024",
        "QCVN 02:2012/BQP",
        "họp 2025-2024",
        "tháng 13/2024, quý I/1800, tháng 5/1800, tháng 5/1944, quý II/1944",
        "lớp 5 khoá cửa",
        "kỳ họp thứ không",
    ],
)
def test_ordinary_prose_has_no_keys(text: str) -> None:
    """Years, fractions, phone numbers and impossible dates are words like others."""
    assert find_keys(clean_text(text)) == ()


def test_two_years_in_a_row_may_be_a_schools() -> None:
    """Without the words before it, "2024-2025" is found as either."""
    [span] = find_keys("2024-2025")
    assert span.keys == ("years:2024-2025", "school:2024-2025")


def test_a_mentioned_number_is_found_by_its_short_forms() -> None:
    """Readers call an act "45/2024", "45/NQ" or "45/2024/NQ"."""
    [span] = find_keys("theo 45/2024/NQ-HĐND")
    assert set(span.keys) == {f"number:{form}" for form in number_forms("45/2024/NQ-HĐND")}


def test_places_far_into_a_text_are_true() -> None:
    """What stands between two mentions moves none of them."""
    text = clean_text("Số 1/NQ-HĐND " + "hội nghị bàn việc chung " * 40 + "và 2/QĐ-UBND")
    assert [text[span.start : span.end] for span in find_keys(text)] == ["1/NQ-HĐND", "2/QĐ-UBND"]


@given(st.text(alphabet="0123456789/-. năm học quýithángkỳọpứkhoáNQHĐD\n", max_size=200))
def test_spans_stand_apart_and_inside(text: str) -> None:
    """Spans come in order, never touch inside of each other, and lie in the text."""
    clean = clean_text(text)
    end = 0
    for span in find_keys(clean):
        assert end <= span.start < span.end <= len(clean)
        assert span.keys
        end = span.end


@pytest.mark.parametrize("unit", ["1/", "2024-", "12/2024/NQ-HĐND ", "khoá i ", "tháng 1/2024 "])
def test_hostile_texts_cost_linear_time(unit: str) -> None:
    """Twice the text costs about twice the time, whatever it repeats."""
    half, whole = unit * 4_000, unit * 16_000
    find_keys(half)
    started = time.process_time()
    find_keys(half)
    one = time.process_time() - started
    started = time.process_time()
    find_keys(whole)
    assert time.process_time() - started < 12 * one + 0.2


def test_bare_words_are_read_for_queries_only() -> None:
    """A text has its accents; "quy 1 2024" in one is no quarter."""
    assert find_periods("quy 1 2024") == []
    assert [span.keys for span in find_periods("quy 1 2024", loose=True)] == [("quarter:2024-1",)]
    assert find_sittings("ky hop thu hai") == []
    assert [span.key for span in find_sittings("ky hop thu hai", loose=True)] == ["session:2"]


@pytest.mark.parametrize(
    "typed", ["kỳ họp thứ mười lăm", "kì họp thứ 15", "ky hop thu muoi lam", "kỳ họp lần thứ 15"]
)
def test_a_sessions_number_has_one_key(typed: str) -> None:
    """Words and digits are one number."""
    [span] = find_sittings(lower_letters(typed), loose=True)
    assert span.key == "session:15"


def test_twenty_is_said_with_another_tone() -> None:
    """21 has a word of another tone than 11, typed with accents or without."""
    for typed in ("kỳ họp thứ hai mươi mốt", "ky hop thu hai muoi mot"):
        assert [span.value for span in find_sittings(typed, loose=True)] == ["21"]


def test_a_session_type_is_no_number() -> None:
    """A session "chuyên đề" has a type and no count; with a count it is told by that."""
    assert [span.key for span in find_sittings("kỳ họp chuyên đề")] == ["session-type:chuyên đề"]
    assert [span.key for span in find_sittings("kỳ họp (bất thường) lần thứ 3")] == [
        "session:bất thường lần thứ 3"
    ]


def test_a_term_is_read_in_roman_and_arabic() -> None:
    """XVII and 17 are one; what no council counts is none."""
    assert (term_number("XVII"), term_number("17"), term_number("99")) == ("17", "17", "")


def test_a_number_without_a_year_is_known_by_its_year_of_issue() -> None:
    """Its own spelling counts for more than the derived ones."""
    keys = own_number_keys("12/NQ-HĐND", date(2025, 3, 1))
    assert keys["12/nq-hdnd"] == 3
    assert keys["12/nq"] == 2
    assert keys["12/2025/nq"] == keys["12/2025"] == 1
    assert "12/2025" not in own_number_keys("12/NQ-HĐND", None)


def test_a_number_with_a_year_keeps_it() -> None:
    """An act numbered in 2023 and dated 2024 is not one of 2024."""
    assert "7/2024" not in own_number_keys("7/2023/NQ-HĐND", date(2024, 1, 2))
    assert own_number_keys(None, None) == {}
    assert own_number_keys("59-CV/TU", date(2024, 1, 2)) == {"59-cv/tu": 3}


def test_a_document_is_known_by_whose_it_is(make_document: Callable[..., CouncilDocument]) -> None:
    """Issuer, session, signer and the acts in its title are facts of a document."""
    document = make_document(
        "",
        title="Nghị quyết sửa đổi Nghị quyết số 5/2022/NQ-HĐND, nhiệm kỳ 2021-2026",
        number="8/2024/NQ-HĐND",
        issuer="HĐND tỉnh Phú Yên",
        issued_on="2024-07-01",
        term="VIII",
        session="12",
        session_type="chuyên đề",
        signer_title="Chủ tịch",
        publisher="Cổng TTĐT tỉnh Phú Yên",
        place="Phú Yên",
    )
    facts = document_facts(document)
    assert {
        *("unit:tỉnh phú yên", "area:tỉnh phú yên", "body:hđnd", "session:12", "term:8"),
        *("session-type:chuyên đề", "years:2021-2026", "role:chủ tịch", "role:chủ tịch hđnd"),
        *(f"role:{fold('chủ tịch hđnd')}", "cites:5/2022/nq-hdnd", "cites:5/2022"),
    } <= set(facts)
    assert len(facts) == len(set(facts))
    assert not any(fact.startswith("cites:8") for fact in facts)


def test_boards_and_joint_issuers_are_bodies(make_document: Callable[..., CouncilDocument]) -> None:
    """A board's report is the board's and its council's; two bodies that sign are two."""
    board = document_facts(
        make_document(issuer="Ban Pháp chế HĐND tỉnh Phú Yên", signer_title="Trưởng Ban")
    )
    assert {"body:ban pháp chế", "body:hđnd", "role:trưởng ban pháp chế"} <= set(board)
    joint = document_facts(make_document(issuer="HĐND và UBND tỉnh Phú Yên"))
    assert {"body:hđnd", "body:ubnd"} <= set(joint)
    standing = document_facts(make_document(issuer="Thường trực HĐND tỉnh Phú Yên"))
    assert {"body:thường trực hđnd", "body:hđnd"} <= set(standing)


def test_a_portals_unit_is_an_area_only(make_document: Callable[..., CouncilDocument]) -> None:
    """A district's portal carries what the city's council issued: its area, not its unit."""
    facts = document_facts(
        make_document(issuer="HĐND thành phố Hà Nội", publisher="huyện Thường Tín")
    )
    assert "area:huyện thường tín" in facts
    assert "unit:huyện thường tín" not in facts


def test_central_bodies_are_known_by_name(make_document: Callable[..., CouncilDocument]) -> None:
    """Ministries have no unit; two that sign together are two."""
    facts = document_facts(make_document(issuer="Bộ Y tế; Bộ Tài chính", signer_title="Bộ trưởng"))
    assert facts == ("body:bộ y tế", "body:bộ tài chính", "role:bộ trưởng", "role:bo truong")


def test_a_document_of_which_nothing_is_known_has_no_facts(
    make_document: Callable[..., CouncilDocument],
) -> None:
    """A council whose unit is open has a body only; nobody and nowhere give nothing."""
    assert document_facts(make_document("", place="Xóm Không Tên")) == ()
    assert "body:hđnd" in document_facts(make_document(issuer="HĐND tỉnh"))


@pytest.mark.parametrize("number", ["731/HĐND-VP", "731/2022/UBND"])
def test_a_letter_is_called_by_its_kind(number: str) -> None:
    """Its number names the body alone; readers type "công văn 731"."""
    assert "731/cv" in number_forms(number)
    assert "731/2022/cv" in own_number_keys(number, date(2022, 3, 4))
    assert "731/cv" not in number_forms("731/BC-HĐND")
