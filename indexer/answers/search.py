"""The one façade that the site and the command line ask.

A SearchService follows the index's CURRENT pointer: a new generation serves from the next
request on, and no request sees two.
"""

from __future__ import annotations

import threading
import time
import weakref
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from indexer.answers.answer_json import document_as_json, results_as_json
from indexer.answers.facets import engine_filters, facet_values, read_filters
from indexer.answers.passage import Passage, find_passage
from indexer.answers.query import parse_query
from indexer.answers.ranking import WEIGHTS, needs_of
from indexer.answers.snippets import make_snippet, mark
from indexer.errors import BadPageError, DocumentNotFoundError
from indexer.language.text import clean_text
from indexer.records import CleanText, How
from indexer.search_records import (
    SORTS,
    DocumentView,
    Explanation,
    Hit,
    SearchRequest,
    SearchResults,
)
from indexer.settings import RESULT_WINDOW
from indexer.store.engine.protocol import EngineRequest
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.generations import (
    LIBRARY,
    checksum_file,
    current_generation,
    current_name,
    generation_path,
)
from indexer.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import CouncilDocument
    from indexer.search_records import Query
    from indexer.store.engine.protocol import Engine, EngineHit

__all__ = ["SearchService", "document_as_json", "results_as_json"]


class _Opened(NamedTuple):
    name: str
    source: Path
    engine: Engine
    known: Mapping[str, tuple[str, ...]]
    """Every value of every facet but the date, in this generation."""


class SearchService:
    """Answers over one index directory. Opens it at the first question; safe between threads."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._opened: _Opened | None = None
        self._lock = threading.Lock()
        self._local = threading.local()
        self._libraries: list[Library] = []
        self._closer = weakref.finalize(self, _close_all, self._libraries)

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the results of one page.

        QueryError, UnknownFacetError, UnknownFacetValueError and BadPageError tell the reader
        what to change; IndexStateError the operator.
        """
        started = time.monotonic()
        _check_page(request)
        query = parse_query(request.q)
        opened = self._current()
        chosen = read_filters(request.filters, opened.known)
        answer = opened.engine.search(
            replace(
                _engine_request(query),
                filters=engine_filters(chosen),
                sort=request.sort,
                offset=(request.page - 1) * request.page_size,
                limit=request.page_size,
            )
        )
        found = min(answer.total + answer.partial_total, RESULT_WINDOW)
        return SearchResults(
            request=replace(request, filters=chosen),
            total=answer.total,
            partial_total=answer.partial_total,
            hits=tuple(self._hit(hit, query, self._library(opened.name)) for hit in answer.hits),
            facets=facet_values(answer, chosen),
            pages=-(-found // request.page_size),
            seconds=time.monotonic() - started,
        )

    def document(self, document_id: str, query: str = "") -> DocumentView:
        """Return a document with the query's matches marked; DocumentNotFoundError."""
        opened = self._current()
        listing = opened.engine.find(document_id)
        if listing is None:
            raise DocumentNotFoundError(document_id)
        document = self._library(opened.name).get_document(listing.key)
        parsed = parse_query(query)
        return DocumentView(
            document=document,
            title=mark(clean_text(document.title), parsed),
            text=mark(document.text, parsed),
            original=_find_original(opened.source, document),
        )

    def close(self) -> None:
        """Let go of every file. A service that nobody holds any more closes by itself."""
        self._closer()
        if self._opened:
            self._opened.engine.close()

    def explain(self, query: str, document_id: str) -> Explanation:
        """Return why a document stands where it stands for a query; DocumentNotFoundError."""
        opened = self._current()
        if opened.engine.find(document_id) is None:
            raise DocumentNotFoundError(document_id)
        parsed = parse_query(query)
        request = _engine_request(parsed)
        standing, held, score, terms = opened.engine.explain(request, document_id)
        return Explanation(
            id=document_id,
            matches=standing,
            words_held=held,
            words_asked=len(parsed.words),
            words_needed=request.needs.full_words,
            score=score,
            terms=tuple(sorted(terms, key=lambda term: -term.score)),
        )

    def rank(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Return (id, score) of the best documents, full matches first, for evaluation."""
        request = replace(_engine_request(parse_query(query)), limit=limit)
        return self._current().engine.rank(request)

    def _library(self, generation: str) -> Library:
        """Return this thread's connection to the library, opened anew for each generation."""
        known: tuple[str, Library] | None = getattr(self._local, "library", None)
        if known and known[0] == generation:
            return known[1]
        library = Library(self._index / LIBRARY, writable=False)
        if known:
            self._libraries.remove(known[1])
            known[1].close()
        self._libraries.append(library)
        self._local.library = (generation, library)
        return library

    def _current(self) -> _Opened:
        opened = self._opened
        if opened and opened.name == current_name(self._index):
            return opened
        with self._lock:
            if not self._opened or self._opened.name != current_name(self._index):
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Opened:
        generation = current_generation(self._index)
        engine = WhooshEngine(generation_path(self._index, generation.name))
        known = {name: tuple(values) for name, values in engine.count_all().items()}
        return _Opened(generation.name, Path(generation.source), engine, known)

    def _hit(self, hit: EngineHit, query: Query, library: Library) -> Hit:
        record = hit.record
        # A document that the library lost is still listed; its own page says what is wrong.
        document = library.find_document(record.key)
        snippet = make_snippet(document.text if document else CleanText(""), query)
        passage = find_passage(document, snippet.match) if document else Passage()
        return Hit(
            id=record.id,
            title=mark(clean_text(record.title), query),
            snippet=snippet.fragments,
            score=hit.score,
            kind=record.kind,
            category=record.category,
            level=record.level,
            number=record.number,
            issuer=record.issuer,
            issued_on=date.fromisoformat(record.issued_on) if record.issued_on else None,
            date_known=cast("How | None", record.date_known),
            publisher=record.publisher,
            page=passage.page,
            article=passage.article,
            citation=passage.citation,
            scanned=bool(document and document.ocr),
            sample=record.sample,
            partial=hit.partial,
        )


def _close_all(libraries: list[Library]) -> None:
    for library in libraries:
        library.close()


def _engine_request(query: Query) -> EngineRequest:
    return EngineRequest(query=query, needs=needs_of(query), weights=WEIGHTS)


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
