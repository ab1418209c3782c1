"""The fields of the query language, by all their names, as the manual lists them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from indexer.answers.query.fields import FieldName, match_field
from indexer.answers.query.language import parse_query
from indexer.language.analysis import normalise
from indexer.language.text import clean_text, fold

MANUAL = Path(__file__).parents[3] / "docs" / "query-language.md"


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the manual."""
    section = MANUAL.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_manual_lists_every_field_by_names_that_work() -> None:
    """Vietnamese and English names of a line are one field, and no field is left out."""
    fields = []
    for vietnamese, english, _ in rows("Fields"):
        names = re.findall("`([^`]+)`", vietnamese + english)
        found = {match_field(fold(normalise(clean_text(name))), 0) for name in names}
        [field] = {match.field for match in found if match}
        assert None not in found
        fields.append(field)
    assert sorted(fields) == sorted(get_args(FieldName))


def test_every_operator_of_the_manual_parses() -> None:
    """What readers copy from there is no error."""
    examples = [e for typed, *_ in rows("Operators") for e in re.findall("`([^`]+)`", typed)]
    assert len(examples) > 10
    for example in examples:
        assert parse_query(example.replace("…", "chợ")).root


@pytest.mark.parametrize("name", ["co quan", "co_quan", "coquan", "nguoi ky", "nguoiky"])
def test_words_of_a_name_may_be_parted_in_any_way(name: str) -> None:
    """By a space, an underscore or nothing; nothing else."""
    match = match_field(f"{name}:x", 0)
    assert match is not None
    assert match.end == len(name) + 1
    assert match_field(f"{name}: x".replace("o", "o-", 1), 0) is None


def test_the_longest_name_is_the_field() -> None:
    """The field "số hiệu:" is not "số" and a word."""
    assert match_field("so hieu:5", 0) == match_field("so_hieu:5", 0)
    assert match_field("so hieu 5", 0) is None
