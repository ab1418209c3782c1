"""The parts of a document: letterhead, name, subject, body.

Real letterheads come torn: both columns in one line, the national motto between issuer and
number, everything flattened into a single line. `read_layout` lays the parts out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.reading.metadata.gazette_title import take_gazette_title
from indexer.reading.metadata.kinds import headings_longest_first, kind_of_heading
from indexer.reading.metadata.letters import LOWER, UPPER, even_letters, lower_letters
from indexer.reading.metadata.misread_capitals import restore_capitals
from indexer.reading.metadata.subject import RUN_ON, SUBJECT_LINES, is_day_line, read_subject

# A letterhead with name and subject fits in far less; more would only cost time.
_TOP_CHARACTERS = 6000
_MOTTO_REACH = 3000
# Typists put a dash before each legal ground.
_BODY_OPENING = re.compile(
    r"[-+*•\s]{0,4}(?:căn cứ|điều 1|kính gửi"
    r"|(?:sau khi )?(?:xem )?xét (?:tờ trình|đề nghị|báo cáo|công văn|dự thảo)"
    r"|theo (?:đề nghị|tờ trình))(?![^\W_])"
)
_HEAD_LINES = 40
_LONG_LINE = 60

# The country's name stands in capitals over a paper; in running text it is no motto.
_MOTTO = re.compile(
    r"CỘNG H[OÒ][AÀÒ]+ XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|(?i:độc lập\s{0,3}-\s{0,3}tự do\s{0,3}-\s{0,3}hạnh phúc)"
)
_RULE = re.compile(r"(?<!\w: )(?<!\w:)[-_=*~]{3,}(?![-_=*~\s]*/)")
_BREAKS = (
    re.compile(r"(?<=\S) (?=(?:Luật|Nghị quyết|Pháp lệnh) số\s{0,2}:)"),
    re.compile(r"(?<!luật)(?<!quyết)(?<!lệnh) (?=Số\s{0,2}:)", re.IGNORECASE),
    re.compile(
        rf"(?<=[\d{UPPER}]) (?=[{UPPER}][{LOWER}.][^\n,;:]{{0,30}}, "
        r"ngày\s{0,3}[\d….]{0,6}\s{0,3}tháng)"
    ),
    re.compile(
        rf"(?<=[;.\d{UPPER}]) (?=Căn cứ (?:Luật|Hiến pháp|Nghị|Bộ luật|Quyết định|Thông tư|Pháp))"
    ),
    RUN_ON,
)
_NUMBER_SIGN = re.compile(r"[Ss](?:[ốôóoổ6]|Ố)\s{0,3}:[^\n]{0,30}/")
_NUMBER_LINE = re.compile(
    r"(?:luật |nghị quyết |pháp lệnh )?s[ốôóoổ6]\s{0,3}[:.]?\s{0,3}[\d./…_ lio-]"
)
_DATE_LINE = re.compile(r"ngày[\s\d….]{0,12}tháng")
_ABOUT = re.compile(r"v/v|về việc")
_ISSUER_OPENING = re.compile(
    r"(?:thường trực |văn phòng )?(?:hội đồng nhân dân|hđnd|uỷ ban nhân dân|ubnd)\b|uỷ ban "
    r"|quốc hội"
    r"|chính phủ|thủ tướng|bộ [a-zà-ỹ]|đoàn đại biểu|ngân hàng nhà nước|toà án|viện kiểm sát"
    r"|văn phòng "
    r"|chủ tịch|sở [a-zà-ỹ]|tỉnh uỷ|thành uỷ|huyện uỷ|quận uỷ|thị uỷ|đảng uỷ|mặt trận|kiểm toán"
    r"|thanh tra|tổng cục|tổng liên đoàn"
    r"|(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) [a-zà-ỹ]|hội đồng |ban "
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What `read_layout` found; texts are even letters, one column a line."""

    head: tuple[str, ...] = ()
    """The letterhead above the document's name, without the national motto."""
    heading: str = ""
    """The document's name (tên loại) as it stands there: "NGHỊ QUYẾT"; empty without one."""
    subject: tuple[str, ...] = ()
    """The lines of the subject (trích yếu)."""
    number: str = ""
    """The number in a gazette's title block, where one takes the letterhead's place."""
    formal: bool = False
    """It has the letterhead of an act or a paper, so it is no news report."""

    @property
    def head_text(self) -> str:
        """The letterhead as one text."""
        return "\n".join(self.head)

    @property
    def subject_text(self) -> str:
        """The subject on one line."""
        return re.sub(r"\s+", " ", " ".join(self.subject)).strip(" .;:*-_/")


def read_layout(text: str) -> Layout:
    """Return the parts of a clean text; one without a letterhead gives an empty layout."""
    top = restore_capitals(even_letters(text[:_TOP_CHARACTERS]))
    motto = bool(_MOTTO.search(top[:_MOTTO_REACH]))
    if not (motto or _may_be_formal(top)):
        return Layout()
    lines = _open_columns(top)
    start = _first_letterhead_line(lines, motto=motto)
    found = _find_heading(lines, start)
    head = lines[start : found[0]] if found else _head_without_name(lines, start)
    enacted = found is not None and _has_preamble(lines[found[0] + 1 :])
    bare = found is not None and found[0] == 0 and not found[2] and _is_capitals(found[1])
    if not (enacted or bare or _is_formal(head, found is not None, motto=motto)):
        return Layout()
    if found is None:
        return Layout(tuple(head), "", _subject_of_letter(lines[start:]), formal=True)
    index, heading, rest = found
    following = [rest, *lines[index + 1 :]] if rest else lines[index + 1 :]
    block = take_gazette_title(following)
    following = block.rest
    # PDF readers at times give the right column, with the day, only after the document's name.
    day = [line for line in following[:SUBJECT_LINES] if is_day_line(line)][:1]
    head = [*head, *block.head, *day]
    return Layout(tuple(head), heading, read_subject(following), block.number, formal=True)


