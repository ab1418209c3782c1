"""The fields of the query language and how their names are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldName = Literal[
    "number", "kind", "issuer", "signer", "title", "category", "level", "date", "publisher"
]
CLOSED_FIELDS: tuple[FieldName, ...] = ("number", "kind", "level", "date")
"""Fields whose values are of a known form; how far one reaches is told by reading it."""

# Without accents; words may be parted by a space, an underscore or nothing.
_NAMES: Mapping[str, FieldName] = {
    "so": "number",
    "so hieu": "number",
    "number": "number",
    "loai": "kind",
    "loai van ban": "kind",
    "kind": "kind",
    "co quan": "issuer",
    "co quan ban hanh": "issuer",
    "issuer": "issuer",
    "nguoi ky": "signer",
    "signer": "signer",
    "tieu de": "title",
    "trich yeu": "title",
    "title": "title",
    "chuyen muc": "category",
    "category": "category",
    "cap": "level",
    "level": "level",
    "ngay": "date",
    "ngay ban hanh": "date",
    "date": "date",
    "noi dang": "publisher",
    "publisher": "publisher",
}
_FIELD = re.compile(
    "(?P<name>"
    + "|".join(name.replace(" ", "[ _]?") for name in sorted(_NAMES, key=len, reverse=True))
    + "):"
)
_FIELDS = {name.replace(" ", ""): field for name, field in _NAMES.items()}


class FieldMatch(NamedTuple):
    """A field's name and colon; `end` is behind the colon."""

    field: FieldName
    end: int


def match_field(bare: str, at: int) -> FieldMatch | None:
    """Return the field that begins there in a text in lower case without accents.

    >>> match_field("co_quan:ubnd", 0)
    FieldMatch(field='issuer', end=8)
    >>> match_field("dieu 5: muc thu", 0) is None
    True
    """
    found = _FIELD.match(bare, at)
    if found is None:
        return None
    name = re.sub("[ _]", "", found["name"])
    return FieldMatch(_FIELDS[name], found.end())
