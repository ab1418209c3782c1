"""The one façade that the site and the command line ask."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.answers.answer_cache import AnswerCache, ask_of
from indexer.answers.answer_json import document_as_json, listing_as_json, results_as_json
from indexer.answers.completion import MOST_COMPLETIONS, complete
from indexer.answers.explanation import explain_rank
from indexer.answers.facets import engine_filters, facet_values, read_filters
from indexer.answers.fallback import settle_query
from indexer.answers.hits import HitWriter, list_hit
from indexer.answers.marks import Marker
from indexer.answers.opened import OpenIndex
from indexer.answers.query.language import marked_leaves, parse_query
from indexer.answers.ranking import LEAST_SPREAD, WEIGHTS
from indexer.answers.reordering import load_model
from indexer.answers.rescue import find_rescues
from indexer.answers.similar import characteristic_terms
from indexer.answers.suggest import suggest_query
from indexer.answers.understanding.synonyms import keep_synonyms
from indexer.errors import BadPageError, DocumentNotFoundError, HdndError, IndexStateError
from indexer.language.text import clean_text
from indexer.search_records import (
    SORTS,
    DocumentView,
    Explanation,
    Fragment,
    Hit,
    SearchRequest,
    SearchResults,
)
from indexer.settings import RESULT_WINDOW, read_settings
from indexer.store.engine.protocol import EngineRequest, Reorder
from indexer.store.generation_files import checksum_file

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.answers.completion import Completion
    from indexer.answers.opened import Opened
    from indexer.query_records import Query
    from indexer.records import CouncilDocument

__all__ = ["SearchService", "document_as_json", "listing_as_json", "results_as_json"]

SIMILAR = 5
# Asked before any reader asks: its words, their slips and its area go through every stage.
_WARMING = "hội đồng nhân dân thông qua nghị quyêt"


class SearchService:
    """Answers over one index directory. Opens it at the first question; safe between threads."""

    def __init__(self, index: Path, *, cache_bytes: int = 0) -> None:
        """Take the directory, and how much may be kept of answers that were given.

        SynonymFileError where the operator's own table can't be read.
        """
        keep_synonyms(read_settings().synonyms)
        self._index = OpenIndex(index)
        self._cache = AnswerCache(cache_bytes) if cache_bytes else None

    def prepare(self) -> None:
        """Open what serves and use it once, so that the first reader need not wait.

        An index that can't serve says so to those who ask.
        """
        with suppress(IndexStateError):
            self.rank(_WARMING, 1)
            suggest_query(_WARMING, self._index.current().vocabulary)

    def touch_pages(self) -> None:
        """Map the index's pages behind the answers, in this process, of later generations too."""
        self._index.touch_pages()

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the results of one page.

        QueryError, UnknownFacetError, UnknownFacetValueError and BadPageError tell the reader
        what to change; IndexStateError the operator.
        """
        started = time.monotonic()
        _check_page(request)
        query = parse_query(request.q, request.declined)
        opened = self._index.current()
        asked = replace(request, filters=read_filters(request.filters, opened.known))
        results = self._find_kept(opened, query, asked)
        return replace(results, request=asked, seconds=time.monotonic() - started)

    def _find_kept(self, opened: Opened, query: Query, asked: SearchRequest) -> SearchResults:
        """Return the answer that was given before, or give it and keep it."""
        if self._cache is None:
            return self._answer(opened, query, asked)
        key = ask_of(opened.name, clean_text(asked.q), query, asked)
        kept = self._cache.get(key)
        if kept is None:
            kept = self._answer(opened, query, asked)
            self._cache.put(key, kept)
        return kept

    def _answer(self, opened: Opened, query: Query, asked: SearchRequest) -> SearchResults:
        answer = opened.engine.search(_engine_request(query, asked))
        if not answer.total:
            query = _settle(opened, query, asked)
            answer = opened.engine.search(_engine_request(query, asked))
        found = min(answer.total + answer.literal_total + answer.partial_total, RESULT_WINDOW)
        writer = HitWriter(query, opened.engine, self._index.library(opened.name))
        return SearchResults(
            request=asked,
            total=answer.total,
            literal_total=answer.literal_total,
            partial_total=answer.partial_total,
            hits=writer.hits(answer.hits),
            facets=facet_values(answer, asked.filters, opened.known.get("month", ())),
            pages=-(-found // asked.page_size),
            seconds=0.0,
            understood=query.understood,
            suggestion=suggest_query(asked.q, opened.vocabulary),
            rescues=() if answer.total else find_rescues(asked, lambda r: _count(opened, r)),
        )

    def document(
        self, document_id: str, query: str = "", declined: tuple[str, ...] = ()
    ) -> DocumentView:
        """Return a document with the query's matches marked; DocumentNotFoundError."""
        opened = self._index.current()
        document = self._document(opened, document_id)
        asked = SearchRequest(query, declined=declined)
        leaves = marked_leaves(_settle(opened, parse_query(query, declined), asked))
        return DocumentView(
            document=document,
            title=Marker(leaves, field="title").mark(clean_text(document.title)),
            text=Marker(leaves).mark(document.text),
            original=_find_original(opened.source, document),
        )

    def similar(self, document_id: str, limit: int = SIMILAR) -> tuple[Hit, ...]:
        """Return the documents most like one, best first; DocumentNotFoundError."""
        opened = self._index.current()
        document, engine = self._document(opened, document_id), opened.engine
        terms = characteristic_terms(document, engine.document_frequency, engine.size)
        return tuple(
            list_hit(hit.record, title=(Fragment(clean_text(hit.record.title)),), score=hit.score)
            for hit in engine.more_like(terms, exclude=document_id, limit=limit)
        )

    def complete(self, typed: str, limit: int = MOST_COMPLETIONS) -> tuple[Completion, ...]:
        """Return what somebody who is still typing may mean, best first; any string is answered."""
        return complete(self._index.current().completions, typed, limit)

    def explain(self, query: str, document_id: str, declined: tuple[str, ...] = ()) -> Explanation:
        """Return why a document stands where it stands for a query; DocumentNotFoundError."""
        opened, asked = self._index.current(), SearchRequest(query, declined=declined)
        if opened.engine.find(document_id) is None:
            raise DocumentNotFoundError(document_id)
        settled = _settle(opened, parse_query(query, declined), asked)
        request = _engine_request(settled, asked)
        return explain_rank(opened.engine, request, document_id)

    def rank(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Return (id, score) of the best documents, as `search` lists them, for evaluation."""
        opened, asked = self._index.current(), SearchRequest(query)
        request = _engine_request(_settle(opened, parse_query(query), asked), asked)
        return opened.engine.rank(request._replace(limit=limit))

    def _document(self, opened: Opened, document_id: str) -> CouncilDocument:
        listing = opened.engine.find(document_id)
        if listing is None:
            raise DocumentNotFoundError(document_id)
        return self._index.library(opened.name).get_document(listing.key)

    def close(self) -> None:
        """Let go of every file."""
        self._index.close()


def _settle(opened: Opened, query: Query, asked: SearchRequest) -> Query:
    """Return the query as it is answered; the filters are spelled as the index spells them."""
    filters = engine_filters(asked.filters)
    return settle_query(query, asked, lambda each: opened.engine.count(each, filters))


def _engine_request(query: Query, request: SearchRequest) -> EngineRequest:
    return EngineRequest(
        query=query,
        weights=WEIGHTS,
        filters=engine_filters(request.filters),
        sort=request.sort,
        offset=(request.page - 1) * request.page_size,
        limit=request.page_size,
        reorder=Reorder(load_model().depth, load_model().score, LEAST_SPREAD),
    )


def _count(opened: Opened, request: SearchRequest) -> int:
    try:
        query = parse_query(request.q, request.declined)
    except HdndError:
        return 0
    return opened.engine.count(query, engine_filters(request.filters))


def _check_page(request: SearchRequest) -> None:
    if request.sort not in SORTS:
        raise BadPageError(
            f"unknown order {request.sort!r}; choose one of {', '.join(SORTS)}",
            f"Không có cách sắp xếp “{request.sort}”.",
        )
    if request.page < 1 or request.page_size < 1:
        raise BadPageError("pages count from 1", "Số trang phải từ 1 trở lên.")
    if request.page * request.page_size > RESULT_WINDOW:
        raise BadPageError(
            f"only the first {RESULT_WINDOW} results can be paged through; narrow the search",
            f"Chỉ xem được {RESULT_WINDOW} kết quả đầu. Hãy thu hẹp phạm vi tìm kiếm.",
        )


def _find_original(source: Path, document: CouncilDocument) -> Path | None:
    """Return the untouched file; None when it is gone or changed, or the source was an export."""
    try:
        file = (source / document.path).resolve()
        if not (source.is_dir() and file.is_relative_to(source.resolve()) and file.is_file()):
            return None
        state = file.stat()
        same = _checksum(file, state.st_mtime_ns, state.st_size) == document.sha256
    except OSError:
        return None  # The site's user may not read the sources.
    return file if same else None


@lru_cache(maxsize=1024)
def _checksum(file: Path, _changed: int, _size: int) -> str:
    """Return a file's checksum; a large original is read once, not for every page."""
    return checksum_file(file)
