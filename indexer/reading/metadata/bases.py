"""The acts and papers that a document rests on: the clauses of its preamble.

"Căn cứ Luật ...; Căn cứ Nghị định ...; Xét Tờ trình ...": they stand between the document's name
and the words that enact it. What is cited further down is no basis, however it is introduced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.day_patterns import find_days
from indexer.reading.metadata.kinds import (
    headings_longest_first,
    kind_of_heading,
    kind_of_prefix,
    refine_kind,
)
from indexer.reading.metadata.letters import LOWER, UPPER, even_letters, lower_letters
from indexer.reading.metadata.number import NumberSpan, find_numbers
from indexer.records import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.records import CleanText

# The longest preambles name some sixty acts; what begins later is the body's.
_TOP_CHARACTERS = 30_000
_BEGINS_BEFORE = 8000
_LONGEST_CLAUSE = 1500

# OCR drops and swaps marks: "Can cứ", "Căn cử".
_GROUND = r"(?:[Cc][ăaâ]n [Cc][ứửừữựu]|CĂN CỨ)(?![^\W_])[: ]*"
_PAPER = (
    r"(?:Xét|Thực hiện|Theo|Trên cơ sở|Sau khi (?:(?:xem )?xét|nghe))(?= (?:đề nghị|ý kiến"
    r"|thẩm quyền|quy định|Tờ trình|Nghị|Quyết|Kết luận|Thông báo|Thông tư|Công văn|Báo cáo"
    r"|Biên bản|Luật|Kế hoạch|Chương trình|Chỉ thị|Đề án|Hiệp|Công điện|Văn bản|Công ước"
    r"|Bản ghi|Đơn))"
)
_OPENING = re.compile(rf"[-+*• ]{{0,3}}(?P<word>(?P<ground>{_GROUND})|{_PAPER})")
# Flattened texts run the clauses and what follows them into one line.
_RUN_ON = re.compile(
    rf"(?<=[;.,]) (?=(?:{_GROUND}|{_PAPER}))"
    rf"|(?<=[;.,{LOWER}{UPPER}\d:)]) (?=Căn cứ (?:Luật|Hiến pháp|Nghị|Bộ luật|Quyết|Thông|Pháp))"
    r"|(?<=[;.,]) (?=QUYẾT (?:NGHỊ|ĐỊNH)|NGHỊ QUYẾT|Điều 1[.:])"
)
_FIRST_ARTICLE = re.compile(r"[-*• ]{0,3}(?:Đ[iíì][eêéềể][uùú] ?[1lI]\b|ĐIỀU 1\b)")
_BODY = re.compile(
    rf"{_FIRST_ARTICLE.pattern}|[-*• ]{{0,3}}(?:[IVX]{{1,3}} ?[./)-]|\d{{1,2}} ?[.)/]"
    r"|(?:Chương|Phần|Mục|Kính gửi|KÍNH GỬI|CHƯƠNG|PHẦN)\b)"
)
_ENACTS = re.compile(r".{0,120}\bban hành (?:nghị|thông|quyết|luật|bộ luật|pháp|văn|chỉ|quy|kế)")
# "Căn cứ Kế hoạch số 1, Ban Pháp chế báo cáo": the sentence goes on with who acts.
_ACTOR = re.compile(
    r",\s(?=(?:Thường trực|Ban|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Sở|Văn phòng|Đoàn|Tổ đại biểu)\s"
    r"[^;]{0,200}(?:báo cáo|trình|đề nghị|ban hành|xây dựng|tổ chức|thông báo|kính|nhận thấy|đã"
    r"|có ý kiến))"
)
_PART_OF = re.compile(
    r"(?:(?:(?:các )?(?:khoản|điểm|điều|mục|chương) [^\s,;]{1,6}(?:,| và)? |quy định tại |của "
    r"|tại |các )){1,12}"
)
# Of one kind, which is named once: "các Nghị định: số 79/2009/NĐ-CP; số 80/2010/NĐ-CP".
_NEXT_NUMBER = re.compile(r"số:? ?\d")
_FIRST_SIGN = re.compile(r"/(?P<sign>[^\W\d]+)")
# Behind these words stand the acts that changed the cited one.
_AMENDED = re.compile(r"[\s,(]{1,3}(?:đã )?được (?:sửa đổi|bổ sung|thay thế)", re.IGNORECASE)
_BEFORE_DAY = re.compile(
    r"[\s,(]{0,3}(?:(?:đã )?(?:được )?(?:ban hành|thông qua|ký)?[\s,]{0,2}ngày)?\s?"
)


class _Clause(NamedTuple):
    """A clause of the preamble, `even[start:end]`."""

    start: int
    body: int
    """Where it begins without "Căn cứ"; at its start for clauses that open with other words."""
    end: int


def find_bases(text: CleanText) -> tuple[Basis, ...]:
    r"""Return the clauses of the preamble, in order; none for a text without "Căn cứ".

    >>> from indexer.language.text import clean_text
    >>> text = clean_text("Căn cứ Luật Phí ngày 25/11/2015; Luật Giá số 16/2023/QH15;\nQUYẾT NGHỊ:")
    >>> for each in find_bases(text):
    ...     print(each.text, "|", each.kind, each.number, each.issued_on)
    Luật Phí ngày 25/11/2015 | luật None 2015-11-25
    Luật Giá số 16/2023/QH15 | luật 16/2023/QH15 None
    """
    even = _RUN_ON.sub("\n", even_letters(text[:_TOP_CHARACTERS]))
    return tuple(
        _describe(even, piece) for clause in _read_clauses(even) for piece in _split(even, clause)
    )


def _read_clauses(even: str) -> Iterator[_Clause]:
    """Yield the clauses from the first "Căn cứ" that opens a line to the first line of the body."""
    clause: _Clause | None = None
    for position, line in _lines_from_first(even):
        opening = _OPENING.match(line)
        if opening or (clause and _adds_act(line, even, clause)):
            if clause:
                yield clause
            clause = _open(position, opening) if opening else _Clause(position, position, position)
        elif clause and not _goes_on(line, even, clause):
            break
        if clause:
            clause = clause._replace(end=position + len(line))
    if clause:
        yield clause


def _lines_from_first(even: str) -> Iterator[tuple[int, str]]:
    """Yield the filled lines from the first "Căn cứ" on; none where the body begins before it."""
    position, begun = 0, False
    for line in even.split("\n"):
        opening = _OPENING.match(line)
        begun = begun or bool(opening and opening["ground"])
        if not begun and (position > _BEGINS_BEFORE or _FIRST_ARTICLE.match(line)):
            return
        if begun and line.strip():
            yield position, line
        position += len(line) + 1


def _open(position: int, opening: re.Match[str]) -> _Clause:
    start = position + opening.start("word")
    body = position + opening.end() if opening["ground"] else start
    return _Clause(start, body, body)


def _adds_act(line: str, even: str, clause: _Clause) -> bool:
    """Say whether a line names one more act for the clause that a semicolon closed."""
    closed = even[clause.start : clause.end].rstrip().endswith(";")
    return closed and not line.strip(" :").isupper() and _names_act(line)


def _names_act(words: str) -> bool:
    return bool(_kind_name(words.strip())) and words.strip()[:1] in UPPER


def _kind_name(words: str) -> str:
    """Return the name of a kind of act that the words begin with; "" for none."""
    lowered = lower_letters(words)
    return next(
        (
            name
            for name in (*headings_longest_first(), "hiến pháp")
            if lowered.startswith(name) and not lowered[len(name) :][:1].isalnum()
        ),
        "",
    )


def _goes_on(line: str, even: str, clause: _Clause) -> bool:
    """Say whether a line that opens no clause belongs to the one before it."""
    before = even[clause.start : clause.end].rstrip()
    if line.strip().isupper() or len(before) > _LONGEST_CLAUSE or before.endswith((";", ":", ".")):
        return False
    if _BODY.match(line) and before.endswith(","):
        return False
    return not (before.endswith(",") and _ENACTS.match(lower_letters(line)))


def _split(even: str, clause: _Clause) -> Iterator[_Clause]:
    """Yield the acts of a clause that names several: "Luật Phí; Luật Giá;"."""
    start, body = clause.start, clause.body
    for match in re.finditer(r";\s*(?=(?P<next>[^;]{0,60}))|$", even[body : clause.end]):
        following = match["next"]
        if following and not (_names_act(following) or _NEXT_NUMBER.match(following)):
            if following.startswith("ý kiến"):
                yield _Clause(start, body, clause.body + match.start())
                return
            continue
        end = clause.body + match.start()
        if end > body:
            yield _Clause(start, body, end)
        start = body = clause.body + match.end()


def _describe(even: str, clause: _Clause) -> Basis:
    words = " ".join(even[clause.body : clause.end].split()).strip(" ;,.")
    if actor := _ACTOR.search(words):
        words = words[: actor.start()]
    own = _AMENDED.split(words)[0]
    number = next(iter(find_numbers(own)), None)
    return Basis(
        words,
        clause.start,
        number.canonical if number else None,
        _read_kind(own, number),
        _read_day(own, number),
    )


def _read_kind(words: str, number: NumberSpan | None) -> str | None:
    """Return the kind that the words begin with, or named before the number, or signed in it."""
    opening = _OPENING.match(words)
    rest = words[opening.end() :].strip() if opening else words
    part = _PART_OF.match(lower_letters(rest))
    rest = rest[part.end() :] if part else rest
    name = _kind_name(rest)
    if not name and number:
        before = lower_letters(words[: number.start]).rstrip(" :").removesuffix("số").rstrip()
        name = next((name for name in headings_longest_first() if before.endswith(name)), "")
        rest = name
    kind = kind_of_heading(name) or name or _kind_of_number(number)
    return refine_kind(kind, rest[len(name) :].strip()) if kind else None


def _kind_of_number(number: NumberSpan | None) -> str | None:
    sign = _FIRST_SIGN.search(number.canonical) if number else None
    return kind_of_prefix(sign["sign"]) if sign else None


def _read_day(words: str, number: NumberSpan | None) -> str | None:
    """Return the day that stands behind the number, or behind the name of an act without one."""
    lowered = lower_letters(words)
    start = number.end if number else 0
    day = next(find_days(lowered[start:]), None)
    if day is None:
        return None
    between = lowered[start : start + day.start]
    return day.day.isoformat() if not number or _BEFORE_DAY.fullmatch(between) else None
