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
from indexer.reading.extract.heading_case import sentence_case
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
_LONGEST_HEADING = 60
_FEWEST_ENTRIES = 3
_PROSE = 80
_BULLET = re.compile(r"^\s*[-–—•●▪◦*+»›>]\s*")
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


def take_category(text: str) -> tuple[str, str]:
    r"""Return the text without a portal's category heading at the very top, and that category.

    The heading is short, in capitals, and running prose follows it at once or after a headline.

    >>> take_category("GIÁM SÁT\nĐoàn đến xã A\n" + "Ngày 5/7, đoàn đã làm việc. " * 4)[1]
    'Giám sát'
    """
    lines = [(at, line.strip()) for at, line in enumerate(text.split("\n")) if line.strip()]
    if len(lines) < 2 or not _is_category(lines[0][1]):  # noqa: PLR2004 - a heading and its text
        return text, ""
    following = [line for _, line in lines[1:4]]
    if not _reads_on_as_news(following):
        return text, ""
    rest = "\n".join(text.split("\n")[lines[1][0] :])
    return rest, sentence_case(clean_text(lines[0][1]))


_EVENT = re.compile(
    r"(?:khai mac|be mac|tong ket|chuc mung|hop |to chuc|le |tang cuong|day manh|phat dong|"
    r"trien khai|be giang|ra mat|cong bo|ky hop thu|ky niem|chuc tet|dai hoi)"
)


def _is_category(line: str) -> bool:
    bare = fold(clean_text(line)).lower()
    official = (STRUCTURE, LETTERHEAD, ISSUER, SIGNER, _EVENT)
    # "NGHỊ QUYẾT VÀ CUỘC SỐNG" is a column of a paper, "NGHỊ QUYẾT" an act.
    kept_out = any(pattern.match(bare) for pattern in official) and " va cuoc song" not in bare
    kept_out = kept_out or bare.startswith("thong bao")
    wordy = len(bare.split()) > 10 or bool(re.search(r"\d|\bky hop (?:thu|lan)\b", bare))  # noqa: PLR2004 - a sentence
    return _is_heading(line) and not kept_out and not wordy and not _BULLET.match(line)


def _reads_on_as_news(following: list[str]) -> bool:
    """Return whether prose comes first, or after at most two lines that are no letterhead."""
    for line in following:
        if len(line) >= _PROSE and not _is_capitals(line):
            return True
        bare = fold(clean_text(line)).lower()
        if any(pattern.match(bare) for pattern in (LETTERHEAD, ISSUER, STRUCTURE)) and (
            _is_capitals(line) or LETTERHEAD.match(bare)
        ):
            return False
    return False


def _find_trailing_menu(lines: list[str]) -> int:
    """Return the line where the menu at the end starts; `len(lines)` without one."""
    start = len(lines)
    while start and (_could_be_entry(lines[start - 1]) or _names_kind(lines[start - 1])):
        start -= 1
    kinds = [at for at in range(start, len(lines)) if _names_kind(lines[at])]
    # "NGHỊ QUYẾT" is an entry under "TIN TỨC"; over a list of its own it heads a document.
    if kinds and not any(_heads_site(line) for line in lines[start : kinds[0]]):
        start = kinds[-1] + 1
    start = _skip_closing(lines, start)
    return start if _is_menu(lines[start:]) else len(lines)


def _names_kind(line: str) -> bool:
    """Return whether the line is a heading or a bulleted entry that names kinds of documents."""
    bare = fold(_BULLET.sub("", clean_text(line))).lower()
    shaped = _is_heading(line) or (_BULLET.match(line) and _could_be_shaped(line))
    return bool(shaped) and len(bare.split()) <= 5 and bool(STRUCTURE.match(bare))  # noqa: PLR2004 - a title is longer


def _heads_site(line: str) -> bool:
    return _is_heading(line) and _speaks_of_site(line)


