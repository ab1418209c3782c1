"""The fields of the Whoosh index. SCHEMA_VERSION rises with every change to them.

text            syllables with positions: the words as written
text_folded     the same without accents, for readers who type none
bigrams         folded neighbours, for words that stand together
compounds       pyvi's words of several syllables: a bonus, never a condition
title(_folded)  the title's syllables again, since a title weighs more
issuer_words …  a name's syllables, with and without accents at the same positions
number_keys     spellings of the document's own number, and how near each is to it (2, 1)
facts           what the document itself is: "unit:thành phố hà nội", "session:15"
keys            what its text mentions: "number:45/2024/nq-hdnd", "date:2024-04-19"
category …      facet columns; `day` is the proleptic ordinal of the date, 0 without one
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SCHEMA_VERSION = 2
INDEX_NAME = "MAIN"
"""Whoosh's name of the one index in a directory."""

POSITION_BYTES = 4
FACET_COLUMNS = ("category", "level", "kind", "issuer")
NAME_FIELDS = ("issuer", "signer", "publisher")
"""Fields of a document whose words are searched in an index field of their own, `…_words`."""


class CountedTerms(fields.FieldType):  # type: ignore[misc]
    """Terms analysed beforehand, with their counts: {term: count}."""

    def __init__(self, *, scorable: bool = True) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=scorable)

    def index(
        self, value: Mapping[str, int], **_kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's (term, frequency, weight, payload) for each term."""
        for term, count in value.items():
            yield term.encode(), count, float(count), b""


class PlainPositions(formats.Positions):  # type: ignore[misc]
    """Positions as plain numbers, so that those of thousands of documents are read at once.

    Whoosh's own are a pickled list for each document and term.
    """

    def encode(self, positions: Sequence[int]) -> bytes:
        """Return rising positions as four bytes each, the low one first."""
        return struct.pack(f"<{len(positions)}I", *positions)

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of an encoded value."""
        return list(struct.unpack(f"<{len(value) // POSITION_BYTES}I", value))

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions a value holds."""
        return len(value) // POSITION_BYTES


class PlacedTerms(fields.FieldType):  # type: ignore[misc]
    """Terms analysed beforehand, with their positions: {term: [position, …]}."""

    def __init__(self) -> None:
        super().__init__(format=PlainPositions(), analyzer=None, scorable=True)

    def index(
        self, value: Mapping[str, list[int]], **_kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's (term, frequency, weight, payload) for each term."""
        encode = self.format.encode
        for term, positions in value.items():
            count = len(positions)
            yield term.encode(), count, float(count), encode(positions)


def index_schema() -> fields.Schema:
    """Return the schema of a new index."""
    facets = {name: fields.ID(sortable=columns.RefBytesColumn()) for name in FACET_COLUMNS}
    return fields.Schema(
        id=fields.ID(unique=True),
        hit=fields.STORED(),
        text=PlacedTerms(),
        text_folded=PlacedTerms(),
        bigrams=CountedTerms(),
        compounds=CountedTerms(),
        title=PlacedTerms(),
        title_folded=PlacedTerms(),
        number_keys=CountedTerms(scorable=False),
        facts=CountedTerms(scorable=False),
        keys=CountedTerms(),
        day=fields.NUMERIC(int, sortable=True),
        **{f"{name}_words": PlacedTerms() for name in NAME_FIELDS},
        **facets,
    )
