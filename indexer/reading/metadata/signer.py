"""Whose name stands under a document (người ký), and in what office (chức vụ)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.letters import LOWER, UPPER, even_letters
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

# OCR drops and swaps marks over letters, so offices are known by their bare letters.
_OFFICES = {
    "CHU TICH QUOC HOI": "Chủ tịch Quốc hội",
    "CHU TICH NUOC": "Chủ tịch nước",
    "CHU TICH": "Chủ tịch",
    "TRUONG BAN": "Trưởng ban",
    "TRUONG TIEU BAN": "Trưởng tiểu ban",
    "TRUONG DOAN": "Trưởng đoàn",
    "TRUONG PHONG": "Trưởng phòng",
    "CHANH VAN PHONG": "Chánh Văn phòng",
    "CHANH THANH TRA": "Chánh Thanh tra",
    "CHANH AN": "Chánh án",
    "VAN PHONG": "Văn phòng",
    "THU TUONG": "Thủ tướng",
    "BO TRUONG": "Bộ trưởng",
    "THU TRUONG": "Thứ trưởng",
    "TONG CUC TRUONG": "Tổng cục trưởng",
    "CUC TRUONG": "Cục trưởng",
    "VU TRUONG": "Vụ trưởng",
    "VIEN TRUONG": "Viện trưởng",
    "TO TRUONG": "Tổ trưởng",
    "THONG DOC": "Thống đốc",
    "TONG GIAM DOC": "Tổng Giám đốc",
    "GIAM DOC": "Giám đốc",
    "TONG THANH TRA": "Tổng Thanh tra",
    "TONG KIEM TOAN NHA NUOC": "Tổng Kiểm toán nhà nước",
    "TONG THU KY": "Tổng Thư ký",
    "CHU NHIEM": "Chủ nhiệm",
    "CHU TOA": "Chủ tọa",
    "CHU TRI": "Chủ trì",
    "THU KY": "Thư ký",
    "BI THU": "Bí thư",
    "UY VIEN": "Ủy viên",
}
_BODY = r"(?: HDND| UBND| HOI DONG NHAN DAN| UY BAN NHAN DAN)?"
_ROLE = re.compile(
    rf"(?P<deputy>PHO )?(?P<office>{'|'.join(sorted(_OFFICES, key=len, reverse=True))}){_BODY}"
    r"(?P<standing> THUONG TRUC)?"
)
# Minutes are signed so; elsewhere the words are in names of columns: "CƠ QUAN CHỦ TRÌ".
_OF_MEETING = frozenset(("CHU TRI", "THU KY"))
_BEFORE_MEETING = re.compile(rf"(?:(?:TM\.|NGUOI|(?:PHO )?(?:{'|'.join(_OFFICES)}))\s*)*")
_FOR = re.compile(r"K[./ ]{0,2}T[.,/]{0,2} ?$")
_BY_ORDER = re.compile(r"T[./ ]{0,2}(?:U[./ ]{0,2}Q|L)[.,/]{0,2} ?$")
_STAMP = re.compile(
    r"[\[(]?\s*(?:da ?k[yi]|ky ten|chu ky|ky boi|ky so|ky ghi ro|ky thay|ky, |thoi gian ky|ngay ky"
    r"|co quan:|email:|nguoi ky:)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*[\[(]?\s*đ[ãa] ?k[ýíy]\s*[\])]?(?P<rest>.*)$", re.IGNORECASE)
_TITLES = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|BSCK\w*|KS|LS|CN)(?:\. ?| )|(?:Đại|Thượng|Trung|Thiếu) (?:tướng"
    r"|tá|úy) ){0,3}"
)
# Names of the highlands: "K' Brếu", "H'Yim Kđoh", "K'Tem"; typists choose among the marks.
_MARKS = "'`´ʼ-"
_NAME_PART = rf"[{UPPER}][{LOWER}{UPPER}]*(?:[{_MARKS}][{LOWER}{UPPER}]*)?"
_NAME = re.compile(
    rf"{_TITLES}(?P<name>{_NAME_PART}(?: {_NAME_PART}){{1,5}}"
    rf"|[{UPPER}][{_MARKS}][{UPPER}][{LOWER}{UPPER}]+)[ .]*$"
)
# A line of an office or a place is no person's name.
_NOT_NAME = re.compile(
    r"(?:hội|đồng|ủy|uỷ|ban|nhân|dân|tỉnh|huyện|quận|phường|nơi|nhận|điều|lưu|chủ|tịch|phó|trưởng"
    r"|văn|phòng|thường|trực|đoàn|kính|gửi|phụ|lục|tờ|trình|thư|ký|cộng|độc|lập|báo|thành|phố|tổng|cục|bộ|vụ|sở)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
# Some surnames open the names of bodies too: "Đoàn Văn Mẫu", "Đoàn Đại Biểu".
_NAME_OF_PERSON = re.compile(
    rf"[{UPPER}][{LOWER}]+ (?!(?:Đại|Thư|Phòng|Giám|Kiểm|Hội|Ủy|Uỷ|Chủ|Trực|Tịch)(?![^\W_]))"
)
# Both signers of a joint paper in one line: surname, middle name and name, twice.
_ONE_OF_TWO = 3
_BETWEEN_NAMES = ", "
_LINES_BELOW = 16
_REACH = 900
_SHORTEST_HEAD = 200
_OWN_NUMBER = re.compile(r"(?:^|\n)Số\s{0,2}: ?\d{0,5} ?/[^\n]{2,25}(?=\n)")
# The forms of the longest acts name some hundred offices; a file of nothing else is a hoax.
_MOST_OFFICES = 500


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and as what; the office is None where nobody can tell whose it is."""

    name: Finding[str]
    title: Finding[str] | None = None


