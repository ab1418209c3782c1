"""How people type document numbers: "nq 15 2023 hdnd", "tờ trình 110 ubnd", "15/2023".

Patterns only, over lower letters with or without accents; what a find means is decided in
`understand_numbers.py`. All repeats are bounded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.understanding.unit_lookup import KIND, right_kind, units_at
from indexer.language.text import fold
from indexer.reading.metadata.kinds import read_kinds
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.number_codes import kind_signs, organ_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SERIAL = r"(?<![\d/.,-])(?P<serial>\d{1,5}[a-zđ]?)(?![^\W_])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![^\W_])"
# "nq 26/24"; "30/12" would be a day.
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|(?<=[/-])(?:1[3-9]|2\d))(?![^\W_])"
# Bodies spelled out; letters may come apart in OCR's way: "H Đ N D".
_ORGANS: Mapping[str, str] = {
    "hội đồng nhân dân": "hđnd",
    "uỷ ban nhân dân": "ubnd",
    "chính phủ": "cp",
    "thủ tướng": "ttg",
}
_TORN = r"h ?đ ?n ?d|u ?b ?n ?d"
# Two letters are a body behind a hyphen only; apart they are words ("tu" for "từ").
_SHORTEST_ORGAN = 3
# A reader who types "chương trình 135" means no number, nor does one who types "5 năm".
# Nor one who types "ban thu": the Party's committee stands behind a hyphen only.
_COMMON_WORDS = frozenset(("thu",))
# Kinds that a reader names first and numbers later: "nq tp hà nội 12/2023".
_LEADING = frozenset(("nq", "qd", "ttr"))
_NUMBERED = frozenset(
    ("nq", "qd", "ct", "tb", "kh", "bc", "ttr", "cv", "nd", "tt", "kl", "nqlt", "bb")
)
_PLANS = ("kh", "ctr", "bc")
_MEASURE = re.compile(
    accept_bare(
        r"\s{0,3}(?:(?:năm(?!\s(?:19|20)\d\d)|ngày(?!\s\d)|tháng|tuần|quý|giờ|phút|lần|tuổi|tỷ|tỉ|triệu|nghìn"
        r"|đồng|người|hộ|xã|phường|huyện|tỉnh|cấp|đại biểu|cử tri|điều|khoản|điểm|chương|phần|mục"
        r"|chức danh|chỉ tiêu|tiêu chí|trường hợp|chính sách|biện pháp|giải pháp"
        r"|dự án|nhiệm vụ|mục tiêu|nội dung|km|ha|m2)(?![^\W_])|%|[\d/.,-])"
    )
)
_KIND = re.compile(KIND)


class Shorthand(NamedTuple):
    """A number as it was typed, `text[start:end]`; empty strings for what was not typed."""

    start: int
    end: int
    kind: str
    """The key of the kind's sign: "ttr"."""
    serial: str
    year: str
    organ: str
    """The key of the body's sign: "hdnd"."""
    serial_start: int
    may_be_month: bool = False


class _Patterns(NamedTuple):
    kind_first: re.Pattern[str]
    serial_first: re.Pattern[str]
    bare: re.Pattern[str]
    kind_before: re.Pattern[str]
    kind_at_start: re.Pattern[str]


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """Return the key of each kind's sign by the names it is typed as, without accents."""
    names = {sign: sign for sign in kind_signs()}
    for kind in read_kinds():
        # A nickname in the table ("BCTT") is no sign that numbers bear.
        bearers = [kind, *(each for each in read_kinds() if each.value in kind.refines)]
        sign = next((each.prefixes[0] for each in reversed(bearers) if each.prefixes), "")
        if sign:
            names |= {fold(heading): fold(sign).lower() for heading in kind.headings}
    # Bare letters of common words; as signs they come behind a slash only.
    return {name: sign for name, sign in names.items() if len(name) > 1}


