"""The façade that the site and the command line ask."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from indexer.answers.marks import plain
from indexer.answers.search import SearchService, document_as_json, results_as_json
from indexer.errors import (
    BadPageError,
    DamagedIndexError,
    DocumentNotFoundError,
    NoIndexError,
    QueryError,
    UnknownFacetValueError,
)
from indexer.search_records import FACETS, Fragment, SearchRequest
from indexer.store.generations import LIBRARY, roll_back
from indexer.store.library import Library
from tests.conftest import build_document, build_test_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Give a service over three documents."""
    documents = [
        build_document(
            "Mức thu học phí <script> năm học 2024-2025",
            id="a/b c?.txt",
            title="Nghị quyết về học phí",
            number="12/2024/NQ-HĐND",
            kind="nghị quyết",
            issuer="HĐND tỉnh Phú Yên",
            issued_on="2024-07-10",
            category="Nghị quyết",
        ),
        build_document(
            "Phóng viên đưa tin về học phí và nhiều việc khác.",
            id="tin",
            title="Hội nghị giao ban báo chí",
            issued_on="2025-01-02",
            sample=True,
        ),
        build_document("Giá đất ở xã", id="đất", level="xã", publisher="huyện Thường Tín"),
    ]
    return SearchService(build_test_index(documents, tmp_path_factory.mktemp("search")))


def test_results_hold_hits_counts_and_all_facets(service: SearchService) -> None:
    """A page of results has everything that a page shows."""
    results = service.search(SearchRequest(q="hoc phi"))
    assert results.total == 2
    assert results.hits[0].id == "a/b c?.txt"
    assert [f.text for f in results.hits[0].title if f.marked] == ["học", "phí"]
    assert set(results.facets) == set(FACETS)
    assert results.pages == 1
    assert results.hits[1].sample


def test_names_of_issuer_and_publisher_are_found(service: SearchService) -> None:
    """The portal that published a document finds it, though its text never names it."""
    assert [h.id for h in service.search(SearchRequest(q="thường tín")).hits] == ["đất"]
    assert [h.id for h in service.search(SearchRequest(q='"HĐND tỉnh Phú Yên"')).hits] == [
        "a/b c?.txt"
    ]


def test_the_request_comes_back_with_values_as_the_index_spells_them(
    service: SearchService,
) -> None:
    """Loosely typed filters are told back in their exact form."""
    results = service.search(SearchRequest(filters={"level": ("xa",), "kind": ("Tin tức",)}))
    assert results.request.filters == {"level": ("xã",), "kind": ("tin tức",)}
    assert [h.id for h in results.hits] == ["đất"]


def test_pages_divide_the_hits(service: SearchService) -> None:
    """Each hit is on one page; past the last page there is nothing."""
    pages = [service.search(SearchRequest(page=n, page_size=2)) for n in (1, 2, 3)]
    assert [len(p.hits) for p in pages] == [2, 1, 0]
    assert pages[0].pages == 2
    assert len({h.id for p in pages for h in p.hits}) == 3


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(page=0),
        SearchRequest(page_size=0),
        SearchRequest(page=501, page_size=20),
        SearchRequest(sort="best"),  # type: ignore[arg-type]
    ],
)
def test_impossible_pages_and_orders_are_refused(
    service: SearchService, request_: SearchRequest
) -> None:
    """Nothing is silently read as something else."""
    with pytest.raises(BadPageError):
        service.search(request_)


def test_faults_of_query_and_filter_are_told(service: SearchService) -> None:
    """They reach the caller as named errors."""
    with pytest.raises(QueryError):
        service.search(SearchRequest(q='"học'))
    with pytest.raises(UnknownFacetValueError):
        service.search(SearchRequest(filters={"category": ("Không có",)}))


def test_a_document_is_shown_whole_with_its_matches_marked(service: SearchService) -> None:
    """The view's fragments are the document's text."""
    view = service.document("a/b c?.txt", "12/2024/NQ-HĐND học phí")
    assert plain(view.text) == view.document.text
    assert [f.text for f in view.text if f.marked] == ["học", "phí", "học"]
    assert view.original is None


def test_an_unknown_document_is_named(service: SearchService) -> None:
    """Whatever asks for it."""
    for ask in (service.document, service.similar, lambda id_: service.explain("học", id_)):
        with pytest.raises(DocumentNotFoundError, match="'nobody'"):
            ask("nobody")


