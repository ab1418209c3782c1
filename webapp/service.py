"""Where a view finds the one SearchService of its app."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from indexer.answers.search import SearchService

EXTENSION = "hdnd-search"


def search_service() -> SearchService:
    """Return the service that the factory attached to the current app."""
    return cast("SearchService", current_app.extensions[EXTENSION])


def prepare(app: Flask) -> None:
    """Open what an app serves from, so that processes made from this one share it."""
    cast("SearchService", app.extensions[EXTENSION]).prepare()


def touch_pages(app: Flask) -> None:
    """Make ready, behind the first answers, what each process needs for itself."""
    cast("SearchService", app.extensions[EXTENSION]).touch_pages()
