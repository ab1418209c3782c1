"""The indexing stages in order, in parallel, with an honest report.

Reading: each source becomes a document in the library, or a refusal with its reason; what the
library holds already is not read again. Writing: blocks of documents become segments of the next
generation. Both run in `jobs` processes, and in source order whatever their number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from indexer.content_key import Fingerprint
from indexer.errors import HdndError, SkippedSourceError
from indexer.known_lines import ReadLine
from indexer.reading.count import count_sources
from indexer.reading.export import KnownEntry
from indexer.reading.extract import EXTRACTION_VERSION, Extraction, extract_file, preload
from indexer.reading.extract.ocr import ocr_missing
from indexer.reading.extract.ocr_page import OCR_VERSION, page_from_json, page_to_json
from indexer.reading.metadata.record import describe_entry, describe_file
from indexer.reading.sources import find_changes
from indexer.records import Refusal, SourceEntry, SourceFile
from indexer.store.library import Library, Member
from indexer.workers import worker_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from indexer.reading.export import Recall
    from indexer.records import CouncilDocument, ExtractedText, Source
    from indexer.reports import Progress
    from indexer.settings import ExtractLimits

_Item = TypeVar("_Item")

_ENTRIES_PER_TASK = 100
# Starting processes takes longer than reading so many batches of entries.
_FEW_TASKS = 3
_DOCUMENTS_PER_COMMIT = 500
BLOCK_DOCUMENTS = 4096


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody: the Progress of work that nobody watches."""


@dataclass(frozen=True, slots=True)
class Work:
    """How work is done: in how many processes, watched by whom, within which limits."""

    limits: ExtractLimits
    jobs: int = 1
    progress: Progress = silent
    block_documents: int = BLOCK_DOCUMENTS
    """How many documents are written at a time; they are gathered in memory."""
    block_bytes: int = 16 * 2**20
    """How much packed text, about a third of the plain one, is written at a time."""


@dataclass(slots=True)
class ReadReport:
    """What became of a source; filled while it is read."""

    source: Path
    found: int = 0
    members: list[Member] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    partly: list[Refusal] = field(default_factory=list)
    """Documents of which some pages could not be read, and why."""
    cut_short: bool = False
    """The last item was refused: what an export held after it, nobody can tell."""
    fingerprint: str = ""
    lines: list[ReadLine] = field(default_factory=list)
    """What each line of an export gave."""
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
    ocr: Mapping[int, str]
    """What OCR saw on its pages before, as JSON."""


class _Reading(NamedTuple):
    """What a worker sends back for one source."""

    key: str
    sha256: str
    extract: ExtractedText | None
    result: CouncilDocument | Refusal
    ocr: Mapping[int, str] = {}
    """What OCR saw this time."""
    trouble: str = ""
    """Why some of its pages are unread."""


def read_sources(
    source: Path, library: Library, work: Work, recall: Recall, expected: int = 0
) -> ReadReport:
    """Read everything in the source into the library and return what became of each item.

    SourceError and ManifestError, before anything is read, when it can't be used at all. Lines of
    an export that are recalled are in the library. Whoever knows how much to expect spares the
    counting, which is for progress alone.
    """
    report, saved = ReadReport(source), 0
    work.progress("read", 0, expected)
    total = expected or count_sources(source)
    refused: set[str] = set()

    def tell() -> None:
        work.progress("read", report.found, max(total, report.found))

    tasks = _tasks(report, library, work.limits, recall, tell)
    first = list(islice(tasks, _FEW_TASKS))
    few = len(first) < _FEW_TASKS and not any(_holds_files(batch) for batch, _limits in first)
    with worker_pool(1 if few else work.jobs, _prepare_nothing if few else preload) as run:
        for readings in run(_read_batch, chain(first, tasks)):
            refused.update(key for key in (_keep(library, r, report) for r in readings) if key)
            if report.found - saved >= _DOCUMENTS_PER_COMMIT:
                library.commit()
                saved = report.found
            tell()
    library.commit()
    report.members = [member for member in report.members if member.key not in refused]
    for refusals in (report.skipped, report.failed, report.partly):
        # Processes finish in any order; the report keeps the source's.
        refusals.sort(key=lambda refusal: report.places[refusal.path])
    return report


def read_one(source: SourceFile, limits: ExtractLimits) -> CouncilDocument:
    """Return the record of one file; errors as `extract_file` raises them."""
    document: CouncilDocument = describe_file(source, extract_file(source, limits).text)
    return document


