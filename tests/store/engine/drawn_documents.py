"""Documents drawn at random, as a gatherer of shards takes them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from indexer.store.engine.protocol import HitRecord
from indexer.store.engine.shard_arrays import ShardGatherer
from indexer.store.index_fields import COUNTED_FIELDS, FACET_COLUMNS, PLACED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

Gathered = tuple[dict[str, Any], int, HitRecord]
"""A document's terms by field, its day and what lists it."""

_WORDS = ("phí", "đất", "học", "xã", "a", "ơ", "2024", "😀")
_LETTERS = "abđê \n"


def draw_documents() -> st.SearchStrategy[list[Gathered]]:
    """Draw one to twelve documents; by a seed, since drawing each position takes seconds."""
    return st.integers(0, 2**32).map(make_documents)


def make_documents(seed: int) -> list[Gathered]:
    """Return the documents of a seed."""
    dice = Random(seed)  # noqa: S311 (documents, no secrets)
    return [_make_document(dice, number) for number in range(dice.randint(1, 12))]


def _make_document(dice: Random, number: int) -> Gathered:
    terms: dict[str, Any] = {name: _make_places(dice) for name in PLACED_FIELDS}
    terms |= {name: _make_counts(dice) for name in COUNTED_FIELDS}
    terms["id"] = {f"id {number}": 1}
    listing: dict[str, Any] = {name: _make_text(dice) for name in (*FACET_COLUMNS, "key", "title")}
    rest: dict[str, Any] = dict.fromkeys(("number", "issued_on", "date_known", "publisher"))
    hit = HitRecord(**{**rest, **listing, "id": f"id {number}", "sample": False})
    return terms, dice.choice((0, dice.randint(1, 740_000))), hit


def _make_places(dice: Random) -> dict[str, list[int]]:
    words = dice.sample(_WORDS, dice.choice((0, 1, 2, 6)))
    farthest = dice.choice((6, 300, 90_000))
    return {word: sorted(dice.sample(range(farthest), dice.randint(1, 5))) for word in words}


def _make_counts(dice: Random) -> dict[str, int]:
    words = dice.sample(_WORDS, dice.choice((0, 1, 2, 6)))
    most = dice.choice((1, 1, 2, 300, 70_000))
    return {word: dice.randint(1, most) for word in words}


def _make_text(dice: Random) -> str:
    return "".join(dice.choices(_LETTERS, k=dice.randint(0, 4)))


def gather(rows: Iterable[Gathered]) -> dict[str, NDArray[Any]]:
    """Return the arrays of documents gathered in one go."""
    gatherer = ShardGatherer()
    for row in rows:
        gatherer.add(*row)
    return gatherer.arrays()


def as_lists(arrays: Mapping[str, NDArray[Any]]) -> dict[str, tuple[str, list[Any]]]:
    """Return each array's type and elements, but for the file's name."""
    return {
        name: (array.dtype.str, array.tolist())
        for name, array in sorted(arrays.items())
        if name != "name"
    }
