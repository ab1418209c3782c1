"""What the verbs found is written to stdout: as text for people or as JSON.

Whatever the terminal can't show is escaped, never lost, and a reader who closes the pipe early
(`| head`) ends the writing quietly.
"""

from __future__ import annotations

import io
import json
import os
import sys
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from indexer.progress import draw_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.answers.evaluation import Evaluation
    from indexer.records import Refusal
    from indexer.reports import BuildReport, IndexStats
    from indexer.search_records import Fragment

WIDTH = 96
SHOWN_REFUSALS = 50
SHOWN_VALUES = 12
_CONTROLS = {code: " " if code < ord(" ") else "" for code in (*range(32), *range(0x7F, 0xA0))}

# Styles go in after the wrapping, which would count their characters.
_STYLES = {0x02: "\x1b[1m", 0x03: "\x1b[0m"}


def prepare_streams() -> None:
    """Let stdout escape what its encoding can't hold, as stderr always does."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def show(value: Mapping[str, Any], text: str, *, as_json: bool) -> None:
    """Write the value as JSON, or the text that says the same."""
    if as_json:
        show_json(value)
    else:
        _write(text)


def show_json(value: Mapping[str, Any]) -> None:
    """Write the value as JSON, in ASCII where stdout is not UTF-8, so that it stays JSON."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    wide = encoding.lower().replace("-", "").startswith("utf")
    _write(json.dumps(value, ensure_ascii=not wide, indent=2))


def _write(text: str) -> None:
    try:
        # Named, for click writes UTF-8 to a nameless stdout that says it is ASCII.
        click.echo(text, file=sys.stdout)
    except OSError as error:
        _abandon_stdout()
        if not isinstance(error, BrokenPipeError):
            raise


def _abandon_stdout() -> None:
    # What is still buffered would fail once more when Python ends.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def draw_build(report: BuildReport) -> str:
    """Return what became of the sources, with the reasons for those that gave no document."""
    spent = f"{draw_duration(report.seconds)}: generation {report.generation}"
    gone = f"removed {report.removed:,}, unchanged {report.unchanged:,}"
    lines = [
        f"indexed {report.indexed:,} of {report.found:,} documents in {spent}",
        f"added {report.added:,}, changed {report.changed:,}, {gone}",
        ", ".join(f"{name} {draw_duration(took)}" for name, took in report.stages.items()),
        *_draw_refusals("skipped", report.skipped),
        *_draw_refusals("failed", report.failed),
        *_draw_refusals("indexed without some of their pages", report.partly),
    ]
    return "\n".join(lines)


def _draw_refusals(name: str, refusals: tuple[Refusal, ...]) -> Iterator[str]:
    if refusals:
        yield f"{name} {len(refusals):,}:"
    for refusal in refusals[:SHOWN_REFUSALS]:
        yield f"  {plain(refusal.path)}: {plain(refusal.reason)}"
    if len(refusals) > SHOWN_REFUSALS:
        yield f"  … and {len(refusals) - SHOWN_REFUSALS:,} more; --json lists all"


def wrap(lead: str, text: str) -> list[str]:
    """Return the text in lines, the first behind `lead` and the others below it."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.translate(_STYLES) for line in lines]


def mark(fragments: Iterable[Fragment]) -> str:
    """Return the text with its matches between controls that `wrap` makes bold.

    Where stdout is no terminal, click drops the style again.
    """
    return "".join(
        f"\x02{plain(text)}\x03" if marked else plain(text) for text, marked in fragments
    )


def plain(text: str) -> str:
    r"""Return the text without control characters, which could take over a terminal.

    >>> plain("a\x1b[31m\nb")
    'a [31m b'
    """
    return text.translate(_CONTROLS)


def draw_stats(stats: IndexStats) -> str:
    """Return what stands in the index, as tables."""
    rows = {
        "generation": stats.generation,
        "kept": ", ".join(stats.kept_generations),
        "built at": stats.built_at,
        "source": plain(stats.source),
        "schema": str(stats.schema_version),
        "documents": f"{stats.documents:,}",
        "size": f"{stats.bytes / 2**20:,.1f} MiB",
        "shards": f"{stats.shards}, searched by {stats.kernels}",
        "fallbacks": _draw_fallbacks(stats.fallbacks),
    }
    lines = [f"{name:<11}{value}" for name, value in rows.items()]
    for facet, counts in stats.by_facet.items():
        lines += ["", facet, *_draw_counts(counts)]
    return "\n".join(lines)


def _draw_fallbacks(fallbacks: Mapping[str, int]) -> str:
    """Return what of queries had to be left to Whoosh's own matcher."""
    counted = (f"{count:,} × {kind}" for kind, count in sorted(fallbacks.items()))
    return ", ".join(counted) or "none"


def _draw_counts(counts: Mapping[str, int]) -> Iterator[str]:
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    for value, count in ordered[:SHOWN_VALUES]:
        yield f"{count:>9,}  {plain(value) or '—'}"
    if len(ordered) > SHOWN_VALUES:
        yield f"           … and {len(ordered) - SHOWN_VALUES:,} more; --json lists all"


def draw_field(name: str, value: object) -> list[str]:
    """Return a field's line; "—" where it has no value."""
    return wrap(f"{name:<12}  ", plain(str(value)) if value else "—")


def draw_evaluation(evaluation: Evaluation) -> str:
    """Return the measures and what they are means over."""
    silent, vague = evaluation.without_hits, evaluation.without_relevant
    return "\n".join(
        [
            f"nDCG@10     {evaluation.ndcg_at_10:.4f}",
            f"MRR@10      {evaluation.mrr_at_10:.4f}",
            f"recall@10   {evaluation.recall_at_10:.4f}",
            f"recall@100  {evaluation.recall_at_100:.4f}",
            f"queries     {evaluation.queries:,}, of which {silent:,} without hits",
            f"left out    {vague:,} without a relevant document",
            f"not asked   {evaluation.not_asked:,} of the judged queries",
        ]
    )
