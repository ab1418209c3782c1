"""The signs that document numbers are written with, and their right spelling."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.reading.metadata.kinds import read_kinds
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


def sign_key(sign: str) -> str:
    """Return a sign as it is looked up: bare lower-case letters.

    >>> sign_key("HĐND")
    'hdnd'
    """
    return fold(sign).lower()


@lru_cache(maxsize=1)
def kind_signs() -> Mapping[str, str]:
    """Return the right spelling of each sign of a kind (NQ, QĐ, TTr), by its key."""
    signs = {sign_key(sign): sign for kind in read_kinds() for sign in kind.prefixes}
    # Both fold to bare letters; QĐ is by far the commoner act, and HD the rarer paper.
    return signs | {"qd": "QĐ", "cd": "CĐ"}


@lru_cache(maxsize=1)
def organ_signs() -> Mapping[str, str]:
    """Return the right spelling of each sign of a body (HĐND, TTg), by its key."""
    return {sign_key(sign): sign for sign, _ in read_table("organ_codes.tsv")}


@lru_cache(maxsize=1)
def _bodies_by_sign() -> Mapping[str, str]:
    return {sign_key(sign): body for sign, body in read_table("organ_codes.tsv")}


def body_of_sign(sign: str) -> str:
    """Return the body that a number's sign stands for; empty for one that we don't know.

    >>> body_of_sign("HĐND"), body_of_sign("XYZ")
    ('Hội đồng nhân dân', '')
    """
    return _bodies_by_sign().get(sign_key(sign), "")


def is_known_sign(sign: str) -> bool:
    """Say whether a sign is one of a kind or of a body; "QH15" counts as QH."""
    key = sign_key(sign)
    bare = key.rstrip("0123456789")
    return key in kind_signs() or bare in organ_signs()


@lru_cache(maxsize=1)
def _right_signs() -> frozenset[str]:
    organs = (sign for sign, _ in read_table("organ_codes.tsv"))
    return frozenset((*organs, *(sign for kind in read_kinds() for sign in kind.prefixes)))


def is_right_sign(sign: str) -> bool:
    """Say whether a sign is spelled as in the tables, its own digits aside.

    >>> is_right_sign("HĐND8"), is_right_sign("HDND"), is_right_sign("HĐNĐ")
    (True, False, False)
    """
    return sign.rstrip("0123456789") in _right_signs()


def spell_sign(sign: str) -> str:
    """Return the sign in its right spelling where the table has it, else in capitals.

    >>> [spell_sign(sign) for sign in ("hdnd", "ttr", "qh15", "hđnd8")]
    ['HĐND', 'TTr', 'QH15', 'HĐND8']
    """
    key = sign_key(sign)
    bare = key.rstrip("0123456789")
    right = kind_signs().get(key) or organ_signs().get(key) or organ_signs().get(bare)
    return right + sign[len(right) :] if right else sign.upper()


def split_glued(sign: str) -> tuple[str, str] | None:
    """Return kind and body of a sign that lost its hyphen; None for any other.

    >>> split_glued("NĐCP")
    ('NĐ', 'CP')
    """
    key = sign_key(sign)
    if key in organ_signs() or key in kind_signs():
        return None
    for cut in range(2, len(key) - 1):
        if key[:cut] in kind_signs() and key[cut:] in organ_signs():
            return sign[:cut], sign[cut:]
    return None
