"""Any string at all gives results that agree with themselves, or an error that says where."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.answers.query.language import parse_query
from indexer.answers.search import SearchService
from indexer.errors import QueryError
from indexer.search_records import FACETS, SORTS, SearchRequest
from indexer.settings import QUERY_CHARACTERS
from tests.conftest import build_document, build_test_index

if TYPE_CHECKING:
    from typing import Any

    from indexer.records import CouncilDocument
    from indexer.search_records import Hit, SearchResults, Sort

OPERATORS = (
    *(
        '"',
        "(",
        ")",
        "-",
        "+",
        "*",
        "~5",
        "~99",
        '"~3',
        ":",
        ";",
        "/",
        ".",
        "…",
        "“",
        "（",
        "：",
        "＊",
    ),
    *("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "NEAR/3", "GẦN/2", "NEAR/99", "NEAR/"),
)
FIELDS = (
    *("số:", "loại:", "cơ quan:", "người ký:", "tiêu đề:", "ngày:", "cấp:", "chuyên mục:"),
    *("nơi đăng:", "number:", "co_quan:", "trích yếu: ", "số: ", "ngày: "),
)
SHORTHAND = (
    *("15/2023/NQ-HĐND", "nq 15", "15-2023", "31/2", "19/4/2024", "2023..2024", ">=2024", "0000"),
    *("9999", ">9999", "26-30", "quý I/2024", "tháng 12", "6 tháng đầu năm 2024", "từ", "trước"),
    *("kỳ họp thứ", "chuyên đề", "khóa XVI", "XVIIII", "nhiệm kỳ 2021-2026", "điều 2", "khoản"),
    *("hđnd", "UBND", "TT", "TP", "KT-XH", "xã Lạc Mây", "quận 1", "thay thế", "bãi bỏ", "a)"),
)
WORDS = (
    *(
        "học phí",
        "hoc phi",
        "giá đất",
        "gía đât",
        "nghij quyeets",
        "nghị quyết",
        "tờ trình",
        "là gì",
    ),
    *("của", "và", "các", "cử tri", "sáp nhập xã", "chủ tịch", "Trần Thị Mây", "h", "ho*", "ng*"),
)
STRANGE = (
    *("\ud800", "\udfff", "\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066", "\x00", "\u2028", "\n"),
    *(
        "\u0301",
        "\u0323",
        "đ",
        "Ð",
        "שלום",
        "مرحبا",
        "٢٠٢٣",
        "２０２３",
        "²",
        "½",
        "Ⅷ",
        "НQ",
        "İ",
        "ﷺ",
        "😀",
    ),
)
PIECES = st.one_of(
    *map(st.sampled_from, (OPERATORS, FIELDS, SHORTHAND, WORDS, STRANGE)),
    st.text(max_size=3),
    st.integers(0, 10**6).map(str),
)
STRINGS = st.lists(st.tuples(PIECES, st.sampled_from(("", " ")) | st.just(" ")), max_size=18).map(
    lambda parts: "".join(piece + space for piece, space in parts)
)
SPELLED = st.lists(st.sampled_from(FIELDS + SHORTHAND + WORDS), max_size=8).map(" ".join)

TEXTS = (
    "Mức thu học phí của các trường mầm non năm học 2024-2025.",
    "Nghị quyết số 15/2023/NQ-HĐND về giá đất. Điều 2. Khoản 1.",
    "Cử tri xã Lạc Mây kiến nghị và UBND trả lời ngày 19/4/2024.",
    "Kỳ họp thứ hai HĐND khóa XVI, nhiệm kỳ 2021-2026, bàn việc sáp nhập xã.",
)


def make_document(number: int) -> CouncilDocument:
    """Make one of a few kinds of documents; some lack a date or an issuer."""
    return build_document(
        " ".join(TEXTS[number % 4 :: 2]),
        id=f"văn bản {number}",
        title=TEXTS[number % 3][:30],
        kind=("nghị quyết", "tin tức", "tờ trình")[number % 3],
        level=("tỉnh", "xã")[number % 2],
        category=("Nghị quyết", "Tin tức")[number % 2],
        number=f"{number}/2023/NQ-HĐND" if number % 3 == 0 else None,
        issuer=("HĐND tỉnh Mây", None)[number % 2],
        signer=("Trần Thị Mây", None)[number % 2],
        issued_on=(f"202{number % 5}-0{number % 9 + 1}-03", None)[number % 4 == 3],
    )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Give a service over two dozen documents."""
    documents = [make_document(number) for number in range(3, 27)]
    return SearchService(build_test_index(documents, tmp_path_factory.mktemp("any")))


