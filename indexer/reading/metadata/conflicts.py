"""Where a source's own fields and the text say different things: the source wins, and we tell.

What differs in spelling alone is no conflict: tone style, spaces, leading noughts, a year left out
of a number, a broader kind, an issuer named without its unit or its board.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.language.text import fold
from indexer.reading.metadata.finding import Finding, stated
from indexer.reading.metadata.kind import NEWS
from indexer.reading.metadata.kinds import read_kinds
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import leading_number, number_keys
from indexer.reading.metadata.units import UNIT_KINDS
from indexer.records import UNKNOWN_KIND, Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.reading.metadata.reading import Reading

FIELDS = ("number", "kind", "issuer", "issued_on", "adopted_on", "effective_on", "expires_on")
"""What a source may state and its text may deny."""

_LEAST_SURE = 0.7
_UNIT_WORDS = frozenset(" ".join((*UNIT_KINDS, "tp", "tx", "tt")).split())


def find_claims(reading: Reading) -> tuple[str, ...]:
    """Return the fields that the source itself states, in whatever place."""
    sources = (reading.facts, reading.attributes, reading.hints)
    return tuple(name for name in FIELDS if any(name in source for source in sources))


def without_claims(reading: Reading) -> Reading:
    """Return the reading as it would be if no source had stated any field."""
    hints = {name: words for name, words in reading.hints.items() if name not in FIELDS}
    return replace(reading, facts={}, attributes={}, hints=hints)


def find_conflicts(
    reading: Reading,
    kept: Mapping[str, Finding[Any] | None],
    alone: Mapping[str, Finding[Any] | None],
) -> tuple[Conflict, ...]:
    """Return the disagreements between the fields kept and those that the text alone gives."""
    kind = alone.get("kind")
    # A report's day is the event's; a portal states the day it put the report online.
    told = () if kind and kind.value == NEWS else find_claims(reading)
    found = [_compare(name, kept.get(name), alone.get(name)) for name in told]
    return tuple(filter(None, (*found, _compare_title(reading, kept.get("number")))))


def _compare(name: str, kept: Finding[Any] | None, other: Finding[Any] | None) -> Conflict | None:
    if kept is None or other is None or other.value in (None, UNKNOWN_KIND):
        return None
    if other.evidence.confidence < _LEAST_SURE or _same(name, str(kept.value), str(other.value)):
        return None
    return Conflict(
        name, str(kept.value), kept.evidence.how, str(other.value), other.evidence.quote
    )


def _compare_title(reading: Reading, kept: Finding[Any] | None) -> Conflict | None:
    """Return the conflict of a number with the one that the source's title begins with."""
    named = leading_number(reading.title)
    if kept is None or named is None or kept.evidence.how != "stated":
        return None
    return _compare("number", kept, stated(named, reading.title))


def _same(name: str, one: str, two: str) -> bool:
    if name == "number":
        return not set(number_keys(one)).isdisjoint(number_keys(two))
    if name == "kind":
        return fold(one) == fold(two) or two in _broader(one) or one in _broader(two)
    if name == "issuer":
        words, others = set(_words_of_issuer(one)), set(_words_of_issuer(two))
        return words <= others or others <= words
    return one == two


def _broader(kind: str) -> tuple[str, ...]:
    return next((each.refines for each in read_kinds() if each.value == kind), ())


def _words_of_issuer(name: str) -> Iterator[str]:
    lowered = lower_letters(name).replace("hội đồng nhân dân", "hđnd")
    lowered = lowered.replace("uỷ ban nhân dân", "ubnd")
    for word in fold(lowered).replace(",", " ").replace("-", " ").split():
        if word not in _FOLDED_UNIT_WORDS:
            yield word.strip(".")


_FOLDED_UNIT_WORDS = frozenset(fold(word) for word in _UNIT_WORDS)
