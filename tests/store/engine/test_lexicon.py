"""A field's vocabulary, and the numbers that words are known by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.engine import lexicon
from indexer.store.engine.lexicon import (
    Lexicon,
    add_up,
    number_word,
    number_words,
    pick_terms,
    read_lexicon,
)
from indexer.store.engine.shard import open_shards
from indexer.store.engine.shard_terms import packed_terms
from indexer.store.ragged import Ragged
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument

TERMS = st.binary(min_size=1, max_size=3)


def as_lexicon(counts: dict[bytes, int]) -> Lexicon:
    """Return terms and their documents as a shard has them."""
    terms = sorted(counts)
    return Lexicon(*Ragged.of_parts(terms), np.array([counts[term] for term in terms], np.int64))


def test_terms_are_counted_by_documents(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """In the order of their bytes, however often one document says them."""
    documents = [make_document(text, id=text) for text in ("phí phí", "phí đò", "an")]
    [shard], _live = open_shards(write_shard_directory(tmp_path, [documents]))
    found = read_lexicon(shard, "text")
    assert packed_terms(found.blob, found.starts) == [b"an", "phí".encode(), "đò".encode()]
    assert found.documents.tolist() == [1, 2, 1]
    assert pick_terms([read_lexicon(shard, "text", slice(1, 3))], np.array([1])) == ["đò".encode()]


@given(counts=st.lists(st.dictionaries(TERMS, st.integers(1, 9)), max_size=3))
def test_the_terms_of_several_shards_are_added_up(counts: list[dict[bytes, int]]) -> None:
    """Each term once, whichever shards hold it."""
    lexicons = [as_lexicon(each) for each in counts]
    places, documents = add_up(lexicons)
    terms = pick_terms(lexicons, places)
    assert len(set(terms)) == len(terms)
    expected: Counter[bytes] = Counter()
    for each in counts:
        expected.update(each)
    assert dict(zip(terms, documents.tolist(), strict=True)) == expected


@pytest.mark.parametrize("together", [1, 2, 1000])
@given(words=st.lists(st.binary(max_size=70), max_size=6))
def test_words_are_numbered_together_as_one_by_one(together: int, words: list[bytes]) -> None:
    """Short and long ones, many at once and few."""
    packed = Ragged.of_parts([*words, b"x" * 64, b"x" * 65])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_TOGETHER", together)
        numbers = number_words(packed.values, packed.starts[:-1], packed.starts[1:])
    assert numbers.tolist() == [number_word(word) for word in packed.parts()]


def test_alike_words_have_different_numbers() -> None:
    """Every number fits a signed one of 64 bits, where -1 means none."""
    words = {f"{a}{b}{tone}" for a in "bcdghklmn" for b in "aeiouy" for tone in "áàảãạ"}
    numbers = {number_word(word) for word in words} | {number_word(""), number_word("b" * 99)}
    assert len(numbers) == len(words) + 2
    assert all(0 <= number < 1 << 63 for number in numbers)
