"""Whoosh's own matchers answer what no kernel takes, in any thread, and are counted."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.query_records import (
    And,
    FacetChoice,
    Fact,
    InField,
    Mention,
    Near,
    Not,
    NumberClause,
    Or,
    Period,
    Phrase,
    Plain,
    Prefix,
    Query,
)
from indexer.store.engine.protocol import EngineRequest
from indexer.store.engine.shard_tiers import Limits
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_fallback import WhooshFallback
from indexer.writing import index_row
from tests.conftest import build_document
from tests.store.engine.equality_collections import Update, write_updates
from tests.store.engine.equality_queries import PLAIN_WEIGHTS, make_word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.query_records import Node, Word

LONG = [f"chữ{number}" for number in range(70)]
"""More words than a kernel takes."""
TEXTS = {
    "first": {"text": "Thu học phí", "title": "Học phí", "issued_on": "2024-04-19"},
    "second": {"text": "Phí thu ở trường học", "number": "1/2024/NQ-HĐND"},
    "gone": {"text": "Thu học phí năm nay"},
    "third": {"text": "Sửa đổi Nghị quyết số 1/2024/NQ-HĐND", "issuer": "HĐND xã A"},
    "long": {"text": " ".join(LONG), "title": " ".join(LONG)},
    "mixed": {"text": " ".join(reversed(LONG)), "title": " ".join(reversed(LONG))},
}


def words(text: str) -> tuple[Word, ...]:
    """Make the words of a text."""
    return tuple(map(make_word, text.split()))


NODES: list[tuple[Node, set[str]]] = [
    (Phrase(words("học phí")), {"first", "gone"}),
    (Phrase(words("hoc phi")), {"first", "gone"}),
    (Phrase(words("phí")), {"first", "second", "gone"}),
    (Phrase(words("không có")), set()),
    (Near(words("phí thu"), 2), {"second"}),
    (Near(words("phí thu"), 3), {"first", "second", "gone"}),
    (Near(words("học học"), 1), {"first", "second", "gone"}),
    (Near(words("học thu phí"), 5), {"first", "second", "gone"}),
    (Near(words("học thu phí"), 4), {"first", "gone"}),
    (InField("title", words("phí học")), {"first"}),
    (InField("title", words("phí học"), phrase=True), set()),
    (InField("issuer", words("xa a"), phrase=True), {"third"}),
    (Prefix(make_word("trư")), {"second"}),
    (NumberClause(("1/2024/nq-hdnd",)), {"second"}),
    (NumberClause(("1/2024/nq-hdnd",), ("number:1/2024/nq-hdnd",)), {"second", "third"}),
    (NumberClause(("0/2024",), phrase=Phrase(words("học phí"))), {"first", "gone"}),
    (Mention(("number:1/2024/nq-hdnd",)), {"third"}),
    (Fact(("unit:không có",)), set()),
    (Period(), {"first"}),
    (Period(date(2024, 4, 20), None), set()),
    (Period(None, date(2024, 4, 19)), {"first"}),
    (And((Phrase(words("học phí")), Not(Period()))), {"gone"}),
    (And(()), set(TEXTS)),
    (Or((Period(), Mention(("number:1/2024/nq-hdnd",)))), {"first", "third"}),
]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index in segments of two documents, of which one was deleted."""
    rows = []
    for name, given in TEXTS.items():
        stated = dict(given)
        rows.append(index_row(name, build_document(stated.pop("text"), id=name, **stated)))
    updates = [Update((tuple(rows),)), Update((), frozenset({"gone"}))]
    return write_updates(tmp_path_factory.mktemp("fallback"), updates, Limits(segment=2))


@pytest.fixture
def fallback(directory: Path) -> Iterator[WhooshFallback]:
    """Give Whoosh's matchers over that index."""
    opened = WhooshFallback(directory)
    yield opened
    opened.close()


@pytest.mark.parametrize(("node", "expected"), NODES)
def test_whoosh_finds_what_a_node_asks_for(
    fallback: WhooshFallback, node: Node, expected: set[str]
) -> None:
    """Numbers of the generation, rising, deleted documents among them as elsewhere."""
    found = fallback.find(node)
    assert found.dtype == np.int32
    assert found.tolist() == [at for at, name in enumerate(TEXTS) if name in expected]


@pytest.mark.parametrize("node", [Plain(words("phí")), FacetChoice("kind", ("tin tức",))])
def test_a_node_that_whoosh_has_no_matcher_for_is_refused(
    fallback: WhooshFallback, node: Node
) -> None:
    """The error names the node."""
    with pytest.raises(TypeError, match=rf"{type(node).__name__}: .* write a kernel"):
        fallback.find(node)


def test_every_thread_has_a_reader(
    fallback: WhooshFallback,
) -> None:
    """Four threads find the same; each opened the index once, and all of it is closed."""
    node = Phrase(words("học phí"))
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: fallback.find(node).tolist(), range(200)))
    assert all(each == [0, 2] for each in found)
    segments = -(-len(TEXTS) // 2)
    assert len(fallback._opened) in {segments * threads for threads in range(1, 5)}
    fallback.close()
    assert not fallback._opened


def test_files_are_let_go_when_nobody_holds_the_matchers(directory: Path) -> None:
    """A generation that no request reads any more keeps no file open."""
    fallback = WhooshFallback(directory)
    fallback.find(Phrase(words("phí")))
    opened = list(fallback._opened)
    del fallback
    gc.collect()
    assert all(searcher.is_closed for searcher in opened)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Phrase(words(" ".join(LONG))), {"long"}),
        (Phrase(words(" ".join(LONG[1:]))), {"long"}),
        (Near(words(" ".join(LONG)), len(LONG)), {"long", "mixed"}),
        (Near(words(" ".join(LONG)), len(LONG) - 1), set()),
        (InField("title", words(" ".join(LONG)), phrase=True), {"long"}),
        (InField("title", words(" ".join(LONG))), {"long", "mixed"}),
    ],
)
def test_more_words_than_a_kernel_takes_are_found_by_whoosh(
    directory: Path, node: Node, expected: set[str]
) -> None:
    """The engine asks Whoosh, and tells who counts the kinds of node."""
    noted: list[str] = []
    engine = WhooshEngine(directory, noted.append)
    answer = engine.search(EngineRequest(Query(node), PLAIN_WEIGHTS))
    engine.close()
    assert {hit.record.id for hit in answer.hits} == expected
    in_any_order = isinstance(node, InField) and not node.phrase
    assert noted == ([] if in_any_order else [type(node).__name__])