@lru_cache(maxsize=1)
def _organs() -> Mapping[str, str]:
    long = {code for code in organ_signs() if len(code) >= _SHORTEST_ORGAN} - _COMMON_WORDS
    codes = {code: code for code in (*long, "cp")}
    return codes | {fold(name): fold(sign) for name, sign in _ORGANS.items()}


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    headings = [
        accept_bare(heading) for kind in read_kinds() for heading in kind.headings if heading
    ]
    signs = [accept_bare(lower_letters(sign)) for sign in _kind_signs_spelled()]
    kinds = "|".join(sorted({*headings, *signs}, key=len, reverse=True))
    codes = "|".join(sorted(map(accept_bare, _organs_spelled()), key=len, reverse=True))
    organ = rf"(?:{accept_bare(_TORN)}|{codes})(?![^\W_])"
    of, number, year_word = map(accept_bare, ("của", r"số(?:\s(?:ký\s)?hiệu)?", "năm"))
    front = rf"(?:(?:\s?[-/.]\s?|\s)(?:{of}\s)?(?P<front>{organ}))?"
    behind = rf"(?:(?P<mark>\s?[-/]\s?|\s)(?:{of}\s)?(?P<organ>{organ}))?"
    again = rf"(?:\s?[-/]?\s?(?P<again>{'|'.join(signs)})(?![^\W_]))?"
    spaced = rf"(?P<join>\s{{0,2}}[/._-]\s{{0,2}}|\s{{1,2}}{year_word}\s{{1,2}}|\s{{1,2}})"
    return _Patterns(
        re.compile(
            rf"(?<![^\W_])(?P<kind>{kinds}){front}(?P<number>\s?{number}\s?:?)?[\s:._-]{{0,2}}"
            rf"(?P<serial>\d{{1,5}}[a-zđ]?)(?![^\W_])(?:{spaced}{_SHORT_YEAR}(?!\s?[-/]\s?\d))?"
            rf"{again}{behind}"
        ),
        re.compile(
            rf"{_SERIAL}(?:(?:\s{{0,2}}[/.-]\s{{0,2}}|\s){_SHORT_YEAR})?(?:\s{{0,2}}[/.-]\s{{0,2}}|\s)"
            rf"(?P<kind>{'|'.join(signs)})(?P<mark>\s{{0,2}}[-/.]\s{{0,2}}|\s)(?P<organ>{organ})"
        ),
        re.compile(
            rf"(?<![^\W_])(?P<number>{number}\s?:?\s?)?{_SERIAL}"
            rf"(?:\s?(?P<join>[/-])\s?|\s(?P<in>{year_word})\s){_YEAR}"
            rf"(?!\s?[-/.]\s?\d){behind}"
        ),
        re.compile(rf"(?<![^\W_])(?P<kind>{kinds})?(?:\s?{number}\s?:?)?\s?$"),
        re.compile(rf"[ ;]*(?P<kind>{kinds})(?![^\W_])"),
    )


def _kind_signs_spelled() -> list[str]:
    return [sign for sign in kind_signs().values() if len(sign) > 1]


def _organs_spelled() -> list[str]:
    codes = [sign for key, sign in organ_signs().items() if key in _organs()]
    return [re.escape(lower_letters(each)) for each in (*codes, *_ORGANS)]


def words_before(opened: str, start: int) -> tuple[int, str]:
    """Return where "nghị quyết số" before a number begins, and the sign of its kind ("nq").

    >>> words_before("sửa đổi nghị quyết số 5/2024", 22)
    (8, 'nq')
    """
    reach = max(0, start - 40)
    match = _patterns().kind_before.search(opened[reach:start])
    if match is None or not match.group().strip():
        return start, ""
    return reach + match.start(), _kinds().get(fold(match["kind"] or ""), "")


def find_torn(opened: str) -> Iterator[Shorthand]:
    """Yield the numbers that OCR or a reader tore: "45 / 2024 / NQ - H Đ N D", "45 nq hdnd".

    >>> [each[2:6] for each in find_torn("15 / 2023 / nq - h đ n d")]
    [('nq', '15', '2023', 'hdnd')]
    """
    for match in _patterns().serial_first.finditer(opened):
        yield _read(opened, match, kind_sign(match["kind"]), match["organ"])


