"""Where pages begin in a document that flows."""

from __future__ import annotations

from indexer.reading.extract.page_marks import join_row_marks, place_marks, split_pages


def test_a_paragraph_is_never_torn() -> None:
    """It stays on the page where it begins."""
    assert list(place_marks("Điều 1. \fMức thu\nlà")) == ["Điều 1. Mức thu", "là", "\f"]
    assert list(place_marks("\f\fĐiều 2.")) == ["\f", "\f", "Điều 2."]
    assert list(place_marks("")) == [""]
    assert list(place_marks("\f")) == ["\f"]


def test_a_row_is_never_torn() -> None:
    """Every cell may tell of the same page."""
    assert join_row_marks(["A\n\f", "\f\nB"]) == (1, ["A\n", "B"])
    assert join_row_marks([]) == (0, [])


def test_pages_without_text_between_marks_are_one() -> None:
    """A break by hand and the page that it begins are both marked."""
    assert split_pages(["a", "\f", "", "\f", "b"], 2) == [["a"], ["", "b"]]


def test_marks_that_disagree_with_the_count_are_not_believed() -> None:
    """A wrong page is worse than none."""
    assert split_pages(["a", "\f", "b"], None) == [["a", "b"]]
    assert split_pages(["a", "\f", "b"], 3) == [["a", "b"]]


def test_a_page_too_full_to_be_one_shows_that_marks_are_missing() -> None:
    """Counts saved long ago may agree by chance."""
    assert len(split_pages(["a", "\f", "b" * 9000], 2)) == 1
