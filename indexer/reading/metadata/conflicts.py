"""Where a source's own fields and the text say different things: the source wins, and we tell.

What differs in spelling alone is no conflict: tone style, spaces, leading noughts, a year left out
of a number, a broader kind, an issuer named without its unit or its board.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.language.text import fold
from indexer.reading.metadata.decide import (
    decide_date,
    decide_issuer,
    decide_kind,
    decide_number,
)
from indexer.reading.metadata.decide_effect import (
    decide_adopted,
    decide_effective,
    decide_expiry,
)
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


def find_conflicts(
    reading: Reading, kept: Mapping[str, Finding[Any] | None]
) -> tuple[Conflict, ...]:
    """Return the disagreements between the fields kept, by name, and what the text alone says."""
    sources = (reading.facts, reading.attributes, reading.hints)
    claimed = [name for name in FIELDS if any(name in source for source in sources)]
    other = _read_text_alone(reading) if claimed else {}
    found = [_compare(name, kept.get(name), other.get(name)) for name in claimed]
    return tuple(filter(None, (*found, _compare_title(reading, kept.get("number")))))


def _read_text_alone(reading: Reading) -> dict[str, Finding[Any] | None]:
    """Return the fields as they would be if no source had stated any."""
    hints = {name: words for name, words in reading.hints.items() if name not in FIELDS}
    alone = replace(reading, facts={}, attributes={}, hints=hints)
    number = decide_number(alone)
    named = decide_kind(alone, _value(number))
    kind = named.value
    if kind == NEWS:
        # A report's day is the event's; a portal states the day it put the report online.
        return {}
    day = decide_date(alone, kind, _value(number))
    adopted = decide_adopted(alone, kind)
    effective = decide_effective(alone, kind, _value(day), _value(adopted))
    issuer = decide_issuer(alone, kind, _value(day))
    return {
        "number": number,
        "kind": named,
        "issuer": Finding(issuer.value.name, issuer.evidence) if issuer else None,
        "issued_on": day,
        "adopted_on": adopted,
        "effective_on": effective,
        "expires_on": decide_expiry(alone, kind, _value(effective)),
    }


def _value(finding: Finding[Any] | None) -> Any:
    return finding.value if finding else None


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
