"""Samples read as a build reads them, compared with what is true of them."""

from __future__ import annotations

from functools import lru_cache

from indexer.language.text import fold
from indexer.reading.extract.formats import extract_bytes
from indexer.reading.metadata.record import describe_file
from indexer.reading.sources import find_sources
from indexer.records import CouncilDocument, SourceFile
from tests.corpus.files import CORPUS, read_truth

FIELDS = (
    "number",
    "kind",
    "issuer",
    "level",
    "issued_on",
    "term",
    "session",
    "signer",
    "abstract",
)


@lru_cache(maxsize=1)
def read_records() -> dict[str, CouncilDocument]:
    """Return the records of all samples that bear text, by path."""
    return {
        source.path: describe_file(source, extract_bytes(source.location.read_bytes(), source.path))
        for source in find_sources(CORPUS)
        if isinstance(source, SourceFile) and _bears_text(source.path)
    }


def find_differences(field: str) -> list[tuple[str, str, str]]:
    """Return path, truth and what was read, for each sample where the two differ."""
    found = []
    for path, record in read_records().items():
        true, read = simplify(read_truth()[path][field]), simplify(getattr(record, field))
        if true != read and not (field == "issuer" and _is_part_of(read, true, path)):
            found.append((path, true, read))
    return found


def _is_part_of(read: str, true: str, path: str) -> bool:
    """Tell whether a news item's issuer is the council's standing committee or one of its Bans."""
    form = str(read_truth()[path]["form"])
    return form == "tin tức" and read.endswith(true)


def simplify(value: object) -> str:
    """Return a value for comparing: accents, case and the council's short form don't count.

    >>> simplify("HĐND Tỉnh A") == simplify("Hội đồng nhân dân tỉnh A")
    True
    """
    plain = fold(str(value or "")).lower()
    plain = plain.replace("hdnd", "hoi dong nhan dan").replace("ubnd", "uy ban nhan dan")
    return " ".join(plain.split()).strip(" .;")


def _bears_text(path: str) -> bool:
    return path in read_truth() and str(read_truth()[path]["format"]) != "scan"
