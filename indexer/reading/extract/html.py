"""Pages of portals: the document in the middle, its title, and what the page says about it."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from indexer.errors import UnreadableSourceError
from indexer.reading.dates import read_stated_date
from indexer.reading.decoding import decode_text
from indexer.reading.extract.attachments import choose_attachments, drop_file_boxes, find_file_links
from indexer.reading.extract.date_stamp import take_date_stamp
from indexer.reading.extract.html_fonts import decode_fonts
from indexer.reading.extract.html_lists import number_lists
from indexer.reading.extract.html_tree import drop_invisible, parse_page, read_lines, take_frames
from indexer.reading.extract.letterhead import split_columns
from indexer.reading.extract.media_type import HTML
from indexer.reading.extract.menu import strip_portal_frame
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_HEAD = 4096
_SITE = re.compile(
    r"^(?:c[oổ]ng\s+(?:thông\s+tin|tt|dịch\s+vụ|giao\s+tiếp)|trang\s+(?:thông\s+tin|chủ|tin)|"
    r"website|web\s+site|báo\s+(?!cáo\b)\w+|công\s+báo|đài\s+phát)|^[\w.-]+\.(?:vn|com|net|org)$|"
    r"\b(?:portal|homepage)\b",
    re.IGNORECASE,
)
_SITE_LINE = re.compile(
    r"(?:^|[.:©]\s*)(?P<site>(?:cổng\s+thông\s+tin|trang\s+thông\s+tin|công\s+báo)[^.:|©]{3,120})",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"(?:bản\s+quyền\s+(?:thuộc\s+(?:về)?|©)|cơ\s+quan\s+chủ\s+quản|đơn\s+vị\s+quản\s+lý)\s*:?\s*"
    r"(?P<site>[^.:|©\n]{5,120})",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[-–—|»:]\s+|\s*[|»]\s*")
_TITLE_LABEL = re.compile(
    r"^(?:(?:chi\s+tiết|xem)\s+)?(?:văn\s+bản|tin(?:\s+tức)?|bài\s+viết)\s*[:|]\s*", re.IGNORECASE
)
_OWNER_NAME = re.compile(
    r"(?:(?:hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân|ubnd)\s+)?"
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+",
    re.IGNORECASE,
)
# Says that it is a portal, not whose.
_NAMELESS_SITE = re.compile(
    r"(?:cổng|trang)\s+(?:thông tin(?: điện tử)?|ttđt|tin)(?: tổng hợp)?", re.IGNORECASE
)
_TOP_LINES = 40
_FEWEST_WORDS = 4
_LONGEST_TITLE = 400
_CRUMBS = re.compile(r"\s*(?:[>/»›|\t]|\s-\s)+\s*")


def extract_html(data: bytes) -> ExtractedText:
    """Return the main content as one page; menus, side columns and footers are boilerplate.

    `hints` may hold publisher, issued_on (YYYY-MM-DD, the day it was put online) and category.
    UnreadableSourceError when the encoding can't be told or nothing is left to read.
    """
    root = parse_page(decode_text(data, _declared_encoding(data)))
    decode_fonts(root)
    facts = dict(_read_metas(root))
    title = _read_title(root, facts)
    links = find_file_links(root)
    hints = _read_hints(root, facts, title)
    drop_invisible(root)
    body = root.find(".//body")
    body = root if body is None else body
    frames = take_frames(body)
    number_lists(body)
    main = _find_main(body)
    frames += [] if main is body else _read_around(body, main)
    attachments = choose_attachments(links, main)
    frames += drop_file_boxes(links, main)
    lines, stamp = take_date_stamp(split_columns(read_lines(main)))
    title = _choose_title(title, lines)
    framed = strip_portal_frame("\n".join(lines), title)
    if not framed.content.strip():
        raise UnreadableSourceError("a page without text of its own; save the document's own page")
    content, later = take_date_stamp(framed.content.split("\n"))
    found = {
        "issued_on": stamp or later,
        "category": framed.category,
        "publisher": _find_site(frames),
    }
    return ExtractedText(
        pages=("\n".join(content),),
        media_type=HTML,
        method=f"lxml {version('lxml')}",
        title=title,
        boilerplate="\n".join(filter(None, [*frames, framed.boilerplate])),
        hints={name: value for name, value in {**found, **hints}.items() if value},
        attachments=attachments,
    )


def _declared_encoding(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else ""


def _read_metas(root: Any) -> Iterator[tuple[str, str]]:
    """Yield what the page's meta tags state, by lower-case name; the first of a name comes last."""
    for meta in reversed(list(root.iter("meta"))):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = _one_line(meta.get("content") or "")
        if name and content:
            yield name.strip().lower(), content


