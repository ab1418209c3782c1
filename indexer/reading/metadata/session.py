"""Term (khóa) and session (kỳ họp) of the council that a document comes from.

The National Assembly has terms and sessions too; in a council's document those are spoken of,
not its own. A session is read from the closing formula, the letterhead, the subject or a
headline, never from running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.letters import LOWER, even_letters, lower_letters
from indexer.reading.metadata.numerals import DIGIT_WORDS, read_count, read_roman, write_roman

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_TAIL_CHARACTERS = 6000
_BODY_CHARACTERS = 20_000
_PASSAGE_CHARACTERS = 600
_TOP_CHARACTERS = 6000

_HIGHEST_TERM = 60
_HIGHEST_SESSION = 99

_COUNT_WORD = rf"(?:mười|hai mươi|{'|'.join(sorted(DIGIT_WORDS, key=len, reverse=True))})"
_COUNT = rf"(?P<count>\d{{1,3}}(?!\d)|{_COUNT_WORD}(?:\s(?:{'|'.join(DIGIT_WORDS)}))?)(?![^\W_])"
_SORT = r"(?P<sort>thường lệ|chuyên đề|bất thường|không thường lệ|đột xuất)"
_SESSION = re.compile(
    rf"k[ỳì]\s{{1,2}}họp\s{{1,2}}(?:\(?{_SORT}\)?\s{{1,2}})?"
    rf"(?:(?P<times>lần)\s{{1,2}})?thứ\s{{1,2}}{_COUNT}"
)
# "kỳ họp thứ tư (thường lệ giữa năm)", "kỳ họp thứ 15 - kỳ họp chuyên đề", "kỳ họp chuyên đề".
_TYPE = re.compile(
    rf"k[ỳì]\s{{1,2}}họp\s{{1,2}}(?:(?:lần\s{{1,2}})?thứ\s{{1,2}}{_COUNT}[\s,-]{{0,3}})?"
    r"\(?(?:là )?(?:k[ỳì]\s{1,2}họp\s)?(?:(?:để )?giải quyết (?:các )?công việc phát sinh )?"
    rf"{_SORT}(?![^\W_])"
)
_TERM = re.compile(r"kho[áa]\s{1,2}(?:thứ\s)?(?P<term>[ivxl]{1,7}|\d{1,2})(?![^\W_])")
_SPAN = re.compile(r"nhiệm kỳ\s{1,2}(?P<first>20\d\d)\s{0,2}-\s{0,2}(?P<last>20\d\d)")
_COUNCIL = re.compile(r"hđnd|hội đồng nhân dân")
_ASSEMBLY_BEHIND = re.compile(r"[\s,]{0,3}(?:của )?quốc hội")
# "HỘI ĐỒNG NHÂN DÂN TỈNH ... / KHÓA XVIII, KỲ HỌP THỨ 8": the enacting line, in capitals.
_COUNCIL_LINE = re.compile(
    rf"HỘI ĐỒNG NHÂN DÂN [^\n,;]{{3,60}}[\s,]{{1,3}}KH(?:ÓA|OÁ) [IVXL\d]{{1,7}}\b"
    rf"[^\n{LOWER}]{{0,100}}"
)
# "Kính gửi: Hội đồng nhân dân tỉnh / khóa XVII, kỳ họp thứ 8": whom a paper is written for.
_ADDRESSEE = re.compile(
    r"(?<=kính gửi)\s{0,2}:?(?:[^\n.;]|\.(?=[^\W\d_]))*(?:\n\(?(?:khoá|k[ỳì] họp)[^\n.;]{0,80})?"
)
_LAID_BEFORE = re.compile(
    r"(?<!đã )(?<!được )trình (?:tại )?(?:(?:hđnd|hội đồng nhân dân) [^\n.;,]{2,40}? )?(?:tại )?"
    r"k[ỳì] họp [^\n.;]{0,120}"
)
# What happens after a session is not part of it: "kiến nghị sau kỳ họp thứ 4".
_AFTER = re.compile(r"(?<![^\W_])sau (?:khi )?(?:kết thúc |bế mạc )?$")
_CLOSING = re.compile(
    r"này (?:đã )?được (?P<body>hội đồng nhân dân|hđnd|quốc hội)[^;]{0,300}?thông qua"
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A term, a session and its type, each None where the words do not give it."""

    term: Finding[str] | None = None
    session: Finding[str] | None = None
    session_type: Finding[str] | None = None
    """"thường lệ", "chuyên đề", "bất thường", "không thường lệ" or "đột xuất"."""


def find_sitting(
    passages: Iterable[str], text: str, *, central: bool, news: bool, on: date | None
) -> Sitting:
    """Return term, session and its type, of the document's own body.

    `passages` are what speaks for the document (closing formula aside): letterhead, subject,
    title, a story's first sentence; `central` says that the body is the National Assembly.
    """
    if not news and (closing := _closing(text)):
        passages = [closing, *passages]
    if not news:
        passages = [*passages, *_below_subject(text[:_TOP_CHARACTERS])]
    parts = [_read(passage[:_PASSAGE_CHARACTERS], central=central) for passage in passages]
    term = next((part.term for part in parts if part.term), None)
    if term is None and on and not central:
        term = _term_in_force(text, on)
    return Sitting(
        term,
        next((part.session for part in parts if part.session), None),
        next((part.session_type for part in parts if part.session_type), None),
    )


