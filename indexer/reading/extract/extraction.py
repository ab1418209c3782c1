"""A source file becomes text: by its format first, then by OCR for the pages that are pictures.

Both are jobs of their own in the sandbox: formats may take 30 s and half a second a page, OCR a
minute a page. What OCR saw of a page is handed out, so that no page is recognised twice.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.page_frame import strip_page_frames
from indexer.reading.extract.sandbox import ODD_ANSWER, run_job
from indexer.reading.extract.sandbox_child import JobLimits
from indexer.reading.file_check import open_source, read_listed
from indexer.records import Attachment, ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from indexer.reading.extract.ocr_page import OcrPage
    from indexer.records import SourceFile
    from indexer.settings import ExtractLimits

EXTRACTION_VERSION = 3
"""Raised when the same bytes may give another text: what was read before is read anew."""

MOST_PAGES = 2_000
"""More pages than these earn no more time and are not recognised."""

_FAILURES = 3
_LETTER = re.compile(r"[^\W_]")


class Extraction(NamedTuple):
    """What reading a file gave."""

    text: ExtractedText
    new_ocr: tuple[OcrPage, ...] = ()
    """Pages that were recognised this time; the caller keeps them for the next."""
    trouble: str = ""
    """Why pages that OCR should have read are still among `text.scans`; "" for none."""


def preload() -> None:
    """Import the format libraries now, so that no child has to."""
    # Kept out of the module's head: `search` and the site never extract.
    from indexer.reading.extract import formats, ocr  # noqa: F401, PLC0415


def extract_file(
    source: SourceFile, limits: ExtractLimits, known_ocr: Mapping[int, OcrPage] | None = None
) -> Extraction:
    """Return the text of the file, read by child processes within the limits.

    `known_ocr` holds pages (from 0) of the same bytes that were recognised before.
    UnreadableSourceError when the file can't be read, breaks a limit or is no longer the one
    that was listed; SkippedSourceError when its type is not read, or needs OCR that is not
    installed. Reasons name no path.
    """
    preload()
    with open_source(source) as file:
        text = _read_text(file, source, limits)
        if not text.scans:
            return Extraction(text)
        return _read_scans(_Opened(file, source, limits), text, known_ocr or {})


class _Opened(NamedTuple):
    """A file at hand, and what reading it may cost."""

    file: BinaryIO
    source: SourceFile
    limits: ExtractLimits


def _read_text(file: BinaryIO, source: SourceFile, limits: ExtractLimits) -> ExtractedText:
    most = limits.seconds + limits.page_seconds * MOST_PAGES
    job = partial(_extract, file, source)
    with run_job(job, _job_limits(file, limits, limits.seconds, most)) as child:
        results = iter(child)
        try:
            pages = int(next(results, 0))
            child.allow(limits.seconds + limits.page_seconds * min(pages, MOST_PAGES))
            return _text_from_json(next(results, None))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableSourceError(ODD_ANSWER) from error


def _extract(file: BinaryIO, source: SourceFile) -> Iterator[Any]:
    """Yield how many pages earn time, then the text as plain values. Runs in the child."""
    from indexer.reading.extract.formats import extract_bytes  # noqa: PLC0415 - see preload
    from indexer.reading.extract.page_count import estimate_pages  # noqa: PLC0415

    data = read_listed(file, source)
    yield estimate_pages(data)
    yield _text_to_json(extract_bytes(data, source.path))


def _job_limits(file: BinaryIO, limits: ExtractLimits, seconds: float, most: float) -> JobLimits:
    return JobLimits(
        seconds=seconds,
        longest=most,
        memory_bytes=limits.memory_bytes,
        output_bytes=limits.output_bytes,
        data_bytes=file.seek(0, os.SEEK_END),
    )


def _read_scans(opened: _Opened, text: ExtractedText, known: Mapping[int, OcrPage]) -> Extraction:
    """Return the text with the pages filled that OCR knows or can recognise now."""
    from indexer.reading.extract.ocr import ocr_missing  # noqa: PLC0415 - see preload

    pages = {number: known[number] for number in text.scans if number in known}
    unread = sorted(set(text.scans) - set(pages))
    wanted, over = unread[:MOST_PAGES], unread[MOST_PAGES:]
    new: list[OcrPage] = []
    trouble = f"page {over[0] + 1} and later: {MOST_PAGES} are read at a time" if over else ""
    missing = ocr_missing()
    if wanted and not missing:
        new, broken = _recognise(opened, wanted)
        trouble = "; ".join(filter(None, [broken, trouble]))
        pages.update((page.number, page) for page in new)
    filled = _fill_pages(text, pages) if pages else text
    if any(_LETTER.search(page) for page in filled.pages):
        return Extraction(filled, tuple(new), trouble)
    raise _nothing_read(filled, missing, trouble)


def _nothing_read(
    text: ExtractedText, missing: str, trouble: str
) -> SkippedSourceError | UnreadableSourceError:
    if missing and text.scans:
        return SkippedSourceError(
            f"needs OCR: {len(text.scans)} page(s) are pictures without text; install it: {missing}"
        )
    return UnreadableSourceError(trouble or "holds no text; check that it is the right file")


def _recognise(opened: _Opened, wanted: Sequence[int]) -> tuple[list[OcrPage], str]:
    """Return the pages that OCR could read, and why not the others.

    A page that breaks its limits is left out, and a new child goes on behind it: one bad page
    must not cost a gazette of two hundred.
    """
    found: list[OcrPage] = []
    reasons: list[str] = []
    left = list(wanted)
    while left and len(reasons) < _FAILURES:
        try:
            for page in _recognise_in_child(opened, tuple(left)):
                found.append(page)
                # A page that was passed over comes no more.
                left = [number for number in left if number > page.number]
            break
        except UnreadableSourceError as error:
            reasons.append(f"page {left.pop(0) + 1}: {error}")
    done = {page.number for page in found}
    if not reasons and len(done) < len(wanted):
        first = next(number for number in wanted if number not in done)
        reasons = [f"page {first + 1}: not recognised in time"]
    return found, f"OCR stopped at {'; '.join(reasons)}" if reasons else ""


def _recognise_in_child(opened: _Opened, wanted: Sequence[int]) -> Iterator[OcrPage]:
    from indexer.reading.extract.ocr_page import page_from_json  # noqa: PLC0415 - see preload

    seconds = opened.limits.ocr_seconds
    limits = _job_limits(opened.file, opened.limits, seconds, seconds * (len(wanted) + 1))
    job = partial(_recognise_bytes, opened.file, opened.source, wanted)
    with run_job(job, limits._replace(setting="HDND_OCR_SECONDS")) as child:
        # No more answers are taken than there are pages, whatever became of the child.
        for number, result in zip(wanted, child, strict=False):
            child.allow(seconds)
            try:
                page = page_from_json(result)
            except (TypeError, ValueError) as error:
                raise UnreadableSourceError(ODD_ANSWER) from error
            if page.number < number or page.number not in wanted:
                raise UnreadableSourceError(ODD_ANSWER)
            yield page


def _recognise_bytes(file: BinaryIO, source: SourceFile, wanted: Sequence[int]) -> Iterator[Any]:
    """Yield each page's words as plain values. Runs in the child."""
    from indexer.reading.extract.ocr import recognise_pages  # noqa: PLC0415 - see preload
    from indexer.reading.extract.ocr_page import page_to_json  # noqa: PLC0415

    yield from map(page_to_json, recognise_pages(read_listed(file, source), wanted))


