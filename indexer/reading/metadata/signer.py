"""Whose name stands under a document (người ký)."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.language.text import fold
from indexer.reading.metadata.finding import Finding, stated
from indexer.reading.metadata.letters import LOWER, UPPER, even_letters
from indexer.reading.metadata.tables import read_table

_ROLE = re.compile(
    r"(?:PHÓ )?(?:CHỦ TỊCH(?: QUỐC HỘI| NƯỚC| HĐND| UBND| HỘI ĐỒNG NHÂN DÂN"
    r"| [UỦ][ỶY] BAN NHÂN DÂN)?"
    r"|TRƯỞNG BAN|TRƯỞNG ĐOÀN|CHÁNH VĂN PHÒNG|THỦ TƯỚNG|BỘ TRƯỞNG|THỐNG ĐỐC|GIÁM ĐỐC|CHÁNH ÁN"
    r"|VIỆN TRƯỞNG"
    r"|TỔNG KIỂM TOÁN NHÀ NƯỚC|TỔ TRƯỞNG|CHỦ TỌA|CHỦ TOẠ|TRƯỞNG PHÒNG|BÍ THƯ|VĂN PHÒNG)"
    r"|THỨ TRƯỞNG(?: THƯỜNG TRỰC)?|PHÓ THỦ TƯỚNG(?: THƯỜNG TRỰC)?|ỦY VIÊN THƯỜNG TRỰC"
)
_STAMP = re.compile(
    r"\(?\s*(?:đã ký|đã kí|ký tên|chữ ký|ký bởi|ký số|ký ghi rõ|thời gian ký|ngày ký|cơ quan:"
    r"|email:)",
    re.IGNORECASE,
)
_TITLES = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|BSCK\w*|KS|LS|CN)\.? ?|(?:Đại|Thượng|Trung|Thiếu) (?:tướng"
    r"|tá|úy) ){0,3}"
)
_NAME_PART = rf"[{UPPER}][{LOWER}{UPPER}]*(?:['-][{LOWER}{UPPER}]+)?"
_NAME = re.compile(rf"{_TITLES}(?P<name>{_NAME_PART}(?: {_NAME_PART}){{1,5}})[ .]*$")
# A line of an office or a place is no person's name.
_NOT_NAME = re.compile(
    r"(?:hội|đồng|ủy|uỷ|ban|nhân|dân|tỉnh|huyện|quận|phường|nơi|nhận|điều|lưu|chủ|tịch|phó|trưởng"
    r"|văn"
    r"|phòng|thường|trực|đoàn|kính|gửi|phụ|lục|tờ|trình|thư|ký|cộng|độc|lập|báo)(?![^\W_])",
    re.IGNORECASE,
)
_LINES_BELOW = 16
_SHORTEST_HEAD = 200


def find_signer(text: str) -> Finding[str] | None:
    r"""Return the first name that stands below a signing office, past the letterhead.

    >>> find_signer("x" * 300 + "\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn Mẫu").value
    'Nguyễn Văn Mẫu'
    """
    even = even_letters(text)
    # Both columns of the last page may lie in one line, so any place in a line can hold the office.
    for role in _ROLE.finditer(even, min(_SHORTEST_HEAD, len(even) // 3)):
        if _continues_heading(even, role.end()):
            continue
        below = even[role.end() : role.end() + 900].split("\n")[:_LINES_BELOW]
        if name := _name_below(below):
            return stated(name, f"{role.group()} {name}")
    return None


def _continues_heading(even: str, end: int) -> bool:
    """Say whether lower-case text goes on: "CHỦ TỊCH đề nghị" signs nothing."""
    return bool(re.match(rf"[ ,;:]+[{LOWER}]", even[end : end + 4]))


def _name_below(lines: list[str]) -> str | None:
    for line in lines:
        bare = _STAMP.split(line)[0] if not _STAMP.match(line.strip()) else _behind_stamp(line)
        words = _without_role(bare).strip(" ./()")
        if words.startswith(("-", "+", "*")):
            if name := _name_behind_bullet(words):
                return name
            continue
        if not words or words.endswith((";", ":", ",")):
            continue
        if _ROLE.fullmatch(words) or words.isdigit():
            continue
        name = _read_name(words)
        if name or not _may_stand_between(words):
            return name
    return None


def _name_behind_bullet(line: str) -> str | None:
    """Return the name in the right column beside a recipient: "- Lưu: VT. Nguyễn Văn Mẫu"."""
    last = re.split(r"[.;]\s+", line)[-1]
    is_name = fold(last.split(" ")[0]).lower() in _surnames()
    return _read_name(last) if is_name and last != line else None


def _without_role(line: str) -> str:
    """Return a line without the office that is glued to the name in it."""
    role = _ROLE.match(line.strip())
    return line.strip()[role.end() :] if role else line


def _behind_stamp(line: str) -> str:
    """Return what follows "(Đã ký)" in a line; a digital signature's own lines give nothing."""
    match = re.match(r"\s*\(?\s*(?:đã ký|đã kí)\s*\)?(?P<rest>.*)$", line, re.IGNORECASE)
    return match["rest"] if match else ""


def _may_stand_between(words: str) -> bool:
    """Say whether the other column's text or an office's second line may part office and name."""
    return words.isupper() or words.startswith(("Nơi nhận", "Như", "Lưu")) or words.endswith(".")


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """Return the surnames, folded: in capitals nothing else tells a name from an office."""
    return frozenset(name for (name,) in read_table("surnames.tsv"))


def _read_name(words: str) -> str | None:
    match = _NAME.fullmatch(words)
    if match is None:
        return None
    name = match["name"]
    parts = name.split()
    if _NOT_NAME.match(name):
        return None
    if name.isupper():
        return name.title() if fold(parts[0]).lower() in _surnames() else None
    return name
