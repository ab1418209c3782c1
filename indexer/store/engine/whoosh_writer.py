"""Documents become segments of a Whoosh index; a table of contents names them.

Segments are written apart, in any process, and become an index by `publish_segments` alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from indexer.language.analysis import Passage, analyse, find_syllables, fold_positions
from indexer.language.text import clean_text
from indexer.store.schema import INDEX_NAME, NAME_FIELDS, index_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.records import CleanText, CouncilDocument
    from indexer.store.engine.protocol import IndexRow

# Whoosh's own 128 postings a block suit skipping; we read whole lists, so fewer blocks are quicker.
_BLOCK = 4096
_PACKING = 1


def create_index(directory: Path) -> None:
    """Write an index without documents."""
    FileIndex.create(FileStorage(str(directory)), index_schema(), INDEX_NAME)


def write_segment(directory: Path, rows: Iterable[IndexRow]) -> Any:
    """Write one segment and return its description.

    Nothing reads it before `publish_segments`; several processes may write at once.
    """
    index = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME)
    codec = W3Codec(blocklimit=_BLOCK, compression=_PACKING)
    # The index directory has one lock of its own, held by whoever builds (generations.py).
    writer = SegmentWriter(index, _lk=False, codec=codec, compound=False)
    writer.pool = _TermPool()
    for row in rows:
        writer.add_document(**index_fields(row))
    segment = writer._finalize_segment()  # noqa: SLF001 (as Whoosh's own MpWriter does)
    segment.set_doc_count(writer.doc_count())
    return segment


def index_fields(row: IndexRow) -> dict[str, Any]:
    """Return the values of the index's fields for one document."""
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
        "id": document.id,
        "hit": _listing(row.key, document),
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
        "day": document.issued_on.toordinal() if document.issued_on else 0,
        "category": document.category,
        "level": document.level,
        "kind": document.kind,
        "issuer": document.issuer or "",
    }


def publish_segments(directory: Path, new: list[Any], *, dropped: frozenset[str]) -> None:
    """Make the segments part of the index, and delete the documents with the dropped ids."""
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, INDEX_NAME)
    for segment in toc.segments:
        for number in _find_documents(storage, toc.schema, segment, dropped):
            segment.delete_document(number)
    segments = [s for s in toc.segments if s.doc_count()] + [s for s in new if s.doc_count()]
    generation = toc.generation + 1
    TOC(toc.schema, segments, generation).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, generation, segments)
    storage.temp_storage(f"{INDEX_NAME}.tmp").destroy()


def list_segments(directory: Path) -> list[tuple[int, list[str]]]:
    """Return (documents, their ids) of each segment of the index."""
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, INDEX_NAME)
    listing = []
    for segment in toc.segments:
        reader = SegmentReader(storage, toc.schema, segment)
        ids = [stored["hit"]["id"] for _number, stored in reader.iter_docs()]
        reader.close()
        listing.append((len(ids), ids))
    return listing


def _find_documents(
    storage: FileStorage, schema: Any, segment: Any, ids: frozenset[str]
) -> list[int]:
    reader = SegmentReader(storage, schema, segment)
    try:
        return [n for n, stored in reader.iter_docs() if stored["hit"]["id"] in ids] if ids else []
    finally:
        reader.close()


def _listing(key: str, document: CouncilDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "key": key,
        "title": document.title,
        "kind": document.kind,
        "category": document.category,
        "level": document.level,
        "number": document.number,
        "issuer": document.issuer,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "date_known": document.date_known,
        "publisher": document.publisher,
        "sample": document.sample,
    }


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


class _TermPool:
    """Gathers a segment's postings by term; Whoosh's own pool sorts every posting instead."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, list[tuple[int, float, bytes]]]] = {}

    @property
    def fieldnames(self) -> set[str]:
        return set(self._fields)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, document, weight, payload = item
        terms = self._fields.get(field)
        if terms is None:
            terms = self._fields[field] = defaultdict(list)
        terms[term].append((document, weight, payload))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            for term in sorted(terms):
                for document, weight, payload in terms.pop(term):
                    yield field, term, document, weight, payload

    def cleanup(self) -> None:
        self._fields.clear()
