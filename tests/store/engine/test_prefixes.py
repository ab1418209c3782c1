"""The terms that begin alike, over several shards."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from indexer.store.engine.prefixes import expand_prefix
from indexer.store.engine.shard import open_shards
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument
    from indexer.store.engine.shard import Shard

WORDS = "phi phí phì phiếu phố pháp phạt ph p quỹ xã thu thuế".split()  # noqa: SIM905


@pytest.fixture(params=[[40], [1, 25, 14]])
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> tuple[Sequence[Shard], Counter[str]]:
    """Give shards of random documents, and how many documents hold each word."""
    draw = random.Random(7)  # noqa: S311 (a repeatable draw, no secret)
    texts = [draw.choices(WORDS, k=draw.randint(1, 6)) for _ in range(40)]
    documents = iter([make_document(" ".join(t), id=str(n)) for n, t in enumerate(texts)])
    groups = [[next(documents) for _ in range(size)] for size in request.param]
    shards, _live = open_shards(write_shard_directory(tmp_path, groups))
    return shards, Counter(word for text in texts for word in set(text))


@pytest.mark.parametrize("limit", [1, 3, 5, 99])
@pytest.mark.parametrize("stem", ["ph", "phí", "p", "thu", "z", "", "\ud800"])
def test_the_terms_of_most_documents_come_first(
    opened: tuple[Sequence[Shard], Counter[str]], stem: str, limit: int
) -> None:
    """Of equally frequent ones the first of the alphabet stay."""
    shards, counts = opened
    expected = sorted(
        (word for word in counts if word.startswith(stem)),
        key=lambda word: (-counts[word], word.encode()),
    )
    assert expand_prefix(shards, "text", stem, limit) == tuple(expected[:limit])


def test_no_shard_has_no_terms() -> None:
    """An index without documents."""
    assert expand_prefix((), "text", "ph", 5) == ()
