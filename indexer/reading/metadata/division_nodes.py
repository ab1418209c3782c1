"""The parts of an act as its text names them, tier by tier, before they are put into a tree.

All offsets are into a text that begins with a line break.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.attached_parts import Part, find_closing, find_parts
from indexer.reading.metadata.division_heading import read_article_heading, read_heading
from indexer.reading.metadata.division_marks import (
    SECTIONS,
    Section,
    find_articles,
    find_clauses,
    find_points,
    find_roman,
    find_sections,
)
from indexer.reading.metadata.quoted_wording import find_quoted_wording
from indexer.reading.metadata.sequence import Mark, choose_sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.records import DivisionKind

RANKS: dict[DivisionKind, int] = {
    "phụ lục": 0,
    "phần": 1,
    "chương": 2,
    "mục": 3,
    "tiểu mục": 4,
    "điều": 5,
    "khoản": 7,
    "điểm": 8,
}
# "mục I Điều 1": resolutions number the sections of a long article with Roman numerals.
RANK_INSIDE_ARTICLE = 6
# A list of appendices in the last article is short; an appendix with its own signature is not.
_LIST_CHARACTERS = 1500
_FEWEST_ROMAN = 2
_FEWEST_SECTIONS = 2
_HEADING_CHARACTERS = 600
_QUOTED = -0.3

_start = attrgetter("start")


class Node(NamedTuple):
    """A division before its parent is known."""

    start: int
    rank: int
    kind: DivisionKind
    label: str
    heading: str
    stop: int
    """Where it ends at the latest."""


class _Source(NamedTuple):
    """A text whose parts are read, and what is found once for all of it."""

    text: str
    quoted: tuple[tuple[int, int], ...]
    sections: dict[Section, list[Mark]]
    flowing: bool = False
    """Several articles stand in one line."""

    def is_quoted(self, mark: Mark) -> bool:
        """Say whether the mark lies in quoted wording."""
        index = bisect_right(self.quoted, (mark.start, len(self.text))) - 1
        return index >= 0 and mark.start < self.quoted[index][1]

    def outside_quotes(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return the marks that are no quoted wording's."""
        return [mark for mark in marks if not self.is_quoted(mark)]

    def weigh(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return the marks, those in quoted wording set against a sequence that needs them.

        Where a clerk forgot to close a quotation, the next heading seems to lie in it: it may
        fill a gap, yet it never prolongs a sequence.
        """
        return [mark._replace(weight=_QUOTED) if self.is_quoted(mark) else mark for mark in marks]


def read_nodes(text: str) -> list[Node]:
    """Return every part that the text names, in the order of the text."""
    source = _Source(text, find_quoted_wording(text), {})
    for kind in SECTIONS:
        source.sections[kind] = source.weigh(find_sections(text, kind))
    articles = source.weigh(find_articles(text))
    if "Điều 1" in text and not choose_sequence(articles, late_start=True):
        source = source._replace(flowing=True)
        articles = source.weigh(find_articles(text, flowing=True))
    parts = _confirm(find_parts(text), articles)
    own_end = parts[0].start if parts else len(text)
    own = choose_sequence(_between(articles, 0, own_end), late_start=True)
    end = own_end
    if own:
        closing = find_closing(text, own[-1].end, len(text))
        if closing < min(own_end + _LIST_CHARACTERS, len(text)):
            end = closing
            parts = [part for part in parts if part.start > closing]
    nodes = [*_read_act(source, own, 0, end), *_read_parts(source, parts, articles)]
    return sorted(nodes, key=lambda node: (node.start, node.rank))


def _confirm(parts: list[Part], articles: list[Mark]) -> list[Part]:
    """Return the parts without those that the act's own articles go on behind.

    An article may list its appendices line by line, and a page may be headed "Mẫu số 1".
    """
    places = [(mark.start, mark.ordinal) for mark in articles if mark.weight > 0]
    places += [(part.start, 0) for part in parts]
    first, reached = len(places) and max(places)[0] + 1, 0
    pending = False
    for start, ordinal in sorted(places):
        if not ordinal:
            first, pending = (first, True) if pending else (start, True)
        elif ordinal == reached + 1:
            reached, pending = ordinal, False
        elif ordinal == 1 and pending:
            break
    return [part for part in parts if pending and part.start >= first]


def _between(marks: list[Mark], start: int, end: int) -> list[Mark]:
    first = bisect_left(marks, start, key=_start)
    return marks[first : bisect_left(marks, end, key=_start)]


def _read_act(source: _Source, own: list[Mark], start: int, end: int) -> Iterator[Node]:
    """Yield the sections, articles, clauses and points between the offsets."""
    sections = [*_read_sections(source, own, start, end)]
    yield from sections
    edges = sorted([*(node.start for node in sections), end])
    starts = [*(mark.start for mark in own), end]
    for mark, following in zip(own, starts[1:], strict=True):
        stop = min(following, edges[bisect_left(edges, mark.end)])
        heading = read_article_heading(source.text, mark.end, stop)
        yield Node(mark.start, RANKS["điều"], "điều", mark.label, heading, end)
        yield from _read_article(source, mark.end, stop)


def _read_sections(source: _Source, own: list[Mark], start: int, end: int) -> Iterator[Node]:
    """Yield phần, chương, mục and tiểu mục; each counts anew under the one above.

    In an act an article follows at once; "Phần I: Kiến thức chung" inside one is no part of it.
    """
    found = {kind: _between(source.sections[kind], start, end) for kind in SECTIONS}
    starts = sorted(mark.start for marks in (own, *found.values()) for mark in marks)
    edges = [start, end]
    for kind in SECTIONS:
        marks = [mark for mark in found[kind] if not own or _leads_on(mark, starts)]
        chosen = _count_under(marks, edges) or _count_under(marks, [start, end])
        if not own and len(chosen) < _FEWEST_SECTIONS:
            continue
        for mark in chosen:
            heading = read_heading(source.text, mark.end)
            yield Node(mark.start, RANKS[kind], kind, mark.label, heading, end)
        edges = sorted({*edges, *(mark.start for mark in chosen)})


def _leads_on(mark: Mark, starts: list[int]) -> bool:
    """Say whether an article or a section begins right below the section's heading."""
    index = bisect_right(starts, mark.start)
    return index < len(starts) and starts[index] - mark.end < _HEADING_CHARACTERS


def _count_under(marks: list[Mark], edges: list[int]) -> list[Mark]:
    return [
        mark
        for start, end in pairwise(edges)
        for mark in choose_sequence(_between(marks, start, end))
    ]


def _read_article(source: _Source, start: int, end: int) -> Iterator[Node]:
    """Yield what lies inside an article: its clauses, in sections of their own where it has."""
    romans = _only_sequence(source.outside_quotes(find_roman(source.text, start, end)))
    if len(romans) < _FEWEST_ROMAN:
        romans = []
    for mark in romans:
        heading = read_heading(source.text, mark.end)
        yield Node(mark.start, RANK_INSIDE_ARTICLE, "mục", mark.label, heading, end)
    for first, last in pairwise([start, *(mark.start for mark in romans), end]):
        yield from _read_clauses(source, first, last)


def _read_clauses(source: _Source, start: int, end: int) -> Iterator[Node]:
    found = find_clauses(source.text, start, end, flowing=source.flowing)
    found = source.outside_quotes(found)
    clauses = _only_sequence(found)
    if not clauses and (source.flowing or any(mark.ordinal == 1 for mark in found)):
        # Points of clauses that stay unknown would be cited as the article's own.
        return
    for mark in clauses:
        yield Node(mark.start, RANKS["khoản"], "khoản", mark.label, "", end)
    for first, last in pairwise([start, *(mark.start for mark in clauses), end]):
        points = find_points(source.text, first, last, flowing=source.flowing)
        for mark in _only_sequence(source.outside_quotes(points)):
            yield Node(mark.start, RANKS["điểm"], "điểm", mark.label, "", end)


def _only_sequence(marks: list[Mark]) -> list[Mark]:
    """Return the sequence, or none where a second one begins: which is meant nobody can tell."""
    return choose_sequence(marks) if sum(mark.ordinal == 1 for mark in marks) == 1 else []


def _read_parts(source: _Source, parts: list[Part], articles: list[Mark]) -> Iterator[Node]:
    """Yield what is attached, with the articles of those that have a single run of them.

    A plan or a scheme has phần and chương, and no articles.
    """
    named = [part for part in parts if part.kind != "biểu mẫu"]
    ends = [*(part.start for part in named), len(source.text)][1:]
    starts = [*(part.start for part in parts), len(source.text)]
    for part, end in zip(named, ends, strict=True):
        heading = read_heading(source.text, part.end_of_label)
        yield Node(part.start, RANKS["phụ lục"], "phụ lục", part.label, heading, end)
        stop = starts[bisect_right(starts, part.start)]
        found = _between(articles, part.start, stop)
        if own := _only_sequence(found):
            closing = find_closing(source.text, own[-1].end, stop)
            yield from _read_act(source, own, part.end_of_label, closing)
        elif not found:
            yield from _read_sections(source, [], part.end_of_label, stop)
