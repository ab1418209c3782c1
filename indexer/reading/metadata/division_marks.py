"""Lines that name a part of an act: "Chương II", "Điều 5.", "1.", "a)".

Each finder gives candidates; `sequence` decides which of them count on. OCR drops and swaps
marks over letters, so words are matched by their bare letters; their capitals count, since
"điều 5" at a line's start goes on with a sentence. All offsets are into a text that begins with
a line break.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Literal

from indexer.language.text import fold
from indexer.reading.metadata.letters import LOWER, UPPER
from indexer.reading.metadata.numerals import read_count, read_roman, write_roman
from indexer.reading.metadata.sequence import Mark

Section = Literal["phần", "chương", "mục", "tiểu mục"]
SECTIONS: tuple[Section, ...] = ("phần", "chương", "mục", "tiểu mục")
"""From the widest to the narrowest."""

# The Vietnamese alphabet as points are lettered: no f, j, w, z, and no letter with a hat.
_POINTS = "abcdđeghiklmnopqrstuvxy"
_DOUBTFUL = 0.5
# No code of laws has so many headings; only a file made to take time has more.
_MOST_MARKS = 20_000
_REST_CHARACTERS = 200
_LONGEST_UNMARKED = 150
_BULLET = r"\n[*#|•]{0,3} ?"


@cache
def _same_bare(letter: str) -> str:
    letters = [each for each in LOWER + UPPER if fold(each) == fold(letter)]
    return f"[{''.join(letters)}]" if letters else letter


def bare_word(word: str) -> str:
    """Return a pattern for a word of a heading, whatever marks its letters bear.

    >>> bool(re.match(bare_word("điều"), "Điêu")), bool(re.match(bare_word("điều"), "điều"))
    (True, False)
    """
    forms = (word[:1].upper() + word[1:], word.upper())
    return f"(?:{'|'.join(''.join(map(_same_bare, form)) for form in forms)})"


_ARTICLE = bare_word("điều")
_ARTICLE_LINE = re.compile(
    rf"{_BULLET}(?P<words>{_ARTICLE} ?(?P<number>\d{{1,3}}|[lI](?=[.:]))(?P<suffix>[a-zđ]?)"
    r"(?![^\W_])(?P<dot> ?[.:](?!\d))?)"
)
_ARTICLE_IN_LINE = re.compile(
    rf"(?:(?<=[.;:”\"…/] )|(?<=[{UPPER}] ))(?P<words>Điều (?P<number>\d{{1,3}})"
    rf"(?P<suffix>[a-zđ]?)(?P<dot>[.:])) ?(?=[{UPPER}])"
)
_COUNT = r"(?:[Tt]h[ứừưu]|TH[ỨỪƯU]) (?P<count>[^\W\d_]{2,5}(?: [^\W\d_]{2,5})?)"
_LABEL = r"(?P<token>[IVXL\d][^\W_]{0,12})"
_SECTION_LINE: dict[Section, re.Pattern[str]] = {
    "phần": re.compile(
        rf"{_BULLET}{bare_word('phần')} (?:{_COUNT}|(?P<token>[IVXL]{{1,7}}|\d{{1,2}}|[A-H]))"
        r"(?![^\W_])"
    ),
    "chương": re.compile(rf"{_BULLET}{bare_word('chương')} {_LABEL}"),
    "mục": re.compile(rf"{_BULLET}{bare_word('mục')} {_LABEL}"),
    "tiểu mục": re.compile(rf"{_BULLET}{bare_word('tiểu mục')} {_LABEL}"),
}
_NUMBERED = re.compile(r"(?P<number>\d{1,3})(?P<suffix>[a-zđ]?)(?P<glued>[^\W\d_]*)")
_ROMAN = re.compile(r"(?P<roman>[IVXL]{1,7})(?P<suffix>[a-zđ]?)")
_CLAUSE_LINE = re.compile(
    r"\n[*•]? ?(?P<words>(?:Khoản )?(?P<number>\d{1,3}|l)(?P<suffix>[a-zđ]?)[.)/])(?!\d)"
)
_CLAUSE_IN_LINE = re.compile(
    # The first one may stand right behind the article's heading.
    rf"(?:(?<=[.;:”\"] )|(?<=[{LOWER}] )(?<!khoản )(?<!số )(?=1\.))"
    rf"(?P<words>(?P<number>\d{{1,3}})(?P<suffix>[a-zđ]?)\.) (?=[{UPPER}“\"])"
)
_POINT_LINE = re.compile(
    rf"\n[*•]? ?(?P<words>(?:Điểm )?(?P<letter>[{_POINTS}])(?P<suffix>\d?)[).])"
    rf"(?=[ \n“\"]|[{UPPER}])"
)
_POINT_IN_LINE = re.compile(rf"(?<=[.;:”\"] )(?P<words>(?P<letter>[{_POINTS}])(?P<suffix>\d?)\)) ")
_ROMAN_LINE = re.compile(r"\n[*•]? ?(?P<words>(?P<roman>[IVX]{1,5})[.\-/)]) ?(?=[^\W\d_])")

# A line broken behind one of these goes on with the sentence: "quy định tại / Điều 5."
_UNFINISHED = frozenset(
    (
        *("tại", "theo", "và", "hoặc", "của", "các", "với", "đến", "từ", "trừ", "là", "số"),
        *("ngoài", "trong", "thuộc", "như"),
    )
)
_LABELLED = frozenset(("khoản", "điểm", "mục", "chương", "phần"))
# Behind a label without its dot these go on with a reference: "Điều 5 Luật Đất đai".
_CITED = re.compile(
    r"(?:Luật|Bộ luật|Nghị|Quyết|Thông|Pháp lệnh|Hiến pháp|Điều|Khoản|Điểm|Quy|Chương|Mục|Phần"
    r"|Phụ lục|Văn bản|Công văn|Lệnh)(?![^\W_])"
)
_DOTS = ("....", "……", "____")
_AMENDS = re.compile(r"sửa đổi|bổ sung|thay thế")


def find_articles(text: str, *, flowing: bool = False) -> list[Mark]:
    r"""Return the lines "Điều 5." and the like; `flowing`: also those within a line.

    >>> [mark.label for mark in find_articles("\nĐiều 1. Tên\nĐiều 2 Luật Đất đai\nĐiều 2a: Tên")]
    ['1', '2a']
    """
    pattern = _ARTICLE_IN_LINE if flowing else _ARTICLE_LINE
    found = []
    for match in islice(pattern.finditer(text), _MOST_MARKS):
        start = match.start("words")
        weight = 1.0 if flowing else _weigh_article(text, start, match.end(), match["dot"])
        if weight:
            number = 1 if match["number"] in "lI" else int(match["number"])
            suffix = match["suffix"]
            label = f"{number}{suffix}"
            found.append(Mark(start, match.end("words"), label, number, suffix, weight))
    return found


def _weigh_article(text: str, start: int, end: int, dot: str | None) -> float:
    """Return how much speaks for a heading: 0 where the words go on with a sentence."""
    unfinished = _is_unfinished(text, start)
    rest = line_rest(text, end)
    if _has_leaders(rest) or _introduces_wording(text, start):
        return 0.0
    if dot and rest[:1] not in LOWER:
        return _DOUBTFUL if unfinished else 1.0
    if unfinished or not (dot or _may_follow_bare_label(text, end, rest)):
        return 0.0
    return _DOUBTFUL


def _is_unfinished(text: str, at: int) -> bool:
    """Say whether the line above must go on here."""
    words = text[max(0, at - 40) : at].split()[-2:]
    if not words:
        return False
    last = words[-1]
    labelled = words[0] in _LABELLED and not last.endswith((".", ";", ":"))
    return last in _UNFINISHED or last.endswith((",", "-")) or labelled


def _has_leaders(rest: str) -> bool:
    """Say whether it is a line of a table of contents."""
    return rest.endswith(_DOTS) or rest.rstrip("0123456789 ").endswith(_DOTS)


def _introduces_wording(text: str, at: int) -> bool:
    """Say whether the line above announces new wording, which some acts set without quotes."""
    before = text[max(0, at - 300) : at].rstrip(" \n:")
    return before.endswith("như sau") and bool(_AMENDS.search(before.lower().split("\n")[-1]))


def _may_follow_bare_label(text: str, end: int, rest: str) -> bool:
    """Say whether the words behind a label without dot are a heading's."""
    if not rest:
        below = text[end : end + 3].strip()
        return not below or below[0] not in LOWER
    return rest[0] in UPPER and not _CITED.match(rest) and not rest.endswith((";", ","))


