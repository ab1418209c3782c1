"""Writing the corpus anew gives the corpus that is there."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.samples.render_pdf import FACES, FONTS
from tests.samples.spec import read_specs
from tests.samples.write_corpus import (
    CORPUS,
    FIRST,
    TRUTH,
    render_spec,
    state_facts,
    write_corpus,
)

if TYPE_CHECKING:
    from pathlib import Path

needs_fonts = pytest.mark.skipif(
    not all((FONTS / face).exists() for face in FACES.values()),
    reason="no DejaVu Serif Condensed; install fonts-dejavu-extra",
)


@needs_fonts
def test_a_new_corpus_lists_the_same_documents(tmp_path: Path) -> None:
    """Paths, facts and truth come out as they were committed, stray files go."""
    (tmp_path / FIRST).parent.mkdir(parents=True)
    shutil.copy(CORPUS / FIRST, tmp_path / FIRST)
    (tmp_path / "documents" / "stray.txt").write_text("stray", encoding="utf-8")
    count = write_corpus(tmp_path, tmp_path / "truth.jsonl")
    assert count == len(read_specs())
    assert not (tmp_path / "documents" / "stray.txt").exists()
    assert (tmp_path / "truth.jsonl").read_bytes() == TRUTH.read_bytes()
    assert _without_hashes(tmp_path) == _without_hashes(CORPUS)


@pytest.mark.parametrize("form", ["html", "txt"])
def test_committed_pages_and_texts_are_what_the_specs_say(form: str) -> None:
    """Formats that no library writes are the same everywhere, byte for byte."""
    for spec in read_specs():
        if spec.format == form:
            assert (CORPUS / spec.path).read_bytes() == render_spec(spec), spec.path


def test_the_manifest_states_only_what_a_clerk_typed_in() -> None:
    """Number and date appear for the few specs that ask for it."""
    stating = [spec for spec in read_specs() if spec.head.get("stated")]
    (spec,) = stating
    assert state_facts(spec)["number"] == "26/2024/NQ-HĐND"
    assert state_facts(spec)["issued_on"] == "2024-07-10"
    others = [state_facts(other) for other in read_specs() if other.path != spec.path]
    assert all("number" not in facts for facts in others)


@needs_fonts
def test_two_samples_of_one_path_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One would overwrite the other without a word."""
    (tmp_path / FIRST).parent.mkdir(parents=True)
    shutil.copy(CORPUS / FIRST, tmp_path / FIRST)
    twice = (read_specs()[0], read_specs()[0])
    monkeypatch.setattr("tests.samples.write_corpus.read_specs", lambda: twice)
    with pytest.raises(FileExistsError, match="two samples want the path"):
        write_corpus(tmp_path, tmp_path / "truth.jsonl")


def _without_hashes(corpus: Path) -> list[dict[str, object]]:
    lines = (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [{key: entry[key] for key in entry if key != "sha256"} for entry in entries]
