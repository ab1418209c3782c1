"""Sheet -> plain text, in the encodings that clerks' machines have left behind."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

from tests.samples.sheet import MOTTO, SAMPLE_MARK, STATE, Letterhead, Sheet, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.samples.spec import Block

_WIDTH = 96
_COLUMN = 40
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def render_text(sheet: Sheet, encoding: str = "utf-8", *, columns: bool = True) -> bytes:
    """Return the document as bytes in "utf-8", "utf-8-sig", "utf-16" or "cp1258".

    With `columns` the letterhead keeps issuer and state side by side, as a copied page does.
    """
    text = "\n".join(_write_lines(sheet, columns=columns)) + "\n"
    return encode_text(text, encoding)


def encode_text(text: str, encoding: str) -> bytes:
    r"""Return encoded text; cp1258 gets tones apart from their letters, as Windows writes them.

    >>> encode_text("ạ", "cp1258")
    b'a\xf2'
    """
    if encoding == "cp1258":
        return "".join(_split_tone(letter) for letter in text).encode(encoding)
    return text.encode(encoding)


def _split_tone(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in _TONES)
        bare = "".join(mark for mark in parts if mark not in _TONES)
        return unicodedata.normalize("NFC", bare) + tones
    return letter


def _write_lines(sheet: Sheet, *, columns: bool) -> Iterator[str]:
    if sheet.letterhead:
        yield SAMPLE_MARK.center(_WIDTH).rstrip() if columns else SAMPLE_MARK
        yield ""
        yield from (_pair_columns if columns else _stack_columns)(sheet.letterhead)
        yield ""
    yield sheet.name
    yield from textwrap.wrap(sheet.abstract, 70)
    yield ""
    if sheet.letterhead is None:
        # Over a news item a line of capitals would pass for the portal's own heading.
        yield f"({SAMPLE_MARK})"
        yield ""
    for block in sheet.blocks:
        yield from _write_block(block)
        yield ""
    if sheet.signature:
        yield from _write_signature(sheet.recipients, sheet.signature)


def _pair_columns(head: Letterhead) -> Iterator[str]:
    left = (*head.issuer, head.number_line)
    right = (STATE, MOTTO, head.place_and_date)
    for one, other in zip(left, right, strict=True):
        yield f"{one.center(_COLUMN)}    {other}".rstrip()


def _stack_columns(head: Letterhead) -> Iterator[str]:
    lines = (*head.issuer, STATE, MOTTO, head.number_line, head.place_and_date)
    return (line for line in lines if line)


def _write_block(block: Block) -> Iterator[str]:
    if block.style == "table":
        yield from _write_table(block.rows)
    else:
        yield from textwrap.wrap(block.text, _WIDTH, break_long_words=False)


def _write_table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()


def _write_signature(recipients: tuple[str, ...], signature: Signature) -> Iterator[str]:
    left = ["Nơi nhận:", *(f"- {line}" for line in recipients)]
    right = [*signature.roles, "", "(Đã ký)", "", signature.name]
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    for one, other in zip(left, right, strict=True):
        yield f"{one.ljust(_COLUMN + 14)}{other}".rstrip()
