"""What completion is made of: the entries, and what an index lists to make them from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.language.text import clean_text
from indexer.records import CleanText
from indexer.store.completion_phrases import count_compounds
from indexer.store.engine.protocol import HitRecord
from indexer.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from pathlib import Path

CompletionKind = Literal["phrase", "title", "number", "unit", "kind"]
COMPLETION_KINDS: tuple[CompletionKind, ...] = ("phrase", "title", "number", "unit", "kind")


class CompletionEntry(NamedTuple):
    """One thing to offer."""

    kind: CompletionKind
    text: CleanText
    weight: float
    """From 0.0 to 1.0, comparable within its kind."""
    detail: str = ""
    """What tells it from others, for readers."""
    id: str | None = None
    """The one document it stands for."""
    also: CleanText = CleanText("")
    """Words that find it too, though it does not show them."""


class Listings(NamedTuple):
    """What a finished index lists: its documents, and the compounds of their texts."""

    hits: list[HitRecord]
    """With clean texts on one line; deleted documents are left out."""
    compounds: dict[str, int]
    """How many documents hold each frequent one: {"học_phí": 12}."""


def read_listings(directory: Path) -> Listings:
    """Return what a finished Whoosh index lists."""
    reader = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME).reader()
    try:
        hits = [_read_listing(stored["hit"]) for _number, stored in reader.iter_docs()]
        return Listings(hits, count_compounds(reader.leaf_readers()))
    finally:
        reader.close()


def _read_listing(stored: dict[str, Any]) -> HitRecord:
    """Return a listing with its texts clean and on one line, as entries show them."""
    texts = {name: _on_one_line(stored[name] or "") for name in ("title", "number", "issuer")}
    return HitRecord(**stored | texts)


def _on_one_line(text: str) -> CleanText:
    return CleanText(clean_text(text).replace("\n", " ")) if text else CleanText("")