def _skip_closing(lines: list[str], start: int) -> int:
    """Return the first line at or after `start` that is no part of what closes the text."""
    above = next((line for line in reversed(lines[:start]) if line.strip()), "")
    bare = fold(clean_text(above)).lower()
    if SIGNER.match(bare):
        # The name under a signer's office is a bare title too, also in capitals.
        start = next((at + 1 for at in range(start, len(lines)) if lines[at].strip()), len(lines))
    # Bullets under "...:" or under a document's own heading are its list, not a menu.
    listed = above.rstrip().endswith(":") or (bool(STRUCTURE.match(bare)) and _is_capitals(above))
    while start < len(lines) and not _opens_menu(lines[start], listed=listed):
        start += 1
    return start


def _opens_menu(line: str, *, listed: bool) -> bool:
    if not line.strip():
        return False
    if listed:
        return _is_heading(line) and not _BULLET.match(line)
    return _is_heading(line) or bool(_BULLET.match(line)) or _is_navigation(line)


def _find_leading_menu(lines: list[str]) -> int:
    """Return the line after the menu at the start; 0 without one."""
    end = 0
    while end < len(lines) and _could_be_entry(lines[end]) and not _letterhead_starts(lines, end):
        end += 1
    while end and not _closes_menu(lines[end - 1]):
        end -= 1
    return end if end < len(lines) and _is_menu(lines[:end]) else 0


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
    return bool(_BULLET.match(line)) or (_is_navigation(line) and (few_words or _is_heading(line)))


def _could_be_entry(line: str) -> bool:
    """Return whether the line may stand in a menu; blank ones may."""
    stripped = clean_text(line)
    bare = fold(_BULLET.sub("", stripped)).lower()
    shaped = _could_be_shaped(stripped)
    figures = _NUMBERED.match(stripped) or FIGURES.search(_LINK_DATE.sub("", stripped))
    closing = STRUCTURE.match(bare) or LETTERHEAD.match(bare) or SIGNER.match(bare)
    return not stripped or (shaped and not figures and not closing)


def _could_be_shaped(line: str) -> bool:
    return len(line) <= _LONGEST_ENTRY and not _ENDS_LIKE_PROSE.search(line)


def _is_menu(lines: list[str]) -> bool:
    """Return whether enough of the entries are headings or words that only a site uses."""
    entries = [clean_text(line) for line in lines if line.strip()]
    headings = [line for line in entries if _is_heading(line) and not _BULLET.match(line)]
    if len(entries) < _FEWEST_ENTRIES:
        return False
    if headings:
        return _are_menu_headings(headings) and _count_entries(entries) >= _FEWEST_ENTRIES
    listed = all(_BULLET.match(entry) for entry in entries[1:])
    if listed and _speaks_of_site(entries[0]) and not _BULLET.match(entries[0]):
        return True
    return sum(map(_speaks_of_site, entries)) >= max(2, (len(entries) + 2) // 3)


def _are_menu_headings(headings: Sequence[str]) -> bool:
    """Return whether they head more than one list of a text; bodies alone may have signed."""
    bodies = sum(bool(ISSUER.match(fold(heading).lower())) for heading in headings)
    several = len(headings) > 1 and bodies < len(headings)
    return several or any(map(_speaks_of_site, headings))


def _count_entries(entries: Sequence[str]) -> int:
    shaped = (_is_heading(e) or _BULLET.match(e) or _is_navigation(e) for e in entries)
    return sum(map(bool, shaped))


def _speaks_of_site(line: str) -> bool:
    return bool(SITE.search(fold(clean_text(line)).lower()))


def _is_navigation(line: str) -> bool:
    return _speaks_of_site(line) or bool(SUBJECT.search(fold(clean_text(line)).lower()))


def _is_heading(line: str) -> bool:
    """Return whether the line is short and in capitals."""
    stripped = line.strip()
    return len(stripped) <= _LONGEST_HEADING and _is_capitals(stripped)


def _is_capitals(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > 2 and all(letter.isupper() for letter in letters)  # noqa: PLR2004 - "TP" is no heading
