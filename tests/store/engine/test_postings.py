"""Arrays hold what Whoosh's own matchers give, and are combined without losing anything."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.store.engine.postings import (
    NO_POSTINGS,
    PostingsCache,
    TermPostings,
    count_places,
    find_near,
    intersect_places,
    pool_postings,
    read_places,
    read_postings,
)
from indexer.store.engine.prefixes import expand_prefix
from indexer.writing import index_row
from tests.store.engine.conftest import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from indexer.records import CouncilDocument

WORDS = "học phí đất giá hội đồng nhân dân thu chi phi phì quỹ xã".split()  # noqa: SIM905

place_lists = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 9)).map(lambda p: p[0] << 32 | p[1]), unique=True
).map(lambda drawn: np.array(sorted(drawn), np.int64))


def random_documents(
    make_document: Callable[..., CouncilDocument], count: int
) -> list[CouncilDocument]:
    """Make documents of random words, the same each time."""
    draw = random.Random(7)  # noqa: S311 (a repeatable draw, no secret)
    return [
        make_document(" ".join(draw.choices(WORDS, k=draw.randint(1, 300))), id=f"d{n}", title="xã")
        for n in range(count)
    ]


def open_reader(directory: Path) -> Any:
    """Open stock Whoosh's reader of an index."""
    return FileIndex(FileStorage(str(directory)), indexname="MAIN").reader()


@pytest.mark.parametrize("segments", [1, 3])
def test_arrays_hold_what_whooshs_own_matchers_give(
    make_document: Callable[..., CouncilDocument], tmp_path: Path, segments: int
) -> None:
    """Documents, frequencies and positions equal those of stock Whoosh, term by term."""
    rows = [index_row(d.id, d) for d in random_documents(make_document, 60)]
    reader = open_reader(write_rows(tmp_path, rows, segments, ()))
    leaves = reader.leaf_readers()
    for field in ("text", "text_folded", "title", "title_folded"):
        for term in reader.lexicon(field):
            matcher = reader.postings(field, term)
            stock = []
            while matcher.is_active():
                stock.append((matcher.id(), matcher.weight(), matcher.value_as("positions")))
                matcher.next()
            postings = read_postings(leaves, field, term.decode())
            places = read_places(leaves, field, term.decode())
            assert postings.documents.tolist() == [row[0] for row in stock]
            assert postings.frequencies.tolist() == [row[1] for row in stock]
            assert places.tolist() == [n << 32 | p for n, _w, row in stock for p in row]
    reader.close()


@pytest.mark.parametrize("stem", ["p", "ph", "phí", "đ", "h", "xyz", "\ud800", ""])
def test_a_prefix_expands_to_the_terms_of_most_documents(
    make_document: Callable[..., CouncilDocument], tmp_path: Path, stem: str
) -> None:
    """As counted over stock Whoosh's own list of terms, over all segments; ties by alphabet."""
    rows = [index_row(d.id, d) for d in random_documents(make_document, 30)]
    reader = open_reader(write_rows(tmp_path, rows, 2, ()))
    known = [(reader.doc_frequency("text", term), term) for term in reader.lexicon("text")]
    ordered = sorted((-count, term) for count, term in known)
    expected = [term.decode() for _, term in ordered if term.decode().startswith(stem)]
    assert list(expand_prefix(reader.leaf_readers(), "text", stem, 4)) == expected[:4]
    assert expand_prefix(reader.leaf_readers(), "nowhere", stem, 4) == ()
    reader.close()


@pytest.mark.parametrize("places", [[[], [1]], [[1], []], [[5], [7]]])
def test_places_that_never_meet_give_nothing(places: Sequence[Sequence[int]]) -> None:
    """Empty lists and lists apart have no phrase."""
    assert intersect_places([np.array(p, np.int64) for p in places]).tolist() == []


@given(lists=st.lists(place_lists, min_size=1, max_size=3), distance=st.integers(1, 6))
def test_near_words_are_found_like_trying_every_place_of_each(
    lists: list[Any], distance: int
) -> None:
    """A stretch of `distance` syllables: the last place less the first is below it."""
    expected = {
        chosen[0] >> 32
        for chosen in product(*(places.tolist() for places in lists))
        if max(chosen) - min(chosen) < distance
    }
    assert find_near(lists, distance).tolist() == sorted(expected)


@given(drawn=st.lists(st.dictionaries(st.integers(0, 9), st.integers(1, 5)), max_size=4))
def test_pooled_postings_keep_the_highest_frequency(drawn: list[dict[int, int]]) -> None:
    """Of several ways to name one thing, a document counts by the one it uses most."""
    parts = [
        TermPostings(np.array(sorted(d), np.int64), np.array([d[k] for k in sorted(d)], np.float32))
        for d in drawn
    ]
    pooled = pool_postings(parts)
    highest = {key: max(d.get(key, 0) for d in drawn) for d in drawn for key in d}
    assert dict(zip(pooled.documents.tolist(), pooled.frequencies.tolist(), strict=True)) == highest
    assert pooled.documents.tolist() == sorted(highest)


@given(documents=st.lists(st.integers(0, 5)).map(sorted))
def test_places_are_counted_by_document(documents: list[int]) -> None:
    """Each document once, with how often it came."""
    counted = count_places(np.array(documents, np.int64))
    assert counted.documents.tolist() == sorted(set(documents))
    assert counted.frequencies.tolist() == [documents.count(n) for n in sorted(set(documents))]


def test_the_cache_forgets_the_least_recently_used() -> None:
    """It never holds more bytes than it may, but for a single array."""
    cache = PostingsCache(capacity=100)
    reads: list[str] = []

    def get(name: str) -> None:
        def read() -> Any:
            reads.append(name)
            return np.zeros(6, np.int64)

        cache.get(("places", "text", name), read)

    for name in ("a", "b", "a", "c", "a", "b"):
        get(name)
    assert reads == ["a", "b", "c", "b"]


def test_the_cache_knows_how_much_postings_hold() -> None:
    """Postings count with both of their arrays."""
    cache = PostingsCache(capacity=10)
    for name in ("a", "b"):
        cache.get(("postings", "text", name), lambda: NO_POSTINGS)
    kept = TermPostings(np.zeros(1, np.int64), np.zeros(1, np.float32))
    assert cache.get(("postings", "text", "c"), lambda: kept) is kept
    assert kept.size == 12
