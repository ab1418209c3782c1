"""PDF with a text layer, page by page; scans are told apart."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.media_type import PDF
from indexer.reading.extract.page_frame import find_repeated, strip_page_frames
from indexer.reading.extract.pdf_layout import PageLayout, read_pages
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST_LETTERS = 100
_PICTURE_SHARE = 0.4
# Vietnamese prose has marks on a quarter of its letters; foreign OCR of it on next to none.
_FEWEST_MARKED = 0.05


def extract_pdf(data: bytes) -> ExtractedText:
    """Return one text per page that has text; running heads and stamps are boilerplate.

    SkippedSourceError starting with "needs OCR" when no page has a text layer worth reading;
    UnreadableSourceError when the file is locked or broken.
    """
    pages = read_pages(data)
    if not pages:
        raise UnreadableSourceError("a PDF without pages; fetch or save it again")
    texts, frame = strip_page_frames(_take_text_pages(pages))
    stamps = [" ".join(stamp.split()) for page in pages for stamp in page.stamps]
    return ExtractedText(
        pages=tuple(texts),
        media_type=PDF,
        method=f"pdfminer.six {version('pdfminer.six')}",
        boilerplate="\n".join(dict.fromkeys(filter(None, [frame, *stamps]))),
    )


def _take_text_pages(pages: list[PageLayout]) -> list[list[str]]:
    """Return the lines of the pages that have a text layer; the others are pictures of pages."""
    repeated = find_repeated([page.lines for page in pages])
    texts = [page.lines for page in pages if not _is_scan(page, repeated)]
    if not any(_count_letters(lines, repeated) for lines in texts):
        raise SkippedSourceError(
            f"needs OCR: {len(pages)} page(s) but no text layer worth reading; "
            "give the PDF with text or the .docx, where there is one"
        )
    return texts


def _is_scan(page: PageLayout, repeated: frozenset[str]) -> bool:
    if page.pictures < _PICTURE_SHARE:
        return False
    letters = [letter for letter in "".join(page.lines) if letter.isalpha()]
    marked = sum(not letter.isascii() for letter in letters)
    little = _count_letters(page.lines, repeated) < _FEWEST_LETTERS
    return little or marked < _FEWEST_MARKED * len(letters)


def _count_letters(lines: Iterable[str], repeated: frozenset[str]) -> int:
    return sum(sum(map(str.isalpha, line)) for line in lines if line not in repeated)
