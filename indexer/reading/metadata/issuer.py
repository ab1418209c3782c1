"""The body that issued a document or presided over what it reports, and its level on that day.

The first rule that hits wins: letterhead; closing formula; signer block; the act's title; for
news the subject of the first sentence, then who chairs. Those who attend are only mentioned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.reading.metadata.bodies import (
    Body,
    capitalise_fields,
    find_bodies,
    find_lead,
    match_central,
    match_joint,
    names_list_of_kinds,
)
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.units import Unit, level_of, match_name, provinces_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indexer.reading.metadata.layout import Layout
    from indexer.reading.metadata.news import Story
    from indexer.records import Level

_TAIL_CHARACTERS = 6000
_LONGEST_TITLE = 1000
_MISSPELT = 0.8
_NO_ISSUER_LINE = re.compile(
    r"(?:số|s6|luật số|ngày)\b|.{0,40}, ngày|v/v|về việc|khoá [ivx\d]|kỳ họp|\("
)
_OFFICE = re.compile(
    r"(?:^|\n)(?P<office>sở|phòng|chi cục|trung tâm|thanh tra"
    r"|ban quản lý)\s+(?P<field>[a-zà-ỹ][^\n]{2,60})"
)
_CENTRAL_OFFICE = re.compile(
    r"(?P<office>tổng cục|cục|vụ|viện|kho bạc)\s+(?!trưởng)(?P<field>[a-zà-ỹ][^\d:;]{2,60})"
)
_CHAIR_OF = re.compile(r"^chủ tịch\s*$|chủ tịch\s+(?=hội đồng|uỷ ban)")
# "Hội đồng nhân dân tỉnh Phú Yên ban hành Nghị quyết ...": a line below the legal grounds.
_ENACTING = re.compile(
    r"(?:^|\n)(?=[^\n]{6,90} (?:ban hành|quyết nghị|quyết định) ?(?:nghị|thông|quyết|chỉ|luật"
    r"|pháp|:))"
)
_CLOSING_BODY = re.compile(
    r"(?:đã )?được\s+(?=hội\s+đồng\s+nhân\s+dân|hđnd|quốc\s+hội|uỷ\s+ban\s+thường\s+vụ)"
)
_SIGNER_BODY = re.compile(r"(?:^|\n)\s*(?:tm|t/m)\.?\s+")
# Name, number and day, and nothing else before "của": further on it is a cited act's issuer.
_ACT_ALONE = re.compile(
    r"(?!\S+ [^\d]{0,60}\b(?:luật|nghị định|nghị quyết|quyết định|thông tư) của\b)"
    r"(?:[^\d,;:]|(?<=năm )20\d\d){3,80}?"
    r"(?:(?:\s?số)?\s?:?\s?\d[^\s,;]{0,12}/[^\s,;]{2,30}|\s?số\s?:?\s?[^\s,;]{1,40})?"
    r"[\s,(]{0,3}(?:ngày [\d/.\- thángnăm]{6,32}?)?[\s,)]{1,3}(?P<of>của)\s"
)
_OF_BODY = re.compile(r"\bcủa\s+")
_CHAIR = re.compile(r"chủ trì|chủ toạ|điều hành|đồng chủ trì")
# Behind these words stands a place, a guest or an object, not the one who acts.
_NOT_SUBJECT = re.compile(
    r"(?:\bvới|\btại|\btới|\bđến|\bdự|\bgửi|\bcho|\bcùng|trụ sở|hội trường|nhà khách|\bvề"
    r"|đại biểu|\bđối với|\bgiữa"
    r"|giám sát|làm việc với|kết luận của|điểm cầu|theo|nghị quyết(?: số \S+)? của"
    r"|nghị quyết)\s+(?:các\s+)?$"
)
_COMMUNE_KINDS = frozenset({"xã", "phường", "thị trấn"})
_OFFICE_BEFORE = re.compile(r"(?:chủ tịch|trưởng ban|bí thư)\s*$")
# A report may open with the one who acts: "Ông Nguyễn Văn Mẫu, Chủ tịch HĐND tỉnh ..., đã tiếp".
_PERSON = re.compile(r"(?:(?:các )?đồng chí|ông|bà) ")
_NAMED_UNIT = re.compile(
    r"(?<![^\W_])(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer's name (None when its unit stays unnamed) and its level."""

    name: str | None
    level: Level


