"""Errors as Vietnamese pages, and as JSON below /api/; every answer says the next step.

JSON: `{"error": {"code", "message", "detail", "parameter", "value", …}}`; `message` is Vietnamese,
`detail` the same in English, and the other fields stand where they apply.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flask import Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    BadPageError,
    DamagedIndexError,
    DocumentNotFoundError,
    IndexStateError,
    NoIndexError,
    QueryError,
    ReaderError,
    StaleIndexError,
    UnknownFacetError,
    UnknownFacetValueError,
)
from indexer.search_records import SearchRequest
from webapp.links import results_url
from webapp.url_state import BadParameterError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

API = "/api"

# Long enough to see a fault among its neighbours, short enough for a narrow screen.
EXCERPT = 60

_HTTP_FAULTS = {
    400: ("bad_request", "Yêu cầu không hợp lệ", "Địa chỉ hoặc dữ liệu gửi lên không đúng."),
    404: ("not_found", "Không tìm thấy trang", "Địa chỉ này không có trên trang tra cứu."),
    405: (
        "method_not_allowed",
        "Thao tác không được phép",
        "Địa chỉ này chỉ để xem, không nhận dữ liệu gửi lên.",
    ),
    500: ("internal_error", "Hệ thống gặp lỗi", "Lỗi đã được ghi lại. Xin thử lại sau ít phút."),
}

_INDEX_FAULTS: dict[type[IndexStateError], tuple[str, str]] = {
    NoIndexError: (
        "no_index",
        "Chưa có chỉ mục. Người vận hành hãy dựng: python -m indexer build",
    ),
    StaleIndexError: (
        "stale_index",
        "Chỉ mục do phiên bản khác dựng. Người vận hành hãy dựng lại: python -m indexer build",
    ),
    DamagedIndexError: (
        "damaged_index",
        "Chỉ mục bị hỏng. Người vận hành hãy quay về bản trước: python -m indexer rollback",
    ),
    IndexStateError: ("index_unavailable", "Chỉ mục đang bận. Xin thử lại sau ít phút."),
}
RETRY_AFTER_SECONDS = "60"


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, as pages and JSON say it."""

    status: int
    code: str
    title: str
    message: str
    fields: dict[str, object] = field(default_factory=dict)
    """More fields for JSON."""


@dataclass(frozen=True, slots=True)
class PointedQuery:
    """A query cut at its fault, and the corrected one."""

    before: str
    fault: str
    """The faulty letter; empty when the fault is that the query ends."""
    after: str
    place: int
    """Counted from 1, as readers count."""
    suggestion: str
    suggestion_url: str


def setup(app: Flask) -> None:
    """Answer every error of the app with a page or JSON of our own."""
    app.register_error_handler(QueryError, _answer_query)
    app.register_error_handler(UnknownFacetError, _answer_facet)
    app.register_error_handler(UnknownFacetValueError, _answer_facet_value)
    app.register_error_handler(BadPageError, _answer_parameter)
    app.register_error_handler(DocumentNotFoundError, _answer_document)
    app.register_error_handler(ReaderError, _answer_reader)
    app.register_error_handler(IndexStateError, _answer_index)
    app.register_error_handler(HTTPException, _answer_http)


def point_at_fault(error: QueryError, asked: SearchRequest) -> PointedQuery:
    """Return the query cut at the fault and shortened around it."""
    place = min(max(error.position, 0), len(asked.q))
    before, after = asked.q[:place], asked.q[place + 1 :]
    return PointedQuery(
        before=before if len(before) <= EXCERPT else f"…{before[-EXCERPT:]}",
        fault=asked.q[place : place + 1],
        after=after if len(after) <= EXCERPT else f"{after[:EXCERPT]}…",
        place=place + 1,
        suggestion=error.suggestion,
        suggestion_url=results_url(replace(asked, q=error.suggestion, page=1)),
    )


def _answer_query(error: QueryError) -> Response:
    asked = parse(request.args)
    fields = {"parameter": "q", "position": error.position, "suggestion": error.suggestion}
    fault = _reader_fault(error, "bad_query", fields, title="Chưa hiểu câu tìm")
    return _answer(fault, asked=asked, pointed=point_at_fault(error, asked))


def _answer_facet(error: UnknownFacetError) -> Response:
    return _answer(_reader_fault(error, "unknown_facet", {"parameter": error.facet}))


def _answer_facet_value(error: UnknownFacetValueError) -> Response:
    fields = {"parameter": error.facet, "value": error.value}
    return _answer(_reader_fault(error, "unknown_facet_value", fields))


def _answer_parameter(error: BadPageError) -> Response:
    # The service itself minds only pages past its window.
    name = error.parameter if isinstance(error, BadParameterError) else "page"
    fields = {"parameter": name, "value": request.args.get(name)}
    return _answer(_reader_fault(error, "bad_parameter", fields))


def _answer_document(error: DocumentNotFoundError) -> Response:
    fields = {"parameter": "id", "value": error.document_id}
    fault = _reader_fault(error, "document_not_found", fields, title="Không tìm thấy văn bản")
    return _answer(replace(fault, status=404))


def _answer_reader(error: ReaderError) -> Response:
    return _answer(_reader_fault(error, "bad_request", {}))


def _answer_index(error: IndexStateError) -> Response:
    current_app.logger.error("%s", error)
    kind = next(kind for kind in _INDEX_FAULTS if isinstance(error, kind))
    code, message = _INDEX_FAULTS[kind]
    response = _answer(Fault(503, code, "Tạm thời chưa tra cứu được", message))
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    unknown = ("http_error", f"Lỗi {status}", "Yêu cầu không thực hiện được.")
    code, title, message = _HTTP_FAULTS.get(status, unknown)
    # A view that aborts with words of its own knows better than the general sentence.
    if error.description and error.description != type(error).description:
        message = error.description
    response = _answer(Fault(status, code, title, message, {"detail": error.name}))
    kept = [pair for pair in error.get_headers() if pair[0] == "Allow"]
    response.headers.extend(kept)
    return response


def _reader_fault(
    error: ReaderError,
    code: str,
    fields: Mapping[str, object],
    title: str = "Yêu cầu không hợp lệ",
) -> Fault:
    return Fault(400, code, title, error.vietnamese, {"detail": str(error), **fields})


def _answer(
    fault: Fault, *, asked: SearchRequest | None = None, pointed: PointedQuery | None = None
) -> Response:
    if request.path == API or request.path.startswith(f"{API}/"):
        body = {"code": fault.code, "message": fault.message, **fault.fields}
        return make_response(jsonify(error=body), fault.status)
    page = render_template(
        "error.html",
        fault=fault,
        asked=asked or SearchRequest(q=request.args.get("q", "")),
        pointed=pointed,
    )
    return make_response(page, fault.status)
