"""The tree of an act: phần, chương, mục, điều, khoản, điểm and what is attached to it.

A part is only given where its numbers count on from 1: a missing division does less harm than a
wrong one, which would be cited. Reports and letters number their sections as they please; those
stay out unless they are called phần, chương or mục.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.division_nodes import Node, read_nodes
from indexer.reading.metadata.letters import even_letters
from indexer.records import Division

if TYPE_CHECKING:
    from indexer.records import CleanText

# Most texts are reports or single articles; a look at their words is cheaper than a reading.
_MAY_HAVE_PARTS = re.compile(
    r"\n[*#|•]{0,3} ?(?:[ĐD][iíIÍ]..? ?[\dlI]|Ch|CH|M[uụ]c |M[UỤ]C |Ti.u m|TI.U M|P[hH])"
)


def find_divisions(text: CleanText) -> tuple[Division, ...]:
    r"""Return the divisions in the order of the text.

    >>> from indexer.language.text import clean_text
    >>> text = clean_text("Điều 1. Mức thu\n1. Học phí:\na) Mầm non;\nb) Tiểu học.")
    >>> [(each.kind, each.label, each.parent) for each in find_divisions(text)]
    [('điều', '1', None), ('khoản', '1', 0), ('điểm', 'a', 1), ('điểm', 'b', 1)]
    """
    padded = "\n" + even_letters(text)
    if "Điều 1" not in padded and not _MAY_HAVE_PARTS.search(padded):
        return ()
    return _build_tree(read_nodes(padded))


def _build_tree(nodes: list[Node]) -> tuple[Division, ...]:
    """Return the nodes as divisions: each ends where the next one of its rank or above begins."""
    ends = [node.stop for node in nodes]
    parents: list[int | None] = []
    open_: list[int] = []
    for index, node in enumerate(nodes):
        while open_ and (nodes[open_[-1]].rank >= node.rank or nodes[open_[-1]].stop <= node.start):
            closed = open_.pop()
            ends[closed] = min(ends[closed], node.start)
        parents.append(open_[-1] if open_ else None)
        open_.append(index)
    return tuple(
        Division(node.kind, node.label, node.heading, node.start - 1, end - 1, parent)
        for node, end, parent in zip(nodes, ends, parents, strict=True)
    )
