"""The fields of the Whoosh index. SCHEMA_VERSION rises with every change to them.

text           syllables with positions: the words as written
text_folded    the same without accents, for readers who type none
bigrams        folded neighbours, for words that stand together
compounds      pyvi's words of several syllables: a bonus, never a condition
title(_folded) the title's syllables again, since a title weighs more
number_keys    spellings of the document's own number
category …     facet columns; `day` is the proleptic ordinal of the date, 0 without one
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA_VERSION = 1
INDEX_NAME = "MAIN"
"""Whoosh's name of the one index in a directory."""

FACET_COLUMNS = ("category", "level", "kind", "issuer")


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


class PlacedTerms(fields.FieldType):  # type: ignore[misc]
    """Terms analysed beforehand, with their positions: {term: [position, …]}."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=True)

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
        title=CountedTerms(),
        title_folded=CountedTerms(),
        number_keys=CountedTerms(scorable=False),
        day=fields.NUMERIC(int, sortable=True),
        **facets,
    )
