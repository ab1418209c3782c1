"""A portal page copied as text: its menu and its category heading are told from the content.

Only form and place decide, so that menus never seen before are known too: a run of at least
three short entries at the very end (or the very start), headings in capitals and bare titles
that are no sentences, of which enough are headings or words that only navigation uses.
What closes a document looks alike and stays: recipients, signers, agendas, lists of acts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import clean_text, fold
from indexer.reading.banner import is_banner
from indexer.reading.extract.category_heading import is_category_over_news, take_category
from indexer.reading.extract.line_shapes import BULLET, is_capitals, is_heading
from indexer.reading.extract.page_edges import (
    strip_above_headline,
    strip_site_lines,
    strip_title_runs,
)
from indexer.reading.extract.portal_words import (
    FIGURES,
    ISSUER,
    LETTERHEAD,
    SIGNER,
    SITE,
    STRUCTURE,
    SUBJECT,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ENTRY = 80
_FEWEST_ENTRIES = 3
_ENDS_LIKE_PROSE = re.compile(r"[.;:,!?…/”\"]\s*$")
_LINK_DATE = re.compile(r"\s*\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\)$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}|[a-zđ]|[IVXL]+)\s*[.)/:]")


class PortalFrame(NamedTuple):
    """A text and what framed it."""

    content: str
    boilerplate: str
    category: str
    """The portal's heading over the text, in sentence case; empty without one."""


def strip_portal_frame(text: str, headline: str = "") -> PortalFrame:
    r"""Return the text without the menus around it and the category heading above it.

    `headline` is the page's own, where its format tells it: what stands above it is frame.

    >>> strip_portal_frame("TIN TỨC - SỰ KIỆN\n" + "Sáng 5/7, Hội đồng họp. " * 4).category
    'Tin tức - Sự kiện'
    """
    lines = text.split("\n")
    banners = dict.fromkeys(line.strip() for line in lines if is_banner(line))
    content, menu = strip_menu("\n".join(line for line in lines if not is_banner(line)))
    sited = strip_site_lines(content.split("\n"))
    # A footer hides the menu above it.
    content, inner = strip_menu("\n".join(sited.content)) if sited.frame else (content, "")
    titled = strip_title_runs(content.split("\n"))
    content, category = take_category("\n".join(titled.content))
    headed = strip_above_headline(content.split("\n"), headline)
    frame = "\n".join(filter(None, [menu, *sited.frame, inner, *titled.frame, *headed.frame]))
    # What warns of a sample stays in sight, wherever on the page it stood.
    return PortalFrame("\n".join([*banners, *headed.content]), frame, category or sited.category)


def strip_menu(text: str) -> tuple[str, str]:
    r"""Return the text without a menu at its end or start, and the menu's lines.

    >>> strip_menu("Hội nghị bế mạc.\nGIỚI THIỆU\n- Cơ cấu tổ chức\nTHƯ VIỆN ẢNH")
    ('Hội nghị bế mạc.', 'GIỚI THIỆU\n- Cơ cấu tổ chức\nTHƯ VIỆN ẢNH')
    """
    lines = text.split("\n")
    start = _find_trailing_menu(lines)
    end = _find_leading_menu(lines[:start])
    if not end and start == len(lines):
        return text, ""
    content = "\n".join(lines[end:start]).strip("\n ")
    menu = [line.strip() for line in [*lines[:end], *lines[start:]] if line.strip()]
    return (content, "\n".join(menu)) if content else (text, "")


def _find_trailing_menu(lines: list[str]) -> int:
    """Return the line where the menu at the end starts; `len(lines)` without one."""
    start = len(lines)
    while start and (_could_be_entry(lines[start - 1]) or _is_doubtful(lines[start - 1])):
        start -= 1
    doubtful = [at for at in range(start, len(lines)) if _is_doubtful(lines[at])]
    # "NGHỊ QUYẾT" is an entry under "TIN TỨC"; over a list of its own it heads a document.
    if doubtful and not any(_heads_site(line) for line in lines[start : doubtful[0]]):
        start = doubtful[-1] + 1
    start = _skip_closing(lines, start)
    return start if _is_menu(lines[start:]) else len(lines)


def _is_doubtful(line: str) -> bool:
    """Return whether the line is an entry only under a heading that speaks of the site."""
    bulleted = BULLET.match(line) and _could_be_shaped(line) and FIGURES.search(line)
    return bool(bulleted) or _names_kind(line) or _is_numbered_entry(line)


def _is_numbered_entry(line: str) -> bool:
    """Return whether the line is "1. Phản ánh hiện trường", as menus and agendas number."""
    entry = clean_text(line).strip()
    name = _NUMBERED.sub("", entry, count=1)
    return name != entry and _could_be_entry(name) and name.strip() != ""


def _names_kind(line: str) -> bool:
    """Return whether the line is a heading or a bulleted entry that names kinds of documents."""
    bare = fold(BULLET.sub("", clean_text(line))).lower()
    shaped = is_heading(line) or (BULLET.match(line) and _could_be_shaped(line))
    return bool(shaped) and len(bare.split()) <= 5 and bool(STRUCTURE.match(bare))  # noqa: PLR2004 - a title is longer


