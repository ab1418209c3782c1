"""Answers that were given, kept for the next one who asks the same.

Only for as long as they are true: an answer belongs to one generation, and to a query as it was
understood, so that another table of synonyms or another day never meets an old answer.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from indexer.query_records import Query
    from indexer.search_records import Fragment, SearchRequest, SearchResults, Sort

MOST_ANSWERS = 2_000
# What an answer takes beside its texts, and each hit, fragment and facet value, about.
_ANSWER_BYTES, _HIT_BYTES, _PIECE_BYTES, _VALUE_BYTES = 2_000, 900, 130, 120
# Accented letters take two bytes each in memory, and so do those beside them.
_LETTER_BYTES = 2


class Asked(NamedTuple):
    """A request as far as it decides the answer."""

    generation: str
    text: str
    query: Query
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    declined: tuple[str, ...]
    sort: Sort
    page: int
    page_size: int


class AnswerCache:
    """Answers of one generation, the latest asked for. Safe between threads."""

    def __init__(self, most_bytes: int) -> None:
        """Take how much the answers may take together; 0 keeps none."""
        self._most_bytes = most_bytes
        self._answers: OrderedDict[Asked, tuple[SearchResults, int]] = OrderedDict()
        self._bytes = 0
        self._generation = ""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def takes_bytes(self) -> int:
        """What the answers kept take together, about."""
        return self._bytes

    def get(self, asked: Asked) -> SearchResults | None:
        """Return the answer that was given before, if it is kept."""
        with self._lock:
            kept = self._answers.get(asked)
            if kept is None:
                return None
            self._answers.move_to_end(asked)
            return kept[0]

    def put(self, asked: Asked, answer: SearchResults) -> None:
        """Keep an answer; what was asked longest ago makes room."""
        size = weigh_answer(answer)
        if size > self._most_bytes:
            return
        with self._lock:
            if asked.generation != self._generation:
                self._answers.clear()
                self._generation, self._bytes = asked.generation, 0
            self._bytes += size - self._answers.pop(asked, (None, 0))[1]
            self._answers[asked] = answer, size
            while self._bytes > self._most_bytes or len(self._answers) > MOST_ANSWERS:
                self._bytes -= self._answers.popitem(last=False)[1][1]


def ask_of(generation: str, text: str, query: Query, request: SearchRequest) -> Asked:
    """Return what decides the answer to a request whose filters are the index's own values."""
    return Asked(
        generation,
        text,
        query,
        tuple(sorted(request.filters.items())),
        request.declined,
        request.sort,
        request.page,
        request.page_size,
    )


def weigh_answer(answer: SearchResults) -> int:
    """Return how many bytes an answer takes in memory, about."""
    pieces = [
        fragment
        for hit in answer.hits
        for fragments in (hit.title, *(passage.fragments for passage in hit.passages))
        for fragment in fragments
    ]
    return (
        _ANSWER_BYTES
        + _HIT_BYTES * len(answer.hits)
        + _weigh_pieces(pieces)
        + _VALUE_BYTES * sum(map(len, answer.facets.values()))
    )


def _weigh_pieces(pieces: list[Fragment]) -> int:
    return _PIECE_BYTES * len(pieces) + _LETTER_BYTES * sum(len(text) for text, _ in pieces)
