"""The site: HTTP only. Every view parses, asks `indexer.answers.search`, and renders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from indexer.answers.search import SearchService
from indexer.records import LEVEL_LABELS
from indexer.search_records import FACETS, SORTS, SearchRequest
from indexer.settings import QUERY_CHARACTERS, read_settings
from webapp import (
    api,
    completion_api,
    document_page,
    error_pages,
    links,
    search_page,
    security,
    template_filters,
)
from webapp.service import EXTENSION

if TYPE_CHECKING:
    from indexer.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Return the site over `settings.index`, which is opened by the first question."""
    app = Flask(__name__)
    _setup_service(app, settings or read_settings())
    _setup_routing(app)
    _setup_templates(app)
    _setup_json(app)
    _setup_blueprints(app)
    error_pages.setup(app)
    security.setup(app)
    return app


def _setup_service(app: Flask, settings: Settings) -> None:
    app.extensions[EXTENSION] = SearchService(settings.index, cache_bytes=settings.cache_bytes)


def _setup_routing(app: Flask) -> None:
    # Two slashes in a row may be part of an id; they must not be redirected away.
    app.url_map.merge_slashes = False
    app.url_map.converters["document_id"] = links.DocumentIdConverter


def _setup_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(template_filters.FILTERS)
    app.jinja_env.globals.update(
        document_url=links.document_url,
        download_url=links.download_url,
        passage_url=links.passage_url,
        results_url=links.results_url,
        facet_names=FACETS,
        sorts=SORTS,
        level_labels=LEVEL_LABELS,
        query_characters=QUERY_CHARACTERS,
        asked=SearchRequest(),
    )


def _setup_json(app: Flask) -> None:
    provider = DefaultJSONProvider(app)
    provider.ensure_ascii = False
    provider.sort_keys = False
    app.json = provider


def _setup_blueprints(app: Flask) -> None:
    for wing in (search_page, document_page, api, completion_api):
        app.register_blueprint(wing.blueprint)
