"""Document numbers (số, ký hiệu): found, spelled one way, and turned into keys.

State numbers run serial/year/signs ("45/2024/NQ-HĐND"); the Party turns them round
("59-CV/TU") and is told apart by `NumberSpan.party`. Clerks and OCR write `NQ- HĐND`,
`số111/2008`, `15/2020 NQ-HĐND`, long dashes and Cyrillic letters; all are read. Every pattern
has bounded repeats only, so that hostile input costs linear time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import clean_text, fold
from indexer.reading.metadata.finding import Finding, stated
from indexer.reading.metadata.kinds import headings_longest_first
from indexer.reading.metadata.letters import even_letters, lower_letters
from indexer.reading.metadata.number_codes import (
    is_known_sign,
    is_right_sign,
    kind_signs,
    sign_key,
    spell_sign,
    split_glued,
)
from indexer.reading.metadata.number_standard import standard_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class NumberSpan(NamedTuple):
    """A document number inside a text, `text[start:end]`."""

    start: int
    end: int
    canonical: str
    """"45/2024/NQ-HĐND": no spaces, hyphen-minus, known signs in their right spelling."""
    party: bool = False


_SERIAL = r"(?<![\d/.,-])(?P<serial>(?:\d{1,5}(?:\.\d{1,2})?|\d{1,2}\.\d{3})[a-zđ]?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SIGN = (
    r"(?:[A-ZĐƯ]{2,14}\d{0,3}|[A-ZĐƯ]{1,3}[a-zđ]{1,2}[A-ZĐƯ]{0,8}|[A-ZĐƯ]\d{0,3})"
    r"(?![^\W_])"
)
_COUNCIL = r"[HU][ĐDB]N[DĐ]"
_STATE = re.compile(
    rf"{_SERIAL}\s{{0,3}}(?:/|-(?=\s?(?:19|20)\d\d\s?/))\s{{0,2}}"
    rf"(?:{_YEAR}\s{{0,2}}(?P<gap>[/ -]?)\s{{0,2}})?"
    rf"(?P<signs>{_SIGN}(?:(?:\s?[-_&]\s?|\s?/\s?(?={_COUNCIL})){_SIGN})?(?:[-_&.]{_SIGN}){{0,4}})"
)
# "12 NQ/HĐND", "07NQ/HĐND": without the words before it, a count of acts looks the same.
_UNSLASHED = re.compile(
    rf"(?:^|(?<=[Ss]ố )|(?<=[Ss]ố: ))(?P<serial>\d{{1,4}})(?P<gap> {{0,2}})"
    rf"(?P<kind>[A-ZĐ][A-Za-zĐ]{{1,3}})\s?(?P<mark>[-./])\s?(?P<organ>(?={_COUNCIL}){_SIGN})"
)
_PARTY = re.compile(
    r"(?<![\d/-])(?P<serial>\d{1,5})\s?-\s?(?P<kind>[A-ZĐ][A-Za-zđĐ]{1,3})\s?/\s?"
    r"(?P<organ>[A-ZĐƯ][A-Za-zĐƯ]{1,9})(?![^\W_])"
)
# Folded and raised to capitals, so letters are A-Z only; the signs are checked by table.
_LENIENT_SIGN = r"[A-Z]{1,14}\d{0,3}(?![^\W_])"
_LENIENT = re.compile(
    rf"{_SERIAL}\s{{0,3}}(?:/|-(?=\s?(?:19|20)\d\d\s?/))\s{{0,2}}"
    rf"(?:{_YEAR}\s{{0,2}}(?P<gap>[/ -]?)\s{{0,2}})?"
    rf"(?P<signs>{_LENIENT_SIGN}(?:(?:\s?[-_&]\s?|\s?/\s?(?=[HU][DB]ND)|\s){_LENIENT_SIGN})?"
    rf"(?:[-_&.]{_LENIENT_SIGN}){{0,4}})",
    re.IGNORECASE,
)
_LENIENT_UNSLASHED = re.compile(
    r"(?<![\d/.,-])(?P<serial>\d{1,4})(?P<gap>\s{0,2})(?P<kind>[A-Z]{2,4})\s?/\s?"
    rf"(?P<organ>(?=[HU][DB]ND){_LENIENT_SIGN})"
)
_SPACED_ORGAN = re.compile(r"\b([HU]) ?([ĐB]) ?N ?D\b")
# Runs on folded text, since OCR loses and mistakes the accent of "Số".
_LABEL = re.compile(
    r"(?:^|\n)(?:so(?=\s{0,2}:)|[^\n\d]{0,24}?(?:S[o6]|SO)(?![^\W\d_])"
    r"|(?:Luat|LUAT|Phap lenh|Nghi quyet|Lenh) so)"
    r"\s{0,3}[:.;]{0,2}\s{0,3}"
    # A narrow column breaks a number at its hyphen.
    r"(?P<rest>[^\n]{0,60}(?:(?:(?<=[-/])\n|\n(?=\s?-\s?[HU][ĐDB]))[^\n]{0,20})?)"
)
_MISREAD_DIGITS = re.compile(
    r"^[\dlIOo|]{1,5}(?=\s{0,2}/)(?:\s{0,2}/\s{0,2}[\dlIOo|]{4}(?=\s{0,2}/))?|(?<=QH)[\dlIOo|]{2}\b"
)
# The serial written into a dotted or drawn line.
_FILLED_IN = re.compile(r"^[\s._…]{0,20}(\d{1,5})[\s._…]{0,20}(?=/)")
_SPACED_SERIAL = re.compile(r"^\d(?: \d){1,4}(?= ?/)")
_AT_START = re.compile(r"^(?:[^\W\d_]+\s){0,6}?(?:[Ss]ố\s{0,2}:?\s{0,2})?(?=\d)")


def find_numbers(text: str, *, lenient: bool = False) -> tuple[NumberSpan, ...]:
    """Return the document numbers in NFC text, in order.

    `lenient` reads any case and no accents, for queries; it asks that the signs be known ones,
    and so leaves dates, fractions and school years alone.

    >>> [span.canonical for span in find_numbers("số 18/2022/NQ- HĐND và 59-CV/TU, ngày 1/2/2024")]
    ['18/2022/NQ-HĐND', '59-CV/TU']
    >>> find_numbers("phi 45/2024/nq-hdnd ngay 28/7/2026", lenient=True)[0][:3]
    (4, 19, '45/2024/NQ-HĐND')
    """
    even = even_letters(text)
    if lenient:
        return tuple(sorted(_lenient_spans(even)))
    return tuple(sorted((*_state_spans(even), *_unslashed_spans(even), *_party_spans(even))))


def _state_spans(even: str) -> Iterator[NumberSpan]:
    for match in _STATE.finditer(even):
        signs = re.split(r"\s?([-_&./])\s?", match["signs"])
        if span := _span(match, _spell(signs), known=is_known_sign(signs[0])):
            yield span


def _unslashed_spans(even: str) -> Iterator[NumberSpan]:
    for match in _UNSLASHED.finditer(even):
        if sign_key(match["kind"]) in kind_signs() and not _is_year(match["serial"]):
            gap = match["gap"][:1]
            signs = _spell([match["kind"], match["mark"], match["organ"]])
            yield NumberSpan(match.start(), match.end(), f"{match['serial']}{gap}{signs}")


def _is_year(serial: str) -> bool:
    return bool(re.fullmatch(_YEAR, serial))


def _spell(signs: list[str]) -> str:
    """Return signs and the marks between them in one spelling; bare "HDND" gets its Đ."""
    if len(signs) == 1 and (pair := split_glued(signs[0])):
        signs = [pair[0], "-", pair[1]]
    return "".join(_mend(sign) for sign in signs).replace("_", "-")


def _mend(sign: str) -> str:
    # A clerk's "Ctr", "HDND" and "HĐNĐ" are known signs; what is not in the table stays as written,
    # and so do "HĐ" (contract) and "HD" (guidance), which are two kinds.
    misspelt = len(sign) > 1 and is_known_sign(sign) and not is_right_sign(sign)
    return spell_sign(sign) if misspelt else sign


def _span(match: re.Match[str], signs: str, *, known: bool) -> NumberSpan | None:
    """Return the span unless its signs are no number's: "5/Km", "12/2024 TP"."""
    hyphened = any(mark in signs for mark in "-&/")
    year = match["year"]
    slashed = year is None or match["gap"] in ("/", "-")
    if not (hyphened if not slashed else hyphened or known):
        return None
    serial = f"{match['serial']}/{year}" if year else match["serial"]
    return NumberSpan(match.start(), match.end(), f"{serial}/{signs}")