def _heads_site(line: str) -> bool:
    return is_heading(line) and _speaks_of_site(line)


def _skip_closing(lines: list[str], start: int) -> int:
    """Return the first line at or after `start` that is no part of what closes the text."""
    above = next((line for line in reversed(lines[:start]) if line.strip()), "")
    bare = fold(clean_text(above)).lower()
    if SIGNER.match(bare):
        # The name under a signer's office is a bare title too, also in capitals.
        start = next((at + 1 for at in range(start, len(lines)) if lines[at].strip()), len(lines))
    # Bullets under "...:" or under a document's own heading are its list, not a menu.
    listed = above.rstrip().endswith(":") or (bool(STRUCTURE.match(bare)) and is_capitals(above))
    while start < len(lines) and not _opens_menu(lines[start], listed=listed):
        start += 1
    return start


def _opens_menu(line: str, *, listed: bool) -> bool:
    if not line.strip():
        return False
    if listed:
        return is_heading(line) and not BULLET.match(line)
    return is_heading(line) or bool(BULLET.match(line)) or _is_navigation(line)


def _find_leading_menu(lines: list[str]) -> int:
    """Return the line after the menu at the start; 0 without one."""
    end = 0
    while end < len(lines) and _could_be_entry(lines[end]) and not _letterhead_starts(lines, end):
        end += 1
    run = end
    while end and not _closes_menu(lines[end - 1]):
        end -= 1
    if end == len(lines) or not _is_menu(lines[:end]):
        return 0
    # "HOẠT ĐỘNG CỦA HĐND" may be an entry as well; right above news it is their category.
    return next((at for at in range(end - 1, run) if _parts_menu_from_news(lines, at)), end)


def _parts_menu_from_news(lines: list[str], at: int) -> bool:
    return is_category_over_news(lines, at) and not _speaks_of_site(lines[at])


def _letterhead_starts(lines: list[str], at: int) -> bool:
    """Return whether an issuer stands here with the motto, a number or a kind soon after it."""
    if not ISSUER.match(fold(clean_text(lines[at])).lower()):
        return False
    following = (fold(clean_text(line)).lower() for line in lines[at + 1 : at + 9])
    return any(LETTERHEAD.match(line) or STRUCTURE.match(line) for line in following)


def _closes_menu(line: str) -> bool:
    """Return whether the line is surely an entry: the line below a menu may be a headline."""
    if not line.strip():
        return False
    few_words = len(line.split()) <= 5  # noqa: PLR2004 - headlines are longer
    return bool(BULLET.match(line)) or (_is_navigation(line) and (few_words or is_heading(line)))


def _could_be_entry(line: str) -> bool:
    """Return whether the line may stand in a menu; blank ones may."""
    stripped = clean_text(line)
    bare = fold(BULLET.sub("", stripped)).lower()
    shaped = _could_be_shaped(stripped)
    figures = _NUMBERED.match(stripped) or FIGURES.search(_LINK_DATE.sub("", stripped))
    closing = STRUCTURE.match(bare) or LETTERHEAD.match(bare) or SIGNER.match(bare)
    return not stripped or (shaped and not figures and not closing)


def _could_be_shaped(line: str) -> bool:
    return len(line) <= _LONGEST_ENTRY and not _ENDS_LIKE_PROSE.search(line)


def _is_menu(lines: list[str]) -> bool:
    """Return whether enough of the entries are headings or words that only a site uses."""
    entries = [clean_text(line) for line in lines if line.strip()]
    headings = [line for line in entries if is_heading(line) and not BULLET.match(line)]
    if len(entries) < _FEWEST_ENTRIES:
        return False
    if _are_menu_headings(headings):
        return _count_entries(entries) >= _FEWEST_ENTRIES
    listed = all(BULLET.match(entry) for entry in entries[1:])
    if listed and _speaks_of_site(entries[0]) and not BULLET.match(entries[0]):
        return True
    return sum(map(_speaks_of_site, entries)) >= max(2, (len(entries) + 2) // 3)


def _are_menu_headings(headings: Sequence[str]) -> bool:
    """Return whether they head more than one list of a text; bodies alone may have signed."""
    bodies = sum(bool(ISSUER.match(fold(heading).lower())) for heading in headings)
    several = len(headings) > 1 and bodies < len(headings)
    return several or any(map(_speaks_of_site, headings))


def _count_entries(entries: Sequence[str]) -> int:
    shaped = (is_heading(e) or _is_marked(e) or _is_navigation(e) for e in entries)
    return sum(map(bool, shaped))


def _is_marked(entry: str) -> bool:
    return bool(BULLET.match(entry) or _NUMBERED.match(entry))


def _speaks_of_site(line: str) -> bool:
    return bool(SITE.search(fold(clean_text(line)).lower()))


def _is_navigation(line: str) -> bool:
    return _speaks_of_site(line) or bool(SUBJECT.search(fold(clean_text(line)).lower()))
