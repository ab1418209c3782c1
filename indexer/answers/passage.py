"""Where a passage stands in its document: its page, its article, how it is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.reading.metadata.citation import citation, division_at

if TYPE_CHECKING:
    from indexer.records import CouncilDocument

# The letter of a point or behind an article's number.
_LONE_DD = re.compile(r"(?<![^\W\d])đ(?![^\W\d])")


class Passage(NamedTuple):
    """A place in a document; empty where it has neither pages nor parts."""

    page: int | None = None
    """From 1."""
    article: str = ""
    """The label of the điều that holds it, where no earlier one has the same label."""
    citation: str = ""
    """As lawyers cite it: "khoản 2 Điều 5"."""


def find_passage(document: CouncilDocument, offset: int | None) -> Passage:
    """Return the place of an offset into the document's text; an empty one for None."""
    if offset is None:
        return Passage()
    return Passage(
        document.page_at(offset),
        _article_at(document, offset),
        citation(document.divisions, offset),
    )


def cite_divisions(document: CouncilDocument) -> dict[int, str]:
    """Return how each division is cited, by the offset it begins at; the first of its name only."""
    cited: dict[str, int] = {}
    for part in document.divisions:
        cited.setdefault(citation(document.divisions, part.start), part.start)
    return {start: name for name, start in cited.items()}


def passage_anchor(citation: str) -> str:
    """Return the anchor of a passage by how it is cited: part of stable addresses.

    "điểm d" and "điểm đ" stay two.

    >>> passage_anchor("Điều 5"), passage_anchor("điểm đ khoản 2 Điều 12a")
    ('dieu-5', 'diem-dd-khoan-2-dieu-12a')
    """
    return re.sub(r"[\W_]+", "-", fold(_LONE_DD.sub("dd", citation)).lower()).strip("-")


def _article_at(document: CouncilDocument, offset: int) -> str:
    at = division_at(document.divisions, offset)
    while at is not None:
        part = document.divisions[at]
        if part.kind == "điều":
            earlier = document.divisions[:at]
            # An annex counts its own articles, and an address means the act's.
            taken = any(each.kind == "điều" and each.label == part.label for each in earlier)
            return "" if taken else part.label
        at = part.parent
    return ""
