"""The fields of the Whoosh index, as Whoosh wants them (index_fields.py says what they hold)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats

from indexer.store.index_fields import FACET_COLUMNS, NAME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HIGH_BIT = 128


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


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Positions as the steps from one to the next, in as few bytes as each needs.

    A byte gives seven bits, the low ones first; the last byte of a step is below 128. Whoosh's own
    are a pickled list for each document and term.
    """

    def encode(self, positions: Sequence[int]) -> bytes:
        """Return rising positions, packed.

        >>> list(PackedPositions().encode([3, 4, 204]))
        [3, 1, 200, 1]
        """
        packed = bytearray()
        before = 0
        for position in positions:
            step, before = position - before, position
            while step >= _HIGH_BIT:
                packed.append(step % _HIGH_BIT + _HIGH_BIT)
                step //= _HIGH_BIT
            packed.append(step)
        return bytes(packed)

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of an encoded value.

        >>> PackedPositions().decode_positions(bytes([3, 1, 200, 1]))
        [3, 4, 204]
        """
        positions, position, shift = [], 0, 0
        for byte in value:
            position += byte % _HIGH_BIT << shift
            shift += 7
            if byte < _HIGH_BIT:
                positions.append(position)
                shift = 0
        return positions

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions a value holds."""
        return sum(byte < _HIGH_BIT for byte in value)


class PlacedTerms(fields.FieldType):  # type: ignore[misc]
    """Terms analysed beforehand, with their positions: {term: [position, …]}."""

    def __init__(self) -> None:
        super().__init__(format=PackedPositions(), analyzer=None, scorable=True)

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