def ask(service: SearchService, typed: str, **more: Any) -> SearchResults | None:
    """Return results, or None after seeing that the error helps its reader."""
    try:
        return service.search(SearchRequest(q=typed, **more))
    except QueryError as error:
        fault = error
    assert 0 <= fault.position <= len(typed)
    assert f"at character {fault.position + 1}: " in str(fault)
    assert f"Ở ký tự thứ {fault.position + 1}: " in fault.vietnamese
    check_query(fault.suggestion)
    return None


def check_query(offered: str) -> None:
    """See that a query offered to readers, if any, is one that can be asked."""
    assert len(offered) <= QUERY_CHARACTERS
    parse_query(offered)


def all_pages(service: SearchService, typed: str, sort: Sort) -> list[Hit]:
    """Return the hits of every page."""
    hits: list[Hit] = []
    for page in count(1):
        found = service.search(SearchRequest(q=typed, sort=sort, page=page, page_size=7))
        assert bool(found.hits) == (page <= found.pages)
        hits += found.hits
        if page >= found.pages:
            break
    return hits


@settings(max_examples=150)
@given(typed=STRINGS)
@example(typed="x" * 100_000)
@example(typed="học phí " * 12_500)
@example(typed='"' * 10_000)
@example(typed='"' * 500)
@example(typed="(" * 10_000)
@example(typed=")" * 500)
@example(typed="(" * 500)
@example(typed="NOT " * 100 + "x")
@example(typed="ho* " * 64)
@example(typed="của và các " * 21)
@example(typed="\ud800" * 500)
@example(typed="9" * 500)
@example(typed="a" + "\u0301" * 499)
def test_any_string_is_answered_or_its_fault_is_shown(service: SearchService, typed: str) -> None:
    """By search, completion, a document's marks and an explanation: the same one of the two."""
    found = ask(service, typed)
    assert len(service.complete(typed)) <= 10
    if found is None:
        return
    if found.suggestion:
        check_query(found.suggestion.query)
    first = "văn bản 3"
    view = service.document(first, typed)
    assert "".join(f.text for f in view.text) == view.document.text
    explained = service.explain(typed, first)
    assert sum(part.score for part in explained.parts) == pytest.approx(
        explained.first_score, rel=1e-3, abs=1e-4
    )
    for rescue in found.rescues:
        assert ask(service, rescue.request.q) is not None


@settings(max_examples=60)
@given(typed=STRINGS, sort=st.sampled_from(SORTS))
def test_pages_share_out_the_results(service: SearchService, typed: str, sort: Sort) -> None:
    """Each document stands on one page; standings follow each other and are counted right."""
    found = ask(service, typed, sort=sort)
    if found is None:
        return
    hits = all_pages(service, typed, sort)
    assert len({hit.id for hit in hits}) == len(hits)
    standings = [hit.standing for hit in hits]
    assert standings == (
        ["full"] * found.total
        + ["literal"] * found.literal_total
        + ["partial"] * found.partial_total
    )


@settings(max_examples=60)
@given(typed=SPELLED | STRINGS)
def test_facets_count_every_full_match_once(service: SearchService, typed: str) -> None:
    """Values of each facet add up to the total; choosing one leaves so many, in the same order."""
    found = ask(service, typed, page_size=50)
    if found is None:
        return
    order = [hit.id for hit in found.hits if hit.standing == "full"]
    for facet in FACETS:
        values = [v for v in found.facets[facet] if not re.fullmatch(r"\d{4}-\d\d", v.value)]
        assert sum(value.count for value in values) == found.total
        for value in values:
            chosen = ask(service, typed, page_size=50, filters={facet: (value.value,)})
            assert chosen is not None
            kept = [hit.id for hit in chosen.hits if hit.standing == "full"]
            assert len(kept) == chosen.total == value.count
            assert kept == [id_ for id_ in order if id_ in kept]


@settings(max_examples=60)
@given(typed=SPELLED)
def test_what_was_understood_can_be_declined(service: SearchService, typed: str) -> None:
    """Nothing that the reader took back comes again, and keys of nothing change nothing."""
    found = ask(service, typed)
    if found is None:
        return
    keys = tuple(each.key for each in found.understood)
    declined = ask(service, typed, declined=keys)
    assert declined is not None
    assert not {each.key for each in declined.understood} & set(keys)
    unknown = ask(service, typed, declined=tuple(f"kind:không có {n}" for n in range(1000)))
    assert unknown is not None
    assert [hit.id for hit in unknown.hits] == [hit.id for hit in found.hits]


@settings(max_examples=60)
@given(typed=SPELLED)
def test_decomposed_letters_find_the_same(service: SearchService, typed: str) -> None:
    """A phone's NFD, and marks that no reader sees, change neither hits nor what is understood."""
    found = ask(service, typed)
    for other in (unicodedata.normalize("NFD", typed), typed.replace(" ", "\u200b \u200b")):
        again = ask(service, other)
        assert (again is None) == (found is None)
        if found and again:
            assert [hit.id for hit in again.hits] == [hit.id for hit in found.hits]
            assert again.understood == found.understood
