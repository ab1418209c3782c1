"""Measures agree with trec_eval's definitions, and faulty files are named with their line."""

from __future__ import annotations

import os
import struct
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.evaluation import (
    evaluate_run,
    lower_scores,
    measure_ndcg,
    measure_recall,
    measure_reciprocal_rank,
    rank_queries,
    read_judgements,
    read_queries,
    write_run,
)
from indexer.errors import EvaluationFileError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file and gives its path."""

    def write_text(text: str) -> Path:
        path = tmp_path / "lines.tsv"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write_text


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Take note of nothing."""


# Wikipedia's worked example of nDCG: grades 3 2 3 0 1 2 in this order give 6.861 / 7.141.
GRADES = {"a": 3, "b": 2, "c": 3, "d": 0, "e": 1, "f": 2}


def test_ndcg_takes_a_grade_as_its_gain() -> None:
    """Gains are linear as in trec_eval: 6.8611 over 7.1410."""
    assert measure_ndcg("abcdef", GRADES, 10) == pytest.approx(0.96081, abs=1e-5)


def test_ndcg_is_one_only_for_the_best_order() -> None:
    """Falling grades score 1."""
    assert measure_ndcg("cabfed", GRADES, 10) == pytest.approx(1)


def test_the_ideal_of_ndcg_ends_at_the_same_depth() -> None:
    """With twelve relevant documents, ten of them fill the first ten ranks."""
    grades = {str(number): 1 for number in range(12)}
    assert measure_ndcg(list(grades), grades, 10) == pytest.approx(1)


def test_ndcg_sees_nothing_below_its_depth() -> None:
    """Rank 11 counts for nothing at depth 10."""
    assert measure_ndcg(["x"] * 10 + ["a"], {"a": 1}, 10) == 0


def test_what_nobody_judged_counts_as_irrelevant() -> None:
    """An unjudged document at rank 1 costs what an irrelevant one costs."""
    unjudged = measure_ndcg(["x", "a"], {"a": 1}, 10)
    assert unjudged == measure_ndcg(["d", "a"], {"a": 1, "d": 0}, 10) == pytest.approx(0.63093)


def test_a_negative_grade_costs_nothing() -> None:
    """trec_eval takes grades below zero as zero."""
    assert measure_ndcg(["bad", "a"], {"a": 1, "bad": -2}, 10) == pytest.approx(0.63093)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [("a", 1), ("xxa", 1 / 3), ("xxxxxxxxxa", 1 / 10), ("xxxxxxxxxxa", 0), ("", 0), ("d", 0)],
)
def test_reciprocal_rank_is_that_of_the_first_relevant_one(ranked: str, expected: float) -> None:
    """Grade 0 is not relevant, and rank 11 is too late for depth 10."""
    assert measure_reciprocal_rank(ranked, {"a": 2, "b": 1, "d": 0}, 10) == expected


def test_recall_is_over_all_relevant_documents_however_many() -> None:
    """Ten of twenty relevant documents at depth 10 are a half, as trec_eval has it."""
    grades = {str(number): 1 for number in range(20)}
    assert measure_recall(list(grades), grades, 10) == 0.5


@pytest.mark.parametrize("measure", [measure_ndcg, measure_reciprocal_rank, measure_recall])
def test_a_query_without_relevant_documents_scores_zero(
    measure: Callable[[str, dict[str, int], int], float],
) -> None:
    """No measure divides by zero."""
    assert measure("abc", {"a": 0}, 10) == 0


def test_means_are_over_queries_with_a_relevant_document() -> None:
    """A query without one is left out; one that finds nothing counts as 0."""
    run = {
        "first": [("a", 2.0)],
        "second": [("x", 2.0), ("b", 1.0)],
        "silent": [],
        "vague": [("a", 1.0)],
        "unjudged": [("a", 1.0)],
    }
    judgements = {
        "first": {"a": 1},
        "second": {"b": 1, "c": 1},
        "silent": {"a": 1},
        "vague": {"a": 0},
        "elsewhere": {"a": 1},
    }
    found = evaluate_run(run, judgements)
    assert (found.queries, found.without_hits) == (3, 1)
    assert (found.without_relevant, found.not_asked) == (2, 1)
    assert found.mrr_at_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found.recall_at_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    # DCG 1/log2(3) over the ideal 1 + 1/log2(3).
    assert found.ndcg_at_10 == pytest.approx((1 + 0.63093 / 1.63093 + 0) / 3, abs=1e-5)


