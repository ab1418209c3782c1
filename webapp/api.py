"""The same answers as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from indexer.answers.search import document_as_json, listing_as_json, results_as_json
from webapp.service import search_service
from webapp.url_state import parse

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> Response:
    """Answer what the query string asks for, in the shape of `search --json`."""
    return jsonify(results_as_json(search_service().search(parse(request.args))))


@blueprint.get("/similar")
@blueprint.get("/similar/<document_id:document_id>")
def similar(document_id: str = "") -> Response:
    """Answer the documents most like one."""
    wanted = document_id or request.args.get("id", "")
    found = search_service().similar(wanted)
    return jsonify({"id": wanted, "similar": [listing_as_json(hit) for hit in found]})


@blueprint.get("/documents")
@blueprint.get("/documents/<document_id:document_id>")
def document(document_id: str = "") -> Response:
    """Answer a document's record and its text."""
    wanted = document_id or request.args.get("id", "")
    return jsonify(document_as_json(search_service().document(wanted).document))
