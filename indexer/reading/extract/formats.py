"""The extractor of each media type. Importing this module loads all format libraries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.reading.decoding import refuse_old_letters
from indexer.reading.extract.docx import extract_docx
from indexer.reading.extract.html import extract_html
from indexer.reading.extract.media_type import DOCX, HTML, PDF, PLAIN, find_media_type
from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.plain import extract_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from indexer.records import ExtractedText

_EXTRACTORS: Mapping[str, Callable[[bytes], ExtractedText]] = {
    PDF: extract_pdf,
    DOCX: extract_docx,
    HTML: extract_html,
    PLAIN: extract_plain,
}
_LETTER = re.compile(r"[^\W_]")


def extract_bytes(data: bytes, path: str) -> ExtractedText:
    """Return the text of a file's bytes; its name only helps where the content is unclear.

    UnreadableSourceError and SkippedSourceError say why not; hostile bytes may raise anything
    and take any time, so that only `sandbox` should call this.
    """
    extracted = _EXTRACTORS[find_media_type(data, path)](data)
    if not any(_LETTER.search(page) for page in extracted.pages):
        raise UnreadableSourceError("holds no text; check that it is the right file")
    refuse_old_letters("\n".join(extracted.pages))
    return extracted
