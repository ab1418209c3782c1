"""Answers as JSON: the one shape that `search --json` and the site's API share."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from indexer.answers.inspection import record_as_json, scans_as_json
from indexer.answers.marks import plain
from indexer.search_records import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indexer.query_records import Understood
    from indexer.records import CouncilDocument
    from indexer.search_records import Fragment, Hit, SearchResults, Suggestion


def results_as_json(results: SearchResults) -> dict[str, Any]:
    """Return one page of results: counts, hits and facets.

    `snippet`, and what marks a suggestion, is HTML: escaped text with the matches in <mark>.
    Dates are YYYY-MM-DD.
    """
    request = results.request
    return {
        "query": request.q,
        "total": results.total,
        "literal_total": results.literal_total,
        "partial_total": results.partial_total,
        "page": request.page,
        "pages": results.pages,
        "page_size": request.page_size,
        "sort": request.sort,
        "seconds": round(results.seconds, 4),
        "understood": [_understood(each) for each in results.understood],
        "suggestion": results.suggestion and _suggestion(results.suggestion),
        "rescues": [
            {
                "dropped": rescue.dropped,
                "total": rescue.total,
                "query": rescue.request.q,
                "filters": {name: list(held) for name, held in rescue.request.filters.items()},
            }
            for rescue in results.rescues
        ],
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {
            name: [
                {"value": v.value, "label": v.label, "count": v.count, "selected": v.selected}
                for v in values
            ]
            for name, values in results.facets.items()
        },
    }


def document_as_json(document: CouncilDocument) -> dict[str, Any]:
    """Return a document's record and its text, each field's evidence beside it."""
    return {
        **record_as_json(document),
        "kind": document.kind,
        "date_known": document.date_known,
        "pages": list(document.pages),
        **scans_as_json(document),
        "evidence": {
            name: {**why._asdict(), "confidence": round(why.confidence, 3)}
            for name, why in document.evidence.items()
        },
        "text": document.text,
    }


def listing_as_json(hit: Hit) -> dict[str, Any]:
    """Return what a list says of a document, without any query."""
    return {
        "id": hit.id,
        "title": plain(hit.title),
        "number": hit.number,
        "kind": hit.kind,
        "category": hit.category,
        "level": hit.level,
        "issuer": hit.issuer,
        "issued_on": _date(hit.issued_on),
        "date_known": hit.date_known,
        "publisher": hit.publisher,
        "sample": hit.sample,
        "score": round(hit.score, 4),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passages = [_passage(passage) for passage in hit.passages]
    return {
        **listing_as_json(hit),
        "scanned": hit.scanned,
        "standing": hit.standing,
        "partial": hit.standing == "partial",
        # The best passage stands beside the others' facts, so that simple clients need no list.
        **(passages[0] if passages else _passage(Passage(()))),
        "passages": passages,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "page": passage.page,
        "article": passage.article,
        "citation": passage.citation,
        "snippet": mark_as_html(passage.fragments),
    }


def _suggestion(suggestion: Suggestion) -> dict[str, str]:
    return {"query": suggestion.query, "marked": mark_as_html(suggestion.fragments)}


def _understood(each: Understood) -> dict[str, Any]:
    return {
        "key": each.key,
        "kind": each.kind,
        "label": each.label,
        "typed": each.typed,
        "effect": each.effect,
        "facet": each.facet,
        "value": each.value,
    }


def mark_as_html(fragments: Iterable[Fragment]) -> str:
    """Return fragments as HTML: escaped, the marked ones within <mark>."""
    return "".join(
        f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in fragments
    )


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
