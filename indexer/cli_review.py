"""The verbs that look at single records: inspect, review, correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer import cli_options, cli_output, cli_record
from indexer.answers.inspection import inspection_as_json, review_as_json
from indexer.cli_exit import DONE
from indexer.review import correct_document, inspect_file, review_index

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("file", type=cli_options.READABLE)
@cli_options.json_option
def inspect(*, file: Path, as_json: bool) -> int:
    """Show what FILE would be indexed as.

    Each field comes with its value, how it is known, and the words it rests on; the text follows.
    """
    document = inspect_file(file)
    value, text = inspection_as_json(document), cli_record.draw_record(document)
    cli_output.show(value, text, as_json=as_json)
    return DONE


@click.command()
@cli_options.index_option("--index")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    default=50,
    show_default=True,
    help="Documents to show; 0 for all.",
)
@cli_options.json_option
def review(*, index: Path, limit: int, as_json: bool) -> int:
    """List the documents whose fields are doubtful or missing, worst first."""
    found = review_index(index)
    shown = found[: limit or None]
    value = {"documents": len(found), "reviews": [review_as_json(review) for review in shown]}
    cli_output.show(value, cli_record.draw_reviews(shown, len(found)), as_json=as_json)
    return DONE


@click.command()
@cli_options.source_argument
@click.argument("document_id", metavar="ID", callback=cli_options.read_words)
@click.argument(
    "corrections",
    metavar="FIELD=VALUE...",
    nargs=-1,
    required=True,
    callback=cli_options.read_pairs,
)
@click.option("--by", metavar="NAME", default="", help="Who corrects it.")
@click.option("--reason", metavar="TEXT", default="", help="Why.")
@cli_options.json_option
def correct(  # noqa: PLR0913 - one argument for each option
    *,
    source: Path,
    document_id: str,
    corrections: dict[str, str],
    by: str,
    reason: str,
    as_json: bool,
) -> int:
    """Correct fields of document ID of SOURCE.

    The right values are kept in an overrides file beside the documents, so that every build and
    update uses them. FIELD= with nothing behind it says that the document has no such value.
    """
    path = correct_document(source, document_id, corrections, by=by, reason=reason)
    value = {"id": document_id, "corrected": sorted(corrections), "overrides": path.name}
    text = f"kept in {path}; run `update` to index it"
    cli_output.show(value, text, as_json=as_json)
    return DONE
