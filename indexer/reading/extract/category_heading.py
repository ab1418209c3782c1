"""The heading under which a portal files a page: short, in capitals, right above its news."""

from __future__ import annotations

import re

from indexer.language.text import clean_text, fold
from indexer.reading.extract.heading_case import sentence_case
from indexer.reading.extract.line_shapes import BULLET, PROSE, is_capitals, is_heading
from indexer.reading.extract.portal_words import (
    ISSUER,
    LETTERHEAD,
    NAMED_UNIT,
    NEWS_OPENING,
    SIGNER,
    STRUCTURE,
)

_EVENT = re.compile(
    r"(?:khai mac|be mac|tong ket|chuc mung|hop |to chuc|le |tang cuong|day manh|phat dong|"
    r"trien khai|be giang|ra mat|cong bo|ky hop thu|ky niem|chuc tet|dai hoi)"
)


def take_category(text: str) -> tuple[str, str]:
    r"""Return the text without a portal's category heading at the very top, and that category.

    The heading is short, in capitals, and running prose follows it at once or after a headline.

    >>> take_category("GIÁM SÁT\nĐoàn đến xã A\n" + "Ngày 5/7, đoàn đã làm việc. " * 4)[1]
    'Giám sát'
    """
    lines = [(at, line.strip()) for at, line in enumerate(text.split("\n")) if line.strip()]
    if len(lines) < 2 or not _is_category(lines[0][1]):  # noqa: PLR2004 - a heading and its text
        return text, ""
    if not _heads_news(lines[0][1], [line for _, line in lines[1:4]]):
        return text, ""
    rest = "\n".join(text.split("\n")[lines[1][0] :])
    return rest, sentence_case(clean_text(lines[0][1]))


def is_category_over_news(lines: list[str], at: int) -> bool:
    """Return whether the line `at` is a category heading and news follow it."""
    following = [line.strip() for line in lines[at + 1 : at + 9] if line.strip()]
    return _is_category(lines[at].strip()) and _heads_news(lines[at], following[:3])


def _is_category(line: str) -> bool:
    bare = fold(clean_text(line)).lower()
    official = (STRUCTURE, LETTERHEAD, SIGNER, _EVENT)
    # "NGHỊ QUYẾT VÀ CUỘC SỐNG" is a column of a paper, "NGHỊ QUYẾT" an act.
    kept_out = any(pattern.match(bare) for pattern in official) and " va cuoc song" not in bare
    kept_out = kept_out or bare.startswith("thong bao")
    wordy = len(bare.split()) > 10 or bool(re.search(r"\d|\bky hop (?:thu|lan)\b", bare))  # noqa: PLR2004 - a sentence
    return is_heading(line) and not kept_out and not wordy and not BULLET.match(line)


def _heads_news(heading: str, following: list[str]) -> bool:
    """Return whether news follow; a body without its unit's name may head papers too."""
    if not _reads_on_as_news(following):
        return False
    bare = fold(clean_text(heading)).lower()
    if not ISSUER.match(bare):
        return True
    prose = next(line for line in following if len(line) >= PROSE and not is_capitals(line))
    dated = NEWS_OPENING.match(fold(clean_text(prose)).lower())
    return bool(dated) and not NAMED_UNIT.search(bare)


def _reads_on_as_news(following: list[str]) -> bool:
    """Return whether prose comes first, or after at most two lines that are no letterhead."""
    for line in following:
        if len(line) >= PROSE and not is_capitals(line):
            return True
        bare = fold(clean_text(line)).lower()
        if any(pattern.match(bare) for pattern in (LETTERHEAD, ISSUER, STRUCTURE)) and (
            is_capitals(line) or LETTERHEAD.match(bare)
        ):
            return False
    return False
