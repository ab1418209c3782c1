"""A hit shows why it was found: the best passages, or the part that was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.hits import _clean_title
from indexer.answers.marks import plain
from indexer.answers.search import SearchService
from indexer.language.text import clean_text
from indexer.records import Division
from indexer.search_records import SearchRequest
from tests.conftest import build_document, build_test_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.search_records import Hit

LETTERHEAD = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\n\nSố: 7/2024/NQ-HĐND\n\n"
    "Phú Yên, ngày 10 tháng 7 năm 2024\n\nNGHỊ QUYẾT\n\nVề san hô\n\n"
)
FIRST = "Điều 1. Bảo vệ rạn san hô.\n1. Cấm neo tàu.\n2. Cấm khai thác.\n"
SECOND = "Điều 2. Hiệu lực.\n1. Từ ngày 20 tháng 7 năm 2024.\n"
START, SECOND_START = len(LETTERHEAD), len(LETTERHEAD) + len(FIRST)
END = SECOND_START + len(SECOND)
ACT = build_document(
    LETTERHEAD + FIRST + SECOND,
    id="act",
    title="Nghị quyết về bảo vệ san hô",
    number="7/2024/NQ-HĐND",
    kind="nghị quyết",
    category="Nghị quyết",
    issuer="HĐND tỉnh Phú Yên",
    issued_on="2024-07-10",
    pages=(0, SECOND_START),
    ocr={0: 0.9},
    divisions=(
        Division("điều", "1", "", START, SECOND_START),
        Division("khoản", "1", "", START + FIRST.index("1. Cấm"), START + FIRST.index("2. "), 0),
        Division("khoản", "2", "", START + FIRST.index("2. "), SECOND_START, 0),
        Division("điều", "2", "", SECOND_START, END),
        Division("khoản", "1", "", SECOND_START + SECOND.index("1. "), END, 3),
    ),
)
REPORT = build_document(
    "Ban thẩm tra nghị quyết số 7/2024/NQ-HĐND về san hô.", id="report", title="Báo cáo thẩm tra"
)


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Hit]]:
    """Give a function that returns the hits of a query by their ids."""
    service = SearchService(build_test_index([ACT, REPORT], tmp_path_factory.mktemp("hits")))
    return lambda typed: {hit.id: hit for hit in service.search(SearchRequest(q=typed)).hits}


def shown(hit: Hit) -> str:
    """Return the best passage without its marks."""
    return plain(hit.passages[0].fragments)


def test_a_hit_names_where_its_snippet_stands(find: Callable[[str], dict[str, Hit]]) -> None:
    """Readers go to the article at once, and see that a machine read it."""
    hit = find("khai thác")["act"]
    best = hit.passages[0]
    assert (best.page, best.article, best.citation) == (1, "1", "khoản 2 Điều 1")
    assert hit.scanned


@pytest.mark.parametrize("typed", ["7/2024/NQ-HĐND", "nq 7/2024", "nghị quyết 7 2024 hđnd"])
def test_a_number_shows_what_the_act_says_and_not_its_letterhead(
    find: Callable[[str], dict[str, Hit]], typed: str
) -> None:
    """Its number stands in the letterhead, which says nothing."""
    hit = find(typed)["act"]
    assert shown(hit).startswith("… Điều 1. Bảo vệ rạn san hô.")
    assert hit.passages[0].citation == "Điều 1"


def test_a_paper_that_mentions_a_number_shows_the_mention(
    find: Callable[[str], dict[str, Hit]],
) -> None:
    """Marked as one piece."""
    [passage] = find("7/2024/NQ-HĐND")["report"].passages
    assert [f.text for f in passage.fragments if f.marked] == ["7/2024/NQ-HĐND"]


@pytest.mark.parametrize(
    ("typed", "citation", "begins"),
    [
        ("khoản 2 điều 1 nq 7/2024", "khoản 2 Điều 1", "2. Cấm khai thác."),
        ("điều 2 khoản 1 nq 7/2024", "khoản 1 Điều 2", "1. Từ ngày"),
        ("dieu 2 nghi quyet 7/2024/nq-hdnd", "Điều 2", "Điều 2. Hiệu lực."),
        ("khoản 9 điều 2 nq 7/2024", "Điều 2", "Điều 2. Hiệu lực."),
        ("điều 9 nq 7/2024", "Điều 1", "Điều 1. Bảo vệ"),
    ],
)
def test_the_part_asked_for_is_shown(
    find: Callable[[str], dict[str, Hit]], typed: str, citation: str, begins: str
) -> None:
    """Without such a part, the one that would hold it; without that, the first article."""
    hit = find(typed)["act"]
    assert len(hit.passages) == 1
    assert hit.passages[0].citation == citation
    assert shown(hit).startswith(f"… {begins}")


def test_words_beside_a_number_choose_the_passage(find: Callable[[str], dict[str, Hit]]) -> None:
    """Whoever asks an act about something is shown that, and not its beginning."""
    hit = find("7/2024/NQ-HĐND khai thác")["act"]
    assert "Cấm khai thác" in shown(hit)
    assert {f.text for f in hit.passages[0].fragments if f.marked} >= {"khai", "thác"}


def test_a_document_found_by_its_title_alone_begins_behind_its_letterhead(
    make_index: Callable[..., Path],
) -> None:
    """Where nothing is marked, the first article says more; a report begins where it begins."""
    titled = replace(ACT, title="Nghị quyết về đa dạng sinh thái")
    news = replace(REPORT, title="Tin về đa dạng sinh thái")
    service = SearchService(make_index([titled, news]))
    hits = {hit.id: hit for hit in service.search(SearchRequest(q="đa dạng sinh thái")).hits}
    assert shown(hits["act"]).startswith("… Điều 1.")
    assert shown(hits["report"]).startswith("Ban thẩm tra")


def test_two_passages_are_shown_where_one_lacks_a_word(make_index: Callable[..., Path]) -> None:
    """Each with its own place."""
    filler = "Đại biểu thảo luận nhiều nội dung khác. " * 20
    text = f"Điều 1. Bảo vệ san hô.\n{filler}\nĐiều 2. Cấm neo tàu.\n{filler}"
    second = text.index("Điều 2")
    long = replace(
        ACT,
        text=clean_text(text),
        pages=(),
        divisions=(
            Division("điều", "1", "", 0, second),
            Division("điều", "2", "", second, len(text)),
        ),
    )
    [hit] = SearchService(make_index([long])).search(SearchRequest(q="neo tàu san hô")).hits
    assert {passage.citation for passage in hit.passages} == {"Điều 1", "Điều 2"}


def test_a_prefix_or_a_field_marks_its_title(find: Callable[[str], dict[str, Hit]]) -> None:
    """Words asked of the title mark the title; the passage begins where the act speaks."""
    hit = find('tiêu đề:"bảo vệ san hô"')["act"]
    assert [f.text for f in hit.title if f.marked] == ["bảo vệ san hô"]
    assert not any(f.marked for f in hit.passages[0].fragments)


@pytest.mark.parametrize("typed", ["7/2024/NQ-HĐND OR neo tàu", '7/2024/NQ-HĐND "neo tàu"'])
def test_words_that_may_be_there_instead_choose_the_passage_too(
    find: Callable[[str], dict[str, Hit]], typed: str
) -> None:
    """A number beside words or in their stead: what is marked is what was asked about."""
    assert "neo tàu" in shown(find(typed)["act"])


def test_a_part_far_down_a_long_act_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages are looked for in the beginning only; a part that was named is read where it is."""
    monkeypatch.setattr("indexer.answers.hits.SEARCHED_CHARACTERS", 20_000)
    start = 50_000
    text = ("Cấm neo tàu ở rạn. " * 4_000)[: start - 1] + "\nĐiều 9. Phạt tiền nặng."
    act = build_document(
        text,
        id="act",
        number="7/2024/NQ-HĐND",
        issued_on="2024-07-10",
        divisions=(Division("điều", "1", "", 0, start), Division("điều", "9", "", start, 50_023)),
    )
    service = SearchService(build_test_index([act], tmp_path / "index"))
    [hit] = service.search(SearchRequest("điều 9 nghị quyết 7/2024/NQ-HĐND")).hits
    assert shown(hit) == "… Điều 9. Phạt tiền nặng."
    assert hit.passages[0].article == "9"
    service.close()


def test_titles_are_clean_whether_they_had_to_be_cleaned_or_not(
    tmp_path: Path,
) -> None:
    """Most need nothing done; the others lose their idle white space and odd letters."""
    documents = [
        build_document("Thu phí", id="a", title="Mức thu phí – năm 2024"),
        build_document("Thu phí", id="b", title="Mức  thu\u00a0phi\u0301 của HÐND"),
    ]
    service = SearchService(build_test_index(documents, tmp_path / "index"))
    titles = {hit.id: plain(hit.title) for hit in service.search(SearchRequest("thu phí")).hits}
    assert titles == {"a": "Mức thu phí – năm 2024", "b": "Mức thu phí của HĐND"}
    service.close()


@given(st.text("aăÐđĐưĂ“”–…! \u01a2\u0301\u00a0\n\t0Ａ", max_size=12))
def test_a_title_is_what_cleaning_makes_of_it(title: str) -> None:
    """However it is told that there is nothing to clean."""
    assert _clean_title(title) == clean_text(title)
