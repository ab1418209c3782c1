"""The home page and the results of a search."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from indexer.search_records import SearchRequest
from webapp.facet_links import chips, facet_groups, orders
from webapp.paging import pager
from webapp.service import search_service
from webapp.understanding import advice, meanings
from webapp.url_state import parse, without_filters

blueprint = Blueprint("search", __name__)

NEWEST_AT_HOME = 6
BROWSED_AT_HOME = ("category", "level", "date", "kind")

# Each shows another way to ask: by topic, by number, without accents, as an exact phrase.
EXAMPLES = (
    "tiếp xúc cử tri",
    "mức thu học phí",
    "12/2023/NQ-HĐND",
    "nghi quyet bang gia dat",
    '"kỳ họp chuyên đề"',
)


@blueprint.get("/")
def home() -> str:
    """Show the search box, ways to browse, and the newest documents."""
    asked = SearchRequest(sort="newest")
    found = search_service().search(asked)
    groups = facet_groups(found.facets, SearchRequest())
    return render_template(
        "search/home.html",
        found=found,
        newest=found.hits[:NEWEST_AT_HOME],
        everything=asked,
        groups=[group for group in groups if group.name in BROWSED_AT_HOME],
        examples=[SearchRequest(q=example) for example in EXAMPLES],
    )


@blueprint.get("/tim-kiem")
def results() -> str:
    """Show what the query string asks for."""
    found = search_service().search(parse(request.args))
    # The service spells filters as the index does; links go on with its spelling.
    asked = found.request
    return render_template(
        "search/results.html",
        asked=asked,
        found=found,
        full=[hit for hit in found.hits if hit.standing == "full"],
        literal=[hit for hit in found.hits if hit.standing == "literal"],
        first_rank=(asked.page - 1) * asked.page_size + 1,
        partial=[hit for hit in found.hits if hit.standing == "partial"],
        meanings=meanings(found),
        advice=advice(found),
        groups=facet_groups(found.facets, asked),
        chips=chips(found),
        all_let_go=without_filters(asked),
        orders=orders(asked),
        pager=pager(found),
        examples=[SearchRequest(q=example) for example in EXAMPLES],
        quoted='"' in asked.q,
    )
