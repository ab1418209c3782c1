"""Answers as JSON: the one shape that `search --json` and the site's API share."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from indexer.answers.inspection import record_as_json, scans_as_json
from indexer.answers.snippets import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indexer.records import CouncilDocument
    from indexer.search_records import Fragment, Hit, SearchResults


def results_as_json(results: SearchResults) -> dict[str, Any]:
    """Return one page of results: counts, hits and facets.

    A hit's `snippet` is HTML: escaped text with the matches in <mark>. Dates are YYYY-MM-DD.
    """
    request = results.request
    return {
        "query": request.q,
        "total": results.total,
        "partial_total": results.partial_total,
        "page": request.page,
        "pages": results.pages,
        "page_size": request.page_size,
        "sort": request.sort,
        "seconds": round(results.seconds, 4),
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


def _hit(hit: Hit) -> dict[str, Any]:
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
        "page": hit.page,
        "article": hit.article,
        "citation": hit.citation,
        "scanned": hit.scanned,
        "sample": hit.sample,
        "partial": hit.partial,
        "score": round(hit.score, 4),
        "snippet": _html(hit.snippet),
    }


def _html(fragments: Iterable[Fragment]) -> str:
    return "".join(
        f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in fragments
    )


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
