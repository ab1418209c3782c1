"""The least that any engine must read for an answer, and how long memory takes to give it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.bench.work import read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.benchmarks.bench.questions import Asked
    from tests.benchmarks.bench.work import Question

POSTING = 2 + 2
"""Bytes of a document's number and a frequency."""
PLACE = 4
"""Bytes of a position."""
COLUMNS = 4 + 2 + 2 + 4
"""Bytes of a found document's length, category, level and day."""


class Held(NamedTuple):
    """What an index holds of the words of all queries."""

    documents: Mapping[str, int]
    """How many documents hold a word."""
    places: Mapping[str, int]
    """How often it occurs."""


def count_words(records: Path, words: Iterable[str]) -> Held:
    """Return what a prepared file holds of these words."""
    wanted = set(words)
    documents: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for record in read_records(records):
        counts = Counter(word for word in record.words.split() if word in wanted)
        places.update(counts)
        documents.update(counts.keys())
    return Held(documents, places)


def bytes_of(question: Question, hits: int, held: Held) -> int:
    """Return what a query touches: the postings of its words, and columns of what it finds.

    >>> from tests.benchmarks.bench.work import Question
    >>> bytes_of(Question("any", ("xã", "phường")), 6, Held({"xã": 5, "phường": 2}, {}))
    100
    """
    places = sum(held.places[word] for word in question.words) if question.kind == "phrase" else 0
    postings = sum(held.documents[word] for word in question.words)
    return POSTING * postings + PLACE * places + COLUMNS * hits


def words_of(classes: Mapping[str, tuple[Asked, ...]]) -> set[str]:
    """Return the words of all queries."""
    return {word for asked in classes.values() for a in asked for word in a.question.words}
