"""Facts about the kernels that measure how near each other words stand, in every form of them."""

from __future__ import annotations

import importlib.util
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.engine import place_kernels_plain
from indexer.store.engine.place_records import (
    MOST_WORDS,
    NEAR,
    ORDER_COLUMNS,
    WIDTHS,
    Candidates,
    Measured,
    Ways,
)
from tests.store.engine.kernels.drawn_shards import Word, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    Places = set[tuple[int, int]]
    """(position, word of the query)"""

_NATIVE = "indexer.store.engine.place_kernels_native"
_GATHER = "indexer.store.engine.place_kernels"
# Close together, across the edges of stretches, and far into a long text.
_POSITIONS = st.integers(0, 30) | st.integers(110, 130) | st.integers(60_000, 60_010)
_WORDS = st.dictionaries(
    st.integers(0, 9), st.sets(_POSITIONS, min_size=1, max_size=8).map(sorted), max_size=8
)


class Said(NamedTuple):
    """A way in which a word of the query is said."""

    word: int
    terms: list[int]
    shifts: tuple[int, int] = (0, 0)


class Asked(NamedTuple):
    """Terms of a shard, and the words of a query that are said by them."""

    terms: list[Word]
    ways: list[Said]
    weights: list[float]


@pytest.fixture(scope="module", params=["numpy", "numba", "interpreted"])
def measure(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Give one form; coverage sees the lines of the compiled one in the last only."""
    if request.param == "numpy":
        return place_kernels_plain.measure_places
    pytest.importorskip("numba", reason="numba is not installed: compiled kernels can't be tested")
    native = import_module(_NATIVE)
    if request.param == "interpreted":
        compiled = import_module("indexer.store.engine.kernels.compiled")
        with mock.patch.multiple(compiled, kernel=lambda *_: _as_it_is, part=_as_it_is):
            gather = _load_again(_GATHER)
            with mock.patch.object(import_module(_GATHER), "gather_words", gather.gather_words):
                native = _load_again(_NATIVE)
    compiled_one: Callable[..., None] = native.measure_places
    return compiled_one


def _load_again(name: str) -> ModuleType:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _as_it_is(function: Any) -> Any:
    return function


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw terms and a query of some of them, with phrases that stand for its words."""
    terms = draw(st.lists(_WORDS, min_size=1, max_size=5))
    count = draw(st.integers(1, 4))
    numbers = st.integers(0, len(terms) - 1)
    ways = [Said(word, [draw(numbers)]) for word in range(count)]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, 2))
        shifts = (at, at + draw(st.integers(0, 2)))
        phrase = draw(st.lists(numbers, min_size=1, max_size=3))
        ways.append(Said(draw(st.integers(0, count - 1)), phrase, shifts))
    weights = [draw(st.sampled_from([0.0, 0.5, 2.0, 3.25])) for _ in range(count)]
    return Asked(terms, ways, weights)


def run(
    measure: Callable[..., None],
    asked: Asked,
    documents: Sequence[int],
    beginning: int = 100,
    kind: Any = np.uint16,
) -> Measured:
    """Return what a kernel measures of the documents."""
    laid = lay_out(asked.terms, kind, before=70)
    chosen = [term for way in asked.ways for term in way.terms]
    ways = Ways(
        laid.starts[chosen],
        laid.ends[chosen],
        np.cumsum([0, *(len(way.terms) for way in asked.ways)]),
        np.array([way.word for way in asked.ways], np.int64),
        np.array([way.shifts for way in asked.ways], np.int64).reshape(-1, 2),
    )
    candidates = Candidates(
        np.array(documents, np.int64), np.full(len(documents), beginning, np.int64)
    )
    measured = Measured(
        np.zeros((len(documents), len(asked.weights)), np.float32),
        np.zeros((len(documents), len(ORDER_COLUMNS)), np.float32),
    )
    arrays = (laid.docs, laid.freqs, laid.positions, laid.marks)
    measure(*arrays, *ways, *candidates, np.array(asked.weights, np.float32), *measured)
    return measured


def places_in(asked: Asked, document: int) -> Places:
    """Return where the query's words stand in a document, or are taken to."""
    places = set()
    for way in asked.ways:
        terms = [asked.terms[term].get(document, []) for term in way.terms]
        for begin in terms[0]:
            if all(begin + step in term for step, term in enumerate(terms)):
                places |= {(begin + shift, way.word) for shift in way.shifts}
    return places


