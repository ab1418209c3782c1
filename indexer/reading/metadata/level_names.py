"""Council levels by the names that manifests and corrections give them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.reading.metadata.letters import bare_letters
from indexer.records import LEVEL_LABELS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Level


def read_level(words: str) -> Level | None:
    """Return the level that a manifest names by its value or its label; None for neither.

    >>> read_level("Cấp xã"), read_level("Tỉnh/thành phố"), read_level("phố")
    ('xã', 'tỉnh', None)
    """
    return _levels().get(bare_letters(words).removeprefix("cap"))


@lru_cache(maxsize=1)
def _levels() -> Mapping[str, Level]:
    return {bare_letters(name): level for level in LEVELS for name in (level, LEVEL_LABELS[level])}
