"""A read source becomes a CouncilDocument: every field with the evidence it rests on.

What a manifest or an export states wins; then what the text says; then what we conclude; and
where nothing decides, the field stays empty or says so. No rule ever fills a blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.language.text import clean_text
from indexer.reading.metadata.bases import find_bases
from indexer.reading.metadata.conflicts import find_claims, find_conflicts, without_claims
from indexer.reading.metadata.corrections import facts_of, mark_corrections
from indexer.reading.metadata.decide import (
    decide_abstract,
    decide_category,
    decide_date,
    decide_issuer,
    decide_kind,
    decide_level,
    decide_number,
    decide_publisher,
    decide_sitting,
)
from indexer.reading.metadata.decide_effect import (
    decide_adopted,
    decide_effective,
    decide_expiry,
)
from indexer.reading.metadata.decide_signing import decide_place, decide_signature
from indexer.reading.metadata.divisions import find_divisions
from indexer.reading.metadata.finding import Finding, manifest
from indexer.reading.metadata.kinds import kind_labels
from indexer.reading.metadata.locate import locate_evidence
from indexer.reading.metadata.mentions import find_mentions
from indexer.reading.metadata.reading import Reading, read_source
from indexer.reading.metadata.title import find_title
from indexer.records import CleanText, CouncilDocument

if TYPE_CHECKING:
    from datetime import date

    from indexer.records import Evidence, ExtractedText, Level, Source, SourceEntry, SourceFile

RECORD_VERSION = 3
"""Raised whenever a record could come out otherwise from the same text."""

Value = TypeVar("Value")


def describe_file(source: SourceFile, extracted: ExtractedText) -> CouncilDocument:
    """Return the record of a file; its pages are cleaned one by one, joined by a blank line."""
    text, pages = _join_pages(extracted.pages)
    reading = read_source(
        text,
        clean_text(extracted.title),
        facts_of(source),
        hints=extracted.hints,
        boilerplate=clean_text(extracted.boilerplate),
        web_page="html" in extracted.media_type,
    )
    return _describe(
        reading,
        source,
        media_type=extracted.media_type,
        pages=pages,
        attachments=extracted.attachments,
        scans=extracted.scans,
        ocr=extracted.ocr,
    )


def describe_entry(entry: SourceEntry) -> CouncilDocument:
    """Return the record of an export's line; its title stays word for word."""
    title = clean_text(entry.title)
    reading = read_source(clean_text(entry.text), title, {"title": title, **facts_of(entry)})
    return _describe(reading, entry, media_type="application/x-ndjson")


def _join_pages(pages: tuple[str, ...]) -> tuple[CleanText, tuple[int, ...]]:
    """Return the clean text and where each page starts in it; no starts for a single page."""
    text, starts = "", []
    for page in map(clean_text, pages):
        if text and page:
            text += "\n\n"
        starts.append(len(text))
        text += page
    return CleanText(text), tuple(starts) if len(starts) > 1 else ()


@dataclass(frozen=True)
class _Fields:
    """What was decided for each field of a record, by its name there."""

    title: Finding[str]
    kind: Finding[str]
    category: Finding[str]
    level: Finding[Level]
    number: Finding[str] | None
    issuer: Finding[str] | None
    place: Finding[str] | None
    issued_on: Finding[date] | None
    adopted_on: Finding[date] | None
    effective_on: Finding[date] | None
    expires_on: Finding[date] | None
    term: Finding[str] | None
    session: Finding[str] | None
    session_type: Finding[str] | None
    abstract: Finding[str] | None
    signer: Finding[str] | None
    signer_title: Finding[str] | None
    publisher: Finding[str] | None

    def evidence(self) -> dict[str, Evidence]:
        """Return the evidence of every field that is known."""
        return {name: found.evidence for name, found in vars(self).items() if found}


def _decide(reading: Reading) -> _Fields:
    number = decide_number(reading)
    kind = decide_kind(reading, _value(number))
    day = decide_date(reading, kind.value, _value(number))
    adopted = decide_adopted(reading, kind.value)
    effective = decide_effective(reading, kind.value, _value(day), _value(adopted))
    issuer = decide_issuer(reading, kind.value, _value(day))
    name = issuer.value.name if issuer else None
    level = decide_level(reading, issuer)
    sitting = decide_sitting(reading, kind.value, level.value, _value(day))
    abstract = decide_abstract(reading)
    signer, signer_title = decide_signature(reading)
    title = _decide_title(reading, kind.value, _value(number), _value(abstract))
    return _Fields(
        title=title,
        kind=kind,
        category=decide_category(reading, title.value, _value(abstract) or ""),
        level=level,
        number=number,
        issuer=Finding(name, issuer.evidence) if issuer and name else None,
        place=decide_place(reading, kind.value, name),
        issued_on=day,
        adopted_on=adopted,
        effective_on=effective,
        expires_on=decide_expiry(reading, kind.value, _value(effective)),
        term=sitting.term,
        session=sitting.session,
        session_type=sitting.session_type,
        abstract=abstract,
        signer=signer,
        signer_title=signer_title,
        publisher=decide_publisher(reading, _value(day)),
    )


def _describe(reading: Reading, source: Source, **shape: Any) -> CouncilDocument:
    """Return the record; `shape` is what the format alone tells: media type, pages, scans, ..."""
    found = _decide(reading)
    alone = vars(_decide(without_claims(reading))) if find_claims(reading) else {}
    values: dict[str, Any] = {name: _value(finding) for name, finding in vars(found).items()}
    document = CouncilDocument(
        id=source.id,
        path=source.path,
        sha256=source.sha256,
        origin=source.origin,
        sample=source.sample,
        text=reading.text,
        mentioned=find_mentions(reading.text, values["issued_on"], found.level.value),
        bases=find_bases(reading.text) if reading.layout.formal else (),
        divisions=() if reading.report else find_divisions(reading.text),
        evidence=locate_evidence(reading.text, found.evidence()),
        conflicts=find_conflicts(reading, vars(found), alone),
        **values,
        **shape,
    )
    return mark_corrections(document, source.corrections)


def _decide_title(
    reading: Reading, kind: str, number: str | None, abstract: str | None
) -> Finding[str]:
    if fact := reading.facts.get("title"):
        return manifest(fact, fact)
    label = kind_labels().get(kind, kind)
    return find_title(reading, label, number, abstract)


def _value(finding: Finding[Value] | None) -> Value | None:
    return finding.value if finding else None
