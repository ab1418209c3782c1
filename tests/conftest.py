"""What tests of every wing share: documents made up on the spot, and indexes of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from indexer.completions import build_completions
from indexer.language.text import clean_text
from indexer.operations import build_index
from indexer.records import CouncilDocument, Evidence
from indexer.store.engine.whoosh_writer import create_index, publish_segments, write_segment
from indexer.store.generations import (
    LIBRARY,
    begin_generation,
    current_name,
    publish_generation,
    write_lock,
)
from indexer.store.library import Library, Member
from indexer.store.vocabulary import write_vocabulary
from indexer.writing import index_row
from tests.corpus.files import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# The machine is shared: how long an example takes says nothing about the code. A change is judged
# by the same examples each time; `pytest --hypothesis-profile=explore` draws others.
settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("same"), derandomize=False)
settings.load_profile("same")


@pytest.fixture
def make_document() -> Callable[..., CouncilDocument]:
    """Give a function that makes a document from its text and whatever else is stated."""
    return build_document


@pytest.fixture
def make_index(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that indexes documents, in as many segments as asked for."""

    def make(
        documents: Sequence[CouncilDocument], *, segments: int = 1, into: Path | None = None
    ) -> Path:
        return build_test_index(documents, into or tmp_path / "index", segments=segments)

    return make


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index of the corpus, built once for all tests."""
    index = tmp_path_factory.mktemp("corpus") / "index"
    report = build_index(CORPUS, index, jobs=2)
    assert not report.failed
    return index


def build_document(text: str = "", **stated: Any) -> CouncilDocument:
    """Return a document with this text; fields not stated are those of a plain news report."""
    id_ = stated.pop("id", "doc")
    issued_on = stated.pop("issued_on", None)
    if isinstance(issued_on, str):
        issued_on = date.fromisoformat(issued_on)
    values: dict[str, Any] = {
        "title": "",
        "kind": "tin tức",
        "category": "Tin tức",
        "level": "tỉnh",
        "media_type": "text/plain",
        "path": id_,
        "sha256": "0" * 64,
        "evidence": {"issued_on": Evidence("stated")} if issued_on else {},
    }
    return CouncilDocument(id=id_, text=clean_text(text), issued_on=issued_on, **values | stated)


def build_test_index(
    documents: Sequence[CouncilDocument], index: Path, *, segments: int = 1
) -> Path:
    """Write a generation of the documents, as the pipeline would, and let it serve."""
    with write_lock(index), Library(index / LIBRARY) as library:
        directory = begin_generation(index)
        create_index(directory)
        rows = [index_row(f"key {d.id}", d) for d in documents]
        for row in rows:
            library.put_document(row.key, row.document)
        parts = [write_segment(directory, rows[i::segments]) for i in range(segments)]
        publish_segments(directory, parts, dropped=frozenset())
        write_vocabulary(directory)
        build_completions(directory)
        library.set_members(
            directory.name, [Member(r.document.id, r.key, r.document.path) for r in rows]
        )
        library.commit()
        publish_generation(
            directory,
            source=str(index),
            fingerprint="made by a test",
            documents=len(rows),
            parent=current_name(index),
        )
    return index
