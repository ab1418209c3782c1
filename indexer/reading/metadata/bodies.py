"""Public bodies as texts name them, read into one spelling: "Thường trực HĐND tỉnh Phú Yên"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.reading.metadata.letters import UPPER, even_letters, lower_letters
from indexer.reading.metadata.units import (
    UNIT_KINDS,
    Unit,
    level_of,
    match_bare_name,
    match_misspelt_name,
    match_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from indexer.records import Level


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a text names, `text[start:end]`; exactly one of unit and central is set."""

    start: int
    end: int
    organ: str
    """"HĐND", "UBND", "Đoàn ĐBQH", "Ủy ban MTTQ Việt Nam"; a central body's whole name."""
    lead: str = ""
    """The part of the organ that acts: "Thường trực", "Ban Pháp chế"."""
    unit: Unit | None = None
    misspelt: bool = False
    """The unit's name had other accents than the table's."""

    @property
    def name(self) -> str:
        """The body in its one spelling."""
        unit = self.unit.label if self.unit else ""
        if self.unit and self.organ in _PARTY_NAMES:
            unit = self.unit.name
        return " ".join(part for part in (self.lead, self.organ, unit) if part)

    def level(self, on: date | None) -> Level:
        """Return the council level of the body on that day."""
        return level_of(self.unit, on) if self.unit else "trung ương"


_FRONT = (
    r"(?:uỷ ban |ban thường trực (?:uỷ ban )?)?(?:ubmttq|mttq|mặt trận tổ quốc)(?: việt nam| vn)?"
)
_ORGANS = (
    (
        rf"(?:hđnd|hội đồng nhân dân)\s?[,-]\s?(?:ubnd|uỷ ban nhân dân)\s?(?:,|-|và)\s?{_FRONT}",
        "HĐND, UBND và Ủy ban MTTQ Việt Nam",
    ),
    (rf"(?:hđnd|hội đồng nhân dân)\s?(?:và|&|-)\s?{_FRONT}", "HĐND và Ủy ban MTTQ Việt Nam"),
    (r"đoàn (?:đbqh|đại biểu quốc hội) (?:và|&|-) (?:hđnd|hội đồng nhân dân)", "Đoàn ĐBQH và HĐND"),
    (r"(?:hđnd|hội đồng nhân dân)\s?(?:và|&|-)\s?(?:ubnd|uỷ ban nhân dân)", "HĐND và UBND"),
    (r"đoàn (?:đbqh|đại biểu quốc hội)", "Đoàn ĐBQH"),
    (r"hđnd|hội đồng nhân dân", "HĐND"),
    (r"đảng uỷ", "Đảng ủy"),
    (r"ubnd|uỷ ban nhân dân", "UBND"),
    (_FRONT, "Ủy ban MTTQ Việt Nam"),
)
_PARTY_NAMES = frozenset(("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy"))
_PARTY_UNITS = {
    "tỉnh uỷ": "tỉnh",
    "thành uỷ": "thành phố",
    "huyện uỷ": "huyện",
    "quận uỷ": "quận",
    "thị uỷ": "thị xã",
}
_BOARDS = (
    (r"ban pháp chế", "Ban Pháp chế"),
    (r"ban (?:kinh tế\s?(?:-|và)\s?ngân sách|kt\s?-?\s?ns)", "Ban Kinh tế - Ngân sách"),
    (r"ban (?:văn hoá\s?(?:-|và)\s?xã hội|vh\s?-?\s?xh)", "Ban Văn hóa - Xã hội"),
    (r"ban (?:kinh tế\s?(?:-|và)\s?xã hội|kt\s?-?\s?xh)", "Ban Kinh tế - Xã hội"),
    (r"ban đô thị", "Ban Đô thị"),
    (r"ban dân tộc", "Ban Dân tộc"),
    (r"thường trực", "Thường trực"),
    (r"văn phòng|vp", "Văn phòng"),
    (r"tổ đại biểu", "Tổ đại biểu"),
    (r"đoàn giám sát", "Đoàn giám sát"),
)
_BOARD = "|".join(pattern for pattern, _ in _BOARDS)
_ORGAN = "|".join(pattern for pattern, _ in _ORGANS)
_KIND = "|".join((*UNIT_KINDS, "tp", "tx", "thủ đô"))
_PARTY = "|".join(_PARTY_UNITS)
_LOCAL = re.compile(
    rf"(?<![^\W_])(?:(?P<lead>{_BOARD})(?: của)? )?(?:(?P<organ>{_ORGAN})|(?P<party>{_PARTY}))"
    rf"(?![^\W_])[ \n]{{0,2}}(?P<kind>(?:(?:tp|tx|tt|p|q|h)\.|tp(?=hcm)|(?:{_KIND})(?![^\W_]))\s?)?"
)
_SHORT_KINDS = {
    "q": "quận",
    "h": "huyện",
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "thủ đô": "thành phố",
}
# "các tỉnh, thành phố", "quận, huyện, thị xã": a list of kinds names no unit.
_KIND_LIST = re.compile(rf"\s*(?:,|và|-|/)\s*(?:{'|'.join(UNIT_KINDS)})(?![^\W_])")
# "TỈNH PHÚ YÊN-ỦY BAN NHÂN DÂN": the hyphen ends a name.
_JOINED = re.compile(r"\s?-\s?(?=[UỦHĐ](?:[YỶỷỳy]|ỘI|ội|OÀN|oàn|ĐND|BND)\b)")
_UNKNOWN_NAME = re.compile(rf"(?:[{UPPER}][\w'.]*[ -]{{0,3}}){{1,5}}")