def test_recall_looks_a_hundred_deep() -> None:
    """Rank 100 counts for recall@100 and not for recall@10; rank 101 counts for neither."""
    run = {"q": [(f"x{number}", 1.0) for number in range(99)] + [("a", 0.5), ("b", 0.4)]}
    found = evaluate_run(run, {"q": {"a": 1, "b": 1}})
    assert (found.recall_at_10, found.recall_at_100) == (0, 0.5)


def test_judgements_of_other_queries_are_refused() -> None:
    """Measures over no query at all would mean nothing."""
    with pytest.raises(EvaluationFileError, match="compare the query ids"):
        evaluate_run({"q": [("a", 1.0)]}, {"p": {"a": 1}})


def test_queries_are_ranked_in_order_and_counted() -> None:
    """Each query is ranked once, as deep as asked, and progress reaches the total."""
    steps: list[tuple[int, int]] = []

    def note(stage: str, done: int, total: int) -> None:
        assert stage == "evaluate"
        steps.append((done, total))

    run = rank_queries(lambda text, depth: [(text, depth)], {"1": "phí", "2": "đất"}, 100, note)
    assert run == {"1": [("phí", 100)], "2": [("đất", 100)]}
    assert steps == [(1, 2), (2, 2)]


def test_a_query_that_search_refuses_has_no_hits() -> None:
    """One impossible query among many must not end the measurement."""

    def refuse(text: str, depth: int) -> list[tuple[str, float]]:
        if text == "???":
            raise QueryError("no words", "không có từ nào")
        return [("a", depth)]

    run = rank_queries(refuse, {"1": "???", "2": "phí"}, 100, ignore_progress)
    assert run == {"1": (), "2": [("a", 100)]}


@pytest.mark.parametrize(
    "text",
    [
        "q1\thọc phí\nq2\tđất đai\n",
        "\ufeffq1\thọc phí\r\n\r\nq2\t đất đai \r\n",
        "q1\thọc phí\n\nq2\tđất đai",
    ],
)
def test_queries_are_read_as_excel_or_an_editor_saves_them(write: Write, text: str) -> None:
    """A byte order mark, Windows line ends and blank lines change nothing."""
    assert read_queries(write(text)) == {"q1": "học phí", "q2": "đất đai"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1\tphí\nq2 đất\n", r"lines\.tsv:2: expected id<TAB>text"),
        ("q1\t\n", r"lines\.tsv:1: expected id<TAB>text"),
        ("\tphí\n", r"lines\.tsv:1: expected id<TAB>text"),
        ("q1\tphí\tmore\n", r"lines\.tsv:1: expected id<TAB>text"),
        ("q1\tphí\n\nq1\tđất\n", r"lines\.tsv:3: query 'q1' is there twice"),
        ("\n \n", r"lines\.tsv: holds no query"),
    ],
)
def test_a_faulty_line_of_queries_is_named(write: Write, text: str, message: str) -> None:
    """The message holds the file and the line, counted from 1 with blank ones."""
    with pytest.raises(EvaluationFileError, match=message):
        read_queries(write(text))


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("q1\t0\tvlc:62/2014/qh13@74\t2\n", "vlc:62/2014/qh13@74"),
        ("q1\t0\t12/2023 NQ-HĐND\t2\n", "12/2023 NQ-HĐND"),
        ("q1 0 d1 2\n", "d1"),
        ("  q1   Q0  d1  +2  \r\n", "d1"),
    ],
)
def test_judgements_come_apart_by_tabs_or_spaces(write: Write, text: str, document: str) -> None:
    """An id may hold spaces where tabs part the columns."""
    assert read_judgements(write(text)) == {"q1": {document: 2}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 0 d1 1\nq1 0 d2\n", r"lines\.tsv:2: expected four columns"),
        ("q1\t0\tan id 1\n", r"lines\.tsv:1: expected four columns"),
        ("q1\t0\t\t1\n", r"lines\.tsv:1: expected four columns"),
        ("q1 0 d1 1 more\n", r"lines\.tsv:1: expected four columns"),
        ("q1 0 d1 yes\n", r"lines\.tsv:1: grade 'yes' is no whole number"),
        ("q1 0 d1 1.5\n", r"lines\.tsv:1: grade '1\.5' is no whole number"),
        ("q1 0 d1 1\nq1 0 d1 0\n", r"lines\.tsv:2: document 'd1' has two grades for query 'q1'"),
        ("", r"lines\.tsv: holds no judgement"),
    ],
)
def test_a_faulty_line_of_judgements_is_named(write: Write, text: str, message: str) -> None:
    """A line with a column too few is never read with its columns shifted."""
    with pytest.raises(EvaluationFileError, match=message):
        read_judgements(write(text))


