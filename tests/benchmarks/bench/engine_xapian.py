"""Xapian, with its value slots for facets. Runs with Debian's own Python: standard library only."""

from __future__ import annotations

import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tests.benchmarks.bench.work import BEST, FACETS, Found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.benchmarks.bench.work import Question, Record

_LONGEST_TERM = 240
"""Bytes; Xapian refuses longer ones than 245."""
_FLUSH = 20_000


def build(records: Iterator[Record], directory: Path) -> None:
    """Write the index, compacted."""
    xapian = import_module("xapian")
    loose = directory / "loose"
    database = xapian.WritableDatabase(str(loose), xapian.DB_CREATE_OR_OVERWRITE)
    for number, record in enumerate(records, 1):
        document = xapian.Document()
        document.set_data(record.title)
        for position, word in enumerate(record.words.split(), 1):
            if len(word.encode()) <= _LONGEST_TERM:
                document.add_posting(word, position)
        for slot, facet in enumerate(FACETS):
            document.add_value(slot, str(getattr(record, facet)))
        database.add_document(document)
        if number % _FLUSH == 0:
            database.commit()
    database.commit()
    database.compact(str(directory / "compact"))
    database.close()
    shutil.rmtree(loose)


def open_engine(directory: Path) -> XapianEngine:
    """Open the index."""
    return XapianEngine(directory)


class XapianEngine:
    """One open index."""

    def __init__(self, directory: Path) -> None:
        self._xapian: Any = import_module("xapian")
        self.version: str = self._xapian.version_string()
        self._database = self._xapian.Database(str(directory / "compact"))
        query = self._xapian.Query
        self._joins = {"all": query.OP_AND, "any": query.OP_OR, "phrase": query.OP_PHRASE}

    def ask(self, question: Question) -> Found:
        """Return the answer, every document looked at so that counts are exact."""
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(self._xapian.Query(self._joins[question.kind], list(question.words)))
        spies = [self._xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, BEST, self._database.get_doccount())
        facets = {
            facet: {item.term.decode(): item.termfreq for item in spy.values()}
            for facet, spy in zip(FACETS, spies, strict=True)
        }
        titles = tuple(match.document.get_data().decode() for match in found)
        return Found(found.get_matches_estimated(), facets, titles)
