"""Councils and other bodies in a query: "hđnd tp hà nội", "hđnd xã", "ban ktns"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning, phrase
from indexer.answers.understanding.unit_lookup import (
    KIND,
    NamedUnits,
    right_kind,
    spell_units,
    units_at,
)
from indexer.language.text import fold
from indexer.query_records import And, FacetChoice, Fact, Or, Preference
from indexer.reading.metadata.document_facts import body_keys, unit_key
from indexer.reading.metadata.loose_letters import accept_bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.answers.understanding.meanings import Asked
    from indexer.query_records import Effect
    from indexer.reading.metadata.units import Unit
    from indexer.records import Level

_LETTERS = ("p", "h", "q", "x", "tt")
_LEVELS: Mapping[str, tuple[Level, ...]] = {
    "tỉnh": ("tỉnh",),
    # Central cities are provinces' equals, the others were districts'.
    "thành phố": ("tỉnh", "huyện"),
    "huyện": ("huyện",),
    "quận": ("huyện",),
    "thị xã": ("huyện",),
    "xã": ("xã",),
    "phường": ("xã",),
    "thị trấn": ("xã",),
    "đặc khu": ("xã",),
}
_ORGANS = (
    ("hđnd|hội đồng nhân dân", "HĐND"),
    ("ubnd|uỷ ban nhân dân", "UBND"),
    ("(?:uỷ ban )?(?:mttq|mặt trận tổ quốc)(?: việt nam)?|ubmttq", "Ủy ban MTTQ Việt Nam"),
    ("đoàn (?:đbqh|đại biểu quốc hội)", "Đoàn ĐBQH"),
)
_AND = r"(?:\s?-\s?|\svà\s|\s)"
# "Ban dt" may be either.
_EITHER = "Ban Dân tộc hoặc Ban Đô thị"
_LEADS = (
    ("thường trực|tt", "Thường trực"),
    ("văn phòng|vp", "Văn phòng"),
    ("ban pháp chế|bpc", "Ban Pháp chế"),
    (
        rf"ban kinh tế{_AND}ngân sách|(?:ban )?b?kt\s?-?\s?ns",
        "Ban Kinh tế - Ngân sách",
    ),
    (
        rf"ban văn hoá{_AND}xã hội|ban vh\s?-?\s?xh|bvhxh|(?<=thẩm tra )vh\s?-?\s?xh",
        "Ban Văn hóa - Xã hội",
    ),
    (
        rf"ban kinh tế{_AND}xã hội|ban kt\s?-?\s?xh|bktxh|(?<=thẩm tra )kt\s?-?\s?xh",
        "Ban Kinh tế - Xã hội",
    ),
    ("ban đô thị", "Ban Đô thị"),
    ("ban dân tộc", "Ban Dân tộc"),
    ("ban đt|bđt", _EITHER),
)
_BOARDS = frozenset(name for _, name in _LEADS if name.startswith("Ban "))


def _any(patterns: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?:{accept_bare(pattern)})" for pattern, _ in patterns)


_BODY = re.compile(
    rf"(?<![^\W_])(?:(?P<lead>{_any(_LEADS)})(?:\s{{1,2}}(?:{accept_bare('của')}\s)?))?"
    rf"(?P<organ>{_any(_ORGANS)})(?![^\W_])\s{{0,2}}"
    rf"(?P<level>(?:{accept_bare('cấp')}|{accept_bare('các')})\s)?(?:{KIND}\s{{0,2}})?"
)
_BOARD = re.compile(rf"(?<![^\W_])(?P<lead>{_any(_LEADS)})(?![^\W_])")
# Persons and doings of a body are the matter asked about, not who issued the document.
_ABOUT = re.compile(
    "(?:"
    + "|".join(
        accept_bare(words)
        for words in (
            *("đại biểu", "chủ tịch", "uỷ viên", "trưởng ban", "bầu cử", "thành viên", "cán bộ"),
            *("nhiệm kỳ", "hoạt động của", "hoạt động", "tổ chức", "người ký:?"),
        )
    )
    + r")\s$"
)


class _Named(NamedTuple):
    """A body as a query names it."""

    place: tuple[int, int]
    organ: str
    lead: str
    units: NamedUnits | None
    kind: str
    """Of a unit without a name: "hđnd xã"."""
    is_about: bool


def find_bodies(asked: Asked) -> list[Meaning]:
    """Return what the bodies mean: a council's documents, a level's, a board's.

    A district's or commune's portal reports on its council, so its area counts as well; a
    province's portal reports on many, so there only the issuer does. Bodies that are spoken of
    ("đại biểu hđnd tỉnh") and those in questions only make a document better.
    """
    found = []
    for match in _BODY.finditer(asked.open):
        named = _named(asked, match)
        meaning = _of_unit(asked, named) if named.units else _of_level(asked, named)
        if meaning:
            found.append(meaning)
    for match in _BOARD.finditer(asked.open):
        name = _right(match["lead"], _LEADS)
        taken = any(match.start() < each.place[1] and each.place[0] < match.end() for each in found)
        if name in _BOARDS and not taken:
            found.append(_of_board(asked, match.span(), name))
    return found


def _named(asked: Asked, match: re.Match[str]) -> _Named:
    kind = right_kind(match["kind"]) if match["kind"] else ""
    units = None if match["level"] else units_at(asked.open, match.end(), kind)
    end = units.end if units else match.end()
    if not units and (match["kind"] or "") in _LETTERS:
        # Before no name they are short for nothing, or begin one: "tt huế".
        kind, end = "", match.start("kind")
        units = units_at(asked.open, end)
        end = units.end if units else end
    while not units and asked.open[end - 1].isspace():
        end -= 1
    organ, lead = _right(match["organ"], _ORGANS), _right(match["lead"] or "", _LEADS)
    is_about = bool(_ABOUT.search(asked.open, 0, match.start()))
    return _Named((match.start(), end), organ, lead, units, kind, is_about)


def _right(words: str, names: tuple[tuple[str, str], ...]) -> str:
    fitting = (name for pattern, name in names if re.fullmatch(_bare(pattern), fold(words)))
    return next(fitting, "")


def _bare(pattern: str) -> str:
    # The words before are known to stand there; only the name itself is matched.
    return re.sub(r"\(\?<=[^)]*\)", "", fold(pattern))


def _of_unit(asked: Asked, named: _Named) -> Meaning | None:
    if named.units is None:
        return None
    units = named.units.units
    label = f"{named.lead} {named.organ} {units[0].label}".strip()
    value = ("issuer", label) if len(units) == 1 else None
    if len(units) > 1:
        same = len({unit.name for unit in units}) == 1
        spelled = units[0].name if same else spell_units(units)
        label = f"{named.lead} {named.organ} {spelled}".strip()
    own = And((Fact(tuple(f"unit:{unit_key(unit)}" for unit in units)), _body(named)))
    node = And((Fact(tuple(_place_key(unit, named.units) for unit in units)), _body(named)))
    prefers = asked.is_question or named.is_about
    named_as: Effect = "prefers" if prefers else "filters"
    return Meaning(
        name_meaning(asked, named.place, "issuer", label, named_as, facet=value),
        named.place,
        None if prefers else node,
        (Preference(own, PREFER.body, f"của {label}"),),
        keeps_words=prefers,
    )


def _place_key(unit: Unit, found: NamedUnits) -> str:
    return f"{'unit' if unit in found.provinces else 'area'}:{unit_key(unit)}"


def _body(named: _Named) -> Fact:
    return Fact(body_keys(named.organ, named.lead)[:1])


def _of_level(asked: Asked, named: _Named) -> Meaning | None:
    """Return the bodies of a level: "hđnd xã"; a condition where the words begin or end so."""
    levels = _LEVELS.get(named.kind, ())
    if not levels or asked.is_question:
        return None
    label = f"{named.lead} {named.organ} cấp {'/'.join(levels)}".strip()
    whole = not any(map(str.isalnum, asked.open[: named.place[0]]))
    prefers = named.is_about or not whole
    node = And((FacetChoice("level", levels), _body(named)))
    facet = ("level", levels[0]) if len(levels) == 1 else None
    return Meaning(
        name_meaning(
            asked, named.place, "level", label, "prefers" if prefers else "filters", facet=facet
        ),
        named.place,
        None if prefers else node,
        (Preference(node, PREFER.level if prefers else PREFER.body, f"của {label}"),),
        keeps_words=prefers,
    )


def _of_board(asked: Asked, place: tuple[int, int], name: str) -> Meaning:
    names = name.split(" hoặc ")
    fact = Fact(tuple(body_keys("HĐND", each)[0] for each in names))
    prefers = asked.is_question or bool(_ABOUT.search(asked.open, 0, place[0]))
    spoken = Or((fact, *map(phrase, names), phrase(asked.text[slice(*place)])))
    return Meaning(
        name_meaning(asked, place, "issuer", name, "prefers" if prefers else "filters"),
        place,
        None if prefers else spoken,
        (Preference(fact, PREFER.body, f"của {name}"),),
        keeps_words=prefers,
    )
