"""The subject of a paper (trích yếu): the lines between its name and its body."""

from __future__ import annotations

import re

from indexer.reading.metadata.letters import LOWER, lower_letters
from indexer.reading.metadata.units import UNIT_KINDS, match_name

SUBJECT_LINES = 12
_SUBJECT_CHARACTERS = 900

_PLACE_AND_DAY = re.compile(r"[^,\d]{2,40}, ngày[\s\d….]{0,12}tháng[\s\d….]{0,8}năm[\s\d….]{0,8}")
# Marks that stand between name and subject and belong to neither.
_STAMP = re.compile(
    r"\(?(?:văn bản mẫu|(?:bản )?dự thảo(?=\W*(?:lần|số)?\W*\d*\W*$)|bản sao|sao y"
    r"|sao lục|hoả tốc|thượng khẩn|khẩn\b|mật\b|ký bởi"
    r"|\(?dự kiến (?:từ|khai|diễn|tổ chức|ngày)|\(?trình tại|\(?tại kỳ họp|\(?kèm theo"
    r"|\(?ban hành kèm)"
)
_BODY = re.compile(
    r"căn cứ\b|xét\b|thực hiện (?:nghị|luật|quyết|chương|kế|quy|chỉ|nhiệm|(?:sự )?phân công|chức"
    r"|công văn|thông báo|ý kiến|khoản|điều)"
    r"|theo (?:đề nghị|luật|nghị)|kính gửi|điều \d|chương [ivx\d]|phần (?:thứ|[ivx])|mục [ivx\d]"
    r"|(?!v/v)[ivx]{1,4}[.\-/)]|\d{1,2}[.)]|quyết (?:nghị|định)\s*:|số\s*:|khoá [ivx\d]+|nơi nhận"
    r"|hội đồng nhân dân\b|uỷ ban nhân dân\b|uỷ ban thường vụ quốc hội|thường trực hội đồng"
    r"|thường trực hđnd|chủ tịch\b|bộ trưởng\b|chính phủ$|quốc hội$|thống đốc\b"
    r"|thủ tướng chính phủ$"
    r"|(?:sáng|chiều|tối)?\s?(?:hôm nay|ngày \d)|ban .{3,60}hội đồng nhân dân"
    r"|trong (?:thời gian|quý|năm|tháng)"
    # A consolidated text begins with the acts that it joins.
    r"|(?:nghị quyết|luật|quyết định|nghị định|thông tư) số [^;]{5,200}(?:có hiệu lực|được sửa đổi)"
)
# "kỳ họp thứ 14 / Hội đồng nhân dân tỉnh Nghệ An khóa XVIII": the council ends the subject.
_SESSION_BEFORE = re.compile(r"kỳ họp[^.;]{0,60}$")
_COUNCIL_OF_SESSION = re.compile(
    r"(?:hội đồng nhân dân|hđnd)(?: [^,.;:]{2,40}?)?(?:,? khoá [ivxl\d]{1,7})?"
    r"(?:,? nhiệm kỳ \d{4}\s?-\s?\d{4})?\)?"
)
# A line that ends so can't be the last one of a subject.
_UNFINISHED = re.compile(
    r"(?:,|-|(?<![^\W_])(?:của|và|với|giữa|do|tại|gửi|cho|về|trên|theo|trong|đến|từ|số|bàn|các|hoặc"
    r"|năm|là|để|ở))$"
)
_UNIT_AT_END = re.compile(
    rf"(?<![^\W_])(?P<kind>{'|'.join(UNIT_KINDS)}) (?P<start>[^,.;]{{1,25}})$"
)
_BODIES = re.compile(r"(?:các )?(?:ban|thường trực|tổ|đoàn|đồng chí|ông|bà) ")
_CITED = re.compile(r"(?:nghị quyết|luật|bộ luật|quyết định|thông tư|nghị định|kế hoạch) số")
# Flattened pages run the subject into the issuer's own line.
_ISSUER_BEHIND = re.compile(
    r"(?<!,) (?:HỘI ĐỒNG NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN) [^,;]{3,60} KH[OÓ][AÁ] .*$"
)
# Flattened pages run the body into the subject as well.
RUN_ON = re.compile(
    rf"(?<=[{LOWER}\d)”\"]) (?=Thực hiện (?:(?:sự )?phân công|chức năng|nhiệm vụ|ý kiến|chỉ đạo"
    r"|quy định|Nghị quyết|Luật|Kế hoạch|Quyết định|Chương trình|Quy chế|Công văn|Thông báo|khoản"
    r"|Điều)\b|Kính gửi\b|Căn cứ (?:Luật|Nghị|Quyết|Kế hoạch|Chương trình|chương trình|kế hoạch"
    r"|chức năng|quy định|khoản)\b|Trên cơ sở\b"
    r"|Ban [^,.;]{3,40} (?:đã|xin) (?:họp|tổ chức|thẩm tra|tiến hành|báo))"
)
_ENACTS = re.compile(r".{0,120}\bban hành (?:nghị|thông|quyết|luật|bộ luật|pháp|văn|chỉ)")


