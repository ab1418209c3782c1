"""The category of a document: its source's own, else the field that its words show."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.finding import Finding, inferred
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a title says weighs more than what a text mentions along the way.
_TITLE_WEIGHT = 6
_MOST_COUNTED = 4
_ENOUGH = 12
_LEAD = 1.3
_BODY_CHARACTERS = 4000

_SYLLABLE = re.compile(r"[^\W_]+")


class _Keyword(NamedTuple):
    syllables: tuple[str, ...]
    label: str
    phrase: str


@lru_cache(maxsize=1)
def _keywords() -> Mapping[str, tuple[_Keyword, ...]]:
    """Return the keywords by their first syllable, longest first."""
    found: dict[str, list[_Keyword]] = {}
    for label, phrases in read_table("fields.tsv"):
        for phrase in phrases.split("|"):
            syllables = tuple(_SYLLABLE.findall(lower_letters(phrase)))
            found.setdefault(syllables[0], []).append(_Keyword(syllables, label, phrase))
    return {
        first: tuple(sorted(words, key=lambda word: -len(word.syllables)))
        for first, words in found.items()
    }


def find_subject_field(title: str, abstract: str, text: str) -> Finding[str] | None:
    """Return the field that title, abstract and the opening of the text speak of most.

    None where too few words speak of any field, or of two fields about as much.

    >>> find_subject_field("Quy định mức học phí năm học 2024-2025", "", "").value
    'Giáo dục'
    """
    scores: Counter[str] = Counter()
    quotes: dict[str, list[str]] = {}
    for passage, weight in (
        (title, _TITLE_WEIGHT),
        (abstract, _TITLE_WEIGHT),
        (text[:_BODY_CHARACTERS], 1),
    ):
        counts = Counter(_find_keywords(passage))
        for keyword, count in counts.items():
            # Words of several syllables seldom stand there by chance.
            scores[keyword.label] += (
                weight * min(count, _MOST_COUNTED) * min(len(keyword.syllables), 3)
            )
            quotes.setdefault(keyword.label, []).append(keyword.phrase)
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    label = ranked[0][0]
    return inferred(label, ", ".join(dict.fromkeys(quotes[label])))


def _find_keywords(passage: str) -> Iterator[_Keyword]:
    """Yield the keywords of the passage; the longest that begins at a syllable takes its place."""
    table = _keywords()
    syllables = _SYLLABLE.findall(lower_letters(passage))
    position = 0
    while position < len(syllables):
        step = 1
        for keyword in table.get(syllables[position], ()):
            length = len(keyword.syllables)
            if tuple(syllables[position : position + length]) == keyword.syllables:
                yield keyword
                step = length
                break
        position += step