def line_rest(text: str, at: int) -> str:
    """Return what stands behind `at` in its line, at most 200 characters."""
    end = text.find("\n", at, at + _REST_CHARACTERS)
    return text[at : end if end >= 0 else at + _REST_CHARACTERS].strip()


def find_sections(text: str, kind: Section) -> list[Mark]:
    r"""Return the lines that name a part of this kind; what is glued to them is cut off.

    >>> [mark.label for mark in find_sections("\nChương I\nTÊN\nChương IITHI HÀNH", "chương")]
    ['I', 'II']
    """
    found: list[Mark] = []
    for match in islice(_SECTION_LINE[kind].finditer(text), _MOST_MARKS):
        words = match.groupdict()
        if words.get("count"):
            label = f"thứ {words['count'].lower()}"
            mark = Mark(match.start() + 1, match.end(), label, read_count(words["count"].lower()))
        else:
            after = found[-1].ordinal + 1 if found else 1
            mark = _read_token(match, after)
        if mark.ordinal and _heads_section(text, mark):
            found.append(mark)
    return found


def _read_token(match: re.Match[str], following: int) -> Mark:
    """Return the mark of "II", "3", "IIa"; of "IITHI" and "2CHẾ" with the heading cut off."""
    token, at = match["token"], match.start("token")
    for number in (following, 1):
        roman = write_roman(number)
        glued = token.removeprefix(roman)
        if glued != token and len(glued) > 1 and glued.isupper() and not _ROMAN.fullmatch(token):
            return Mark(match.start() + 1, at + len(roman), roman, number)
    if roman_match := _ROMAN.fullmatch(token):
        ordinal = read_roman(roman_match["roman"].lower())
        return Mark(match.start() + 1, match.end(), token, ordinal, roman_match["suffix"])
    if len(token) == 1 and token.isalpha():
        return Mark(match.start() + 1, match.end(), token, ord(token) - ord("A") + 1)
    numbered = _NUMBERED.fullmatch(token)
    if numbered is None or (numbered["glued"] and not numbered["glued"].isupper()):
        return Mark(match.start(), match.end(), token, 0)
    label = f"{int(numbered['number'])}{numbered['suffix']}"
    end = at + len(token) - len(numbered["glued"])
    return Mark(match.start() + 1, end, label, int(numbered["number"]), numbered["suffix"])


