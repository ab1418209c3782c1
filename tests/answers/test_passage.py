"""A hit names the page and the article that its passage stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.answers.passage import Passage, find_passage
from indexer.answers.search import SearchService
from indexer.records import Division
from indexer.search_records import SearchRequest
from tests.conftest import build_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        ("Căn cứ", Passage(1)),
        ("học phí", Passage(1, "1", "Điều 1")),
        ("Hiệu lực", Passage(2, "2", "Điều 2")),
        ("Bảng giá", Passage(2, "", "Điều 1 Phụ lục")),
        ("Phụ lục", Passage(2, "", "Phụ lục")),
    ],
)
def test_a_passage_knows_its_page_and_article(words: str, passage: Passage) -> None:
    """An annex's own article 1 has no address of its own: that is the act's."""
    assert find_passage(ACT, TEXT.index(words)) == passage


def test_no_match_has_no_place() -> None:
    """Nor has a text without pages and parts."""
    assert find_passage(ACT, None) == Passage()
    assert find_passage(replace(ACT, pages=(), divisions=()), 20) == Passage()


def test_a_hit_names_where_its_snippet_stands(make_index: Callable[..., Path]) -> None:
    """Readers go to the article at once, and see that a machine read it."""
    service = SearchService(make_index([replace(ACT, ocr={0: 0.9})]))
    [hit] = service.search(SearchRequest("học phí")).hits
    assert (hit.page, hit.article, hit.citation, hit.scanned) == (1, "1", "Điều 1", True)
    service.close()
