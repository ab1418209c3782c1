"""Recognised words made up for tests, placed as a page of 2480 x 3508 pixels would have them."""

from __future__ import annotations

from indexer.reading.extract.ocr_page import OcrPage, OcrWord

HEIGHT = 40
_LETTER, _SPACE = 22, 18


def place_line(  # noqa: PLR0913 - every measure of a line may matter to a test
    text: str,
    *,
    left: int = 300,
    top: int = 300,
    line: int = 1,
    block: int = 1,
    confidence: float = 0.96,
) -> list[OcrWord]:
    """Return the words of a line, as wide as their letters; "|" between words is a wide gap."""
    words, at = [], left
    for part in text.split():
        if part == "|":
            at += 8 * _SPACE
            continue
        width = _LETTER * len(part)
        words.append(OcrWord(part, confidence, at, top, width, HEIGHT, block, 1, line))
        at += width + _SPACE
    return words


def place_page(*lines: str, number: int = 0, pitch: int = 60) -> OcrPage:
    """Return a page of lines under each other."""
    words = [
        word
        for at, line in enumerate(lines, start=1)
        for word in place_line(line, top=240 + pitch * at, line=at)
    ]
    return OcrPage(number, 2480, 3508, tuple(words))
