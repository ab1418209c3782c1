"""What a query asks for, as a tree of frozen nodes.

`answers/query/` reads it from what was typed, `answers/understanding/` adds what council shorthand
means, and the engine finds the documents. What a search asks and answers beside it is in
`search_records.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Union

if TYPE_CHECKING:
    from datetime import date

    from indexer.records import DivisionKind

SearchedField = Literal["title", "issuer", "signer", "publisher"]
"""Fields that a query can name; words without one are searched in the whole document."""

ClosedFacet = Literal["category", "level", "kind", "issuer"]


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable of a query, normalised as the index's syllables are."""

    syllable: str
    accented: bool
    """Typed with accents: only the same spelling matches. Without, any accents match."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, in this order."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Words that must all stand within a stretch of `distance` syllables, in any order."""

    words: tuple[Word, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    stem: Word
    field: SearchedField | None = None


@dataclass(frozen=True, slots=True)
class InField:
    """Words that must all stand in one field, side by side when it is a phrase."""

    field: SearchedField
    words: tuple[Word, ...]
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class NumberClause:
    """A document number: documents that bear it come first, those that mention it after them."""

    keys: tuple[str, ...]
    """Keys of the document's own number (field `number_keys`), any of which will do."""
    mentions: tuple[str, ...] = ()
    """Keys of numbers mentioned (field `keys`)."""
    phrase: Phrase | None = None
    """Its syllables side by side: a mention too, where no key was recognised."""
    exact: bool = False
    """Typed in full: an act that bears it only in a shorter form is no bearer, but a mention."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Documents of which one of these is true (field `facts`: "unit:thành phố hà nội")."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Documents whose text mentions one of these (field `keys`: "date:2024-04-19")."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """Documents with one of these facet values."""

    facet: ClosedFacet
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Documents issued from the first day to the last one; None leaves a side open."""

    first: date | None = None
    last: date | None = None


class Needs(NamedTuple):
    """How much of plain words a document must hold, in distinct words and neighbouring pairs."""

    full_words: int
    full_pairs: int
    partial_words: int
    partial_pairs: int
    full_weight: float = 0.0
    """Share of the weight of words and pairs, half for each; rare ones weigh more (their idf)."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Other ways to say some of the words: holding one of them counts as holding these words."""

    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    weight: float = 1.0
    """What the other way adds to the score, measured by what the words themselves would."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Words typed one after the other without any operator."""

    words: tuple[Word, ...]
    """Distinct, in order."""
    bigrams: tuple[str, ...] = ()
    """Folded neighbours among the words: the index's own terms. They add score and count."""
    compounds: tuple[str, ...] = ()
    """pyvi's words of several syllables: they only add score."""
    expansions: tuple[Expansion, ...] = ()
    weak: tuple[Word, ...] = ()
    """Those of the words that a question needs and no document holds for it ("là gì")."""
    needs: Needs | None = None
    """None: every word must be there."""


@dataclass(frozen=True, slots=True)
class And:
    """Documents that every part finds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that any part finds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that the part does not find."""

    part: Node


# A union written with bars would be evaluated before its parts are known to Python 3.10.
Node = Union[  # noqa: UP007
    Plain,
    Phrase,
    Near,
    Prefix,
    InField,
    NumberClause,
    Fact,
    Mention,
    FacetChoice,
    Period,
    And,
    Or,
    Not,
]


@dataclass(frozen=True, slots=True)
class Preference:
    """What makes a match better without being a condition."""

    node: Node
    weight: float
    """Added to the score of the documents that it finds."""
    label: str = ""
    """What `explain` calls it, in Vietnamese: "ban hành tháng 12/2024"."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for; without a root, every document.

    Full matches are what `root` finds. Where shorthand was understood as a filter, `literal` is
    what the words alone would find: those documents follow after the full ones, counted apart, so
    that a wrong guess hides nothing. Partial matches of the plain words come last.
    """

    root: Node | None = None
    literal: Node | None = None
    """None where nothing was understood as a filter."""
    preferences: tuple[Preference, ...] = ()
    division: tuple[tuple[DivisionKind, str], ...] = ()
    """The part that was asked for, from the inside out: (("khoản", "1"), ("điều", "2"))."""
    understood: tuple[Understood, ...] = ()
    """What the words were taken to mean, in their order; expansions too."""

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing, and so for everything."""
        return self.root is None


UnderstoodKind = Literal[
    "number",
    "relation",
    "issuer",
    "unit",
    "level",
    "kind",
    "session",
    "term",
    "period",
    "expansion",
    "accents",
]
Effect = Literal["filters", "prefers", "expands", "empty"]
"""What came of it: full matches must have it; they come first; other words count too; no document
has it, so that it was let go."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that the words were taken to mean, and how to take it back."""

    key: str
    """What SearchRequest.declined names to have it read as plain words: "unit:xã thường tín"."""
    kind: UnderstoodKind
    label: str
    """In Vietnamese, as the chip shows it: "HĐND thành phố Hà Nội"."""
    typed: str
    """The words it was read from, as typed."""
    effect: Effect
    facet: str | None = None
    """The facet and value that a reader may set to make a preference a filter."""
    value: str | None = None
