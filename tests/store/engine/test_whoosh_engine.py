"""The embedded engine counts, ranks, filters and explains."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from indexer.language.analysis import KeySpan, fold_bigrams
from indexer.language.text import fold
from indexer.query_records import (
    And,
    Expansion,
    InField,
    Near,
    Needs,
    Not,
    NumberClause,
    Period,
    Phrase,
    Plain,
    Preference,
    Prefix,
    Query,
    Word,
)
from indexer.store.engine.matching import MOST_PLACED
from indexer.store.engine.protocol import EngineRequest, Filters, IndexRow, Reorder, Weights
from indexer.store.engine.shard import open_shards
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.engine.whoosh_writer import publish_segments
from indexer.writing import index_row
from tests.store.engine.conftest import write_rows
from tests.store.engine.trees import queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from indexer.query_records import Node
    from indexer.records import CouncilDocument
    from tests.store.engine.conftest import Opened

WEIGHTS = Weights(text=1.0, bigrams=0.4, title=0.5, compounds=0.2, number=10.0)

Documents = list["CouncilDocument"]


def word(syllable: str) -> Word:
    """Make a word as it was typed."""
    return Word(syllable, accented=fold(syllable) != syllable)


def words(text: str) -> tuple[Word, ...]:
    """Make the words of a text."""
    return tuple(word(syllable) for syllable in dict.fromkeys(text.split()))


def plain(text: str, **more: Any) -> Plain:
    """Make plain words of which a full match holds all, a partial one half and a pair."""
    asked = words(text)
    pairs = tuple(fold_bigrams([text.split()]))
    needs = Needs(len(asked), 0, max(2, -(-len(asked) // 2)), min(len(pairs), 1))
    return Plain(asked, **{"bigrams": pairs, "needs": needs, **more})


def phrase(text: str) -> Phrase:
    """Make a phrase."""
    return Phrase(tuple(word(syllable) for syllable in text.split()))


def request(root: Node | None, **more: Any) -> EngineRequest:
    """Ask for a tree, by these weights, with what more a query or a request may have."""
    parts = {name: more.pop(name) for name in ("literal", "preferences") if name in more}
    return EngineRequest(
        **{"query": Query(root, **parts), "weights": WEIGHTS, "limit": 100, **more}
    )


def found(engine: WhooshEngine, root: Node | None, **more: Any) -> list[str]:
    """Return the ids of the full matches, best first."""
    hits = engine.search(request(root, **more)).hits
    return [hit.record.id for hit in hits if hit.standing == "full"]


def alike(
    engine: WhooshEngine, terms: list[tuple[str, str, float]], exclude: str = "", limit: int = 9
) -> list[str]:
    """Return the ids of documents that hold the terms, best first."""
    return [hit.record.id for hit in engine.more_like(terms, exclude=exclude, limit=limit)]


@pytest.fixture
def open_documents(
    make_engine: Callable[..., WhooshEngine], make_document: Callable[..., CouncilDocument]
) -> Callable[..., WhooshEngine]:
    """Give a function that opens an engine over {id: text or fields}."""

    def opened(documents: dict[str, Any], *, segments: int = 1) -> WhooshEngine:
        rows = []
        for name, given_ in documents.items():
            stated = {"text": given_} if isinstance(given_, str) else dict(given_)
            rows.append(index_row(name, make_document(stated.pop("text", ""), id=name, **stated)))
        return make_engine(rows, segments=segments)

    return opened


def test_a_word_of_thousands_of_documents_spans_blocks(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Posting lists longer than a block come back whole."""
    engine = open_documents({str(n): "phí" for n in range(4200)})
    assert engine.search(request(plain("phí"))).total == 4200
    assert engine.search(request(phrase("phí"))).total == 4200


