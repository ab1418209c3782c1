"""Letters that a PDF's fonts lost are looked up in the embedded fonts themselves.

Some writers give a blank as the meaning of a whole letter (all "H" of a bold face, say), or give
none. The outlines are there, and so is the font's own table of which outline is which letter.
"""

from __future__ import annotations

import contextlib
import io
import struct
from typing import TYPE_CHECKING, Any

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFCIDFont, TrueTypeFont
from pdfminer.pdfinterp import PDFResourceManager

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pdfminer.pdffont import PDFFont

LOST = "\ufffd"
"""Stands for a letter that nothing tells."""
# A font has a space and at times a second one that does not break.
_HONEST_BLANKS = 1


class MendingFonts(PDFResourceManager):
    """Gives out fonts whose lost letters are found again where the font itself knows them."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font, mended; each one is mended once, when it is made."""
        font = super().get_font(objid, spec)
        if isinstance(font, PDFCIDFont) and not _is_renumbered(spec):
            _mend_letters(font)
        return font


def _is_renumbered(spec: Mapping[str, object]) -> bool:
    """Tell whether the codes of a page are not the outlines' own numbers."""
    order: Any = spec.get("CIDToGIDMap")
    return order is not None and getattr(order, "name", "") != "Identity"


def _mend_letters(font: PDFCIDFont) -> None:
    """Give the codes that mean blanks, or nothing, the letters of the embedded font."""
    stated = font.unicode_map
    if not isinstance(stated, FileUnicodeMap) or not hasattr(font, "fontfile"):
        return
    blank = [code for code, text in stated.cid2unichr.items() if not text.strip(" \0\ufffd")]
    if len(blank) <= _HONEST_BLANKS:
        return
    own = _own_letters(font)
    stated.cid2unichr.update({code: own[code] for code in blank if code in own})


def _own_letters(font: PDFCIDFont) -> dict[int, str]:
    """Return the letter of each outline as the embedded font has it; empty where it tells none."""
    program = TrueTypeFont(font.basefont, io.BytesIO(font.fontfile.get_data()))
    with contextlib.suppress(TrueTypeFont.CMapNotFound, AssertionError, struct.error, IndexError):
        return program.create_unicode_map().cid2unichr
    return {}
