"""Documents found are the same ones in whichever form they are kept."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.engine.found import NOTHING, Found, found_by
from indexer.store.engine.postings import Postings, Run

SIZE = 90
SHARDS: Any = [SimpleNamespace(base=0, size=50), SimpleNamespace(base=50, size=40)]
FORMS = ("documents", "mask", "term", "phrase")

chosen = st.sets(st.integers(0, SIZE - 1), max_size=SIZE)
drawn = st.tuples(chosen, st.sampled_from(FORMS))


def lay_out(sets: list[set[int]]) -> list[Postings]:
    """Return the sets as terms of two shards, whose documents stand in one array each."""
    postings: list[list[Run]] = [[] for _ in sets]
    for place, shard in enumerate(SHARDS):
        here = [sorted(n - shard.base for n in s if 0 <= n - shard.base < shard.size) for s in sets]
        ends = np.cumsum([0, *map(len, here)]).tolist()
        documents = np.array([n for numbers in here for n in numbers], np.uint16)
        documents.flags.writeable = False
        shard.documents = documents
        for at in range(len(sets)):
            if here[at]:
                run = Run(documents, documents, ends[at], ends[at + 1], shard.base, place)
                postings[at].append(run)
    return [Postings(tuple(runs), len(s)) for runs, s in zip(postings, sets, strict=True)]


def make(sets: list[tuple[set[int], str]]) -> list[Found]:
    """Return each set in the form that was drawn for it."""
    founds = []
    for (numbers, form), postings in zip(sets, lay_out([s for s, _ in sets]), strict=True):
        documents = np.array(sorted(numbers), np.int32)
        if form == "documents":
            founds.append(Found(SIZE, documents=documents))
        elif form == "mask":
            founds.append(Found(SIZE, mask=np.isin(np.arange(SIZE), documents)))
        elif form == "term":
            founds.append(Found.holding(SIZE, SHARDS, postings))
        else:
            founds.append(found_by(SIZE, postings))
    return founds


def check(found: Found, expected: set[int]) -> None:
    """Check every form of it."""
    assert found.count == len(expected)
    assert found.documents.tolist() == sorted(expected)
    assert np.flatnonzero(found.mask).tolist() == sorted(expected)
    assert found.documents.dtype == np.int32
    assert found.count == len(expected)


@given(sets=st.lists(drawn, min_size=1, max_size=4), mask_first=st.booleans())
def test_documents_found_are_combined_as_sets(
    sets: list[tuple[set[int], str]], *, mask_first: bool
) -> None:
    """In all of them, in any of them, in none; whichever form is asked for first."""
    numbers = [s for s, _form in sets]
    founds = make(sets)
    both, either, neither = reduce(and_, founds), reduce(or_, founds), ~founds[0]
    if mask_first:
        assert both.mask.sum() == len(reduce(and_, numbers))
    check(both, reduce(and_, numbers))
    check(either, reduce(or_, numbers))
    check(neither, set(range(SIZE)) - numbers[0])
    for found, expected in zip(founds, numbers, strict=True):
        check(found, expected)
        assert all((n in found) == (n in expected) for n in range(0, SIZE, 7))


def test_a_term_that_no_document_holds_is_known_to_find_nothing() -> None:
    """Without looking anything else up."""
    some, none = lay_out([{1, 2}, set()])
    assert Found.holding(SIZE, SHARDS, some, none).is_nothing
    assert not Found.holding(SIZE, SHARDS, some).is_nothing
    assert Found(SIZE, documents=NOTHING).is_nothing
