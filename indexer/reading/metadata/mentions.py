"""Levels of councils that a text speaks of in passing: never the document's own by that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.letters import even_letters, lower_letters
from indexer.reading.metadata.units import Unit, level_of, match_name
from indexer.records import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from indexer.records import Level

_COUNCIL = re.compile(r"(?<![^\W_])(?:hđnd|hội đồng nhân dân)\s+(?:các\s+|cấp\s+|ở\s+){0,2}")
_LEVELS = re.compile(
    r"(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã(?!\s+hội)|phường"
    r"|đặc khu)(?![^\W_])\s*(?P<more>[,/&-]|và|hoặc)?\s*"
)
_LIST_LENGTH = 8


def find_mentions(text: str, on: date | None, host: Level) -> tuple[Level, ...]:
    """Return the levels of the councils that the text names, highest first.

    `host` is the level of the document's own body: a bare "HĐND Thành phố" is that one's.

    >>> find_mentions("HĐND cấp xã và HĐND quận, huyện", None, "tỉnh")
    ('huyện', 'xã')
    """
    found = set(_levels(text, on, host))
    return tuple(level for level in LEVELS if level in found)


def _levels(text: str, on: date | None, host: Level) -> Iterator[Level]:
    lowered = lower_letters(text).replace("\n", " ")
    for council in _COUNCIL.finditer(lowered):
        position = council.end()
        plural = "các" in council.group() or "cấp" in council.group()
        for _ in range(_LIST_LENGTH):
            kind = _LEVELS.match(lowered, position)
            if kind is None:
                break
            level = _level(
                kind,
                even_letters(text[kind.end("kind") : kind.end("kind") + 60]),
                on,
                host,
                plural=plural,
            )
            if level != "không rõ":
                yield level
            if not kind["more"]:
                break
            position, plural = kind.end(), True


def _level(kind: re.Match[str], rest: str, on: date | None, host: Level, *, plural: bool) -> Level:
    word = "thành phố" if kind["kind"].startswith("tp") else kind["kind"]
    if word != "thành phố":
        return level_of(Unit(word), on)
    if name := match_name(word, rest.lstrip()):
        return level_of(Unit(word, name.name), on)
    if plural:
        # "HĐND các tỉnh, thành phố" are provinces' equals; "huyện, thành phố" are districts'.
        return "tỉnh" if "trực thuộc" in rest[:20].lower() else "không rõ"
    return host if host in ("tỉnh", "huyện") else "không rõ"
