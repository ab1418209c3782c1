"""What a listing needs to know of a document beside its words: where things stand in its text.

Kept beside the record as packed numbers, so that a long act is listed as quickly as a short note::

    header              scanned, characters, then how many sentences, pages and divisions
    uint32[…]           where each sentence begins, where each page begins
    uint32[5, …]        each division's start, end and parent, the article to name for it, and
                        where its name begins; a missing parent or article is the largest number
    ASCII               the names, each a JSON list: kind, label, heading
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, overload

import numpy as np

from indexer.errors import DamagedIndexError
from indexer.language.sentences import Sentences
from indexer.records import Division

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.records import CouncilDocument

    Places = NDArray[np.uint32]

OUTLINE_VERSION = 1
_HEADER = struct.Struct("<5I")
_NONE = 2**32 - 1
_COLUMNS = 5
# A match far down a long act still gets its passage; past this nobody waits for it.
SEARCHED_CHARACTERS = 400_000


class Divisions(Sequence[Division]):
    """The divisions of an outline, each read when it is looked at."""

    def __init__(self, columns: Places, names: bytes) -> None:
        self._columns = columns
        self._names = names

    def __len__(self) -> int:
        return int(self._columns.shape[1])

    @overload
    def __getitem__(self, at: int) -> Division: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Division, ...]: ...

    def __getitem__(self, at: int | slice) -> Division | tuple[Division, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        start, end, parent, _article, name = self._columns[:, at].tolist()
        stop = self._columns[4, at + 1] if 0 <= at < len(self) - 1 else None
        kind, label, heading = json.loads(self._names[name:stop])
        return Division(kind, label, heading, start, end, None if parent == _NONE else parent)

    def article_of(self, at: int) -> int | None:
        """Return the place of the điều that holds a division or is it.

        None without one, or where an earlier điều has its label: an annex counts its own
        articles, and an address means the act's.
        """
        article = int(self._columns[3, at])
        return None if article == _NONE else article


@dataclass(frozen=True, slots=True)
class Outline:
    """Where things stand in a document's text; offsets count characters."""

    scanned: bool
    """OCR read some of it."""
    length: int
    """Of the whole text."""
    sentences: Places
    """Where each sentence begins."""
    pages: Places
    """Where each page begins; empty where there are no pages."""
    divisions: Divisions

    def page_at(self, offset: int) -> int | None:
        """Return the page, from 1, on which an offset into the text lies; None without pages."""
        return bisect_right(self.pages, offset) or None


def draw_outline(document: CouncilDocument) -> bytes:
    """Return a document's outline as it is kept."""
    sentences = Sentences(document.text[:SEARCHED_CHARACTERS]).starts
    parts = document.divisions
    names = [json.dumps(part[:3]).encode() for part in parts]
    columns = (
        [part.start for part in parts],
        [part.end for part in parts],
        [_NONE if part.parent is None else part.parent for part in parts],
        _articles(parts),
        [0, *accumulate(map(len, names))][: len(parts)],
    )
    counts = len(sentences), len(document.pages), len(parts)
    header = _HEADER.pack(bool(document.ocr), len(document.text), *counts)
    numbers = np.array([*sentences, *document.pages, *chain(*columns)], "<u4")
    return b"".join((header, numbers.tobytes(), *names))


def read_outline(kept: bytes) -> Outline:
    """Return the outline that `draw_outline` gave; DamagedIndexError where it is cut short."""
    try:
        scanned, length, sentences, pages, parts = _HEADER.unpack_from(kept)
        count = sentences + pages + _COLUMNS * parts
        numbers = np.frombuffer(kept, "<u4", count, _HEADER.size)
    except (struct.error, ValueError) as error:
        raise DamagedIndexError(
            f"the library of the index is damaged: an outline of {len(kept)} bytes is cut short; "
            "restore library.sqlite from a backup, or delete it and build again"
        ) from error
    columns = numbers[sentences + pages :].reshape(_COLUMNS, parts)
    names = kept[_HEADER.size + 4 * count :]
    return Outline(
        scanned=bool(scanned),
        length=length,
        sentences=numbers[:sentences],
        pages=numbers[sentences : sentences + pages],
        divisions=Divisions(columns, names),
    )


def _articles(parts: Sequence[Division]) -> list[int]:
    """Return for each division the place of the điều to name for it."""
    found: list[int] = []
    labels: set[str] = set()
    for place, part in enumerate(parts):
        if part.kind == "điều":
            found.append(_NONE if part.label in labels else place)
            labels.add(part.label)
        else:
            found.append(_NONE if part.parent is None else found[part.parent])
    return found
