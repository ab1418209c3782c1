"""Administrative units: which names exist, where they lie, and which council level they have.

The table `data/units.tsv` holds one district a line with its communes: `before` as things stood
on 30 June 2025, `from` for the two tiers that came the day after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import fold
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.records import Level

TWO_TIERS_FROM = date(2025, 7, 1)

# Longest first: "thị xã" must win over "xã", "thị trấn" over "thị".
UNIT_KINDS = (
    "thành phố",
    "thị trấn",
    "đặc khu",
    "thị xã",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
)
_LEVEL_OF_KIND: Mapping[str, Level] = {
    "tỉnh": "tỉnh",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
# Provinces that were merged away before the table begins.
_FORMER_PROVINCES = (
    *("Hà Tây", "Hải Hưng", "Hà Bắc", "Nam Hà", "Bắc Thái", "Vĩnh Phú", "Minh Hải", "Sông Bé"),
    *("Thừa Thiên Huế", "Quảng Nam - Đà Nẵng", "Hoàng Liên Sơn", "Hà Tuyên", "Nghệ Tĩnh"),
)
# The table tells how things stood last: huyện Mộc Châu had become a town (thị xã) by then.
_RAISED_TO = {"huyện": ("thị xã", "thành phố", "quận"), "thị xã": ("thành phố", "quận")}
# Cities that were their province's before they came directly under the centre.
_CENTRAL_FROM: Mapping[str, date] = {
    "huế": date(2025, 1, 1),
    "cần thơ": date(2004, 1, 1),
    "đà nẵng": date(1997, 1, 1),
}
_MOST_SYLLABLES = 6
_I_FOR_Y = re.compile(r"(?<![^\W_])(qu|[hklmstv])([iíìỉĩị])(?![^\W_])")
# Papers without a day are seldom older than the portals that hold them.
_ONLINE_FROM = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as a text names it; `name` is empty for a bare "HĐND tỉnh"."""

    kind: str
    """One of UNIT_KINDS."""
    name: str = ""

    @property
    def label(self) -> str:
        """The unit as a reader would write it: "huyện Thường Tín"."""
        return f"{self.kind} {self.name}".rstrip()


class Entry(NamedTuple):
    """One line of the table, taken apart."""

    era: str
    tier: Level
    unit: Unit
    province: Unit
    alias: str = ""
    """A short name that texts use instead."""


class NameMatch(NamedTuple):
    """A unit's name found at the start of a text."""

    name: str
    length: int


@lru_cache(maxsize=1)
def _entries() -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """Return every unit, keyed by kind and name key."""
    found: dict[tuple[str, str], dict[Entry, None]] = {}
    for name, entry in name_units():
        found.setdefault((entry.unit.kind, name), {})[entry] = None
    return {key: tuple(entries) for key, entries in found.items()}


def _entries_of(unit: Unit) -> tuple[Entry, ...]:
    """Return the unit's entries; those of what it was raised to, when only that is listed."""
    kinds = (unit.kind, *_RAISED_TO.get(unit.kind, ()))
    listed = (_entries().get((kind, name_key(unit.name)), ()) for kind in kinds)
    return next(filter(None, listed), ())


@lru_cache(maxsize=1)
def _entries_by_name() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for (_, name), entries in _entries().items():
        found.setdefault(name, []).extend(entries)
    return {name: tuple(entries) for name, entries in found.items()}


def _read_table() -> Iterator[Entry]:
    for era, province_label, district, communes in read_table("units.tsv"):
        province = _unit(province_label)
        yield Entry(era, "tỉnh", province, province)
        if district:
            yield Entry(era, "huyện", _unit(district), province)
        for commune in communes.split("; ") if communes else ():
            yield Entry(era, "xã", _unit(commune), province)
    for kind, spelling, name in read_table("unit_spellings.tsv"):
        unit = Unit(kind, name)
        yield from (Entry(era, "tỉnh", unit, unit, spelling) for era in ("before", "from"))
    for former in (Unit("tỉnh", name) for name in _FORMER_PROVINCES):
        yield Entry("before", "tỉnh", former, former)


@lru_cache(maxsize=1)
def list_units() -> tuple[Entry, ...]:
    """Return every unit of both eras, each short name that texts use as an entry of its own."""
    return tuple(_read_table())


def name_units() -> Iterator[tuple[str, Entry]]:
    """Yield every unit behind the key of its name; made of all names at once, which is quick."""
    entries = list_units()
    names = _even("\n".join(entry.alias or entry.unit.name for entry in entries)).split("\n")
    return zip((" ".join(name.split()) for name in names), entries, strict=True)


@cache
def _unit(label: str) -> Unit:
    kind = next(kind for kind in UNIT_KINDS if label.lower().startswith(kind))
    return Unit(kind, label[len(kind) + 1 :])


@lru_cache(maxsize=1)
def province_names() -> tuple[str, ...]:
    """Return the names of all provinces and central cities, past and present."""
    return tuple(sorted({entry.unit.name for entry in list_units() if entry.tier == "tỉnh"}))


def name_key(name: str) -> str:
    """Return a name without hyphens and with y where one may write i: "Phú Quí" is "Phú Quý".

    >>> name_key("Phú Quí"), name_key("Quảng Nam - Đà Nẵng")
    ('phú quý', 'quảng nam đà nẵng')
    """
    return " ".join(_even(name).split())


