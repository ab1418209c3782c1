"""Numbers of lists on pages of HTML."""

from __future__ import annotations

import pytest

from indexer.reading.extract.html_lists import number_lists
from indexer.reading.extract.html_tree import drop_invisible, parse_page, read_lines


def read(body: str) -> list[str]:
    """Return the lines of a page with this body, its lists numbered."""
    root = parse_page(f"<html><body>{body}</body></html>")
    number_lists(root)
    return read_lines(root)


@pytest.mark.parametrize(
    ("attributes", "first", "second"),
    [
        ("", "1. Phí", "2. Lệ phí"),
        (" start=3 type=a", "c) Phí", "d) Lệ phí"),
        (" type=I start=x", "I. Phí", "II. Lệ phí"),
        (" style='list-style-type: none'", "Phí", "Lệ phí"),
    ],
)
def test_entries_have_the_numbers_that_a_reader_sees(
    attributes: str, first: str, second: str
) -> None:
    """Figures, letters or Roman numbers, from whatever the list starts with."""
    assert read(f"<ol{attributes}><li> Phí</li><li><p>Lệ phí</p></li></ol>") == [first, second]


def test_an_entry_may_state_its_number() -> None:
    """Those after it count on; other lists inside have numbers of their own."""
    body = "<ol><li value=5>A<ol type=a><li>B</li></ol></li><!-- --><li><b>C</b></li></ol>"
    assert read(body) == ["5. A", "a) B", "6. C"]


@pytest.mark.parametrize("entry", ["1. Phí", "a) Phí", "- Phí", "<a href=/x>Phí</a>"])
def test_typed_numbers_and_links_get_none(entry: str) -> None:
    """A second number would be wrong, and a list of links is a menu."""
    assert read(f"<ol><li>{entry}</li></ol>") == read(f"<p>{entry}</p>")


def test_what_a_revision_took_out_is_not_read() -> None:
    """As in documents of Word: revisions count as accepted."""
    root = parse_page("<html><body><p>Phí <del>cũ</del><ins>mới</ins></p></body></html>")
    drop_invisible(root)
    assert read_lines(root) == ["Phí mới"]
