"""Numbers: found, spelled one way, never invented."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.text import clean_text
from indexer.reading.metadata.number import find_numbers, find_own_number, number_keys
from indexer.reading.metadata.number_codes import spell_sign, split_glued
from tests.reading.metadata.papers import describe, describe_line, paper

WRITTEN = {
    "with its year": ("Nghị quyết số 45/2024/NQ-HĐND ngày", "45/2024/NQ-HĐND"),
    "without a year": ("Số: 380/NQ-HĐND", "380/NQ-HĐND"),
    "of a proposal": ("Xét Tờ trình số 110/TTr-UBND ngày 06", "110/TTr-UBND"),
    "of a board": ("Báo cáo số 37/BC-BPC ngày", "37/BC-BPC"),
    "of a letter": ("245/HĐND-VP", "245/HĐND-VP"),
    "space after the hyphen": ("số 18/2022/NQ- HĐND ngày", "18/2022/NQ-HĐND"),
    "spaces around the hyphen": ("109/UBND - VX", "109/UBND-VX"),
    "no space before it": ("Nghị quyết số111/2008/NQ-HĐND", "111/2008/NQ-HĐND"),
    "missing slash": ("Nghị quyết số 15/2020 NQ-HĐND ngày", "15/2020/NQ-HĐND"),
    "hyphen before the year": ("số 19-2016/NQ-CP", "19/2016/NQ-CP"),
    "decimal serial": ("66.13/2026/NQ-CP", "66.13/2026/NQ-CP"),
    "lost hyphen": ("42/2022/NĐCP", "42/2022/NĐ-CP"),
    "underscore": ("157/TB_UBND", "157/TB-UBND"),
    "Icelandic Eth": ("12/2024/NQ-H\u00d0ND", "12/2024/NQ-HĐND"),
    "Cyrillic letters": ("152/2025/TT-BT\u0421", "152/2025/TT-BTC"),
    "two Cyrillic letters": ("7/2024/\u041dQ-\u041dĐND", "7/2024/HQ-HĐND"),
    "en dash": ("12/2024/NQ\u2013HĐND", "12/2024/NQ-HĐND"),
    "bare HDND": ("12/2024/NQ-HDND", "12/2024/NQ-HĐND"),
    "of a law": ("Luật số 72/2025/QH15;", "72/2025/QH15"),
    "joint office": ("15/BC-ĐBQH&HĐND", "15/BC-ĐBQH&HĐND"),
    "Party": ("Công văn số 59-CV/TU ngày", "59-CV/TU"),
    "slash before the council": ("Nghị quyết số 05/2003/NQ/HĐND", "05/2003/NQ/HĐND"),
    "spaces around that slash": ("số 04 /NQ/ HĐND", "04/NQ/HĐND"),
    "hyphen behind the year": ("số 05/2003-NQ/HĐND", "05/2003/NQ/HĐND"),
    "space for the slash": ("Nghị quyết số 12 NQ/HĐND ngày", "12 NQ/HĐND"),
    "nothing for the slash": ("số: 07NQ/HĐND", "07NQ/HĐND"),
    "hyphen for the slash": ("Nghị quyết 12-NQ/HDND", "12-NQ/HĐND"),
    "point for the hyphen": ("số 12/2003/NQ.HĐND", "12/2003/NQ.HĐND"),
    "digit of the term": ("số 24/2006/NQ-HĐND7", "24/2006/NQ-HĐND7"),
    "term behind a point": ("số 13/NQ - HĐND.K8 ngày", "13/NQ-HĐND.K8"),
    "sign of the province": ("123/2009/NQ-HĐNDT", "123/2009/NQ-HĐNDT"),
    "point between thousands": ("Quyết định số 1.234/QĐ-UBND", "1.234/QĐ-UBND"),
    "letter behind the serial": ("1249a/CTPH-UBND", "1249a/CTPH-UBND"),
    "followed by a dash": ("45/NQ-HĐND - Về học phí", "45/NQ-HĐND"),
    "followed by a place": ("12/QĐ-UBND - TP Huế", "12/QĐ-UBND"),
    "end of a sentence": ("theo 12/NQ-HĐND.", "12/NQ-HĐND"),
}


@pytest.mark.parametrize(("text", "number"), WRITTEN.values(), ids=WRITTEN)
def test_numbers_come_out_in_one_spelling(text: str, number: str) -> None:
    """Whatever clerks and OCR do to a number, it is stored in one spelling."""
    assert [span.canonical for span in find_numbers(text)] == [number]


NO_NUMBERS = [
    "ngày 28/7/2026 và 19/4",
    "tỷ lệ 50/100",
    "năm học 2024-2025",
    "24/7",
    "trực 24/7 tại TP Huế",
    "12/2024 TP Hà Nội",
    "60 km/h, 5/Km",
    "quý I/2024 tại 30 quận",
    "1/500 TP",
    "đã ban hành 12 NQ-HĐND",
    "số 2024 NQ/HĐND",
    "số 12 VĂN/HĐND",
    "Số:    NQ/HĐND",
    "Số:      /2024/NQ-HĐND",
    "Số: ...../NQ-HĐND",
]


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("lenient", [False, True])
def test_dates_fractions_and_blanks_are_no_numbers(text: str, *, lenient: bool) -> None:
    """Neither reading takes a date, a fraction, a school year or a blank for a number."""
    assert find_numbers(text, lenient=lenient) == ()


QUERIES = {
    "45/2024/nq-hdnd": ("45/2024/NQ-HĐND", "45/2024/nq-hdnd"),
    "nq 45/2024/nq hdnd về học phí": ("45/2024/NQ-HĐND", "45/2024/nq hdnd"),
    "20/nq-hđnd 22/6/2026": ("20/NQ-HĐND", "20/nq-hđnd"),
    "tờ trình 110/ttr-ubnd": ("110/TTr-UBND", "110/ttr-ubnd"),
    "42/2022/ndcp": ("42/2022/NĐ-CP", "42/2022/ndcp"),
    "72/2025/qh15": ("72/2025/QH15", "72/2025/qh15"),
    "59-cv/tu": ("59-CV/TU", "59-cv/tu"),
    "31/qd-ubnd tinh": ("31/QĐ-UBND", "31/qd-ubnd"),
    "nq 12 nq/hdnd tinh": ("12 NQ/HĐND", "12 nq/hdnd"),
    "12/nq/hđnd hoc phi": ("12/NQ/HĐND", "12/nq/hđnd"),
    "12-nq/hdnd": ("12-NQ/HĐND", "12-nq/hdnd"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_queries_may_drop_case_and_accents(query: str) -> None:
    """A query's number is found in any case, and its span is where the reader typed it."""
    canonical, typed = QUERIES[query]
    spans = find_numbers(query, lenient=True)
    assert [(span.canonical, query[span.start : span.end]) for span in spans] == [
        (canonical, typed)
    ]