def _heads_section(text: str, mark: Mark) -> bool:
    rest = line_rest(text, mark.end)
    if _is_unfinished(text, mark.start) or _has_leaders(rest):
        return False
    bare = rest.lstrip(".:-–— ")
    if bare != rest or not bare:
        return _may_follow_bare_label(text, mark.end, "") if not bare else bare[0] not in LOWER
    if bare.isupper() or bare.startswith("("):
        return True
    return len(bare) < _LONGEST_UNMARKED and _may_follow_bare_label(text, mark.end, bare)


def find_clauses(text: str, start: int, end: int, *, flowing: bool = False) -> list[Mark]:
    """Return the numbers "1." that may open clauses between the offsets."""
    pattern = _CLAUSE_IN_LINE if flowing else _CLAUSE_LINE
    marks = []
    for match in pattern.finditer(text, start, end):
        number = 1 if match["number"] == "l" else int(match["number"])
        label = f"{number}{match['suffix']}"
        marks.append(_mark(match, label, number, match["suffix"]))
    return marks


def find_points(text: str, start: int, end: int, *, flowing: bool = False) -> list[Mark]:
    """Return the letters "a)" that may open points between the offsets."""
    pattern = _POINT_IN_LINE if flowing else _POINT_LINE
    marks: list[Mark] = []
    for match in pattern.finditer(text, start, end):
        letter = match["letter"]
        # OCR loses the bar of "đ)", so that a second "d)" stands in its place.
        if letter == "d" and marks and marks[-1].label == "d" and not match["suffix"]:
            letter = "đ"
        label = letter + match["suffix"]
        marks.append(_mark(match, label, _POINTS.index(letter) + 1, match["suffix"]))
    return marks


def find_roman(text: str, start: int, end: int) -> list[Mark]:
    """Return the numerals "II." that may open sections of an article between the offsets."""
    return [
        _mark(match, match["roman"], read_roman(match["roman"].lower()), "")
        for match in _ROMAN_LINE.finditer(text, start, end)
    ]


def _mark(match: re.Match[str], label: str, ordinal: int, suffix: str) -> Mark:
    return Mark(match.start("words"), match.end("words"), label, ordinal, suffix)
