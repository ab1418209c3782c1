"""The embedded engine counts, ranks and filters; Whoosh itself is the referee of its arrays."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.answers.query import parse_query
from indexer.answers.ranking import WEIGHTS, needs_of
from indexer.store.engine.postings import (
    PostingsCache,
    intersect_places,
    read_places,
    read_postings,
)
from indexer.store.engine.protocol import EngineRequest, Filters
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import list_segments, publish_segments
from indexer.store.generations import current_generation, generation_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from indexer.records import CouncilDocument

WORDS = "học phí đất giá hội đồng nhân dân thu chi phi phì quỹ xã"


def open_engine(index: Path) -> WhooshEngine:
    """Open the current generation of an index."""
    return WhooshEngine(generation_path(index, current_generation(index).name))


def request(typed: str, **more: Any) -> EngineRequest:
    """Make the request that the search façade would make."""
    query = parse_query(typed)
    return EngineRequest(query=query, needs=needs_of(query), weights=WEIGHTS, **more)


def found(engine: WhooshEngine, typed: str, **more: Any) -> list[str]:
    """Return the ids of the full matches, best first."""
    answer = engine.search(request(typed, **more))
    return [hit.record.id for hit in answer.hits if not hit.partial]


def random_documents(
    make_document: Callable[..., CouncilDocument], count: int
) -> list[CouncilDocument]:
    """Make documents of random words, the same each time."""
    draw = random.Random(7)  # noqa: S311 (a repeatable draw, no secret)
    return [
        make_document(" ".join(draw.choices(WORDS.split(), k=draw.randint(1, 300))), id=f"d{n}")
        for n in range(count)
    ]


@pytest.mark.parametrize("segments", [1, 3])
def test_arrays_hold_what_whooshs_own_matchers_give(
    make_document: Callable[..., CouncilDocument],
    make_index: Callable[..., Path],
    segments: int,
) -> None:
    """Documents, frequencies and positions equal those of stock Whoosh, term by term."""
    index = make_index(random_documents(make_document, 60), segments=segments)
    directory = generation_path(index, current_generation(index).name)
    reader = FileIndex(FileStorage(str(directory)), indexname="MAIN").reader()
    leaves = reader.leaf_readers()
    for field in ("text", "text_folded"):
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


def test_a_word_of_thousands_of_documents_spans_blocks(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Posting lists longer than a block come back whole."""
    engine = open_engine(make_index([make_document("phí", id=str(n)) for n in range(4200)]))
    assert engine.search(request("phí")).total == 4200
    assert engine.search(request('"phí"')).total == 4200


