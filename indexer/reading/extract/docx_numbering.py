"""Numbers that Word counts itself and never writes: "Điều 5.", "3.", "a)", "-"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docx.oxml.ns import qn

from indexer.reading.extract.docx_styles import font_named
from indexer.reading.extract.list_numbers import Label, Level, count_on, draw_label
from indexer.reading.extract.symbols import read_bullet

if TYPE_CHECKING:
    from indexer.reading.extract.docx_styles import Styles

_VALUE, _LEVEL, _PLACE = qn("w:val"), qn("w:lvl"), qn("w:ilvl")
_LIST, _LIST_ID, _ABSTRACT = qn("w:num"), qn("w:numId"), qn("w:abstractNum")
_ABSTRACT_ID = qn("w:abstractNumId")
_OVERRIDE, _START_OVERRIDE = qn("w:lvlOverride"), qn("w:startOverride")
_STYLE_LINK, _LINKED_STYLE = qn("w:numStyleLink"), qn("w:styleLink")
_LEVEL_STYLE = qn("w:pStyle")
_FONTS = f"{qn('w:rPr')}/{qn('w:rFonts')}"
_FROM_ONE = 1


class _List(NamedTuple):
    counts_as: str
    """Lists that share it go on from each other's counts."""
    levels: dict[int, Level]
    styles: dict[str, int]
    """The level that paragraphs of a style stand on."""
    restarts: dict[int, int]
    """Levels that begin anew with the list, and their first number."""


class Numbering:
    """Counts a document's lists while its paragraphs are gone through in order."""

    def __init__(self, numbering: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if numbering is None else _read_lists(numbering)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def count(self, paragraph: Any) -> Label | None:
        """Return the number of the next paragraph; None for one without."""
        place = self._styles.list_place(paragraph)
        found = self._lists.get(place.number) if place else None
        if not place or not found:
            return None
        style = self._styles.style_of(paragraph)
        at = found.styles.get(style, 0) if place.level is None else place.level
        level = found.levels.get(at)
        if not level:
            return None
        counts = self._counts.setdefault(found.counts_as, {})
        count_on(counts, found.levels, at, self._take_restart(place.number, found, at))
        font = self._styles.mark_font(paragraph) if level.font is None else level.font
        if level.style == "bullet":
            return Label(read_bullet(level.pattern, font), font, bullet=True)
        return Label(draw_label(found.levels, counts, at), font)

    def _take_restart(self, number: str, found: _List, at: int) -> int | None:
        """Return the number that the list gives its first entry of that level, once."""
        if at not in found.restarts or (number, at) in self._begun:
            return None
        self._begun.add((number, at))
        return found.restarts[at]


def _read_lists(numbering: Any) -> dict[str, _List]:
    abstracts = {each.get(_ABSTRACT_ID, ""): each for each in numbering.findall(_ABSTRACT)}
    defined = {_value(each, _LINKED_STYLE): key for key, each in abstracts.items()}
    lists = {}
    for each in numbering.findall(_LIST):
        key = _value(each, _ABSTRACT_ID) or ""
        if key in abstracts:
            # A list may be the one that a style of lists defines.
            style = _value(abstracts[key], _STYLE_LINK)
            key = defined.get(style, key) if style else key
            lists[each.get(_LIST_ID, "")] = _read_list(each, key, abstracts[key])
    return lists


def _read_list(element: Any, key: str, abstract: Any) -> _List:
    levels = _read_levels(abstract)
    styled = ((_value(each, _LEVEL_STYLE), _place(each)) for each in abstract.findall(_LEVEL))
    styles = {style: at for style, at in styled if style}
    restarts = {}
    for override in element.findall(_OVERRIDE):
        levels |= _read_levels(override)
        start = override.find(_START_OVERRIDE)
        if start is not None:
            restarts[_place(override)] = _number(start.get(_VALUE), _FROM_ONE)
    return _List(key, levels, styles, {at: start for at, start in restarts.items() if at in levels})


def _read_levels(element: Any) -> dict[int, Level]:
    return {_place(each): _read_level(each) for each in element.findall(_LEVEL)}


def _read_level(element: Any) -> Level:
    return Level(
        start=_number(_value(element, qn("w:start")), _FROM_ONE),
        style=_value(element, qn("w:numFmt")) or "decimal",
        pattern=_value(element, qn("w:lvlText")) or "",
        font=font_named(element.find(_FONTS)),
        legal=element.find(qn("w:isLgl")) is not None,
        restarts=_value(element, qn("w:lvlRestart")) != "0",
    )


def _place(element: Any) -> int:
    return _number(element.get(_PLACE), 0)


def _value(element: Any, tag: str) -> str | None:
    found = element.find(tag)
    return None if found is None else found.get(_VALUE, "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise  # noqa: PLR2004 - no list is longer