def test_the_same_judgement_twice_is_no_contradiction(write: Write) -> None:
    """Lists put together from several judges repeat themselves."""
    assert read_judgements(write("q 0 d 1\nq 0 d 1\nq 0 e -1\n")) == {"q": {"d": 1, "e": -1}}


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """UTF-16, which Excel calls Unicode text, is said to be no UTF-8."""
    path = tmp_path / "wide.tsv"
    path.write_bytes("q1\tphí".encode("utf-16"))
    with pytest.raises(EvaluationFileError, match="save it as UTF-8"):
        read_queries(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The reason of the operating system follows the path."""
    with pytest.raises(EvaluationFileError, match=r"gone\.tsv: No such file"):
        read_queries(tmp_path / "gone.tsv")


def test_a_run_has_six_columns_apart_by_tabs(tmp_path: Path) -> None:
    """An id with spaces stays whole, and ranks count from 1 for each query."""
    path = tmp_path / "run.tsv"
    write_run({"q1": [("12 NQ", 2.5), ("b", 0.1)], "q2": [("b", 1.0)]}, path, "tag")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "q1\tQ0\t12 NQ\t1\t2.5\ttag",
        "q1\tQ0\tb\t2\t0.100000001\ttag",
        "q2\tQ0\tb\t1\t1\ttag",
    ]


def test_sorting_a_run_by_score_keeps_its_order(tmp_path: Path) -> None:
    """Partial matches stay after full ones though they may score higher."""
    path = tmp_path / "run.tsv"
    write_run({"q": [("full", 2.0), ("equal", 2.0), ("partial", 9.0), ("last", 1.0)]}, path, "t")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    by_score = sorted(rows, key=lambda row: (-float(row[4]), row[2]))
    assert [row[2] for row in by_score] == ["full", "equal", "partial", "last"]


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6, width=32), max_size=40))
def test_lowered_scores_fall_even_as_32_bit_numbers(scores: list[float]) -> None:
    """trec_eval keeps 32 bits of what the nine digits of a run say."""
    read_back = [
        struct.unpack("f", struct.pack("f", float(f"{score:.9g}")))[0]
        for score in lower_scores(scores)
    ]
    assert all(first > second for first, second in pairwise(read_back))
    assert all(low <= score for low, score in zip(read_back, scores, strict=True))


def test_scores_that_fall_already_stay_as_they_are() -> None:
    """Only ties and rises are touched."""
    assert lower_scores([5.5, 2.25, -1.0]) == [5.5, 2.25, -1.0]


def test_an_id_with_a_tab_can_not_stand_in_a_run(tmp_path: Path) -> None:
    """The columns would shift, so nothing is written at all."""
    with pytest.raises(EvaluationFileError, match="tab or a line break"):
        write_run({"q": [("a\tb", 1.0)]}, tmp_path / "run.tsv", "tag")
    assert not list(tmp_path.iterdir())


def test_a_run_replaces_the_one_before_it_as_a_whole(tmp_path: Path) -> None:
    """Nothing of the old run and no draft is left, and a link stays a link."""
    target, link = tmp_path / "run.tsv", tmp_path / "latest"
    target.write_text("old\n" * 9, encoding="utf-8")
    link.symlink_to(target)
    write_run({"q": [("a", 1.0)]}, link, "tag")
    assert target.read_text(encoding="utf-8") == "q\tQ0\ta\t1\t1\ttag\n"
    assert link.is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"run.tsv", "latest"}


def test_a_run_that_can_not_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is reported with the path, and no draft is left behind."""

    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device", descriptor)

    path = tmp_path / "run.tsv"
    path.write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EvaluationFileError, match=r"run\.tsv: No space left"):
        write_run({"q": [("a", 1.0)]}, path, "tag")
    assert [(found.name, found.read_text(encoding="utf-8")) for found in tmp_path.iterdir()] == [
        ("run.tsv", "old\n")
    ]


def test_a_run_never_replaces_a_folder(tmp_path: Path) -> None:
    """A target that is no plain file is refused before anything is written."""
    with pytest.raises(EvaluationFileError, match="no plain file"):
        write_run({"q": [("a", 1.0)]}, tmp_path, "tag")
