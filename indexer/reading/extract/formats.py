"""The extractor of each media type. Importing this module loads all format libraries."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import mend_legacy
from indexer.reading.extract.docx import extract_docx
from indexer.reading.extract.html import extract_html
from indexer.reading.extract.media_type import (
    DOC,
    DOCX,
    HTML,
    JPEG,
    ODT,
    PDF,
    PLAIN,
    PNG,
    RTF,
    TIFF,
    WEB_ARCHIVE,
    WORD_XML,
    find_media_type,
)
from indexer.reading.extract.ocr_picture import extract_picture
from indexer.reading.extract.odt import extract_odt
from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.plain import extract_plain
from indexer.reading.extract.rtf import extract_rtf
from indexer.reading.extract.web_archive import extract_web_archive
from indexer.reading.extract.word_binary import extract_doc, extract_word_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from indexer.records import ExtractedText

_EXTRACTORS: Mapping[str, Callable[[bytes], ExtractedText]] = {
    PDF: extract_pdf,
    DOCX: extract_docx,
    DOC: extract_doc,
    WORD_XML: extract_word_xml,
    RTF: extract_rtf,
    ODT: extract_odt,
    WEB_ARCHIVE: extract_web_archive,
    HTML: extract_html,
    PLAIN: extract_plain,
    PNG: extract_picture,
    JPEG: extract_picture,
    TIFF: extract_picture,
}
_LETTER = re.compile(r"[^\W_]")
_SPOILT = "\ufffd"
_PAGE_BREAK = "\n\f\n"


def extract_bytes(data: bytes, path: str) -> ExtractedText:
    """Return the text of a file's bytes; its name only helps where the content is unclear.

    UnreadableSourceError and SkippedSourceError say why not; hostile bytes may raise anything
    and take any time, so that only `sandbox` should call this.
    """
    extracted = _EXTRACTORS[find_media_type(data, path)](data)
    if not extracted.scans and not any(_LETTER.search(page) for page in extracted.pages):
        raise UnreadableSourceError("holds no text; check that it is the right file")
    return _decode_old_letters(extracted)


def _decode_old_letters(extracted: ExtractedText) -> ExtractedText:
    """Return the text in Unicode, also where a format lost the names of its old fonts."""
    # Together: what one page leaves in doubt, another one tells.
    pages = mend_legacy(_PAGE_BREAK.join(extracted.pages)).split(_PAGE_BREAK)
    # A title in old letters that a program has spoilt says nothing any more.
    title = "" if _SPOILT in extracted.title else mend_legacy(extracted.title)
    return replace(extracted, pages=tuple(pages), title=title)
