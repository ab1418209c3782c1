"""The verbs that ask an index: search, similar, explain, evaluate."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from indexer import cli_json, cli_options, cli_output, cli_results
from indexer.answers.evaluation import (
    evaluate_run,
    rank_queries,
    read_judgements,
    read_queries,
    write_run,
)
from indexer.answers.search import (
    SIMILAR,
    SearchService,
    listing_as_json,
    results_as_json,
)
from indexer.cli_exit import DONE, blame_damage
from indexer.progress import draw_progress
from indexer.search_records import SORTS, SearchRequest, Sort
from indexer.settings import PAGE_SIZE, RESULT_WINDOW

RUN_TAG = "tra-cuu-hdnd"
"""Last column of a TREC run."""


@click.command()
@click.argument("query", callback=cli_options.read_words)
@cli_options.index_option("--index")
@click.option(
    "--filter",
    "filters",
    metavar="FACET=VALUE",
    multiple=True,
    callback=cli_options.read_filters,
    help="Keep documents with this facet value; facets: category, date (YYYY or YYYY-MM), level, "
    "kind, issuer. Again for the same facet means or, for another means and.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, RESULT_WINDOW),
    metavar="N",
    default=PAGE_SIZE,
    show_default=True,
    help="Hits on a page.",
)
@click.option(
    "--page",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    show_default=True,
    help="Which page, from 1.",
)
@click.option(
    "--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="Order of hits."
)
@cli_options.plain_option
@cli_options.json_option
def search(  # noqa: PLR0913 - one argument for each option
    *,
    query: str,
    index: Path,
    filters: dict[str, tuple[str, ...]],
    limit: int,
    page: int,
    sort: Sort,
    declined: tuple[str, ...],
    as_json: bool,
) -> int:
    """Search for QUERY.

    A QUERY that begins with a dash comes after the options and `--`.
    """
    request = SearchRequest(query, filters, sort, page, limit, declined)
    with blame_damage(index), closing(SearchService(index)) as service:
        results = service.search(request)
    value, text = results_as_json(results), cli_results.draw_results(results)
    cli_output.show(value, text, as_json=as_json)
    return DONE


@click.command()
@click.argument("query", callback=cli_options.read_words)
@click.argument("document_id", metavar="ID", callback=cli_options.read_words)
@cli_options.index_option("--index")
@cli_options.plain_option
@cli_options.json_option
def explain(
    *, query: str, document_id: str, index: Path, declined: tuple[str, ...], as_json: bool
) -> int:
    """Explain the place of document ID for QUERY."""
    with blame_damage(index), closing(SearchService(index)) as service:
        found = service.explain(query, document_id, declined)
    value, text = cli_json.explanation_as_json(found), cli_results.draw_explanation(found)
    cli_output.show(value, text, as_json=as_json)
    return DONE


@click.command()
@click.argument("document_id", metavar="ID", callback=cli_options.read_words)
@cli_options.index_option("--index")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    metavar="N",
    default=SIMILAR,
    show_default=True,
    help="How many.",
)
@cli_options.json_option
def similar(*, document_id: str, index: Path, limit: int, as_json: bool) -> int:
    """List the documents most like document ID."""
    with blame_damage(index), closing(SearchService(index)) as service:
        found = service.similar(document_id, limit)
    value = {"id": document_id, "similar": [listing_as_json(hit) for hit in found]}
    cli_output.show(value, cli_results.draw_listing(found), as_json=as_json)
    return DONE


@click.command()
@cli_options.index_option("--index")
@click.option(
    "--queries",
    type=cli_options.READABLE,
    metavar="FILE",
    required=True,
    help="Lines of id<TAB>text.",
)
@click.option(
    "--qrels",
    type=cli_options.READABLE,
    metavar="FILE",
    required=True,
    help="TREC lines: query 0 document grade.",
)
@click.option(
    "--run",
    "run_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    callback=cli_options.check_folder,
    help="Write the ranking there as a TREC run, apart by tabs.",
)
@click.option(
    "--depth",
    type=click.IntRange(100, RESULT_WINDOW),
    metavar="N",
    default=1000,
    show_default=True,
    help="Documents to rank for each query, 100 at least.",
)
@cli_options.json_option
def evaluate(  # noqa: PLR0913 - one argument for each option
    *, index: Path, queries: Path, qrels: Path, run_file: Path | None, depth: int, as_json: bool
) -> int:
    """Measure the ranking by judged queries.

    Tells nDCG@10, MRR@10, recall@10 and recall@100, as trec_eval defines them.
    """
    texts, judgements = read_queries(queries), read_judgements(qrels)
    with (
        blame_damage(index),
        closing(SearchService(index)) as service,
        draw_progress(sys.stderr) as progress,
    ):
        run = rank_queries(service.rank, texts, depth, progress)
    if run_file is not None:
        write_run(run, run_file, RUN_TAG)
    found = evaluate_run(run, judgements)
    value, text = cli_json.evaluation_as_json(found), cli_output.draw_evaluation(found)
    cli_output.show(value, text, as_json=as_json)
    return DONE
