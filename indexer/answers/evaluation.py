"""Judged queries and a ranking become measures and a TREC run.

A judgement says how relevant one document is to one query: 1 or more is relevant, 0 is not, and
whatever nobody judged counts as 0. The measures are those of trec_eval (and of ir-measures and
pytrec_eval, which wrap it), averaged over every asked query that has a relevant document. A query
that finds nothing, or that search refuses to read, scores 0; leaving it out would flatter us.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import fsum, log2
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import EvaluationFileError, QueryError

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.reports import Progress

Ranking = Sequence[tuple[str, float]]
"""Document ids with their scores, best first."""

Rank = Callable[[str, int], Ranking]
"""Query text and depth -> its ranking."""

Grades = Mapping[str, int]
"""Document id -> grade, for one query."""

_UNWRITABLE = re.compile("[\t\n\r\ud800-\udfff]")
_GRADE = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good a run is by its judgements: means between 0 and 1 over `queries` queries."""

    ndcg_at_10: float
    mrr_at_10: float
    recall_at_10: float
    recall_at_100: float
    queries: int
    """Asked, with at least one relevant document: the measures are means over these."""
    without_hits: int
    """Of those, how many found nothing; each counts as 0."""
    without_relevant: int
    """Asked, but no document is judged relevant to them: left out."""
    not_asked: int
    """Judged, but not among the queries: left out."""


def read_queries(path: Path) -> dict[str, str]:
    """Return query texts by id from lines `id<TAB>text`; EvaluationFileError names a bad line."""
    queries: dict[str, str] = {}
    for number, line in _read_lines(path):
        cells = _split_cells(line)
        if len(cells) != 2 or not all(cells):  # noqa: PLR2004 - id and text, as the docstring says
            raise EvaluationFileError(f"{path}:{number}: expected id<TAB>text")
        if cells[0] in queries:
            raise EvaluationFileError(f"{path}:{number}: query {cells[0]!r} is there twice")
        queries[cells[0]] = cells[1]
    if not queries:
        raise EvaluationFileError(f"{path}: holds no query")
    return queries


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Return grades by query and document id from TREC lines `query iteration document grade`.

    Columns stand apart by tabs, then ids may hold spaces, or else by white space.
    EvaluationFileError names a line that has other columns, no whole grade, or contradicts another.
    """
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _read_lines(path):
        query, document, grade = _read_judgement(line, f"{path}:{number}")
        grades = judgements.setdefault(query, {})
        if grades.setdefault(document, grade) != grade:
            raise EvaluationFileError(
                f"{path}:{number}: document {document!r} has two grades for query {query!r}"
            )
    if not judgements:
        raise EvaluationFileError(f"{path}: holds no judgement")
    return judgements


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something, numbered from 1."""
    try:
        # Excel begins its files with a byte order mark.
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if stripped := line.strip():
                    yield number, stripped
    except UnicodeDecodeError as error:
        raise EvaluationFileError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise EvaluationFileError(f"{path}: {error.strerror}") from error


def _split_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _read_judgement(line: str, where: str) -> tuple[str, str, int]:
    cells = _split_cells(line) if "\t" in line else line.split()
    if len(cells) != 4 or not (cells[0] and cells[2]):  # noqa: PLR2004 - TREC has four columns
        raise EvaluationFileError(
            f"{where}: expected four columns, query, iteration, document and grade, "
            "apart by tabs or by spaces"
        )
    if not _GRADE.fullmatch(cells[3]):
        raise EvaluationFileError(f"{where}: grade {cells[3]!r} is no whole number")
    return cells[0], cells[2], int(cells[3])


def measure_ndcg(ranked: Sequence[str], grades: Grades, depth: int) -> float:
    """Return the discounted cumulative gain of the first `depth`, over the best possible one.

    A grade is its own gain, and rank r divides it by log2(r + 1): the linear gain of trec_eval's
    `ndcg_cut`, after Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
    ACM TOIS 20(4), 2002, with the discount from rank 2 on that Burges et al. (ICML 2005) made
    usual. Their gain 2^grade - 1 is the same for grades 0 and 1. Negative grades count as 0.

    >>> round(measure_ndcg(["b", "a"], {"a": 1}, 10), 4)
    0.6309
    """
    ideal = _sum_gains(sorted(grades.values(), reverse=True)[:depth])
    gained = _sum_gains(grades.get(document, 0) for document in ranked[:depth])
    return gained / ideal if ideal else 0.0


