"""Bytes of a text become a string, or the reason why they can't.

Council offices write UTF-8, UTF-16 ("Unicode text" of Office), the Windows code page 1258 and the
encodings of old fonts: TCVN3, VNI and VISCII.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import find_legacy, mend_legacy
from indexer.language.legacy_tables import CP1252
from indexer.language.text import compose_marks

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_BARE_VOWELS = "aeiouyăâêôơư"
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + mark)
    for vowel in _BARE_VOWELS
    for letter in (vowel, vowel.upper())
    for mark in ("", *_MARKS)
) | frozenset("đĐ")
_PRINT_MARKS = frozenset("\u00a0\u00ad“”‘’„–—…•·§«»°²³¼½¾±×÷₫€©®™\ufeff\u200b\u200e")
_STRANGERS_ALLOWED = 0.02
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 200_000
_WESTERN = str.maketrans({latin: western for western, latin in CP1252.items()})
# What `surrogateescape` makes of a byte that is no UTF-8, and the Western letter it was.
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_STRAYS = {0xDC00 + code: chr(code).translate(_WESTERN) for code in range(0x80, 0x100)}
_STRAYS_ALLOWED = 0.02


def decode_text(data: bytes, declared: str = "") -> str:
    """Return the text of the bytes, without its byte order mark.

    A byte order mark decides; then the encoding that the file declares for itself, UTF-8, UTF-16,
    cp1258, the old encodings and UTF-8 with a few broken bytes are tried in this order.
    UnreadableSourceError when none gives sensible text.

    >>> decode_text("Hội đồng".encode("utf-16"))
    'Hội đồng'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, encoding)
    for encoding in _candidates(data, declared):
        text = _try_decoding(data, encoding)
        if text is not None:
            return compose_marks(text) if encoding == "cp1258" else text
    text = _decode_old(data) or _decode_broken(data)
    if not text:
        raise UnreadableSourceError(
            "text in no encoding we know (UTF-8, UTF-16, cp1258, TCVN3, VNI, VISCII); "
            "save it as UTF-8"
        )
    return text


def _decode_marked(data: bytes, mark: bytes, encoding: str) -> str:
    body = data if encoding != "utf-8" else data[len(mark) :]
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        if text := _decode_broken(body):
            return text
        name = encoding.upper()
        raise UnreadableSourceError(
            f"its byte order mark says {name} but the text breaks at byte {error.start}; "
            "save it again as UTF-8"
        ) from error


def _decode_old(data: bytes) -> str:
    """Return the text of bytes in TCVN3, VNI or VISCII; empty for others."""
    latin = data.decode("latin-1")
    encoding = None if _CONTROL.search(latin[:_SAMPLE]) else find_legacy(latin[:_SAMPLE])
    if encoding is None:
        return ""
    return mend_legacy(latin if encoding == "viscii" else latin.translate(_WESTERN))


def _decode_broken(data: bytes) -> str:
    """Return UTF-8 text with a few Western bytes between its letters; empty for anything else."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAY_BYTE.findall(text))
    letters = sum(not letter.isascii() for letter in text) - strays
    if strays > _STRAYS_ALLOWED * letters or _CONTROL.search(text[:_SAMPLE]):
        return ""
    return text.translate(_STRAYS)


def _candidates(data: bytes, declared: str) -> list[str]:
    utf16 = ["utf-16-le", "utf-16-be"] if b"\x00" in data[:4096] else []
    names = [_python_name(declared), "utf-8", *utf16, "cp1258"]
    return list(dict.fromkeys(name for name in names if name))


def _python_name(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    # Pages saved from Word as cp1258 often keep the template's "iso-8859-1" or "windows-1252".
    return "" if name in {"iso8859-1", "cp1252", "ascii"} else name


def _try_decoding(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError, TypeError):
        return None
    if _CONTROL.search(text[:_SAMPLE]):
        return None
    checked = encoding == "cp1258" or encoding.startswith("utf-16")
    return text if not checked or reads_as_vietnamese(text) else None


def reads_as_vietnamese(text: str) -> bool:
    """Return whether next to all letters beyond ASCII are ones that Vietnamese is written with.

    >>> reads_as_vietnamese("Ngh\u1ecb quyết"), reads_as_vietnamese("NghÞ quyÕt")
    (True, False)
    """
    beyond = [letter for letter in compose_marks(text[:_SAMPLE]) if not letter.isascii()]
    strangers = sum(letter not in _VIETNAMESE and letter not in _PRINT_MARKS for letter in beyond)
    return strangers <= _STRANGERS_ALLOWED * len(beyond)
