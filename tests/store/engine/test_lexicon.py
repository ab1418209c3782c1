"""A field's vocabulary is read whole, as Whoosh itself would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.store.engine.lexicon import read_lexicons
from indexer.store.generations import current_generation, generation_path
from indexer.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument

FIELDS = ("text", "text_folded", "bigrams", "compounds")


def test_every_term_has_whooshs_own_document_frequency(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Terms of one document, of several and in several segments are counted as Whoosh does."""
    texts = ["Mức thu học phí", "Học phí, lệ phí", "Giá đất và học phí", "Số 12/NQ-HĐND"]
    documents = [make_document(text, id=str(n), title="Tin") for n, text in enumerate(texts)]
    index = make_index(documents, segments=2)
    directory = generation_path(index, current_generation(index).name)
    reader = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME).reader()
    expected = {
        field: {term: reader.doc_frequency(field, term) for term in reader.lexicon(field)}
        for field in FIELDS
    }
    reader.close()
    assert read_lexicons(directory, *FIELDS) == expected
    assert expected["text"]["phí".encode()] == 3


def test_an_index_without_documents_has_no_words(make_index: Callable[..., Path]) -> None:
    """Neither the segments nor the field need be there."""
    index = make_index([])
    directory = generation_path(index, current_generation(index).name)
    assert read_lexicons(directory, "text") == {"text": {}}