_CENTRAL = (
    (r"uỷ ban thường vụ quốc hội", "Ủy ban Thường vụ Quốc hội"),
    (r"văn phòng quốc hội", "Văn phòng Quốc hội"),
    (r"quốc hội", "Quốc hội"),
    (r"văn phòng chính phủ", "Văn phòng Chính phủ"),
    (r"thanh tra chính phủ", "Thanh tra Chính phủ"),
    (r"thủ tướng(?: chính phủ)?", "Thủ tướng Chính phủ"),
    (r"chính phủ", "Chính phủ"),
    (r"chủ tịch chính phủ lâm thời", "Chủ tịch Chính phủ lâm thời"),
    (r"chủ tịch chính phủ", "Chủ tịch Chính phủ"),
    (r"chủ tịch nước", "Chủ tịch nước"),
    (r"toà án nhân dân tối cao", "Tòa án nhân dân tối cao"),
    (r"viện kiểm sát nhân dân tối cao", "Viện kiểm sát nhân dân tối cao"),
    (r"kiểm toán nhà nước", "Kiểm toán nhà nước"),
    (r"(?:thống đốc )?ngân hàng nhà nước(?: việt nam)?", "Ngân hàng Nhà nước Việt Nam"),
    (r"uỷ ban dân tộc", "Ủy ban Dân tộc"),
    (r"tổng liên đoàn lao động(?: việt nam)?", "Tổng Liên đoàn Lao động Việt Nam"),
    (r"ban chấp hành trung ương", "Ban Chấp hành Trung ương"),
    (r"bộ chính trị", "Bộ Chính trị"),
    (r"ban bí thư", "Ban Bí thư"),
)
_CENTRAL_BODY = re.compile(
    "|".join(f"(?P<c{index}>{pattern})" for index, (pattern, _) in enumerate(_CENTRAL))
)
_MINISTRY = re.compile(
    r"(?:bộ trưởng )?bộ (?P<field>công an|công thương|dân tộc và tôn giáo|giáo dục và đào tạo"
    r"|giao thông vận tải|kế hoạch và đầu tư|khoa học và công nghệ"
    r"|lao động\s?-\s?thương binh và xã hội"
    r"|lao động, thương binh và xã hội|ngoại giao|nội vụ|nông nghiệp và môi trường"
    r"|nông nghiệp và phát triển nông thôn|quốc phòng|tài chính|tài nguyên và môi trường"
    r"|thông tin và truyền thông|tư pháp|văn hoá, thể thao và du lịch|xây dựng|y tế"
    # Ministries of old, which old papers still come from.
    r"|bưu chính, viễn thông|công nghiệp|thuỷ sản|thương mại|văn hoá - thông tin)"
)


def find_bodies(text: str, on: date | None, *, letterhead: bool = False) -> Iterator[Body]:
    """Yield the local bodies that the text names, in order.

    A unit's name must be one of the table, since persons' names follow ("Chủ tịch HĐND tỉnh
    Nguyễn Văn A"); in a letterhead nothing but the unit can follow, so any name is taken.
    """
    # Narrow columns break names in two: "THÀNH / PHỐ HÀ NỘI".
    lowered = lower_letters(text).replace("\n", " ")
    for match in _LOCAL.finditer(lowered):
        yield _with_unit(match, even_letters(text), on, letterhead=letterhead)