def find_shorthand(opened: str) -> Iterator[Shorthand]:
    """Yield the numbers in lower letters, the surest patterns first; some may overlap.

    >>> [each[2:6] for each in find_shorthand("ttr 110 ubnd")]
    [('ttr', '110', '', 'ubnd')]
    """
    patterns = _patterns()
    for match in patterns.kind_first.finditer(opened):
        if found := _behind_kind(opened, match):
            yield found
    leading = _leading_kind(opened)
    for match in patterns.bare.finditer(opened):
        # "Số 5 năm 2024" is a house's number as often, unless a kind of document was named.
        apart = match["in"] and not (leading and match["number"])
        if not apart and not _is_year(match["serial"]):
            unsure = not (match["number"] or match["organ"])
            may_be_month = unsure and _is_month(match)
            yield _read(opened, match, leading, match["organ"], may_be_month=may_be_month)


def _leading_kind(opened: str) -> str:
    """Return the sign of the kind that the words begin with, "" for none."""
    match = _patterns().kind_at_start.match(opened)
    kind = kind_sign(match["kind"]) if match else ""
    return kind if kind in _LEADING else ""


def _full_year(year: str) -> str:
    return f"20{year}" if len(year) == len("24") else year


def _is_year(serial: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", serial))


def kind_sign(sign: str) -> str:
    """Return the key of a kind's sign as typed: "tờ trình" and "ttr" are "ttr"."""
    return _kinds().get(fold(sign), fold(sign))


def _read(
    opened: str, match: re.Match[str], kind: str, organ: str | None, *, may_be_month: bool = False
) -> Shorthand:
    end = match.end()
    if organ and match["organ"] and match["mark"].isspace() and _names_unit(opened, end):
        end = match.start("mark")  # "15/2023 của hđnd tp hà nội": the council speaks for itself.
    serial = match["serial"].lstrip("0") or "0"
    return Shorthand(
        match.start(),
        end,
        kind,
        serial,
        _full_year(match["year"] or ""),
        _organ(organ),
        match.start("serial"),
        may_be_month,
    )


def _names_unit(opened: str, end: int) -> bool:
    rest = opened[end : end + 1]
    return rest == " " and bool(_KIND.match(opened, end + 1) or units_at(opened, end + 1))


def _is_named(opened: str, end: int) -> bool:
    """Say whether a unit follows: the "xã" of "nq 20 xã hồng vân" counts nothing."""
    if kind := _KIND.match(opened, end + 1):
        return bool(units_at(opened, kind.end() + 1, right_kind(kind["kind"])))
    units = units_at(opened, end + 1)
    return bool(units and " " in units.units[0].name)


def _is_known_by_name(match: re.Match[str], kind: str, join: str) -> bool:
    """Say whether a programme is called so: "đề án 06 năm 2024"."""
    return kind not in _NUMBERED and " " in match["kind"] and join not in ("/", "-")


def _counts_years(match: re.Match[str], kind: str, join: str) -> bool:
    """Say whether a plan's years are counted: "kế hoạch 5 năm 2025", "chương trình 21-25"."""
    if kind not in _PLANS:
        return False
    years = join in ("năm", "nam") and len(match["serial"]) < len("100")
    return years or len(match["year"]) == len("24")


def _behind_kind(opened: str, match: re.Match[str]) -> Shorthand | None:
    """Return the number behind its kind's name; None where a count of something stands there."""
    kind = kind_sign(match["kind"])
    organ = match["organ"] or match["front"]
    named = match["number"] or organ or match["again"]
    join = (match["join"] or "").strip()
    if not named and not join and _is_year(match["serial"]):
        return None  # "nghị quyết 2023", "nghị quyết 2023 2024": of these years.
    if not match["year"]:
        counted = _MEASURE.match(opened, match.end()) and not _is_named(opened, match.end())
        if not named and (counted or kind not in _NUMBERED):
            return None
    elif not named and (_is_known_by_name(match, kind, join) or _counts_years(match, kind, join)):
        return None
    glued = match.end("kind") == match.start("serial")
    unsure = join in ("/", "-") and not (named or glued) and _is_month(match)
    return _read(opened, match, kind, organ, may_be_month=unsure)


def _is_month(match: re.Match[str]) -> bool:
    return match["serial"].isdigit() and 1 <= int(match["serial"]) <= 12  # noqa: PLR2004


def _organ(words: str | None) -> str:
    bare = fold(words or "")
    return _organs().get(bare) or bare.replace(" ", "")
