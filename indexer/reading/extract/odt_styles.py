"""What an OpenDocument text's styles say: fonts, page breaks, and how its lists count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.reading.extract.list_numbers import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMESPACES = {
    "office": _URN.format("office"),
    "text": _URN.format("text"),
    "table": _URN.format("table"),
    "style": _URN.format("style"),
    "draw": _URN.format("drawing"),
    "meta": _URN.format("meta"),
    "svg": _URN.format("svg-compatible"),
    "fo": _URN.format("xsl-fo-compatible"),
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}


def name(prefixed: str) -> str:
    """Return the full name of an element or attribute.

    >>> name("dc:title")
    '{http://purl.org/dc/elements/1.1/}title'
    """
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_NAME, _FAMILY, _PARENT = map(name, ("style:name", "style:family", "style:parent-style-name"))
_FONT_NAME, _FONT_FAMILY = name("style:font-name"), name("fo:font-family")
_TEXT_PROPERTIES, _DISPLAY = name("style:text-properties"), name("text:display")
_PARAGRAPH_PROPERTIES, _BREAK = name("style:paragraph-properties"), name("fo:break-before")
_MASTER_PAGE = name("style:master-page-name")
_LEVEL, _START, _FORMAT = map(name, ("text:level", "text:start-value", "style:num-format"))
_PREFIX, _SUFFIX, _SHOWN = map(
    name, ("style:num-prefix", "style:num-suffix", "text:display-levels")
)
_PATTERNS = (name("style:num-list-format"), name("loext:num-list-format"))
_BULLET, _NUMBER = name("text:list-level-style-bullet"), name("text:list-level-style-number")
_OUTLINE_LEVEL, _IMAGE = name("text:outline-level-style"), name("text:list-level-style-image")
_STYLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
_LONGEST_CHAIN = 20
_LEVELS = {str(level): level for level in range(1, 11)}


class OdtStyles:
    """Looks styles up by name, along the styles that they come from."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._families: dict[str, str] = {}
        self._default_font = ""
        self.outline: dict[int, Level] = {}
        """How headings outside of lists count."""
        for root in roots:
            self._read(root)

    def _read(self, root: Any) -> None:
        for face in root.iter(name("style:font-face")):
            family = face.get(name("svg:font-family"), "")
            self._families[face.get(_NAME, "")] = family.strip("'\"")
        for style in root.iter(name("style:style")):
            self._styles[style.get(_FAMILY, ""), style.get(_NAME, "")] = style
        for style in root.iter(name("style:default-style")):
            if style.get(_FAMILY) == "paragraph":
                self._default_font = self._own_font(style) or ""
        for style in root.iter(name("text:list-style")):
            self._lists[style.get(_NAME, "")] = self._read_levels(style)
        for style in root.iter(name("text:outline-style")):
            self.outline = self._read_levels(style)

    def font(self, family: str, style: str) -> str | None:
        """Return the font of a style of the family "text" or "paragraph"; None where it has none.

        A paragraph's falls back on the document's.
        """
        named = (self._own_font(each) for each in self._chain(family, style))
        otherwise = self._default_font if family == "paragraph" else None
        return next((font for font in named if font), otherwise)

    def is_hidden(self, style: str) -> bool:
        """Return whether text of that style is not shown."""
        return any(
            properties.get(_DISPLAY) == "none"
            for each in self._chain("text", style)
            for properties in each.findall(_TEXT_PROPERTIES)
        )

    def begins_page(self, style: str) -> bool:
        """Return whether a paragraph of that style stands at the top of a page."""
        own = self._styles.get(("paragraph", style))
        return own is not None and (
            bool(own.get(_MASTER_PAGE))
            or any(each.get(_BREAK) == "page" for each in own.findall(_PARAGRAPH_PROPERTIES))
        )

    def list_levels(self, style: str) -> dict[int, Level]:
        """Return the levels, from 0, of a style of lists; none for an unknown one."""
        return self._lists.get(style, {})

    def _own_font(self, style: Any) -> str:
        for properties in style.findall(_TEXT_PROPERTIES):
            named = properties.get(_FONT_NAME) or properties.get(_FONT_FAMILY, "")
            return self._families.get(named) or str(named).strip("'\"")
        return ""

    def _chain(self, family: str, style: str) -> Iterator[Any]:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get((family, style))
            if found is None:
                return
            yield found
            style = found.get(_PARENT, "")

    def _read_levels(self, style: Any) -> dict[int, Level]:
        levels = {}
        for each in style:
            level = _LEVELS.get(each.get(_LEVEL))
            if level:
                levels[level - 1] = self._read_level(each, level)
        return levels

    def _read_level(self, element: Any, level: int) -> Level:
        font = self._own_font(element) or None
        if element.tag in (_BULLET, _IMAGE):
            return Level(element.get(name("text:bullet-char"), "•"), "bullet", font=font)
        start = element.get(_START, "")
        return Level(
            _read_pattern(element, level),
            _STYLES.get(element.get(_FORMAT, ""), "decimal"),
            int(start) if start.isdecimal() and len(start) < 7 else 1,  # noqa: PLR2004 - no list is longer
            font,
        )


def _read_pattern(element: Any, level: int) -> str:
    """Return what a level draws, with "%1" for the count of the first level."""
    for attribute in _PATTERNS:
        if element.get(attribute) is not None:
            # Written "%1%.%2%": between two signs stands the level.
            parts = element.get(attribute).split("%")
            return "".join(f"%{part}" if at % 2 else part for at, part in enumerate(parts))
    if not element.get(_FORMAT):
        return f"{element.get(_PREFIX, '')}{element.get(_SUFFIX, '')}"
    first = level - min(level, _LEVELS.get(element.get(_SHOWN), 1)) + 1
    counters = ".".join(f"%{at}" for at in range(first, level + 1))
    return f"{element.get(_PREFIX, '')}{counters}{element.get(_SUFFIX, '')}"
