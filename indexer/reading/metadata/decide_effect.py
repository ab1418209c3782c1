"""Decides when an act was adopted, takes effect and ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from indexer.reading.metadata.dates import find_closing_date, read_date
from indexer.reading.metadata.effect import OwnDays, find_effective_day, find_expiry_day
from indexer.reading.metadata.finding import Finding, manifest, stated
from indexer.reading.metadata.kind import CONSOLIDATED, NEWS
from indexer.records import UNKNOWN_KIND

if TYPE_CHECKING:
    from indexer.reading.metadata.reading import Reading

_ADOPTED_KINDS = frozenset(
    ("nghị quyết", "nghị quyết liên tịch", "luật", "pháp lệnh", "quy chế", UNKNOWN_KIND)
)
# A consolidated text's clauses are the consolidated act's and its amendments', not its own.
_WITHOUT_EFFECT = frozenset((NEWS, CONSOLIDATED))
_A_YEAR = timedelta(365)
# An act takes effect within so many days of its own, as a rule.
_SOON = timedelta(120)


def decide_adopted(reading: Reading, kind: str) -> Finding[date] | None:
    """Return the day a body adopted the act, which may be another than the day on it."""
    if said := _said(reading, "adopted_on"):
        return said
    if kind not in _ADOPTED_KINDS or not _is_act(reading, kind):
        return None
    return find_closing_date(reading.text)


def _is_act(reading: Reading, kind: str) -> bool:
    """Say whether the text is an act at all: an article of a law on a page of its own is none."""
    return kind not in _WITHOUT_EFFECT and (kind != UNKNOWN_KIND or reading.layout.formal)


def decide_effective(
    reading: Reading, kind: str, issued: date | None, adopted: date | None
) -> Finding[date] | None:
    """Return the first day on which the act binds."""
    if said := _said(reading, "effective_on"):
        return said
    if not _is_act(reading, kind):
        return None
    found = find_effective_day(reading.text, kind, OwnDays(issued, adopted))
    return None if found and issued and _is_slip(found.value, issued) else found


def _is_slip(day: date, issued: date) -> bool:
    """Say whether the year is last year's by mistake, as clerks write it around New Year.

    >>> _is_slip(date(2025, 2, 9), date(2025, 12, 26)), _is_slip(date(2025, 1, 1), date(2025, 3, 1))
    (True, False)
    """
    return day < issued <= day + _A_YEAR <= issued + _SOON


def decide_expiry(reading: Reading, kind: str, effective: date | None) -> Finding[date] | None:
    """Return the first day on which the act binds no longer; never before its effect."""
    if said := _said(reading, "expires_on"):
        return said
    if not _is_act(reading, kind):
        return None
    found = find_expiry_day(reading.text, kind, effective)
    return None if found and effective and found.value <= effective else found


def _said(reading: Reading, name: str) -> Finding[date] | None:
    """Return the day that a manifest or a portal's table states."""
    fact = reading.facts.get(name, "")
    if day := read_date(fact):
        return manifest(day, fact)
    words = reading.attributes.get(name) or reading.hints.get(name) or ""
    day = read_date(words)
    return stated(day, words) if day else None