def test_frequencies_above_255_do_not_overflow(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """A word that stands 700 times ranks above one that stands 300 times in as long a text."""
    engine = open_documents({"less": "phí " * 300 + "x " * 400, "more": "phí " * 700})
    assert found(engine, plain("phí")) == ["more", "less"]


def test_bare_words_match_every_accent_and_accented_ones_their_own(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Accents count where the reader typed them, also in titles and names."""
    engine = open_documents(
        {s: {"text": f"thu {s}", "title": s, "issuer": s} for s in ("phí", "phi", "phì")}
    )
    assert set(found(engine, plain("phi"))) == {"phí", "phi", "phì"}
    assert found(engine, plain("phí")) == ["phí"]
    assert found(engine, phrase("thu phì")) == ["phì"]
    assert len(found(engine, InField("title", words("phi")))) == 3
    assert found(engine, InField("issuer", words("phí"))) == ["phí"]
    assert len(found(engine, InField("issuer", words("phi")))) == 3


def test_one_shared_chance_word_is_no_result(open_documents: Callable[..., WhooshEngine]) -> None:
    """Partial matches hold half of the words and a pair; they come after, counted apart."""
    engine = open_documents(
        {
            "all": "mức thu học phí",
            "half": "học phí năm nay",
            "apart": "học sinh nộp phí",
            "chance": "thu hoạch",
        }
    )
    answer = engine.search(request(plain("mức thu học phí")))
    assert [(h.record.id, h.standing) for h in answer.hits] == [
        ("all", "full"),
        ("half", "partial"),
    ]
    assert (answer.total, answer.literal_total, answer.partial_total) == (1, 0, 1)
    assert sum(answer.facets["category"].values()) == 1


def test_what_the_words_alone_find_follows_what_was_understood(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """A filter that was understood hides nothing: literal matches come between full and partial."""
    engine = open_documents(
        {
            "full": {"text": "giá đất", "issued_on": "2024-05-05"},
            "literal": "giá đất năm 2024 " * 9,
            "partial": "giá đất ở",
        }
    )
    root = And((plain("giá đất"), Period(date(2024, 1, 1), date(2024, 12, 31))))
    asked = request(root, literal=plain("giá đất năm 2024"))
    answer = engine.search(asked)
    standings = {hit.record.id: hit.standing for hit in answer.hits}
    assert list(standings.items()) == [(name, name) for name in ("full", "literal", "partial")]
    assert (answer.total, answer.literal_total, answer.partial_total) == (1, 1, 1)
    assert sum(answer.facets["category"].values()) == 1
    second = asked._replace(offset=1, limit=1)
    assert [hit.record.id for hit in engine.search(second).hits] == ["literal"]


def test_a_number_finds_its_document_before_those_that_mention_it(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """However often another repeats it, its bearer comes first."""
    mention = "Sửa đổi Nghị quyết số 45/2024/NQ-HĐND. " * 9
    engine = open_documents(
        {
            "amender": {"text": mention, "number": "50/2025/NQ-HĐND"},
            "itself": {"text": "Điều 1.", "number": "45/2024/NQ-HĐND"},
            "scattered": "45 điều năm 2024 của HĐND",
        }
    )
    number = NumberClause(
        ("45/2024/nq-hdnd",), ("number:45/2024/nq-hdnd",), phrase("45 2024 nq hdnd")
    )
    assert found(engine, number) == ["itself", "amender"]


def test_the_exact_spelling_of_a_number_stands_before_near_ones(
    make_engine: Callable[..., WhooshEngine], make_document: Callable[..., CouncilDocument]
) -> None:
    """A count of 2 in number_keys means spelled just so."""
    rows = [
        IndexRow(name, make_document("phí " * 9 if name == "near" else "phí", id=name), {"5/nq": n})
        for name, n in (("near", 1), ("exact", 2))
    ]
    engine = make_engine([*rows, IndexRow("no", make_document("phí", id="no"), {})])
    root = And((plain("phí"), NumberClause(("5/nq",))))
    assert found(engine, root) == ["exact", "near"]


def test_facets_ignore_their_own_choice_and_heed_the_others(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Choosing a level leaves the other levels' counts, and narrows the categories'."""
    engine = open_documents(
        {
            "1": {"text": "phí", "level": "tỉnh", "category": "A", "issued_on": "2024-04-19"},
            "2": {"text": "phí", "level": "xã", "category": "A", "issued_on": "2024-05-02"},
            "3": {"text": "phí", "level": "xã", "category": "B", "issued_on": "2025-01-01"},
            "4": {"text": "đất", "level": "xã", "category": "C"},
        }
    )
    answer = engine.search(request(plain("phí"), filters=Filters({"level": frozenset({"xã"})})))
    assert answer.total == 2
    assert answer.facets["level"] == {"tỉnh": 1, "xã": 2}
    assert answer.facets["category"] == {"A": 1, "B": 1}
    assert answer.months == {(2024, 5): 1, (2025, 1): 1}
    both = Filters(months=frozenset({(2024, 0), (2025, 1)}))
    assert engine.search(request(plain("phí"), filters=both)).total == 3
    assert engine.count(Query(plain("phí")), both) == 3
    undated = Filters(months=frozenset({(0, 0)}))
    assert engine.search(request(None, filters=undated)).total == 1
    assert engine.count(Query(), undated) == 1


def test_everything_is_counted_by_facet_value(open_documents: Callable[..., WhooshEngine]) -> None:
    """What a page shows before anything is asked."""
    engine = open_documents({"1": {"kind": "Nghị quyết", "issued_on": "2024-04-19"}, "2": "phí"})
    counts = engine.count_all()
    assert counts["kind"] == {"Nghị quyết": 1, "tin tức": 1}
    assert counts["month"] == {"2024-04": 1, "": 1}


def test_orders_by_date_put_undated_documents_last(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Newest and oldest first, whichever way, no date comes last; no words means newest first."""
    days = {"old": "2019-01-01", "none": None, "new": "2026-01-01", "mid": "2022-02-02"}
    engine = open_documents({i: {"text": "phí", "issued_on": d} for i, d in days.items()})
    assert found(engine, plain("phí"), sort="newest") == ["new", "mid", "old", "none"]
    assert found(engine, plain("phí"), sort="oldest") == ["old", "mid", "new", "none"]
    assert found(engine, None) == ["new", "mid", "old", "none"]
    assert found(engine, Period(date(2019, 1, 1)), weights=KINDLY) == ["new", "mid", "old"]
    assert found(engine, plain("phí"), sort="newest", offset=1, limit=2) == ["mid", "old"]


KINDLY = Weights(
    text=1, bigrams=0, title=0.5, compounds=0, number=10, recency=0.1, kinds={"Nghị quyết": 0.2}
)


def test_of_documents_alike_the_newer_one_and_the_act_come_first(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Recency and kind order near ties; they never lift what holds the words less."""
    engine = open_documents(
        {
            "old": {"text": "thu phí", "issued_on": "2010-05-05"},
            "new": {"text": "thu phí", "issued_on": "2025-05-05"},
            "act": {"text": "thu phí", "issued_on": "2010-05-05", "kind": "Nghị quyết"},
            "more": {"text": "phí phí", "issued_on": "2001-01-01"},
        }
    )
    assert found(engine, plain("phí"), weights=KINDLY) == ["more", "act", "new", "old"]
    parts = {
        part.name for part in engine.explain(request(plain("phí"), weights=KINDLY), "act").parts
    }
    assert {"recency", "kind", "text: phí"} <= parts


def test_a_date_misread_into_the_future_makes_no_other_document_old(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """The newest document is one of today at the latest."""
    days = {"misread": "2190-01-01", "new": "2025-05-05"}
    engine = open_documents({i: {"text": "phí", "issued_on": d} for i, d in days.items()})
    asked = request(plain("phí"), weights=replace(KINDLY, recency_years=1000.0))
    recency = {
        part.value
        for name in days
        for part in engine.explain(asked, name).parts
        if part.name == "recency"
    }
    assert min(recency) > 0.9
    assert max(recency) == 1


def test_expansions_match_and_score_as_the_words_they_stand_for(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Who says it in other words is a full match, ranked by how much the other words count."""
    engine = open_documents(
        {
            "short": "diễn tập pccc",
            "long": "diễn tập phòng cháy chữa cháy",
            "neither": "diễn tập phòng thủ",
        }
    )
    other = Expansion(words("pccc"), (phrase("phòng cháy chữa cháy"),), weight=0.5)
    root = plain("diễn tập pccc", expansions=(other,))
    assert found(engine, root) == ["short", "long"]
    names = {part.name for part in engine.explain(request(root), "long").parts}
    assert "in other words, text: phòng cháy chữa cháy" in names


def test_weak_words_are_no_condition_and_score_less(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """What a question merely needs is not asked of documents."""
    engine = open_documents({"answer": "học phí học phí", "chance": "học phí là gì"})
    root = Plain(words("học phí là gì"), weak=words("là gì"), needs=Needs(2, 0, 1, 0))
    light = Weights(text=1, bigrams=0, title=0, compounds=0, number=1, weak=0.0)
    assert found(engine, root, weights=light) == ["answer", "chance"]
    assert found(engine, root) == ["chance", "answer"]
    explanation = engine.explain(request(root), "answer")
    assert (explanation.words_held, explanation.words_asked, explanation.words_needed) == (2, 2, 2)


def test_a_word_asked_for_twice_counts_once(open_documents: Callable[..., WhooshEngine]) -> None:
    """Of two leaves that look up the same, the heavier one adds to the score."""
    engine = open_documents({"a": "thu học phí", "b": "giá đất"})
    light = replace(WEIGHTS, weak=0.5)
    once = engine.explain(request(phrase("học phí"), weights=light), "a")
    lighter = Plain(words("học phí"), weak=words("phí"))
    twice = engine.explain(request(And((lighter, phrase("học phí"))), weights=light), "a")
    assert {part.name: part.score for part in twice.parts} == {
        part.name: part.score for part in once.parts
    }


def test_compounds_add_to_the_score(open_documents: Callable[..., WhooshEngine]) -> None:
    """Words of several syllables, as pyvi cuts them, are a bonus for who has them as words."""
    engine = open_documents({"apart": "dân và nhân", "word": "nhân dân xã"})
    root = Plain(words("nhân dân"), compounds=("nhân_dân",))
    assert found(engine, root) == ["word", "apart"]
    parts = engine.explain(request(root), "word").parts
    assert "compound: nhân dân" in {part.name for part in parts}


def test_dropped_documents_are_gone_everywhere(
    make_document: Callable[..., CouncilDocument],
    make_engine: Callable[..., WhooshEngine],
) -> None:
    """A deleted document is in no hit, count, facet, lookup or likeness."""
    rows = [index_row(str(n), make_document("phí", id=str(n))) for n in range(4)]
    engine = make_engine(rows, segments=2, dropped={"0", "2", "3"})
    assert found(engine, plain("phí")) == ["1"]
    assert found(engine, Not(plain("đất"))) == ["1"]
    assert engine.search(request(None)).facets["category"] == {"Tin tức": 1}
    assert engine.find("0") is None
    assert engine.find("1") is not None
    assert engine.find("\ud800") is None
    assert engine.size == 1
    assert alike(engine, [("text", "phí", 1.0)]) == ["1"]


def test_emptied_shards_leave_the_index(
    make_document: Callable[..., CouncilDocument], tmp_path: Path
) -> None:
    """What holds no living document any more is no longer there, nor its file."""
    rows = [index_row(str(n), make_document("phí", id=str(n))) for n in range(4)]
    directory = write_rows(tmp_path, rows, 2, ())
    assert [shard.size for shard in open_shards(directory)[0]] == [3, 1]
    publish_segments(directory, [], dropped=frozenset({"0", "1", "2"}))
    (shard,), live = open_shards(directory)
    assert [shard.listing(0).id, *live] == ["3", True]
    assert len(list(directory.glob("*.shard"))) == 1


def test_an_index_of_nothing_answers_nothing(make_engine: Callable[..., WhooshEngine]) -> None:
    """Every question finds none; everything can be asked."""
    engine = make_engine([])
    for tree in (None, plain("phí"), phrase("học phí"), Prefix(word("ph")), Not(plain("phí"))):
        answer = engine.search(request(tree))
        assert (answer.total, answer.hits, answer.months) == (0, (), {})
    assert engine.size == 0
    assert engine.find("1") is None


def test_a_phrase_that_no_kernel_takes_is_left_to_whoosh(
    make_document: Callable[..., CouncilDocument], tmp_path: Path
) -> None:
    """It finds the same documents, and is counted by its kind."""
    verse = " ".join(f"chữ{n}" for n in range(MOST_PLACED + 1))
    rows = [index_row(str(n), make_document(verse + " hết" * n, id=str(n))) for n in range(3)]
    noted: list[str] = []
    engine = WhooshEngine(write_rows(tmp_path, rows, 1, ["1"]), noted.append)
    assert found(engine, phrase(verse)) == ["0", "2"]
    assert noted == ["Phrase"]
    assert found(engine, phrase(verse.rsplit(" ", 1)[0])) == ["0", "2"]
    assert noted == ["Phrase"]
    engine.close()


def test_threads_get_the_same_answers(
    make_engine: Callable[..., WhooshEngine], open_collection: Callable[[int], Opened]
) -> None:
    """A searcher shared between threads returns wrong results in Whoosh; ours never shares one."""
    engine, documents = open_collection(3)
    trees: list[Node] = [plain("học phí"), phrase("đất dat"), plain("phi"), Prefix(word("ph"))]
    expected = [set(found(engine, tree)) for tree in trees]
    assert all(expected)
    # One that has read nothing yet.
    fresh = make_engine([each.row for each in documents.values()], segments=3)
    wrong: list[Node] = []

    def ask() -> None:
        for tree, ids in zip(trees * 5, expected * 5, strict=True):
            if set(found(fresh, tree)) != ids:
                wrong.append(tree)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_empty_index_answers_with_nothing(make_engine: Callable[..., WhooshEngine]) -> None:
    """No documents, no error."""
    engine = make_engine([])
    for root in (plain("phí"), Prefix(word("ph")), Near(words("học phí"), 3), None):
        assert engine.search(request(root)).hits == ()
    assert alike(engine, [("text", "phí", 1.0)]) == []
    assert engine.size == 0


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(query=queries)
def test_an_explanation_adds_up_to_the_score(
    open_collection: Callable[[int], Opened], query: Query
) -> None:
    """Whatever is asked, the parts of each hit's score sum to the score that ranked it."""
    engine, documents = open_collection(1)
    asked = EngineRequest(query, KINDLY, limit=100)
    hits = {hit.record.id: hit for hit in engine.search(asked).hits}
    for name in list(documents)[:12]:
        explanation = engine.explain(asked, name)
        standing = hits[name].standing if name in hits else "none"
        assert explanation.standing == standing
        total = sum(part.score for part in explanation.parts)
        assert total == pytest.approx(explanation.first_score, rel=1e-4, abs=1e-4)
        if name in hits:
            assert explanation.score == pytest.approx(hits[name].score, rel=1e-5, abs=1e-5)
    assert engine.explain(asked, "nobody").standing == "none"


@settings(max_examples=50)
@given(query=queries)
def test_ranking_is_the_search_without_facets(
    open_collection: Callable[[int], Opened], query: Query
) -> None:
    """Evaluation sees the order that readers see."""
    engine, _documents = open_collection(0)
    asked = EngineRequest(query, KINDLY, limit=10, offset=2)
    assert engine.rank(asked) == [(h.record.id, h.score) for h in engine.search(asked).hits]


def test_preferences_lift_without_excluding(open_documents: Callable[..., WhooshEngine]) -> None:
    """A preference adds its weight times the best score that words give."""
    engine = open_documents({"a": "phí " * 9, "b": "phí năm", "c": "năm"})
    better = Preference(plain("năm"), 1.0, "năm")
    answer = engine.search(request(plain("phí"), preferences=(better,)))
    assert [hit.record.id for hit in answer.hits] == ["b", "a"]
    best = answer.hits[1].score
    part = next(
        part
        for part in engine.explain(request(plain("phí"), preferences=(better,)), "b").parts
        if part.name == "prefers: năm"
    )
    assert part.score == pytest.approx(best)


def test_more_like_weighs_its_terms(open_documents: Callable[..., WhooshEngine]) -> None:
    """Documents that hold the heavier term come first; those left out and strangers do not come."""
    engine = open_documents({"a": "học phí", "b": "giá đất", "c": "học giá", "d": "rừng"})
    terms = [("text", "học", 1.0), ("text", "đất", 5.0)]
    assert alike(engine, terms, exclude="c") == ["b", "a"]
    assert alike(engine, terms, limit=1) == ["b"]
    assert engine.document_frequency("text", "học") == 2
    assert engine.document_frequency("text", "núi") == 0


def test_phrases_in_the_title_and_often_come_first(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Of documents with the same words, the one that says the phrase more often ranks higher."""
    engine = open_documents(
        {"once": "học phí học xã phí", "often": "học phí học phí xã", "title": {"title": "học phí"}}
    )
    assert found(engine, phrase("học phí")) == ["title", "often", "once"]


def test_a_mention_found_by_key_counts_like_one_found_by_phrase(
    make_engine: Callable[..., WhooshEngine], make_document: Callable[..., CouncilDocument]
) -> None:
    """OCR may break a number that a key still knows."""
    spans = (KeySpan(0, 3, ("number:5/nq",)),)
    rows = [
        IndexRow("key", make_document("5 nq", id="key"), {}, text_spans=spans),
        IndexRow("words", make_document("số 5 nq", id="words"), {}),
        IndexRow("none", make_document("nq 5", id="none"), {}),
    ]
    engine = make_engine(rows)
    number = NumberClause(("5/nq",), ("number:5/nq",), phrase("5 nq"))
    assert sorted(found(engine, number)) == ["key", "words"]
    assert found(engine, NumberClause(("5/nq",), ("number:5/nq",))) == ["key"]


def test_more_than_255_facet_values_stay_apart(
    open_documents: Callable[..., WhooshEngine],
) -> None:
    """Whoosh's reference column changes its width at 256 values; ours must not mix them."""
    engine = open_documents({str(n): {"text": "phí", "issuer": f"HĐND xã {n}"} for n in range(700)})
    answer = engine.search(request(plain("phí"), limit=700))
    assert answer.facets["issuer"] == {f"HĐND xã {n}": 1 for n in range(700)}


class DocumentNumbers:
    """Features of which only one is known: the document's place in the index."""

    def measure(self, _lookup: object, _asked: object, candidates: Any) -> Any:
        """Return a row for each candidate."""
        return candidates.astype(np.float32)[:, None]


def test_the_second_stage_orders_the_best_of_each_standing(
    open_documents: Callable[..., WhooshEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As deep as it is told to look; what is below stays as it was; other sorts go without it."""
    texts = {"0": "học phí", "1": "học phí x", "2": "học phí x x x", "3": "học phí x x x x x"}
    days = {"0": "2024-01-01", "1": "2024-01-02", "2": "2024-01-03", "3": "2024-01-04"}
    engine = open_documents(
        {name: {"text": text, "issued_on": days[name]} for name, text in texts.items()}
    )
    monkeypatch.setattr(engine, "_features", DocumentNumbers())
    second = Reorder(depth=3, score=lambda features: features[:, 0])
    asked = request(plain("học phí"), reorder=second)
    assert found(engine, plain("học phí")) == ["0", "1", "2", "3"]
    assert [id_ for id_, _score in engine.rank(asked)] == ["2", "1", "0", "3"]
    assert [id_ for id_, _score in engine.rank(asked._replace(limit=1))] == ["2"]
    newest = asked._replace(sort="newest")
    assert [id_ for id_, _score in engine.rank(newest)] == ["3", "2", "1", "0"]
    assert engine.search(asked._replace(query=Query())).total == 4


class DistanceFromTheLast:
    """Features of which only one is known: how far a document is from the last candidate."""

    def measure(self, _lookup: object, _asked: object, candidates: Any) -> Any:
        """Return a row for each candidate, which depends on the others."""
        return (candidates.max() - candidates).astype(np.float32)[:, None] / candidates.max()


@pytest.mark.parametrize("depth", [3, 10])
def test_a_filter_leaves_the_order_as_it_is(
    open_documents: Callable[..., WhooshEngine], monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    """What is filtered is measured beside the same candidates; explained with the same score."""
    kinds = {"1": "nghị quyết", "2": "tin tức", "3": "nghị quyết", "4": "tin tức"}
    engine = open_documents(
        {"0": {"text": "giá đất"}}
        | {n: {"text": "học phí" + " x" * int(n), "kind": kind} for n, kind in kinds.items()}
    )
    monkeypatch.setattr(engine, "_features", DistanceFromTheLast())
    second = Reorder(depth=depth, score=lambda features: features[:, 0])
    better = Preference(Phrase(words("x x x")), 0.4, "x")
    asked = request(plain("học phí"), reorder=second, preferences=(better,))
    every = [row for row in engine.rank(asked) if kinds[row[0]] == "nghị quyết"]
    chosen = asked._replace(filters=Filters({"kind": frozenset({"nghị quyết"})}))
    found = engine.rank(chosen)
    assert [id_ for id_, _score in found] == [id_ for id_, _score in every]
    assert dict(found) == pytest.approx(
        {id_: engine.explain(chosen, id_).score for id_, _ in every}
    )
    nothing = asked._replace(filters=Filters({"kind": frozenset({"tờ trình"})}))
    assert engine.rank(nothing) == []


def test_the_second_stage_is_explained(
    open_documents: Callable[..., WhooshEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shares of the model's score and the bonuses give the score that it was ordered by."""
    texts = {"0": "học phí phí", "1": "học phí năm", "2": "học phí x x x x", "3": "giá đất"}
    engine = open_documents(texts)
    monkeypatch.setattr(engine, "_features", DocumentNumbers())
    second = Reorder(depth=2, score=lambda features: 3 * features[:, 0] - 5)
    better = Preference(plain("năm"), 0.5, "năm")
    asked = request(plain("học phí"), reorder=second, preferences=(better,))
    scores = dict(engine.rank(asked))
    explanation = engine.explain(asked, "1")
    seen = explanation.reordered
    assert seen is not None
    assert seen.features.tolist() == [1.0]
    assert (seen.low, seen.spread) == (-5.0, 3.0)
    assert [(part.name, part.score) for part in seen.bonus] == [("prefers: năm", 0.5)]
    assert explanation.score == scores["1"] == 1.5
    below = engine.explain(asked, "2")
    assert (below.reordered, below.score) == (None, below.first_score)
    assert below.score == pytest.approx(scores["2"])
    assert engine.explain(asked, "3").reordered is None
