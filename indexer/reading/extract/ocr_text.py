"""Recognised words become the text of pages: in order, without noise, repaired, in paragraphs.

Cheap and the same every time, so it runs outside of the limited child on what is cached.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.extract.ocr_blanks import LETTERHEAD_LINES, blank_unread
from indexer.reading.extract.ocr_digits import repair_digits, repair_label
from indexer.reading.extract.ocr_layout import middle, order_lines
from indexer.reading.extract.ocr_repair import Syllable, repair_syllables
from indexer.reading.extract.paragraphs import join_paragraphs
from indexer.reading.extract.pdf_columns import PlacedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.reading.extract.ocr_noise import Line
    from indexer.reading.extract.ocr_page import OcrPage

_TOKEN = re.compile(r"[^\W\d_]+|[\W\d_]+")
_SPACE = " "
_ENDS_SENTENCE = re.compile(r"[.;:?!]\s*$")


class OcrText(NamedTuple):
    """What a scanned page says."""

    lines: list[str]
    """Its paragraphs; letterheads, titles and tables line by line."""
    confidence: float
    """From 0 to 1: the mean of its letters as the recogniser judged them; 0 for a blank page."""


def read_ocr_pages(pages: Sequence[OcrPage]) -> list[OcrText]:
    """Return the text of each page of one document.

    The pages are read together, since a word that is clear on one repairs its like on another.
    """
    ordered = [_blank_letterhead(order_lines(page)) for page in pages]
    texts = _repair([line for lines in ordered for line in lines])
    return [
        OcrText(_join(lines, list(islice(texts, len(lines))), page), _mean_confidence(lines))
        for lines, page in zip(ordered, pages, strict=True)
    ]


def _blank_letterhead(lines: Sequence[Line]) -> list[Line]:
    head = [blank_unread(line) for line in lines[:LETTERHEAD_LINES]]
    return [*head, *lines[LETTERHEAD_LINES:]]


def _repair(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the text of each line with its syllables, digits and labels repaired."""
    tokens = [list(_tokenise(line)) for line in lines]
    chain = [token for line in tokens for token in line if token.text != _SPACE]
    repaired = iter(repair_syllables([t if t.is_word else t._replace(text="") for t in chain]))
    for line in tokens:
        parts = [_SPACE if t.text == _SPACE else next(repaired) or t.text for t in line]
        yield repair_label(repair_digits("".join(parts)))


def _tokenise(line: Line) -> Iterator[Syllable]:
    """Yield runs of letters, the signs between them, and a space between words."""
    starts = True
    for at, word in enumerate(line):
        if at:
            yield Syllable(_SPACE, 1.0)
        for token in _TOKEN.findall(word.text):
            yield Syllable(token, word.confidence, starts)
            starts = bool(_ENDS_SENTENCE.search(token))


def _join(lines: Sequence[Line], texts: Iterable[str], page: OcrPage) -> list[str]:
    placed = [
        PlacedLine(text, line[0].left, line[-1].right, page.height - middle(line))
        for line, text in zip(lines, texts, strict=True)
        if text.strip()
    ]
    return join_paragraphs(placed)


def _mean_confidence(lines: Iterable[Line]) -> float:
    words = [word for line in lines for word in line]
    letters = sum(len(word.text) for word in words)
    return round(sum(w.confidence * len(w.text) for w in words) / letters, 3) if letters else 0.0
