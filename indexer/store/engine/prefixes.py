"""The terms of a field that begin alike."""

from __future__ import annotations

import struct
from collections import Counter
from typing import Any

# A term's row in Whoosh's table begins with a flag, its weight and its document frequency.
_ROW = struct.Struct("!BfI")
_FIELD_BYTES = 2


def expand_prefix(
    leaves: list[tuple[Any, int]], field: str, stem: str, limit: int
) -> tuple[str, ...]:
    """Return the terms that begin with the stem, those of most documents first, at most `limit`.

    Of terms in equally many documents the first of the alphabet stay. Documents deleted since
    their segment was written count as well.
    """
    found: Counter[bytes] = Counter()
    for reader, _base in leaves:
        _count_terms(reader._terms, field, stem.encode(errors="surrogatepass"), found)  # noqa: SLF001
    ordered = sorted(found, key=lambda term: (-found[term], term))
    return tuple(term.decode() for term in ordered[:limit])


def _count_terms(terms: Any, field: str, stem: bytes, found: Counter[bytes]) -> None:
    """Add each term's document frequency in one segment; terms stand in order of their bytes."""
    begin = terms._keycoder(field, stem)  # noqa: SLF001
    for key, row in terms._tindex.items_from(begin):  # noqa: SLF001
        if not key.startswith(begin):
            break
        found[bytes(key[_FIELD_BYTES:])] += _ROW.unpack(row[: _ROW.size])[2]
