"""Web archives (.mht), as Word and old browsers save a page with its pictures."""

from __future__ import annotations

from dataclasses import replace
from email.parser import BytesParser
from email.policy import default
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.html import extract_html
from indexer.reading.extract.media_type import WEB_ARCHIVE

if TYPE_CHECKING:
    from email.message import Message

    from indexer.records import ExtractedText

_HEAD = 4096


def extract_web_archive(data: bytes) -> ExtractedText:
    """Return the text of the archive's first page, as `extract_html` gives it.

    UnreadableSourceError where no part of the archive is a page.
    """
    message = BytesParser(policy=default).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return replace(extract_html(_decode_page(part)), media_type=WEB_ARCHIVE)
    raise UnreadableSourceError("a web archive (.mht) without a page; save it again as HTML or PDF")


def _decode_page(part: Message) -> bytes:
    """Return the page's bytes, in UTF-8 where the archive, not the page, tells the encoding."""
    content = part.get_payload(decode=True)
    page = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if not charset or b"charset" in page[:_HEAD].lower():
        return page
    try:
        return b"\xef\xbb\xbf" + page.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return page