@pytest.mark.parametrize(
    "query", ["12/2024 qd ve", "5/abc", "45/2024/xyz-hdnd", "7-ab/cd", "5/9 qd"]
)
def test_unknown_signs_are_no_number_of_a_query(query: str) -> None:
    """Words that are no sign of a kind or a body make no number."""
    assert find_numbers(query, lenient=True) == ()


def test_party_numbers_are_a_class_of_their_own() -> None:
    """The Party's order is told apart from the State's."""
    spans = find_numbers("Kết luận số 14-KL/TW và Nghị quyết số 5/NQ-HĐND; 7-XX/TW")
    assert [(span.canonical, span.party) for span in spans] == [
        ("14-KL/TW", True),
        ("5/NQ-HĐND", False),
    ]
    for lenient in (False, True):
        assert not find_numbers("12-NQ/HĐND", lenient=lenient)[0].party
        assert find_numbers("12-NQ/TU", lenient=lenient)[0].party


OWN = {
    "Số: ...../NQ-HĐND": None,
    "Số:      /2024/NQ-HĐND": None,
    "Số: l2/NQ-HĐND": "12/NQ-HĐND",
    "Số: 12/NQ-H Đ N D": "12/NQ-HĐND",
    "S6: 12/NQ-HĐND": "12/NQ-HĐND",
    "Số:\n12/NQ-HĐND": "12/NQ-HĐND",
    "Số: 12 NQ/HĐND": "12 NQ/HĐND",
    "Số 7 NQ-HĐND": "7 NQ-HĐND",
    "Số: 4 5/NQ-HĐND": "45/NQ-HĐND",
    "Số: 10 12/NQ-HĐND": None,
    "Số:     /NQ/HĐND": None,
    "Số: 06 /GM-HĐND": "06/GM-HĐND",
    "Luật số: 126/2025/QH15": "126/2025/QH15",
    "Nghị quyết số 12/2023/NQ-HĐND về học phí": "12/2023/NQ-HĐND",
    "12/2023/NQ-HĐND": "12/2023/NQ-HĐND",
    "Căn cứ Nghị quyết số 12/2023/NQ-HĐND": None,
    "Sửa đổi Nghị quyết số 1/2020/NQ-HĐND": None,
    "của Chính phủ số 5/2024/NĐ-CP": None,
}


