"""Documents of the library become segments of a generation, and the sidecars beside them.

Blocks of documents are written in `jobs` processes, and in their order whatever the number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from indexer.completions import build_completions
from indexer.language.text import clean_text
from indexer.reading.metadata.search_keys import document_facts, find_keys, own_number_keys
from indexer.store.engine.protocol import IndexRow
from indexer.store.engine.whoosh_writer import write_segment
from indexer.store.library import Library
from indexer.store.vocabulary import write_vocabulary
from indexer.workers import CONTEXT, worker_pool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.pipeline import Work
    from indexer.records import CouncilDocument

# A segment is gathered in memory: about 0.1 MB for each document of 550 syllables.
SEGMENT_DOCUMENTS = 4096


def write_segments(directory: Path, library_path: Path, keys: list[str], work: Work) -> list[Any]:
    """Write the documents with these content keys as segments and return their descriptions."""
    blocks = [keys[i : i + SEGMENT_DOCUMENTS] for i in range(0, len(keys), SEGMENT_DOCUMENTS)]
    written = CONTEXT.Value("q", 0)

    def tell() -> None:
        work.progress("index", written.value, len(keys))

    tell()
    jobs = min(work.jobs, len(blocks))
    count = _Counting(written, tell if jobs <= 1 else None)
    with worker_pool(jobs, count, tell) as run:
        segments = list(run(_write_block, ((directory, library_path, block) for block in blocks)))
    tell()
    return segments


def write_sidecars(directory: Path, work: Work) -> None:
    """Write what suggestions and completion need beside a finished index."""
    writers = (write_vocabulary, build_completions)
    work.progress("words", 0, len(writers))
    with worker_pool(min(work.jobs, len(writers)), _prepare_nothing) as run:
        for done, _ in enumerate(run(_call, ((writer, directory) for writer in writers)), 1):
            work.progress("words", done, len(writers))


def _prepare_nothing() -> None:
    """Start as it is: the process for a sidecar needs nothing ready."""


def _call(writer: Callable[[Path], None], directory: Path) -> None:
    writer(directory)


class _Counting:
    """Makes a process count the documents it writes in one number that all of them share."""

    current: ClassVar[_Counting]

    def __init__(self, counter: Any, tell: Callable[[], None] | None) -> None:
        self._counter = counter
        self._tell = tell

    def __call__(self) -> None:
        """Count in this process from now on."""
        _Counting.current = self

    def count(self) -> None:
        """Note that one more document was written."""
        with self._counter.get_lock():
            self._counter.value += 1
        if self._tell:
            self._tell()


def _write_block(directory: Path, library_path: Path, keys: list[str]) -> Any:
    with Library(library_path, writable=False) as library:
        return write_segment(directory, (_row(library, key) for key in keys))


def index_row(key: str, document: CouncilDocument) -> IndexRow:
    """Return a document as the index takes it, with the exact keys that it is found by."""
    return IndexRow(
        key=key,
        document=document,
        number_keys=own_number_keys(document.number, document.issued_on),
        facts=document_facts(document),
        title_spans=find_keys(clean_text(document.title)),
        text_spans=find_keys(document.text),
    )


def _row(library: Library, key: str) -> IndexRow:
    document = library.get_document(key)
    _Counting.current.count()
    return index_row(key, document)
