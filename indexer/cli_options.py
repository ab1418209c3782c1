"""Options and arguments that several verbs share, and how their words are read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import UnknownFacetError
from indexer.search_records import FACETS
from indexer.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")
plain_option = click.option(
    "--plain",
    "declined",
    metavar="KEY",
    multiple=True,
    help="Take what was understood under this key as plain words.",
)
source_argument = click.argument("source", type=click.Path(path_type=Path))
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    show_default=True,
    help="Read this many files at a time.",
)
_UNREAD = re.compile("[\ud800-\udfff]")
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


def read_words(ctx: click.Context, param: click.Parameter, typed: str) -> str:
    """Return a query, an id or a facet value as typed; a usage error when it is no UTF-8.

    Python hands over bytes that its locale can't read as lone surrogates. Vietnamese terminals
    send UTF-8 whatever the locale says, so they are read as that.
    """
    if not _UNREAD.search(typed):
        return typed
    try:
        return os.fsencode(typed).decode("utf-8")
    except UnicodeError as error:
        raise click.BadParameter(f"{typed!r} is not UTF-8", ctx, param) from error


def read_filters(
    ctx: click.Context, param: click.Parameter, choices: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return facet values by facet from words like `level=xã`; UnknownFacetError names a facet."""
    filters: dict[str, tuple[str, ...]] = {}
    for choice in choices:
        facet, _, value = (part.strip() for part in read_words(ctx, param, choice).partition("="))
        if not facet or not value:
            message = f"{choice!r} is not FACET=VALUE, as in level=xã"
            raise click.BadParameter(message, ctx, param)
        if facet not in FACETS:
            raise UnknownFacetError(facet, FACETS)
        filters[facet] = (*filters.get(facet, ()), value)
    return filters


def read_pairs(
    ctx: click.Context, param: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, str]:
    """Return values by field from words like `number=12/NQ-HĐND`; a value may be empty."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = (part.strip() for part in read_words(ctx, param, pair).partition("="))
        if not name or not sign:
            raise click.BadParameter(f"{pair!r} is not FIELD=VALUE", ctx, param)
        values[name] = value
    return values


def check_folder(ctx: click.Context, param: click.Parameter, path: Path | None) -> Path | None:
    """Return the path of a file to write; its folder must be there before the work begins."""
    if path is not None and not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(path.parent)!r}", ctx, param)
    return path


def index_option(name: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """Return the option that names the index directory."""
    return click.option(
        name,
        "index",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        default=lambda: read_settings().index,
        show_default="$HDND_INDEX or var/index",
        help="The index directory: library, generations and the CURRENT pointer.",
    )
