"""A place in a document: its page, its article, its name; and the place that a name means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.answers.place import (
    Place,
    cite_divisions,
    find_division,
    find_head,
    find_opening,
    find_place,
    passage_anchor,
)
from indexer.records import Division, DivisionKind
from indexer.store.outline import draw_outline, read_outline
from tests.conftest import build_document

TEXT = "Căn cứ luật. Điều 1. Mức thu học phí. Điều 2. Hiệu lực. Phụ lục: Điều 1. Bảng giá."
ACT = build_document(
    TEXT,
    pages=(0, 38),
    divisions=(
        Division("điều", "1", "", 13, 38),
        Division("điều", "2", "", 38, 56),
        Division("phụ lục", "", "", 56, 82),
        Division("điều", "1", "", 65, 82, 2),
    ),
)
OUTLINE = read_outline(draw_outline(ACT))
NESTED = build_document(
    "Chương I. Điều 1. Một. Điều 2. Hai. 1. Đầu. a) Điểm. 2. Sau.",
    divisions=(
        Division("chương", "I", "", 0, 60),
        Division("điều", "1", "", 10, 23, 0),
        Division("điều", "2", "", 23, 60, 0),
        Division("khoản", "1", "", 36, 53, 2),
        Division("điểm", "a", "", 44, 53, 3),
        Division("khoản", "2", "", 53, 60, 2),
    ),
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Căn cứ", Place(1)),
        ("học phí", Place(1, "1", "Điều 1")),
        ("Hiệu lực", Place(2, "2", "Điều 2")),
        ("Bảng giá", Place(2, "", "Điều 1 Phụ lục")),
        ("Phụ lục", Place(2, "", "Phụ lục")),
    ],
)
def test_a_passage_knows_its_page_and_article(words: str, place: Place) -> None:
    """An annex's own article 1 has no address of its own: that is the act's."""
    assert find_place(OUTLINE, TEXT.index(words)) == place


def test_no_match_has_no_place() -> None:
    """Nor has a text without pages and parts."""
    assert find_place(OUTLINE, None) == Place()
    plain = read_outline(draw_outline(replace(ACT, pages=(), divisions=())))
    assert find_place(plain, 20) == Place()


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ((("điều", "2"),), 23),
        ((("khoản", "2"), ("điều", "2")), 53),
        ((("khoản", "1"), ("chương", "i")), 36),
        ((("điểm", "A"), ("khoản", "1"), ("điều", "2")), 44),
        ((("điểm", "a"), ("điều", "2")), 44),
        ((("khoản", "2"), ("điều", "1")), None),
        ((("khoản", "2"), ("phụ lục", "")), None),
        ((("điều", "9"),), None),
        ((), None),
    ],
)
def test_a_part_is_found_by_its_name_from_the_inside_out(
    path: tuple[tuple[DivisionKind, str], ...], start: int | None
) -> None:
    """Capitals aside, and with parts between that nobody named; another article's has another."""
    assert find_division(NESTED.divisions, path) == start


def test_of_two_parts_of_one_name_the_first_is_meant() -> None:
    """The act's article 1, and not its annex's."""
    assert find_division(ACT.divisions, (("điều", "1"),)) == 13


def test_a_document_begins_to_speak_at_its_first_part() -> None:
    """Behind its letterhead; a text without parts has no such place."""
    assert find_opening(ACT.divisions) == 13
    assert find_opening(()) is None


def test_the_head_of_a_document_ends_where_it_begins_to_speak() -> None:
    """Behind its title, where it has no parts and repeats that; else it has no head."""
    assert find_head(OUTLINE.divisions, "", TEXT) == 13
    assert find_head((), "Tin", "Đài: Tin ngắn") == 8
    assert find_head((), "Tin", "Đài") == find_head((), "", "Đài") == 0


def test_the_first_of_a_name_is_cited_by_it() -> None:
    """Anchors on the page are made from these names, so none stands there twice."""
    cited = cite_divisions(ACT)
    assert cited == {13: "Điều 1", 38: "Điều 2", 56: "Phụ lục", 65: "Điều 1 Phụ lục"}
    twice = replace(ACT, divisions=(*ACT.divisions[:2], Division("điều", "1", "", 56, 82)))
    assert cite_divisions(twice) == {13: "Điều 1", 38: "Điều 2"}


def test_anchors_tell_d_from_its_barred_twin() -> None:
    """Both letters count points, and a clause has both."""
    assert passage_anchor("điểm d khoản 1 Điều 3") != passage_anchor("điểm đ khoản 1 Điều 3")
    assert passage_anchor("Phụ lục I") == "phu-luc-i"
