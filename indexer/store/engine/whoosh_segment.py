"""Documents of a shard become a segment of Whoosh, which Whoosh 2.7.4 reads as one of its own.

Whoosh takes postings one Python call at a time and sorts them all; here they come sorted, and a
whole run of terms at once. The version is pinned, so that may be done from inside.
"""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import md5
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.system import pack_ushort

from indexer.store.array_file import map_arrays
from indexer.store.engine.protocol import HitRecord
from indexer.store.engine.shard_arrays import FIELDS, round_lengths
from indexer.store.engine.shard_runs import FieldRun, read_runs
from indexer.store.engine.shard_terms import packed_terms
from indexer.store.engine.whoosh_postings import write_run
from indexer.store.index_fields import FACET_COLUMNS, INDEX_NAME, SCORED_FIELDS
from indexer.store.schema import index_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]
    Lengths = Mapping[str, NDArray[np.int64]]

# One block for each term: its documents are read all at once, or not at all.
_BLOCK = 1 << 16
# Of a row in the table of terms: the lengths of its key and its value.
_ROW_HEAD = Struct("!ii")


class SegmentTask(NamedTuple):
    """A segment to write: the documents of a shard from `begin` to `end`."""

    id: str
    shard: str
    """Name of the shard's file."""
    begin: int
    end: int


class WrittenSegment(NamedTuple):
    """What a table of contents says of a segment."""

    id: str
    documents: int
    lengths: dict[str, int]
    """All documents' terms together, by field."""

    def describe(self) -> Any:
        """Return it as Whoosh's own object."""
        segment = W3Segment(_codec(), INDEX_NAME, self.documents, self.id)
        segment._fieldlengths = self.lengths  # noqa: SLF001 (as W3PerDocWriter.close does)
        return segment


def new_segment_id() -> str:
    """Return an id that no segment ever had."""
    return str(W3Segment._random_id())  # noqa: SLF001 (what Whoosh would take)


def write_whoosh_segment(directory: Path, task: SegmentTask) -> WrittenSegment:
    """Write a segment's files into the directory of its shard.

    Nothing reads them before a table of contents names them; several processes may write at once.
    """
    arrays = map_arrays(directory / task.shard)
    storage = FileStorage(str(directory))
    segment = W3Segment(_codec(), INDEX_NAME, task.end - task.begin, task.id)
    lengths = {name: _count_lengths(arrays, name, task) for name in SCORED_FIELDS}
    lengths = {name: column for name, column in lengths.items() if column.any()}
    _write_documents(storage, segment, _Documents.read(arrays, task.begin, task.end), lengths)
    _write_terms(storage, segment, arrays, task, lengths)
    sums = {name: int(column.sum()) for name, column in lengths.items()}
    return WrittenSegment(task.id, task.end - task.begin, sums)


def _codec() -> Any:
    return W3Codec(blocklimit=_BLOCK)


def _count_lengths(arrays: Arrays, field: str, task: SegmentTask) -> NDArray[np.int64]:
    """Return how many terms each document has in a field, repeated ones counted."""
    counts = np.zeros(task.end - task.begin, np.int64)
    for run in read_runs(arrays, field, task.begin, task.end):
        counts += np.bincount(run.documents, run.frequencies, len(counts)).astype(np.int64)
    return counts


class _Documents(NamedTuple):
    """What stands by document in a shard."""

    listings: list[bytes]
    days: list[int]
    facets: dict[str, list[bytes]]

    @classmethod
    def read(cls, arrays: Arrays, begin: int, end: int) -> _Documents:
        starts = arrays["listing_starts"][begin : end + 1]
        facets = {}
        for name in FACET_COLUMNS:
            values = packed_terms(arrays[f"values.{name}"], arrays[f"value_starts.{name}"])
            facets[name] = [values[code] for code in arrays[f"facet.{name}"][begin:end].tolist()]
        return cls(
            packed_terms(arrays["listing"][starts[0] : starts[-1]], starts - starts[0]),
            arrays["days"][begin:end].tolist(),
            facets,
        )


