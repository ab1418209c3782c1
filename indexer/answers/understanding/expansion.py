"""Other ways to say the words of a query: abbreviations written out, and back, and synonyms.

One pass over the words, the longest known saying first; what one saying covers no other does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import slug
from indexer.answers.understanding.short_units import write_out_units
from indexer.answers.understanding.synonyms import Synonym, keep_synonyms
from indexer.language.analysis import find_syllables
from indexer.language.syllables import is_syllable
from indexer.language.text import clean_text, fold
from indexer.query_records import Expansion, Phrase, Understood, Word
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.tables import read_table
from indexer.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.records import CleanText


class _Saying(NamedTuple):
    """Syllables that are said otherwise as well."""

    syllables: tuple[str, ...]
    others: tuple[tuple[tuple[str, ...], float], ...]
    in_capitals: bool
    """Counts only where it was typed in capitals: "TB", not "tb"."""


class _Typed(NamedTuple):
    word: Word
    in_capitals: bool


def expand(words: Sequence[Word], text: CleanText | None = None) -> tuple[Expansion, ...]:
    """Return other ways to say some of the words; each names the words it stands for.

    `text` is what the words were read from. It tells repeated words ("phòng cháy chữa cháy"),
    which words stand apart, and capitals; without it the words are taken as they come. An
    abbreviation with several meanings counts in capitals only, and weakly. SynonymFileError
    where an operator's own table can't be read.

    >>> [expansion] = expand((), clean_text("giám sát pccc"))
    >>> [word.syllable for word in expansion.words]
    ['pccc']
    >>> [[word.syllable for word in phrase.words] for phrase in expansion.phrases]
    [['phòng', 'cháy', 'chữa', 'cháy']]
    """
    sayings = _sayings(keep_synonyms(read_settings().synonyms))
    if text is None:
        return _expand([_Typed(word, in_capitals=False) for word in words], sayings)
    found = (
        expansion
        for part in text.split(";")
        for expansion in _expand(
            _type(clean_text(part), told=not text.isupper()), _with_units(sayings, part)
        )
    )
    return tuple(dict.fromkeys(found))


def name_expansions(expansions: Iterable[Expansion]) -> tuple[Understood, ...]:
    """Return what expansions are shown and taken back as: one chip for the same words.

    >>> [chip] = name_expansions(expand((), clean_text("giám sát pccc")))
    >>> chip.label, chip.key
    ('phòng cháy chữa cháy', 'expansion:pccc')
    """
    said: dict[tuple[Word, ...], list[str]] = {}
    for expansion in expansions:
        said.setdefault(expansion.words, []).extend(map(_show, expansion.phrases))
    return tuple(
        Understood(expansion_key(words), "expansion", ", ".join(ways), _spell(words), "expands")
        for words, ways in said.items()
    )


def expansion_key(words: Sequence[Word]) -> str:
    """Return the key under which the other ways to say some words are declined."""
    return f"expansion:{slug(_spell(words))}"


def _spell(words: Sequence[Word]) -> str:
    return " ".join(word.syllable for word in words)


def _show(phrase: Phrase) -> str:
    """Return a way to say it as readers write it: abbreviations in capitals."""
    said = _spell(phrase.words)
    return said if " " in said or is_syllable(said) else said.upper()


def _type(part: CleanText, *, told: bool) -> list[_Typed]:
    """Return the words between two semicolons; where all is in capitals, they say nothing."""
    return [
        _Typed(_word(each.normal), told and part[each.start : each.end].isupper())
        for each in find_syllables(part)
    ]


def _with_units(
    sayings: Mapping[str, tuple[_Saying, ...]], part: str
) -> Mapping[str, tuple[_Saying, ...]]:
    """Return the sayings with the units that are typed short in this part of a query."""
    more = dict(sayings)
    for typed, written in write_out_units(lower_letters(clean_text(part))):
        said = _syllables(typed)
        known = more.get(fold(said[0]), ())
        if all(each.syllables != said for each in known):
            saying = _Saying(said, ((_syllables(written), PREFER.written_out),), in_capitals=False)
            more[fold(said[0])] = _longest_first((*known, saying))
    return more


def _word(syllable: str) -> Word:
    return Word(syllable, accented=fold(syllable) != syllable)


def _expand(run: list[_Typed], sayings: Mapping[str, tuple[_Saying, ...]]) -> tuple[Expansion, ...]:
    return tuple(dict.fromkeys(_expand_run(run, sayings)))


def _expand_run(
    run: list[_Typed], sayings: Mapping[str, tuple[_Saying, ...]]
) -> Iterator[Expansion]:
    at = 0
    while at < len(run):
        saying = _longest(run, at, sayings)
        if saying is None:
            at += 1
            continue
        end = at + len(saying.syllables)
        covered = tuple(dict.fromkeys(each.word for each in run[at:end]))
        for weight in dict.fromkeys(weight for _, weight in saying.others):
            phrases = (Phrase(tuple(map(_word, said))) for said, w in saying.others if w == weight)
            yield Expansion(covered, tuple(phrases), weight)
        at = end


def _longest(
    run: list[_Typed], at: int, sayings: Mapping[str, tuple[_Saying, ...]]
) -> _Saying | None:
    for saying in sayings.get(fold(run[at].word.syllable), ()):
        typed = run[at : at + len(saying.syllables)]
        if len(typed) == len(saying.syllables) and all(map(_fits, typed, saying.syllables)):
            if saying.in_capitals and not all(each.in_capitals for each in typed):
                continue
            return saying
    return None


def _fits(typed: _Typed, syllable: str) -> bool:
    right = syllable if typed.word.accented else fold(syllable)
    return typed.word.syllable == right


@lru_cache(maxsize=4)
def _sayings(synonyms: tuple[Synonym, ...]) -> Mapping[str, tuple[_Saying, ...]]:
    """Return what is said otherwise by its bare first syllable, the longest first."""
    others: dict[tuple[tuple[str, ...], bool], dict[tuple[str, ...], float]] = {}
    for said, meant, weight in synonyms:
        others.setdefault((said, False), {})[meant] = weight
    for said, meant, ambiguous in _abbreviations():
        weight = PREFER.ambiguous if ambiguous else PREFER.written_out
        others.setdefault((said, ambiguous), {})[meant] = weight
    found: dict[str, list[_Saying]] = {}
    for (said, capitals), ways in others.items():
        found.setdefault(fold(said[0]), []).append(_Saying(said, tuple(ways.items()), capitals))
    return {first: _longest_first(each) for first, each in found.items()}


def _longest_first(sayings: Iterable[_Saying]) -> tuple[_Saying, ...]:
    return tuple(sorted(sayings, key=lambda saying: -len(saying.syllables)))


def _abbreviations() -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Yield what is short for what; both ways where there is only one meaning."""
    for short, meaning, how in read_table("abbreviations.tsv"):
        meant = _syllables(meaning)
        joined = _syllables(short.replace("-", ""))
        for said in dict.fromkeys((_syllables(short), joined)):
            yield said, meant, how == "capitals"
            if how == "always":
                yield meant, said, False


def _syllables(words: str) -> tuple[str, ...]:
    return tuple(each.normal for each in find_syllables(clean_text(words)))