def _with_unit(match: re.Match[str], text: str, on: date | None, *, letterhead: bool) -> Body:
    party = match["party"]
    organ = party.capitalize().replace("uỷ", "ủy") if party else _right_organ(match["organ"])
    body = Body(match.start(), match.end(), organ, _right_lead(match["lead"] or ""))
    kind = _right_kind(match["kind"]) if match["kind"] else _PARTY_UNITS.get(party or "", "")
    if not kind:
        return _with_bare_name(body, text[match.end() :], on)
    rest = text[match.end() :]
    if letterhead and not party:
        return _with_letterheads_unit(body, kind, rest, on)
    found = match_name(kind, rest) if letterhead or not rest[:1].islower() else None
    if found:
        return replace(body, end=body.end + found.length, unit=Unit(kind, found.name))
    return replace(body, unit=Unit(kind))


def _with_letterheads_unit(body: Body, kind: str, rest: str, on: date | None) -> Body:
    rest = _JOINED.split(rest, maxsplit=1)[0]
    exact = match_name(kind, rest)
    if found := exact or match_misspelt_name(kind, rest, on):
        unit = Unit(kind, found.name)
        return replace(body, end=body.end + found.length, unit=unit, misspelt=exact is None)
    if unknown := _UNKNOWN_NAME.match(rest.split("\n", maxsplit=1)[0]):
        name = unknown.group().strip(" -.").title()
        return replace(body, end=body.end + unknown.end(), unit=Unit(kind, name))
    return replace(body, unit=Unit(kind))


def _with_bare_name(body: Body, rest: str, on: date | None) -> Body:
    skipped = len(rest) - len(rest.lstrip())
    found = match_bare_name(rest[skipped:], on) if rest[skipped : skipped + 1].isupper() else None
    if found is None:
        return body
    return replace(body, end=body.end + skipped + found[1], unit=found[0])


def _right_kind(words: str) -> str:
    bare = words.strip(" .\n")
    return _SHORT_KINDS.get(bare, bare)


def _right_organ(words: str) -> str:
    return next(name for pattern, name in _ORGANS if re.fullmatch(pattern, words))


def find_lead(words: str) -> str:
    r"""Return the acting part that stands apart from its organ: "THƯỜNG TRỰC" on its own line.

    >>> find_lead("HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN\nBAN PHÁP CHẾ")
    'Ban Pháp chế'
    """
    lowered = lower_letters(words).replace("\n", " ")
    match = re.search(rf"(?<![^\W_])(?:{_BOARD})(?![^\W_])", lowered)
    return _right_lead(match.group()) if match else ""


def _right_lead(words: str) -> str:
    return next((name for pattern, name in _BOARDS if re.fullmatch(pattern, words)), "")


def names_list_of_kinds(text: str, end: int) -> bool:
    """Say whether a list of unit kinds follows: "quận, huyện, thị xã" names no unit."""
    return bool(_KIND_LIST.match(lower_letters(text[end : end + 40])))


def match_central(text: str) -> Body | None:
    """Return the central body that the text starts with.

    >>> match_central("BỘ TƯ PHÁP").name, match_central("Thủ tướng Chính phủ").name
    ('Bộ Tư pháp', 'Thủ tướng Chính phủ')
    """
    lowered = lower_letters(" ".join(text.split()))
    if match := _CENTRAL_BODY.match(lowered):
        return Body(0, match.end(), _CENTRAL[int((match.lastgroup or "c0")[1:])][1])
    if match := _MINISTRY.match(lowered):
        field = match["field"].replace("lao động, thương binh", "lao động - thương binh")
        return Body(0, match.end(), f"Bộ {capitalise_fields(field)}")
    return None


def match_joint(text: str) -> tuple[str, ...]:
    r"""Return the central bodies that hyphens join at the start of the text.

    >>> match_joint("ỦY BAN DÂN TỘC- BỘ TÀI CHÍNH"), match_joint("BỘ Y TẾ\nBỘ TÀI CHÍNH")
    (('Ủy ban Dân tộc', 'Bộ Tài chính'), ('Bộ Y tế',))
    """
    names, rest = [], " ".join(even_letters(text).split())
    while body := match_central(rest):
        names.append(body.name)
        behind = rest[body.end :].lstrip()
        if not behind.startswith("-"):
            break
        rest = behind.lstrip("- ")
    return tuple(names)


def capitalise_fields(words: str) -> str:
    """Return the fields of an office with a capital each, as offices are named.

    >>> capitalise_fields("VĂN HOÁ, THỂ THAO VÀ DU LỊCH")
    'Văn hóa, Thể thao và Du lịch'
    """
    lowered = re.sub(r"\bhoá\b", "hóa", " ".join(words.lower().split()))
    spelled = re.sub(r"(^|, | - | và )(\w)", lambda match: match[1] + match[2].upper(), lowered)
    # The one office that writes both its words large.
    return spelled.replace("Công thương", "Công Thương")