def _party_spans(even: str) -> Iterator[NumberSpan]:
    for match in _PARTY.finditer(even):
        if sign_key(match["kind"]) in kind_signs():
            organ = _mend(match["organ"])
            canonical = f"{match['serial']}-{match['kind']}/{organ}"
            yield NumberSpan(match.start(), match.end(), canonical, party=_is_partys(organ))


def _lenient_spans(even: str) -> Iterator[NumberSpan]:
    bare = fold(even).upper()
    for match in _LENIENT.finditer(bare if len(bare) == len(even) else fold(even)):
        marks, signs = _known_signs(match["signs"])
        if not signs:
            continue
        text = "".join(mark + spell_sign(sign) for mark, sign in zip(marks, signs, strict=True))
        if span := _span(match, text, known=True):
            end = match.start("signs") + sum(map(len, (*marks, *signs)))
            yield span._replace(end=_end_of(match, len(signs)) or end)
    yield from _lenient_unslashed(bare)
    yield from _lenient_party(bare)


def _lenient_unslashed(bare: str) -> Iterator[NumberSpan]:
    for match in _LENIENT_UNSLASHED.finditer(bare):
        if sign_key(match["kind"]) in kind_signs() and not _is_year(match["serial"]):
            signs = f"{spell_sign(match['kind'])}/{spell_sign(match['organ'])}"
            canonical = f"{match['serial']}{match['gap'][:1]}{signs}"
            yield NumberSpan(match.start(), match.end(), canonical)


