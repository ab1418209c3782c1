"""The queries file: `class<TAB>query` lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.bench.documents import split_words
from tests.benchmarks.bench.work import Question

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.bench.work import Kind


class Asked(NamedTuple):
    """One query of the file."""

    text: str
    question: Question


class QueriesFileError(Exception):
    """The file of queries can't be used; the message says where and why."""


def read_queries(path: Path) -> dict[str, tuple[Asked, ...]]:
    """Return the queries of each class, in the file's order; QueriesFileError where one is amiss.

    Blank lines and lines that begin with # are no queries.
    """
    classes: dict[str, list[Asked]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, text = (part.strip() for part in line.partition("\t"))
        question = compose_question(name, text)
        if not (name and question.words):
            raise QueriesFileError(f"{path.name}:{number}: write a class, a tab and a query")
        classes.setdefault(name, []).append(Asked(text, question))
    if not classes:
        raise QueriesFileError(f"{path.name}: holds no queries; write class<TAB>query lines")
    return {name: tuple(asked) for name, asked in classes.items()}


def compose_question(name: str, text: str) -> Question:
    """Return a query of a class: "or…" asks for any of its words, "phrase…" for all in a row.

    >>> compose_question("and2", "Cử tri, cử tri")
    Question(kind='all', words=('cử', 'tri'))
    >>> compose_question("phrase", "xã, xã")
    Question(kind='phrase', words=('xã', 'xã'))
    """
    kind = kind_of(name)
    words = split_words(text)
    return Question(kind, tuple(words if kind == "phrase" else dict.fromkeys(words)))


def kind_of(name: str) -> Kind:
    """Return what a class asks for.

    >>> [kind_of(name) for name in ("term_rare", "and2", "or_long", "phrase")]
    ['all', 'all', 'any', 'phrase']
    """
    if name.startswith("phrase"):
        return "phrase"
    return "any" if name.startswith("or") else "all"
