"""Rich text (.rtf), also under the name .doc: read here, since its lists say their own numbers."""

from __future__ import annotations

from indexer.language.legacy import mend_legacy
from indexer.reading.extract.letterhead import split_columns
from indexer.reading.extract.media_type import RTF
from indexer.reading.extract.page_marks import split_pages
from indexer.reading.extract.rtf_reader import RtfReader
from indexer.records import ExtractedText


def extract_rtf(data: bytes) -> ExtractedText:
    """Return paragraphs, tables, text boxes and notes in document order.

    Revisions are taken as accepted, letters of old Vietnamese fonts made Unicode. Headers and
    footers are boilerplate, unless a letterhead stands in one. UnreadableSourceError when the
    file was cut short or nests too deep.
    """
    reader = RtfReader()
    reader.read(data)
    lines = [*reader.letterhead, *reader.body.finish()]
    lines += [f"[{at}] {note}" for at, note in enumerate(reader.notes, start=1)]
    pages = split_pages(map(_join_surrogates, lines), reader.pages)
    return ExtractedText(
        pages=tuple("\n".join(split_columns(page)).strip("\n") for page in pages),
        media_type=RTF,
        method="RTF",
        title=mend_legacy(_join_surrogates(reader.title).strip()),
        boilerplate="\n".join(dict.fromkeys(reader.frame)),
    )


def _join_surrogates(text: str) -> str:
    """Return the text with each letter whole that came as two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
