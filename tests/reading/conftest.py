"""Texts as old offices save them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.fixture(scope="session")
def as_cp1258() -> Callable[[str], bytes]:
    """Return what gives a text as Vietnamese Windows writes it: tone marks after their letters."""

    def encode(text: str) -> bytes:
        return "".join(map(_part_tone, text)).encode("cp1258")

    return encode


def _part_tone(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    base = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", base) + "".join(m for m in marks if m in _TONES)