def test_an_explanation_says_how_much_was_asked_and_held(service: SearchService) -> None:
    """The parts come with the largest first."""
    why = service.explain("mức học phí xã", "a/b c?.txt")
    assert (why.standing, why.words_held, why.words_asked, why.words_needed) == ("partial", 3, 4, 4)
    assert [p.score for p in why.parts] == sorted((p.score for p in why.parts), reverse=True)


def test_ranking_gives_ids_and_scores(service: SearchService) -> None:
    """Evaluation reads the same order."""
    assert [id_ for id_, _ in service.rank("học phí", 10)] == ["a/b c?.txt", "tin"]


def test_json_is_plain_and_its_snippets_are_safe(service: SearchService) -> None:
    """What the API answers serialises, and no text of a document can become markup."""
    answer = json.loads(json.dumps(results_as_json(service.search(SearchRequest(q="học phí")))))
    assert answer["total"] == 2
    assert set(answer["facets"]) == set(FACETS)
    assert set(answer["facets"]["level"][0]) == {"value", "label", "count", "selected"}
    hit = answer["hits"][0]
    assert hit["issued_on"] == "2024-07-10"
    assert "<mark>học</mark> <mark>phí</mark> &lt;script&gt;" in hit["snippet"]
    document = json.loads(json.dumps(document_as_json(service.document("đất").document)))
    assert document["text"] == "Giá đất ở xã"
    assert document["issued_on"] is None


def test_json_holds_every_field_of_its_manual(service: SearchService) -> None:
    """What docs/api.md names is there under that name, for a hit, a passage and a meaning."""
    answer = results_as_json(service.search(SearchRequest(q="học phí tháng 7/2024 giấy")))
    assert set(answer) == {
        *("query", "total", "literal_total", "partial_total", "page", "pages", "page_size"),
        *("sort", "seconds", "understood", "suggestion", "rescues", "hits", "facets"),
    }
    assert answer["understood"] == [
        {
            "key": "period:thang-7-2024",
            "kind": "period",
            "label": "tháng 7/2024",
            "typed": "tháng 7/2024",
            "effect": "prefers",
            "facet": "date",
            "value": "2024-07",
        }
    ]
    assert answer["rescues"][0] == {
        "dropped": "giấy",
        "total": 2,
        "query": "học phí tháng 7/2024",
        "filters": {},
    }
    hit = answer["hits"][0]
    assert {"id", "category", "date_known", "publisher", "sample", "scanned"} <= set(hit)
    assert (hit["standing"], hit["partial"]) == ("partial", True)
    best = hit["passages"][0]
    assert set(best) == {"page", "article", "citation", "snippet"}
    assert {name: hit[name] for name in best} == best


def test_a_suggestion_is_shown_and_never_searched(service: SearchService) -> None:
    """Its JSON has the query to ask and what would change."""
    results = service.search(SearchRequest(q="giá ddaats"))
    assert results.total == 0
    assert results.suggestion is not None
    assert results.suggestion.query == "giá đất"
    assert results_as_json(results)["suggestion"] == {
        "query": "giá đất",
        "marked": "giá <mark>đất</mark>",
    }
    assert service.search(SearchRequest(q="giá đất")).suggestion is None


def test_what_is_understood_as_a_filter_hides_nothing(service: SearchService) -> None:
    """What only the words find follows, counted apart and in no facet."""
    results = service.search(SearchRequest(q="nghị quyết học phí"))
    assert (results.total, results.literal_total, results.partial_total) == (1, 0, 1)
    assert [each.effect for each in results.understood] == ["filters"]
    assert [hit.standing for hit in results.hits] == ["full", "partial"]
    assert [v.value for v in results.facets["kind"]] == ["nghị quyết"]
    plain_words = service.search(
        SearchRequest(q="nghị quyết học phí", declined=("kind:nghi-quyet",))
    )
    assert plain_words.understood == ()


def test_a_filter_that_leaves_nothing_is_let_go(service: SearchService) -> None:
    """The words alone are answered then, and the chip says why."""
    results = service.search(SearchRequest(q="tờ trình giá đất"))
    assert (results.understood[0].key, results.understood[0].effect) == ("kind:to-trinh", "empty")
    assert [hit.id for hit in results.hits] == ["đất"]
    assert results.literal_total == 0


