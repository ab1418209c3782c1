"""Answers are kept for those who ask the same, for as long as they are true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from indexer.answers.answer_cache import MOST_ANSWERS, AnswerCache, Asked, ask_of, weigh_answer
from indexer.answers.query.language import parse_query
from indexer.answers.search import SearchService
from indexer.search_records import Fragment, Hit, Passage, SearchRequest, SearchResults
from indexer.store.engine.whoosh_engine import WhooshEngine
from tests.conftest import build_document, build_test_index

if TYPE_CHECKING:
    from pathlib import Path


def asked(q: str, generation: str = "g", **stated: Any) -> Asked:
    """Return what decides the answer to a query."""
    return ask_of(generation, q, parse_query(q), SearchRequest(q, **stated))


def answer(letters: int = 0) -> SearchResults:
    """Return an answer with one hit whose passage has so many letters."""
    passage = Passage((Fragment("x" * letters),))
    hit = Hit("1", (), (passage,), 0.0, "tin tức", "Tin", "xã")
    return SearchResults(SearchRequest(), 1, 0, 0, (hit,), {}, 1, 0.0)


def test_what_was_asked_again_is_answered_again() -> None:
    """Another page, another filter or another generation is another question."""
    cache, given = AnswerCache(10**6), answer()
    cache.put(asked("phí", filters={"level": ("xã",), "kind": ("tin tức",)}), given)
    assert cache.get(asked("phí", filters={"kind": ("tin tức",), "level": ("xã",)})) is given
    assert cache.get(asked("phí", filters={"level": ("xã",)})) is None
    assert cache.get(asked("phí")) is None
    assert cache.get(asked("phí", "h", filters={"level": ("xã",), "kind": ("tin tức",)})) is None


def test_a_new_generation_lets_all_old_answers_go() -> None:
    """They would only take room."""
    cache = AnswerCache(10**6)
    cache.put(asked("phí"), answer())
    cache.put(asked("đất", "h"), answer())
    assert len(cache) == 1
    assert cache.get(asked("phí")) is None
    assert cache.takes_bytes == weigh_answer(answer())


def test_what_was_asked_longest_ago_makes_room() -> None:
    """Neither bytes nor answers grow beyond their bound."""
    size = weigh_answer(answer(1_000))
    cache = AnswerCache(2 * size)
    for q in ("một", "hai"):
        cache.put(asked(q), answer(1_000))
    assert cache.get(asked("một"))
    cache.put(asked("ba"), answer(1_000))
    assert [bool(cache.get(asked(q))) for q in ("một", "hai", "ba")] == [True, False, True]
    cache.put(asked("ba"), answer(1_000))
    assert cache.takes_bytes == 2 * size
    cache.put(asked("quá dài"), answer(10**6))
    assert len(cache) == 2


def test_there_are_never_too_many_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small they are."""
    monkeypatch.setattr("indexer.answers.answer_cache.MOST_ANSWERS", 3)
    cache = AnswerCache(10**9)
    for number in range(5):
        cache.put(asked(f"số {number}"), answer())
    assert len(cache) == 3 < MOST_ANSWERS


@pytest.fixture
def asked_engine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that grows with every search of the engine."""
    asked_for: list[str] = []
    search = WhooshEngine.search

    def count(engine: WhooshEngine, request: Any) -> Any:
        asked_for.append("search")
        return search(engine, request)

    monkeypatch.setattr(WhooshEngine, "search", count)
    return asked_for


def test_a_kept_answer_is_the_one_that_would_be_given(
    tmp_path: Path, asked_engine: list[str]
) -> None:
    """It bears the request as it was typed this time, and the engine is left alone."""
    index = build_test_index([build_document("Thu phí", id="a")], tmp_path / "index")
    service = SearchService(index, cache_bytes=10**6)
    first = service.search(SearchRequest("thu  phí"))
    again = service.search(SearchRequest("thu phí"))
    assert len(asked_engine) == 1
    assert (again.hits, again.facets, again.total) == (first.hits, first.facets, first.total)
    assert (first.request.q, again.request.q) == ("thu  phí", "thu phí")
    service.close()


def test_a_new_generation_is_never_answered_from_an_old_one(tmp_path: Path) -> None:
    """The answer changes with the index, at once."""
    index = build_test_index([build_document("Thu phí", id="a")], tmp_path / "index")
    service = SearchService(index, cache_bytes=10**6)
    assert [hit.id for hit in service.search(SearchRequest("phí")).hits] == ["a"]
    build_test_index([build_document("Thu phí", id="b")], index)
    assert [hit.id for hit in service.search(SearchRequest("phí")).hits] == ["b"]
    service.close()


def test_another_table_of_synonyms_is_never_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words mean something else from the moment that the operator says so."""
    table = tmp_path / "own.tsv"
    table.write_text("way\tweight\twords\n=\t1\tphở|bún\n", encoding="utf-8")
    monkeypatch.setenv("HDND_SYNONYMS", str(table))
    documents = [build_document("Bún ngon", id="bún"), build_document("Cơm ngon", id="cơm")]
    service = SearchService(build_test_index(documents, tmp_path / "index"), cache_bytes=10**6)
    assert [hit.id for hit in service.search(SearchRequest("phở")).hits] == ["bún"]
    table.write_text("way\tweight\twords\n=\t1\tphở|cơm chiên|cơm\n", encoding="utf-8")
    assert [hit.id for hit in service.search(SearchRequest("phở")).hits] == ["cơm"]
    service.close()


def test_without_room_every_question_is_asked(tmp_path: Path, asked_engine: list[str]) -> None:
    """As benchmarks do, and operators with HDND_CACHE=0."""
    index = build_test_index([build_document("Thu phí", id="a")], tmp_path / "index")
    service = SearchService(index)
    for _ in range(2):
        service.search(SearchRequest("phí"))
    assert len(asked_engine) == 2
    service.close()
