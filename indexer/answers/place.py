"""Where something stands in its document: its page, its article, how it is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.reading.metadata.citation import citation, division_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.records import CouncilDocument, Division, DivisionKind
    from indexer.store.outline import Outline

_HEAD_CHARACTERS = 3000
# The letter of a point or behind an article's number.
_LONE_DD = re.compile(r"(?<![^\W\d])đ(?![^\W\d])")


class Place(NamedTuple):
    """A place in a document; empty where it has neither pages nor parts."""

    page: int | None = None
    """From 1."""
    article: str = ""
    """The label of the điều that holds it, where no earlier one has the same label."""
    citation: str = ""
    """As lawyers cite it: "khoản 2 Điều 5"."""


def find_place(outline: Outline, offset: int | None) -> Place:
    """Return the place of an offset into the document's text; an empty one for None."""
    if offset is None:
        return Place()
    return Place(
        outline.page_at(offset),
        _article_at(outline, offset),
        citation(outline.divisions, offset),
    )


def find_division(
    divisions: Sequence[Division], path: Sequence[tuple[DivisionKind, str]]
) -> int | None:
    """Return where a part begins, named from the inside out; None when there is no such part.

    "khoản 1" of "Điều 2" is the path (("khoản", "1"), ("điều", "2")).
    """
    for part in divisions if path else ():
        if _names(divisions, part, path):
            return part.start
    return None


def find_opening(divisions: Sequence[Division]) -> int | None:
    """Return where a document begins to speak, behind its letterhead; None where it has no parts.

    At its first article or section, which stands behind the preamble.
    """
    return divisions[0].start if divisions else None


def find_head(divisions: Sequence[Division], title: str, text: str) -> int:
    """Return where the head of a document ends: letterhead and preamble, or the title repeated.

    0 where it has no such thing.
    """
    if opening := find_opening(divisions):
        return opening
    start = text.find(title, 0, _HEAD_CHARACTERS) if title else -1
    return start + len(title) if start >= 0 else 0


def _names(
    divisions: Sequence[Division], part: Division, path: Sequence[tuple[DivisionKind, str]]
) -> bool:
    """Tell whether a part bears the first name of the path, and what holds it the others."""
    (kind, label), *outer = path
    if part.kind != kind or part.label.lower() != label.lower():
        return False
    parent = part.parent
    for kind, label in outer:
        while parent is not None and divisions[parent].kind != kind:
            parent = divisions[parent].parent
        if parent is None or divisions[parent].label.lower() != label.lower():
            return False
    return True


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


def _article_at(outline: Outline, offset: int) -> str:
    at = division_at(outline.divisions, offset)
    article = None if at is None else outline.divisions.article_of(at)
    return "" if article is None else outline.divisions[article].label