def find_issuer(layout: Layout, text: str, on: date | None) -> Finding[Issuer] | None:
    """Return the issuer of an act or paper: letterhead, closing formula, then signer block."""
    lines = [line for line in layout.head if not _NO_ISSUER_LINE.match(lower_letters(line))]
    head = "\n".join(lines)
    if found := _issuer_of_head(head, lines, on):
        return found
    if found := _body_behind(_ENACTING, text[:_TAIL_CHARACTERS], on):
        return found
    tail = text[-_TAIL_CHARACTERS:]
    for opening in (_CLOSING_BODY, _SIGNER_BODY):
        if found := _body_behind(opening, tail, on):
            return found
    return None


def _issuer_of_head(head: str, lines: list[str], on: date | None) -> Finding[Issuer] | None:
    body = next((each for each in find_bodies(head, on, letterhead=True) if each.unit), None)
    if body is None:
        return _central_of_head(lines)
    sure = _MISSPELT if body.misspelt else 0.95
    return stated(_named(_acting_part(body, head), on, head), head, sure)


def _central_of_head(lines: list[str]) -> Finding[Issuer] | None:
    for index, line in enumerate(lines[:4]):
        if central := match_central(line):
            joined = match_joint(" ".join(lines[index : index + 4]))
            if len(joined) > 1:
                return stated(Issuer("; ".join(joined), "trung ương"), line)
            office = next(filter(None, map(_office_of_ministry, lines[index + 1 : 4])), "")
            return stated(Issuer(office or central.name, "trung ương"), f"{line} {office}".strip())
    return None


def _office_of_ministry(line: str) -> str:
    """Return the department that stands below its ministry: "TỔNG CỤC HẢI QUAN"."""
    match = _CENTRAL_OFFICE.fullmatch(lower_letters(line).strip()) if line.isupper() else None
    if match is None:
        return ""
    field = capitalise_fields(line.strip()[match.start("field") :])
    return f"{match['office'].capitalize()} {field}"


def _acting_part(body: Body, head: str) -> Body:
    """Return the body with the office that stands beside its name: a board, its chair, a Sở."""
    lowered = lower_letters(head)
    rest = lowered[body.end :]
    if body.organ == "UBND" and (office := _OFFICE.search(rest)):
        name = f"{office['office'].capitalize()} {capitalise_fields(office['field'])}"
        return replace(body, organ=name.strip(), lead="")
    if body.lead:
        return body
    if lead := find_lead(head[: body.start]) or find_lead(head[body.end :]):
        return replace(body, lead=lead)
    if _CHAIR_OF.search(lowered[: body.start]):
        return replace(body, lead="Chủ tịch")
    return body


def _body_behind(opening: re.Pattern[str], text: str, on: date | None) -> Finding[Issuer] | None:
    for match in opening.finditer(lower_letters(text)):
        rest = text[match.end() : match.end() + 160]
        if central := match_central(rest):
            return stated(Issuer(central.name, "trung ương"), rest[: central.end])
        body = next(find_bodies(rest, on), None)
        if body and body.start == 0 and body.unit:
            return stated(_named(body, on, text), rest[: body.end])
    return None


def find_title_issuer(title: str, on: date | None) -> Finding[Issuer] | None:
    """Return the issuer that an act's title names: "Nghị quyết số ... của HĐND tỉnh Phú Yên"."""
    head = re.split(r"(?i)\b(?:về|quy định|sửa đổi|ban hành|phê duyệt)\b", title[:_LONGEST_TITLE])[
        0
    ]
    named = _ACT_ALONE.match(lower_letters(head))
    return _body_behind(_OF_BODY, head[named.start("of") :], on) if named else None


def find_host(story: Story, contexts: tuple[str, ...], on: date | None) -> Finding[Issuer] | None:
    """Return who organised what a report tells of, else who chaired it.

    `contexts` name the unit of a bare "HĐND tỉnh", the best first: the publisher, then the text.
    """
    for allow_of in (False, True):
        for sentence in story.sentences[:2]:
            if body := _subject(sentence, on, allow_of=allow_of):
                return _hosted(body, sentence, contexts, on)
    for sentence in story.sentences:
        if body := _chairing(sentence, on):
            return _hosted(body, sentence, contexts, on)
    return None


