"""A page of HTML as a tree: parsed, pruned of frames, and read line by line.

No function here recurses: hostile pages nest deeper than Python's stack.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml import etree

from indexer.errors import UnreadableSourceError
from indexer.language.text import fold
from indexer.reading.extract.letterhead import table_lines

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend"),
        *("li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    ]
)
_NEVER_TEXT = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
    *("audio", "video", "map", "select", "button", "input", "textarea", "datalist", "head"),
    *("applet", "math", "del"),
)
_FRAME_TAGS = frozenset({"nav", "header", "footer", "aside", "menu"})
_FRAME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"}
)
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav-?tabs|tabs|tab-?(?:nav|menu|list|header|title)s?|nav(?:bar|igation)?|(?:main|top|left|right|sub|mega|foot(?:er)?|mobile)?-?menu\d*|"
    r"side-?bar|bread-?crumbs?|duong-?dan|cong-?cu|tools?|footer|header|masthead|banner|logo|related(?:-?\w+)?|"
    r"tin-?(?:lien-?quan|khac|moi|noi-?bat|cung-?chuyen-?muc)|lien-?quan|bai-?lien-?quan|"
    r"other-?news|most-?view(?:ed)?|widget|ads?|adv|advert\w*|quang-?cao|share|social|sharing|"
    r"comments?|binh-?luan|tags?|paging|pagination|pager|login|dang-?nhap|search(?:-?\w+)?|tim-?kiem|"
    r"copyright|toolbar|tool-?box|skip-?link|cookie\w*|skip-(?:to-)?(?:main-)?(?:nav\w*|content)|(?:entry|post)-?meta|byline|popup|modal|lien-?ket|weblink|thong-?ke|"
    r"counter|rating|danh-?gia|print(?:-?\w+)?|hidden|sr-only)(?=$|[\s_\d-])"
)
_LEGAL = re.compile(
    r"(?:^|\n)\s*(?:dieu \d+\b|can cu\b|cong hoa xa hoi chu nghia|noi nhan|so\s*:?[\s.\d]*/)"
)
_WHITE = re.compile(r"\s+")
_PAIR = re.compile(r"(?<! ) {2}(?! )")
_GAP = re.compile(r" {4,}")
_CELLS = frozenset({"td", "th"})
_MANY_LINKS = 3
_LINK_SHARE = 0.6
_LINK_SHARE_OF_TWO = 0.9
_LONGEST_LINK_HEADING = 60


def parse_page(text: str) -> Any:
    """Return the root element; UnreadableSourceError when nothing of a page is in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableSourceError(
            f"HTML without content ({error}); save the page again"
        ) from error
    return root


def drop_invisible(root: Any) -> None:
    """Take everything off the tree that a reader never sees as text, but for meta tags."""
    for element in list(root.iter(*_NEVER_TEXT)):
        if element.tag != "head":
            drop_element(element)
    style = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
    for element in list(root.iter()):
        if (
            isinstance(element.tag, str)
            and element.tag not in {"html", "body", "head"}
            and (element.get("hidden") is not None or style.search(element.get("style") or ""))
        ):
            drop_element(element)


def take_frames(body: Any) -> list[str]:
    """Take menus, side columns, link lists and footers off the body; return their lines."""
    taken: list[str] = []
    measure = _Measure(body)
    for element in list(body.iter()):
        if element is not body and _attached(element, body) and _is_frame(element, measure):
            taken += _drop_with_heading(element, measure)
    return taken


class _Measure:
    """Letters in and out of links, for each element of a tree."""

    def __init__(self, body: Any) -> None:
        self._all: dict[Any, int] = {}
        self._linked: dict[Any, int] = {}
        self._links: dict[Any, int] = {}
        for _, element in etree.iterwalk(body, events=("end",)):
            own = _length(element.text) + sum(_length(child.tail) for child in element)
            total = own + sum(self._all.get(child, 0) for child in element)
            is_link = element.tag == "a"
            self._all[element] = total
            self._linked[element] = (
                total if is_link else sum(self._linked.get(c, 0) for c in element)
            )
            self._links[element] = is_link + sum(self._links.get(child, 0) for child in element)
        self.body = body

    def prose(self, element: Any) -> int:
        """Return how many letters stand outside of links."""
        return self._all.get(element, 0) - self._linked.get(element, 0)

    def is_link_list(self, element: Any) -> bool:
        """Return whether links make up most of the element."""
        total = self._all.get(element, 0)
        links, linked = self._links.get(element, 0), self._linked.get(element, 0)
        share = _LINK_SHARE if links >= _MANY_LINKS else _LINK_SHARE_OF_TWO
        return links > 1 and linked >= share * total > 0

    def is_main(self, element: Any) -> bool:
        """Return whether half of the page's prose is in it."""
        return self.prose(element) * 2 >= max(self.prose(self.body), 1)


