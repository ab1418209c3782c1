"""The style sheet: small, and readable for everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webapp

SHEET = (Path(webapp.__file__).parent / "static" / "site.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block)) for block in SHEET.split("@media")[:2]
)
PAIRS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "chosen"),
    ("ink", "mark"),
    ("soft", "paper"),
    ("soft", "ground"),
    ("link", "paper"),
    ("link", "ground"),
    ("link", "mark"),
    ("link", "chosen"),
    ("warn", "warn-ground"),
    ("on-accent", "accent"),
    ("gold", "bar"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG 2.1 defines."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: dict[str, str], front: str, back: str) -> None:
    """Every pair of colours that meet reaches the 4.5 to 1 of WCAG AA."""
    lighter, darker = sorted((luminance(scheme[front]), luminance(scheme[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_sheet_is_light_and_fetches_nothing() -> None:
    """Below 15 kB, without web fonts, imports or foreign files."""
    assert len(SHEET.encode()) < 15_000
    assert not re.search(r"@import|@font-face|url\(", SHEET)


def test_every_colour_is_named_once() -> None:
    """Both schemes name the same colours, save those that stay."""
    assert set(DARK) <= set(LIGHT)
    assert set(LIGHT) - set(DARK) == {"on-accent", "gold"}
