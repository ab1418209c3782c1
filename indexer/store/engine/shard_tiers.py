"""Which shards are joined when a generation is written.

Neither their number nor the cost of an update grows with the updates before it:

1. New blocks become as few shards as hold them.
2. The newest shard takes in the one before it while that one has less than twice its documents:
   whatever is written again ends up in a shard at least half as large again, so each document is
   written O(log n) times.
3. That ends at `Limits.joined` documents: an update copies the arrays of no more.
4. Up to `Limits.compact` the deleted documents leave, and the others become one segment of
   Whoosh's; beyond, only arrays are copied, and Whoosh's segments stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.store.engine.shard_files import SHARD_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Limits(NamedTuple):
    """How many documents are kept together."""

    shard: int = SHARD_DOCUMENTS
    """In one shard, where a document's number takes two bytes: never more."""
    joined: int = 8192
    """In a shard that takes in others."""
    compact: int = 1024
    """In a shard that is written again without its deleted documents."""
    segment: int = 1 << 15
    """In one segment of Whoosh's."""
    bytes: int = 1 << 33
    """Of a shard's file, so that what counts its positions in four bytes never overflows."""


class Size(NamedTuple):
    """How many documents a shard has."""

    documents: int
    """Deleted ones included."""
    living: int
    bytes: int = 0
    """Of its file."""


class Group(NamedTuple):
    """Neighbouring shards that become one, `shards[begin:end]`."""

    begin: int
    end: int
    compact: bool = False
    """Without the deleted documents, and as one segment of Whoosh's."""


def plan_groups(sizes: Sequence[Size], new: int, limits: Limits) -> list[Group]:
    """Return how shards become the next generation's; the last `new` of them are new blocks.

    >>> plan_groups([Size(54_583, 54_000), Size(100, 90), Size(100, 100)], 1, Limits())
    [Group(begin=0, end=1, compact=False), Group(begin=1, end=3, compact=True)]
    """
    old = len(sizes) - new
    groups = [Group(place, place + 1) for place in range(old)]
    groups += _fill_shards(sizes, old, limits)
    return _take_in(sizes, groups, limits) if new else groups


def _fill_shards(sizes: Sequence[Size], begin: int, limits: Limits) -> list[Group]:
    """Return the new blocks in groups as large as a shard may be, or of one block."""
    groups: list[Group] = []
    for place in range(begin, len(sizes)):
        grown = sizes[groups[-1].begin : place + 1] if groups else ()
        if grown and _fit(grown, limits.shard, limits):
            groups[-1] = Group(groups[-1].begin, place + 1)
        else:
            groups.append(Group(place, place + 1))
    return groups


def _fit(sizes: Sequence[Size], documents: int, limits: Limits) -> bool:
    """Tell whether the shards make one of at most so many documents."""
    return (
        sum(size.documents for size in sizes) <= documents
        and sum(size.bytes for size in sizes) <= limits.bytes
    )


def _take_in(sizes: Sequence[Size], groups: list[Group], limits: Limits) -> list[Group]:
    """Let the last group take in small ones before it."""
    spans = [sizes[group.begin : group.end] for group in groups]
    living = [sum(size.living for size in span) for span in spans]
    first = len(groups) - 1
    while first and living[first - 1] < 2 * sum(living[first:]):
        if not _fit(sizes[groups[first - 1].begin :], limits.joined, limits):
            break
        first -= 1
    if first == len(groups) - 1:
        return groups
    compact = sum(living[first:]) <= limits.compact
    return [*groups[:first], Group(groups[first].begin, groups[-1].end, compact)]
