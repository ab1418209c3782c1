"""Completion while typing: what is offered for which beginning, and in which order."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.completion import Completion, complete, completions_as_json
from indexer.answers.search import SearchService
from indexer.completions import build_completions
from indexer.store.completion import Completions
from indexer.store.generations import current_generation, generation_path
from tests.conftest import build_document, build_test_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ISSUER = "HĐND tỉnh Lâm Sơn"
TITLES = {
    "15/2023/NQ-HĐND": "Quy định mức thu học phí tại các trường công lập",
    "05/2024/NQ-HĐND": "Hỗ trợ học phí cho trẻ mầm non",
    "120/2024/NQ-HĐND": "Mức thu lệ phí đăng ký cư trú",
    "8/2022/NQ-HĐND": "Về mục tiêu thu ngân sách, chi cho các trường học",
    "44/2021/NQ-HĐND": "Đặt tên đường tại thị trấn Đồng Vàng",
}
LIKELY = "hoc phí mức THU đ d 15 2023 nq / - \u0301 \ud800 của tỉnh"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of a few resolutions, its sidecar written."""
    documents = [
        build_document(
            "học phí và hội đồng nhân dân",
            id=number,
            number=number,
            title=title,
            kind="nghị quyết",
            issuer=ISSUER,
            issued_on=f"{number.split('/')[1]}-07-10",
        )
        for number, title in TITLES.items()
    ]
    path = build_test_index(documents, tmp_path_factory.mktemp("completion") / "index")
    build_completions(directory_of(path))
    return path


@pytest.fixture(scope="module")
def completions(index: Path) -> Completions:
    """Return the sidecar, opened."""
    return Completions.open(directory_of(index))


@pytest.fixture
def offered(completions: Completions) -> Callable[..., list[str]]:
    """Give a function that returns the texts offered for what is typed, of one kind or of all."""

    def offer(typed: str, kind: str = "") -> list[str]:
        return [c.text for c in complete(completions, typed) if kind in ("", c.kind)]

    return offer


def plain(found: Completion) -> str:
    """Return the text of a completion's fragments without their marks."""
    return "".join(fragment.text for fragment in found.fragments)


def directory_of(index: Path) -> Path:
    """Return the directory of the generation that serves."""
    return generation_path(index, current_generation(index).name)


def test_words_may_stand_anywhere_in_order(offered: Callable[..., list[str]]) -> None:
    """Whole words and the beginning of one find the title that holds them with others between."""
    title = TITLES["15/2023/NQ-HĐND"]
    assert title in offered("muc thu hoc", "title")
    assert title in offered("quy định học p", "title")
    assert title not in offered("hoc muc", "title")
    assert title not in offered("mức th học", "title")


def test_what_begins_as_typed_comes_first(offered: Callable[..., list[str]]) -> None:
    """Then what holds the words side by side, then what holds them apart."""
    assert offered("mức thu", "title") == [
        TITLES["120/2024/NQ-HĐND"],
        TITLES["15/2023/NQ-HĐND"],
        TITLES["8/2022/NQ-HĐND"],
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "muc thu le",
        "mức thu lệ",
        "MỨC THU LỆ",
        "mưc thu l",
        unicodedata.normalize("NFD", "mức thu lệ"),
    ],
)
def test_spelling_of_the_beginning_does_not_matter(
    offered: Callable[..., list[str]], typed: str
) -> None:
    """Without accents, in capitals, decomposed, or with accents still to come."""
    assert offered(typed, "title")[0] == TITLES["120/2024/NQ-HĐND"]


@pytest.mark.parametrize("typed", ["dat ten duong", "đặt tên đường", "Ðặt ten đuong"])
def test_d_finds_d_with_a_bar(offered: Callable[..., list[str]], typed: str) -> None:
    """And so does the Icelandic letter that looks like it."""
    assert offered(typed, "title") == [TITLES["44/2021/NQ-HĐND"]]


def test_accents_that_agree_come_first(offered: Callable[..., list[str]]) -> None:
    """What was typed with other accents is offered behind, for accents go wrong as well."""
    first, *_, last = offered("mục", "title")
    assert first == TITLES["8/2022/NQ-HĐND"]
    assert last in (TITLES["15/2023/NQ-HĐND"], TITLES["120/2024/NQ-HĐND"])


def test_a_finished_word_comes_before_a_longer_one(tmp_path: Path) -> None:
    """Who types "thu" may well mean "thu", even where a newer title says "thưởng"."""
    titles = {"2020-01-01": "Mức thu phí cầu đò", "2020-06-01": "Mức thưởng thi đua"}
    documents = [build_document(id=d, title=title, issued_on=d) for d, title in titles.items()]
    path = build_test_index(documents, tmp_path / "index")
    build_completions(directory_of(path))
    completions = Completions.open(directory_of(path))
    found = [
        [each.text for each in complete(completions, typed)] for typed in ("muc thu", "mức th")
    ]
    assert found == [list(titles.values()), list(titles.values())[::-1]]


