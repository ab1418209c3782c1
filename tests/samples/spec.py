"""Hand-written content -> specs.

A content file holds documents one after another, each with a head and a body::

    === pdf | nghị quyết | ha-noi | 12/2023/NQ-HĐND | 2023-07-04 | 12
    title: quy định mức thu học phí
    category: Nghị quyết HĐND
    ---
    > Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;
    # Điều 1. Phạm vi điều chỉnh
    Nghị quyết này ...
    | Cấp học | Mức thu |

A line that starts with `>` is a citation, with `#` a heading, with `|` a row of a table; any
other line is a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.samples.councils import Council, find_council

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Format = Literal["pdf", "docx", "html", "txt", "scan"]
Style = Literal["citation", "heading", "paragraph", "table"]

CONTENT = Path(__file__).with_name("content")

_FORMATS: tuple[Format, ...] = ("pdf", "docx", "html", "txt", "scan")
_STYLES: Mapping[str, Style] = {">": "citation", "#": "heading", "|": "table"}
_FOLDERS = {
    "nghị quyết": "nghi-quyet",
    "tờ trình": "to-trinh",
    "thẩm tra": "bao-cao-tham-tra",
    "giám sát": "bao-cao-giam-sat",
    "biên bản": "bien-ban",
    "báo cáo": "bao-cao-ky-hop",
    "thông báo": "thong-bao",
    "chương trình": "chuong-trinh",
    "kế hoạch": "chuong-trinh",
    "cử tri": "kien-nghi-cu-tri",
    "trả lời": "tra-loi-kien-nghi",
    "tin tức": "tin-tuc",
}


@dataclass(frozen=True)
class Block:
    """A stretch of text in one style; a table has rows of cells instead of text."""

    style: Style
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Spec:
    """One sample document as its author wrote it."""

    format: Format
    kind: str
    """A key of the folders above; finer than the record's kind."""
    council: Council
    number: str | None
    issued_on: date
    session: str | None
    blocks: tuple[Block, ...]
    head: Mapping[str, str] = field(default_factory=dict)
    """Other lines of the head: title, category, publisher, by, encoding, layout, ..."""

    @property
    def title(self) -> str:
        """What the document is about; every content file must give one."""
        return self.head["title"]

    @property
    def path(self) -> str:
        """Return where the document lies below the corpus, in plain ASCII."""
        extension = "pdf" if self.format == "scan" else self.format
        return f"documents/{_FOLDERS[self.kind]}/{self._stem()}.{extension}"

    def _stem(self) -> str:
        if self.number is None:
            words = make_slug(self.title).split("-")[:10]
            return f"{'-'.join(words)}-{self.issued_on:%Y%m%d}"
        count, *year, notation = self.number.split("/")
        kind, _, body = notation.partition("-")
        # A number without a year returns every year, so the file's name adds it.
        parts = [kind, count, *(year or [str(self.issued_on.year)]), body, self.council.key]
        return make_slug("-".join(parts))


def read_specs(folder: Path = CONTENT) -> tuple[Spec, ...]:
    """Return all sample documents, files by name and documents in order."""
    return tuple(spec for file in sorted(folder.glob("*.txt")) for spec in parse_specs(file))


def parse_specs(file: Path) -> Iterator[Spec]:
    """Yield the documents of one content file."""
    _, *documents = ("\n" + file.read_text(encoding="utf-8")).split("\n=== ")
    for document in documents:
        yield parse_spec(document)


def parse_spec(document: str) -> Spec:
    """Return the spec of one document; ValueError when its head can't be read."""
    head, _, body = document.partition("\n---\n")
    first, *others = head.split("\n")
    form, kind, council, number, day, session = (part.strip() for part in first.split("|"))
    if form not in _FORMATS or kind not in _FOLDERS:
        raise ValueError(f"unknown format or kind: {first}")
    return Spec(
        format=_FORMATS[_FORMATS.index(form)],
        kind=kind,
        council=find_council(council),
        number=number or None,
        issued_on=date.fromisoformat(day),
        session=session or None,
        blocks=tuple(parse_blocks(body)),
        head=dict(line.split(": ", 1) for line in others if line),
    )


def parse_blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of a body; neighbouring rows make one table."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            cells = (line.strip("|").split("|") for line in group)
            yield Block("table", rows=tuple(tuple(c.strip() for c in row) for row in cells))
        else:
            yield from (_parse_line(line) for line in group)


def make_slug(text: str) -> str:
    """Return a file name's worth of plain ASCII.

    >>> make_slug("12/2023/NQ-HĐND Hà Nội")
    '12-2023-nq-hdnd-ha-noi'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "-".join(re.findall("[a-z0-9]+", bare))


def _parse_line(line: str) -> Block:
    style = _STYLES.get(line[0])
    return Block(style, line[1:].strip()) if style else Block("paragraph", line)
