"""Pages saved with their pictures."""

from __future__ import annotations

import base64

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.media_type import WEB_ARCHIVE
from indexer.reading.extract.web_archive import extract_web_archive

HEAD = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
TEXT = "Hội đồng nhân dân tỉnh thông qua nghị quyết về mức thu phí tham quan."


def archive(page: bytes, headers: str) -> bytes:
    """Return an archive of a picture and this page."""
    return (
        HEAD
        + b"--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b\n"
        + headers.encode()
        + b"\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(page)
        + b"\n--b--\n"
    )


@pytest.mark.parametrize(
    ("page", "headers"),
    [
        (f"<html><p>{TEXT}</p>".encode("utf-16"), 'Content-Type: text/html; charset="utf-16"'),
        (f"<html><p>{TEXT}</p>".encode(), "Content-Type: text/html"),
        (f"<html><meta charset=utf-8><p>{TEXT}</p>".encode(), "Content-Type: text/html; charset=x"),
        (f"<html><p>{TEXT}</p>".encode(), "Content-Type: text/html; charset=unknown"),
        (f"<html><p>{TEXT}</p>".encode(), "Content-Type: text/html; charset=ascii"),
    ],
)
def test_the_page_is_read_in_its_own_letters(page: bytes, headers: str) -> None:
    """The archive tells them where the page does not."""
    extracted = extract_web_archive(archive(page, headers))
    assert (extracted.pages[0], extracted.media_type) == (TEXT, WEB_ARCHIVE)


def test_an_archive_without_a_page_is_refused() -> None:
    """Pictures alone say nothing."""
    with pytest.raises(UnreadableSourceError, match="without a page"):
        extract_web_archive(archive(b"x", "Content-Type: text/css"))
