"""Which shards are joined: few remain, and no document is written often."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from indexer.store.engine.shard_tiers import Group, Limits, Size, plan_groups

LIMITS = Limits(shard=4096, joined=512, compact=64, segment=1024)


def test_new_blocks_fill_shards_in_order() -> None:
    """A shard's documents have two-byte numbers: what no longer fits begins the next one."""
    sizes = [Size(2000, 2000)] * 5
    assert plan_groups(sizes, 5, LIMITS) == [Group(0, 2), Group(2, 4), Group(4, 5)]


def test_a_block_as_large_as_a_shard_stands_alone() -> None:
    """Nothing is joined that would pass the limit."""
    assert plan_groups([Size(4096, 4096), Size(1, 1)], 2, LIMITS) == [Group(0, 1), Group(1, 2)]


def test_shards_of_long_documents_hold_fewer() -> None:
    """Their positions are counted in four bytes."""
    half = LIMITS.bytes // 2
    sizes = [Size(2, 2, half), Size(2, 2, half), Size(2, 2, 1)]
    assert plan_groups(sizes, 3, LIMITS) == [Group(0, 2), Group(2, 3)]
    assert plan_groups(sizes, 1, LIMITS) == [Group(0, 1), Group(1, 3, compact=True)]
    assert plan_groups([Size(2, 2, 2 * half), Size(2, 2, 1)], 1, LIMITS)[1:] == [Group(1, 2)]


def test_without_new_blocks_nothing_is_joined() -> None:
    """An update that only deletes copies no arrays."""
    assert plan_groups([Size(3, 1), Size(3, 1)], 0, LIMITS) == [Group(0, 1), Group(1, 2)]


def test_a_shard_of_many_dead_documents_is_small() -> None:
    """It is taken in by what still lives in it, and its dead documents leave."""
    sizes = [Size(100, 15), Size(8, 8)]
    assert plan_groups(sizes, 1, LIMITS) == [Group(0, 2, compact=True)]


def test_joined_shards_keep_to_their_limit() -> None:
    """The arrays that an update copies are bounded, dead documents among them."""
    assert plan_groups([Size(300, 10), Size(300, 300)], 1, LIMITS) == [Group(0, 1), Group(1, 2)]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=300))
def test_updates_leave_few_shards_and_write_each_document_seldom(updates: list[int]) -> None:
    """Both grow as the logarithm, beside one shard for each few hundred documents."""
    shards: list[int] = []
    copied = 0
    for documents in updates:
        sizes = [Size(count, count) for count in [*shards, documents]]
        groups = plan_groups(sizes, 1, LIMITS)
        counts = [sum(s.documents for s in sizes[g.begin : g.end]) for g in groups]
        assert sum(counts) == sum(shards) + documents
        assert counts[-1] <= LIMITS.joined
        assert groups[-1].compact == (groups[-1].end - groups[-1].begin > 1 and counts[-1] <= 64)
        copied += counts[-1]
        shards = counts
    total = sum(updates)
    assert len(shards) <= total / (LIMITS.joined / 3) + math.log2(LIMITS.joined) + 2
    assert copied <= total * (math.log(LIMITS.joined, 1.5) + 1)
