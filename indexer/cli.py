"""The command line: each verb asks one function and shows what it answers.

Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 done but some files
failed, 2 usage, 3 locked, 4 index missing, stale or damaged; `indexer.cli_exit` has them all.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from indexer import cli_exit, cli_json, cli_options, cli_output, cli_review, cli_search
from indexer.cli_exit import DONE, SOME_FAILED, blame_damage
from indexer.errors import IndexStateError
from indexer.operations import (
    build_index,
    compile_search,
    index_stats,
    is_current,
    roll_back,
    update_index,
    verify_index,
)
from indexer.progress import draw_progress

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.reports import BuildReport


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


@main.command("compile")
@cli_options.json_option
def compile_(*, as_json: bool) -> int:
    """Compile what searching runs on, once for this machine and program.

    The install does it; whoever searches before that waits for it.
    """
    native = compile_search()
    text = "compiled; kept for later" if native else "numba is not installed: numpy serves"
    cli_output.show({"compiled": native}, text, as_json=as_json)
    return DONE


for verb in (cli_search.search, cli_search.similar, cli_search.explain, cli_search.evaluate):
    main.add_command(verb)
for verb in (cli_review.inspect, cli_review.review, cli_review.correct):
    main.add_command(verb)
