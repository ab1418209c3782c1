"""A field's whole vocabulary with its document frequencies, read at once.

Whoosh 2.7.4 walks its terms one Python call at a time, a minute for three million; its term file
is a table whose rows can be cut out by arrays. The version is pinned, so it may be read so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# A row is the lengths of key and value, the key (field number, term), the value; in the value
# the document frequency follows a flag and the weight. All big-endian.
_KEY_AT = 8
_FIELD_BYTES = 2
_FREQUENCY_AT = 5


def read_lexicons(directory: Path, *fields: str) -> dict[str, Counter[bytes]]:
    """Return, by field, the terms (UTF-8) of a finished index and how many documents hold each.

    Documents deleted since their segment was written are still counted.
    """
    lexicons: dict[str, Counter[bytes]] = {field: Counter() for field in fields}
    reader = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME).reader()
    try:
        for leaf, _base in reader.leaf_readers():
            for field, lexicon in lexicons.items():
                add_terms(leaf, field, lexicon)
    finally:
        reader.close()
    return lexicons


def add_terms(leaf: Any, field: str, lexicon: Counter[bytes]) -> None:
    """Add the terms of one segment, deleted documents' among them, to the lexicon."""
    terms = getattr(leaf, "_terms", None)
    if terms is None or field not in terms._fieldmap:  # noqa: SLF001 (an index without documents)
        return
    table = terms._tindex  # noqa: SLF001
    rows = bytes(table.dbfile.get(0, table.endofdata))
    starts = _row_starts(table)
    cells = np.frombuffer(rows, np.uint8)
    key_lengths = _read_numbers(cells, starts)
    keys = starts + _KEY_AT
    numbers = cells[keys].astype(np.int64) << 8 | cells[keys + 1]
    chosen = numbers == terms._fieldmap[field]  # noqa: SLF001
    begins, ends = keys[chosen] + _FIELD_BYTES, (keys + key_lengths)[chosen]
    frequencies = _read_numbers(cells, ends + _FREQUENCY_AT)
    for begin, end, count in zip(begins.tolist(), ends.tolist(), frequencies.tolist(), strict=True):
        lexicon[rows[begin:end]] += count


def _row_starts(table: Any) -> NDArray[np.int64]:
    """Return where each row begins, from the index behind the table."""
    kind = np.dtype(table.extras["indextype"]).newbyteorder(">")
    index = bytes(table.dbfile.get(table.indexbase, table.indexlen * kind.itemsize))
    return np.frombuffer(index, kind).astype(np.int64)


def _read_numbers(cells: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the four-byte numbers at the places."""
    parts = np.ascontiguousarray(cells[places[:, None] + np.arange(4)])
    return parts.view(">u4")[:, 0].astype(np.int64)
