"""Signs of symbol fonts: bullets, boxes, arrows and Greek letters that Word keeps as bare codes."""

from __future__ import annotations

import re

_SYMBOL = {
    0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x64: "δ", 0x66: "φ",
    0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x71: "θ", 0x73: "σ", 0xA3: "≤", 0xA5: "∞",
    0xA7: "♣", 0xA8: "♦", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
# With the subset prefix of PDF fonts, and what stands in for Symbol there.
_FONTS = re.compile(
    r"(?:[A-Z]{6}\+)?"
    r"(?:(?P<symbol>(?:open)?symbol(?:mt)?)$|wingdings|webdings|marlett|zapf ?dingbats)",
    re.IGNORECASE,
)
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_BLANK = 0x20
_LETTER = re.compile(r"[^\W_]")


def read_symbols(text: str, font: str) -> str:
    r"""Return the text with its codes U+F020 to U+F0FF as the signs or letters of the font.

    Word keeps so whatever a font without letters shows. Signs that say nothing are dropped; in
    a font of letters the code is the letter's own, as old Vietnamese fonts have it.

    >>> read_symbols("\uf0b7 Phí", "Symbol"), read_symbols("Qu\uf0e8c", ".VnTime")
    ('• Phí', 'Quèc')
    """
    found = _FONTS.match(font)
    signs = (_SYMBOL if found["symbol"] else _WINGDINGS) if found else None

    def read(match: re.Match[str]) -> str:
        code = ord(match[0]) & 0xFF
        return chr(code) if signs is None or code == _BLANK else signs.get(code, "")

    return _PRIVATE.sub(read, text)


def read_bullet(text: str, font: str) -> str:
    """Return the bullet before an entry of a list; letters and codes that draw one become "•".

    >>> read_bullet("-", ""), read_bullet("o", "Courier New")
    ('-', '•')
    """
    sign = read_symbols(text, font).strip()
    return "•" if text.strip() and (not sign or _LETTER.search(sign)) else sign
