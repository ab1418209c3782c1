"""What is open of an index: the serving generation, and each thread's library.

Follows the index's CURRENT pointer: a new generation serves from the next request on, and no
request sees two.
"""

from __future__ import annotations

import threading
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.store.completion import Completions
from indexer.store.engine.whoosh_engine import WhooshEngine
from indexer.store.fallbacks import note_fallback
from indexer.store.generations import (
    LIBRARY,
    current_generation,
    current_name,
    generation_path,
)
from indexer.store.library import Library
from indexer.store.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.store.engine.protocol import Engine


class Opened(NamedTuple):
    """One generation, open."""

    name: str
    source: Path
    engine: Engine
    known: Mapping[str, tuple[str, ...]]
    """Every value of every facet but the date, in this generation."""
    vocabulary: Vocabulary
    completions: Completions


class OpenIndex:
    """An index directory, opened at the first question. Safe between threads."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._opened: Opened | None = None
        self._touches = False
        self._lock = threading.Lock()
        self._local = threading.local()
        self._libraries: list[Library] = []
        self._closer = weakref.finalize(self, _close_all, self._libraries)

    def current(self) -> Opened:
        """Return the generation that serves now; IndexStateError when none can."""
        opened = self._opened
        if opened and opened.name == current_name(self._index):
            return opened
        with self._lock:
            if not self._opened or self._opened.name != current_name(self._index):
                self._opened = self._open()
            return self._opened

    def touch_pages(self) -> None:
        """From now on make each generation ready behind the answers, the current one at once.

        Threads do not outlive a fork: whoever makes processes calls it in each of them.
        """
        self._touches = True
        if self._opened:
            _touch_behind(self._opened.engine)

    def library(self, generation: str) -> Library:
        """Return this thread's connection to the library, opened anew for each generation."""
        known: tuple[str, Library] | None = getattr(self._local, "library", None)
        if known and known[0] == generation:
            return known[1]
        library = Library(self._index / LIBRARY, writable=False)
        if known:
            self._libraries.remove(known[1])
            known[1].close()
        self._libraries.append(library)
        self._local.library = (generation, library)
        return library

    def close(self) -> None:
        """Let go of every file. An index that nobody holds any more closes by itself."""
        self._closer()
        if self._opened:
            self._opened.engine.close()

    def _open(self) -> Opened:
        generation = current_generation(self._index)
        directory = generation_path(self._index, generation.name)
        engine = WhooshEngine(directory, partial(note_fallback, self._index))
        if self._touches:
            _touch_behind(engine)
        return Opened(
            generation.name,
            Path(generation.source),
            engine,
            {name: tuple(values) for name, values in engine.count_all().items()},
            Vocabulary.open(directory),
            Completions.open(directory),
        )


def _touch_behind(engine: Engine) -> None:
    threading.Thread(target=engine.touch_pages, daemon=True).start()


def _close_all(libraries: list[Library]) -> None:
    for library in libraries:
        library.close()
