"""ZIP-based documents before they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract import archive_check
from indexer.reading.extract.archive_check import check_archive

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_honest_archive_may_be_opened(make_zip: Callable[..., bytes]) -> None:
    """Blanks shrink a lot without any harm."""
    check_archive(make_zip({"word/document.xml": b"<a/>" + b" " * 2**20}), ".docx")


def test_many_parts_that_add_up_are_refused(
    make_zip: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole counts, not only each part."""
    packed = make_zip({f"word/{at}.xml": b"x" * 1000 for at in range(20)})
    monkeypatch.setattr(archive_check, "_MOST_BYTES", 10_000)
    with pytest.raises(UnreadableSourceError, match="more than 0 MiB"):
        check_archive(packed, ".docx")


def test_too_many_parts_are_refused(
    make_zip: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs time, however small."""
    packed = make_zip({f"word/{at}.xml": b"" for at in range(20)})
    monkeypatch.setattr(archive_check, "_MOST_ENTRIES", 10)
    with pytest.raises(UnreadableSourceError, match=r"holds 20 parts, more than any real \.odt"):
        check_archive(packed, ".odt")


def test_a_locked_archive_is_refused(make_zip: Callable[..., bytes]) -> None:
    """Without its password there is nothing to read."""
    packed = bytearray(make_zip({"content.xml": b"x"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableSourceError, match="password"):
        check_archive(bytes(packed), ".odt")
