"""What gives way when a query finds nothing: what was understood from it, then its accents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.answers.query.language import parse_query
from indexer.errors import QueryError
from indexer.language.text import clean_text, fold
from indexer.query_records import Understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.query_records import Query
    from indexer.search_records import SearchRequest

    Count = Callable[[Query], int]

ACCENTS = "accents:as-typed"
"""The key under which a reader can insist on the accents."""


def settle_query(query: Query, asked: SearchRequest, count: Count) -> Query:
    """Return the query of a request as it is answered.

    `count` gives the full matches of a query under the request's filters. Where there are none,
    something gives way: of what was understood as a filter, one thing where the rest then finds
    something, else all of it, so that the words alone count; then the accents, since a text may
    have been written without them, and a reader may have typed wrong ones. What gave way is told
    among what was understood.
    """
    if count(query):
        return query
    query = _let_filters_go(query, asked, count)
    if ACCENTS in asked.declined or count(query):
        return query
    return _ignore_accents(asked, count) or query


def _let_filters_go(query: Query, asked: SearchRequest, count: Count) -> Query:
    if query.literal is None:
        return query
    return _let_one_go(query, asked, count) or _let_all_go(query)


def _let_one_go(query: Query, asked: SearchRequest, count: Count) -> Query | None:
    """Return the query without the one filter whose loss finds most; None where none finds any."""
    filters = [each for each in query.understood if each.effect == "filters"]
    best, most = None, 0
    for each in filters if len(filters) > 1 else ():
        rest = parse_query(asked.q, (*asked.declined, each.key))
        if (found := count(rest)) > most:
            gone = replace(each, effect="empty")
            best, most = replace(rest, understood=(*rest.understood, gone)), found
    return best


def _let_all_go(query: Query) -> Query:
    gone = tuple(
        replace(each, effect="empty") if each.effect == "filters" else each
        for each in query.understood
    )
    return replace(query, root=query.literal, literal=None, understood=gone)


def _ignore_accents(asked: SearchRequest, count: Count) -> Query | None:
    """Return the query without accents; None where that finds nothing either."""
    typed = clean_text(asked.q)
    bare = replace(asked, q=fold(typed))
    if bare.q == typed:
        return None
    try:
        query = parse_query(bare.q, bare.declined)
    except QueryError:
        return None  # Only the words may give way, no operator or field that has accents.
    query = query if count(query) else _let_filters_go(query, bare, count)
    if not count(query):
        return None
    gone = Understood(ACCENTS, "accents", "đúng như đã gõ", typed, "empty")
    return replace(query, understood=(*query.understood, gone))
