"""One document: its record, its text with the query's matches marked, its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request, send_file

from indexer.errors import QueryError
from indexer.search_records import SearchRequest
from webapp.document_parts import passage_anchors, scan_notice
from webapp.document_record import record_rows
from webapp.document_text import lay_out
from webapp.service import search_service
from webapp.url_state import parse

if TYPE_CHECKING:
    from indexer.search_records import DocumentView

blueprint = Blueprint("document", __name__)


@blueprint.get("/van-ban")
@blueprint.get("/van-ban/<document_id:document_id>")
def show(document_id: str = "") -> str:
    """Show a document; the rest of the query string is the search that led here."""
    asked = parse(request.args)
    view = _find(document_id or request.args.get("id", ""), asked)
    return render_template(
        "document/show.html",
        asked=asked,
        view=view,
        document=view.document,
        rows=record_rows(view.document),
        pages=lay_out(view.text, view.document.pages, passage_anchors(view.document)),
        scanned=scan_notice(view.document),
        matches=any(fragment.marked for fragment in view.text),
        searched=asked != SearchRequest(),
        similar=search_service().similar(view.document.id),
    )


@blueprint.get("/tai-ve")
@blueprint.get("/tai-ve/<document_id:document_id>")
def download(document_id: str = "") -> Response:
    """Send the untouched original under its own name, to be saved and not opened."""
    view = search_service().document(document_id or request.args.get("id", ""))
    if view.original is None:
        abort(404, "Bản gốc của văn bản này không còn ở nơi lưu trữ hoặc đã thay đổi.")
    original = view.original.resolve()
    return send_file(original, as_attachment=True, download_name=original.name)


def _find(document_id: str, asked: SearchRequest) -> DocumentView:
    try:
        return search_service().document(document_id, asked.q, asked.declined)
    except QueryError:
        # The document is there; words that can't be understood only leave it unmarked.
        return search_service().document(document_id)