def _sum_gains(grades: Iterable[int]) -> float:
    return fsum(max(grade, 0) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def measure_reciprocal_rank(ranked: Sequence[str], grades: Grades, depth: int) -> float:
    """Return 1 over the rank of the first relevant document, or 0 if none is in `depth`.

    Its mean is the MRR of Voorhees, "The TREC-8 question answering track report", 1999.

    >>> measure_reciprocal_rank(["b", "a"], {"a": 1}, 10)
    0.5
    """
    ranks = (r for r, document in enumerate(ranked[:depth], 1) if grades.get(document, 0) > 0)
    return 1 / next(ranks, float("inf"))


def measure_recall(ranked: Sequence[str], grades: Grades, depth: int) -> float:
    """Return which share of all relevant documents is within `depth`; trec_eval's `recall`.

    >>> measure_recall(["a", "c"], {"a": 2, "b": 1, "c": 0}, 10)
    0.5
    """
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def rank_queries(
    rank: Rank, queries: Mapping[str, str], depth: int, progress: Progress
) -> dict[str, Ranking]:
    """Return the ranking of every query by its id, empty where search refuses the query."""
    run: dict[str, Ranking] = {}
    for done, (query, text) in enumerate(queries.items(), 1):
        run[query] = ()
        with suppress(QueryError):
            run[query] = rank(text, depth)
        progress("evaluate", done, len(queries))
    return run


def evaluate_run(run: Mapping[str, Ranking], judgements: Mapping[str, Grades]) -> Evaluation:
    """Return the measures; EvaluationFileError when no query has a relevant document."""
    judged = [q for q in run if any(grade > 0 for grade in judgements.get(q, {}).values())]
    if not judged:
        raise EvaluationFileError("no query has a document judged relevant; compare the query ids")
    pairs = [([document for document, _ in run[q]], judgements[q]) for q in judged]

    def mean(measure: Callable[[Sequence[str], Grades, int], float], depth: int) -> float:
        return fsum(measure(ranked, grades, depth) for ranked, grades in pairs) / len(pairs)

    return Evaluation(
        ndcg_at_10=mean(measure_ndcg, 10),
        mrr_at_10=mean(measure_reciprocal_rank, 10),
        recall_at_10=mean(measure_recall, 10),
        recall_at_100=mean(measure_recall, 100),
        queries=len(judged),
        without_hits=sum(not ranked for ranked, _ in pairs),
        without_relevant=len(run) - len(judged),
        not_asked=len(judgements.keys() - run.keys()),
    )


def write_run(run: Mapping[str, Ranking], path: Path, tag: str) -> None:
    """Write the run for trec_eval: `query Q0 document rank score tag`, apart by tabs.

    The file appears whole or not at all. EvaluationFileError when it can't be written, or an id
    holds a tab or a line break.
    """
    # A link stays a link: what it points at is replaced.
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise EvaluationFileError(f"{path}: is no plain file")
    lines = [line for query in run for line in _run_lines(query, run[query], tag)]
    try:
        _replace_file(target, "".join(lines))
    except OSError as error:
        raise EvaluationFileError(f"{path}: {error.strerror}") from error


def _run_lines(query: str, ranking: Ranking, tag: str) -> Iterator[str]:
    scores = lower_scores([score for _, score in ranking])
    for rank, ((document, _), score) in enumerate(zip(ranking, scores, strict=True), 1):
        if _UNWRITABLE.search(document):
            raise EvaluationFileError(f"id {document!r} holds a tab or a line break: no run for it")
        yield f"{query}\tQ0\t{document}\t{rank}\t{score:.9g}\t{tag}\n"


def lower_scores(scores: Iterable[float]) -> list[float]:
    """Return the scores, each lowered to below the one before it where it is not so already.

    Readers of runs sort by score alone, break ties by id, and keep 32 bits of a score: only
    32-bit floats that fall strictly leave our order (partial matches after full ones) as it is.

    >>> lower_scores([3.0, 3.0, 0.5])
    [3.0, 2.999999761581421, 0.5]
    """
    lowered, floor = [], np.float32("-inf")
    last = np.float32("inf")
    for score in scores:
        last = min(np.float32(score), np.nextafter(last, floor))
        lowered.append(float(last))
    return lowered


def _replace_file(target: Path, text: str) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as lines:
            lines.write(text)
            lines.flush()
            os.fsync(lines.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
