"""Kernels over runs of postings, in every form, against plain loops."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.store.array_file import pack_strings
from tests.store.engine.kernels.drawn_shards import (
    DrawnRuns,
    count_phrases,
    counted_runs,
    freeze,
    held_by,
    hold_near,
    in_all,
    lay_out,
    placed_runs,
)

BASE = 7
SIZE = BASE + 65_536
# Each example is drawn for three forms of the kernels.
FEW = settings(max_examples=40)
NORMS = np.linspace(0.3, 9, SIZE, dtype=np.float32)


@FEW
@given(terms=st.sets(st.text(max_size=4)), sought=st.text(max_size=4))
def test_terms_are_found_by_their_bytes(kernels: Any, terms: set[str], sought: str) -> None:
    """And where they would stand; past the last one comes their number."""
    ordered = sorted(terms, key=lambda term: term.encode(errors="surrogatepass"))
    blob, starts = pack_strings(ordered)
    term = sought.encode(errors="surrogatepass")
    keys = [each.encode(errors="surrogatepass") for each in ordered]
    found = kernels.lower_bound(blob, starts.astype(np.uint32), term)
    at = bisect_left(keys, term)
    assert found == at
    first = np.arange(len(terms) + 1, dtype=np.uint32) * 3
    span = kernels.find_term(blob, starts.astype(np.uint32), first, term)
    assert span == ((3 * at, 3 * at + 3) if term in keys else (0, 0))
    for place, key in enumerate(keys):
        span = kernels.find_term(blob, starts.astype(np.uint32), first, key)
        assert span == (3 * place, 3 * place + 3)


@FEW
@given(runs=counted_runs())
def test_what_runs_hold_is_marked_counted_weighed_and_listed(kernels: Any, runs: DrawnRuns) -> None:
    """A shard's documents are counted from its first one in the generation."""
    mask, counts = np.zeros(SIZE, bool), np.zeros(SIZE, np.uint16)
    weights = np.zeros(SIZE, np.float32)
    marked_counts, marked_weights = np.zeros_like(counts), np.zeros_like(weights)
    for word, (start, end) in enumerate(zip(runs.starts, runs.ends, strict=True)):
        kernels.mark(runs.docs, start, end, BASE, mask)
        kernels.hold(runs.docs, start, end, BASE, 1.5, counts, weights)
        expected = [document + BASE for document in held_by(runs, word)]
        listed = kernels.expand(runs.docs, start, end, BASE)
        marked = np.zeros(SIZE, bool)
        marked[listed] = True
        kernels.hold_marked(marked, 1.5, marked_counts, marked_weights)
        assert (listed.dtype, listed.tolist()) == (np.int32, expected)
    expected_counts = np.zeros(SIZE, int)
    for word in range(len(runs.words)):
        expected_counts[[document + BASE for document in held_by(runs, word)]] += 1
    assert (counts == expected_counts).all()
    assert (weights == expected_counts * 1.5).all()
    assert (marked_counts == counts).all()
    assert (marked_weights == weights).all()
    assert (mask == (expected_counts > 0)).all()


@FEW
@given(runs=counted_runs())
def test_scores_add_up_word_by_word(kernels: Any, runs: DrawnRuns) -> None:
    """Each word adds factor * frequency / (frequency + norm), also where frequencies are huge."""
    scores = np.zeros(SIZE, np.float32)
    expected = np.zeros(SIZE)
    for word, (start, end) in enumerate(zip(runs.starts, runs.ends, strict=True)):
        kernels.add_scores(runs.docs, runs.freqs, start, end, BASE, 2.2, NORMS, scores)
        for document, frequency in held_by(runs, word).items():
            expected[document + BASE] += 2.2 * frequency / (frequency + NORMS[document + BASE])
    np.testing.assert_allclose(scores, expected, rtol=1e-6)


@FEW
@given(
    runs=counted_runs(),
    wanted=st.sets(st.integers(0, 1_100) | st.integers(65_500, 65_535), max_size=60)
    | st.just(set(range(700))),
    outside=st.sampled_from([(0, 0), (2, 3)]),
)
def test_only_the_wanted_are_scored(
    kernels: Any, runs: DrawnRuns, wanted: set[int], outside: tuple[int, int]
) -> None:
    """Those of other shards, before and behind, keep what they have; so do those not held."""
    before, behind = outside
    numbers = [*range(before), *(n + BASE for n in sorted(wanted)), *range(SIZE, SIZE + behind)]
    sought, last = np.array(numbers, np.int32), before + len(wanted)
    norms = np.append(NORMS, [1.0] * behind).astype(np.float32)
    for word, (start, end) in enumerate(zip(runs.starts, runs.ends, strict=True)):
        scores, counts = np.full((2, len(numbers)), 0.5, np.float32)
        run = (runs.docs, runs.freqs, start, end, BASE)
        kernels.add_scores_to(*run, 2.2, norms, sought, before, last, scores)
        kernels.frequencies_of(*run, sought, before, last, counts)
        held = held_by(runs, word)
        added = [0.0] * len(numbers)
        expected = [0.5] * len(numbers)
        for i in range(before, last):
            if (frequency := held.get(numbers[i] - BASE, 0)) > 0:
                added[i] = 2.2 * frequency / (frequency + float(norms[numbers[i]]))
                expected[i] = frequency
        assert counts.tolist() == expected
        np.testing.assert_allclose(scores, np.add(added, 0.5), rtol=1e-6)


