"""Word documents (.docx). With its neighbours `docx_*`, the only door to python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml.etree import LxmlError

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import mend_legacy
from indexer.reading.extract.archive_check import check_archive
from indexer.reading.extract.docx_body import BodyReader
from indexer.reading.extract.docx_numbering import Numbering
from indexer.reading.extract.docx_repair import drop_dangling
from indexer.reading.extract.docx_styles import Styles
from indexer.reading.extract.letterhead import heads_right_column, split_columns
from indexer.reading.extract.media_type import DOCX
from indexer.reading.extract.page_marks import PAGE, split_pages
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator

# With macros, or saved as a template: the same parts under other types.
for _type in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
):
    PartFactory.part_type_for[_type] = DocumentPart

_BROKEN = (OpcError, LxmlError, zipfile.BadZipFile, AttributeError, KeyError, ValueError)
_NOTE_KINDS = {"footnotes": qn("w:footnote"), "endnotes": qn("w:endnote")}
_NOTE_ID = qn("w:id")
_LETTER = re.compile(r"[^\W\d_]")
_PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d{1,5})</")


def extract_docx(data: bytes) -> ExtractedText:
    """Return paragraphs, tables, text boxes and notes in document order.

    The numbers of lists are written out, revisions taken as accepted, letters of old Vietnamese
    fonts made Unicode. Headers and footers are boilerplate, unless a letterhead stands in one.
    UnreadableSourceError when the archive is broken or would unpack to more than it may, which
    is found out before unpacking.
    """
    check_archive(data, ".docx")
    try:
        package = _open_package(data)
        document = package.main_document_part.document
        letterhead, frame = _read_frames(document)
        lines = [*letterhead, *_body_lines(document)]
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:120]
        raise UnreadableSourceError(f"a broken .docx ({reason}); save it again in Word") from error
    pages = split_pages(lines, _count_pages(package))
    return ExtractedText(
        pages=tuple("\n".join(split_columns(page)).strip("\n") for page in pages),
        media_type=DOCX,
        method=f"python-docx {version('python-docx')}",
        title=_read_title(package),
        boilerplate="\n".join(frame),
    )


def _open_package(data: bytes) -> Any:
    try:
        package = Package.open(io.BytesIO(data))
        package.main_document_part  # noqa: B018 - raises where no reference leads to it
    except KeyError:
        return Package.open(io.BytesIO(drop_dangling(data)))
    return package


def _body_lines(document: Any) -> Iterator[str]:
    reader = _make_reader(document)
    yield from reader.read_lines(document.element.body)
    if reader.notes:
        notes = {kind: _find_notes(document, kind) for kind in _NOTE_KINDS}
        # Its lists are not those of the body.
        reader_of_notes = _make_reader(document)
        for at, (kind, note) in enumerate(reader.notes, start=1):
            lines = reader_of_notes.read_lines(notes[kind].get(note, ()))
            said = "\n".join(line for line in lines if line.strip() and line != PAGE)
            yield f"[{at}] {said.strip()}"


def _make_reader(document: Any) -> BodyReader:
    styles = Styles(_find_part(document, "styles"))
    return BodyReader(styles, Numbering(_find_part(document, "numbering"), styles))


def _find_part(document: Any, kind: str) -> Any | None:
    """Return the root of the part that the document refers to as of that kind; None for none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part = relation.target_part
            return part.element if hasattr(part, "element") else parse_xml(part.blob)
    return None


def _find_notes(document: Any, kind: str) -> dict[str, Any]:
    root = _find_part(document, kind)
    found = () if root is None else root.iterchildren(_NOTE_KINDS[kind])
    return {note.get(_NOTE_ID, ""): note for note in found}


def _read_frames(document: Any) -> tuple[list[str], list[str]]:
    """Return the lines of a letterhead that stands in a header, and those of all other frames.

    Of headers and footers only lines count that hold more than a page number.
    """
    letterhead: list[str] = []
    frame: list[str] = []
    for section in document.sections:
        headers = (section.first_page_header, section.header, section.even_page_header)
        footers = (section.first_page_footer, section.footer, section.even_page_footer)
        for each in chain(headers, footers):
            # Linked ones repeat the section before.
            lines = [] if each.is_linked_to_previous else _frame_lines(document, each)
            if each in headers and not letterhead and any(map(heads_right_column, lines)):
                letterhead = lines
            else:
                frame += lines
    return letterhead, list(dict.fromkeys(line for line in frame if line not in letterhead))


def _frame_lines(document: Any, frame: Any) -> list[str]:
    lines = _make_reader(document).read_lines(frame._element)  # noqa: SLF001 - the only way to text boxes and tables in order
    return [line.strip() for line in lines if _LETTER.search(line)]


def _read_title(package: Any) -> str:
    """Return the title among the document's properties; "" where it has none."""
    try:
        properties = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        # python-docx would make up "Word Document".
        return ""
    return mend_legacy(properties.core_properties.title.strip())


def _count_pages(package: Any) -> int | None:
    """Return how many pages the program counted that saved the document; None if it didn't."""
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            found = _PAGES.search(part.blob)
            return int(found[1]) if found else None
    return None
