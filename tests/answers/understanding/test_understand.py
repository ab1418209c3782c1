"""Council shorthand is understood, shown, and can be taken back; no other word is lost."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.answers.understanding.understand import Reading, understand
from indexer.language.text import clean_text, fold
from indexer.query_records import FacetChoice, NumberClause, Or, Period


def read(typed: str, *declined: str) -> Reading:
    """Return what was typed, understood."""
    return understand(clean_text(typed), declined)


def keys(typed: str) -> list[str]:
    """Return the keys of the chips."""
    return [each.key for each in read(typed).understood]


def words(reading: Reading) -> list[str]:
    """Return the plain words that are left."""
    return re.findall(r"[^\W_]+", reading.text)


QUESTIONS = Path(__file__).parents[4] / "shared" / "data" / "relevance" / "queries.tsv"

FORMS = (
    ("nq 45 2024 hđnd", ["number:45-2024-nq-hdnd"]),
    ("tờ trình 110 ubnd", ["number:110-ttr-ubnd"]),
    ("kỳ họp thứ hai khóa 17", ["session:ky-hop-thu-2", "term:khoa-xvii"]),
    ("quý 1 2024", ["period:quy-i-2024"]),
    ("ngày 19 tháng 4 năm 2024", ["period:ngay-19-4-2024"]),
    ("hđnd tp thanh hóa", ["issuer:hdnd-thanh-pho-thanh-hoa"]),
    ("hội đồng nhân dân xã", ["level:hdnd-cap-xa"]),
    ("nghị quyết về học phí", ["kind:nghi-quyet"]),
    ("báo cáo thẩm tra ktns", ["kind:bao-cao-tham-tra", "issuer:ban-kinh-te-ngan-sach"]),
    ("nhiệm kỳ 2021-2026", ["term:nhiem-ky-2021-2026"]),
    ("cấp xã", ["level:cap-xa"]),
    ("điều 2 khoản 1 nq 23/2026", ["number:23-2026-nq"]),
)


@pytest.mark.parametrize(("typed", "expected"), FORMS)
def test_every_form_of_the_letters_means_the_same(typed: str, expected: list[str]) -> None:
    """Accents, capitals, composition and the Icelandic letter make no difference."""
    nfd = unicodedata.normalize("NFD", typed)
    for form in (typed, fold(typed), typed.upper(), nfd, typed.replace("đ", "\u00f0")):
        assert keys(form) == expected


@given(st.text(max_size=120))
@example("")
@example(";;;")
@example("nq nq nq 1/2/3/2024 hđnd hđnd tp")
@example("\u0130\u1e9e nq 15/2023")
@example("1/" * 60)
@example("kỳ họp thứ " * 12)
def test_any_text_is_read_and_no_word_is_lost(typed: str) -> None:
    """What was not understood is left as it was typed, in its order."""
    text = clean_text(typed)
    reading = understand(text)
    assert clean_text(reading.text) == reading.text
    taken = " ".join(each.typed for each in reading.understood)
    left = iter(re.findall(r"[^\W_]+", text))
    for word in words(reading):
        assert word in left
    if not reading.division:
        missing = set(re.findall(r"[^\W_]+", text)) - set(words(reading))
        links = {"của", "về", "số", "tại", "ngày", "năm", "ở", "do", "trong", "và"}
        known = set(re.findall(r"[^\W_]+", taken)) | links | set(map(fold, links))
        assert {fold(word).lower() for word in missing} <= {fold(word).lower() for word in known}


@given(
    st.lists(
        st.sampled_from(
            [
                *("nq", "nghị quyết", "15", "2023", "15/2023", "hđnd", "tp", "hà nội", "xã"),
                *("hồng vân", "kỳ họp", "thứ hai", "khóa XVI", "quý 1 2024", "tháng 12/2024"),
                *("học phí", "điều 2", "khoản", "báo cáo thẩm tra", "ktns", "cấp"),
            ]
        ),
        max_size=14,
    )
)
def test_chips_quote_what_was_typed(parts: list[str]) -> None:
    """The words of a chip stand in the text, and declining each chip leaves them there."""
    text = clean_text(" ".join(parts))
    reading = understand(text)
    for each in reading.understood:
        assert each.typed
        assert each.typed in text
    declined = understand(text, [each.key for each in reading.understood])
    assert not declined.nodes
    assert words(declined) == re.findall(r"[^\W_]+", text) or declined.division


def test_a_declined_key_leaves_its_words() -> None:
    """They are plain words then, and nothing else is read into them."""
    reading = read("nq 15 2023 học phí", "number:15-2023-nq")
    assert words(reading) == ["nq", "15", "2023", "học", "phí"]
    assert (reading.nodes, reading.understood) == ((), ())


def test_neighbours_of_what_was_understood_do_not_meet() -> None:
    """A semicolon stands between them, so that they make no pair."""
    assert read("mức thu 2024-2025 học phí").text == "mức thu ; học phí"


def test_the_literal_reading_keeps_numbers_only() -> None:
    """What the plain words would find stays in reach; a number is a number in both."""
    reading = read("nq 15 2023 hđnd tp hà nội học phí")
    assert [type(node) for node in reading.literal] == [NumberClause]
    assert len(reading.nodes) == 2
    assert reading.literal_text == "; hđnd tp hà nội học phí"


def test_words_that_only_tie_two_meanings_go_with_them() -> None:
    """A "của" between a number and its council is no word to search for."""
    assert words(read("nghị quyết số 15/2023 của hđnd tp hà nội")) == []
    assert words(read("giám sát của ban pháp chế")) == ["giám", "sát"]


def test_a_period_is_a_condition_when_nothing_else_is_asked() -> None:
    """A day alone finds what was issued on it or mentions it."""
    alone = read("19/4/2024")
    assert isinstance(alone.nodes[0], Or)
    assert alone.understood[0].effect == "filters"
    beside = read("giao ban 19/4/2024")
    assert beside.nodes == ()
    assert beside.understood[0].effect == "prefers"
    assert [type(each.node) for each in beside.preferences][:1] == [Period]


def test_a_period_beside_a_kind_excludes_nothing() -> None:
    """The kind is the condition; the month puts its documents first."""
    reading = read("nghị quyết tháng 12/2024")
    assert [type(node) for node in reading.nodes] == [FacetChoice]
    assert ("date", "2024-12") in [(each.facet, each.value) for each in reading.understood]


def test_a_level_is_a_condition_where_no_matter_is_named() -> None:
    """Beside a matter it is a wish only: acts about communes are those of provinces."""
    assert len(read("nghị quyết cấp xã").nodes) == 2
    assert read("cán bộ cấp xã").nodes == ()


@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết của hội đồng nhân dân tỉnh được quy định như thế nào?",
        "Quyết định thu hồi đất được giao cho ai?",
        "Báo cáo tài chính của hợp tác xã gồm những gì",
        "Đại biểu HĐND cấp huyện có được vắng mặt tại kỳ họp thứ hai không?",
        "Hồ sơ đề nghị hỗ trợ tiền điện cho hộ nghèo ở xã Hồng Vân nộp ở đâu",
    ],
)
def test_questions_get_no_filters(question: str) -> None:
    """Long or worded as a question, words mean what they say."""
    for form in (question, fold(question), question.upper()):
        assert read(form).nodes == ()


def test_a_full_number_in_a_question_is_a_number() -> None:
    """Nothing else is written so; a short form in a question only makes a document better."""
    asked = "Nghị quyết 45/2024/NQ-HĐND quy định mức thu như thế nào?"
    assert [each.key for each in read(asked).understood if each.effect == "filters"] == [
        "number:45-2024-nq-hdnd"
    ]
    short = read("Nghị định 30/2020 quy định những gì về con dấu?")
    assert short.nodes == ()
    assert [each.effect for each in short.understood] == ["prefers"]
    assert "30" in words(short)


def test_reading_takes_milliseconds() -> None:
    """The longest query of the worst words stays far below what a reader notices."""
    read("nq 1 hđnd tp hà nội")
    for unit in ("hđnd tp ", "1/", "nq 1 ", "1.1.", "xã a ", "kỳ họp "):
        started = time.process_time()
        read((unit * 300)[:500])
        assert time.process_time() - started < 0.5


@pytest.mark.shared
@pytest.mark.skipif(not QUESTIONS.is_file(), reason="needs the real questions in ../shared/data")
def test_real_questions_get_no_filters_by_accident() -> None:
    """Of the judged law questions fewer than one in a hundred is taken for shorthand."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [line.split("\t")[1] for line in lines]
    filtered = [each for each in questions if read(each).nodes]
    assert len(filtered) < len(questions) / 100, filtered
