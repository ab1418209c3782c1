"""The forty queries with what ought to come, read from the table beside this file.

The table's head explains its columns and the vocabulary of expectations.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from tests.corpus.files import read_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TABLE = Path(__file__).with_name("forty_queries.tsv")
_HEADER = "number\tquery\tforms\texpectations\tnote"
_SAYING = re.compile(r"(?P<verb>[a-z_]+?)(?P<depth>\d*)(?:=(?P<value>.+))?")

_OF_DOCUMENTS = {"first", "then", "within", "found", "full", "absent"}
_OF_ONE_DOCUMENT = {"passage", "date_known"}
_OF_WORDS = {"only", "facet", "chip", "suggestion", "same_as"}
_OF_COUNTS = {"atleast", "total"}
_ALONE = {"empty", "no_date", "no_error"}

FORMS: Mapping[str, Callable[[str], str]] = {
    "a": str,
    "b": fold,
    "u": str.upper,
    "l": str.lower,
    "n": lambda query: unicodedata.normalize("NFD", query),
}
"""Letters of the table's third column -> what they make of a query."""


class Expectation(NamedTuple):
    """One saying of the table: verb, its number, the documents it names and the words it holds."""

    verb: str
    amount: int = 0
    """The N of within, atleast and total."""
    documents: tuple[str, ...] = ()
    """Paths, as documents are called in the index; two for "before", the upper one first."""
    words: str = ""
    """What follows the "=" or, where a document is named first, the ":"."""


class Asked(NamedTuple):
    """One query with what must hold of its answer."""

    number: int
    """Its place in the list of forty."""
    query: str
    forms: str
    """Letters of FORMS."""
    expectations: tuple[Expectation, ...]
    note: str


def read_forty() -> tuple[Asked, ...]:
    """Return the lines of the table, in order; ValueError quotes what can't be understood."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    header, *rows = (line for line in lines if not line.startswith("#"))
    if header != _HEADER:
        raise ValueError(f"{_TABLE.name}: expected the columns {_HEADER!r}, found {header!r}")
    return tuple(_read_row(row) for row in rows)


def write_forms(asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield each form's letter and the query in it."""
    for letter in asked.forms:
        yield letter, FORMS[letter](asked.query)


def read_expectation(saying: str) -> Expectation:
    """Return one saying; ValueError when its verb, document or number is unknown.

    >>> read_expectation("within10=seed")
    Expectation(verb='within', amount=10, documents=('documents/hoat-dong-hdnd-huyen/seed.txt',), \
words='')
    >>> read_expectation("chip=term:XVI").words
    'term:XVI'
    """
    parts = _SAYING.fullmatch(saying)
    if not parts:
        raise ValueError(f"no expectation: {saying!r}")
    verb, value = parts["verb"], parts["value"] or ""
    if verb in _OF_DOCUMENTS and value:
        return Expectation(verb, int(parts["depth"] or 0), _find_paths(value.split(",")))
    if verb == "before" and value.count(">") == 1:
        return Expectation(verb, documents=_find_paths(value.split(">")))
    if verb in _OF_ONE_DOCUMENT and ":" in value:
        name, _, words = value.partition(":")
        return Expectation(verb, documents=_find_paths([name]), words=words)
    if verb in _OF_WORDS and value:
        return Expectation(verb, words=value)
    if verb in _OF_COUNTS and value:
        return Expectation(verb, amount=int(value))
    if verb in _ALONE and not value:
        return Expectation(verb)
    raise ValueError(f"no expectation: {saying!r}")


def _read_row(row: str) -> Asked:
    number, query, forms, expectations, note = row.split("\t")
    return Asked(
        number=int(number),
        query=query,
        forms=forms,
        expectations=tuple(read_expectation(saying) for saying in expectations.split(" ; ")),
        note=note,
    )


def _find_paths(names: list[str]) -> tuple[str, ...]:
    paths = {Path(entry["path"]).stem: str(entry["path"]) for entry in read_entries()}
    if unknown := [name for name in names if name not in paths]:
        raise ValueError(f"no document of the corpus is called {unknown[0]!r}")
    return tuple(paths[name] for name in names)
