"""What is true of a document itself, as keys: whose it is, which session's, what it amends.

Keys: "unit:thành phố hà nội" (of the issuer), "area:huyện thường tín" (of issuer, publisher or
place), "body:hđnd", "body:ban pháp chế", "session:15", "session-type:chuyên đề", "term:16",
"years:2021-2026", "role:chủ tịch hđnd" (of who signed; without accents as well), and
"cites:45/2024/nq-hdnd" with its shorter forms (a number in the title). Words stand in lower
letters and one tone style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.reading.metadata.bodies import Body, find_bodies
from indexer.reading.metadata.issuer import named_units
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers
from indexer.reading.metadata.number_forms import number_forms
from indexer.reading.metadata.period_keys import find_periods
from indexer.reading.metadata.sitting_keys import term_number
from indexer.reading.metadata.units import Unit, match_bare_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from indexer.records import CouncilDocument


def document_facts(document: CouncilDocument) -> tuple[str, ...]:
    """Return the keys of all that is known of the document, each once."""
    body = _issuing_body(document)
    facts = (
        *_issuer_facts(document, body),
        *_area_facts(document),
        *_sitting_facts(document),
        *_role_facts(document.signer_title, body),
        *_cited(document),
    )
    return tuple(dict.fromkeys(facts))


def unit_key(unit: Unit) -> str:
    """Return a unit as the keys name it.

    >>> unit_key(Unit("thành phố", "Thanh Hóa"))
    'thành phố thanh hoá'
    """
    return lower_letters(unit.label)


def body_keys(organ: str, lead: str = "") -> tuple[str, ...]:
    """Return the keys of a body in its one spelling (see `Body`): the part that acts, its organ.

    >>> body_keys("HĐND", "Ban Pháp chế"), body_keys("HĐND", "Thường trực")
    (('body:ban pháp chế', 'body:hđnd'), ('body:thường trực hđnd', 'body:hđnd'))
    """
    organs = [lower_letters(each) for each in organ.replace(", ", " và ").split(" và ")]
    keys = [f"body:{each}" for each in organs]
    if lead:
        acting = lower_letters(lead)
        keys.insert(0, f"body:{acting if acting.startswith('ban ') else f'{acting} {organs[0]}'}")
    return tuple(keys)


def _issuing_body(document: CouncilDocument) -> Body | None:
    bodies = find_bodies(document.issuer or "", document.issued_on, letterhead=True)
    return next((body for body in bodies if body.unit), None)


def _issuer_facts(document: CouncilDocument, body: Body | None) -> Iterator[str]:
    if body and body.unit:
        yield from body_keys(body.organ, body.lead)
        if body.unit.name:
            yield f"unit:{unit_key(body.unit)}"
            yield f"area:{unit_key(body.unit)}"
    elif document.issuer:
        yield from (f"body:{name}" for name in lower_letters(document.issuer).split("; "))


def _area_facts(document: CouncilDocument) -> Iterator[str]:
    for words in (document.issuer, document.publisher, document.place):
        if words:
            named = list(named_units(words)) or _bare_unit(words, document.issued_on)
            yield from (f"area:{unit_key(unit)}" for unit in named)


def _bare_unit(words: str, on: date | None) -> list[Unit]:
    """Return the unit that a letterhead's place is: "Thường Tín" stands for the district."""
    found = match_bare_name(words, on)
    return [found[0]] if found and found[1] == len(words) else []


def _sitting_facts(document: CouncilDocument) -> Iterator[str]:
    if document.session:
        yield f"session:{lower_letters(document.session)}"
    if document.session_type:
        yield f"session-type:{lower_letters(document.session_type)}"
    if document.term and (term := term_number(document.term)):
        yield f"term:{term}"
    for words in (document.title, document.abstract or "", document.session or ""):
        for span in find_periods(lower_letters(words)):
            if span.sort == "term":
                yield from span.keys


def _role_facts(title: str | None, body: Body | None) -> Iterator[str]:
    if not title:
        return
    role = lower_letters(title)
    names = [role]
    if body:
        board = lower_letters(body.lead).removeprefix("ban ")
        of_board = role.endswith("ban") and board != lower_letters(body.lead)
        names.append(f"{role} {board}" if of_board else f"{role} {lower_letters(body.organ)}")
    for name in names:
        yield f"role:{name}"
        yield f"role:{fold(name)}"


def _cited(document: CouncilDocument) -> Iterator[str]:
    own = set(number_forms(document.number)) if document.number else set()
    for span in find_numbers(document.title):
        forms = number_forms(span.canonical)
        if forms[0] not in own:
            yield from (f"cites:{form}" for form in forms)