def _tasks(
    report: ReadReport,
    library: Library,
    limits: ExtractLimits,
    recall: Recall,
    tell: Callable[[], None],
) -> Iterator[tuple[list[_Unread], ExtractLimits]]:
    """Yield what the library does not hold yet, and note every item on the way."""
    fingerprint = Fingerprint()
    unread: list[_Unread] = []
    for items in _batches(find_changes(report.source, recall)):
        taken: list[tuple[str, Source]] = []
        for item in items:
            report.places.setdefault(item.path, report.found)
            report.found += 1
            key = fingerprint.add(item)
            if isinstance(item, Refusal):
                # A correction that fits nothing is told behind the last document.
                report.cut_short = report.cut_short if item.skipped else True
                report.refuse(item)
                continue
            report.cut_short = False
            report.members.append(Member(item.id, key, item.path))
            if not isinstance(item, KnownEntry):
                taken.append((key, item))
            if not isinstance(item, SourceFile) and not getattr(item, "corrections", None):
                report.lines.append(ReadLine(bytes.fromhex(item.sha256), item.id, key))
        known = library.which_documents(key for key, _item in taken)
        unread += [_unread(library, key, item) for key, item in taken if key not in known]
        tell()
        if _holds_files(unread) or len(unread) >= _ENTRIES_PER_TASK:
            yield unread, limits
            unread = []
    report.fingerprint = fingerprint.value()
    if unread:
        yield unread, limits


def _holds_files(batch: list[_Unread]) -> bool:
    return any(isinstance(unread.source, SourceFile) for unread in batch)


def _prepare_nothing() -> None:
    """Start as it is: entries need nothing of what reads files."""


def _batches(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    """Yield the items in batches: files are slow and stand alone, entries travel together."""
    batch: list[_Item] = []
    for item in items:
        batch.append(item)
        if isinstance(item, SourceFile) or len(batch) >= _ENTRIES_PER_TASK:
            yield batch
            batch = []
    if batch:
        yield batch


def _unread(library: Library, key: str, source: Source) -> _Unread:
    if isinstance(source, SourceEntry):
        return _Unread(key, source, None, {})
    extract = library.get_extract(source.sha256, EXTRACTION_VERSION)
    if extract and extract.scans and not ocr_missing():
        extract = None
    return _Unread(key, source, extract, library.get_ocr(source.sha256, OCR_VERSION))


def _read_batch(batch: list[_Unread], limits: ExtractLimits) -> list[_Reading]:
    return [_read(unread, limits) for unread in batch]


def _read(unread: _Unread, limits: ExtractLimits) -> _Reading:
    key, source, extract, _ = unread
    new_ocr: dict[int, str] = {}
    try:
        if isinstance(source, SourceEntry):
            return _Reading(key, source.sha256, None, describe_entry(source))
        extraction = Extraction(extract) if extract else _extract(source, limits, unread.ocr)
        extract = extraction.text
        new_ocr = {page.number: json.dumps(page_to_json(page)) for page in extraction.new_ocr}
        trouble = extraction.trouble or _needs_ocr(extract)
        document = describe_file(source, extract)
        return _Reading(key, source.sha256, extract, document, new_ocr, trouble)
    except HdndError as error:
        skipped = isinstance(error, SkippedSourceError)
        return _Reading(key, source.sha256, None, Refusal(source.path, str(error), skipped))
    except Exception as error:  # noqa: BLE001 (one odd file must never end a batch of thousands)
        reason = f"{type(error).__name__} while reading its facts: {error}; please report the file"
        refusal = Refusal(source.path, reason)
        return _Reading(key, source.sha256, extract, refusal, new_ocr)


def _extract(source: SourceFile, limits: ExtractLimits, ocr: Mapping[int, str]) -> Extraction:
    known = {page: page_from_json(json.loads(words)) for page, words in ocr.items()}
    return extract_file(source, limits, known)


def _needs_ocr(text: ExtractedText) -> str:
    if not text.scans:
        return ""
    pages = ", ".join(str(page + 1) for page in text.scans)
    return f"needs OCR: pages {pages} are pictures without text; install it: {ocr_missing()}"


def _keep(library: Library, reading: _Reading, report: ReadReport) -> str | None:
    """Put a document into the library, or its refusal into the report; then return its key."""
    result = reading.result
    for page, words in reading.ocr.items():
        library.put_ocr(reading.sha256, OCR_VERSION, page, words)
    if reading.extract:
        library.put_extract(reading.sha256, EXTRACTION_VERSION, reading.extract)
    if not isinstance(result, Refusal):
        library.put_document(reading.key, result)
    if reading.ocr:
        # Minutes of work, which a process killed later must not lose.
        library.commit()
    if isinstance(result, Refusal):
        report.refuse(result)
        return reading.key
    if reading.trouble:
        report.partly.append(Refusal(result.path, reading.trouble, skipped=True))
    return None
