"""Decides every field: first what a manifest states, then the text, then conclusions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.category import find_subject_field
from indexer.reading.metadata.dates import (
    find_event_date,
    find_issue_date,
    find_title_date,
    read_date,
)
from indexer.reading.metadata.decide_effect import decide_adopted
from indexer.reading.metadata.finding import Finding, assumed, inferred, manifest, stated
from indexer.reading.metadata.issuer import (
    Issuer,
    find_host,
    find_issuer,
    find_title_issuer,
    spell_issuer,
)
from indexer.reading.metadata.kind import (
    CONSOLIDATED,
    NEWS,
    find_enacted_kind,
    find_kind,
    name_kind,
)
from indexer.reading.metadata.level_names import read_level
from indexer.reading.metadata.number import find_numbers, find_own_number
from indexer.reading.metadata.number_doubts import trust_number
from indexer.reading.metadata.publisher import find_publisher
from indexer.reading.metadata.session import Sitting, find_sitting, spell_session, spell_term
from indexer.reading.metadata.title import find_abstract
from indexer.records import UNCATEGORISED, UNKNOWN_KIND

if TYPE_CHECKING:
    from datetime import date

    from indexer.reading.metadata.reading import Reading
    from indexer.records import Level


# What is less sure than this is better not said.
_LEAST_SURE = 0.5
_OTHER_YEAR = 0.35


def decide_number(reading: Reading) -> Finding[str] | None:
    """Return the document's own number; cited ones and those in a report are not its own."""
    if fact := reading.facts.get("number"):
        return manifest(spell_number(fact), fact)
    if reading.report:
        return None
    words = _said(reading, "number")
    said = stated(spell_number(words), words) if find_numbers(words) else None
    if reading.portal_first and said:
        return said
    return _certified_number(reading) or _own_number(reading) or said


def _certified_number(reading: Reading) -> Finding[str] | None:
    found = reading.certificate
    return stated(found.number, found.number, 0.85) if found and found.number else None


def _own_number(reading: Reading) -> Finding[str] | None:
    """Return the number of the letterhead, unless all else there denies it; else a title's."""
    printed = reading.layout.number
    block = stated(printed, printed) if printed else None
    if found := find_own_number(reading.layout.head_text, ()) or block:
        trust = min(found.evidence.confidence, trust_number(found.value, reading.layout))
        if trust:
            return stated(found.value, found.evidence.quote, trust)
    return find_own_number("", reading.titles)


def _said(reading: Reading, name: str) -> str:
    """Return what a portal's table or the page's own tags say; empty for nothing."""
    return reading.attributes.get(name) or reading.hints.get(name) or ""


def spell_number(words: str) -> str:
    """Return a number in its one spelling, or the words where they are none that we know.

    >>> spell_number("Số: 12 /2024/NQ- HĐND"), spell_number("A-7")
    ('12/2024/NQ-HĐND', 'A-7')
    """
    spans = find_numbers(words)
    return spans[0].canonical if spans else words


def decide_kind(reading: Reading, number: str | None) -> Finding[str]:
    """Return the kind, by evidence; a web page that is no act is taken for news."""
    if fact := reading.facts.get("kind"):
        return manifest(name_kind(fact), fact)
    if reading.report:
        return inferred(NEWS, reading.report)
    if found := _kind_of_act(reading, number):
        return found
    published = reading.hints.get("issued_on")
    if reading.web_page and published and reading.story.sentences and not reading.layout.formal:
        return inferred(NEWS, f"{published}: {reading.story.opening}")
    return assumed(UNKNOWN_KIND)


def _kind_of_act(reading: Reading, number: str | None) -> Finding[str] | None:
    words = _said(reading, "kind")
    said = stated(name_kind(words), words) if words else None
    if reading.portal_first and said:
        return said
    if reading.certificate:
        return stated(CONSOLIDATED, reading.certificate.quote)
    found = find_kind(reading.layout, number, reading.titles) or said
    return found or (find_enacted_kind(reading.text) if reading.layout.formal else None)