def own_number(text: str) -> str | None:
    """Return the number of a paper whose head and title are this text."""
    found = find_own_number(clean_text(text), [clean_text(text)])
    return found.value if found else None


@pytest.mark.parametrize("text", OWN)
def test_only_a_stated_number_is_read(text: str) -> None:
    """A blank stays blank, and an act that is cited lends no number."""
    assert own_number(text) == OWN[text]


def test_the_text_of_a_blank_paper_gives_no_number() -> None:
    """Legal grounds and appendices never fill the letterhead's blank."""
    text = paper(number="Số:      /2026/NQ-HĐND", body="Căn cứ Nghị quyết số 7/2020/NQ-HĐND;")
    assert describe(text).number is None


def test_a_portals_title_may_know_what_the_blank_paper_does_not() -> None:
    """A signed PDF with a blank number gets it from the title of its page."""
    found = describe(paper(number="Số:    /NQ-HĐND"), title="Nghị quyết số 23/NQ-HĐND về phí")
    assert found.number == "23/NQ-HĐND"


def test_a_number_may_fill_a_line_of_the_letterhead() -> None:
    """A table's cell can hold the number without the word before it."""
    assert describe(paper(number="12/2023/NQ-HĐND")).number == "12/2023/NQ-HĐND"


def test_news_have_no_number_of_their_own() -> None:
    """A report that tells of an act is not that act."""
    text = "Sáng 10/7/2023, HĐND tỉnh Phú Yên tổ chức kỳ họp, thông qua Nghị quyết số 3/NQ-HĐND."
    assert describe_line("Nghị quyết số 3/NQ-HĐND được thông qua", text).number is None


def test_a_stated_number_is_spelled_like_all_others() -> None:
    """The manifest's number wins, in our spelling where it is one."""
    assert describe(paper(), facts={"number": "9/2020/NQ- HDND"}).number == "9/2020/NQ-HĐND"
    assert describe(paper(), facts={"number": "Lưu hành nội bộ"}).number == "Lưu hành nội bộ"


def test_the_attributes_of_a_portal_give_the_number() -> None:
    """A table of attributes beside the text states it."""
    text = "Số hiệu98/2025/TT-BT\u0421 Lỗi\nLoại văn bảnThông tư\nNgày ban hành31/12/2025"
    found = describe(text)
    assert (found.number, found.kind) == ("98/2025/TT-BTC", "thông tư")
    assert str(found.issued_on) == "2025-12-31"


def test_keys_are_folded_and_most_specific_first() -> None:
    """With or without year, accents and leading noughts: one key finds the document."""
    assert number_keys("45/2024/NQ-HĐND") == ("45/2024/nq-hdnd", "45/nq-hdnd")
    assert number_keys("05/2024/nq-hdnd")[0] == number_keys("5/2024/NQ-HĐND")[0]
    assert number_keys("380/NQ-HĐND") == ("380/nq-hdnd",)
    assert number_keys("59-CV/TU") == ("59-cv/tu",)


SAME = {
    "5/nq-hdnd": ["05 NQ/HĐND", "5NQ/HĐND", "5-NQ/HĐND", "5/NQ/HĐND", "5/NQ.HĐND", "05/NQ-HĐND"],
    "5/2006/nq-hdnd-k7": ["5/2006/NQ-HĐND7", "05/2006/NQ-HĐND.K7", "5/2006/NQ.HĐND-K7"],
    "5/2006/nq-hdnd-kxiii": ["5/2006/NQ-HĐND-KXIII"],
    "5/2009/nq-hdndt": ["5/2009/NQ-HĐNDT", "5/2009/NQ.HĐNDT"],
    "1234/qd-ubnd": ["1.234/QĐ-UBND", "1234/QĐ-UBND"],
    "5/bc-hdnd-vp": ["5/BC-HĐND-VP", "5/BC/HĐND-VP"],
    "66.13/2026/nq-cp": ["66.13/2026/NQ-CP"],
}


@pytest.mark.parametrize("key", SAME)
def test_old_spellings_are_looked_up_by_todays(key: str) -> None:
    """However a council wrote its number, one key stands for it."""
    assert {number_keys(number)[0] for number in SAME[key]} == {key}


