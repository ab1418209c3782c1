"""What a Word document's styles say of a piece of text: its font and its list."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.oxml.ns import qn


def _path(*names: str) -> str:
    return "/".join(qn(f"w:{name}") for name in names)


_STYLE, _ID, _TYPE, _DEFAULT, _VALUE = map(_path, ("style", "styleId", "type", "default", "val"))
_FONTS = _path("rPr", "rFonts")
_MARK_FONTS = _path("pPr", "rPr", "rFonts")
_RUN_STYLE = _path("rPr", "rStyle")
_PARAGRAPH_STYLE = _path("pPr", "pStyle")
_BASED_ON = _path("basedOn")
_DEFAULT_FONTS = _path("docDefaults", "rPrDefault", "rPr", "rFonts")
_LIST = _path("pPr", "numPr")
_LIST_NUMBER, _LIST_LEVEL = _path("numId"), _path("ilvl")
# Letters beyond ASCII are shown in the "high ANSI" font: those are what old fonts redraw.
_NAMES = (_path("hAnsi"), _path("ascii"))
_THEMES = (_path("hAnsiTheme"), _path("asciiTheme"))
_LONGEST_CHAIN = 20


class ListPlace(NamedTuple):
    """Where a paragraph stands in the document's lists."""

    number: str
    """The id of its list; "0" takes a paragraph out of its style's list."""
    level: int | None
    """From 0; None where the style leaves it to the list."""


class Styles:
    """Fonts and lists by style, each looked up along the styles that a style is based on."""

    def __init__(self, styles: Any | None) -> None:
        found = [] if styles is None else styles.findall(_STYLE)
        self._styles: dict[str, Any] = {style.get(_ID, ""): style for style in found}
        self._default = next((s.get(_ID, "") for s in found if _is_default(s)), "")
        fonts = None if styles is None else styles.find(_DEFAULT_FONTS)
        self._document_font = font_named(fonts) or ""
        self._fonts: dict[str, str | None] = {}

    def run_font(self, run: Any, paragraph: Any) -> str:
        """Return the font's name: the run's own, its style's, the paragraph's, the document's."""
        own = font_named(run.find(_FONTS))
        if own is None:
            own = self._style_font(_value(run, _RUN_STYLE))
        return self._paragraph_font(paragraph) if own is None else own

    def mark_font(self, paragraph: Any) -> str:
        """Return the font of the paragraph's end, which its number is set in."""
        own = font_named(paragraph.find(_MARK_FONTS))
        return self._paragraph_font(paragraph) if own is None else own

    def list_place(self, paragraph: Any) -> ListPlace | None:
        """Return the list that the paragraph, or else its style, stands in; None for none."""
        own = _list_place(paragraph)
        if own and own.number:
            return own
        for style in self._chain(self.style_of(paragraph)):
            place = _list_place(style)
            if place and place.number:
                return ListPlace(place.number, own.level) if own else place
        return None

    def style_of(self, paragraph: Any) -> str:
        """Return the id of the paragraph's style."""
        return _value(paragraph, _PARAGRAPH_STYLE) or self._default

    def _paragraph_font(self, paragraph: Any) -> str:
        font = self._style_font(self.style_of(paragraph))
        return self._document_font if font is None else font

    def _style_font(self, style: str) -> str | None:
        if style not in self._fonts:
            named = (font_named(each.find(_FONTS)) for each in self._chain(style))
            self._fonts[style] = next((font for font in named if font is not None), None)
        return self._fonts[style]

    def _chain(self, style: str) -> list[Any]:
        """Return the style and those it is based on, nearest first."""
        chain: list[Any] = []
        # A style based on itself would go round for ever.
        while style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = _value(chain[-1], _BASED_ON)
        return chain


def font_named(fonts: Any | None) -> str | None:
    """Return the font that an element names for letters; None where it leaves that to others.

    A font of the theme has no name there and gives "".
    """
    if fonts is None:
        return None
    if any(fonts.get(theme) for theme in _THEMES):
        return ""
    return next((fonts.get(name) for name in _NAMES if fonts.get(name)), None)


def _is_default(style: Any) -> bool:
    return style.get(_TYPE) == "paragraph" and style.get(_DEFAULT) in ("1", "true", "on")


def _value(element: Any, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(_VALUE, "")


def _list_place(element: Any) -> ListPlace | None:
    place = element.find(_LIST)
    if place is None:
        return None
    level = _value(place, _LIST_LEVEL)
    return ListPlace(
        number=_value(place, _LIST_NUMBER),
        level=int(level) if level.isdigit() else None,
    )
