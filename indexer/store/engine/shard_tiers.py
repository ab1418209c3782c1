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

if TYPE_CHECKING:
    from collections.abc import Sequence


class Limits(NamedTuple):
    """How many documents are kept together."""

    shard: int = 1 << 16
    """In one shard, where a document's number takes two bytes: never more."""
    joined: int = 8192
    """In a shard that takes in others."""
    compact: int = 1024
    """In a shard that is written again without its deleted documents."""
    segment: int = 1 << 15
    """In one segment of Whoosh's."""


class Size(NamedTuple):
    """How many documents a shard has."""

    documents: int
    """Deleted ones included."""
    living: int


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
    groups += _fill_shards(sizes, old, limits.shard)
    return _take_in(sizes, groups, limits) if new else groups


def _fill_shards(sizes: Sequence[Size], begin: int, most: int) -> list[Group]:
    """Return the new blocks in groups of at most so many documents, or of one block."""
    groups: list[Group] = []
    held = 0
    for place in range(begin, len(sizes)):
        documents = sizes[place].documents
        if groups and held + documents <= most:
            groups[-1] = Group(groups[-1].begin, place + 1)
            held += documents
        else:
            groups.append(Group(place, place + 1))
            held = documents
    return groups


def _take_in(sizes: Sequence[Size], groups: list[Group], limits: Limits) -> list[Group]:
    """Let the last group take in small ones before it."""
    spans = [sizes[group.begin : group.end] for group in groups]
    living = [sum(size.living for size in span) for span in spans]
    whole = [sum(size.documents for size in span) for span in spans]
    first = len(groups) - 1
    while first and living[first - 1] < 2 * sum(living[first:]):
        if sum(whole[first - 1 :]) > limits.joined:
            break
        first -= 1
    if first == len(groups) - 1:
        return groups
    compact = sum(living[first:]) <= limits.compact
    return [*groups[:first], Group(groups[first].begin, groups[-1].end, compact)]
