"""CleanText becomes index terms; the same functions serve documents and queries.

A *syllable* is a run of letters and digits, in lower case and one tone style. A *run* is a
stretch of syllables with nothing but white space between them: bigrams and compounds never
reach past its ends. A *span* is a stretch that the caller knows to be one thing with exact keys of
its own (a document number, a date): it ends the runs beside it and holds none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.segmentation import join_syllables
from indexer.language.text import fold, unify_tone_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.records import CleanText

_SYLLABLE = re.compile(r"[^\W_]+")
# One line break is a wrapped line; two end a paragraph.
_RUN = re.compile(r"[^\W_]+(?:(?: |\n(?!\n))[^\W_]+)*")

# Phrases must not reach from the title into the text.
PASSAGE_GAP = 16

# So many syllables are handed to the segmentation at once: fewer cost calls, more cost memory.
_BATCH = 4096

# The common syllables, by their letters with accents; others may come without end.
_FOLDS_KEPT = 50_000
_LONGEST_KEPT = 32


class KeySpan(NamedTuple):
    """A stretch of a text (`text[start:end]`) that stands for exact keys."""

    start: int
    end: int
    keys: tuple[str, ...]


class Passage(NamedTuple):
    """A text to analyse, and the spans in it that are one thing each."""

    text: CleanText
    spans: tuple[KeySpan, ...] = ()


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


def split_runs(text: CleanText, spans: Iterable[KeySpan] = ()) -> list[list[str]]:
    """Return the text's runs of normalised syllables, in order, without those of the spans.

    >>> from indexer.language.text import clean_text
    >>> split_runs(clean_text("Thu phí, lệ phí"))
    [['thu', 'phí'], ['lệ', 'phí']]
    >>> split_runs(clean_text("họp ngày 1 tháng 7 ở xã"), [KeySpan(4, 18, ("07-01",))])
    [['họp'], ['ở', 'xã']]
    """
    pieces = _cut_at_spans(normalise(text), spans)
    return [run for piece, free in pieces if free for run in _find_runs(piece)]


def fold_bigrams(runs: Iterable[list[str]]) -> Iterator[str]:
    """Return each pair of neighbouring syllables without accents.

    >>> list(fold_bigrams([["học", "phí", "mới"], ["đất"]]))
    ['hoc_phi', 'phi_moi']
    """
    return chain.from_iterable(map(_pair_folded, runs))


def find_compounds(runs: Iterable[list[str]]) -> Iterator[str]:
    """Yield pyvi's words of more than one syllable, joined by an underscore."""
    for batch in _gather(runs):
        for word in join_syllables(batch):
            if "_" in word:
                yield word


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """The terms of a document's passages; positions count syllables."""

    exact: dict[str, list[int]]
    folded: dict[str, list[int]]
    bigrams: dict[str, int]
    compounds: dict[str, int]
    keys: dict[str, int]
    """The keys of the spans, and how often each occurs."""


def analyse(passages: Iterable[Passage]) -> AnalysedText:
    """Return the terms of the passages, which stand PASSAGE_GAP positions apart.

    The syllables of a span keep their positions, so that phrases find them.

    >>> from indexer.language.text import clean_text
    >>> analyse([Passage(clean_text("Học phí")), Passage(clean_text("học"))]).exact
    {'học': [0, 18], 'phí': [1]}
    """
    exact: dict[str, list[int]] = {}
    bigrams: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    position = 0
    for text, spans in passages:
        syllables: list[str] = []
        free_runs: list[list[str]] = []
        for piece, free in _cut_at_spans(normalise(text), spans):
            runs = _find_runs(piece)
            syllables += chain.from_iterable(runs)
            if free:
                free_runs += runs
        for place, syllable in enumerate(syllables, position):
            if syllable in exact:
                exact[syllable].append(place)
            else:
                exact[syllable] = [place]
        bigrams.update(fold_bigrams(free_runs))
        compounds.update(find_compounds(free_runs))
        keys.update(chain.from_iterable(span.keys for span in spans))
        position += len(syllables) + PASSAGE_GAP
    return AnalysedText(exact, fold_positions(exact), bigrams, compounds, keys)


def fold_positions(exact: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the positions under syllables without accents, in rising order.

    >>> fold_positions({"phí": [0, 5], "phi": [2]})
    {'phi': [0, 2, 5]}
    """
    folded: dict[str, list[int]] = {}
    for syllable, positions in exact.items():
        bare = _FOLDED[syllable]
        known = folded.get(bare)
        folded[bare] = positions if known is None else sorted(known + positions)
    return folded


class _FoldedSyllables(dict[str, str]):
    """Syllables without accents, kept as they turn up."""

    def __missing__(self, syllable: str) -> str:
        folded = fold(syllable)
        if len(self) < _FOLDS_KEPT and len(syllable) <= _LONGEST_KEPT:
            self[syllable] = folded
        return folded


_FOLDED = _FoldedSyllables()


def _pair_folded(run: list[str]) -> Iterator[str]:
    return map("_".join, pairwise(map(_FOLDED.__getitem__, run)))


def _find_runs(normal: str) -> list[list[str]]:
    return [run.split() for run in _RUN.findall(normal)]


def _gather(runs: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield the runs of two syllables and more, an empty string after each, many in one list."""
    batch: list[str] = []
    for run in runs:
        if len(run) > 1:
            batch += run
            batch.append("")
            if len(batch) > _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _cut_at_spans(normal: str, spans: Iterable[KeySpan]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is free of spans.

    A syllable that a span cuts in two belongs to the span.
    """
    place = 0
    for span in sorted(spans):
        start, end = max(span.start, place), span.end
        if start >= min(end, len(normal)):
            continue
        while start > place and _within_syllable(normal, start):
            start -= 1
        while _within_syllable(normal, end):
            end += 1
        yield normal[place:start], True
        yield normal[start:end], False
        place = end
    yield normal[place:], True


def _within_syllable(normal: str, place: int) -> bool:
    return 0 < place < len(normal) and normal[place - 1].isalnum() and normal[place].isalnum()
