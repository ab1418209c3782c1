"""CleanText becomes index terms; the same functions serve documents and queries.

A *syllable* is a run of letters and digits, in lower case and one tone style. A *run* is a
stretch of syllables with nothing but white space between them: bigrams and compounds never
reach past its ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.segmentation import segment
from indexer.language.text import fold, unify_tone_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.records import CleanText

_SYLLABLE = re.compile(r"[^\W_]+")
# One line break is a wrapped line; two end a paragraph.
_RUN = re.compile(r"[^\W_]+(?:(?: |\n(?!\n))[^\W_]+)*")

# Phrases must not reach from the title into the text.
PASSAGE_GAP = 16


class Syllable(NamedTuple):
    """One syllable of a text, where it stands (`text[start:end]`)."""

    normal: str
    start: int
    end: int


def normalise(text: CleanText) -> str:
    """Return the text in lower case and one tone style, of the same length.

    >>> from indexer.language.text import clean_text
    >>> normalise(clean_text("ỦY BAN"))
    'uỷ ban'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two characters; offsets must stay true.
        lowered = "".join(letter.lower()[0] for letter in text)
    return unify_tone_style(lowered)


def find_syllables(text: CleanText) -> Iterator[Syllable]:
    """Yield the syllables of a text with their places.

    >>> from indexer.language.text import clean_text
    >>> [s.normal for s in find_syllables(clean_text("Số 12/NQ-HĐND"))]
    ['số', '12', 'nq', 'hđnd']
    """
    for match in _SYLLABLE.finditer(normalise(text)):
        yield Syllable(match.group(), match.start(), match.end())


def split_runs(text: CleanText) -> list[list[str]]:
    """Return the text's runs of normalised syllables, in order.

    >>> from indexer.language.text import clean_text
    >>> split_runs(clean_text("Thu phí, lệ phí"))
    [['thu', 'phí'], ['lệ', 'phí']]
    """
    return [run.split() for run in _RUN.findall(normalise(text))]


def fold_bigrams(runs: Iterable[list[str]]) -> Iterator[str]:
    """Yield each pair of neighbouring syllables without accents.

    >>> list(fold_bigrams([["học", "phí", "mới"], ["đất"]]))
    ['hoc_phi', 'phi_moi']
    """
    for run in runs:
        folded = fold(" ".join(run)).split()
        for left, right in pairwise(folded):
            yield f"{left}_{right}"


def find_compounds(runs: Iterable[list[str]]) -> Iterator[str]:
    """Yield pyvi's words of more than one syllable, joined by an underscore."""
    for run in runs:
        if len(run) > 1:
            for word in segment(" ".join(run)):
                if "_" in word:
                    yield word


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """The terms of a document's passages; positions count syllables."""

    exact: dict[str, list[int]]
    folded: dict[str, list[int]]
    bigrams: dict[str, int]
    compounds: dict[str, int]


def analyse(passages: Iterable[CleanText]) -> AnalysedText:
    """Return the terms of the passages, which stand PASSAGE_GAP positions apart.

    >>> from indexer.language.text import clean_text
    >>> analyse([clean_text("Học phí"), clean_text("học")]).exact
    {'học': [0, 18], 'phí': [1]}
    """
    exact: dict[str, list[int]] = {}
    bigrams: dict[str, int] = {}
    compounds: dict[str, int] = {}
    position = 0
    for passage in passages:
        runs = split_runs(passage)
        for run in runs:
            for syllable in run:
                exact.setdefault(syllable, []).append(position)
                position += 1
        _count(fold_bigrams(runs), bigrams)
        _count(find_compounds(runs), compounds)
        position += PASSAGE_GAP
    return AnalysedText(exact, fold_positions(exact), bigrams, compounds)


def fold_positions(exact: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the positions under syllables without accents, in rising order.

    >>> fold_positions({"phí": [0, 5], "phi": [2]})
    {'phi': [0, 2, 5]}
    """
    folded: dict[str, list[int]] = {}
    for syllable, positions in exact.items():
        bare = fold(syllable)
        known = folded.get(bare)
        folded[bare] = positions if known is None else sorted(known + positions)
    return folded


def _count(terms: Iterable[str], counts: dict[str, int]) -> None:
    for term in terms:
        counts[term] = counts.get(term, 0) + 1
