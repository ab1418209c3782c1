"""The door to pyvi: its own model, run by ourselves, with pyvi as the referee."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language import crf_model, segmentation
from indexer.language.analysis import split_runs
from indexer.language.crf_model import read_word_model
from indexer.language.segmentation import WordJoiner, join_with_pyvi, segment
from indexer.language.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[3] / "shared" / "data" / "docs.jsonl.gz"
COMMON = (
    "hội đồng nhân dân thành phố uỷ ban quyết định nghị học phí kinh tế xã "
    "12 2024 3g hđnd x ǆ ² louis"
)


@pytest.fixture
def own_joiner() -> Iterator[None]:
    """Load the joiner anew before and after the test."""
    segmentation._load_joiner.cache_clear()
    yield
    segmentation._load_joiner.cache_clear()


@given(st.lists(st.sampled_from(COMMON.split()), min_size=1, max_size=24).map(" ".join))
def test_words_are_those_of_pyvi(run: str) -> None:
    """Whatever stands beside what, the labels are pyvi's own."""
    assert segment(run[:250].strip()) == join_with_pyvi(run[:250].strip())


def test_words_of_the_corpus_are_those_of_pyvi() -> None:
    """Real sentences, run by run."""
    corpus = Path(__file__).parents[2] / "corpus" / "documents"
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*/seed.txt"))]
    runs = [" ".join(run) for text in texts for run in split_runs(clean_text(text))]
    assert len(runs) > 80
    for run in runs:
        assert segment(run) == join_with_pyvi(run)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/docs.jsonl.gz")
def test_words_of_many_real_texts_are_those_of_pyvi() -> None:
    """No run of every five-hundredth of 54,583 documents differs."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in islice(lines, 0, None, 500)]
    runs = [" ".join(run) for text in texts for run in split_runs(clean_text(text))]
    short = [run for run in runs if len(run) <= segmentation._LONGEST_CALL]
    assert len(short) > 5000
    assert [run for run in short if segment(run) != join_with_pyvi(run)] == []


@given(st.lists(st.sampled_from(["hội", "đồng", "x" * 300, "12", "học", "phí"]), max_size=120))
def test_segmentation_keeps_every_letter_in_order(syllables: list[str]) -> None:
    """However long the run, its letters come back in order."""
    words = segment(" ".join(syllables))
    assert "".join(words).replace("_", "") == "".join(syllables)


def test_nothing_gives_nothing() -> None:
    """An empty run has no words."""
    assert segment("") == []


@pytest.mark.usefixtures("own_joiner")
def test_an_unknown_model_leaves_the_work_to_pyvi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another pyvi may ask for other features; guessing would change the index silently."""
    monkeypatch.setattr(crf_model, "KNOWN_MODEL", "another")
    assert read_word_model() is None
    assert segmentation._load_joiner() is join_with_pyvi
    assert segment("hội đồng") == ["hội_đồng"]


@pytest.mark.usefixtures("own_joiner")
def test_no_pyvi_at_all_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package there is nothing to read."""
    monkeypatch.setattr(crf_model, "find_spec", lambda _name: None)
    assert read_word_model() is None


def test_the_known_model_is_the_one_installed() -> None:
    """The fast way is the way that is taken."""
    model = read_word_model()
    assert model is not None
    assert "hội đồng" in model.pairs
    assert WordJoiner(model).join("học phí") == ["học_phí"]
