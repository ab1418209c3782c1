"""Units by the names that readers type: without accents, without their kind, old and new."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.spelling import is_right_so_far
from indexer.language.text import fold
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.units import UNIT_KINDS, Unit, name_key, name_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Level

_MOST_SYLLABLES = 6
_SYLLABLE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT_KINDS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "h": "huyện",
    "q": "quận",
    "x": "xã",
}
KIND = (
    rf"(?P<kind>(?:{'|'.join(accept_bare(kind) for kind in UNIT_KINDS)}|{accept_bare('thủ đô')})"
    rf"(?![^\W_])(?!\s{accept_bare('hội')}(?![^\W_]))|tp(?=hcm|hn)|(?:t\.?p|tx)(?![^\W_])\.?"
    # One letter is short for a kind only before a name.
    r"|(?<![^\W_])(?:[phqx]|tt)(?:\.|(?=\s\w)))"
)
"""The kind of a unit, written out or short: "thành phố", "tp.", "TPHCM", "q"."""
_RIGHT_KINDS = {fold(kind): kind for kind in UNIT_KINDS} | {"thu do": "thành phố"}
# What was raised since is listed as it was last: huyện Mộc Châu as a thị xã.
_DISTRICTS = ("huyện", "thị xã")
_ISLANDS = "đặc khu"
_RAISED_TO = {"huyện": ("thị xã", "thành phố", "quận"), "thị xã": ("thành phố", "quận")}


class NamedUnits(NamedTuple):
    """The units that a name may stand for, and where the name ends."""

    units: tuple[Unit, ...]
    provinces: frozenset[Unit]
    """Those of them that are, or have been, provinces or their equals."""
    districts: frozenset[Unit]
    end: int


class _Entry(NamedTuple):
    name: str
    """The key of the name."""
    unit: Unit
    tier: Level


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[_Entry, ...]]:
    found: dict[str, dict[_Entry, None]] = {}
    for name, entry in name_units():
        found.setdefault(fold(name), {})[_Entry(name, entry.unit, entry.tier)] = None
    return {name: tuple(entries) for name, entries in found.items()}


def right_kind(words: str) -> str:
    """Return the kind of a unit in its right spelling.

    >>> right_kind("tp."), right_kind("thi xa")
    ('thành phố', 'thị xã')
    """
    bare = _bare_kind(words)
    return _SHORT_KINDS.get(bare) or _RIGHT_KINDS[bare]


def is_short_kind(words: str) -> bool:
    """Say whether the kind of a unit was not written out.

    >>> is_short_kind("tp."), is_short_kind("thu do")
    (True, False)
    """
    return _bare_kind(words) in _SHORT_KINDS


def _bare_kind(words: str) -> str:
    return fold(words.replace(".", "").strip())


def units_at(opened: str, start: int, kind: str = "") -> NamedUnits | None:
    """Return the units whose name, the longest one, begins there in lower letters.

    A name typed with accents means that spelling, though some of its accents may be left out;
    a bare one means every spelling. Without a kind every kind of unit counts.

    >>> units_at("thanh hoa 2024", 0).units
    (Unit(kind='tỉnh', name='Thanh Hóa'), Unit(kind='thành phố', name='Thanh Hóa'))
    >>> units_at("thanh hoa", 0, "thành phố").units
    (Unit(kind='thành phố', name='Thanh Hóa'),)
    """
    for end in reversed(_ends(opened, start)):
        typed = name_key(opened[start:end])
        entries = [
            each for each in _by_name().get(fold(typed), ()) if is_right_so_far(typed, each.name)
        ]
        entries = _of_kind(entries, kind) if kind else entries
        # "thanh hoá" fits Thạnh Hóa by its bare letters, but where one fits in full, it is meant.
        entries = [each for each in entries if each.name == typed] or entries
        entries = entries if kind else _highest(entries)
        if entries:
            units = tuple(dict.fromkeys(_named(each, kind) for each in entries))
            provinces, districts = (
                frozenset(_named(each, kind) for each in entries if each.tier == tier)
                for tier in ("tỉnh", "huyện")
            )
            return NamedUnits(units, provinces, districts, end)
    return None


def _highest(entries: list[_Entry]) -> list[_Entry]:
    """Return those of the entries that a name without its kind can mean.

    A commune that bears a province's or a district's name is never meant without its kind, nor
    is a district whose name only looks like a province's.
    """
    entries = [each for each in entries if not each.name.isdigit()]
    provinces = {each.name for each in entries if each.tier == "tỉnh"}
    named = [each for each in entries if each.name in provinces] if provinces else entries
    # An island that was a district is a commune's equal now, and as well known as before.
    return [each for each in named if each.tier != "xã" or each.unit.kind == _ISLANDS] or named


def spell_units(units: tuple[Unit, ...], most: int = 3) -> str:
    """Return what a reader is told of the units that a name may mean.

    >>> spell_units((Unit("tỉnh", "Hải Dương"), Unit("thành phố", "Hải Dương")))
    'Hải Dương (tỉnh hoặc thành phố)'
    >>> spell_units((Unit("xã", "Đồng Khê"), Unit("xã", "Đông Khê")))
    'xã Đồng Khê hoặc xã Đông Khê'
    """
    if len({unit.name for unit in units}) > 1:
        more = " hoặc …" if len(units) > most else ""
        return " hoặc ".join(unit.label for unit in units[:most]) + more
    kinds = " hoặc ".join(dict.fromkeys(unit.kind for unit in units))
    return units[0].label if len(units) == 1 else f"{units[0].name} ({kinds})"


def namesakes(name: str) -> tuple[Unit, ...]:
    """Return every unit of that name, of whatever kind, past and present.

    >>> [unit.label for unit in namesakes("Thường Tín")]
    ['huyện Thường Tín', 'thị trấn Thường Tín', 'xã Thường Tín']
    """
    entries = _by_name().get(fold(name_key(name)), ())
    return tuple(dict.fromkeys(each.unit for each in entries if each.name == name_key(name)))


def _of_kind(entries: list[_Entry], kind: str) -> list[_Entry]:
    # A district's town bears the district's name; the table has it no more where it was raised.
    kinds = (kind, *_RAISED_TO.get(kind, ()), *(_DISTRICTS if kind == "thị trấn" else ()))
    listed = ([each for each in entries if each.unit.kind == wanted] for wanted in kinds)
    return next(filter(None, listed), [])


def _named(entry: _Entry, kind: str) -> Unit:
    return Unit(kind, entry.unit.name) if kind else entry.unit


def _ends(opened: str, start: int) -> list[int]:
    """Return where a name that begins there could end: behind each of its syllables."""
    ends: list[int] = []
    for word in _SYLLABLE.finditer(opened, start):
        gap = opened[ends[-1] if ends else start : word.start()]
        if len(ends) == _MOST_SYLLABLES or gap.strip(" -") or len(gap) > _MOST_SYLLABLES:
            break
        ends.append(word.end())
    return ends