def _read_hints(root: Any, metas: dict[str, str], title: str) -> dict[str, str]:
    """Return what tags say outright; visible lines are looked at where these are silent."""
    published = [
        metas.get("article:published_time", ""),
        metas.get("datepublished", ""),
        *(time.get("datetime") or "" for time in list(root.iter("time"))[:1]),
    ]
    dates = (read_stated_date(moment[:10]) for moment in published if moment)
    stated = {
        "publisher": _named_site(metas.get("og:site_name", "")) or _site_of_title(root),
        "category": metas.get("article:section") or _read_breadcrumb(root, title.casefold()),
        "issued_on": next((day for day in dates if day), ""),
    }
    return {name: value for name, value in stated.items() if value}


def _read_title(root: Any, metas: dict[str, str]) -> str:
    """Return the main heading, else og:title, else the page's title without the site's name."""
    site = metas.get("og:site_name", "").casefold()
    for heading in root.iter("h1"):
        text = _one_line(heading.text_content())
        if text and text.casefold() != site and not _SITE.search(text):
            return text
    whole = metas.get("og:title") or _one_line(root.findtext(".//title") or "")
    whole = _TITLE_LABEL.sub("", whole)
    parts = [part for part in _TITLE_PARTS.split(whole) if part]
    kept = [part for part in parts if part.casefold() != site and not _SITE.search(part)]
    if not kept:
        return ""
    return whole if len(kept) == len(parts) else " - ".join(kept)


def _choose_title(title: str, lines: list[str]) -> str:
    """Return the part of the page's title that the page shows, else what names more than a unit."""
    if whole := _find_whole_title(title, lines):
        return whole
    parts = [part for part in _TITLE_PARTS.split(title) if part]
    shown = {line.casefold() for line in lines[:_TOP_LINES]}
    if len(parts) < 2 or title.casefold() in shown:  # noqa: PLR2004 - nothing to choose from
        return title
    alone = [part for part in parts if part.casefold() in shown and not _is_owner(part)]
    kept = alone or [part for part in parts if not _is_owner(part)]
    return " - ".join(kept) if kept and len(kept) < len(parts) else title


def _find_whole_title(title: str, lines: list[str]) -> str:
    """Return the line that goes on where the page's title was cut short; empty without one."""
    start = title.rstrip(" .…").casefold()
    fitting = (line for line in lines[:_TOP_LINES] if line.casefold().startswith(start))
    long_enough = len(start.split()) >= _FEWEST_WORDS
    return next((line for line in fitting if len(line) <= _LONGEST_TITLE and long_enough), "")


def _is_owner(part: str) -> bool:
    """Return whether the words are a unit or its body and nothing else: "xã Thượng Phúc"."""
    owner = _OWNER_NAME.match(part)
    return owner is not None and all(word[:1].isupper() for word in part[owner.end() :].split())


def _site_of_title(root: Any) -> str:
    """Return the part of the page's title that names the site; empty without one."""
    parts = _TITLE_PARTS.split(_one_line(root.findtext(".//title") or ""))
    sites = (p for p in parts if _SITE.search(p) and not p.lower().startswith("trang chủ"))
    return next(filter(None, map(_named_site, sites)), "")


def _named_site(site: str) -> str:
    return "" if _NAMELESS_SITE.fullmatch(site.strip()) else site


def _read_breadcrumb(root: Any, title: str) -> str:
    """Return the last step of the breadcrumb that is neither the start nor the page itself."""
    for element in root.iter("nav", "ul", "ol", "div", "p", "span"):
        names = " ".join(element.get(name) or "" for name in ("class", "id", "aria-label"))
        if re.search(r"bread-?crumb|duong-?dan|đường dẫn|\bpath\b", names, re.IGNORECASE):
            text = "\t".join(part for part in element.itertext() if part.strip())
            steps = [step.strip() for step in _CRUMBS.split(text) if step.strip()]
            inner = [s for s in steps[1:] if s.casefold() != title and not _is_part(s, title)]
            return _one_line(inner[-1]) if inner else ""
    return ""


def _is_part(step: str, title: str) -> bool:
    return len(step) > 20 and title.startswith(step.casefold().rstrip("…. "))  # noqa: PLR2004 - breadcrumbs cut long titles


def _find_main(body: Any) -> Any:
    """Return the page's one main or article element when most of the prose is in it."""
    whole = max(len("".join(body.itertext())), 1)
    for tag in ("article", "main"):
        found = list(body.iter(tag))
        if len(found) == 1 and len("".join(found[0].itertext())) > whole * 0.7:
            return found[0]
    return body


def _read_around(body: Any, main: Any) -> list[str]:
    inside = set(read_lines(main))
    return [line for line in read_lines(body) if line not in inside]


def _find_site(frames: list[str]) -> str:
    """Return the portal's name as its banner or its footer gives it; empty without one."""
    for pattern in (_SITE_LINE, _OWNER):
        for line in frames:
            found = pattern.search(line)
            if found:
                return found["site"].strip(" -–,;")
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
