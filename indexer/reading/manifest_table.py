"""A manifest.csv as spreadsheet programs save it: its encoding, its delimiter, its rows."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from indexer.errors import ManifestError, UnreadableSourceError
from indexer.reading.decoding import decode_text
from indexer.reading.stated_fields import find_field

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(
    r'\ufeff?"?sep=(?P<delimiter>[^\n"]?)"?[;,\t ]*(?:\n|$)', re.IGNORECASE
)
# In cp1258 these bytes are tone marks, which any Vietnamese sentence has.
_TONE_BYTES = b"\xcc\xd2\xde\xec\xf2"


def decode_table(data: bytes) -> str:
    r"""Return the text of a table: Unicode as marked, else UTF-8, cp1258 or cp1252.

    ManifestError when it is none of these.

    >>> decode_table("số hiệu".encode("utf-16"))
    'số hiệu'
    """
    try:
        text = decode_text(data)
    except UnreadableSourceError as error:
        return _decode_western(data, error)
    ascii_or_unicode = data.isascii() or not _is_code_page(data)
    return (
        text
        if ascii_or_unicode or any(byte in data for byte in _TONE_BYTES)
        else _decode_western(data)
    )


def _is_code_page(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _decode_western(data: bytes, cause: Exception | None = None) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ManifestError("in no encoding we know; save it as CSV UTF-8") from error
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise ManifestError("no table of text; save it as CSV UTF-8") from cause
    return text


def read_rows(data: bytes) -> Iterator[tuple[int, dict[str, str], str]]:
    """Yield each row as line number (from 1), cells by column name, and what is wrong with it.

    Blank rows are left out. ManifestError when the table as a whole can't be used.
    """
    text = decode_table(data).replace("\r\n", "\n").replace("\r", "\n")
    first = _SEPARATOR_LINE.match(text)
    if first:
        text = text[first.end() :]
    delimiter = (first["delimiter"] if first else "") or _guess_delimiter(text)
    yield from _read_cells(text, delimiter, skipped=1 if first else 0)


def _guess_delimiter(text: str) -> str:
    """Return the delimiter that parts the header into most columns we know."""

    def known(delimiter: str) -> int:
        return sum(find_field(name) is not None for name in _header(text, delimiter))

    return max(_DELIMITERS, key=known)


def _header(text: str, delimiter: str) -> list[str]:
    start = text.lstrip("\n").split("\n", 1)[0]
    return next(csv.reader([start], delimiter=delimiter), [])


def _read_cells(
    text: str, delimiter: str, *, skipped: int
) -> Iterator[tuple[int, dict[str, str], str]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header: list[str] | None = None
    line = skipped + 1
    try:
        for cells in reader:
            start, line = line, skipped + reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _check_header(cells)
                continue
            extra = any(cell.strip() for cell in cells[len(header) :])
            wrong = "more cells than the header has columns; quote cells that hold the delimiter"
            yield start, dict(zip(header, cells, strict=False)), wrong if extra else ""
    except csv.Error as error:
        raise ManifestError(f"line {line}: {error}; save it again as CSV UTF-8") from error
    if header is None:
        raise ManifestError("holds no header; its first line names the columns, path among them")


def _check_header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if "path" not in map(find_field, names):
        raise ManifestError(
            f"its first line names no column path (đường dẫn), but {', '.join(names)[:120]}"
        )
    return names
