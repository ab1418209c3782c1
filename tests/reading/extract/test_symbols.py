"""Signs of symbol fonts."""

from __future__ import annotations

import pytest

from indexer.reading.extract.symbols import read_bullet, read_symbols


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("\uf0a3 5", "Symbol", "≤ 5"),
        ("\uf0fe Đồng ý", "Wingdings 2", "☑ Đồng ý"),
        ("a\uf020b\uf021", "Wingdings", "a b"),
        ("PhÝ", ".VnTime", "PhÝ"),
        ("\uf050h\uf0dd", ".VnTime", "PhÝ"),
        ("\uf0b7", "BAAAAA+OpenSymbol", "•"),
        ("\uf0a7", "ABCDEF+Wingdings-Regular", "▪"),
    ],
)
def test_a_code_is_what_its_font_shows(text: str, font: str, shown: str) -> None:
    """In a font of letters it is the letter of that code."""
    assert read_symbols(text, font) == shown


@pytest.mark.parametrize(
    ("sign", "font", "bullet"),
    [
        ("-", "", "-"),
        ("+", "Arial", "+"),
        ("\uf0d8", "Wingdings", "➢"),
        ("\uf021", "Wingdings", "•"),
        ("o", "Courier New", "•"),
        ("", "", ""),
        (" ", "", ""),
    ],
)
def test_a_bullet_is_never_a_letter(sign: str, font: str, bullet: str) -> None:
    """The "o" of Word's second level is drawn as a ring."""
    assert read_bullet(sign, font) == bullet
