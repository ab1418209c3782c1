"""The table of the forty queries can be read, and asks for documents that are there."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from indexer.language.text import fold
from tests.corpus import forty
from tests.corpus.files import read_entries
from tests.corpus.forty import FORMS, Asked, read_expectation, read_forty, write_forms


def test_each_of_the_forty_is_asked() -> None:
    """From 1 to 40, some of them in several spellings."""
    assert {asked.number for asked in read_forty()} == set(range(1, 41))
    assert max(Counter(asked.number for asked in read_forty()).values()) > 1


def test_every_line_says_what_must_come() -> None:
    """None is there for show; the one that can't be answered yet must at least not fail."""
    for asked in read_forty():
        assert asked.expectations, asked
        if {e.verb for e in asked.expectations} == {"no_error"}:
            assert asked.note.startswith("Not yet:"), asked


def test_no_line_contradicts_itself() -> None:
    """A full match is not absent, and nothing that comes first comes second."""
    for asked in read_forty():
        named: dict[str, set[str]] = {}
        for expectation in asked.expectations:
            named.setdefault(expectation.verb, set()).update(expectation.documents)
        absent = named.get("absent", set())
        assert not absent & named.get("full", set()), asked
        assert not absent & named.get("first", set()), asked
        assert not named.get("first", set()) & named.get("then", set()), asked


def test_the_forms_of_a_line_are_known_and_differ() -> None:
    """Asking the same twice would prove nothing."""
    for asked in read_forty():
        assert set(asked.forms) <= set(FORMS), asked
        written = [query for _, query in write_forms(asked)]
        assert len(set(written)) == len(written), asked


def test_most_queries_are_asked_with_and_without_accents() -> None:
    """As half of the readers type."""
    lines = read_forty()
    assert sum("b" in asked.forms or asked.query == fold(asked.query) for asked in lines) >= 30
    assert sum("n" in asked.forms for asked in lines) >= 25


def test_forms_write_a_query_as_readers_do() -> None:
    """As typed, bare, in capitals, in small letters, decomposed."""
    asked = Asked(1, "Học phí", "abuln", (), "")
    assert dict(write_forms(asked)) == {
        "a": "Học phí",
        "b": "Hoc phi",
        "u": "HỌC PHÍ",
        "l": "học phí",
        "n": unicodedata.normalize("NFD", "Học phí"),
    }


def test_no_two_documents_share_a_name() -> None:
    """So that the table can call them by it."""
    names = Counter(Path(entry["path"]).stem for entry in read_entries())
    assert set(names.values()) == {1}


@pytest.mark.parametrize(
    "saying",
    [
        "first=nq-00-2000-hdnd-nowhere",
        "first=",
        "first",
        "before=seed",
        "passage=seed",
        "empty=1",
        "chip",
        "total=many",
        "sometimes=seed",
        "",
    ],
)
def test_a_saying_that_means_nothing_is_refused(saying: str) -> None:
    """A typing error must not pass for an expectation that holds."""
    with pytest.raises(ValueError, match=r"no expectation|no document|invalid literal"):
        read_expectation(saying)


def test_a_table_with_other_columns_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would be taken for something else."""
    table = tmp_path / "forty_queries.tsv"
    table.write_text("# head\nquery\tnumber\n", encoding="utf-8")
    monkeypatch.setattr(forty, "_TABLE", table)
    with pytest.raises(ValueError, match="expected the columns"):
        read_forty()