def _even(names: str) -> str:
    words = lower_letters(names).replace("-", " ")
    return _I_FOR_Y.sub(lambda each: each[1] + "yýỳỷỹỵ"["iíìỉĩị".index(each[2])], words)


def match_misspelt_name(kind: str, text: str, on: date | None = None) -> NameMatch | None:
    """Return the only name of that kind which fills the first line, accents aside.

    For letterheads. Of communes only those since July 2025 are all in the table.

    >>> match_misspelt_name("tỉnh", "ĐĂK LĂK")
    NameMatch(name='Đắk Lắk', length=7)
    """
    line = text.split("\n", maxsplit=1)[0].rstrip(" .-_")
    eras = ("from",) if _LEVEL_OF_KIND.get(kind) == "xã" else ("before", "from")
    if _era(on) not in eras:
        return None
    bare = (kind, fold(name_key(line)))
    names = {name for era in eras for name in _names_by_bare_key(era).get(bare, ())}
    return NameMatch(names.pop(), len(line)) if len(names) == 1 else None


@lru_cache(maxsize=2)
def _names_by_bare_key(era: str) -> Mapping[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for (kind, key), entries in _entries().items():
        for entry in entries:
            if entry.era == era:
                found.setdefault((kind, fold(key)), set()).add(entry.unit.name)
    return found


def match_name(kind: str, text: str) -> NameMatch | None:
    """Return the longest known name of that kind which `text` starts with; None without one.

    >>> match_name("thành phố", "Hà Nội Nguyễn Văn A")
    NameMatch(name='Hà Nội', length=6)
    >>> match_name("thành phố", "Nguyễn Văn A") is None
    True
    """
    for length in _prefix_lengths(text):
        if entries := _entries_of(Unit(kind, " ".join(text[:length].split()))):
            return NameMatch(entries[0].unit.name, length)
    return None


def _prefix_lengths(text: str) -> list[int]:
    """Return where a name could end in the text, farthest first."""
    ends: list[int] = []
    for word in re.finditer(r"[^\s,.;:()/]+", text[:60]):
        if len(ends) == _MOST_SYLLABLES or re.search(r"[,.;:()/]", text[: word.start()]):
            break
        ends.append(word.end())
    return ends[::-1]


def match_bare_name(text: str, on: date | None) -> tuple[Unit, int] | None:
    """Return the only unit whose name the text starts with, and the name's length.

    A name that several units bear (thành phố Thanh Hóa and tỉnh Thanh Hóa) stays unresolved.

    >>> match_bare_name("Phú Yên đã họp", None)
    (Unit(kind='tỉnh', name='Phú Yên'), 7)
    >>> match_bare_name("Thanh Hóa đã họp", None) is None
    True
    """
    for length in _prefix_lengths(text):
        entries = _entries_by_name().get(name_key(" ".join(text[:length].split())))
        if entries:
            # A commune that bears a province's name is never meant without its kind.
            held = in_era(entries, on)
            units = {each.unit for each in held if each.tier != "xã"} or {e.unit for e in held}
            return (units.pop(), length) if len(units) == 1 else None
    return None


def in_era(entries: tuple[Entry, ...], on: date | None) -> tuple[Entry, ...]:
    """Return the entries that held on the day; all of them without a day or without a match."""
    if on is None:
        return entries
    era = "from" if on >= TWO_TIERS_FROM else "before"
    return tuple(entry for entry in entries if entry.era == era) or entries


def provinces_of(unit: Unit, on: date | None) -> tuple[Unit, ...]:
    """Return the provinces that have such a unit, none for one that the table lacks.

    >>> [province.label for province in provinces_of(Unit("huyện", "Thường Tín"), None)]
    ['thành phố Hà Nội']
    """
    entries = _entries_of(unit)
    return tuple(dict.fromkeys(entry.province for entry in in_era(entries, on)))


def level_of(unit: Unit, on: date | None) -> Level:
    """Return the council level of the unit on that day (None: the day is not known).

    Cities are the only kind that stands at two levels; the five central ones always were
    provinces' equals, Huế since 1 January 2025, and no other city has had a council since
    1 July 2025.

    >>> level_of(Unit("thành phố", "Thanh Hóa"), date(2024, 5, 1))
    'huyện'
    """
    if unit.kind != "thành phố":
        return _LEVEL_OF_KIND[unit.kind]
    if not unit.name:
        return "không rõ"
    if since := _CENTRAL_FROM.get(name_key(unit.name)):
        return _level_of_risen(since, on)
    entries = _entries().get((unit.kind, name_key(unit.name)), ())
    tiers = {entry.tier for entry in entries if entry.era == _era(on)}
    if "tỉnh" in tiers:
        return "tỉnh"
    return "huyện" if _era(on) == "before" else "không rõ"


def _era(on: date | None) -> str:
    return "from" if on and on >= TWO_TIERS_FROM else "before"


def _level_of_risen(since: date, on: date | None) -> Level:
    """Return the level of a city that rose on a day; which one it was is open without a day."""
    if on is None:
        return "không rõ" if since > _ONLINE_FROM else "tỉnh"
    return "tỉnh" if on >= since else "huyện"
