"""What gives way when a query finds nothing: what was understood from it, then its accents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.query.language import parse_query
from indexer.errors import QueryError
from indexer.language.text import clean_text, fold
from indexer.query_records import Understood

if TYPE_CHECKING:
    from indexer.query_records import Query
    from indexer.search_records import SearchRequest
    from indexer.store.engine.protocol import Engine, EngineAnswer, EngineRequest


class Answered(NamedTuple):
    """An answer, and the query as it was answered."""

    answer: EngineAnswer
    query: Query


def answer_leniently(engine: Engine, request: EngineRequest, asked: SearchRequest) -> Answered:
    """Return the answer to a request; where nothing matches in full, something gives way.

    Of what was understood as a filter, one thing where the rest then finds something, else all of
    it, so that the words alone count. Then the accents: a text may have been written without them,
    and a reader may have typed wrong ones. What gave way is told among what was understood.
    """
    found = _answer(engine, request, asked)
    if found.answer.total or ACCENTS in asked.declined:
        return found
    return _ignore_accents(engine, request, asked) or found


ACCENTS = "accents:as-typed"
"""The key under which a reader can insist on the accents."""


def _answer(engine: Engine, request: EngineRequest, asked: SearchRequest) -> Answered:
    answer, query = engine.search(request), request.query
    if answer.total or query.literal is None:
        return Answered(answer, query)
    query = _let_one_go(engine, request, asked) or _let_all_go(query)
    return Answered(engine.search(replace(request, query=query)), query)


def _let_one_go(engine: Engine, request: EngineRequest, asked: SearchRequest) -> Query | None:
    """Return the query without the one filter whose loss finds most; None where none finds any."""
    filters = [each for each in request.query.understood if each.effect == "filters"]
    best, most = None, 0
    for each in filters if len(filters) > 1 else ():
        query = parse_query(asked.q, (*asked.declined, each.key))
        if (found := engine.count(query, request.filters)) > most:
            gone = replace(each, effect="empty")
            best, most = replace(query, understood=(*query.understood, gone)), found
    return best


def _let_all_go(query: Query) -> Query:
    gone = tuple(
        replace(each, effect="empty") if each.effect == "filters" else each
        for each in query.understood
    )
    return replace(query, root=query.literal, literal=None, understood=gone)


def _ignore_accents(
    engine: Engine, request: EngineRequest, asked: SearchRequest
) -> Answered | None:
    """Return the answer to the query without accents; None where that finds nothing either."""
    typed = clean_text(asked.q)
    bare = fold(typed)
    if bare == typed:
        return None
    try:
        query = parse_query(bare, asked.declined)
    except QueryError:
        return None  # Only the words may give way, no operator or field that has accents.
    found = _answer(engine, replace(request, query=query), replace(asked, q=bare))
    if not found.answer.total:
        return None
    gone = Understood(ACCENTS, "accents", "đúng như đã gõ", typed, "empty")
    understood = (*found.query.understood, gone)
    return Answered(found.answer, replace(found.query, understood=understood))
