"""Plain words: what was typed without operators, as the index's own terms.

Analysed by the functions that analyse documents.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.ranking import needs_for
from indexer.language.analysis import (
    find_compounds,
    find_syllables,
    fold_bigrams,
    normalise,
    split_runs,
)
from indexer.language.text import clean_text, fold
from indexer.query_records import Plain, Word
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.records import CleanText


def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, repeated ones too.

    >>> read_words("Học phi")
    (Word(syllable='học', accented=True), Word(syllable='phi', accented=False))
    """
    return tuple(_word(syllable.normal) for syllable in find_syllables(clean_text(text)))


def _word(syllable: str) -> Word:
    return Word(syllable, accented=fold(syllable) != syllable)


def read_stem(letters: str) -> Word:
    """Return the beginning of a word as the index spells words.

    >>> read_stem("Hoà").syllable, read_stem("HÒA").syllable
    ('hoà', 'hoà')
    """
    return _word(normalise(clean_text(letters)))


def read_plain(text: CleanText, *, counted: bool) -> Plain | None:
    """Return plain words, or None where there are none.

    `counted` words follow the counting rule of `ranking.needs_for`; of others every one must be
    there. Words that only make it a question are weak, unless there are no others.

    >>> plain = read_plain(clean_text("học phí là gì"), counted=True)
    >>> [word.syllable for word in plain.weak], plain.bigrams
    (['là', 'gì'], ('hoc_phi',))
    """
    words = tuple(dict.fromkeys(read_words(text)))
    if not words:
        return None
    runs = split_runs(text)
    weak = find_weak(runs) if counted else ()
    if len(weak) == len(words):
        weak = ()
    bigrams = tuple(dict.fromkeys(_bigrams(runs, weak)))
    needs = needs_for(len(words) - len(weak), len(bigrams)) if counted else None
    return Plain(words, bigrams, _compounds(runs, words), weak=weak, needs=needs)


def _bigrams(runs: Sequence[list[str]], weak: Sequence[Word]) -> Iterator[str]:
    # A pair with "là" or "gì" says nothing of the matter asked about.
    bare = {word.syllable for word in weak}
    for run in runs:
        piece: list[str] = []
        for syllable in run:
            if syllable in bare:
                yield from fold_bigrams([piece])
                piece = []
            else:
                piece.append(syllable)
        yield from fold_bigrams([piece])


def _compounds(runs: list[list[str]], words: Sequence[Word]) -> tuple[str, ...]:
    # pyvi knows accented words only.
    if not any(word.accented for word in words):
        return ()
    return tuple(dict.fromkeys(find_compounds(runs)))


class _Pattern(NamedTuple):
    """Words of a question, one after the other; `last` ones only end it."""

    syllables: tuple[str, ...]
    last: bool


def find_weak(runs: Sequence[list[str]]) -> tuple[Word, ...]:
    """Return the words that stand in question patterns and nowhere else, in order.

    >>> [word.syllable for word in find_weak([["nội", "quy", "được", "quy", "định", "ra", "sao"]])]
    ['được', 'định', 'ra', 'sao']
    """
    flags = [(s, weak) for i, run in enumerate(runs) for s, weak in _mark(run, i == len(runs) - 1)]
    strong = {syllable for syllable, weak in flags if not weak}
    found = dict.fromkeys(syllable for syllable, weak in flags if weak and syllable not in strong)
    return tuple(_word(syllable) for syllable in found)


def _mark(run: list[str], is_last: bool) -> Iterator[tuple[str, bool]]:  # noqa: FBT001
    """Yield each syllable of a run, and whether a question pattern covers it."""
    at = 0
    while at < len(run):
        length = _longest_pattern(run, at, is_last=is_last)
        for syllable in run[at : at + max(length, 1)]:
            yield syllable, length > 0
        at += max(length, 1)


def _longest_pattern(run: list[str], at: int, *, is_last: bool) -> int:
    """Return how many syllables the longest pattern there covers; 0 for none."""
    for pattern in _patterns().get(fold(run[at]), ()):
        end = at + len(pattern.syllables)
        if pattern.last and not (is_last and end == len(run)):
            continue
        if _agree(run[at:end], pattern.syllables):
            return len(pattern.syllables)
    return 0


def _agree(typed: Sequence[str], known: Sequence[str]) -> bool:
    """Tell whether syllables are the pattern's, or the pattern's without its accents."""
    if len(typed) != len(known):
        return False
    # One bare syllable could be any word: "nao" is "não" as well.
    return all(
        syllable == right or (len(known) > 1 and syllable == fold(right))
        for syllable, right in zip(typed, known, strict=True)
    )


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    """Return the patterns by the bare first syllable, the longest first."""
    found: dict[str, list[_Pattern]] = {}
    for words, place, *_ in read_table("question_words.tsv"):
        syllables = tuple(normalise(clean_text(words)).split())
        found.setdefault(fold(syllables[0]), []).append(_Pattern(syllables, place == "end"))
    return {
        first: tuple(sorted(patterns, key=lambda each: -len(each.syllables)))
        for first, patterns in found.items()
    }
