"""The door to pyvi keeps its calls small and loses nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyvi import ViTokenizer

from indexer.language.segmentation import segment


def test_short_runs_are_segmented_as_pyvi_does() -> None:
    """A run within one call gives pyvi's own words."""
    run = "ủy ban nhân dân thành phố ban hành quy định mức thu học phí"
    assert segment(run) == ViTokenizer.tokenize(run).split()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["hội", "đồng", "x" * 300, "12", "học", "phí"]), max_size=120))
def test_segmentation_keeps_every_letter_in_order(syllables: list[str]) -> None:
    """However long the run, its letters come back in order."""
    words = segment(" ".join(syllables))
    assert "".join(words).replace("_", "") == "".join(syllables)


def test_nothing_gives_nothing() -> None:
    """An empty run has no words."""
    assert segment("") == []