def decide_date(reading: Reading, kind: str, number: str | None = None) -> Finding[date] | None:
    """Return the day of issue or of the event; a page's own date only counts for news."""
    fact = reading.facts.get("issued_on", "")
    if fact and (day := read_date(fact)):
        return manifest(day, fact)
    if kind == NEWS:
        return _news_date(reading)
    words = reading.attributes.get("issued_on", "")
    said = stated(day, words) if (day := read_date(words)) else None
    if reading.portal_first and said:
        return said
    if reading.certificate:
        certified = reading.certificate.day
        return stated(certified, reading.certificate.quote, 0.85) if certified else said
    if reading.layout.formal:
        found = find_issue_date(reading.layout)
    else:
        found = next(filter(None, map(find_title_date, reading.titles)), None)
    # The day of adoption stands for one that the clerk left blank.
    found = found or decide_adopted(reading, kind)
    return (_weigh_date(found, number) if found else None) or said


def _weigh_date(found: Finding[date], number: str | None) -> Finding[date] | None:
    """Return the day, less sure where its year is not the number's; one misread as well is none."""
    year = re.search(r"/((?:19|20)\d\d)/", number or "")
    if year is None or int(year[1]) == found.value.year:
        return found
    known = found.evidence
    sure = known.confidence - _OTHER_YEAR
    return stated(found.value, known.quote, sure) if sure >= _LEAST_SURE else None


def _news_date(reading: Reading) -> Finding[date] | None:
    said = reading.hints.get("issued_on", "")
    published = read_date(said)
    found = find_event_date(reading.story, reading.text, published)
    if found or reading.story.day_without_year:
        return found
    return stated(published, said) if published else None


def decide_issuer(reading: Reading, kind: str, on: date | None) -> Finding[Issuer] | None:
    """Return issuer and level of the document on its day."""
    if fact := reading.facts.get("issuer"):
        return manifest(spell_issuer(fact, on), fact)
    if kind == NEWS:
        return find_host(reading.story, reading.hosts, on)
    words = _said(reading, "issuer")
    said = stated(spell_issuer(words, on), words) if words else None
    if reading.portal_first and said:
        return said
    found = find_issuer(reading.layout, reading.text, on) if reading.layout.formal else None
    if found is None and kind != UNKNOWN_KIND:
        titles = (find_title_issuer(title, on) for title in reading.titles)
        found = next(filter(None, titles), None)
    return found or said


def decide_level(reading: Reading, issuer: Finding[Issuer] | None) -> Finding[Level]:
    """Return the manifest's level, else the issuer's on the day."""
    fact = reading.facts.get("level", "")
    if level := read_level(fact):
        return manifest(level, fact)
    if issuer is None or issuer.value.level == "không rõ":
        return assumed("không rõ")
    if issuer.evidence.how == "manifest":
        return inferred(issuer.value.level, issuer.evidence.quote)
    return Finding(issuer.value.level, issuer.evidence)


def decide_sitting(reading: Reading, kind: str, level: Level, on: date | None) -> Sitting:
    """Return term, session and its type, of the document's own body."""
    news = kind == NEWS
    passages = [reading.layout.head_text, reading.layout.subject_text, *reading.titles]
    if news:
        passages += reading.story.sentences[:1]
    found = find_sitting(passages, reading.text, central=level == "trung ương", news=news, on=on)
    term, session = reading.facts.get("term"), reading.facts.get("session")
    sort = reading.facts.get("session_type")
    return Sitting(
        manifest(spell_term(term), term) if term else found.term,
        manifest(spell_session(session), session) if session else found.session,
        manifest(sort, sort) if sort else found.session_type,
    )


def decide_abstract(reading: Reading) -> Finding[str] | None:
    """Return what the act is about, in its own words."""
    if fact := reading.facts.get("abstract"):
        return manifest(fact, fact)
    if reading.report:
        return None
    found = next(
        filter(None, (find_abstract(reading.layout, title) for title in reading.titles or ("",))),
        None,
    )
    said = reading.attributes.get("abstract") or reading.hints.get("abstract")
    return found or (stated(said, said) if said else None)


def decide_publisher(reading: Reading, on: date | None) -> Finding[str] | None:
    """Return whose portal or gazette the document comes from."""
    if fact := reading.facts.get("publisher"):
        return manifest(fact, fact)
    if said := reading.hints.get("publisher"):
        return stated(said, said)
    return find_publisher(reading.boilerplate, on)


def decide_category(reading: Reading, title: str, abstract: str) -> Finding[str]:
    """Return the source's own category word for word, else the field that the words show."""
    if fact := reading.facts.get("category"):
        return manifest(fact, fact)
    if said := reading.hints.get("category"):
        return stated(said, said)
    found = find_subject_field(title, abstract, reading.text)
    return found or assumed(UNCATEGORISED)
