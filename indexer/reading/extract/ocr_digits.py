"""Signs that were taken for others in numbers, dates and codes: `tháng l2`, `0]`, `QĐÐ-TTg`.

Only a sign's look-alike is put right, and only where a number must stand. A digit that was read
as another digit can't be told, and one that was not read is never made up.
"""

from __future__ import annotations

import re

_LOOKS_LIKE = str.maketrans("lIiïỊ]|OoÔQ§S", "1111111000085")
_ONE = "[lIiïỊ|\\]1]"
_DIGIT = "[0-9lIiïỊOoÔ\\]|§]"

# With a digit among them, since "II" and "lo" are words.
_IN_DATE = re.compile(rf"(?<=\bngày )(?=\S?\d|{_ONE}{_ONE}? tháng)({_DIGIT}{{1,2}})(?= tháng\b)")
_MONTH = re.compile(rf"(?<=\btháng )(?=\S?\d|{_ONE}{_ONE}? năm)({_DIGIT}{{1,2}})(?= năm\b)")
_YEAR = re.compile(r"(?<=\bnăm )(?=\S*\d\S*\d)([12lI][0-9lIOo]{3})(?![\w/])")
_AFTER_UNIT = re.compile(rf"(?<=\bĐiều )({_ONE})(?=[ .,;:])|(?<=\bkhoản )({_ONE})(?=[ .,;:])")
_MIXED = re.compile(r"(?<![\w/])(?=\S?\d)([0-9lIO\]§]{2,4})(?![\w\]])")
_ASSEMBLY = re.compile(r"(?<=QH)(?=\S?\d|[lI]{2})([0-9lIO]{1,2})\b")

_DOUBLED_STROKE = re.compile(r"Đ[ĐÐ]|ÐĐ|Ð")
_LOOSE_CODE = re.compile(r"(?<=[A-ZĐ])\s?-\s*-?\s?(?=(?:TTg|CP|HĐND|UBND|[A-ZĐ]{2,})\b)")
_PREMIER = re.compile(r"(?<=-TT)[eqo]\b")
_CODE = re.compile(r"[\d…]\S*\s?/\S*[A-ZĐÐ]{2}[ -]*[A-Z]\S*")
_LOOSE_SLASH = re.compile(r"(?<=\d/) (?=\d{1,2}/\d{4}\b)|(?<=\d) (?=/\d{1,4}\b)")
_LOOSE_DASH = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")
_LABEL = re.compile(
    r"^(?:[Ss5]?[ốôồổóòỐÔ]|[Ss5][oO06])\s?[:;.,]*\s*(?=([\d…][^\s/]*)?\s*/\S*[A-ZĐÐ]{2})"
)
_APART = re.compile(r"^(Số: \d+) (?=/)")


def repair_digits(line: str) -> str:
    """Return the line with look-alikes of digits put right where a number must stand.

    >>> repair_digits("ngày I5 tháng l2 năm 2OI0 của Quốc hội, khoản l Điều 3")
    'ngày 15 tháng 12 năm 2010 của Quốc hội, khoản 1 Điều 3'
    >>> repair_digits("Luật số 12/2008/QHI2, Nghị định số 5/2009/NĐ- CP và mục II")
    'Luật số 12/2008/QH12, Nghị định số 5/2009/NĐ-CP và mục II'
    """
    for pattern in (_IN_DATE, _MONTH, _YEAR, _AFTER_UNIT, _MIXED, _ASSEMBLY):
        line = pattern.sub(lambda found: found.group().translate(_LOOKS_LIKE), line)
    line = (
        _LOOSE_DASH.sub(" - ", _LOOSE_SLASH.sub("", line))
        if line.isupper()
        else (_LOOSE_SLASH.sub("", line))
    )
    return _CODE.sub(lambda found: _repair_code(found.group()), line)


def repair_label(line: str) -> str:
    """Return a number line of a letterhead with its label as it is printed.

    >>> repair_label("S6 08/2010/TT-BTC"), repair_label("Số 12 năm nay")
    ('Số: 08/2010/TT-BTC', 'Số 12 năm nay')
    """
    return _APART.sub(r"\1", _LABEL.sub("Số: ", line, count=1))


def _repair_code(code: str) -> str:
    return _PREMIER.sub("g", _LOOSE_CODE.sub("-", _DOUBLED_STROKE.sub("Đ", code)))