@FEW
@given(runs=counted_runs())
def test_documents_in_every_run_are_found(kernels: Any, runs: DrawnRuns) -> None:
    """None is in every one of no runs."""
    found = kernels.intersect_runs(runs.docs, runs.starts, runs.ends, BASE)
    assert found.dtype == np.int32
    assert found.tolist() == [document + BASE for document in in_all(runs.words)]


@FEW
@given(runs=counted_runs())
def test_pooled_runs_keep_the_highest_frequency(kernels: Any, runs: DrawnRuns) -> None:
    """Frequencies stay of the type they had."""
    highest: dict[int, int] = {}
    for word in range(len(runs.words)):
        for document, frequency in held_by(runs, word).items():
            highest[document] = max(highest.get(document, 0), frequency)
    docs, freqs = kernels.pool_runs(runs.docs, runs.freqs, runs.starts, runs.ends, 65_536)
    assert (docs.dtype, freqs.dtype) == (np.uint16, runs.freqs.dtype)
    assert dict(zip(docs.tolist(), freqs.tolist(), strict=True)) == highest
    assert docs.tolist() == sorted(highest)


@FEW
@given(runs=placed_runs())
def test_phrases_are_counted(kernels: Any, runs: DrawnRuns) -> None:
    """Words stand side by side in their order; a word may be repeated."""
    docs, freqs = kernels.find_phrase(*runs.placed)
    expected = count_phrases(runs.words)
    assert (docs.dtype, freqs.dtype) == (np.uint16, runs.freqs.dtype)
    assert docs.tolist() == sorted(expected)
    assert freqs.tolist() == [expected[document] for document in sorted(expected)]


@FEW
@given(runs=placed_runs(), distance=st.integers(0, 6) | st.just(9_000))
def test_words_near_each_other_are_found(kernels: Any, runs: DrawnRuns, distance: int) -> None:
    """In any order, within so many syllables in a row."""
    docs = kernels.find_near(*runs.placed, distance)
    assert docs.dtype == np.uint16
    assert docs.tolist() == hold_near(runs.words, distance)


@pytest.mark.parametrize("kind", [np.uint16, np.uint32])
def test_a_word_follows_itself(kernels: Any, kind: Any) -> None:
    """Three in a row are two pairs; at the end of the numbers nothing follows."""
    word = {3: [0, 1, 2, 9], 65_535: [2**32 - 1]}
    docs, freqs = kernels.find_phrase(*lay_out([word, word], kind).placed)
    assert (docs.tolist(), freqs.tolist()) == ([3], [2])


def test_every_document_of_a_full_shard_is_seen(kernels: Any) -> None:
    """65,536 documents fit, the last of them among them."""
    docs, freqs = freeze(range(65_536), np.uint16), freeze([70_000] * 65_536, np.uint32)
    starts, ends = np.array([0, 0], np.int64), np.array([65_536, 65_536], np.int64)
    assert len(kernels.intersect_runs(docs, starts, ends, 0)) == 65_536
    pooled, highest = kernels.pool_runs(docs, freqs, starts, ends, 65_536)
    assert (len(pooled), set(highest.tolist())) == (65_536, {70_000})
    assert kernels.expand(docs, 65_535, 65_536, 65_536).tolist() == [131_071]


@pytest.mark.parametrize("words", [255, 256, 257, 300])
def test_any_number_of_runs_is_intersected(kernels: Any, words: int) -> None:
    """More than a byte counts, too; each run but the first lacks a document of its own."""
    docs = [number for word in range(words) for number in range(400) if number != word or not word]
    lengths = [400 if not word else 399 for word in range(words)]
    ends = np.cumsum(lengths)
    runs = (freeze(docs, np.uint16), ends - lengths, ends)
    found = kernels.intersect_runs(*runs, 0)
    assert found.tolist() == [0, *range(words, 400)]
