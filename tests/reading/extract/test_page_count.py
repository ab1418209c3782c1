"""Pages earn time, claims of pages do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading.extract.media_type import OLE
from indexer.reading.extract.page_count import estimate_pages

if TYPE_CHECKING:
    from collections.abc import Callable


def test_pages_that_are_only_claimed_earn_none(
    make_pdf_of_objects: Callable[[list[bytes]], bytes],
) -> None:
    """A page takes room; a tree of pages may say anything."""
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 100000>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    forged = make_pdf_of_objects([b"<</Type/Catalog/Pages 2 0 R>>", tree, page])
    assert estimate_pages(forged) == 0
    assert estimate_pages(forged + bytes(100 * 512)) == 100
    assert estimate_pages(b"%PDF-1.4 nothing") == 0


def test_old_word_files_earn_time_by_their_size_up_to_a_minute() -> None:
    """LibreOffice is slow to start on a busy machine; garbage of the same size earns nothing."""
    assert estimate_pages(OLE + bytes(10_000_000)) == 120
    assert estimate_pages(bytes(10_000_000)) == 0
