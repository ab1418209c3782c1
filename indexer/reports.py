"""Frozen values that tell operators how work goes and what stands in an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Refusal


class Progress(Protocol):
    """Is told how far long work has come; the command line draws it."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` steps of the stage are through."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of every source: found = indexed + len(skipped) + len(failed)."""

    found: int
    indexed: int
    skipped: tuple[Refusal, ...]
    failed: tuple[Refusal, ...]
    partly: tuple[Refusal, ...]
    """Indexed ones of which some pages could not be read this time; read in full, or in an
    earlier build, they are not listed."""
    generation: str
    seconds: float
    stages: Mapping[str, float]
    """Seconds by stage, in their order."""
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What stands in an index directory."""

    generation: str
    built_at: str
    """ISO 8601, UTC."""
    schema_version: int
    documents: int
    bytes: int
    kept_generations: tuple[str, ...]
    """Newest first, the current one included."""
    source: str
    by_facet: Mapping[str, Mapping[str, int]]
    """Documents per value, keyed by FACETS."""
    shards: int
    """Files of arrays that the documents stand in."""
    kernels: str
    """What searches them here: numba or numpy."""
    fallbacks: Mapping[str, int]
    """Query nodes that Whoosh's own matcher had to answer since the index was made, by kind."""