def find_signature(text: str) -> Signature | None:
    r"""Return the first name below a signing office, past the letterhead; a secretary's comes last.

    >>> found = find_signature("x" * 300 + "\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn Mẫu")
    >>> found.name.value, found.title.value
    ('Nguyễn Văn Mẫu', 'Phó Chủ tịch')
    """
    # Cells of a table are lines of their own, as the two columns of the last page are.
    even = even_letters(text).replace("|", "\n")
    bare = fold(even)
    # Both columns of the last page may lie in one line, so any place in a line can hold the office.
    roles = _ROLE.finditer(bare, min(_SHORTEST_HEAD, len(even) // 3))
    secretary = None
    for role in islice(roles, _MOST_OFFICES):
        if _continues_heading(even, role.end()) or _names_column(bare, role):
            continue
        if found := _name_below(even, role.end()):
            name, end = found
            quote = even[role.start() : end]
            title = None if _BETWEEN_NAMES in name else _read_title(bare, role, end, quote)
            signature = Signature(stated(name, quote, 0.9), title)
            if role["office"] != "THU KY" or title is None:
                return signature
            secretary = secretary or signature
    return secretary


def is_signed_paper(text: str) -> bool:
    """Say whether a number or a signature shows a paper: a reporter's text has neither."""
    return bool(_OWN_NUMBER.search(even_letters(text[:_SHORTEST_HEAD]))) or bool(
        find_signature(text)
    )


def _names_column(bare: str, role: re.Match[str]) -> bool:
    """Say whether a meeting's office stands behind other words: "CƠ QUAN CHỦ TRÌ"."""
    if role["office"] not in _OF_MEETING:
        return False
    before = bare[bare.rfind("\n", 0, role.start()) + 1 : role.start()].strip()
    return not _BEFORE_MEETING.fullmatch(before)


def _continues_heading(even: str, end: int) -> bool:
    """Say whether lower-case text goes on: "CHỦ TỊCH đề nghị" signs nothing."""
    return bool(re.match(rf"[ ,;:]+[{LOWER}]", even[end : end + 4]))


def _read_title(bare: str, role: re.Match[str], end: int, quote: str) -> Finding[str] | None:
    """Return the office that stands nearest above the name; "KT." without one tells of a deputy."""
    roles = [*_offices_in(bare[role.start() : end])]
    last = roles[-1]
    title = _spell(last)
    if len(roles) > 1 or last["deputy"]:
        return stated(title, quote, 0.9)
    before = bare[max(0, role.start() - 8) : role.start()]
    if _BY_ORDER.search(before):
        return None
    if _FOR.search(before):
        deputy = "Thứ trưởng" if title == "Bộ trưởng" else f"Phó {title}"
        return inferred(deputy, quote, 0.7)
    return stated(title, quote, 0.9)


def _offices_in(block: str) -> Iterator[re.Match[str]]:
    """Yield the offices of a signature block; those among its recipients sign nothing.

    "THỐNG ĐỐC / Phó Thống đốc": the second line may stand in small letters.
    """
    for index, line in enumerate(block.split("\n")):
        words = line.strip(" .,")
        if index and words.startswith(("-", "+", "*")):
            continue
        whole = _ROLE.fullmatch(words.upper())
        yield from (whole,) if whole else _ROLE.finditer(line)


def _spell(role: re.Match[str]) -> str:
    deputy = "Phó " if role["deputy"] else ""
    standing = " Thường trực" if role["standing"] else ""
    return f"{deputy}{_OFFICES[role['office']]}{standing}"


def _lines_below(even: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the filled lines below an office and where each ends."""
    for line in even[start : start + _REACH].split("\n"):
        start += len(line) + 1
        if line.strip():
            yield line, start - 1


def _name_below(even: str, start: int) -> tuple[str, int] | None:
    """Return the name below an office and where its line ends; None where other text begins."""
    for line, end in islice(_lines_below(even, start), _LINES_BELOW):
        words = _without_role(_without_stamp(line)).strip(" ./()[]")
        if words.startswith(("-", "+", "*")):
            if name := _name_behind_bullet(words):
                return name, end
            continue
        if not words or words.endswith((";", ":", ",")):
            continue
        if words.isdigit() or _ROLE.fullmatch(fold(words).upper()):
            continue
        if name := _read_name(words):
            return name, end
        if not _may_stand_between(words):
            return None
    return None


def _name_behind_bullet(line: str) -> str | None:
    """Return the name in the right column beside a recipient: "- Lưu: VT. Nguyễn Văn Mẫu"."""
    last = re.split(r"[.;]\s+", line)[-1]
    return _read_name(last) if _begins_with_surname(last) and last != line else None


def _begins_with_surname(words: str) -> bool:
    return re.split(rf"[ {_MARKS}]", fold(words), maxsplit=1)[0].lower() in _surnames()


def _without_role(line: str) -> str:
    """Return a line without the offices that are glued to the name in it."""
    line = line.strip()
    while (role := _ROLE.match(fold(line))) and role.end() < len(line):
        line = line[role.end() :].strip()
    return line


def _without_stamp(line: str) -> str:
    """Return what stands before a stamp or behind "(Đã ký)"; a digital one's lines are cut."""
    stamp = _STAMP.search(fold(line))
    if stamp is None:
        return line
    signed = _SIGNED.match(line)
    before = line[: stamp.start()]
    return signed["rest"] if signed and not before.strip() else _behind_signed(line) or before


def _behind_signed(line: str) -> str:
    """Return the name behind an office and "(Đã ký)" in one line: "PHÓ CHỦ TỊCH(Đã ký) Lê Mẫu"."""
    match = re.search(r"[\[(]\s*đ[ãa] ?k[ýíy]\s*[\])](?P<rest>.+)$", line, re.IGNORECASE)
    return match["rest"] if match else ""


def _may_stand_between(words: str) -> bool:
    """Say whether the other column's text or an office's second line may part office and name."""
    return words.isupper() or words.startswith(("Nơi nhận", "Như", "Lưu"))


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """Return the surnames, folded: in capitals nothing else tells a name from an office."""
    return frozenset(name for (name,) in read_table("surnames.tsv"))


def _read_name(words: str) -> str | None:
    match = _NAME.fullmatch(words)
    if match is None:
        return None
    name = match["name"]
    if _NOT_NAME.match(name) and not (_begins_with_surname(name) and _NAME_OF_PERSON.match(name)):
        return None
    if name.isupper():
        name = name.title() if _begins_with_surname(name) else ""
    return _part_names(name) or None


def _part_names(name: str) -> str:
    """Return two names that stand side by side with a comma between them."""
    words = name.split()
    first, second = (" ".join(part) for part in (words[:_ONE_OF_TWO], words[_ONE_OF_TWO:]))
    two = len(words) == 2 * _ONE_OF_TWO and _begins_with_surname(first)
    return _BETWEEN_NAMES.join((first, second)) if two and _begins_with_surname(second) else name
