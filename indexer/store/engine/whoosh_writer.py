"""Documents become blocks, and blocks an index: shards for the engine, segments for Whoosh.

Blocks are gathered apart, in any process. They become part of the index in three steps: shards
are arranged, Whoosh's segments of the new ones are written, and a table of contents names them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files

from indexer.language.analysis import Passage, analyse, find_syllables, fold_positions
from indexer.language.text import clean_text
from indexer.store.array_file import map_arrays
from indexer.store.engine.protocol import HitRecord
from indexer.store.engine.shard_arrays import ENDING, ShardGatherer, write_shard
from indexer.store.engine.shard_drop import keep_documents
from indexer.store.engine.shard_files import ShardRow, read_live, read_shards, write_shards
from indexer.store.engine.shard_merge import merge_shards
from indexer.store.engine.shard_terms import find_documents
from indexer.store.engine.shard_tiers import Limits, Size, plan_groups
from indexer.store.engine.whoosh_segment import (
    SegmentTask,
    WrittenSegment,
    new_segment_id,
    write_whoosh_segment,
)
from indexer.store.index_fields import INDEX_NAME, NAME_FIELDS
from indexer.store.schema import index_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import CleanText, CouncilDocument
    from indexer.store.engine.protocol import IndexRow

_DEFAULT = Limits()


class Block(NamedTuple):
    """Documents written as a shard of their own, which belongs to no index yet."""

    file: str
    documents: int


def create_index(directory: Path) -> None:
    """Write an index without documents."""
    FileIndex.create(FileStorage(str(directory)), index_schema(), INDEX_NAME)
    write_shards(directory, (), np.empty(0, np.uint8))


def write_segment(directory: Path, rows: Iterable[IndexRow]) -> Block:
    """Write one block, of no more documents than a shard may have, and return its description.

    Nothing reads it before it is arranged; several processes may write at once.
    """
    gatherer = ShardGatherer()
    for row in rows:
        issued_on = row.document.issued_on
        day = issued_on.toordinal() if issued_on else 0
        gatherer.add(_index_terms(row), day, _listing(row.key, row.document))
    arrays = gatherer.arrays()
    return Block(write_shard(directory, arrays), len(arrays["days"]))


def publish_segments(
    directory: Path,
    new: Sequence[Block],
    *,
    dropped: frozenset[str],
    limits: Limits = _DEFAULT,
) -> None:
    """Make the blocks part of the index, and delete the documents with the dropped ids."""
    tasks = arrange_shards(directory, new, dropped=dropped, limits=limits)
    name_segments(directory, [write_whoosh_segment(directory, task) for task in tasks])


def _index_terms(row: IndexRow) -> dict[str, Mapping[str, Any]]:
    """Return the terms of one document by field: with positions, or with counts."""
    document = row.document
    title = clean_text(document.title)
    named = (document.number, document.issuer, document.publisher)
    names = clean_text(" ; ".join(name for name in named if name))
    terms = analyse(
        [
            Passage(title, row.title_spans),
            Passage(names),
            Passage(document.text, row.text_spans),
        ]
    )
    heading = _place(title)
    return {
        "id": {document.id: 1},
        "text": terms.exact,
        "text_folded": terms.folded,
        "bigrams": terms.bigrams,
        "compounds": terms.compounds,
        "keys": terms.keys,
        "title": heading,
        "title_folded": fold_positions(heading),
        "number_keys": row.number_keys,
        "facts": dict.fromkeys(row.facts, 1),
        **{f"{name}_words": _name_words(getattr(document, name)) for name in NAME_FIELDS},
    }


def _listing(key: str, document: CouncilDocument) -> HitRecord:
    return HitRecord(
        id=document.id,
        key=key,
        title=document.title,
        kind=document.kind,
        category=document.category,
        level=document.level,
        number=document.number,
        issuer=document.issuer,
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        date_known=document.date_known,
        publisher=document.publisher,
        sample=document.sample,
    )


def _name_words(name: str | None) -> dict[str, list[int]]:
    """Return a name's syllables, each under its accented and its bare form, with positions."""
    exact = _place(clean_text(name or ""))
    return exact | fold_positions(exact)


