"""Plain text: encoding told from the bytes, form feeds part the pages."""

from __future__ import annotations

from indexer.reading.decoding import decode_text
from indexer.reading.extract.date_stamp import take_date_stamp
from indexer.reading.extract.letterhead import split_columns
from indexer.reading.extract.media_type import PLAIN
from indexer.reading.extract.menu import strip_portal_frame
from indexer.records import ExtractedText


def extract_plain(data: bytes) -> ExtractedText:
    """Return the text page by page, a copied portal page without its menu and category heading.

    UnreadableSourceError when the encoding can't be told.
    """
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    framed = strip_portal_frame(text)
    # The stamp stays in the text: in a paper such a line is its own day.
    _, stamp = take_date_stamp(framed.content.split("\n"))
    hints = {"category": framed.category, "issued_on": stamp}
    pages = framed.content.strip("\f\n ").split("\f")
    return ExtractedText(
        pages=tuple("\n".join(split_columns(page.split("\n"))).strip("\n") for page in pages),
        media_type=PLAIN,
        method="plain text",
        boilerplate=framed.boilerplate,
        hints={name: value for name, value in hints.items() if value},
    )