def test_a_number_is_also_found_without_its_term() -> None:
    """Who cites "NQ-HĐND" leaves the council's term out."""
    assert "5/2006/nq-hdnd" in number_keys("5/2006/NQ-HĐND7")
    assert "5/2006/nq-hdnd-k7" not in number_keys("5/2006/NQ-HĐND")


def test_an_old_number_gives_its_kind_and_is_doubted_like_others() -> None:
    """The signs speak for kind and body in the old order as well."""
    assert describe(paper(number="Số: 12 NQ/HĐND", name="")).kind == "nghị quyết"
    assert describe(paper(number="Số: 12 NQ/HĐND")).number == "12 NQ/HĐND"
    assert describe(paper(number="Số: 12 QĐ/UBND")).number is None


def test_decomposed_letters_give_the_same_number() -> None:
    """NFD input from a Mac is one with NFC."""
    nfd = unicodedata.normalize("NFD", "Nghị quyết số 12/2024/NQ-HĐND")
    assert own_number(clean_text(nfd)) == "12/2024/NQ-HĐND"


def test_signs_are_spelled_by_table() -> None:
    """Known signs get their letters back, unknown ones only capitals."""
    assert [spell_sign(sign) for sign in ("ttr", "abc", "qh15")] == ["TTr", "ABC", "QH15"]
    assert split_glued("HĐND") is None
    assert split_glued("XYZ") is None


HOSTILE = {
    "digits": "1" * 100_000,
    "slashes": "1/" * 50_000,
    "years": "1/2024/" * 14_000,
    "signs": "1/" + "AB-" * 33_000,
    "hyphens": "12/NQ" + "-" * 100_000,
    "spaces": "12/" + " " * 100_000 + "NQ-HĐND",
    "labels": "Số: " * 25_000,
    "dots": "Số: " + "." * 100_000 + "/NQ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """100 kB of anything are read within two seconds of processor time."""
    start = time.process_time()
    find_numbers(text)
    find_numbers(text, lenient=True)
    find_own_number(text, [text])
    assert time.process_time() - start < 2


@given(st.text(max_size=60))
def test_spans_point_into_the_text(text: str) -> None:
    """Whatever is typed, a span lies inside it and holds a digit."""
    for lenient in (False, True):
        for span in find_numbers(text, lenient=lenient):
            assert any(letter.isdigit() for letter in text[span.start : span.end])


@given(
    st.integers(1, 99_999),
    st.sampled_from(["", "2019/", "2024/"]),
    st.sampled_from(["NQ-HĐND", "TTr-UBND", "QĐ-UBND", "BC-BKTNS", "TB-HĐND", "NĐ-CP", "QH15"]),
)
def test_a_right_number_is_its_own_canonical_form(serial: int, year: str, signs: str) -> None:
    """Reading a canonical number gives it back, strict and lenient."""
    number = f"{serial}/{year}{signs}"
    assert [span.canonical for span in find_numbers(number)] == [number]
    assert [span.canonical for span in find_numbers(number.lower(), lenient=True)] == [number]


TORN = {
    "Số: 05/2024/NQ\n-HĐND": "05/2024/NQ-HĐND",
    "Số: 05 / 2024 / NQ - HĐND": "05/2024/NQ-HĐND",
    "Số: l5/2O24/NQ-HĐND": "15/2024/NQ-HĐND",
    "Nghi quyet so: 93/2025/UBTVQHl5": "93/2025/UBTVQH15",
    "Só: 05/NQ-HĐND": "05/NQ-HĐND",
    "So: 05/NQ-HĐNĐ": "05/NQ-HĐND",
    "Số: …05…/NQ-HĐND": "05/NQ-HĐND",
    "Số: _05_/NQ-HĐND": "05/NQ-HĐND",
    "Số: …/2024/NQ-HĐND": None,
    "Số: 03/2026-HĐND": None,
    "số: 05/nq-hđnd": "05/NQ-HĐND",
    "Số: 05/2024/NQ-\nHĐND": "05/2024/NQ-HĐND",
    "Số: xx/NQ-HĐND": None,
}


@pytest.mark.parametrize("line", TORN)
def test_a_number_is_read_in_small_letters_and_over_two_lines(line: str) -> None:
    """Old forms write it small, and narrow columns break it behind its hyphen."""
    assert describe(paper(number=line)).number == TORN[line]
