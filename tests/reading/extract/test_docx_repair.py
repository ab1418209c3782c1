"""Documents of Word whose references lead nowhere."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.docx import extract_docx

if TYPE_CHECKING:
    from collections.abc import Callable

_IMAGE = (
    b'<Relationship Id="rId99" Target="NULL" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/image"/></Relationships>'
)
_LINK = (
    b'<Relationship Id="rId98" Target="https://mau.vn/NULL" TargetMode="External" Type="http://'
    b'schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
)


def write(change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """Return a document of one line with its parts changed; None leaves a part out."""
    made, changed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Nghị quyết mẫu")
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if kept := change(name, old.read(name)):
                new.writestr(*kept)
    return changed.getvalue()


def test_a_picture_that_was_never_fetched_does_no_harm() -> None:
    """Programs write "NULL" for it; links out of the document stay as they are."""

    def refer(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "word/_rels/document.xml.rels":
            part = part.replace(b"</Relationships>", _LINK).replace(b"</Relationships>", _IMAGE)
        return name, part

    assert extract_docx(write(refer)).pages == ("Nghị quyết mẫu",)


@pytest.mark.parametrize("left_out", ["docProps", "styles.xml"])
def test_parts_that_say_nothing_of_the_text_may_be_missing(left_out: str) -> None:
    """Properties and styles are named, but not there."""
    data = write(lambda name, part: None if left_out in name else (name, part))
    assert extract_docx(data).pages == ("Nghị quyết mẫu",)


def test_names_of_parts_may_be_written_for_windows() -> None:
    """Old programs did."""
    data = write(lambda name, part: (name.replace("/", "\\"), part))
    assert extract_docx(data).pages == ("Nghị quyết mẫu",)


def test_a_document_without_its_text_is_a_failure() -> None:
    """Nothing can stand in for that."""
    data = write(lambda name, part: None if name == "word/document.xml" else (name, part))
    with pytest.raises(UnreadableSourceError, match=r"broken \.docx"):
        extract_docx(data)
