"""Letters that a font's table of meanings lost."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from indexer.reading.extract.pdf_fonts import MendingFonts

SPACE, H, NO_BREAK = 3, 43, 203


def write_font(letters: dict[int, str]) -> bytes:
    """Return as much of a TrueType font as holds a table of which outline is which letter."""
    pairs = sorted((ord(letter), outline) for outline, letter in letters.items())
    codes = [*(code for code, _ in pairs), 0xFFFF]
    steps = [*((outline - code) & 0xFFFF for code, outline in pairs), 1]
    count = len(codes)
    words = [*codes, 0, *codes, *steps, *[0] * count]
    table = struct.pack(f">{len(words)}H", *words)
    header = struct.pack(">7H", 4, 14 + len(table), 0, 2 * count, 0, 0, 0)
    mapping = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + header + table
    directory = b"\0\1\0\0" + struct.pack(">4H", 1, 0, 0, 0)
    return directory + b"cmap" + struct.pack(">LLL", 0, 28, len(mapping)) + mapping


def make_spec(meanings: dict[int, str], program: bytes | None, **more: Any) -> dict[str, Any]:
    """Return a font as a PDF describes it: what its codes mean, and its outlines."""
    pairs = "".join(f"<{code:04x}> <{ord(text):04x}>\n" for code, text in meanings.items())
    table = f"begincmap\n{len(meanings)} beginbfchar\n{pairs}endbfchar\nendcmap".encode()
    descriptor: dict[str, Any] = {"FontName": LIT("Made"), "Flags": 4}
    if program is not None:
        descriptor["FontFile2"] = PDFStream({}, program)
    return {
        "Subtype": LIT("CIDFontType2"),
        "BaseFont": LIT("Made"),
        "Encoding": LIT("Identity-H"),
        "ToUnicode": PDFStream({}, table),
        "FontDescriptor": descriptor,
        **more,
    }


def read(spec: dict[str, Any]) -> list[str]:
    """Return what the codes mean in the font."""
    font = MendingFonts().get_font(None, spec)
    return [font.to_unichr(code) for code in (SPACE, H, NO_BREAK)]


LOSSY = {SPACE: " ", H: " ", NO_BREAK: " "}
OUTLINES = write_font({SPACE: " ", H: "H", NO_BREAK: "\u00a0"})


def test_a_blank_that_is_a_letter_is_found_again() -> None:
    """The font itself says which outline it is; honest blanks stay blank."""
    assert read(make_spec(LOSSY, OUTLINES)) == [" ", "H", "\u00a0"]


def test_renumbered_outlines_tell_nothing() -> None:
    """The page's codes are others than the font's."""
    order = PDFStream({}, b"\0\1")
    assert read(make_spec(LOSSY, OUTLINES, CIDToGIDMap=order)) == [" ", " ", " "]
    assert read(make_spec(LOSSY, OUTLINES, CIDToGIDMap=LIT("Identity")))[1] == "H"


@pytest.mark.parametrize("program", [None, b"", OUTLINES[:40], write_font({})[:28]])
def test_fonts_that_tell_nothing_stay_as_they_are(program: bytes | None) -> None:
    """Not embedded, empty, or cut short."""
    assert read(make_spec(LOSSY, program)) == [" ", " ", " "]


def test_one_blank_is_honest() -> None:
    """Most fonts have one, and need no look into their outlines."""
    assert read(make_spec({SPACE: " ", H: "X", NO_BREAK: "Y"}, OUTLINES)) == [" ", "X", "Y"]
