"""Documents of the library become blocks, and blocks a generation with all that it needs.

Blocks are written in `jobs` processes, and in their order whatever the number. Each is kept until
its generation serves, so that a build that was killed goes on where it stood.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from indexer.completions import build_completions
from indexer.language.text import clean_text
from indexer.reading.metadata.search_keys import document_facts, find_keys, own_number_keys
from indexer.store.blocks import BlockFolder
from indexer.store.engine.protocol import IndexRow
from indexer.store.engine.whoosh_segment import write_whoosh_segment
from indexer.store.engine.whoosh_writer import arrange_shards, name_segments, write_segment
from indexer.store.generations import BLOCKS, LIBRARY
from indexer.store.index_fields import SCHEMA_VERSION
from indexer.store.library import Library
from indexer.store.vocabulary import write_vocabulary
from indexer.workers import CONTEXT, worker_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.pipeline import Work
    from indexer.records import CouncilDocument
    from indexer.store.engine.whoosh_writer import Block

# Starting a process takes longer than writing so many documents.
_FEW_DOCUMENTS = 1000


def write_blocks(directory: Path, index: Path, keys: list[str], work: Work) -> list[Block]:
    """Write the documents with these content keys as blocks and return their descriptions."""
    with Library(index / LIBRARY, writable=False) as library:
        blocks = list(_cut_blocks(keys, library.packed_sizes(keys), work))
    written = CONTEXT.Value("q", 0)

    def tell() -> None:
        work.progress("index", written.value, len(keys))

    tell()
    jobs = min(work.jobs, len(blocks))
    count = _Counting(written, tell if jobs <= 1 else None)
    folder = BlockFolder(index / BLOCKS)
    names = [_name_block(block) for block in blocks]
    tasks = ((folder, index / LIBRARY, *task) for task in zip(names, blocks, strict=True))
    with worker_pool(jobs, count, tell) as run:
        finished = list(run(_write_block, tasks))
    for name in names:
        folder.link(name, directory)
    tell()
    return finished


def write_index(directory: Path, blocks: list[Block], dropped: frozenset[str], work: Work) -> None:
    """Make the blocks part of the generation, and write what suggestions and completion need."""
    work.progress("merge", 0, 1)
    segments = arrange_shards(directory, blocks, dropped=dropped)
    work.progress("merge", 1, 1)
    tasks = [(write_whoosh_segment, directory, segment) for segment in segments]
    # The shards are all that these look at. They are the quickest, so they come last.
    sidecars = [(writer, directory) for writer in (build_completions, write_vocabulary)]
    documents = sum(segment.end - segment.begin for segment in segments)
    jobs = min(work.jobs, len(tasks) + len(sidecars)) if documents > _FEW_DOCUMENTS else 1
    results: list[Any] = []
    with worker_pool(jobs, _prepare_nothing) as run:
        for result in run(_call, [*tasks, *sidecars]):
            work.progress("write", len(results), len(tasks) + len(sidecars))
            results.append(result)
    name_segments(directory, results[: len(tasks)])
    work.progress("write", len(results), len(results))


def _prepare_nothing() -> None:
    """Start as it is: the process needs nothing ready."""


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _cut_blocks(keys: list[str], sizes: dict[str, int], work: Work) -> Iterator[list[str]]:
    """Yield the keys in blocks that are gathered in memory: few documents, or little text."""
    block: list[str] = []
    held = 0
    for key in keys:
        size = sizes.get(key, 0)
        if block and (len(block) == work.block_documents or held + size > work.block_bytes):
            yield block
            block, held = [], 0
        block.append(key)
        held += size
    if block:
        yield block


def _name_block(keys: list[str]) -> str:
    """Return a name that only these documents' block has, written by this code."""
    return hashlib.sha256("\n".join([str(SCHEMA_VERSION), *keys]).encode()).hexdigest()


class _Counting:
    """Makes a process count the documents it writes in one number that all of them share."""

    current: ClassVar[_Counting]

    def __init__(self, counter: Any, tell: Callable[[], None] | None) -> None:
        self._counter = counter
        self._tell = tell

    def __call__(self) -> None:
        """Count in this process from now on."""
        _Counting.current = self

    def count(self, documents: int) -> None:
        """Note that so many more documents are written."""
        with self._counter.get_lock():
            self._counter.value += documents
        if self._tell:
            self._tell()


def _write_block(folder: BlockFolder, library_path: Path, name: str, keys: list[str]) -> Block:
    """Write a block, or take the one that a build left which was killed."""
    found = folder.find(name)
    if found:
        _Counting.current.count(found.documents)
        return found

    def write(directory: Path) -> Block:
        with Library(library_path, writable=False) as library:
            return write_segment(directory, (_row(library, key) for key in keys))

    return folder.write(name, write)


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
    _Counting.current.count(1)
    return index_row(key, document)