def test_accents_that_no_document_has_are_let_go(service: SearchService) -> None:
    """The answer says so; right ones stay a condition, and a reader can insist on any."""
    found = service.search(SearchRequest(q="hóc phì"))
    assert {hit.id for hit in found.hits} == {"a/b c?.txt", "tin"}
    [chip] = found.understood
    assert (chip.kind, chip.label, chip.effect) == ("accents", "đúng như đã gõ", "empty")
    assert not service.search(SearchRequest(q="học phí")).understood
    assert service.search(SearchRequest(q="hóc phì", declined=(chip.key,))).total == 0
    assert service.search(SearchRequest(q="nước mắm")).understood == ()
    assert service.search(SearchRequest(q='"hóc phì" HOẶC xyz')).total == 2


@pytest.mark.parametrize("q", ["hóc phì", "tờ trình giá đất"])
def test_what_is_let_go_is_let_go_everywhere(service: SearchService, q: str) -> None:
    """Explanations, rankings and marks are those of the results that readers saw."""
    results = service.search(SearchRequest(q=q))
    assert "empty" in {each.effect for each in results.understood}
    best = results.hits[0]
    explained = service.explain(q, best.id)
    assert (explained.standing, explained.understood) == (best.standing, results.understood)
    assert explained.score == pytest.approx(best.score)
    assert [document for document, _ in service.rank(q, 10)] == [hit.id for hit in results.hits]
    assert any(fragment.marked for fragment in service.document(best.id, q).text)


def test_a_declined_chip_is_declined_everywhere(service: SearchService) -> None:
    """An explanation can be asked of the words as plain words, too."""
    q, key = "tờ trình giá đất", "kind:to-trinh"
    declined = service.explain(q, "đất", declined=(key,))
    assert key not in {each.key for each in declined.understood}
    assert declined.standing == "partial"


def test_an_empty_answer_tells_what_to_leave_out(service: SearchService) -> None:
    """Words and filters alike, each with what it would give; a full answer needs none."""
    empty = service.search(SearchRequest(q="học phí", filters={"level": ("xã",)}))
    assert [(r.dropped, r.total, dict(r.request.filters)) for r in empty.rescues] == [("xã", 2, {})]
    assert service.search(SearchRequest(q="học phí")).rescues == ()
    # What is left may be no query at all: then it is no way out.
    broken = service.search(SearchRequest(q="xylophone (học OR đàn)"))
    assert [r.dropped for r in broken.rescues] == ["xylophone"]


def test_similar_documents_are_listed_without_passages(service: SearchService) -> None:
    """The document itself is never among them."""
    found = service.similar("tin")
    assert [hit.id for hit in found] == ["a/b c?.txt"]
    assert (found[0].title, found[0].passages) == ((Fragment("Nghị quyết về học phí"),), ())


def test_completions_come_from_the_open_generation(service: SearchService) -> None:
    """A title of this index is offered for its accent-free beginning, with its id."""
    [first, *_] = service.complete("nghi quyet ve hoc")
    assert (first.text, first.kind, first.id) == ("Nghị quyết về học phí", "title", "a/b c?.txt")
    assert len(service.complete("h", 2)) == 2
    assert isinstance(service.complete("\ud800" * 300), tuple)


def test_a_new_generation_serves_from_the_next_request_on(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """No restart; and a rollback serves as quickly."""
    index = make_index([make_document("phí", id="old")])
    service = SearchService(index)
    assert [h.id for h in service.search(SearchRequest(q="phí")).hits] == ["old"]
    make_index([make_document("phí", id="new")])
    assert [h.id for h in service.search(SearchRequest(q="phí")).hits] == ["new"]
    roll_back(index)
    assert [h.id for h in service.search(SearchRequest(q="phí")).hits] == ["old"]


def test_many_threads_may_ask_one_service(service: SearchService) -> None:
    """Each thread reads through its own connections."""
    totals: list[int] = []

    def ask() -> None:
        totals.append(service.search(SearchRequest(q="học phí")).total)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [2] * 8


def test_before_the_first_build_the_operator_is_told(tmp_path: Path) -> None:
    """No index is an error of its own."""
    with pytest.raises(NoIndexError):
        SearchService(tmp_path).search(SearchRequest())


def test_a_text_missing_from_the_library_is_damage(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Results still list the document; opening it says what is wrong."""
    index = make_index([make_document("phí", id="a")])
    with Library(index / LIBRARY) as library:
        library._db.execute("DELETE FROM documents")
        library.commit()
    service = SearchService(index)
    assert service.search(SearchRequest(q="phí")).hits[0].passages == ()
    with pytest.raises(DamagedIndexError):
        service.document("a")
