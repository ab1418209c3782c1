"""The engine answers what stock Whoosh answers: who is found, counted, scored and comes first.

Both read the files that the project's own writer wrote: random collections in several segments,
with updates that deleted and replaced documents; every other one in many shards. The request is
asked of our engine and, said in Whoosh's own query classes, of Whoosh 2.7.4 under the same
weighting model (stock_whoosh.py says what had to be set there and why). Both kinds of kernels are
compared. EQUALITY_EXAMPLES and EQUALITY_COLLECTIONS in the environment try more than the usual.

Not compared, since Whoosh knows no such thing: the second stage (`reorder`), and the cut at the
200 most frequent words of a prefix, which these small vocabularies never reach.
"""

from __future__ import annotations

import importlib
import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as wq

from indexer.query_records import Query
from indexer.store.engine import kernels, matching
from indexer.store.engine.protocol import EngineRequest, Filters
from indexer.store.engine.shard_files import read_live, read_shards
from indexer.store.engine.whoosh_engine import WhooshEngine
from tests.store.engine.equality_collections import (
    LIMITS,
    OFTEN,
    OFTEN_WORD,
    Update,
    make_updates,
    write_updates,
)
from tests.store.engine.equality_queries import PLAIN_WEIGHTS, SYLLABLES, placed, requests
from tests.store.engine.stock_answers import FACETS, StockAnswer
from tests.store.engine.stock_whoosh import StockWhoosh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.query_records import Node
    from indexer.store.engine.protocol import EngineAnswer

EXAMPLES = int(os.environ.get("EQUALITY_EXAMPLES", "150"))
COLLECTIONS = int(os.environ.get("EQUALITY_COLLECTIONS", "8"))
_SLOW = [HealthCheck.too_slow]
# The two smallest collections, of no document and of one, are soon known.
SEEDS = st.sampled_from((*(3 * tuple(range(2, COLLECTIONS))), 0, 1))
_RELATIVE = 1e-5
# What numbers of 32 bits leave of a score of nothing.
_NOTHING = 1e-9
_EXPLAINED = 2


@dataclass(frozen=True)
class Opened:
    """One collection, open on both sides."""

    directory: Path
    updates: list[Update]
    engine: WhooshEngine
    stock: StockWhoosh


