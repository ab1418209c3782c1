"""The judged queries ask for documents that are there."""

from __future__ import annotations

import re
from collections import Counter

from indexer.language.text import fold
from tests.corpus.files import CORPUS, FIRST, read_entries

# What a query holds -> how many queries do, at least.
_VOICES = {
    r"\d+[/ -]\d{4}": 15,
    r"(?i)\b(?:hđnd|nq|ubnd|ktns|attp|pccc|qppl|cchc|mttq)\b": 30,
    r"\d{1,2}/\d{1,2}/\d{4}": 3,
    r"(?i)\bk[ỳy] h[ọo]p\b": 6,
    r'"': 1,
    r"bao nhiêu|không$|bao giờ|thế nào": 10,
}


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of one of the two files."""
    lines = (CORPUS / "judgements" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def test_there_are_over_a_hundred_queries_with_ids_of_their_own() -> None:
    """Each row is an id and a question."""
    rows = read_rows("queries.tsv")
    assert len(rows) >= 100
    assert len({row[0] for row in rows}) == len(rows)
    assert len({row[1] for row in rows}) == len(rows)
    assert all(len(row) == 2 and row[1].strip() for row in rows)


def test_every_judgement_is_a_trec_row_about_a_document_that_exists() -> None:
    """Query, 0, path, grade; no pair is judged twice."""
    paths = {entry["path"] for entry in read_entries()}
    rows = read_rows("qrels.tsv")
    for _, zero, path, grade in rows:
        assert zero == "0"
        assert path in paths
        assert grade in {"1", "2"}
    assert len({(row[0], row[2]) for row in rows}) == len(rows)


def test_every_query_has_an_answer() -> None:
    """At least one document answers it fully, and nothing unasked is judged."""
    asked = {row[0] for row in read_rows("queries.tsv")}
    answered = Counter(row[0] for row in read_rows("qrels.tsv") if row[3] == "2")
    assert set(answered) == asked
    assert {row[0] for row in read_rows("qrels.tsv")} == asked


def test_readers_without_a_vietnamese_keyboard_are_heard() -> None:
    """Some questions bear no accent at all."""
    bare = [row[1] for row in read_rows("queries.tsv") if row[1] == fold(row[1])]
    assert len(bare) >= 15


def test_clerks_and_citizens_are_heard() -> None:
    """Numbers, council shorthand, days, quoted phrases and whole questions."""
    queries = [row[1] for row in read_rows("queries.tsv")]
    for voice, least in _VOICES.items():
        assert sum(bool(re.search(voice, query)) for query in queries) >= least, voice


def test_the_first_document_is_asked_for_but_not_by_its_menu() -> None:
    """Its meeting is; "đầu tư công", which only its menu says, is not."""
    queries = {row[0]: row[1] for row in read_rows("queries.tsv")}
    asking = {queries[row[0]] for row in read_rows("qrels.tsv") if row[2] == FIRST}
    assert "giao ban thường trực hđnd quý I 2024" in asking
    assert "tiếp xúc cử tri" in asking
    assert "đầu tư công" not in asking