def read_subject(lines: list[str]) -> tuple[str, ...]:
    """Return the lines up to the first that opens the body; none where no end is in sight.

    >>> read_subject(["Thẩm tra dự thảo Nghị quyết", "về học phí", "Ban Pháp chế đã thẩm tra"])
    ('Thẩm tra dự thảo Nghị quyết', 'về học phí')
    """
    subject: list[str] = []
    for line in lines[:SUBJECT_LINES]:
        lowered = lower_letters(line)
        if _STAMP.match(lowered) or is_day_line(line) or not line.strip("-_*=. "):
            continue
        if _opens_body(line, lowered, subject):
            break
        subject.append(_ISSUER_BEHIND.sub("", line))
        if sum(map(len, subject)) > _SUBJECT_CHARACTERS:
            return ()
    return tuple(subject)


def is_day_line(line: str) -> bool:
    """Say whether a line gives place and day and nothing else."""
    return bool(_PLACE_AND_DAY.fullmatch(line.lower()))


def _opens_body(line: str, lowered: str, subject: list[str]) -> bool:
    if not subject:
        return bool(_BODY.match(lowered) or _is_enacting(lowered))
    before = lower_letters(subject[-1])
    if before.endswith((".", ":", ";")) or _is_enacting(lowered):
        return True
    if _UNFINISHED.search(before) and not lowered.startswith(("căn cứ", "điều 1")):
        return False
    if _SESSION_BEFORE.search(before) and _COUNCIL_OF_SESSION.fullmatch(lowered):
        return line.isupper()
    if line[:1] in LOWER:
        return False
    return bool(_BODY.match(lowered)) or not _goes_on(line, lowered, subject[-1])


def _is_enacting(lowered: str) -> bool:
    own = lowered.startswith(("về", "v/v", "quy", "ban hành"))
    return bool(_ENACTS.match(lowered)) and not own


def _goes_on(line: str, lowered: str, before: str) -> bool:
    """Say whether a line with a large first letter goes on with the subject.

    In capitals every line begins large; elsewhere only names do, and cited acts.
    """
    if before.isupper() or line.isupper():
        return before.isupper() and line.isupper()
    if _BODIES.match(lowered):
        return False
    if _splits_unit_name(line, before):
        return True
    words = line.split()
    is_name = len(words) == 1 or words[1][:1].isupper()
    return not line[:1].isalpha() or is_name or bool(_CITED.match(lowered))


def _splits_unit_name(line: str, before: str) -> bool:
    """Say whether a unit's name lies across the two lines: "huyện Yên / Thành"."""
    unit = _UNIT_AT_END.search(before.lower())
    if unit is None:
        return False
    start = before[unit.start("start") :]
    found = match_name(unit["kind"], f"{start} {line}")
    return found is not None and found.length > len(start)