def order_of(places: Places, weights: list[float], beginning: int = 100) -> list[float]:
    """Return ORDER_COLUMNS of one document, as their names say."""
    by_length = [[sum(weights[w - n + 1 : w + 1]) for w in range(len(weights))] for n in (1, 2, 3)]

    def share(words: set[int], length: int = 1) -> float:
        runs = by_length[length - 1][length - 1 :]
        return sum(by_length[length - 1][w] for w in words) / (sum(runs) or 1.0)

    ordered = sorted(places)
    pairs = {w for p, w in places if (p - 1, w - 1) in places}
    triples = {w for p, w in places if {(p - 1, w - 1), (p - 2, w - 2)} <= places}
    near = {
        after
        for at, (p, before) in enumerate(ordered)
        for q, after in ordered[at + 1 : at + 1 + NEAR]
        if after == before + 1 and 0 < q - p <= NEAR
    }
    chains = [
        {w + n for n in range(length)}
        for p, w in places
        for length in range(2, len(weights) + 1)
        if {(p + n, w + n) for n in range(length)} <= places
    ]
    stretches = [
        max(
            (
                share({w for p, w in places if 0 <= p - begin * (width // 2) < width})
                for begin in {place // (width // 2) for place, _ in places}
            ),
            default=0.0,
        )
        for width in WIDTHS
    ]
    return [
        *(share(pairs, 2), share(near, 2), share(triples, 3)),
        max((share(chain) for chain in chains), default=0.0),
        float(len(pairs)),
        share({w for p, w in places if p < beginning}),
        *stretches,
    ]


@given(asked=asked(), documents=st.sets(st.integers(0, 10), min_size=1).map(sorted))
def test_kernels_measure_what_a_plain_loop_measures(
    measure: Callable[..., None], asked: Asked, documents: list[int]
) -> None:
    """Counts and every column, for words and phrases, in documents that hold them or do not."""
    measured = run(measure, asked, documents)
    for row, document in enumerate(documents):
        places = places_in(asked, document)
        counts = [sum(w == word for _, w in places) for word in range(len(asked.weights))]
        assert measured.counts[row].tolist() == counts
        expected = order_of(places, asked.weights)
        assert measured.orders[row].tolist() == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_as_many_words_as_there_are_bits_are_measured(measure: Callable[..., None]) -> None:
    """The last of them is seen in chains, pairs and counts; no other one is."""
    terms: list[Word] = [{3: [2 * MOST_WORDS + at]} for at in range(MOST_WORDS)]
    ways = [Said(word, [word]) for word in range(MOST_WORDS)]
    measured = run(measure, Asked(terms, ways, [1.0] * MOST_WORDS), [3, 4])
    assert measured.counts.tolist() == [[1.0] * MOST_WORDS, [0.0] * MOST_WORDS]
    columns = dict(zip(ORDER_COLUMNS, measured.orders[0].tolist(), strict=True))
    assert columns["longest"] == columns["joined"] == columns["triples"] == pytest.approx(1)
    assert columns["pairs"] == MOST_WORDS - 1
    assert columns["within 12"] == pytest.approx(12 / MOST_WORDS)
    assert columns["early"] == 0
    assert not measured.orders[1].any()


def test_a_whole_query_in_a_row_is_all_of_the_weight(measure: Callable[..., None]) -> None:
    """Not a hair less, wherever it stands: trained limits lie just below 1."""
    weights = [0.1, 0.7, 5.3, 2.9, 0.3]
    terms: list[Word] = [
        {document: [7 * document + word + 1 for _ in (0,)] for document in range(300)}
        for word in range(len(weights))
    ]
    ways = [Said(word, [word]) for word in range(len(weights))]
    measured = run(measure, Asked(terms, ways, weights), range(300))
    assert measured.orders[:, ORDER_COLUMNS.index("longest")].min() > 0.999999


@pytest.mark.parametrize("kind", [np.uint16, np.uint32])
def test_a_long_run_is_leapt_through(measure: Callable[..., None], kind: Any) -> None:
    """Candidates far apart are found in a run of thousands, the last document of a shard too."""
    long: Word = {document: [document % 7, 9] for document in range(0, 65_536, 5)}
    documents = [0, 4, 5, 20_000, 20_001, 65_530, 65_535]
    measured = run(measure, Asked([long], [Said(0, [0])], [1.5]), documents, kind=kind)
    assert measured.counts[:, 0].tolist() == [2, 0, 2, 2, 0, 2, 2]


def test_frequencies_of_four_bytes_are_added_up(measure: Callable[..., None]) -> None:
    """A word 70,000 times in one document leaves the places of the next where they are."""
    terms: list[Word] = [{1: list(range(70_000)), 2: [8]}, {1: [70_000], 2: [9]}]
    asked = Asked(terms, [Said(0, [0]), Said(1, [1])], [1.0, 1.0])
    measured = run(measure, asked, [1, 2], kind=np.uint32)
    assert measured.counts.tolist() == [[70_000, 1], [1, 1]]
    assert measured.orders[:, ORDER_COLUMNS.index("pairs")].tolist() == [1, 1]


def test_nobody_says_a_word_that_the_shard_does_not_hold(measure: Callable[..., None]) -> None:
    """Without any run, everything is 0."""
    measured = run(measure, Asked([{1: [1]}], [], [1.0, 2.0]), [1, 2])
    assert not measured.counts.any()
    assert not measured.orders.any()


def test_chains_of_different_lengths_compete(measure: Callable[..., None]) -> None:
    """The heaviest stretch of neighbours counts, not the first nor the longest."""
    texts = pairwise([0, 50, 54, 100, 102])
    terms: list[Word] = [{0: []} for _ in range(6)]
    for (begin, _), words in zip(texts, ([0, 1, 2], [], [4, 5], []), strict=True):
        for step, word in enumerate(words):
            terms[word][0].append(begin + step)
    terms = [word if word[0] else {} for word in terms]
    weights = [1.0, 1.0, 1.0, 1.0, 2.0, 4.0]
    measured = run(measure, Asked(terms, [Said(w, [w]) for w in range(6)], weights), [0])
    assert measured.orders[0, ORDER_COLUMNS.index("longest")] == pytest.approx(6 / 10)
