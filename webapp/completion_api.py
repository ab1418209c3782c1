"""What somebody who is still typing may mean, as JSON: quick enough to ask at every key."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, request

from indexer.answers.completion import MOST_COMPLETIONS, completions_as_json
from webapp.service import search_service
from webapp.url_state import BadParameterError

blueprint = Blueprint("completion", __name__, url_prefix="/api")

# Long enough that going back a letter asks nothing, short enough that a new generation shows.
MAX_AGE_SECONDS = 60


@blueprint.get("/complete")
def complete() -> Response:
    """Answer at most ten completions of `q`, best first."""
    typed = request.args.get("q", "")
    found = search_service().complete(typed, _read_limit())
    response = jsonify(completions_as_json(typed, found))
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_SECONDS
    return response


def _read_limit() -> int:
    written = request.args.get("limit") or str(MOST_COMPLETIONS)
    # int() of a megabyte of digits takes minutes.
    if re.fullmatch(r"0{0,9}[0-9]{1,2}", written) and 1 <= int(written) <= MOST_COMPLETIONS:
        return int(written)
    raise BadParameterError(
        f"limit={written[:20]!r} is not a number from 1 to {MOST_COMPLETIONS}",
        f"limit=“{written[:20]}” không hợp lệ: phải là số nguyên từ 1 đến {MOST_COMPLETIONS}.",
        parameter="limit",
    )
