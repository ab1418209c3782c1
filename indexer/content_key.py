"""What makes a document: a source's bytes, what is said about it, and the code that reads it.

The library keeps documents under this key, so that what did not change is not read again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from indexer.reading.export import KnownEntry
from indexer.reading.extract import EXTRACTION_VERSION
from indexer.reading.extract.ocr import ocr_missing
from indexer.reading.metadata.record import RECORD_VERSION
from indexer.records import Refusal, SourceFile

if TYPE_CHECKING:
    from indexer.records import Source

READING_VERSION = f"{EXTRACTION_VERSION}.{RECORD_VERSION}"


class Fingerprint:
    """Sums up a source's content and the code that reads it, one source at a time."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(READING_VERSION.encode())

    def add(self, item: Source | KnownEntry | Refusal) -> str:
        """Take in one item of `find_changes` and return its content key, "" for a refusal."""
        if isinstance(item, Refusal):
            key, name = "", f"{item.path}\n{item.reason}"
        else:
            key = name = item.key if isinstance(item, KnownEntry) else content_key(item)
        self._digest.update(name.encode(errors="surrogatepass"))
        return key

    def value(self) -> str:
        """Return the sum so far."""
        return self._digest.hexdigest()


def content_key(source: Source) -> str:
    """Return the library key of what this code makes of this source."""
    is_file = isinstance(source, SourceFile)
    stated = [
        READING_VERSION,
        # What was left unread without OCR is read once it is installed.
        is_file and not ocr_missing(),
        source.id,
        # An entry's place in its export says nothing: lines move when one before them goes.
        source.path if is_file else "",
        source.sha256,
        sorted(source.facts.items()),
        sorted(source.corrections.items()),
        source.origin,
        source.sample,
    ]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()
