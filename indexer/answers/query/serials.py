"""The value of `số:`: a document number, in full or as people shorten it."""

from __future__ import annotations

import re

from indexer.language.text import clean_text, fold
from indexer.query_records import NumberClause
from indexer.reading.metadata.kinds import read_kinds
from indexer.reading.metadata.letters import bare_letters, even_letters
from indexer.reading.metadata.number import find_numbers
from indexer.reading.metadata.number_codes import kind_signs, organ_signs, sign_key
from indexer.reading.metadata.number_forms import number_forms

_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Runs on bare lower-case letters: "nq 15/2023", "15/nq", "nghi quyet so 15 nam 2023", "15".
_SHORT = re.compile(
    r"(?P<before>[a-z ]{0,60}?)(?:^|\s)?(?:so )?"
    rf"(?P<serial>\d{{1,5}}[a-z]?)(?:(?:\s?[/-]\s?|\s(?:nam )?){_YEAR})?"
    r"(?:(?:\s?[/-]\s?|\s)(?P<after>[a-z]{1,6}))?"
)
_ENDINGS = " .,;:!?…"


def read_number(text: str) -> NumberClause | None:
    """Return the clause that finds documents bearing the number; None where it is none.

    >>> read_number("15/2023/nq-hdnd").keys, read_number("NQ 15 năm 2023").keys
    (('15/2023/nq-hdnd',), ('15/2023/nq',))
    >>> read_number("mười lăm") is None
    True
    """
    even = even_letters(clean_text(text)).strip(_ENDINGS)
    spans = find_numbers(even, lenient=True)
    if len(spans) == 1 and spans[0].end - spans[0].start == len(even):
        return NumberClause(number_forms(spans[0].canonical)[:1])
    found = _SHORT.fullmatch(fold(even).lower())
    return _clause(found) if found else None


def _clause(found: re.Match[str]) -> NumberClause | None:
    signs = {sign for word in (found["before"], found["after"]) if word for sign in [_sign(word)]}
    if None in signs or len(signs) > 1:
        return None
    serial = re.sub(r"^0+(?=\d)", "", found["serial"])
    if found["year"]:
        serial = f"{serial}/{found['year']}"
    if signs:
        return NumberClause(tuple(f"{serial}/{sign}" for sign in signs))
    # Keys name the year or the kind: a serial alone is that of any kind.
    return NumberClause((serial,) if found["year"] else _of_any_kind(serial))


def _of_any_kind(serial: str) -> tuple[str, ...]:
    # "245/HĐND-VP" names no kind: an official letter begins with its body.
    return tuple(f"{serial}/{sign}" for sign in dict.fromkeys((*kind_signs(), *organ_signs())))


def _sign(words: str) -> str | None:
    """Return the key of the sign that a kind's name or sign stands for."""
    if sign_key(words.strip()) in kind_signs():
        return sign_key(words.strip())
    bare = bare_letters(words.strip().removesuffix(" so"))
    names = {
        bare_letters(name): sign_key(kind.prefixes[0])
        for kind in read_kinds()
        if kind.prefixes
        for name in (kind.label, *kind.headings)
    }
    return names.get(bare)
