"""Document numbers in a query, in every spelling: the document itself, then who mentions it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning, phrase
from indexer.answers.understanding.number_shorthand import (
    Shorthand,
    find_shorthand,
    find_torn,
    words_before,
)
from indexer.answers.understanding.number_slips import find_mistyped
from indexer.answers.understanding.periods import favour_month
from indexer.language.text import fold
from indexer.query_records import Fact, NumberClause, Or, Preference
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.number import find_numbers, number_keys
from indexer.reading.metadata.number_codes import kind_signs, sign_key, spell_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.answers.understanding.meanings import Asked
    from indexer.query_records import Effect, Node, Understood

_LETTER = "cv"
_YEAR_OF = re.compile(r"/((?:19|20)\d\d)(?:/|$)")
_RELATED = re.compile(accept_bare(r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|huỷ bỏ)\s$"))
_WRONG_MARK = re.compile(r"(?<=[^\W\d_])[./](?=[^\W\d_])")
_FIRST_SIGN = re.compile(r"/(?:(?:19|20)\d\d/)?([^\W\d_]+)")


def find_full_numbers(asked: Asked) -> list[Meaning]:
    """Return the numbers written out: "45/2024/NQ-HĐND", "59-cv/tu", in any case."""
    found: dict[tuple[int, int], str] = {}
    left = "".join(map(_still_open, asked.text, asked.open))
    for span in find_numbers(left, lenient=True):
        start, kind = words_before(asked.open, span.start)
        found[start, span.end] = _hyphened(_with_kind(span.canonical, kind), party=span.party)
    for torn in find_torn(asked.open):
        # "NQ - H Đ N D" goes on where the rules of documents stop.
        start, _ = words_before(asked.open, torn.start)
        if all(end < torn.end for begin, end in found if begin < torn.end and torn.start < end):
            found[start, torn.end] = _spell(torn)
    places = sorted(found, key=lambda place: (-place[1], place[0]))
    meanings = [_number(asked, place, found[place]) for place in places]
    # A slip is read before what was typed, which is kept beside it.
    return [*_mistyped(asked), *meanings]


def _mistyped(asked: Asked) -> Iterator[Meaning]:
    """Yield the numbers whose signs hold a slip; as they were typed they may be right as well."""
    for short, typed in find_mistyped(asked.open):
        start, _ = words_before(asked.open, short.start)
        meaning = _number(asked, (start, short.end), _spell(short))
        clause = number_clause(typed, "")
        if isinstance(meaning.node, NumberClause):
            node = replace(
                meaning.node,
                keys=meaning.node.keys + clause.keys,
                mentions=meaning.node.mentions + clause.mentions,
            )
            yield replace(meaning, node=node)


def _still_open(typed: str, left: str) -> str:
    return left if left == ";" else typed


def find_short_numbers(asked: Asked, *, beside_passage: bool = False) -> list[Meaning]:
    """Return the numbers in shorthand. In a question they are no condition.

    Where an article of the act is asked for, or what amends it, "nq 5/2024" is no month.
    """
    found: list[Meaning] = []
    shorts = list(find_shorthand(asked.open))
    # A kind with number and year is no sentence, however long it is written out.
    sure = tuple((each.start, each.end) for each in shorts if each.kind and each.year)
    asks = asked.without(sure).is_question
    for each in shorts:
        taken = any(each.start < m.place[1] and m.place[0] < each.end for m in found)
        if not taken and not (asks and not each.kind):
            if beside_passage or (each.kind and _RELATED.search(asked.open, 0, each.start)):
                each = each._replace(may_be_month=False)  # noqa: PLW2901 - the same, surer
            found.append(_shorthand(asked, each, asks=asks))
    return found


def number_clause(key: str, spelled: str) -> NumberClause:
    """Return the clause for a number or a shorter form of one, by its key ("15/2023/nq").

    >>> clause = number_clause("45/nq-hdnd", "45/NQ-HĐND")
    >>> clause.keys, clause.mentions
    (('45/nq-hdnd',), ('number:45/nq-hdnd',))
    """
    year = _YEAR_OF.search(key)
    # The other keys are its spelling without a council's term, and the ones without the year.
    keys = tuple(each for each in number_keys(key) if not year or f"/{year[1]}" in each)
    words = phrase(fold(spelled)) if year or "-" in key else None
    mentions = tuple(f"number:{each}" for each in keys)
    return NumberClause(keys, mentions, words, exact=bool(year) and "-" in key)


def _hyphened(canonical: str, *, party: bool) -> str:
    """Return "12/2023/NQ.HĐND" as it is written right; the Party writes its own way."""
    return canonical if party else _WRONG_MARK.sub("-", canonical)


def _with_kind(canonical: str, kind: str) -> str:
    """Return "110/UBND" with the kind that was typed before it: "110/TTr-UBND"."""
    sign = _FIRST_SIGN.search(canonical)
    if not kind or sign is None or sign_key(sign[1]) in kind_signs():
        return canonical
    return f"{canonical[: sign.start(1)]}{spell_sign(kind)}-{canonical[sign.start(1) :]}"


def _number(asked: Asked, place: tuple[int, int], number: str) -> Meaning:
    clause = number_clause(number_keys(number)[0], number)
    cites = Preference(_cites(clause), PREFER.cites_number, f"tên nêu số {number}")
    named = _chip(asked, place, number, "filters")
    return Meaning(named, place, clause, (cites,))


def _cites(clause: NumberClause) -> Fact:
    return Fact(tuple(f"cites:{key}" for key in clause.keys))


def _shorthand(asked: Asked, short: Shorthand, *, asks: bool) -> Meaning:
    place = (short.start, short.end)
    number = _spell(short)
    clause = number_clause(fold(number).lower(), number)
    if short.kind == _LETTER and short.organ:
        # A letter's number names no kind: "245/HĐND-VP".
        bare = number_clause(fold(_spell(short._replace(kind=""))).lower(), "")
        clause = replace(
            clause, keys=clause.keys + bare.keys, mentions=clause.mentions + bare.mentions
        )
    if short.may_be_month:
        return _number_or_month(asked, place, short, clause)
    cites = Preference(_cites(clause), PREFER.cites_number, f"tên nêu số {number}")
    if asks:
        named = _chip(asked, place, number, "prefers")
        better = Preference(clause, PREFER.may_be_number, f"số {number}")
        return Meaning(named, place, preferences=(better, cites), keeps_words=True)
    named = _chip(asked, place, number, "filters")
    return Meaning(named, place, clause, (cites,))


def _spell(short: Shorthand) -> str:
    signs = "-".join(spell_sign(each) for each in (short.kind, short.organ) if each)
    return "/".join(part for part in (short.serial, short.year, signs) if part)


def _chip(asked: Asked, place: tuple[int, int], number: str, effect: Effect) -> Understood:
    return name_meaning(asked, place, "number", f"số {number}", effect, name=number)


def _number_or_month(
    asked: Asked, place: tuple[int, int], short: Shorthand, clause: NumberClause
) -> Meaning:
    """Return "12/2024" as a month, and as a number where a kind stands before it."""
    year, month = int(short.year), int(short.serial)
    favoured = favour_month(asked, place, year, month)
    if not short.kind:
        number = Preference(clause, PREFER.may_be_number, f"số {short.serial}/{short.year}")
        alone = Or((*_parts(favoured), clause))
        return Meaning(
            favoured.understood, place, None, (*favoured.preferences, number), alone=alone
        )
    # The kind's name stays: it holds either way.
    place = (short.serial_start, short.end)
    label = f"số {short.serial}/{short.year} hoặc tháng {month}/{year}"
    parts = () if asked.is_question else (clause, *_parts(favoured))
    return Meaning(
        name_meaning(
            asked,
            place,
            "number",
            label,
            "filters" if parts else "prefers",
            name=f"{short.serial}/{short.year}",
        ),
        place,
        Or(parts) if parts else None,
        (Preference(clause, PREFER.may_be_number, label), *favoured.preferences),
        keeps_words=not parts,
    )


def _parts(favoured: Meaning) -> tuple[Node, ...]:
    return favoured.alone.parts if isinstance(favoured.alone, Or) else ()