def _subject(sentence: str, on: date | None, *, allow_of: bool) -> Body | None:
    lowered = lower_letters(sentence)
    for body in find_bodies(sentence, on):
        before = lowered[: body.start]
        plural = before.rstrip().endswith(("các", "cấp")) or _names_kinds(body, sentence)
        chaired = _OFFICE_BEFORE.search(before) and not _PERSON.match(lowered)
        if plural or chaired or _NOT_SUBJECT.search(before):
            continue
        if body.unit and (allow_of or not re.search(r"\bcủa\s+$", before)):
            return body
    return None


def _names_kinds(body: Body, sentence: str) -> bool:
    """Say whether only kinds of units follow; behind a name they go on with its address."""
    named = body.unit is not None and bool(body.unit.name)
    return not named and names_list_of_kinds(sentence, body.end)


def _chairing(sentence: str, on: date | None) -> Body | None:
    """Return the body of the one who chairs: named last before the verb, or first behind it."""
    chair = _CHAIR.search(lower_letters(sentence))
    if chair is None:
        return None
    bodies = [body for body in find_bodies(sentence, on) if body.unit]
    before = [body for body in bodies if body.end <= chair.start()]
    return before[-1] if before else next(iter(bodies), None)


def _hosted(
    body: Body, sentence: str, contexts: tuple[str, ...], on: date | None
) -> Finding[Issuer]:
    if body.unit and not body.unit.name:
        names = (name_unit(body.unit, context, on) for context in contexts)
        body = replace(body, unit=next(filter(None, names), body.unit))
    # "stated" is for the words of a letterhead; who presides we concluded from a sentence.
    return inferred(_named(body, on, "\n".join(contexts)), sentence)


def name_unit(unit: Unit, context: str, on: date | None) -> Unit | None:
    """Return the unit with the name that the context gives this kind first; None without one.

    A district's portal speaks of its province's council as "HĐND Thành phố".

    >>> name_unit(Unit("thành phố"), "HĐND thành phố Hà Nội", None).label
    'thành phố Hà Nội'
    """
    named = [*named_units(context)]
    if same := [each for each in named if each.kind == unit.kind]:
        return same[0]
    provinces = {province for each in named for province in provinces_of(each, on)}
    fitting = [province for province in provinces if province.kind == unit.kind]
    return fitting[0] if len(provinces) == len(fitting) == 1 else None


def named_units(text: str) -> Iterable[Unit]:
    """Yield every unit that the text names in full, in order."""
    for match in _NAMED_UNIT.finditer(lower_letters(text)):
        kind = "thành phố" if match["kind"].startswith("tp") else match["kind"]
        rest = text[match.end() : match.end() + 60]
        if rest[:1].islower():
            continue
        if found := match_name(kind, rest):
            yield Unit(kind, found.name)


def _named(body: Body, on: date | None, context: str) -> Issuer:
    """Return name and level; a commune whose name many bear gets its province, where stated."""
    unit = body.unit
    if unit is None:
        return Issuer(body.name, "trung ương")
    if not unit.name:
        return Issuer(None, level_of(unit, on))
    return Issuer(body.name + _province_of(unit, context, on), level_of(unit, on))


def _province_of(unit: Unit, context: str, on: date | None) -> str:
    provinces = provinces_of(unit, on)
    if len(provinces) < 2:  # noqa: PLR2004
        return ""
    named = [*named_units(context)]
    stated_ones = [each for each in named if each in provinces] or [
        holding[0]
        for each in named
        # A district names its province, another commune of a common name does not.
        if each.kind not in _COMMUNE_KINDS
        and len(holding := provinces_of(each, on)) == 1
        and holding[0] in provinces
    ]
    return f", {stated_ones[0].label}" if stated_ones else ""


def spell_issuer(words: str, on: date | None) -> Issuer:
    """Return an issuer that a manifest or a portal names, in our spelling where we read it.

    >>> spell_issuer("Hội đồng nhân dân TP. Hà Nội", None).name
    'HĐND thành phố Hà Nội'
    """
    if central := match_central(words):
        return Issuer(central.name, "trung ương")
    body = next((each for each in find_bodies(words, on, letterhead=True) if each.unit), None)
    if body is None or not body.unit:
        return Issuer(words.strip(), _level_in_words(words, on))
    whole = body.start == 0 and not words[body.end :].strip(" .")
    level = level_of(body.unit, on)
    return Issuer(body.name if whole and body.unit.name else words.strip(), level)


def _level_in_words(words: str, on: date | None) -> Level:
    unit = next(iter(named_units(words)), None)
    return level_of(unit, on) if unit else "không rõ"
