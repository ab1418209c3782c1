"""Single records: looked at before they are indexed, listed when in doubt, corrected by people."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from indexer.errors import SourceError
from indexer.language.text import compose_marks
from indexer.pipeline import read_one
from indexer.reading.metadata.doubts import find_doubts
from indexer.reading.overrides import add_correction
from indexer.reading.sources import find_sources, read_single
from indexer.records import Review
from indexer.settings import read_settings
from indexer.store.generations import LIBRARY, current_generation
from indexer.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.records import CouncilDocument


def inspect_file(path: Path) -> CouncilDocument:
    """Return the record that would be indexed for this file, with the evidence for each field."""
    return read_one(read_single(path), read_settings().extract)


def review_index(index: Path) -> list[Review]:
    """Return the documents of an index that have doubtful or missing fields, worst first."""
    name = current_generation(index).name
    with Library(index / LIBRARY, writable=False) as library:
        documents = (library.get_document(member.key) for member in library.members(name))
        reviews = [Review(d.id, d.path, d.title, find_doubts(d)) for d in documents]
    return sorted((r for r in reviews if r.doubts), key=lambda review: -review.weight)


def correct_document(
    source: Path, document_id: str, values: Mapping[str, str], *, by: str = "", reason: str = ""
) -> Path:
    """Keep a reviewer's values for a document beside its source; return the file they are in.

    SourceError when the source has no such document, a value can't be, or the file can't be
    written to.
    """
    ids = (getattr(item, "id", "") for item in find_sources(source))
    # A file's name may be stored with its marks apart, and nobody can type that.
    own = next((id_ for id_ in ids if compose_marks(id_) == compose_marks(document_id)), None)
    if not own:
        raise SourceError(f"{source}: no document has the id {document_id!r}; check the spelling")
    today = datetime.now(tz=timezone.utc).date().isoformat()
    notes = {"by": by, "reason": reason, "on": today}
    said = {name: words for name, words in notes.items() if words}
    return add_correction(source, {"id": own, **values, **said})
