"""A shard without some of its documents. Small shards only: everything happens in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.store.engine.flat_postings import narrow, spread
from indexer.store.engine.shard_arrays import FIELDS, facet_arrays, mark_places
from indexer.store.engine.shard_terms import packed_texts
from indexer.store.index_fields import FACET_COLUMNS, PLACED_FIELDS, SCORED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]
    Flags = NDArray[np.bool_]


def keep_documents(arrays: Arrays, kept: Flags) -> dict[str, NDArray[Any]]:
    """Return the arrays of the kept documents alone, numbered anew; terms of others go."""
    if kept.all():
        return dict(arrays)
    stays = kept[arrays["documents"]]
    before = np.concatenate(([0], np.cumsum(stays)))
    numbers = (np.cumsum(kept) - 1).astype(np.uint16)
    placed = stays[: int(arrays[f"first.{PLACED_FIELDS[-1]}"][-1])]
    frequencies = arrays["frequencies"]
    listing, listing_starts = _keep_packed(arrays["listing"], arrays["listing_starts"], kept)
    return {
        "documents": numbers[arrays["documents"][stays]],
        "frequencies": narrow(frequencies[stays]),
        "positions": arrays["positions"][np.repeat(placed, frequencies[: len(placed)])],
        "marks": mark_places(frequencies[: len(placed)][placed]),
        **_keep_terms(arrays, before),
        **{f"lengths.{name}": arrays[f"lengths.{name}"][kept] for name in SCORED_FIELDS},
        "days": arrays["days"][kept],
        **facet_arrays({name: _keep_values(arrays, name, kept) for name in FACET_COLUMNS}),
        "listing": listing,
        "listing_starts": listing_starts,
    }


def _keep_terms(arrays: Arrays, before: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Return each field's terms that still have postings: so many stay before each posting."""
    terms: dict[str, NDArray[Any]] = {}
    for name in FIELDS:
        first = before[arrays[f"first.{name}"]]
        held = np.diff(first) > 0
        blob, starts = _keep_packed(arrays[f"terms.{name}"], arrays[f"term_starts.{name}"], held)
        terms[f"terms.{name}"], terms[f"term_starts.{name}"] = blob, starts
        terms[f"first.{name}"] = np.append(first[:-1][held], first[-1]).astype(np.uint32)
    return terms


def _keep_packed(
    blob: NDArray[np.uint8], starts: NDArray[Any], kept: Flags
) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    lengths = np.diff(starts.astype(np.int64))[kept]
    ends = np.concatenate(([0], np.cumsum(lengths)))
    return blob[spread(starts[:-1][kept], lengths)], ends.astype(np.uint32)


def _keep_values(arrays: Arrays, name: str, kept: Flags) -> list[str]:
    texts = packed_texts(arrays[f"values.{name}"], arrays[f"value_starts.{name}"])
    return [texts[code] for code in arrays[f"facet.{name}"][kept].tolist()]