def _place(text: CleanText) -> dict[str, list[int]]:
    """Return the syllables of a short text with their positions."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, syllable in enumerate(find_syllables(text)):
        places[syllable.normal].append(position)
    return dict(places)


class _Part(NamedTuple):
    """A shard on its way into the next generation."""

    file: str
    live: NDArray[np.bool_]
    segments: tuple[str, ...] = ()
    """Those that are written; they hold its first documents."""
    unwritten: int = 0
    """How many documents at its end no segment holds."""


def arrange_shards(
    directory: Path,
    new: Sequence[Block],
    *,
    dropped: frozenset[str],
    limits: Limits = _DEFAULT,
) -> list[SegmentTask]:
    """Write the shards of the index with the blocks in it and without the dropped ids.

    Small ones are joined on the way (shard_tiers.py says which). Returns the segments that are
    still to be written before `name_segments`.
    """
    old = list(_read_parts(directory))
    for part in old:
        part.live[find_documents(map_arrays(directory / part.file), "id", dropped)] = False
    old = [part for part in old if part.live.any()]
    parts = [*old, *(_new_part(block) for block in new if block.documents)]
    sizes = [
        Size(len(p.live), int(np.count_nonzero(p.live)), (directory / p.file).stat().st_size)
        for p in parts
    ]
    groups = plan_groups(sizes, len(parts) - len(old), limits)
    joined = [
        _join(directory, parts[group.begin : group.end], compact=group.compact) for group in groups
    ]
    listed = [_plan_segments(part, limits.segment) for part in joined]
    live = np.concatenate([np.empty(0, bool), *(part.live for part in joined)])
    write_shards(directory, [row for row, _tasks in listed], live.astype(np.uint8))
    files = {part.file for part in joined}
    for path in directory.glob(f"*{ENDING}"):
        if path.name not in files:
            path.unlink()
    return [task for _row, tasks in listed for task in tasks]


def name_segments(directory: Path, written: Sequence[WrittenSegment]) -> None:
    """Write the table of contents: the segments of all shards, with what is deleted in them."""
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, INDEX_NAME)
    known = {segment.segid: segment for segment in toc.segments}
    known |= {segment.id: segment.describe() for segment in written}
    rows = read_shards(directory)
    segments = [known[name] for row in rows for name in row.segments]
    live, begin = read_live(directory, rows), 0
    for segment in segments:
        count = segment.doc_count_all()
        dead = np.flatnonzero(~live[begin : begin + count])
        segment._deleted = set(dead.tolist()) or None  # noqa: SLF001 (it would add them one by one)
        begin += count
    generation = toc.generation + 1
    TOC(toc.schema, segments, generation).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, generation, segments)


def _read_parts(directory: Path) -> Iterator[_Part]:
    rows = read_shards(directory)
    live, begin = read_live(directory, rows), 0
    for row in rows:
        yield _Part(row.file, live[begin : begin + row.documents], row.segments)
        begin += row.documents


def _new_part(block: Block) -> _Part:
    return _Part(block.file, np.ones(block.documents, bool), unwritten=block.documents)


def _join(directory: Path, parts: Sequence[_Part], *, compact: bool) -> _Part:
    """Return the parts as one."""
    if len(parts) == 1:
        return parts[0]
    arrays: list[Mapping[str, NDArray[Any]]] = [map_arrays(directory / p.file) for p in parts]
    if compact:
        arrays = [keep_documents(a, p.live) for a, p in zip(arrays, parts, strict=True)]
        live = np.ones(sum(len(each["days"]) for each in arrays), bool)
        return _Part(merge_shards(directory, arrays), live, unwritten=len(live))
    return _Part(
        merge_shards(directory, arrays),
        np.concatenate([part.live for part in parts]),
        tuple(name for part in parts for name in part.segments),
        sum(part.unwritten for part in parts),
    )


def _plan_segments(part: _Part, most: int) -> tuple[ShardRow, list[SegmentTask]]:
    """Return a shard's row, and the segments to write: as few as can be, all about as large."""
    end = len(part.live)
    count = -(-part.unwritten // most)
    bounds = np.linspace(end - part.unwritten, end, count + 1).astype(int).tolist()
    tasks = [SegmentTask(new_segment_id(), part.file, *span) for span in pairwise(bounds)]
    segments = (*part.segments, *(task.id for task in tasks))
    return ShardRow(part.file, end, segments), tasks
