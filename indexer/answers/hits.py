"""What the engine found becomes what a reader sees: titles, passages, places."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from indexer.answers.marks import Marker
from indexer.answers.passages import Searched, find_all_passages, passage_from
from indexer.answers.place import find_division, find_head, find_opening, find_place
from indexer.answers.query.language import find_numbers, marked_leaves
from indexer.answers.windows import PASSAGE_CHARACTERS
from indexer.language.text import clean_text, fold
from indexer.query_records import And, InField, Near, Or, Phrase, Plain, Prefix
from indexer.reading.metadata.search_keys import own_number_keys
from indexer.records import CleanText
from indexer.search_records import Fragment, Hit, Passage
from indexer.store.outline import SEARCHED_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.answers.passages import Stretch
    from indexer.query_records import Node, Query, Word
    from indexer.records import Division, How
    from indexer.search_records import Standing
    from indexer.store.engine.protocol import Engine, EngineHit, HitRecord
    from indexer.store.library import Library, Listed
    from indexer.store.outline import Outline


# Composed letters and signs that cleaning leaves alone, a single space between words.
_SIGNS = "[!-~À-ÏÑ-ïñ-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’…–]+"
_CLEAN = re.compile(f"{_SIGNS}(?: {_SIGNS})*")


class HitWriter:
    """Makes the hits of one query, all those of a page at once."""

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

    def hits(self, found: Sequence[EngineHit]) -> tuple[Hit, ...]:
        """Return what the engine found, each with its passages."""
        # A document that the library lost is still listed; its own page says what is wrong.
        keys = [hit.record.key for hit in found]
        listed = self._library.list_documents(keys, SEARCHED_CHARACTERS)
        passages = self._all_passages(found, listed)
        titles = self._title.mark_all([_clean_title(hit.record.title) for hit in found])
        return tuple(
            list_hit(
                hit.record,
                title=title,
                passages=passages.get(hit.record.key, ()),
                score=hit.score,
                scanned=key in listed and listed[key].outline.scanned,
                standing=hit.standing,
            )
            for hit, key, title in zip(found, keys, titles, strict=True)
        )

    def _all_passages(
        self, found: Sequence[EngineHit], listed: Mapping[str, Listed]
    ) -> dict[str, tuple[Passage, ...]]:
        """Return the passages of each document by its key."""
        there = [(hit, listed[hit.record.key]) for hit in found if hit.record.key in listed]
        full = [each for each in there if each[0].standing == "full"]
        others = [each for each in there if each[0].standing != "full"]
        passages = {}
        for some, marker in ((full, self._full), (others, self._others)):
            for (hit, document), stretches in zip(some, self._stretches(some, marker), strict=True):
                passages[hit.record.key] = tuple(
                    _place_passage(document.outline, stretch) for stretch in stretches
                )
        return passages

    def _stretches(
        self, found: Sequence[tuple[EngineHit, Listed]], marker: Marker
    ) -> list[tuple[Stretch, ...]]:
        """Return the passages of each document, those of some number from where it begins."""
        stretches: list[tuple[Stretch, ...]] = [()] * len(found)
        sought: dict[int, Searched] = {}
        for at, (hit, document) in enumerate(found):
            start = self._start(hit.record, document.outline)
            if start is None:
                sought[at] = _searched(hit.record, document)
            else:
                stretches[at] = (self._passage_from(hit.record, document, start, marker),)
        weights = [self._weigh(word) for word in marker.words] if sought else []
        chosen = find_all_passages(list(sought.values()), marker, weights)
        for at, passages in zip(sought, chosen, strict=True):
            hit, document = found[at]
            opening = find_opening(document.outline.divisions)
            if passages[0].match is None and opening:
                passages = (self._passage_from(hit.record, document, opening, marker),)  # noqa: PLW2901
            stretches[at] = passages
        return stretches

    def _passage_from(
        self, record: HitRecord, document: Listed, start: int, marker: Marker
    ) -> Stretch:
        text = document.text
        if start + PASSAGE_CHARACTERS >= len(text) < document.outline.length:
            text = self._library.get_document(record.key).text
        return passage_from(text, start, marker, document.outline.length)

    def _start(self, record: HitRecord, outline: Outline) -> int | None:
        """Return where to begin in a document that bears a number asked for, and no word else.

        At the part that was asked for, or where it begins to speak: its number stands in the
        letterhead, which says nothing.
        """
        keys = own_number_keys(record.number, _day(record.issued_on)) if self._numbers else {}
        if not any(key in keys for number in self._numbers for key in number.keys):
            return None
        asked = self._part_asked_for(outline.divisions)
        return asked if asked is not None or self._has_words else find_opening(outline.divisions)

    def _part_asked_for(self, divisions: Sequence[Division]) -> int | None:
        """Return where the part asked for begins; without it, the innermost that would hold it."""
        path = self._query.division
        starts = (find_division(divisions, path[depth:]) for depth in range(len(path)))
        return next((start for start in starts if start is not None), None)

    def _weigh(self, word: Word) -> float:
        field, term = (
            ("text", word.syllable) if word.accented else ("text_folded", fold(word.syllable))
        )
        found = self._engine.document_frequency(field, term)
        return math.log(1 + self._engine.size / (found + 1))


def _searched(record: HitRecord, document: Listed) -> Searched:
    outline, text = document.outline, CleanText(document.text[:SEARCHED_CHARACTERS])
    head = find_head(outline.divisions, record.title, text)
    return Searched(text, outline.sentences, head, outline.length)


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
        issued_on=_day(record.issued_on),
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


def _place_passage(outline: Outline, stretch: Stretch) -> Passage:
    place = find_place(outline, stretch.match)
    return Passage(stretch.fragments, place.page, place.article, place.citation)


def _clean_title(title: str) -> CleanText:
    """Return what `clean_text` gives, at once for titles that have nothing to clean."""
    return CleanText(title) if _CLEAN.fullmatch(title) else clean_text(title)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
