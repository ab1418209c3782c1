"""PDF, page by page: the text layer where there is one; scans are told apart for OCR."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.media_type import PDF
from indexer.reading.extract.page_frame import find_content
from indexer.reading.extract.paragraphs import join_paragraphs
from indexer.reading.extract.pdf_pages import read_pages
from indexer.reading.extract.text_layer import find_repeated, is_garbage, is_scan, is_watermark
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from indexer.reading.extract.pdf_layout import PageLayout


def extract_pdf(data: bytes) -> ExtractedText:
    """Return one text per page, scans told apart for OCR; running heads and stamps are boilerplate.

    UnreadableSourceError when the file is locked or broken, or holds neither text nor pictures.
    """
    pages, readers = read_pages(data)
    contents, scans = _part_scans(pages)
    kept, frame = find_content([[line.text for line in page.lines] for page in contents])
    texts = [
        "\n".join(join_paragraphs([page.lines[at] for at in places]))
        for page, places in zip(contents, kept, strict=True)
    ]
    if not scans and not any(texts):
        raise UnreadableSourceError(f"{len(pages)} page(s) without text or picture; check the file")
    stamps = [" ".join(stamp.split()) for page in pages for stamp in page.stamps]
    return ExtractedText(
        pages=tuple(texts),
        media_type=PDF,
        method=", ".join(f"{name} {version(name)}" for name in readers),
        boilerplate="\n".join(dict.fromkeys(filter(None, [frame, *stamps]))),
        scans=scans,
    )


def _part_scans(pages: list[PageLayout]) -> tuple[list[PageLayout], tuple[int, ...]]:
    """Return the pages without watermarks and garbage, and which of them OCR must read.

    The few good words over a picture stay, for want of better, where other pages have text.
    """
    repeated = find_repeated([[line.text for line in page.lines] for page in pages])
    contents = [_without_watermarks(page, repeated) for page in pages]
    texts = [[line.text for line in page.lines if line.text not in repeated] for page in pages]
    scans = tuple(
        number
        for number, (page, own) in enumerate(zip(pages, texts, strict=True))
        if is_scan(own, pictures=page.pictures, shapes=page.shapes)
    )
    for number in scans:
        own = texts[number]
        if len(scans) == len(pages) or is_garbage("\n".join(own), over_picture=True):
            contents[number] = contents[number]._replace(lines=[])
    return contents, scans


def _without_watermarks(page: PageLayout, repeated: frozenset[str]) -> PageLayout:
    return page._replace(lines=[ln for ln in page.lines if not is_watermark(ln.text, repeated)])
