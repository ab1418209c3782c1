"""What a portal or a registry stamps over a paper: it says nothing of the paper itself.

A gazette's site prints its name over the letterhead and signs ("Ký bởi: ..."), and who receives a
paper stamps number and day of its arrival on it ("ĐẾN Số: 344 Ngày: 13/01").
"""

from __future__ import annotations

import re

from indexer.language.text import fold
from indexer.reading.metadata.kinds import kind_of_heading

# All of them run on bare small letters, since OCR reads a pale mark worst.
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)?(?:[a-z\d-]+\.){1,4}(?:vn|com|net|org)(?:/\S*)?\W*")
_PORTAL = re.compile(
    r"\W*(?:trang|c[o0]ng) th[o0]ng ?[tl1i]{1,3}n (?:dien|d[i1l]en|bien) t[uir]{1,2}\b.{0,60}"
)
_GOVERNMENTS = re.compile(r"t[uir]{1,2} ch[i1l]nh ph[uo]\W*$")
_SIGNATURE = re.compile(
    r"\W*(?:ky boi|thoi gian ky|ngay ky dien tu|e-?mail|(?:nguoi ky|co quan|to chuc)\s?:.*c[o0]ng"
    r" th[o0]ng)\b.*"
)
_ROUTE = re.compile(r"\W*ttdt ?\(\d{1,2}\)\W*")
_ARRIVAL = re.compile(r"\W*(?:cong van )?den\W*(?:(?:so|gio|ngay)\s?:.{0,60})?")
# Below its first line; a number with signs is the paper's own again.
_ARRIVAL_ROW = re.compile(
    r"\W*(?:so\s?:?\s?[\d.]{1,8}|(?:gio|ngay|chuyen|luu ho so(?: so)?)\s?:.{0,30})\W*"
)
_ARRIVAL_BEHIND = re.compile(
    r"(?<=\S)[ |]{1,4}[ĐD][EÊẾÉỂỀ]N[ :.]{1,3}(?:Giờ ?:? ?\S{0,5} )?S[ốôóo6] ?: ?\d{1,5} {1,2}"
    r"Ng[àa]y ?:?[ \d/.-]{0,14}$",
    re.MULTILINE,
)
_LONGEST = 120


def drop_site_marks(text: str) -> str:
    r"""Return the top of a paper without the marks of sites and registries.

    A site's name inside a subject is the subject's ("quy chế của / Cổng thông tin điện tử tỉnh").

    >>> drop_site_marks("CỔNG THÔNG TTN ĐIỆN TỬ CHÍNH PHỦ\nNGHỊ QUYẾT\ncongbao.chinhphu.vn\nVề phí")
    'NGHỊ QUYẾT\nVề phí'
    """
    kept: list[str] = []
    named = stamped = False
    for line in _ARRIVAL_BEHIND.sub("", text).split("\n"):
        bare = fold(line).lower() if len(line) <= _LONGEST else ""
        stamped = _is_arrival(line, bare) or (stamped and bool(_ARRIVAL_ROW.fullmatch(bare)))
        if stamped or _is_mark(bare) or _is_portal(line, bare, kept, named=named):
            continue
        kept.append(line)
        # The subject begins two lines below: first the name itself is put down.
        named = named or _names_paper(kept[:-1])
    return "\n".join(kept)


def _is_arrival(line: str, bare: str) -> bool:
    capital = line.lstrip(" |*-_.:")[:2].isupper()
    return capital and bool(_ARRIVAL.fullmatch(bare))


def _is_mark(bare: str) -> bool:
    return any(mark.fullmatch(bare) for mark in (_ADDRESS, _SIGNATURE, _ROUTE))


def _is_portal(line: str, bare: str, kept: list[str], *, named: bool) -> bool:
    """Say whether a line is a site's own name; below the paper's name only the Government's is."""
    if not _PORTAL.fullmatch(bare):
        return False
    if not named:
        return True
    last = next((each for each in reversed(kept) if each.strip()), "")
    return line.isupper() and bool(_GOVERNMENTS.search(bare)) and not last.isupper()


def _names_paper(lines: list[str]) -> bool:
    return bool(lines) and lines[-1].isupper() and bool(kind_of_heading(lines[-1].strip(" :")))