def _length(text: str | None) -> int:
    return sum(not letter.isspace() for letter in text) if text else 0


def _attached(element: Any, body: Any) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not body:
        parent = parent.getparent()
    return parent is body


def _is_frame(element: Any, measure: _Measure) -> bool:
    if not isinstance(element.tag, str) or measure.is_main(element):
        return False
    if measure.is_link_list(element) and element.tag in BLOCKS - {"p", "br"}:
        return not _holds_law(element)
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    named = _FRAME_NAMES.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower())
    framing = (
        element.tag in _FRAME_TAGS
        or (element.get("role") or "").lower() in _FRAME_ROLES
        # LibreOffice's names for the head and the foot of its pages.
        or (element.get("title") or "").lower() in {"header", "footer"}
    )
    around = next(element.iterancestors("article", "main"), None)
    inside_text = element.tag == "header" and around is not None
    return bool(framing or named) and not inside_text and not _holds_law(element)


def _holds_law(element: Any) -> bool:
    return bool(_LEGAL.search(fold("\n".join(read_lines(element))).lower()))


def _drop_with_heading(element: Any, measure: _Measure) -> list[str]:
    """Drop the element, and a short heading right before a list of links ("Tin liên quan")."""
    taken = read_lines(element)
    before = element.getprevious()
    if before is not None and measure.is_link_list(element) and _is_list_heading(before):
        taken = [*read_lines(before), *taken]
        drop_element(before)
    drop_element(element)
    return taken


def _is_list_heading(element: Any) -> bool:
    lines = read_lines(element)
    if len(lines) != 1 or len(lines[0]) > _LONGEST_LINK_HEADING or element.tag == "h1":
        return False
    return element.tag in {"h2", "h3", "h4", "h5", "h6"} or not re.search(r"[.;]\s*$", lines[0])


def drop_element(element: Any) -> None:
    """Take the element off the tree, but leave the text that follows it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def read_lines(root: Any) -> list[str]:
    """Return the lines of an element: blocks and breaks part lines, white space is one space.

    Tables become lines by `table_lines`; what is preformatted keeps its lines.
    """
    reader = _LineReader()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            reader.open(element)
        else:
            reader.close(element, tail="" if element is root else element.tail or "")
    lines = "".join(reader.pieces).split("\n")
    return [line for line in map(_tidy, lines) if line]


def _tidy(line: str) -> str:
    """Return the line without idle spaces; wide gaps of preformatted columns stay."""
    return _GAP.sub("   ", _PAIR.sub(" ", line)).strip()


class _LineReader:
    """Gathers the text of a tree in document order; tables and their cells stack up."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._outer: list[list[str]] = []
        self._tables: list[list[list[str]]] = []
        self._preformatted = 0

    def open(self, element: Any) -> None:
        """Note that an element starts, and its first text."""
        tag = element.tag
        if tag == "table":
            self._tables.append([])
        elif self._tables and tag == "tr":
            self._tables[-1].append([])
        elif self._tables and tag in _CELLS:
            self._outer.append(self.pieces)
            self.pieces = []
        elif tag in BLOCKS:
            self.pieces.append("\n")
        self._preformatted += tag == "pre"
        if isinstance(tag, str):
            self._add(element.text or "")

    def close(self, element: Any, tail: str) -> None:
        """Note that an element ends, and the text after it."""
        tag = element.tag
        self._preformatted -= tag == "pre"
        if tag == "table":
            rows = self._tables.pop()
            self.pieces.append("\n" + "\n".join(table_lines(rows)) + "\n")
        elif self._tables and tag in _CELLS:
            cell, self.pieces = "".join(self.pieces), self._outer.pop()
            rows = self._tables[-1] or [[]]
            self._tables[-1] = rows
            rows[-1].append(cell)
        elif tag in BLOCKS and tag != "tr":
            self.pieces.append("\n")
        self._add(tail)

    def _add(self, text: str) -> None:
        """Add running text; between the rows of a table there is none."""
        self.pieces.append(text if self._preformatted else _WHITE.sub(" ", text))
