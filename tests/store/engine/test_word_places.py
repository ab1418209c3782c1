"""Facts about how words that are sought are measured, whichever kernels are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.store.engine import kernels, place_kernels_plain, word_places
from indexer.store.engine.place_records import WIDTHS
from indexer.store.engine.postings import NO_POSTINGS, term_postings
from indexer.store.engine.shard import open_shards
from indexer.store.engine.sought_words import SoughtWord, Way
from indexer.store.engine.word_places import Wanted, measure_words
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument
    from indexer.store.engine.shard import Shard


@pytest.fixture
def shards(tmp_path: Path, make_document: Callable[..., CouncilDocument]) -> Sequence[Shard]:
    """Give three documents in two shards; the last says nothing that is asked for."""
    first, second, third = (
        make_document(text, id=text[:2], title="Tờ trình")
        for text in ("Mức thu phí chợ.", "Phí chợ xã, phí bến.", "Cây xanh.")
    )
    return open_shards(write_shard_directory(tmp_path / "two", [[first], [second, third]]))[0]


@pytest.fixture
def choose_again() -> Iterator[None]:
    """Have the kernel chosen anew, before and after the test."""
    word_places._measurer.cache_clear()
    yield
    word_places._measurer.cache_clear()


def sought(shards: Sequence[Shard], *words: str) -> list[SoughtWord]:
    """Return words as they are looked up in the text."""
    found = [term_postings(shards, "text", word) for word in words]
    return [SoughtWord((Way((each,)),), each.found) for each in found]


def test_rows_are_those_of_the_documents_wanted(shards: Sequence[Shard]) -> None:
    """Of every shard, with the columns where their names say."""
    wanted = Wanted.among(np.array([0, 1, 2], np.int32), shards)
    assert wanted.edges == (0, 1, 3)
    weights = np.array([1, 3], np.float32)
    beginnings = np.array([100, 100, 0])
    places = measure_words(shards, sought(shards, "phí", "chợ"), weights, wanted, beginnings)
    assert places.counts.tolist() == [[1, 1], [2, 1], [0, 0]]
    assert places.pairs.tolist() == places.joined.tolist() == places.early.tolist() == [1, 1, 0]
    assert len(places.within) == len(WIDTHS)
    assert places.weights is weights


def test_a_shard_without_any_wanted_is_left_alone(shards: Sequence[Shard]) -> None:
    """One document of the second shard is measured by itself."""
    wanted = Wanted.among(np.array([1], np.int32), shards)
    weights = np.ones(1, np.float32)
    places = measure_words(shards, sought(shards, "phí"), weights, wanted, np.array([1]))
    assert places.counts.tolist() == [[2]]


def test_a_way_needs_all_of_its_terms_in_a_shard(shards: Sequence[Shard]) -> None:
    """A phrase with a word that stands nowhere is said nowhere."""
    known = sought(shards, "phí")[0]
    way = Way((*known.ways[0].terms, NO_POSTINGS))
    wanted = Wanted.among(np.array([0, 1], np.int32), shards)
    weights, beginnings = np.ones(1, np.float32), np.array([9, 9])
    places = measure_words(shards, [SoughtWord((way,), 0)], weights, wanted, beginnings)
    assert not places.counts.any()


@pytest.mark.usefixtures("choose_again")
def test_without_compiled_kernels_numpy_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice is that of all kernels."""
    monkeypatch.setattr(kernels, "NATIVE", False)
    assert word_places._measurer() is place_kernels_plain.measure_places


@pytest.mark.usefixtures("choose_again")
def test_with_compiled_kernels_what_measures_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Warming up compiles it: the first question need not wait."""
    pytest.importorskip("numba", reason="numba is not installed: nothing can be compiled")
    monkeypatch.setattr(kernels, "NATIVE", True)
    word_places.warm_up()
    measure_places = word_places._measurer()
    assert measure_places.__module__ == "indexer.store.engine.place_kernels_native"