def _fill_pages(text: ExtractedText, pages: Mapping[int, OcrPage]) -> ExtractedText:
    """Return the text with these pages' words in their places, running heads taken off."""
    from indexer.reading.extract.ocr import ocr_engine  # noqa: PLC0415 - see preload
    from indexer.reading.extract.ocr_text import read_ocr_pages  # noqa: PLC0415

    numbers = sorted(pages)
    read = dict(zip(numbers, read_ocr_pages([pages[number] for number in numbers]), strict=True))
    lines = [
        list(read[at].lines) if at in read else page.split("\n")
        for at, page in enumerate(text.pages)
    ]
    texts, frame = strip_page_frames(lines)
    return replace(
        text,
        pages=tuple(texts),
        method=f"{text.method}, {ocr_engine()}",
        boilerplate="\n".join(filter(None, [text.boilerplate, frame])),
        scans=tuple(number for number in text.scans if number not in read),
        ocr={number: page.confidence for number, page in read.items()},
    )


def _text_to_json(text: ExtractedText) -> dict[str, Any]:
    return {
        "pages": text.pages,
        "media_type": text.media_type,
        "method": text.method,
        "title": text.title,
        "boilerplate": text.boilerplate,
        "hints": dict(text.hints),
        "attachments": text.attachments,
        "scans": text.scans,
    }


def _text_from_json(fields: Any) -> ExtractedText:
    return ExtractedText(
        **{
            **fields,
            "pages": tuple(fields["pages"]),
            "attachments": tuple(Attachment(*parts) for parts in fields["attachments"]),
            "scans": tuple(fields["scans"]),
        }
    )
