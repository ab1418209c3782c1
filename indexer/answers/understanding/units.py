"""Units and levels in a query without a body: they favour documents and stay plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning
from indexer.answers.understanding.unit_lookup import (
    KIND,
    NamedUnits,
    namesakes,
    right_kind,
    spell_units,
    units_at,
)
from indexer.query_records import FacetChoice, Fact, Preference
from indexer.reading.metadata.document_facts import unit_key
from indexer.reading.metadata.level_names import read_level
from indexer.reading.metadata.loose_letters import accept_bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.answers.understanding.meanings import Asked
    from indexer.reading.metadata.units import Unit

_KIND = re.compile(rf"(?<![^\W_]){KIND}\s{{0,2}}")
_LEVEL = re.compile(
    rf"(?<![^\W_]){accept_bare('cấp')}\s{{1,2}}(?P<level>"
    rf"{'|'.join(map(accept_bare, ('trung ương', 'tỉnh', 'huyện', 'xã')))})(?![^\W_])"
    rf"(?!\s{accept_bare('hội')}(?![^\W_]))"
)
# Streets, rivers and teachings bear names of places and persons, too.
_NAMED_AFTER = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        accept_bare(words)
        for words in (
            *("đường", "phố", "sông", "cầu", "ông", "bà", "bác", "lăng", "bảo tàng", "huân chương"),
            *("tư tưởng", "đạo đức", "phong cách", "tấm gương", "gương"),
        )
    )
    + r")\s$"
)
_SYLLABLE = re.compile(r"[^\W_]+")


def find_units(asked: Asked, *, beside_number: bool) -> list[Meaning]:
    """Return the units that are named; beside a document number they are a condition.

    Bare names mean provinces, and districts where they are written large, as names are: those of
    communes, and of many districts, are common words. A question writes every unit large.
    """
    found = [*_with_kind(asked)]
    for match in _SYLLABLE.finditer(asked.open):
        if any(a <= match.start() < b for (a, b), _ in found):
            continue
        units = units_at(asked.open, match.start())
        if units and (fitting := _meant_bare(asked, match.start(), units)):
            found.append(((match.start(), units.end), fitting))
    return [
        _favour(asked, place, units, filters=beside_number and not asked.is_question)
        for place, units in found
    ]


def find_levels(asked: Asked) -> list[Meaning]:
    """Return the levels that are named: "cấp xã"."""
    if asked.is_question:
        return []
    found = []
    for match in _LEVEL.finditer(asked.open):
        level = read_level(match["level"])
        if level:
            choice = FacetChoice("level", (level,))
            label = f"cấp {level}"
            named = name_meaning(
                asked, match.span(), "level", label, "prefers", facet=("level", level)
            )
            preference = Preference(choice, PREFER.level, label)
            # Acts about communes are those of provinces: a condition only where no matter is named.
            found.append(
                Meaning(named, match.span(), None, (preference,), keeps_words=True, alone=choice)
            )
    return found


def _with_kind(asked: Asked) -> Iterator[tuple[tuple[int, int], tuple[Unit, ...]]]:
    for match in _KIND.finditer(asked.open):
        units = units_at(asked.open, match.end(), right_kind(match["kind"]))
        if units and _is_named_in_earnest(asked, match.end(), units):
            yield (match.start(), units.end), units.units


def _is_named_in_earnest(asked: Asked, start: int, units: NamedUnits) -> bool:
    """Say whether a question writes the name large, as names are."""
    return not asked.is_question or asked.text[start : units.end].istitle()


def _meant_bare(asked: Asked, start: int, units: NamedUnits) -> tuple[Unit, ...]:
    """Return the units that a name without its kind means here, none where it is a mere word."""
    if _NAMED_AFTER.search(asked.open, 0, start):
        return ()
    if units.provinces:
        return units.units if _is_named_in_earnest(asked, start, units) else ()
    named = asked.text[start : units.end].istitle() and " " in asked.text[start : units.end]
    return units.units if units.districts and named else ()


def _favour(
    asked: Asked, place: tuple[int, int], units: tuple[Unit, ...], *, filters: bool
) -> Meaning:
    label = spell_units(units)
    area = Fact(tuple(f"area:{unit_key(unit)}" for unit in units))
    issued = Fact(tuple(f"unit:{unit_key(unit)}" for unit in units))
    preferences = [
        Preference(issued, PREFER.unit, f"của {label}"),
        Preference(area, PREFER.area, f"tại {label}"),
    ]
    if others := _same_name(units):
        keys = Fact(tuple(f"unit:{unit_key(unit)}" for unit in others))
        preferences.append(
            Preference(keys, PREFER.same_name, f"đơn vị cùng tên: {_labels(others)}")
        )
    return Meaning(
        name_meaning(asked, place, "unit", label, "filters" if filters else "prefers"),
        place,
        area if filters else None,
        tuple(preferences),
        keeps_words=not filters,
    )


def _same_name(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return other units of the name: no proof of succession, but where readers look next."""
    if len(units) > 1 or units[0].name.isdigit():
        return ()
    return tuple(unit for unit in namesakes(units[0].name) if unit not in units)


def _labels(units: tuple[Unit, ...]) -> str:
    return ", ".join(unit.label for unit in units)
