"""On an empty result, what to leave out and what that would give."""

from __future__ import annotations

from indexer.answers.rescue import find_rescues
from indexer.search_records import SearchRequest


def drops(request: SearchRequest, found: dict[str, int]) -> list[tuple[str, str, int]]:
    """Return (dropped, query left, total) where each query that is left finds so much."""
    rescues = find_rescues(request, lambda asked: found.get(asked.q, 0))
    return [(rescue.dropped, rescue.request.q, rescue.total) for rescue in rescues]


def test_the_word_that_nothing_holds_is_the_one_to_drop() -> None:
    """The most helpful first; those that would not help are not offered."""
    found = {"học phí": 7, "học xyz": 1}
    assert drops(SearchRequest("học phí xyz"), found) == [
        ("xyz", "học phí", 7),
        ("phí", "học xyz", 1),
    ]


def test_phrases_and_fields_are_dropped_whole() -> None:
    """A quote is never torn open."""
    found = {"học phí": 3}
    dropped = drops(SearchRequest('học phí tiêu đề:"giá đất mới"'), found)
    assert dropped == [('tiêu đề:"giá đất mới"', "học phí", 3)]
    assert drops(SearchRequest('"giá đất" học phí'), found) == [('"giá đất"', "học phí", 3)]


def test_filters_are_dropped_one_facet_at_a_time() -> None:
    """The others stay, and so does the question."""
    request = SearchRequest("phí", {"level": ("xã", "huyện"), "kind": ("tờ trình",)}, page=3)
    rescues = find_rescues(request, lambda asked: 4 if "kind" in asked.filters else 0)
    assert [(rescue.dropped, rescue.total) for rescue in rescues] == [("xã, huyện", 4)]
    assert rescues[0].request == SearchRequest("phí", {"kind": ("tờ trình",)})


def test_a_single_word_has_nothing_to_drop() -> None:
    """Without it there is no question left."""
    assert drops(SearchRequest("xyz"), {"": 100}) == []


def test_long_questions_are_tried_a_bounded_number_of_times() -> None:
    """Each try costs a search."""
    asked: list[str] = []

    def count(request: SearchRequest) -> int:
        asked.append(request.q)
        return 0

    find_rescues(SearchRequest(" ".join(f"w{i}" for i in range(60))), count)
    assert len(asked) == 12
