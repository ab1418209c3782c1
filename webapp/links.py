"""Addresses of results, documents and originals; ids go into them as they are.

A browser resolves "." and ".." in a path, and proxies merge "//", also when percent-encoded.
Ids that hold these travel as `?id=` instead; every other id is the rest of the path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from werkzeug.routing import BaseConverter

from indexer.answers.place import passage_anchor
from indexer.search_records import SearchRequest
from webapp.url_state import to_args

if TYPE_CHECKING:
    from indexer.search_records import Passage


class DocumentIdConverter(BaseConverter):
    """The whole rest of the path: slashes at either end and line ends included."""

    part_isolating = False
    regex = r"[\s\S]+"
    weight = 200


def results_url(request: SearchRequest) -> str:
    """Return the address of the results page of this request."""
    return url_for("search.results", **_lists(request))


def document_url(document_id: str, request: SearchRequest | None = None) -> str:
    """Return the address of a document; it carries the request, for marks and the way back."""
    state = _lists(request or SearchRequest())
    return url_for("document.show", **state, **_id_argument(document_id))


def passage_url(document_id: str, passage: Passage, request: SearchRequest | None = None) -> str:
    """Return the address of a passage of a document: its place, its page, or the top."""
    address = document_url(document_id, request)
    if passage.citation and (passage.article or not passage.page):
        return f"{address}#{passage_anchor(passage.citation)}"
    # An annex may run over many pages, and two may bear one name.
    return f"{address}#trang-{passage.page}" if passage.page else address


def download_url(document_id: str) -> str:
    """Return the address of a document's untouched original."""
    return url_for("document.download", **_id_argument(document_id))


def survives_in_a_path(document_id: str) -> bool:
    """Tell whether clients and proxies leave the id as it is within a path.

    >>> survives_in_a_path("nghị quyết/45 #2?.pdf"), survives_in_a_path("./45.pdf")
    (True, False)
    """
    first, *middle = document_id.split("/")
    return first != "" and not {".", ".."} & {first, *middle} and "" not in middle[:-1]


def _id_argument(document_id: str) -> dict[str, Any]:
    name = "document_id" if survives_in_a_path(document_id) else "id"
    return {name: document_id}


def _lists(request: SearchRequest) -> dict[str, Any]:
    return dict(to_args(request).lists())
