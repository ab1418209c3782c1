"""The kinds of document (loại văn bản) and how each is told, read from `data/kinds.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of the table."""

    value: str
    """As records hold it, in lower case."""
    label: str
    """As pages show it."""
    prefixes: tuple[str, ...]
    """Signs that stand for it in a number: ("NQ",)."""
    headings: tuple[str, ...]
    """What stands as its name over the document, in lower letters (see `lower_letters`)."""
    refines: tuple[str, ...]
    """Broader kinds whose heading it shares."""
    words: tuple[str, ...]
    """What the subject of such a broader heading begins with, in lower letters."""


@lru_cache(maxsize=1)
def read_kinds() -> tuple[Kind, ...]:
    """Return the table in its own order."""
    return tuple(_kind(cells) for cells in read_table("kinds.tsv"))


def _kind(cells: list[str]) -> Kind:
    value, label, prefixes, headings, refines, words = cells
    return Kind(
        value,
        label,
        _parts(prefixes),
        _parts(lower_letters(headings)),
        _parts(refines),
        _parts(lower_letters(words)),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@lru_cache(maxsize=1)
def kind_labels() -> Mapping[str, str]:
    """Return the label of every kind, in the order that lists show them.

    >>> kind_labels()["báo cáo thẩm tra"]
    'Báo cáo thẩm tra'
    """
    return MappingProxyType({kind.value: kind.label for kind in read_kinds()})


def kind_of_heading(heading: str) -> str | None:
    """Return the kind that a heading names exactly, in any case and tone style.

    >>> kind_of_heading("BỘ LUẬT")
    'luật'
    """
    return _values_by_heading().get(" ".join(lower_letters(heading).split()))


@lru_cache(maxsize=1)
def _values_by_heading() -> Mapping[str, str]:
    return {
        name: kind.value
        for kind in read_kinds()
        for name in (*kind.headings, lower_letters(kind.label))
    }


def kind_of_prefix(prefix: str) -> str | None:
    """Return the kind that a number's first sign stands for; "Ctr" and "CTR" are CTr."""
    return _values_by_prefix().get(prefix.lower())


@lru_cache(maxsize=1)
def _values_by_prefix() -> Mapping[str, str]:
    return {prefix.lower(): kind.value for kind in read_kinds() for prefix in kind.prefixes}


@lru_cache(maxsize=1)
def headings_longest_first() -> tuple[str, ...]:
    """Return every heading, so that "thông tư liên tịch" is tried before "thông tư"."""
    names = (name for kind in read_kinds() for name in kind.headings)
    return tuple(sorted(names, key=len, reverse=True))


def refine_kind(value: str, subject: str) -> str:
    """Return the narrower kind that a broad heading and its subject make together.

    >>> refine_kind("báo cáo", "Thẩm tra dự thảo Nghị quyết về học phí")
    'báo cáo thẩm tra'
    """
    lowered = _about(" ".join(lower_letters(subject).split()), value)
    for kind in read_kinds():
        if value in kind.refines and lowered.startswith(kind.words):
            return kind.value
    return value


def _about(lowered: str, value: str) -> str:
    """Return a subject without the words that only lead up to it."""
    openings = (
        "v/v ",
        "về việc ",
        "về ",
        "việc ",
        "dự kiến ",
        "dự thảo ",
        f"{lower_letters(value)} ",
    )
    while opening := next((words for words in openings if lowered.startswith(words)), ""):
        lowered = lowered.removeprefix(opening)
    return lowered
