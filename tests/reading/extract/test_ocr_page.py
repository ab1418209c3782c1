"""Recognised pages are kept as JSON."""

from __future__ import annotations

import json

import pytest

from indexer.reading.extract.ocr_page import OcrWord, page_from_json, page_to_json
from tests.reading.extract.ocr_words import place_page


def test_a_page_survives_json() -> None:
    """What was recognised comes out of the cache as it went in."""
    page = place_page("Căn cứ Luật Hồ Sen;", "Điều 1.", number=3)
    assert page_from_json(json.loads(json.dumps(page_to_json(page)))) == page


@pytest.mark.parametrize(
    "damaged", [[], [0, 1, 2], ["x", 1, 2, []], [0, 1, 2, [["a", 0.5, 1]]], None, [0, 1, 2, 3]]
)
def test_a_damaged_page_is_an_error(damaged: object) -> None:
    """A cache that something else wrote is noticed, not read as a page."""
    with pytest.raises((TypeError, ValueError)):
        page_from_json(damaged)  # type: ignore[arg-type]


def test_a_word_knows_where_it_ends() -> None:
    """Right and bottom follow from the place and the size."""
    word = OcrWord("xã", 0.9, 10, 20, 30, 40, 1, 1, 1)
    assert (word.right, word.bottom) == (40, 60)
