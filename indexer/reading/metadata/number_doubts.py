"""How far a number agrees with the rest of its letterhead.

Clerks copy a letterhead and forget its signs: a ministry's circular numbered "97/2025/QĐ-UBND". A
number whose kind and body both belong to others says nothing that could be trusted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.kinds import kind_of_heading, kind_of_prefix, read_kinds
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number_codes import body_of_sign

if TYPE_CHECKING:
    from indexer.reading.metadata.layout import Layout

_ALL_AGREES = 0.95
_KIND_DIFFERS = 0.6
_BODY_DIFFERS = 0.75
_SIGNS = re.compile(
    r"(?:/|^\d+[ -]?(?=[A-ZĐ]\w*[/-][HU]))(?P<year>(?:19|20)\d\d/)?(?P<kind>[^\W\d_]+\d*)"
    r"(?:[-/.](?P<body>[^\W\d_]+)\d*)?"
)
# Conclusions go out as notices, and a consolidated text keeps the name of what it consolidates.
_KINDS_IN_OTHERS_NAME = frozenset({("kết luận", "thông báo")})
_CONSOLIDATED = "văn bản hợp nhất"


def trust_number(number: str, layout: Layout) -> float:
    """Return how sure a number in the letterhead is, from 0 to 1; 0 where all else denies it.

    >>> from indexer.reading.metadata.layout import Layout
    >>> trust_number("97/2025/QĐ-UBND", Layout(("BỘ TÀI CHÍNH",), "THÔNG TƯ"))
    0.0
    """
    match = _SIGNS.search(number)
    if match is None:
        return _ALL_AGREES
    if match["year"] and not match["body"] and _lacks_kind(match["kind"]):
        return 0.0
    other_kind = _is_other_kind(match["kind"], layout.heading)
    other_body = _is_other_body(match["body"] or "", layout.head_text)
    if other_kind and other_body:
        return 0.0
    return _KIND_DIFFERS if other_kind else _BODY_DIFFERS if other_body else _ALL_AGREES


def _lacks_kind(sign: str) -> bool:
    """Say whether a body alone is signed for; only laws are numbered so, by their parliament."""
    return bool(body_of_sign(sign)) and not sign[-1].isdigit()


def _is_other_kind(sign: str, heading: str) -> bool:
    named, signed = kind_of_heading(heading), kind_of_prefix(sign)
    if not (named and signed) or signed in (named, _CONSOLIDATED):
        return False
    if (named, signed) in _KINDS_IN_OTHERS_NAME:
        return False
    broader = {kind.value: kind.refines for kind in read_kinds()}
    # The papers of a kind that has no sign of its own bear a broader one's.
    return not (signed in broader[named] or named in broader[signed])


def _is_other_body(sign: str, head: str) -> bool:
    """Say whether the head names bodies, and the one that the sign stands for is not among them."""
    body = body_of_sign(sign)
    words = " ".join(lower_letters(head).split())
    return bool(body) and _names_body(words) and lower_letters(body) not in words


def _names_body(words: str) -> bool:
    return bool(
        re.search(r"hội đồng nhân dân|uỷ ban nhân dân|\bbộ [a-zà-ỹ]|quốc hội|chính phủ", words)
    )
