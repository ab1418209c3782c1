"""Segments written from arrays hold, to Whoosh's own readers, what Whoosh itself would write."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from indexer.store.engine import shard_runs
from indexer.store.engine.protocol import HitRecord
from indexer.store.engine.shard_arrays import ShardGatherer, write_shard
from indexer.store.engine.whoosh_segment import (
    SegmentTask,
    WrittenSegment,
    new_segment_id,
    write_whoosh_segment,
)
from indexer.store.index_fields import COUNTED_FIELDS, FACET_COLUMNS, INDEX_NAME, PLACED_FIELDS
from indexer.store.schema import index_schema
from tests.store.engine.drawn_documents import Gathered, draw_documents, gather

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_with_whoosh(directory: Path, rows: Sequence[Gathered]) -> Any:
    """Write the same documents through Whoosh's own segment writer and return its segment."""
    index = FileIndex.create(FileStorage(str(directory)), index_schema(), INDEX_NAME)
    writer = SegmentWriter(index, _lk=False, compound=False)
    for terms, day, listing in rows:
        facets = {name: getattr(listing, name) for name in FACET_COLUMNS}
        identity = next(iter(terms["id"]))
        # Pickles tell equal texts from the same text: the listing comes out of JSON in ours.
        hit = HitRecord(*json.loads(json.dumps(listing)))._asdict()
        writer.add_document(**{**terms, **facets, "id": identity, "day": day, "hit": hit})
    segment = writer._finalize_segment()
    segment.set_doc_count(writer.doc_count())
    return segment


def write_ours(directory: Path, arrays: Any, begin: int, end: int) -> WrittenSegment:
    """Write some documents of a shard as a segment."""
    name = write_shard(directory, arrays)
    return write_whoosh_segment(directory, SegmentTask(new_segment_id(), name, begin, end))


def read_segment(directory: Path, segment: Any) -> dict[str, Any]:
    """Return everything that Whoosh reads out of a segment."""
    schema = index_schema()
    reader = SegmentReader(FileStorage(str(directory)), schema, segment)
    told: dict[str, Any] = {"lengths": dict(segment._fieldlengths)}
    for field, term in reader.all_terms():
        info = reader.term_info(field, term)
        told[f"{field}:{term!r}"] = (
            (info.weight(), info.doc_frequency(), info.min_length(), info.max_length()),
            (info.max_weight(), info.min_id(), info.max_id()),
            read_postings(reader, field, term),
        )
    for number in range(reader.doc_count_all()):
        told[f"document {number}"] = reader.stored_fields(number)
        told[f"lengths {number}"] = [
            reader.doc_field_length(number, name) for name in schema.names()
        ]
    for name in (*FACET_COLUMNS, "day"):
        told[f"column {name}"] = list(reader.column_reader(name))
    reader.close()
    return told


def read_postings(reader: Any, field: str, term: bytes) -> list[tuple[int, float, Any]]:
    """Return a term's documents, weights and positions, as a search meets them."""
    matcher = reader.postings(field, term)
    postings = []
    while matcher.is_active():
        placed = field in PLACED_FIELDS
        places = matcher.value_as("positions") if placed else None
        postings.append((matcher.id(), matcher.weight(), places))
        matcher.next()
    return postings


@pytest.mark.parametrize("postings", [1 << 20, 3])
def test_whoosh_reads_what_it_would_have_written(
    monkeypatch: pytest.MonkeyPatch, postings: int
) -> None:
    """Of all documents of a shard or of some; however many postings are read at a time."""
    monkeypatch.setattr(shard_runs, "_POSTINGS", postings)

    @settings(max_examples=40)
    @given(draw_documents(), st.integers(0, 11), st.integers(1, 12))
    def check(rows: list[Gathered], begin: int, size: int) -> None:
        begin = min(begin, len(rows) - 1)
        chosen = rows[begin : begin + size]
        with TemporaryDirectory() as ours, TemporaryDirectory() as theirs:
            written = write_ours(Path(ours), gather(rows), begin, begin + len(chosen))
            expected = write_with_whoosh(Path(theirs), chosen)
            assert written.documents == len(chosen)
            assert read_segment(Path(ours), written.describe()) == read_segment(
                Path(theirs), expected
            )
            assert [path.name for path in Path(ours).iterdir() if path.is_dir()] == []

    check()


def test_a_segment_without_documents_can_be_written(tmp_path: Path) -> None:
    """An empty block is no special case."""
    written = write_ours(tmp_path, ShardGatherer().arrays(), 0, 0)
    assert written.documents == 0
    assert written.lengths == {}


def test_a_lone_surrogate_is_a_term_like_any_other(tmp_path: Path) -> None:
    """JSON allows ids and names that UTF-8 does not; neither stops a build."""
    gatherer = ShardGatherer()
    terms: dict[str, Any] = {name: {} for name in (*PLACED_FIELDS, *COUNTED_FIELDS)}
    listing = HitRecord(*["\ud800"] * len(HitRecord._fields))  # type: ignore[arg-type]
    gatherer.add(terms | {"id": {"\ud800": 1}}, 0, listing)
    assert write_ours(tmp_path, gatherer.arrays(), 0, 1).documents == 1
