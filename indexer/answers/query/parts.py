"""What a query is made of before its words are looked at: the tree of `query_tree.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from indexer.query_records import Node


@dataclass(frozen=True, slots=True)
class Run:
    """Plain words that were typed one after the other, `text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase; with a reach, words that stand near each other."""

    text: str
    start: int
    end: int
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class Stem:
    """The beginning of a word."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two operands of NEAR, whose words stand near each other."""

    left: Run | Quote
    right: Run | Quote
    reach: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field asks for."""

    node: Node


@dataclass(frozen=True, slots=True)
class Every:
    """Parts that must all be there; `written` when an operator says so."""

    parts: tuple[Tree, ...]
    written: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """Parts of which one is enough."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """A part that must not be there."""

    part: Tree


# A union written with bars would be evaluated before its parts are known to Python 3.10.
Tree = Union[Run, Quote, Stem, Neighbours, Condition, Every, Either, Without]  # noqa: UP007