def _known_signs(text: str) -> tuple[list[str], list[str]]:
    """Return the marks and signs up to the first word that is no sign of a number."""
    pieces = re.split(r"(\s?[-_&./]\s?|\s)", text)
    if len(pieces) == 1 and (pair := split_glued(pieces[0])):
        pieces = [pair[0], "-", pair[1]]
    marks, signs = [""], pieces[:1]
    if not is_known_sign(signs[0]):
        return [], []
    for mark, sign in zip(pieces[1::2], pieces[2::2], strict=True):
        if " " in mark and not is_known_sign(sign):
            break
        marks.append(mark.strip().replace("_", "-") or "-")
        signs.append(sign)
    return marks, signs


def _end_of(match: re.Match[str], signs: int) -> int:
    """Return where the first `signs` signs of the match end in the text."""
    ends = [part.end() for part in re.finditer(r"[A-Z]+\d*", match["signs"])]
    return match.start("signs") + ends[min(signs, len(ends)) - 1]


def _lenient_party(bare: str) -> Iterator[NumberSpan]:
    for match in _PARTY.finditer(bare):
        if sign_key(match["kind"]) in kind_signs() and is_known_sign(match["organ"]):
            signs = f"{spell_sign(match['kind'])}/{spell_sign(match['organ'])}"
            canonical = f"{match['serial']}-{signs}"
            party = _is_partys(match["organ"])
            yield NumberSpan(match.start(), match.end(), canonical, party=party)


def _is_partys(organ: str) -> bool:
    """Say whether the Party signs so: councils of old wrote "12-NQ/HĐND" as well."""
    return not re.match(_COUNCIL, organ)


def find_own_number(head: str, titles: Iterable[str]) -> Finding[str] | None:
    """Return the number in the letterhead, else one that a title begins with.

    A place left blank is never filled.

    >>> find_own_number("Số: 31/QĐ-UBND", ()).value
    '31/QĐ-UBND'
    >>> find_own_number("Số:      /2024/NQ-HĐND", ()) is None
    True
    """
    if number := labelled_number(head):
        return stated(number, number)
    if number := _number_line(head):
        return stated(number, number, 0.85)
    for title in titles:
        if number := leading_number(title):
            return stated(number, title, 0.85)
    return None


def labelled_number(text: str) -> str | None:
    r"""Return the number behind the first "Số:" that is filled in.

    >>> labelled_number("HỘI ĐỒNG NHÂN DÂN\nSố: 31/NQ- HĐND")
    '31/NQ-HĐND'
    """
    even = _SPACED_ORGAN.sub(r"\1\2ND", even_letters(text))
    for match in _LABEL.finditer(fold(even)):
        rest = _MISREAD_DIGITS.sub(_mend_digits, even[match.start("rest") : match.end("rest")])
        rest = re.sub(r"(?<=[-/])\n|\n(?=\s?-)", "", _FILLED_IN.sub(r"\1", rest))
        rest = _SPACED_SERIAL.sub(lambda digits: digits.group().replace(" ", ""), rest)
        for spans in (find_numbers(rest), find_numbers(rest, lenient=True)):
            if spans and spans[0].start == 0:
                return spans[0].canonical
    return None


def _mend_digits(match: re.Match[str]) -> str:
    return match.group().translate(str.maketrans("lI|Oo", "11100"))


def _number_line(head: str) -> str | None:
    """Return a number that fills a line of the letterhead alone."""
    for line in head.splitlines():
        spans = find_numbers(line)
        if spans and not line[: spans[0].start].strip() and not line[spans[0].end :].strip(" ./"):
            return spans[0].canonical
    return None


def leading_number(title: str) -> str | None:
    """Return the number at the start of a title, behind the kind's name at most."""
    even = even_letters(title)
    start = _AT_START.match(even)
    if not start or not _names_a_kind(even[: start.end()]):
        return None
    spans = find_numbers(even[start.end() : start.end() + 60])
    return spans[0].canonical if spans and spans[0].start == 0 else None


def _names_a_kind(words: str) -> bool:
    bare = lower_letters(words).strip(" :").removesuffix("số").strip()
    return not bare or bare.startswith(headings_longest_first())


def number_keys(number: str) -> tuple[str, ...]:
    """Return the exact keys to index a number by, the most specific first.

    Whatever way a council's number is written, its keys are those of today's spelling.

    >>> number_keys("45/2024/NQ-HĐND"), number_keys("05 NQ/HĐND")
    (('45/2024/nq-hdnd', '45/nq-hdnd'), ('5/nq-hdnd',))
    """
    key = re.sub(r"\s+", "", sign_key(even_letters(clean_text(number))))
    keys = standard_keys(re.sub(r"^0+(?=\d)", "", key))
    yearless = (re.sub(r"(?<=/)(?:19|20)\d\d/", "", each) for each in keys)
    return tuple(dict.fromkeys((*keys, *yearless)))
