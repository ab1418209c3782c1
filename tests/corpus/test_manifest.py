"""The manifest tells the truth about the files beside it."""

from __future__ import annotations

import hashlib

import pytest

from tests.corpus.files import CORPUS, FIRST, TEXT_BEARING, read_entries, read_text, read_truth
from tests.samples.sheet import SAMPLE_MARK

TWELVE_MEGABYTES = 12 * 2**20


def test_every_hash_is_that_of_its_file() -> None:
    """A file that changed after the manifest was written would differ."""
    for entry in read_entries():
        content = (CORPUS / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["path"]


def test_every_file_is_listed_once() -> None:
    """Folder and manifest hold the same paths, none twice."""
    listed = [entry["path"] for entry in read_entries()]
    on_disk = {
        path.relative_to(CORPUS).as_posix()
        for path in (CORPUS / "documents").rglob("*")
        if path.is_file()
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == on_disk


def test_the_first_document_states_nothing_its_text_must_tell() -> None:
    """Level, date and kind of the first document have to be read from it."""
    first = read_entries()[0]
    assert first["path"] == FIRST
    assert set(first) == {"path", "sha256", "origin", "publisher", "category", "sample"}
    assert first["category"] == "Hoạt động HĐND huyện"
    assert first["publisher"] == "huyện Thường Tín"
    assert first["sample"] is False


def test_all_others_are_samples_and_say_where_they_come_from() -> None:
    """Made-up acts are marked in the manifest, and their origin admits it."""
    for entry in read_entries()[1:]:
        assert entry["sample"] is True
        assert "mẫu" in entry["origin"]


def test_paths_are_plain_ascii() -> None:
    """Names survive every file system and every archive."""
    for entry in read_entries():
        assert entry["path"].isascii()
        assert " " not in entry["path"]


def test_the_corpus_stays_small() -> None:
    """All of it can live beside the code."""
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < TWELVE_MEGABYTES


def test_most_metadata_is_left_to_extraction() -> None:
    """At most a tenth of the samples states its number or its date."""
    stated = [entry for entry in read_entries() if {"number", "issued_on"} & set(entry)]
    assert 1 <= len(stated) <= len(read_entries()) / 10


@pytest.mark.parametrize("form", TEXT_BEARING)
def test_the_mark_stands_in_every_sample_that_bears_text(form: str) -> None:
    """Whoever opens the file sees that it is no law."""
    paths = [path for path, truth in read_truth().items() if truth["format"] == form]
    assert paths
    for path in paths:
        shown = read_text(path)
        if form == "html":
            shown = (CORPUS / path).read_text(encoding="utf-8")
        assert SAMPLE_MARK in shown, path
