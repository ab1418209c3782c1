"""What a portal prints above and below a text, told line by line where no tag tells it.

Three signs are used: words that only a site says of itself, a page's headline (all above it is
frame), and runs of short titles that head nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.text import clean_text, fold
from indexer.reading.extract.portal_words import (
    CLOSING,
    CLOSING_LINE,
    CRUMBS,
    FIGURES,
    ISSUER,
    LETTERHEAD,
    OPENING,
    SIGNER,
    STRUCTURE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROSE = 80
_LONGEST_TAG = 45
_TOP_LINES = 40
_FEWEST_TITLES = 4
_MOST_WORDS = 6
_ENDS_SENTENCE = re.compile(r"[.!?…;:,][”\")]*$")
_SEPARATORS = (re.compile(r"\s*[>»›|/]\s*"), re.compile(r"\s+[-–]\s+"))


class Edges(NamedTuple):
    """The lines between a portal's frame, and the frame."""

    content: list[str]
    frame: list[str]
    category: str = ""
    """The last step of a line of crumbs; empty without one."""


def strip_site_lines(lines: Sequence[str]) -> Edges:
    """Return the lines without those at either end that a site says of itself.

    >>> strip_site_lines(["Trang chủ > Giám sát", "Đoàn đến xã.", "Gửi bình luận", "Họ tên"])
    Edges(content=['Đoàn đến xã.'], frame=['Trang chủ > Giám sát', 'Gửi bình luận', 'Họ tên'], \
category='Giám sát')
    """
    end = _find_closing(lines)
    start = _find_opening(lines[:end])
    frame = [line.strip() for line in [*lines[:start], *lines[end:]] if line.strip()]
    crumbs = (line for line in lines[:start] if CRUMBS.match(_bare(line)))
    return Edges(list(lines[start:end]), frame, _last_step(next(crumbs, "")))


def _last_step(crumbs: str) -> str:
    """Return the last step; a hyphen only parts steps where nothing else does."""
    parted = (separator.split(crumbs.strip()) for separator in _SEPARATORS)
    return next((steps[-1] for steps in parted if len(steps) > 1), "")


def strip_above_headline(lines: Sequence[str], headline: str) -> Edges:
    """Return the lines from the page's headline on, where it stands alone near their top."""
    wanted = " ".join(headline.split()).casefold()
    for at, line in enumerate(lines[:_TOP_LINES]):
        if _opens_content(line):
            break
        if wanted and " ".join(line.split()).casefold() == wanted:
            return Edges(list(lines[at:]), [above for above in lines[:at] if above.strip()])
    return Edges(list(lines), [])


def strip_title_runs(lines: Sequence[str]) -> Edges:
    """Return a report's lines without runs of short titles before its headline and at its end.

    Papers keep all: their annexes and signatures are short titles too.
    """
    if any(_is_formal(line) for line in lines):
        return Edges(list(lines), [])
    end = _start_of_closing_run(lines)
    start = _end_of_opening_run(lines[:end])
    frame = [line.strip() for line in [*lines[:start], *lines[end:]] if line.strip()]
    return Edges(list(lines[start:end]), frame)


@lru_cache(maxsize=4096)  # each line of a page is asked about several times
def _bare(line: str) -> str:
    return fold(clean_text(line)).lower().lstrip(" -–*•+»›>|")


def _find_opening(lines: Sequence[str]) -> int:
    start = 0
    for at, line in enumerate(lines[:_TOP_LINES]):
        bare = _bare(line)
        if len(line) < _PROSE and OPENING.match(bare):
            start = at + 1
        elif _opens_content(line):
            break
    return start if any(line.strip() for line in lines[start:]) else 0


def _find_closing(lines: Sequence[str]) -> int:
    end = len(lines)
    for at in range(len(lines) - 1, 0, -1):
        if _closes_page(lines[at]):
            end = at
        elif _may_be_content(lines[at]):
            break
    return end


def _closes_page(line: str) -> bool:
    bare = _bare(line)
    if CLOSING.match(bare):
        return True
    short = len(bare) <= _LONGEST_TAG and not bare.endswith((".", ";", ","))
    return short and bool(CLOSING_LINE.match(bare))


def _may_be_content(line: str) -> bool:
    bare = _bare(line)
    sentence = bool(_ENDS_SENTENCE.search(line.strip())) or len(line) >= _PROSE
    return sentence or bool(SIGNER.match(bare)) or _is_formal(line)


def _opens_content(line: str) -> bool:
    if _is_formal(line):
        return True
    return len(line) >= _PROSE and not OPENING.match(_bare(line))


def _is_formal(line: str) -> bool:
    bare = _bare(line)
    letters = [letter for letter in line if letter.isalpha()]
    capitals = bool(letters) and all(letter.isupper() for letter in letters)
    named = capitals and (ISSUER.match(bare) or STRUCTURE.match(bare))
    return bool(named or LETTERHEAD.match(bare) or bare.startswith(("can cu ", "dieu 1.")))


def _is_title(line: str) -> bool:
    """Return whether a line is a short title: a noun and what it is of, no name, no sentence."""
    words = clean_text(line).split()
    bare = _bare(line)
    if not 0 < len(words) <= _MOST_WORDS or not words[0][:1].isupper():
        return False
    if _ENDS_SENTENCE.search(line.strip()) or FIGURES.search(line) or re.search(r"\d", line):
        return False
    return not any(pattern.match(bare) for pattern in (STRUCTURE, LETTERHEAD, SIGNER, ISSUER))


def _are_titles(lines: Sequence[str]) -> bool:
    """Return whether enough of the titles go on in small letters, as names of people do not."""
    titles = [line for line in lines if line.strip()]
    plain = sum(any(word[:1].islower() for word in line.split()[1:]) for line in titles)
    return len(titles) >= _FEWEST_TITLES and plain * 2 >= len(titles)


def _end_of_opening_run(lines: Sequence[str]) -> int:
    end = 0
    while end < len(lines) and (not lines[end].strip() or _is_title(lines[end])):
        end += 1
    following = next((line for line in lines[end:] if line.strip()), "")
    if len(following) >= _PROSE or _ENDS_SENTENCE.search(following.strip()):
        # The line right above the story is its headline, however short.
        end = max((at for at in range(end) if lines[at].strip()), default=0)
    return end if following and _are_titles(lines[:end]) else 0


def _start_of_closing_run(lines: Sequence[str]) -> int:
    start = len(lines)
    while start and (not lines[start - 1].strip() or _is_title(lines[start - 1])):
        start -= 1
    above = lines[start - 1].strip() if start else ""
    stops = bool(re.search(r"[.!?…][”\")]*$", above))
    return start if stops and _are_titles(lines[start:]) else len(lines)
