"""What the engine found becomes what a reader sees: titles, passages, places."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from indexer.answers.marks import Marker
from indexer.answers.passages import find_passages, passage_from
from indexer.answers.place import find_division, find_head, find_opening, find_place
from indexer.answers.query.language import find_numbers, marked_leaves
from indexer.language.text import clean_text, fold
from indexer.query_records import And, InField, Near, Or, Phrase, Plain, Prefix
from indexer.reading.metadata.search_keys import own_number_keys
from indexer.search_records import Fragment, Hit, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.answers.passages import Stretch
    from indexer.query_records import Node, Query, Word
    from indexer.records import CouncilDocument, How
    from indexer.search_records import Standing
    from indexer.store.engine.protocol import Engine, EngineHit, HitRecord
    from indexer.store.library import Library


class HitWriter:
    """Makes the hits of one query."""

    def __init__(self, query: Query, engine: Engine, library: Library) -> None:
        leaves = marked_leaves(query)
        self._query = query
        self._engine = engine
        self._library = library
        # Words that became a filter stand in every full match; marking them says nothing.
        asked = marked_leaves(replace(query, literal=None))
        self._title = Marker(asked or leaves, field="title")
        self._full, self._others = Marker(asked), Marker(leaves)
        self._numbers = tuple(find_numbers(query.root))
        self._has_words = _asks_words(query.root)

    def hits(self, found: Iterable[EngineHit]) -> tuple[Hit, ...]:
        """Return what the engine found, each with its passages."""
        return tuple(self._hit(hit) for hit in found)

    def _hit(self, hit: EngineHit) -> Hit:
        # A document that the library lost is still listed; its own page says what is wrong.
        document = self._library.find_document(hit.record.key)
        return list_hit(
            hit.record,
            title=self._title.mark(clean_text(hit.record.title)),
            passages=self._passages(document, hit.standing) if document else (),
            score=hit.score,
            scanned=bool(document and document.ocr),
            standing=hit.standing,
        )

    def _passages(self, document: CouncilDocument, standing: Standing) -> tuple[Passage, ...]:
        marker = self._full if standing == "full" else self._others
        start = self._start(document)
        if start is not None:
            return (_place_passage(document, passage_from(document.text, start, marker)),)
        found = find_passages(document.text, marker, self._weigh, find_head(document))
        if found[0].match is None and (opening := find_opening(document)):
            found = (passage_from(document.text, opening, marker),)
        return tuple(_place_passage(document, stretch) for stretch in found)

    def _start(self, document: CouncilDocument) -> int | None:
        """Return where to begin in a document that bears a number asked for, and no word else.

        At the part that was asked for, or where it begins to speak: its number stands in the
        letterhead, which says nothing.
        """
        keys = own_number_keys(document.number, document.issued_on) if self._numbers else {}
        if not any(key in keys for number in self._numbers for key in number.keys):
            return None
        asked = self._part_asked_for(document)
        return asked if asked is not None or self._has_words else find_opening(document)

    def _part_asked_for(self, document: CouncilDocument) -> int | None:
        """Return where the part asked for begins; without it, the innermost that would hold it."""
        path = self._query.division
        starts = (find_division(document, path[depth:]) for depth in range(len(path)))
        return next((start for start in starts if start is not None), None)

    def _weigh(self, word: Word) -> float:
        field, term = (
            ("text", word.syllable) if word.accented else ("text_folded", fold(word.syllable))
        )
        found = self._engine.document_frequency(field, term)
        return math.log(1 + self._engine.size / (found + 1))


def list_hit(  # noqa: PLR0913 - one argument for each part of a card
    record: HitRecord,
    *,
    title: tuple[Fragment, ...],
    passages: tuple[Passage, ...] = (),
    score: float = 0.0,
    scanned: bool = False,
    standing: Standing = "full",
) -> Hit:
    """Return a hit from what the index keeps of a document."""
    return Hit(
        id=record.id,
        title=title,
        passages=passages,
        score=score,
        kind=record.kind,
        category=record.category,
        level=record.level,
        number=record.number,
        issuer=record.issuer,
        issued_on=date.fromisoformat(record.issued_on) if record.issued_on else None,
        date_known=cast("How | None", record.date_known),
        publisher=record.publisher,
        scanned=scanned,
        sample=record.sample,
        standing=standing,
    )


def _asks_words(node: Node | None) -> bool:
    """Tell whether anything is asked for that stands in a text, beside numbers."""
    if isinstance(node, And):
        return any(map(_asks_words, node.parts))
    if isinstance(node, Or) and any(find_numbers(node)):
        # Its other readings: "12/2024" may be a month, too.
        return any(isinstance(part, Plain) for part in node.parts)
    return isinstance(node, (Plain, Phrase, Near, Prefix, InField, Or))


def _place_passage(document: CouncilDocument, stretch: Stretch) -> Passage:
    place = find_place(document, stretch.match)
    return Passage(stretch.fragments, place.page, place.article, place.citation)
