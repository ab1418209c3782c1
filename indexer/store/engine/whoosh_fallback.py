"""Documents of the nodes that no kernel takes, by Whoosh's own matchers.

Only a query that needs it loads this module, and Whoosh with it.
"""

from __future__ import annotations

import threading
import weakref
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.query import And, Every, Not, NumericRange, Or, SpanNear2, Term
from whoosh.query import Prefix as AnyEnding
from whoosh.query.spans import Span
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import SegmentReader
from whoosh.scoring import Frequency
from whoosh.searching import Searcher

from indexer import query_records as asked
from indexer.store.engine.term_source import field_term
from indexer.store.index_fields import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.query_records import Node, SearchedField, Word


class WhooshFallback:
    """Whoosh's matchers over one generation. Safe between threads.

    A Whoosh reader shared between threads gives wrong results silently: each thread has its own.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._local = threading.local()
        self._opened: list[Searcher] = []
        # Requests in flight may outlive a generation: it closes when nobody holds it any more.
        self.close = weakref.finalize(self, _close_all, self._opened)

    def find(self, node: Node) -> NDArray[np.int32]:
        """Return the numbers of the documents that a node finds, rising, deleted ones among them.

        TypeError for a node that Whoosh has no matcher for.
        """
        query = _say(node)
        found = [np.empty(0, np.int32)]
        found += [
            np.fromiter(query.docs(searcher), np.int32) + np.int32(base)
            for searcher, base in self._searchers()
        ]
        return np.concatenate(found)

    def _searchers(self) -> list[tuple[Searcher, int]]:
        """Return this thread's searchers of the segments, each with its first document's number."""
        known: list[tuple[Searcher, int]] | None = getattr(self._local, "searchers", None)
        if known is None:
            storage = FileStorage(str(self._directory))
            toc = TOC.read(storage, INDEX_NAME)
            known, base = [], 0
            for segment in toc.segments:
                # As of any other node, deleted documents are left out afterwards.
                segment._deleted = None  # noqa: SLF001 (a set or none)
                reader = SegmentReader(storage, toc.schema, segment)
                known.append((Searcher(reader, weighting=Frequency), base))
                self._opened.append(known[-1][0])
                base += segment.doc_count_all()
            self._local.searchers = known
        return known


class _Spans(WrappingQuery):  # type: ignore[misc]
    """A query of spans that can stand in an And: in Whoosh 2.7.4 none can tell its size."""

    def estimate_size(self, ixreader: Any) -> int:
        """Return the most that there can be."""
        return int(ixreader.doc_count_all())


class _Stretch(SpanNear2):  # type: ignore[misc]
    """Words that all stand within `slop` syllables, in any order; Whoosh's own counts from each."""

    class SpanNear2Matcher(SpanNear2.SpanNear2Matcher):  # type: ignore[misc]
        """Whoosh's, with one stretch that holds every word for spans."""

        def _get_spans(self) -> list[Span]:
            places = sorted(
                (span.start, word)
                for word, matcher in enumerate(self.ms)
                for span in matcher.spans()
            )
            return _first_stretch(places, len(self.ms), self.slop)


def _first_stretch(places: Sequence[tuple[int, int]], words: int, length: int) -> list[Span]:
    """Return the first stretch of so many syllables that holds every word, or none.

    >>> _first_stretch([(1, 0), (4, 0), (6, 1)], 2, 3), _first_stretch([(1, 0), (4, 1)], 2, 3)
    ([<4-6>], [])
    """
    held: Counter[int] = Counter()
    first = 0
    for position, word in places:
        held[word] += 1
        while position - places[first][0] >= length:
            gone = places[first][1]
            held[gone] -= 1
            if not held[gone]:
                del held[gone]
            first += 1
        if len(held) == words:
            return [Span(places[first][0], position)]
    return []


def _say(node: Node) -> Any:
    """Return the Whoosh query of a node."""
    match node:
        case asked.And(parts):
            said = And([Every(), *map(_say, parts)])
        case asked.Or(parts):
            said = Or([_say(part) for part in parts])
        case asked.Not(part):
            said = Not(_say(part))
        case asked.NumberClause(keys, mentions, phrase):
            named = [_any("number_keys", keys), _any("keys", mentions)]
            said = Or([*named, _in_a_row(phrase.words)] if phrase else named)
        case asked.Fact(keys) | asked.Mention(keys):
            said = _any("facts" if isinstance(node, asked.Fact) else "keys", keys)
        case asked.Period(first, last):
            begin = first.toordinal() if first else 1
            said = NumericRange("day", begin, (last or date.max).toordinal())
        case _:
            said = _say_words(node)
    return said


def _say_words(node: Node) -> Any:
    match node:
        case asked.Phrase(words):
            said = _in_a_row(words)
        case asked.Near(words, distance):
            terms = dict.fromkeys(_term(word) for word in words)
            said = _Spans(_Stretch(list(terms), slop=distance))
        case asked.InField(field, words, phrase=True):
            said = _in_a_row(words, field)
        case asked.InField(field, words):
            said = And([_term(word, field) for word in words])
        case asked.Prefix(stem, field):
            said = AnyEnding(*field_term(stem, field))
        case _:
            raise TypeError(f"{type(node).__name__}: Whoosh has no matcher for it; write a kernel")
    return said


def _term(word: Word, field: SearchedField | None = None) -> Term:
    return Term(*field_term(word, field))


def _in_a_row(words: Sequence[Word], field: SearchedField | None = None) -> Any:
    return _Spans(SpanNear2([_term(word, field) for word in words]))


def _any(field: str, terms: Iterable[str]) -> Or:
    return Or([Term(field, term) for term in terms])


def _close_all(searchers: list[Searcher]) -> None:
    while searchers:
        searchers.pop().close()