@pytest.fixture(scope="module", params=["plain", "native"])
def use_kernels(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have every kernel run by numpy, then by numba."""
    if request.param == "native":
        pytest.importorskip("numba", reason="numba is not installed: its kernels can't be compared")
    chosen = importlib.import_module(f"indexer.store.engine.kernels.{request.param}")
    with pytest.MonkeyPatch.context() as patch:
        for name in vars(chosen).keys() & set(kernels.__all__):
            patch.setattr(kernels, name, getattr(chosen, name))
        yield


@pytest.fixture(scope="module")
def open_both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Opened]]:
    """Give a function that opens a collection, by its seed, in our engine and in Whoosh."""

    @cache
    def opened(seed: int) -> Opened:
        directory, updates = tmp_path_factory.mktemp("equality"), make_updates(seed)
        write_updates(directory, updates, LIMITS[seed % len(LIMITS)])
        known.append(Opened(directory, updates, WhooshEngine(directory), StockWhoosh(directory)))
        return known[-1]

    known: list[Opened] = []
    yield opened
    for each in known:
        each.engine.close()
        each.stock.close()


@settings(max_examples=EXAMPLES, suppress_health_check=_SLOW)
@given(request=requests, seed=SEEDS)
@pytest.mark.usefixtures("use_kernels")
def test_every_request_is_answered_as_stock_whoosh_answers_it(
    open_both: Callable[[int], Opened], request: EngineRequest, seed: int
) -> None:
    """Counts, facets, top hits and scores to 1e-5, over segments, shards, deletions and filters."""
    assert_same_answers(open_both(seed), request)


@settings(max_examples=EXAMPLES // 3, suppress_health_check=_SLOW)
@given(root=placed, seed=SEEDS)
def test_what_whoosh_finds_for_us_is_what_kernels_find(
    open_both: Callable[[int], Opened], root: Node, seed: int
) -> None:
    """Where no kernel takes a phrase or a stretch, Whoosh's matcher finds the same documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "MOST_PLACED", 0)
        assert_same_answers(open_both(seed), EngineRequest(Query(root), PLAIN_WEIGHTS))


@settings(max_examples=EXAMPLES // 3, suppress_health_check=_SLOW)
@given(
    terms=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8, unique=True),
    weight=st.sampled_from((1.0, 0.25)),
    seed=SEEDS,
)
def test_alike_documents_are_those_that_an_or_of_whoosh_finds(
    open_both: Callable[[int], Opened], terms: list[str], weight: float, seed: int
) -> None:
    """More like this is an Or of weighed terms without the document itself."""
    opened = open_both(seed)
    said = wq.Or([wq.Term("text", term, boost=weight) for term in terms])
    scores = {
        opened.stock.listing(number)["id"]: score
        for number, score in opened.stock.score(said).items()
    }
    exclude = min(scores, default="")
    scores.pop(exclude, None)
    hits = opened.engine.more_like(
        [("text", term, weight) for term in terms], exclude=exclude, limit=10
    )
    best = sorted(scores.values(), reverse=True)[:10]
    assert [hit.score for hit in hits] == pytest.approx(best, rel=_RELATIVE)
    assert [hit.score for hit in hits] == pytest.approx(
        [scores[hit.record.id] for hit in hits], rel=_RELATIVE
    )


@pytest.mark.parametrize("seed", range(COLLECTIONS))
def test_whole_collections_are_counted_and_listed_as_whoosh_does(
    open_both: Callable[[int], Opened], seed: int
) -> None:
    """Sizes, frequencies of terms, counts of every facet and every document's listing."""
    opened = open_both(seed)
    engine, stock = opened.engine, opened.stock
    answer = StockAnswer(stock, EngineRequest(Query(), PLAIN_WEIGHTS))
    assert engine.size == len(answer.hits)
    counts = engine.count_all()
    assert {name: counts[name] for name in FACETS} == answer.facets
    assert sum(counts["month"].values()) == engine.size
    for syllable in SYLLABLES:
        known = stock.count_all(wq.Term("text", syllable))
        assert engine.document_frequency("text", syllable) == known
    living = {hit.id for hit in answer.hits}
    for number in stock.find(wq.Every()):
        listing = stock.listing(number)
        record = engine.find(listing["id"])
        assert record is not None
        assert record._asdict() == listing
    gone = {id_ for update in opened.updates for id_ in update.dropped} - living
    assert all(engine.find(id_) is None for id_ in gone)


def test_the_collections_hold_what_is_hard(open_both: Callable[[int], Opened]) -> None:
    """Among them: none, one, many shards of several segments, deletions, a word 70,000 times."""
    opened = [open_both(seed) for seed in range(8)]
    rows = [read_shards(each.directory) for each in opened]
    lives = [
        read_live(each.directory, each_rows) for each, each_rows in zip(opened, rows, strict=True)
    ]
    assert {0, 1} <= {len(live) for live in lives}
    assert max(map(len, rows)) > 4
    assert max(len(row.segments) for shards in rows for row in shards) > 2
    assert any(not live.all() for live in lives)
    frequencies = [
        max(each.stock.frequencies([wq.Term("text", OFTEN_WORD)]).values(), default=0.0)
        for each in opened
    ]
    assert max(frequencies) >= OFTEN
    issuers = [len(StockAnswer(each.stock, _everything()).facets["issuer"]) for each in opened]
    assert max(issuers) > 10


def assert_same_answers(opened: Opened, request: EngineRequest) -> None:
    """Compare all that an answer says, and what `rank`, `count` and `explain` say of it."""
    engine = opened.engine
    ours, theirs = engine.search(request), StockAnswer(opened.stock, request)
    assert (ours.total, ours.literal_total, ours.partial_total) == theirs.totals
    assert ours.facets == {name: theirs.facets[name] for name in FACETS if name in request.facets}
    assert ours.months == (theirs.months if "date" in request.facets else {})
    _assert_same_hits(ours, theirs)
    assert engine.count(request.query, request.filters) == ours.total
    assert engine.rank(request) == [(hit.record.id, hit.score) for hit in ours.hits]
    for hit in ours.hits[:_EXPLAINED]:
        told = engine.explain(request, hit.record.id)
        assert told.standing == hit.standing
        assert told.score == pytest.approx(hit.score, rel=_RELATIVE, abs=_NOTHING)
        parts = sum(part.score for part in told.parts)
        assert parts == pytest.approx(hit.score, rel=_RELATIVE, abs=_NOTHING)


def _assert_same_hits(ours: EngineAnswer, theirs: StockAnswer) -> None:
    """Compare a window. Scores that differ by less than rounding may stand in either order."""
    request = theirs.request
    window = theirs.hits[request.offset : request.offset + request.limit]
    assert [hit.standing for hit in ours.hits] == [hit.standing for hit in window]
    known = {(hit.id, hit.standing): hit for hit in theirs.hits}
    found = [known[hit.record.id, hit.standing] for hit in ours.hits]
    assert max(Counter(hit.id for hit in found).values(), default=1) == 1
    for hit, same, expected in zip(ours.hits, found, window, strict=True):
        assert hit.score == pytest.approx(same.score, rel=_RELATIVE, abs=_NOTHING)
        assert hit.score == pytest.approx(expected.score, rel=_RELATIVE, abs=_NOTHING)
        assert request.sort == "relevance" or same.day == expected.day
    for (hit, same), (after, follows) in pairwise(zip(ours.hits, found, strict=True)):
        if (hit.standing, hit.score) == (after.standing, after.score):
            # Of equal scores the newest comes first.
            assert request.sort != "relevance" or same.day >= follows.day


def _everything() -> EngineRequest:
    return EngineRequest(Query(), PLAIN_WEIGHTS, Filters(), limit=0)