def _write_documents(storage: Any, segment: Any, documents: _Documents, lengths: Lengths) -> None:
    """Write what stands by document: listings, lengths, facets and days."""
    schema = index_schema()
    # Processes that write at once must not share a place for what is not finished.
    aside = storage.temp_storage(f"{segment.segment_id()}.tmp")
    writer = segment.codec().per_document_writer(_WithTemporary(storage, aside), segment)
    columns: dict[str, list[Any]] = {**documents.facets}
    columns["day"] = [schema["day"].to_column_value(day) for day in documents.days]
    counts = {name: column.tolist() for name, column in lengths.items()}
    for number, listing in enumerate(documents.listings):
        writer.start_doc(number)
        hit = HitRecord(*json.loads(listing))._asdict()
        writer.add_field("hit", schema["hit"], hit, 0)
        for name, column in counts.items():
            writer.add_field(name, schema[name], None, column[number])
        for name, values in columns.items():
            writer.add_column_value(name, schema[name].column_type, values[number])
        writer.finish_doc()
    writer.close()
    aside.destroy()


class _WithTemporary:
    """A storage that puts what is not finished into a place of its own."""

    def __init__(self, storage: Any, aside: Any) -> None:
        self.create_file = storage.create_file
        self._aside = aside

    def temp_storage(self, _name: str) -> Any:
        """Return the place, whatever name is asked for."""
        return self._aside


def _write_terms(
    storage: Any, segment: Any, arrays: Arrays, task: SegmentTask, lengths: Lengths
) -> None:
    """Write the terms with their postings, field by field in the order of the names."""
    schema = index_schema()
    writer = segment.codec().field_writer(storage, segment)
    documents = _Documents.read(arrays, task.begin, task.end)
    for name in sorted(schema.names()):
        held = round_lengths(lengths[name]).astype(np.int64) if name in lengths else None
        for run in _read_field(arrays, task, documents, name):
            _write_run(writer, name, schema[name], run, held)
    writer.close()


def _read_field(
    arrays: Arrays, task: SegmentTask, documents: _Documents, name: str
) -> Iterator[FieldRun]:
    if name in FIELDS:
        yield from read_runs(arrays, name, task.begin, task.end)
    elif name in FACET_COLUMNS and documents.days:
        yield _invert([value] for value in documents.facets[name])
    elif name == "day" and documents.days:
        kind = index_schema()[name]
        terms = {day: [term for term, *_ in kind.index(day)] for day in set(documents.days)}
        yield _invert(terms[day] for day in documents.days)


def _invert(values: Iterable[Iterable[bytes]]) -> FieldRun:
    """Return the postings of a field that holds these terms, once each, document by document."""
    holders: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, terms in enumerate(values):
        for term in terms:
            holders[term].append(number)
    names = sorted(holders)
    documents = np.array([n for name in names for n in holders[name]], np.int64)
    first = np.cumsum([0, *(len(holders[name]) for name in names)])
    return FieldRun(names, first, documents, np.ones(len(documents), np.int64))


def _write_run(
    writer: Any, name: str, kind: Any, run: FieldRun, lengths: NDArray[np.int64] | None
) -> None:
    # W3FieldWriter, but for its calls for each posting.
    writer.start_field(name, kind)
    prefix = pack_ushort(writer._fieldid)  # noqa: SLF001
    rows = write_run(writer._postfile, run, lengths)  # noqa: SLF001
    _add_terms(writer._tindex, ((prefix + term, info) for term, info in rows))  # noqa: SLF001
    writer.finish_field()


def _add_terms(table: Any, rows: Iterable[tuple[bytes, bytes]]) -> None:
    """Add rows to the table of terms, as its own method does one at a time."""
    place, written = table.dbfile.tell(), list[bytes]()
    for key, value in rows:
        written += (_ROW_HEAD.pack(len(key), len(value)), key, value)
        number = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        table.buckets[number & 255].append((number, place))
        table.index.append(place)
        table.lastkey = key
        place += _ROW_HEAD.size + len(key) + len(value)
    table.dbfile.write(b"".join(written))
