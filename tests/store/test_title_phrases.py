"""Phrases of titles counted in arrays are those that counting them one by one gives."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.store.ragged import Ragged
from indexer.store.title_phrases import RUN_END, count_title_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SYLLABLES = ["a", "b", "c", "và"]
RUNS = st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=7), max_size=3)
COMPOUNDS = st.sets(
    st.lists(st.sampled_from([*SYLLABLES, "z"]), min_size=2, max_size=5).map("_".join), max_size=5
)


def is_content(syllable: str) -> bool:
    """Return whether a phrase may begin or end with a syllable."""
    return syllable != "và"


def plainly(titles: Sequence[Sequence[Sequence[str]]], compounds: set[str]) -> Mapping[str, int]:
    """Return the phrases that two titles say, less those that a longer one covers."""
    counts: Counter[str] = Counter()
    for title in titles:
        counts.update({p for run in title for p in phrases_of(cut(run, compounds))})
    said = {phrase: count for phrase, count in counts.items() if count >= 2}
    covered = {
        part
        for phrase, count in said.items()
        for part in parts_of(phrase)
        if count >= 0.8 * said.get(part, math.inf)
    }
    return {phrase: count for phrase, count in said.items() if phrase not in covered}


def cut(run: Sequence[str], compounds: set[str]) -> list[str]:
    """Return the words of a run, the longest compound first."""
    words: list[str] = []
    place = 0
    while place < len(run):
        lengths = (n for n in (4, 3, 2) if "_".join(run[place : place + n]) in compounds)
        length = next((n for n in lengths if place + n <= len(run)), 1)
        words.append("_".join(run[place : place + length]))
        place += length
    return words


def phrases_of(words: Sequence[str]) -> Iterator[str]:
    """Yield every stretch of two to five syllables that says something at both ends."""
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            phrase = " ".join(words[first:end])
            syllables = phrase.replace("_", " ").split()
            if 2 <= len(syllables) <= 5 and is_content(syllables[0]) and is_content(syllables[-1]):
                yield phrase


def parts_of(phrase: str) -> Iterator[str]:
    """Yield every shorter stretch of a phrase's words."""
    words = phrase.split()
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            if end - first < len(words):
                yield " ".join(words[first:end])


@given(titles=st.lists(RUNS, max_size=6), compounds=COMPOUNDS)
@example(titles=[], compounds={"a_b"})
@example(titles=[[["a", "b", "c"]], [["a", "b", "c"]], [["b", "c"]]], compounds=set())
@example(titles=[[["a", "b", "c", "a"]], [["a", "b", "c", "a"]]], compounds={"a_b", "b_c_a"})
def test_phrases_are_those_counted_one_by_one(
    titles: list[list[list[str]]], compounds: set[str]
) -> None:
    """Whatever compounds lie in each other, in few titles and in none."""
    places = {syllable: place for place, syllable in enumerate(SYLLABLES, 1)}
    codes = [[c for run in title for c in (*map(places.get, run), RUN_END)] for title in titles]
    found = count_title_phrases(Ragged.of(codes, np.uint32), SYLLABLES, compounds, is_content)  # type: ignore[arg-type]
    assert found == plainly(titles, compounds)
