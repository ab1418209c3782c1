"""How many pages a file may well have: they earn time, so that a claim alone must not count."""

from __future__ import annotations

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.media_type import OLE, is_pdf
from indexer.reading.extract.pdf_fallback import FallbackReader

# A page tree may state any number; pages that are there take at least this much of the file.
_BYTES_OF_A_PAGE = 512
# On a busy machine LibreOffice needs more time for a large file; pictures may make it large, too.
_BYTES_OF_A_WORD_PAGE = 20_000
_MOST_WORD_PAGES = 120


def estimate_pages(data: bytes) -> int:
    """Return the pages of a PDF, or of an old Word file by its size; 0 for all others.

    >>> estimate_pages(OLE + bytes(200_000)), estimate_pages(b"Tin")
    (10, 0)
    """
    if data.startswith(OLE):
        return min(len(data) // _BYTES_OF_A_WORD_PAGE, _MOST_WORD_PAGES)
    if not is_pdf(data):
        return 0
    try:
        return min(FallbackReader(data).count_pages(), len(data) // _BYTES_OF_A_PAGE)
    except UnreadableSourceError:
        return 0
