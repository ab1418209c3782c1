"""The table of attributes that law portals print beside a text ("Số hiệu 98/2025/TT-BTC")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD_OF_LABEL = {
    "số hiệu": "number",
    "số ký hiệu": "number",
    "số/ký hiệu": "number",
    "số, ký hiệu": "number",
    "số kí hiệu": "number",
    "loại văn bản": "kind",
    "ngày ban hành": "issued_on",
    "ngày ký xác thực": "issued_on",
    "ngày thông qua": "adopted_on",
    "ngày có hiệu lực": "effective_on",
    "ngày hiệu lực": "effective_on",
    "ngày hết hiệu lực": "expires_on",
    "cơ quan ban hành": "issuer",
    "người ký": "signer",
    "chức danh": "signer_title",
    "trích yếu": "abstract",
}
_LABELS = "|".join(sorted(_FIELD_OF_LABEL, key=len, reverse=True))
# Where a portal's table stands no sentence stands: a label opens its line, the value follows
# at once, behind a colon, or on the next line.
_LINE = re.compile(
    r"^(?:[-•*]\s*)?(?P<label>" + _LABELS + r")\s*[:|]?[ \t]*\n?(?P<value>[^\n]{2,500})$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3
# Flattened pages run the rows into one line, which a label still opens.
_RUN_ON = re.compile(rf"^(?:{_LABELS})\b[^\n]{{0,2000}}$", re.IGNORECASE | re.MULTILINE)
_NEXT_LABEL = re.compile(rf" (?:[-•*|;] ?)?(?=(?:{_LABELS})(?![^\W\d_]))", re.IGNORECASE)
_LONGEST_HEADLINE = 600
_LETTERHEAD = re.compile(r"\bcong hoa xa hoi\b|(?:^|\n)(?:nghi quyet |luat )?so\s?:", re.IGNORECASE)


def read_attributes(text: str) -> Mapping[str, str]:
    r"""Return what a portal's table of attributes states, keyed by KNOWN_FIELDS.

    Fewer than three labels make no table, so that "Người ký" over a signature is none.

    >>> read_attributes("Số hiệu98/2025/TT-BTC\nLoại văn bản: Thông tư\nNgày ban hành\n31/12/2025")
    {'number': '98/2025/TT-BTC', 'kind': 'Thông tư', 'issued_on': '31/12/2025'}
    """
    found: dict[str, str] = {}
    for match in _LINE.finditer(_open_rows(text)):
        value = match["value"].strip(" :|")
        if value.strip("-. "):
            found.setdefault(_FIELD_OF_LABEL[match["label"].lower()], value)
    return found if len(found) >= _FEWEST else {}


def _open_rows(text: str) -> str:
    """Return the text with each row of a flattened table on a line of its own."""
    return _RUN_ON.sub(lambda line: _split_row(line.group()), text)


def _split_row(line: str) -> str:
    rows = _NEXT_LABEL.sub("\n", line)
    return rows if rows.count("\n") >= _FEWEST - 1 else line


def take_leading_table(text: str) -> tuple[Mapping[str, str], str]:
    r"""Return a table that stands above the letterhead and the text without it; else no table.

    A form that an act prints stands below; its rows are the act's own words.

    >>> row = "Số hiệu: 3/NQ-HĐND Loại văn bản: Nghị quyết Người ký: Lê A"
    >>> take_leading_table(f"{row}\nSố: 4/NQ-HĐND")[1]
    'Số: 4/NQ-HĐND'
    """
    opened = _open_rows(text)
    first, found = _LINE.search(opened), read_attributes(text)
    if first is None or not found or first.start() > _LONGEST_HEADLINE:
        return {}, text
    if _LETTERHEAD.search(fold(opened[: first.start()])):
        return {}, text
    return found, _LINE.sub("", opened).strip("\n")
