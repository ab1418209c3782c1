"""The indexing stages in order, in parallel, with an honest report.

Reading: each source becomes a document in the library, or a refusal with its reason; what the
library holds already is not read again. Writing: blocks of documents become segments of the next
generation. Both run in `jobs` processes, and in source order whatever their number.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from indexer.errors import HdndError, SkippedSourceError
from indexer.reading.count import count_sources
from indexer.reading.extract import EXTRACTION_VERSION, extract_file, preload
from indexer.reading.metadata.number import number_keys
from indexer.reading.metadata.record import RECORD_VERSION, describe_entry, describe_file
from indexer.reading.sources import find_sources
from indexer.records import Refusal, SourceEntry, SourceFile
from indexer.store.engine.protocol import IndexRow
from indexer.store.engine.whoosh_writer import write_segment
from indexer.store.library import Library, Member
from indexer.workers import CONTEXT, worker_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.records import CouncilDocument, ExtractedText, Source
    from indexer.reports import Progress
    from indexer.settings import ExtractLimits

READING_VERSION = f"{EXTRACTION_VERSION}.{RECORD_VERSION}"
# A segment is gathered in memory: about 0.1 MB for each document of 550 syllables.
SEGMENT_DOCUMENTS = 4096
_ENTRIES_PER_TASK = 100
_DOCUMENTS_PER_COMMIT = 500


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody: the Progress of work that nobody watches."""


@dataclass(frozen=True, slots=True)
class Work:
    """How work is done: in how many processes, watched by whom, within which limits."""

    limits: ExtractLimits
    jobs: int = 1
    progress: Progress = silent


@dataclass(slots=True)
class ReadReport:
    """What became of a source; filled while it is read."""

    source: Path
    found: int = 0
    members: list[Member] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    cut_short: bool = False
    """The last item was refused: what an export held after it, nobody can tell."""
    fingerprint: str = ""
    places: dict[str, int] = field(default_factory=dict)
    """Each path's place in the source."""

    def refuse(self, refusal: Refusal) -> None:
        """Note an item that gave no document."""
        (self.skipped if refusal.skipped else self.failed).append(refusal)


class _Unread(NamedTuple):
    """What a worker is given of one source."""

    key: str
    source: Source
    extract: ExtractedText | None
    """Known from a reading before, when only the facts about the file changed."""


class _Reading(NamedTuple):
    """What a worker sends back for one source."""

    key: str
    extract: ExtractedText | None
    result: CouncilDocument | Refusal


class Fingerprint:
    """Sums up a source's content and the code that reads it, one source at a time."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(READING_VERSION.encode())

    def add(self, item: Source | Refusal) -> None:
        """Take in one item of `find_sources`."""
        name = f"{item.path}\n{item.reason}" if isinstance(item, Refusal) else content_key(item)
        self._digest.update(name.encode(errors="surrogatepass"))

    def value(self) -> str:
        """Return the sum so far."""
        return self._digest.hexdigest()


def content_key(source: Source) -> str:
    """Return the library key of what this code makes of this source."""
    stated = [
        READING_VERSION,
        source.id,
        # An entry's place in its export says nothing: lines move when one before them goes.
        source.path if isinstance(source, SourceFile) else "",
        source.sha256,
        sorted(source.facts.items()),
        source.origin,
        source.sample,
    ]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()


def read_sources(source: Path, library: Library, work: Work) -> ReadReport:
    """Read everything in the source into the library and return what became of each item.

    SourceError and ManifestError, before anything is read, when it can't be used at all.
    """
    report, total, saved = ReadReport(source), count_sources(source), 0
    refused: set[str] = set()
    with worker_pool(work.jobs, preload) as run:
        for readings in run(_read_batch, _tasks(report, library, work.limits)):
            refused.update(key for key in (_keep(library, r, report) for r in readings) if key)
            if report.found - saved >= _DOCUMENTS_PER_COMMIT:
                library.commit()
                saved = report.found
            work.progress("read", report.found, max(total, report.found))
    library.commit()
    report.members = [member for member in report.members if member.key not in refused]
    for refusals in (report.skipped, report.failed):
        # Processes finish in any order; the report keeps the source's.
        refusals.sort(key=lambda refusal: report.places[refusal.path])
    return report


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


def read_one(source: SourceFile, limits: ExtractLimits) -> CouncilDocument:
    """Return the record of one file; errors as `extract_file` raises them."""
    document: CouncilDocument = describe_file(source, extract_file(source, limits))
    return document


def _tasks(
    report: ReadReport, library: Library, limits: ExtractLimits
) -> Iterator[tuple[list[_Unread], ExtractLimits]]:
    """Yield what the library does not hold yet, and note every item on the way."""
    fingerprint = Fingerprint()
    batch: list[_Unread] = []
    for item in find_sources(report.source):
        report.places.setdefault(item.path, report.found)
        report.found += 1
        fingerprint.add(item)
        report.cut_short = isinstance(item, Refusal)
        if isinstance(item, Refusal):
            report.refuse(item)
            continue
        key = content_key(item)
        report.members.append(Member(item.id, key, item.path))
        if not library.has_document(key):
            batch.append(_Unread(key, item, _known_extract(library, item)))
        # Files are slow and stand alone; entries are quick and travel together.
        if batch and (isinstance(item, SourceFile) or len(batch) >= _ENTRIES_PER_TASK):
            yield batch, limits
            batch = []
    report.fingerprint = fingerprint.value()
    if batch:
        yield batch, limits


def _known_extract(library: Library, source: Source) -> ExtractedText | None:
    if isinstance(source, SourceEntry):
        return None
    return library.get_extract(source.sha256, EXTRACTION_VERSION)


def _read_batch(batch: list[_Unread], limits: ExtractLimits) -> list[_Reading]:
    return [_read(unread, limits) for unread in batch]


def _read(unread: _Unread, limits: ExtractLimits) -> _Reading:
    key, source, extract = unread
    try:
        if isinstance(source, SourceEntry):
            return _Reading(key, None, describe_entry(source))
        extract = extract or extract_file(source, limits)
        return _Reading(key, extract, describe_file(source, extract))
    except HdndError as error:
        skipped = isinstance(error, SkippedSourceError)
        return _Reading(key, None, Refusal(source.path, str(error), skipped))
    except Exception as error:  # noqa: BLE001 (one odd file must never end a batch of thousands)
        reason = f"{type(error).__name__} while reading its facts: {error}; please report the file"
        return _Reading(key, extract, Refusal(source.path, reason))


def _keep(library: Library, reading: _Reading, report: ReadReport) -> str | None:
    """Put a document into the library, or its refusal into the report; then return its key."""
    if isinstance(reading.result, Refusal):
        report.refuse(reading.result)
        return reading.key
    if reading.extract:
        library.put_extract(reading.result.sha256, EXTRACTION_VERSION, reading.extract)
    library.put_document(reading.key, reading.result)
    return None


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


def _row(library: Library, key: str) -> IndexRow:
    document = library.get_document(key)
    _Counting.current.count()
    return IndexRow(key, document, number_keys(document.number) if document.number else ())