def _may_be_formal(top: str) -> bool:
    """Say whether a closer look is worth its time: running text has no such line."""
    lines = top.splitlines()[:_HEAD_LINES]
    # Everything may have run into one line, which then opens with the document's name.
    opening = " ".join(top[:_LONG_LINE].split()[:2])
    if _NUMBER_SIGN.search(top) or (opening.isupper() and kind_of_heading(opening)):
        return True
    return any(
        line.isupper() or (len(line) < _LONG_LINE and kind_of_heading(line)) for line in lines
    )


def _open_columns(top: str) -> list[str]:
    """Return the lines with both columns of the letterhead on lines of their own."""
    opened = _RULE.sub("\n", _MOTTO.sub("\n", top.replace("|", "\n")))
    for pattern in _BREAKS:
        opened = pattern.sub("\n", opened)
    opened = _heading_after_date().sub("\n", opened)
    return [line.strip(" \t*") for line in opened.splitlines() if line.strip(" \t*")]


@lru_cache(maxsize=1)
def _heading_after_date() -> re.Pattern[str]:
    names = headings_longest_first()
    capitals = "|".join(name.upper() for name in names)
    # Capitals that were a font come out small; at the end of the line it still is the name.
    return re.compile(
        rf"(?<=\d\d) (?=(?:{capitals})\b)|(?<=\bnăm \d\d\d\d) (?=(?:{'|'.join(names)})$)",
        re.MULTILINE,
    )


def _name_ends(lowered: str) -> list[int]:
    """Return where a document's name at the start of the line could end, farthest first."""
    return [len(name) for name in headings_longest_first() if lowered.startswith(name)]


def _first_letterhead_line(lines: list[str], *, motto: bool) -> int:
    """Return where the letterhead begins: portals put crumbs and menus before it."""
    if not motto and _opens_with_name(lines):
        return 0
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _BODY_OPENING.match(lower_letters(line)):
            return 0
        if _is_issuer_line(line) or _is_number_line(line) or _opens_gazette(lines, index):
            return index
        if motto and _DATE_LINE.search(line.lower()):
            return index
    return 0


def _opens_with_name(lines: list[str]) -> bool:
    """Say whether a name stands over its subject: what is signed below is no letterhead."""
    if len(lines) < 2 or not (_is_capitals(lines[0]) and kind_of_heading(lines[0])):  # noqa: PLR2004
        return False
    return not _is_capitals(lines[1]) and not _is_number_line(lines[1])


def _opens_gazette(lines: list[str], index: int) -> bool:
    """Say whether a document's name stands here with its number and issuer below it."""
    is_name = lines[index].isupper() and kind_of_heading(lines[index].strip(" :"))
    return bool(is_name and take_gazette_title(lines[index + 1 : index + 8]).number)


def _is_issuer_line(line: str) -> bool:
    return _is_capitals(line) and bool(_ISSUER_OPENING.match(lower_letters(line)))


def _is_number_line(line: str) -> bool:
    return bool(_NUMBER_LINE.match(lower_letters(line))) and "/" in line and len(line) < _LONG_LINE


def _is_capitals(line: str) -> bool:
    return line.isupper()


def _find_heading(lines: list[str], start: int) -> tuple[int, str, str] | None:
    """Return line, name and the rest of that line, for the first line that is a document's name."""
    for index in range(start, min(start + _HEAD_LINES, len(lines))):
        line = lines[index]
        lowered = lower_letters(line)
        if _BODY_OPENING.match(lowered):
            return None
        # "BÁO CÁO Thẩm tra": the longest name that stands there in capitals.
        end = next((end for end in _name_ends(lowered) if _stands_as_name(line, end)), 0)
        if end:
            return index, line[:end], line[end:].strip(" :.-")
    return None


def _stands_as_name(line: str, end: int) -> bool:
    """Say whether the name stands in capitals or alone, not inside a sentence."""
    name, rest = line[:end], line[end:].strip(" :.*")
    if not name.isupper():
        return not rest and len(name) > len("luật")
    # In capitals even a glued "LUẬTSỬA ĐỔI" is a name and its subject: no word is that long.
    return not rest.startswith(",")


def _head_without_name(lines: list[str], start: int) -> list[str]:
    """Return the letterhead of an official letter, which has no name of its kind."""
    for index, line in enumerate(lines[start : start + _HEAD_LINES], start):
        if _BODY_OPENING.match(lower_letters(line)):
            return lines[start:index]
    return lines[start : start + 10]


def _is_formal(head: list[str], has_heading: bool, *, motto: bool) -> bool:  # noqa: FBT001
    numbered = any(map(_is_number_line, head))
    signs = (
        motto,
        numbered,
        has_heading,
        bool(head) and _is_issuer_line(head[0]),
        any(_DATE_LINE.search(line.lower()) and len(line) < _LONG_LINE for line in head),
    )
    return sum(signs) >= 2 and (motto or numbered or has_heading)  # noqa: PLR2004


def _has_preamble(lines: list[str]) -> bool:
    """Say whether legal grounds follow: an act stays one when its letterhead was cut off."""
    return any(_BODY_OPENING.match(lower_letters(line)) for line in lines[:SUBJECT_LINES])


def _subject_of_letter(lines: list[str]) -> tuple[str, ...]:
    """Return the lines behind "V/v" of an official letter."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _ABOUT.match(lower_letters(line)):
            return read_subject(lines[index:])
    return ()
