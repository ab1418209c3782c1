"""The command line: each verb asks one function and shows what it answers.

Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 done but some files
failed, 2 usage, 3 locked, 4 index missing, stale or damaged; `indexer.cli_exit` has them all.
"""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer import cli_exit, cli_json, cli_options, cli_output, cli_review
from indexer.answers.evaluation import (
    evaluate_run,
    rank_queries,
    read_judgements,
    read_queries,
    write_run,
)
from indexer.answers.search import SearchService, results_as_json
from indexer.cli_exit import DONE, SOME_FAILED
from indexer.errors import HdndError, IndexStateError
from indexer.operations import (
    build_index,
    index_stats,
    is_current,
    roll_back,
    update_index,
    verify_index,
)
from indexer.progress import draw_progress
from indexer.search_records import SORTS, SearchRequest, Sort
from indexer.settings import PAGE_SIZE, RESULT_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reports import BuildReport

RUN_TAG = "tra-cuu-hdnd"
"""Last column of a TREC run."""


@click.group(cls=cli_exit.CommandLine, no_args_is_help=False)
def main() -> None:
    """Build and search an index of the documents of Vietnam's People's Councils.

    \b
    Exit codes:
      0    done
      1    done, but some files failed (build, update); the file can't be read (inspect)
      2    usage: a wrong option, query, facet value, id, source, setting or judgement
      3    locked: another process is writing to the index
      4    index: missing, of another schema version, or damaged
      5    the machine refused: disk full, no permission, a process killed
      70   a fault of the program, with its traceback
      130  interrupted

    Results go to stdout, progress and errors to stderr.
    """  # noqa: D301 - click takes the character \b for "leave these lines as they are"


@contextmanager
def blame_damage(index: Path) -> Iterator[None]:
    """Raise DamagedIndexError for a fault that comes from files that changed since the build.

    Checking them before every search would cost more than the search.
    """
    try:
        yield
    except HdndError:
        raise
    except Exception:
        verify_index(index)
        raise


@main.command()
@cli_options.source_argument
@cli_options.index_option("--into")
@cli_options.jobs_option
@click.option("--if-stale", is_flag=True, help="Do nothing if the index holds this very source.")
@cli_options.json_option
def build(*, source: Path, index: Path, jobs: int, if_stale: bool, as_json: bool) -> int:
    """Build an index of SOURCE.

    SOURCE is a corpus folder with a manifest, any folder of files, or a .jsonl(.gz) export.
    """
    if if_stale and _is_fresh(source, index):
        generation = index_stats(index).generation
        value = {"up_to_date": True, "generation": generation}
        cli_output.show(value, f"up to date: generation {generation}", as_json=as_json)
        return DONE
    with draw_progress(sys.stderr) as progress:
        report = build_index(source, index, jobs=jobs, progress=progress)
    return _show_report(report, as_json=as_json)


def _is_fresh(source: Path, index: Path) -> bool:
    try:
        return is_current(source, index)
    except IndexStateError:
        return False


@main.command()
@cli_options.source_argument
@cli_options.index_option("--index")
@cli_options.jobs_option
@cli_options.json_option
def update(*, source: Path, index: Path, jobs: int, as_json: bool) -> int:
    """Bring the index up to date with SOURCE.

    Adds what is new in it, redoes what changed, removes what has gone from it.
    """
    with blame_damage(index), draw_progress(sys.stderr) as progress:
        report = update_index(source, index, jobs=jobs, progress=progress)
    return _show_report(report, as_json=as_json)


def _show_report(report: BuildReport, *, as_json: bool) -> int:
    value, text = cli_json.build_as_json(report), cli_output.draw_build(report)
    cli_output.show(value, text, as_json=as_json)
    return SOME_FAILED if report.failed else DONE


@main.command()
@cli_options.index_option("--index")
@cli_options.json_option
def verify(*, index: Path, as_json: bool) -> int:
    """Check all kept generations' checksums."""
    names = verify_index(index)
    text = "\n".join(f"{name}: every file is as it was built" for name in names)
    cli_output.show({"verified": list(names)}, text, as_json=as_json)
    return DONE


@main.command()
@cli_options.index_option("--index")
@cli_options.json_option
def rollback(*, index: Path, as_json: bool) -> int:
    """Go back to the generation before."""
    name = roll_back(index)
    cli_output.show({"generation": name}, f"current generation: {name}", as_json=as_json)
    return DONE


@main.command()
@cli_options.index_option("--index")
@cli_options.json_option
def stats(*, index: Path, as_json: bool) -> int:
    """Show what stands in the index."""
    with blame_damage(index):
        found = index_stats(index)
    cli_output.show(cli_json.stats_as_json(found), cli_output.draw_stats(found), as_json=as_json)
    return DONE


@main.command()
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
@cli_options.json_option
def search(  # noqa: PLR0913 - one argument for each option
    *,
    query: str,
    index: Path,
    filters: dict[str, tuple[str, ...]],
    limit: int,
    page: int,
    sort: Sort,
    as_json: bool,
) -> int:
    """Search for QUERY.

    A QUERY that begins with a dash comes after the options and `--`.
    """
    request = SearchRequest(query, filters, sort=sort, page=page, page_size=limit)
    with blame_damage(index), closing(SearchService(index)) as service:
        results = service.search(request)
    value, text = results_as_json(results), cli_output.draw_results(results)
    cli_output.show(value, text, as_json=as_json)
    return DONE


@main.command()
@click.argument("query", callback=cli_options.read_words)
@click.argument("document_id", metavar="ID", callback=cli_options.read_words)
@cli_options.index_option("--index")
@cli_options.json_option
def explain(*, query: str, document_id: str, index: Path, as_json: bool) -> int:
    """Explain the place of document ID for QUERY."""
    with blame_damage(index), closing(SearchService(index)) as service:
        found = service.explain(query, document_id)
    value, text = cli_json.explanation_as_json(found), cli_output.draw_explanation(found)
    cli_output.show(value, text, as_json=as_json)
    return DONE


@main.command()
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


for verb in (cli_review.inspect, cli_review.review, cli_review.correct):
    main.add_command(verb)
