"""Where an act's own articles end, and what is attached to it: appendices, forms, regulations.

All offsets are into a text that begins with a line break.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from indexer.reading.metadata.division_marks import bare_word, line_rest
from indexer.reading.metadata.letters import LOWER, UPPER

PartKind = Literal["phụ lục", "ban hành kèm theo", "biểu mẫu"]

_BULLET = r"\n[*#|•]{0,3} ?"
_APPENDIX = re.compile(
    rf"{_BULLET}(?P<words>{bare_word('phụ lục')}(?: (?:[Ss]ố|SỐ)(?= ?[\dIVX]))?"
    r"(?: ?(?P<label>\d{1,2}[A-Za-z]?|[IVXL]{1,7}[a-z]?|[A-Z])(?:[.-]\d{1,2})?(?![^\W_]))?)"
)
_FORM = re.compile(
    rf"{_BULLET}(?:{bare_word('mẫu')}|{bare_word('biểu')}|{bare_word('biểu mẫu')})"
    r"(?: (?:[Ss]ố|SỐ))? ?\d[^\n]{0,120}(?=\n|$)"
)
_ISSUED_WITH = re.compile(r"\n\(? ?(?:[Bb]an hành )?[Kk]èm (?:theo )?[^\n]{5,}")
_HEADING_LINES = 8
_MOST_PARTS = 2000
_HEADING_CHARACTERS = 600
# A regulation without the line "(Ban hành kèm theo ...)": its name alone under the signature.
_REGULATION = re.compile(
    r"\n(?P<words>QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN)(?= *\n)"
)
_OFFICES = (
    "CHỦ TỊCH|PHÓ CHỦ TỊCH|TRƯỞNG BAN|PHÓ TRƯỞNG BAN|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG"
    "|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|GIÁM ĐỐC|CHỦ TỌA|CHỦ TOẠ"
    "|TỔNG KIỂM TOÁN"
)
_CLOSING = re.compile(
    rf"\n[ *|]{{0,6}}(?:{bare_word('nơi nhận')}"
    rf"|(?:T/?M|K/?T|TL|TUQ|Q)[.,] ?(?=[{UPPER}])|(?:{_OFFICES})(?![^\W_])(?! [{LOWER}])"
    r"|(?P<formula>(?:Nghị quyết|Luật|Bộ luật|Pháp lệnh|Quy chế|Nội quy) này (?:đã )?được "
    r"(?:Hội đồng|HĐND|Quốc hội|Ủy ban Thường|Uỷ ban Thường)))"
)


class Part(NamedTuple):
    """What is attached to an act."""

    kind: PartKind
    start: int
    end_of_label: int
    label: str = ""


def find_closing(text: str, start: int, end: int) -> int:
    r"""Return where the closing formula, the recipients or the signature begin; `end` for none.

    >>> find_closing("\nĐiều 2. Thi hành.\nNơi nhận:\n- Như trên;", 0, 40)
    18

    Where an article has a heading and nothing else, the formula is what it says.
    """
    match = _CLOSING.search(text, start, end)
    if match and match["formula"] and _is_bare_heading(text[start : match.start()]):
        match = _CLOSING.search(text, match.end(), end)
    return match.start() if match else end


def _is_bare_heading(words: str) -> bool:
    words = words.strip()
    return "\n" not in words and not words.endswith((".", ":", ";", "/"))


def find_parts(text: str) -> list[Part]:
    r"""Return appendices, forms and regulations that may be attached, in order; 2,000 at most.

    >>> [part.label for part in find_parts("\nPHỤ LỤC I\nDANH MỤC\n(Kèm theo Nghị quyết số 1)")]
    ['I']
    """
    found = [*_appendices(text), *_forms(text), *_regulations(text), *_issued_with(text)]
    parts: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, part.kind != "phụ lục")):
        # "(Kèm theo ...)" and "QUY CHẾ" below an appendix's own heading belong to that.
        heading = part.kind == "ban hành kèm theo" and parts and parts[-1].kind != "biểu mẫu"
        if not parts or part.start > parts[-1].start + (_HEADING_CHARACTERS if heading else 0):
            parts.append(part)
    return parts[:_MOST_PARTS]


def _appendices(text: str) -> list[Part]:
    found = []
    for match in _APPENDIX.finditer(text):
        words, label = match["words"], match["label"]
        rest = line_rest(text, match.end())
        bare = rest.lstrip(".:-–— ")
        if label or words.isupper():
            heads = not bare or bare[0] not in LOWER or (words.isupper() and not label)
        else:
            heads = not bare
        if heads and not rest.endswith((";", ",")) and not re.search(r"(?:\.{4,}|…{2,})", rest):
            found.append(Part("phụ lục", match.start("words"), match.end(), label or ""))
    return found


def _forms(text: str) -> list[Part]:
    return [
        Part("biểu mẫu", match.start() + 1, match.end())
        for match in _FORM.finditer(text)
        if not match.group().rstrip().endswith((";", ",", "."))
    ]


def _regulations(text: str) -> list[Part]:
    return [
        Part("ban hành kèm theo", match.start("words"), match.start("words"))
        for match in _REGULATION.finditer(text)
    ]


def _issued_with(text: str) -> list[Part]:
    """Return the parts named in capitals over a line "(Ban hành kèm theo ...)"."""
    found = []
    for match in _ISSUED_WITH.finditer(text):
        start = _first_capital_line(text, match.start())
        if start < match.start():
            found.append(Part("ban hành kèm theo", start, start))
    return found


def _first_capital_line(text: str, end: int) -> int:
    """Return where the lines in capitals begin that end at `end`; `end` where there are none."""
    start = end
    for _ in range(_HEADING_LINES):
        begin = text.rfind("\n", max(0, start - _HEADING_CHARACTERS), start)
        line = text[begin + 1 : start].strip()
        if begin < 0 or "|" in line or (line and not line.isupper()) or _CLOSING.match(text, begin):
            break
        if line:
            end = begin + 1
        start = begin
    return end
