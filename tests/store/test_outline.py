"""An outline says where things stand in a text, and reads only what is looked at."""

from __future__ import annotations

import pytest

from indexer.errors import DamagedIndexError
from indexer.language.sentences import Sentences
from indexer.records import Division
from indexer.store.outline import draw_outline, read_outline
from tests.conftest import build_document

TEXT = "Điều 1. Thu phí.\nĐiều 2. Nộp tiền.\nPhụ lục\nĐiều 1. Bảng.\n1. Một. 2. Hai."
DIVISIONS = (
    Division("điều", "1", "Thu “phí”", 0, 17),
    Division("khoản", "1", "", 8, 17, 0),
    Division("điều", "2", "", 17, 36),
    Division("phụ lục", "", "Bảng giá", 36, 73),
    Division("điều", "1", "", 44, 73, 3),
    Division("khoản", "2", "", 66, 73, 4),
)
ACT = build_document(TEXT, divisions=DIVISIONS, pages=(0, 36), ocr={1: 0.8})


def test_an_outline_comes_back_as_it_was_drawn() -> None:
    """Every sentence, page and division stands where it stood."""
    outline = read_outline(draw_outline(ACT))
    assert outline.scanned
    assert outline.length == len(TEXT)
    assert outline.sentences.tolist() == Sentences(TEXT).starts
    assert outline.pages.tolist() == [0, 36]
    assert tuple(outline.divisions) == DIVISIONS
    assert outline.divisions[1:3] == DIVISIONS[1:3]
    assert outline.divisions[-1] == DIVISIONS[-1]
    assert [outline.page_at(offset) for offset in (0, 35, 36, 70)] == [1, 1, 2, 2]


def test_a_part_belongs_to_the_first_article_of_its_label() -> None:
    """An annex counts its own articles, and an address means the act's."""
    divisions = read_outline(draw_outline(ACT)).divisions
    articles = [divisions.article_of(place) for place in range(len(divisions))]
    assert articles == [0, 0, 2, None, None, None]


def test_a_note_has_nothing_but_sentences() -> None:
    """No pages, no parts; an empty text has one sentence without a word."""
    outline = read_outline(draw_outline(build_document("")))
    assert not outline.scanned
    assert (outline.length, outline.page_at(0), len(outline.divisions)) == (0, None, 0)
    assert outline.sentences.tolist() == [0]


@pytest.mark.parametrize("size", [0, 10, 30])
def test_an_outline_that_is_cut_short_is_damage(size: int) -> None:
    """The error says what to do."""
    with pytest.raises(DamagedIndexError, match="build again"):
        read_outline(draw_outline(ACT)[:size])
