"""Lists of different lengths in two arrays are what the lists are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.ragged import Ragged, join_ragged

LISTS = st.lists(st.lists(st.integers(0, 255), max_size=4), max_size=6)


@given(lists=LISTS, draw=st.data())
def test_lists_are_taken_in_any_order(lists: list[list[int]], draw: st.DataObject) -> None:
    """One may be taken twice, another never."""
    rows = draw.draw(st.lists(st.integers(0, len(lists) - 1), max_size=9) if lists else st.just([]))
    taken = Ragged.of(lists, np.uint32).take(np.array(rows, np.int64))
    assert taken.lists() == [lists[row] for row in rows]
    assert taken.lengths.tolist() == [len(lists[row]) for row in rows]


@given(parts=st.lists(LISTS, min_size=1, max_size=3))
def test_joined_lists_stand_behind_each_other(parts: list[list[list[int]]]) -> None:
    """Empty parts and empty lists among them."""
    joined = join_ragged([Ragged.of(lists, np.uint8) for lists in parts])
    assert joined.lists() == [each for lists in parts for each in lists]


@given(texts=st.lists(st.text(st.characters(), max_size=4)))
def test_any_text_comes_back(texts: list[str]) -> None:
    """Lone surrogates and NUL as well."""
    packed = Ragged.of_texts(["\ud800\0", *texts])
    assert packed.texts() == ["\ud800\0", *texts]
    assert packed.parts()[0] == b"\xed\xa0\x80\0"