def test_a_word_with_a_space_behind_it_is_whole(offered: Callable[..., list[str]]) -> None:
    """The longer words are gone when the space is typed."""
    assert TITLES["44/2021/NQ-HĐND"] in offered("đặt tên đ", "title")
    assert offered("đặt tên đ ", "title") == []
    assert TITLES["44/2021/NQ-HĐND"] in offered("đặt tên đường ", "title")


@pytest.mark.parametrize(
    "typed",
    ["nq 15 2023", "15/2023", "15-2023/n", "NQ15", "015/2023", "nghị quyết 15", "15 lam son"],
)
def test_a_number_is_found_as_people_write_it(completions: Completions, typed: str) -> None:
    """In any order and without its signs; its issuer tells it from namesakes."""
    number = next(c for c in complete(completions, typed) if c.kind == "number")
    assert (number.text, number.id) == ("15/2023/NQ-HĐND", "15/2023/NQ-HĐND")
    assert number.detail == f"{ISSUER} · 10/07/2023"


def test_no_number_is_offered_before_a_digit(offered: Callable[..., list[str]]) -> None:
    """Its kind is: "nq" tells no resolution from another."""
    assert offered("nq", "number") == []
    assert offered("nq", "kind") == ["Nghị quyết"]


def test_kinds_share_the_places(completions: Completions) -> None:
    """No kind takes all ten while another has something to say."""
    kinds = [completion.kind for completion in complete(completions, "t")]
    assert len(kinds) == 10
    assert {"unit", "phrase"} <= set(kinds)
    assert len(complete(completions, "t", 3)) == 3
    assert len(complete(completions, "t", 99)) == 10
    assert complete(completions, "t", 0) == ()


def test_what_was_typed_is_marked(completions: Completions) -> None:
    """Whole words are marked whole, the last one as far as it was typed."""
    [found] = [c for c in complete(completions, "hỗ trợ hoc") if c.kind == "title"]
    assert [text for text, marked in found.fragments if marked] == ["Hỗ", "trợ", "học"]
    [number] = complete(completions, "nq 5 20")
    assert "".join(f"[{t}]" if m else t for t, m in number.fragments) == "[05]/[20]24/[NQ]-HĐND"


def test_words_that_only_lead_to_an_entry_are_not_marked(completions: Completions) -> None:
    """A number is found by its issuer, which it does not show."""
    number = next(c for c in complete(completions, "15 lâm sơn") if c.kind == "number")
    assert [text for text, marked in number.fragments if marked] == ["15"]


def test_nonsense_is_answered_with_nothing(completions: Completions) -> None:
    """Unknown words, punctuation and nothing at all."""
    for typed in ("xyzzy", "hoc xyzzy", "…?!", "", " ", "\u0301"):
        assert complete(completions, typed) == ()


def test_two_hundred_characters_are_heeded(completions: Completions) -> None:
    """What follows changes nothing."""
    typed = "học phí" + " " * 193
    assert complete(completions, typed + "xyzzy" * 1000) == complete(completions, typed)
    assert complete(completions, "học " * 5000) == ()


@given(st.text(max_size=220))
def test_any_string_is_answered(completions: Completions, typed: str) -> None:
    """At most ten, each once, and its fragments are its text."""
    found = complete(completions, typed)
    assert len(set(found)) == len(found) <= 10
    assert all(plain(each) == each.text for each in found)


@given(
    st.lists(
        st.sampled_from(LIKELY.split()),
        max_size=30,
    ),
    st.sampled_from(["", " "]),
)
def test_likely_words_in_any_order_are_answered(
    completions: Completions, words: list[str], between: str
) -> None:
    """Repeated, glued and shuffled beginnings break nothing."""
    found = complete(completions, between.join(words))
    assert all(plain(each) == each.text for each in found)


def test_marked_text_is_escaped(tmp_path: Path) -> None:
    """A title may hold what a browser would run."""
    title = 'Về <script>"phí" & lệ phí'
    path = build_test_index([build_document(id="x", title=title)], tmp_path / "index")
    build_completions(directory_of(path))
    found = complete(Completions.open(directory_of(path)), "ve script")
    answer = completions_as_json("ve script", found)
    assert answer == {
        "query": "ve script",
        "completions": [
            {
                "text": title,
                "kind": "title",
                "detail": "",
                "id": "x",
                "marked": "<mark>Về</mark> &lt;<mark>script</mark>&gt;&quot;phí&quot; &amp; lệ phí",
            }
        ],
    }


def test_the_service_completes_from_the_serving_generation(index: Path) -> None:
    """The façade opens the sidecar beside the index that CURRENT names."""
    service = SearchService(index)
    try:
        found = service.complete("mức thu lệ", 2)
        assert isinstance(found[0], Completion)
        assert TITLES["120/2024/NQ-HĐND"] in [each.text for each in found]
        assert len(found) <= 2
    finally:
        service.close()
