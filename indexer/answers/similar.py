"""More like this: the terms that set a document apart from the collection."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.analysis import Passage, analyse
from indexer.language.text import clean_text
from indexer.records import CleanText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from indexer.records import CouncilDocument

MOST_TERMS = 40
# Terms looked up in the index: those that stand in the text most often.
_LOOKED_UP = 200
_READ_CHARACTERS = 60_000
# The title says what a document is about; a word in it counts as much as so many in the text.
_TITLE = 4
# A term of a single document finds nothing else, one of every fifth says nothing.
_MOST_SHARE = 0.2

_FIELDS = ("bigrams", "compounds")


class CharacteristicTerm(NamedTuple):
    """A term of a document and how much it says about it."""

    field: str
    term: str
    weight: float


def characteristic_terms(
    document: CouncilDocument, frequency: Callable[[str, str], int], size: int
) -> tuple[CharacteristicTerm, ...]:
    """Return the terms that set a document apart, the most telling first, 40 at most.

    `frequency(field, term)` gives the documents that hold a term, of `size` in all. Weights are
    (1 + ln tf) x ln(size / df), after Salton's tf-idf.
    """
    counts = _count_terms(document)
    common = sorted(counts, key=lambda key: (-counts[key], key))[:_LOOKED_UP]
    terms = []
    for field, term in common:
        found = frequency(field, term)
        if 1 < found <= max(2, size * _MOST_SHARE):
            weight = (1 + math.log(counts[field, term])) * math.log(1 + size / found)
            terms.append(CharacteristicTerm(field, term, weight))
    return tuple(sorted(terms, key=lambda term: -term.weight)[:MOST_TERMS])


def _count_terms(document: CouncilDocument) -> Mapping[tuple[str, str], int]:
    title = analyse([Passage(clean_text(document.title))])
    text = analyse([Passage(CleanText(document.text[:_READ_CHARACTERS]))])
    counts: dict[tuple[str, str], int] = {}
    for analysed, times in ((title, _TITLE), (text, 1)):
        for field in _FIELDS:
            for term, count in getattr(analysed, field).items():
                counts[field, term] = counts.get((field, term), 0) + times * count
    return counts
