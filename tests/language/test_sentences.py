"""Sentences end where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.sentences import Sentences


def split(text: str) -> list[str]:
    """Return the sentences of a text."""
    starts = Sentences(text).starts
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Thu phí. Nộp tiền.", ["Thu phí.", "Nộp tiền."]),
        ("Họp ở TP. Huế. Xong.", ["Họp ở TP. Huế.", "Xong."]),
        ("Theo khoản 2. Mức 12.500 đồng.", ["Theo khoản 2. Mức 12.500 đồng."]),
        ("Điều 5. Mức thu. Là 1.", ["Điều 5. Mức thu.", "Là 1."]),
        ("Năm 2024. Thu phí", ["Năm 2024.", "Thu phí"]),
        ("Thu phí;\nnộp tiền", ["Thu phí;", "nộp tiền"]),
        ("Hội đồng\nnhân dân", ["Hội đồng\nnhân dân"]),
        ("NGHỊ QUYẾT\n\nVề học phí", ["NGHỊ QUYẾT", "Về học phí"]),
        ("NGHỊ QUYẾT\nVề học phí", ["NGHỊ QUYẾT", "Về học phí"]),
        ("VỀ VIỆC QUY ĐỊNH\nMỨC THU", ["VỀ VIỆC QUY ĐỊNH\nMỨC THU"]),
        ("HĐND XÃ AN\nSố: 4/NQ-HĐND", ["HĐND XÃ AN", "Số: 4/NQ-HĐND"]),
        ("Quyết nghị\nĐiều 1. Thu", ["Quyết nghị", "Điều 1. Thu"]),
        ("Có không? Có!", ["Có không?", "Có!"]),
    ],
)
def test_a_sentence_ends_at_its_stop(text: str, sentences: list[str]) -> None:
    """Numbers and shortened words end none."""
    assert split(text) == sentences


@given(st.text(alphabet="aÁ1. \n;"), st.integers(0, 60))
def test_every_offset_lies_in_its_sentence(text: str, offset: int) -> None:
    """Whatever the text is."""
    start, end = Sentences(text).around(min(offset, len(text)))
    assert 0 <= start <= min(offset, len(text)) <= max(end, start) <= len(text)


def test_the_last_end_before_an_offset_is_that_of_a_whole_sentence() -> None:
    """Past the text it is the offset itself."""
    sentences = Sentences("Thu phí. Nộp tiền.")
    assert sentences.end_before(12) == 9
    assert sentences.end_before(40) == 40
