"""What parts of a query were taken to mean, before they are put together to one reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.answers.query.plain import find_weak
from indexer.language.analysis import split_runs
from indexer.language.text import fold
from indexer.query_records import Phrase, Understood, Word
from indexer.reading.metadata.letters import lower_letters

if TYPE_CHECKING:
    from indexer.query_records import Effect, Node, Preference, UnderstoodKind
    from indexer.records import CleanText, DivisionKind

# Council shorthand is short; real questions have ten syllables and more.
SHORTHAND_WORDS = 11
_TAKEN = ";"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that wait to be understood."""

    text: CleanText
    """As typed."""
    open: str
    """The same in lower letters; what was understood already stands as semicolons."""
    is_worded: bool
    """Worded as a question: "như thế nào"."""

    @property
    def is_question(self) -> bool:
        """Whether what is left is long, or worded as a question, and so no shorthand.

        Nothing in a question is taken for a condition but numbers in full.
        """
        return self.is_worded or len(_WORD.findall(self.open)) > SHORTHAND_WORDS

    def without(self, spans: tuple[tuple[int, int], ...]) -> Asked:
        """Return the same with these stretches understood."""
        left = self.open
        for start, end in spans:
            left = left[:start] + _TAKEN * (end - start) + left[end:]
        return replace(self, open=left)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What some words mean: `spans` are theirs, none where they stay plain words as well."""

    understood: Understood
    place: tuple[int, int]
    """Where they stand in the text."""
    node: Node | None = None
    """The condition that they make; None where they only make documents better."""
    preferences: tuple[Preference, ...] = ()
    keeps_words: bool = False
    """The words are plain words, too."""
    alone: Node | None = None
    """The condition that they make when nothing else was asked for."""
    alone_prefers: tuple[Preference, ...] = ()
    """What it favours instead when no matter is named beside it: "báo cáo năm 2024"."""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """What the plain words lose."""
        return () if self.keeps_words else (self.place,)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an act that was asked for (see `Query.division`)."""

    place: tuple[int, int]
    division: tuple[tuple[DivisionKind, str], ...]


def ask(text: CleanText) -> Asked:
    """Return plain words of a query, ready to be understood.

    >>> from indexer.language.text import clean_text
    >>> ask(clean_text("Học phí được quy định như thế nào?")).is_question
    True
    >>> ask(clean_text("NQ 15 Hà Nội")).is_question
    False
    """
    return Asked(text, lower_letters(text), bool(find_weak(split_runs(text))))


def name_meaning(  # noqa: PLR0913 - a chip has so many parts
    asked: Asked,
    place: tuple[int, int],
    kind: UnderstoodKind,
    label: str,
    effect: Effect,
    *,
    facet: tuple[str, str] | None = None,
    name: str = "",
) -> Understood:
    """Return the chip of a meaning; its key is the name's letters: "issuer:hdnd-tinh-phu-yen".

    Without a name of its own, its label is its name.
    """
    return Understood(
        key=f"{kind}:{slug(name or label)}",
        kind=kind,
        label=label,
        typed=asked.text[place[0] : place[1]].strip(),
        effect=effect,
        facet=facet[0] if facet else None,
        value=facet[1] if facet else None,
    )


def slug(label: str) -> str:
    """Return a label's bare letters and digits with hyphens between its words.

    >>> slug("HĐND thành phố Hà Nội")
    'hdnd-thanh-pho-ha-noi'
    """
    return "-".join(_WORD.findall(fold(lower_letters(label))))


def phrase(words: str) -> Phrase:
    """Return words that must stand together; bare ones fit any accents.

    >>> [word.syllable for word in phrase("Ban Kinh tế - Ngân sách").words]
    ['ban', 'kinh', 'tế', 'ngân', 'sách']
    """
    found = _WORD.findall(lower_letters(words))
    return Phrase(tuple(Word(each, accented=fold(each) != each) for each in found))
