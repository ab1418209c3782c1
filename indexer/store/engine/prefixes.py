"""The terms of a field that begin alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.store.engine import kernels
from indexer.store.engine.lexicon import add_up, pick_terms, read_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.store.engine.lexicon import Lexicon
    from indexer.store.engine.shard import Shard

# No UTF-8 holds it, so it stands behind everything that begins with a stem.
_LAST = b"\xff"


def expand_prefix(shards: Sequence[Shard], field: str, stem: str, limit: int) -> tuple[str, ...]:
    """Return the terms that begin with the stem, those of most documents first, at most `limit`.

    Of terms in equally many documents the first of the alphabet stay. Documents deleted since
    their shard was written count as well.
    """
    sought = stem.encode(errors="surrogatepass")
    lexicons = [_find_stretch(shard, field, sought) for shard in shards]
    places, documents = add_up([each for each in lexicons if len(each.documents)])
    if len(documents) > limit:
        # All in as many documents as the last: which of them stay, the alphabet says.
        frequent = documents >= np.partition(documents, -limit)[-limit]
        places, documents = places[frequent], documents[frequent]
    terms = pick_terms(lexicons, places)
    ordered = sorted(zip((-documents).tolist(), terms, strict=True))[:limit]
    return tuple(term.decode(errors="surrogatepass") for _count, term in ordered)


def _find_stretch(shard: Shard, field: str, stem: bytes) -> Lexicon:
    blob, starts, _first = shard.terms(field)
    begin, end = (kernels.lower_bound(blob, starts, bound) for bound in (stem, stem + _LAST))
    return read_lexicon(shard, field, slice(begin, end))
