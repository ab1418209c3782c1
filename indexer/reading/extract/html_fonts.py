"""Text in the old fonts of a page becomes Unicode, where it stands in the tree.

A page names its fonts in three ways: `<font face>`, `style="font-family"` and the rules of its
style sheet. What is under no old font is judged by its content, all of the page together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lxml import etree

from indexer.language.legacy import decode_runs, font_encoding, mend_legacy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FAMILY = re.compile(r"font-family\s*:\s*([^;}]{1,200})", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?")
_PAGE_COMMENT = re.compile(r"<!--|-->")
_NO_TEXT = frozenset({"script", "style"})
_LONGEST_SHEET = 500_000
# No text of a page holds it: it keeps the pieces apart while they are judged together.
_BETWEEN = "\n\f\n"

_Rules = dict[tuple[str, str], str]


class _Piece(NamedTuple):
    """One stretch of text: the element's own, or what follows it."""

    element: Any
    place: Literal["text", "tail"]
    text: str
    font: str


def decode_fonts(root: Any) -> None:
    """Put the text of the tree into Unicode; pages that are in it already stay untouched."""
    pieces = list(_find_pieces(root, _read_rules(root)))
    if not pieces:
        return
    texts = [
        decode_runs([(piece.text, piece.font)]) if font_encoding(piece.font) else piece.text
        for piece in pieces
    ]
    mended = mend_legacy(_BETWEEN.join(texts)).split(_BETWEEN)
    for piece, text in zip(pieces, mended, strict=True):
        if text != piece.text:
            setattr(piece.element, piece.place, text)


def _find_pieces(root: Any, rules: _Rules) -> Iterator[_Piece]:
    """Yield the texts of the tree in document order with the fonts they are shown in."""
    fonts: list[str] = [""]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            fonts.append(_read_font(element, rules) or fonts[-1])
            if element.text and element.tag not in _NO_TEXT:
                yield _Piece(element, "text", element.text.replace("\f", " "), fonts[-1])
        else:
            fonts.pop()
            if element.tail and element is not root:
                yield _Piece(element, "tail", element.tail.replace("\f", " "), fonts[-1])


def _read_font(element: Any, rules: Mapping[tuple[str, str], str]) -> str:
    """Return the font that the element sets; empty when it takes that of its parent."""
    styled = _FAMILY.search(element.get("style") or "")
    if styled:
        return styled.group(1)
    if face := element.get("face"):
        return str(face)
    if not rules or not isinstance(element.tag, str):
        return ""
    for name in (element.get("class") or "").split():
        font = rules.get((element.tag, name)) or rules.get(("", name))
        if font:
            return font
    return rules.get((element.tag, ""), "")


def _read_rules(root: Any) -> _Rules:
    """Return the fonts of the page's own style sheets by tag and class, the last rule winning."""
    sheets = "\n".join(style.text or "" for style in root.iter("style"))[:_LONGEST_SHEET]
    rules: _Rules = {}
    # By splitting, not by patterns: those take quadratic time on sheets made to do harm.
    for rule in _drop_comments(sheets).split("}"):
        selectors, _, body = rule.rpartition("{")
        if family := _FAMILY.search(body):
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple and any(simple.groups()):
                    rules[simple[1] or "", simple[2] or ""] = family.group(1)
    return rules


def _drop_comments(sheet: str) -> str:
    first, *rest = _PAGE_COMMENT.sub("", sheet).split("/*")
    return "".join([first, *(part.partition("*/")[2] for part in rest)])
