"""OpenDocument texts (.odt, .fodt), as LibreOffice saves them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import mend_legacy
from indexer.reading.extract.archive_check import check_archive
from indexer.reading.extract.letterhead import heads_right_column, split_columns
from indexer.reading.extract.media_type import ODT
from indexer.reading.extract.odt_body import OdtReader
from indexer.reading.extract.odt_styles import OdtStyles, name
from indexer.reading.extract.page_marks import PAGE, split_pages
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARTS = ("content.xml", "styles.xml", "meta.xml")
_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_HEADERS = tuple(map(name, ("style:header", "style:header-first", "style:header-left")))
_FOOTERS = tuple(map(name, ("style:footer", "style:footer-first", "style:footer-left")))
_LETTER = re.compile(r"[^\W\d_]")


def extract_odt(data: bytes) -> ExtractedText:
    """Return paragraphs, lists with their numbers, tables, text boxes and notes in their order.

    Revisions are taken as accepted, letters of old Vietnamese fonts made Unicode. Headers and
    footers are boilerplate, unless a letterhead stands in one. UnreadableSourceError when the
    archive is broken, locked or a bomb.
    """
    try:
        roots = [etree.fromstring(part, _PARSER) for part in _read_parts(data)]
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UnreadableSourceError(f"a broken .odt ({reason}); save it again") from error
    styles = OdtStyles(roots)
    letterhead, frame = _read_frames(roots, styles)
    pages = split_pages([*letterhead, *_body_lines(roots, styles)], _count_pages(roots))
    return ExtractedText(
        pages=tuple("\n".join(split_columns(page)).strip("\n") for page in pages),
        media_type=ODT,
        method="OpenDocument",
        title=mend_legacy(_find_title(roots)),
        boilerplate="\n".join(frame),
    )


def _read_parts(data: bytes) -> list[bytes]:
    """Return the archive's parts that matter; the file itself where it is one flat part."""
    if not data.startswith(b"PK"):
        return [data]
    check_archive(data, ".odt")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if _MANIFEST in names and _ENCRYPTED in archive.read(_MANIFEST):
            raise UnreadableSourceError("an .odt locked with a password; save it without one")
        return [archive.read(part) for part in _PARTS if part in names]


def _body_lines(roots: Sequence[Any], styles: OdtStyles) -> Iterator[str]:
    reader = OdtReader(styles)
    for root in roots:
        for body in root.iter(name("office:text")):
            yield from reader.read_lines(body)
    for at, note in enumerate(reader.notes, start=1):
        lines = () if note is None else OdtReader(styles).read_lines(note)
        yield f"[{at}] " + "\n".join(line for line in lines if line.strip() and line != PAGE)


def _read_frames(roots: Sequence[Any], styles: OdtStyles) -> tuple[list[str], list[str]]:
    """Return the lines of a letterhead that stands in a header, and those of all other frames."""
    letterhead: list[str] = []
    frame: list[str] = []
    for root in roots:
        for each in root.iter(*_HEADERS, *_FOOTERS):
            found = OdtReader(styles).read_lines(each)
            lines = [line.strip() for line in found if _LETTER.search(line)]
            header = each.tag in _HEADERS
            if header and not letterhead and any(map(heads_right_column, lines)):
                letterhead = lines
            else:
                frame += lines
    return letterhead, list(dict.fromkeys(line for line in frame if line not in letterhead))


def _find_title(roots: Sequence[Any]) -> str:
    found = (title.text for root in roots for title in root.iter(name("dc:title")))
    return next((text.strip() for text in found if text), "")


def _count_pages(roots: Sequence[Any]) -> int | None:
    for root in roots:
        for statistic in root.iter(name("meta:document-statistic")):
            pages = statistic.get(name("meta:page-count"), "")
            return int(pages) if re.fullmatch(r"\d{1,5}", pages) else None
    return None