def test_frequencies_above_255_do_not_overflow(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """A word that stands 700 times ranks above one that stands 300 times in as long a text."""
    texts = {"less": "phí " * 300 + "x " * 400, "more": "phí " * 700}
    engine = open_engine(make_index([make_document(t, id=i) for i, t in texts.items()]))
    assert found(engine, "phí") == ["more", "less"]


def test_phrases_hold_in_order_and_together_only(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Brute force over random texts finds the same documents."""
    documents = random_documents(make_document, 80)
    engine = open_engine(make_index(documents, segments=2))
    for phrase in ("học phí", "hội đồng nhân dân", "phí phí", "hội đồng nhân dân xã"):
        expected = {d.id for d in documents if f" {phrase} " in f" {d.text} "}
        assert set(found(engine, f'"{phrase}"', limit=100)) == expected


def test_bare_words_match_every_accent_and_accented_ones_their_own(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Accents count where the reader typed them."""
    texts = {"phí": "thu phí", "phi": "thu phi", "phì": "thu phì"}
    engine = open_engine(make_index([make_document(t, id=i) for i, t in texts.items()]))
    assert set(found(engine, "phi")) == {"phí", "phi", "phì"}
    assert found(engine, "phí") == ["phí"]
    assert found(engine, '"thu phì"') == ["phì"]


def test_one_shared_chance_word_is_no_result(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Partial matches hold half of the words and a pair; they come after, counted apart."""
    texts = {
        "all": "mức thu học phí",
        "half": "học phí năm nay",
        "apart": "học sinh nộp phí",
        "chance": "thu hoạch",
    }
    engine = open_engine(make_index([make_document(t, id=i) for i, t in texts.items()]))
    answer = engine.search(request("mức thu học phí"))
    assert [(h.record.id, h.partial) for h in answer.hits] == [("all", False), ("half", True)]
    assert (answer.total, answer.partial_total) == (1, 1)
    assert sum(answer.facets["category"].values()) == 1


def test_a_number_finds_its_document_before_those_that_mention_it(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """However often another document repeats the number, its bearer comes first."""
    mention = "Sửa đổi Nghị quyết số 45/2024/NQ-HĐND. " * 9
    engine = open_engine(
        make_index(
            [
                make_document(mention, id="amender", number="50/2025/NQ-HĐND"),
                make_document("Điều 1.", id="itself", number="45/2024/NQ-HĐND"),
                make_document("45 điều năm 2024 của HĐND", id="scattered"),
            ]
        )
    )
    for typed in ("45/2024/NQ-HĐND", "45/2024/nq-hdnd"):
        assert found(engine, typed) == ["itself", "amender"]


def test_facets_ignore_their_own_choice_and_heed_the_others(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Choosing a level leaves the other levels' counts, and narrows the categories'."""
    engine = open_engine(
        make_index(
            [
                make_document("phí", id="1", level="tỉnh", category="A", issued_on="2024-04-19"),
                make_document("phí", id="2", level="xã", category="A", issued_on="2024-05-02"),
                make_document("phí", id="3", level="xã", category="B", issued_on="2025-01-01"),
                make_document("đất", id="4", level="xã", category="C"),
            ]
        )
    )
    answer = engine.search(request("phí", filters=Filters({"level": frozenset({"xã"})})))
    assert answer.total == 2
    assert answer.facets["level"] == {"tỉnh": 1, "xã": 2}
    assert answer.facets["category"] == {"A": 1, "B": 1, "C": 0}
    assert answer.months == {(2024, 4): 0, (2024, 5): 1, (2025, 1): 1, (0, 0): 0}
    both = Filters(months=frozenset({(2024, 0), (2025, 1)}))
    assert engine.search(request("phí", filters=both)).total == 3
    assert engine.search(request("", filters=Filters(months=frozenset({(0, 0)})))).total == 1


def test_orders_by_date_put_undated_documents_last(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Newest and oldest first, whichever way, no date comes last; no words means newest first."""
    days = {"old": "2019-01-01", "none": None, "new": "2026-01-01", "mid": "2022-02-02"}
    engine = open_engine(
        make_index([make_document("phí", id=i, issued_on=d) for i, d in days.items()])
    )
    assert found(engine, "phí", sort="newest") == ["new", "mid", "old", "none"]
    assert found(engine, "phí", sort="oldest") == ["old", "mid", "new", "none"]
    assert found(engine, "") == ["new", "mid", "old", "none"]
    assert found(engine, "phí", sort="newest", offset=1, limit=2) == ["mid", "old"]


def test_dropped_documents_are_gone_everywhere(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """A deleted document is in no hit, count, facet or lookup; an emptied segment goes."""
    index = make_index([make_document("phí", id=str(n)) for n in range(4)], segments=2)
    directory = generation_path(index, current_generation(index).name)
    publish_segments(directory, [], dropped=frozenset({"0", "2", "3"}))
    engine = WhooshEngine(directory)
    assert found(engine, "phí") == ["1"]
    assert engine.search(request("")).facets["category"] == {"Tin tức": 1}
    assert engine.find("0") is None
    assert engine.find("1") is not None
    assert engine.find("\ud800") is None
    assert list_segments(directory) == [(1, ["1"])]


def test_threads_get_the_same_answers(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """A searcher shared between threads returns wrong results in Whoosh; ours never shares one."""
    documents = random_documents(make_document, 50)
    index = make_index(documents, segments=2)
    queries = ["học phí", "giá đất", '"hội đồng"', "phi", "nhân dân xã"]
    expected = [found(open_engine(index), q, limit=50) for q in queries]
    engine = open_engine(index)
    wrong: list[str] = []

    def ask() -> None:
        for query, ids in zip(queries * 5, expected * 5, strict=True):
            if found(engine, query, limit=50) != ids:
                wrong.append(query)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_empty_index_answers_with_nothing(make_index: Callable[..., Path]) -> None:
    """No documents, no error."""
    engine = open_engine(make_index([]))
    assert engine.search(request("phí")).total == 0
    assert engine.search(request("")).hits == ()


def test_ranking_is_the_search_without_facets(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Evaluation sees the order that readers see."""
    engine = open_engine(make_index(random_documents(make_document, 40)))
    ranked = engine.rank(request("học phí xã", limit=10))
    hits = engine.search(request("học phí xã", limit=10)).hits
    assert ranked == [(hit.record.id, hit.score) for hit in hits]


def test_an_explanation_adds_up_to_the_score(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """The parts of a score sum to the score that ranked it."""
    engine = open_engine(make_index(random_documents(make_document, 30)))
    hit = engine.search(request("học phí giá đất")).hits[0]
    standing, held, score, terms = engine.explain(request("học phí giá đất"), hit.record.id)
    assert (standing, held) == ("full", 4)
    assert score == pytest.approx(hit.score)
    assert sum(term.score for term in terms) == pytest.approx(score, rel=1e-5)
    assert engine.explain(request("học"), "nobody") == ("none", 0, 0.0, ())


def test_bearing_the_number_is_part_of_the_explanation(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """What puts a document first is told."""
    engine = open_engine(make_index([make_document("phí", id="a", number="5/2024/NQ-HĐND")]))
    _standing, _held, score, terms = engine.explain(request("5/2024/NQ-HĐND"), "a")
    assert ("number_keys", "5/2024/nq-hdnd") in {(t.field, t.term) for t in terms}
    assert sum(term.score for term in terms) == pytest.approx(score)


def test_more_than_255_and_65535_facet_values_stay_apart(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Whoosh's reference column changes its width at 256 values; ours must not mix them."""
    documents = [make_document("phí", id=str(n), issuer=f"HĐND xã {n}") for n in range(700)]
    engine = open_engine(make_index(documents))
    answer = engine.search(request("phí", limit=700))
    assert answer.facets["issuer"] == {f"HĐND xã {n}": 1 for n in range(700)}


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


@pytest.mark.parametrize("places", [[[], [1]], [[1], []], [[5], [7]]])
def test_places_that_never_meet_give_nothing(places: Sequence[Sequence[int]]) -> None:
    """Empty lists and lists apart have no phrase."""
    assert intersect_places([np.array(p, np.int64) for p in places]).tolist() == []