def _below_subject(top: str) -> list[str]:
    """Return the enacting line, the addressee and the words that say where a paper is laid."""
    line = _COUNCIL_LINE.search(even_letters(top))
    lowered = lower_letters(top)
    found = [line, _ADDRESSEE.search(lowered), _LAID_BEFORE.search(lowered)]
    return [top[match.start() : match.end()] for match in found if match]


def _closing(text: str) -> str:
    """Return the closing formula, the one nearest the end of the act; annexes may follow it."""
    lowered = lower_letters(text).replace("\n", " ")
    tail = max(0, len(text) - _TAIL_CHARACTERS)
    match = _CLOSING.search(lowered, tail) or _CLOSING.search(lowered)
    return text[match.start() : match.end()] if match else ""


def _read(passage: str, *, central: bool) -> Sitting:
    lowered = lower_letters(passage).replace("\n", " ")
    term, session, sort = (
        _first_own(pattern, lowered, central=central) for pattern in (_TERM, _SESSION, _TYPE)
    )
    return Sitting(
        _find(passage, term, _spell_term(term["term"])) if term else None,
        _find(passage, session, _spell_session(session)) if session else None,
        _find(passage, sort, sort["sort"]) if sort else None,
    )


def _first_own(pattern: re.Pattern[str], lowered: str, *, central: bool) -> re.Match[str] | None:
    found = pattern.finditer(lowered)
    return next((match for match in found if _is_own(lowered, match, central=central)), None)


def _find(passage: str, match: re.Match[str], value: str | None) -> Finding[str] | None:
    return stated(value, passage[match.start() : match.end()]) if value else None


def _is_own(lowered: str, match: re.Match[str], *, central: bool) -> bool:
    """Say whether the nearest body around the words is of the document's own sort."""
    if match.re is not _TERM and _AFTER.search(lowered, 0, match.start()):
        return False
    return _belongs_to_assembly(lowered, match.start(), match.end()) == central


def _belongs_to_assembly(lowered: str, start: int, end: int) -> bool:
    """Say whether the assembly is named nearer than a council, looking back first."""
    if _ASSEMBLY_BEHIND.match(lowered, end):
        return True
    after = re.split(r"[;.,]", lowered[end : end + 60])[0]
    return _nearest_is_assembly(lowered, start) and not _COUNCIL.search(after)


def _nearest_is_assembly(lowered: str, start: int) -> bool:
    """Say whether the assembly is the last body that the sentence names before `start`."""
    before = re.split(r"[;.]", lowered[max(0, start - 200) : start])[-1]
    council = max((match.start() for match in _COUNCIL.finditer(before)), default=-1)
    return before.rfind("quốc hội") > council


def _term_in_force(text: str, on: date) -> Finding[str] | None:
    """Return the term that the text gives councils with the years that the day lies in."""
    lowered = lower_letters(text[:_BODY_CHARACTERS]).replace("\n", " ")
    for span in _SPAN.finditer(lowered):
        if not int(span["first"]) <= on.year <= int(span["last"]):
            continue
        before = lowered[max(0, span.start() - 60) : span.start()]
        terms = [*_TERM.finditer(before)]
        if terms and not before[terms[-1].end() :].strip(" ,(") and _COUNCIL.search(before):
            start = max(0, span.start() - 60) + terms[-1].start()
            if _nearest_is_assembly(lowered, start):
                continue
            value = _spell_term(terms[-1]["term"])
            return inferred(value, text[start : span.end()]) if value else None
    return None


def _spell_term(word: str) -> str | None:
    """Return a term in Roman numerals: "17" and "XVII" are one."""
    number = int(word) if word.isdigit() else read_roman(word)
    return write_roman(number) if 0 < number <= _HIGHEST_TERM else None


def _spell_session(match: re.Match[str]) -> str | None:
    """Return a session's number; the extraordinary ones are counted apart and say so.

    "kỳ họp thứ 15 (kỳ họp chuyên đề)" is the fifteenth, "kỳ họp bất thường lần thứ 5" is not
    the fifth.
    """
    number = read_count(match["count"])
    if not 0 < number <= _HIGHEST_SESSION:
        return None
    sort = match["sort"]
    if match["times"] and sort and sort != "thường lệ":
        return f"{sort} lần thứ {number}"
    return str(number)


def spell_term(words: str) -> str:
    """Return a manifest's term in Roman numerals where it is one ("khóa 16"), else as it is.

    >>> spell_term("khóa 16"), spell_term("XVI")
    ('XVI', 'XVI')
    """
    lowered = re.sub(r"^khoá\s+", "", lower_letters(words).strip())
    if re.fullmatch(r"[ivxl]{1,7}|\d{1,2}", lowered):
        return _spell_term(lowered) or words.strip()
    return words.strip()


def spell_session(words: str) -> str:
    """Return a manifest's session as a number where it is one ("Kỳ họp thứ hai"), else as it is.

    >>> spell_session("Kỳ họp thứ hai"), spell_session("15")
    ('2', '15')
    """
    match = _SESSION.fullmatch(lower_letters(words).strip())
    return (_spell_session(match) if match else None) or words.strip()
