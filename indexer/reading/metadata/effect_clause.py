"""The clauses in which an act speaks of its own effect: "Nghị quyết này có hiệu lực từ ngày ...".

Only the act itself counts: not the law that it cites or ends, not single articles ("Điều 5 Nghị
quyết này có hiệu lực từ ..."), not another act's wording that it quotes, not a form in an appendix
that is an act of another kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.quoted_wording import find_quoted_wording
from indexer.records import UNKNOWN_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH_BACK = 420
_REACH_ON = 320
_MOST_CLAUSES = 100

_ACTS = "nghị quyết|quyết định|chỉ thị|luật|pháp lệnh|nghị định|thông tư|lệnh"
# What an act may be called in its own text, where that is not its kind's name.
_OWN_NAMES = {
    "nghị quyết liên tịch": "nghị quyết(?: liên tịch)?",
    "thông tư liên tịch": "thông tư(?: liên tịch)?",
    "luật": "(?:bộ )?luật",
    UNKNOWN_KIND: _ACTS,
}
_VERB = re.compile(
    r"hiệu lực(?! pháp)|(?<=có )giá trị(?= (?:thi hành )?(?:kể )?từ)"
    r"|(?<=này )thi hành(?= (?:kể )?từ)|(?:(?<=được )|(?<=này ))(?:áp dụng|thực hiện)"
)
# A clerk who leaves "này" out begins the sentence so, or follows the article's heading.
_BEFORE_BARE = re.compile(
    r"[\s\-+)(a-c\"“]{0,6}(?:(?:điều khoản|hiệu lực|tổ chức|trách nhiệm) [^.;:]{0,40}\s)?"
)
# Words that end the sentence before; "TP." and numbered headings' dots are looked through.
_SENTENCE_END = re.compile(r"[;:]|(?<!\btp)\.(?=\s)")
# Behind these words stands the act as a place or a point in time, not as the one that takes effect.
_NOT_SUBJECT = re.compile(
    r"(?<![^\W_])(?:(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu(?: số)?)\s+"
    r"(?:\d|[ivx]+(?![^\W_])|[a-zđ](?![^\W_]))[^.;:]{0,80}"
    r"|của|tại|ngày|khi|điểm|theo|trong|với|từ|trước|sau|bởi|mà|đến|hoặc|nếu|do|ở|nội dung|quy định"
    r"|là|rằng|số|cùng|bằng|về|cho|trừ|nhưng|thi hành các nội dung của)\s*$"
)
_LEADS_TO_VERB = re.compile(
    r"(?:\s*\([^()]{0,80}\))?"
    r"(?:,? (?:cùng với|và) (?:các )?(?:phụ lục|quy định|quy chế)[^.;]{0,80}?)?"
    r"\s*(?:được ban hành và|chính thức|bắt đầu|sẽ|được|và)?\s*(?:bắt đầu|chính thức)?\s*"
    r"(?P<verb>có|hết|còn)?\s*"
)
_GOES_ON_TO_VERB = re.compile(
    r"[^;]{0,380}?(?:,| và| đồng thời)\s*(?:sẽ|bắt đầu|chính thức|nó)?\s*(?P<verb>có)\s*"
)


class EffectClause(NamedTuple):
    """What an act says of its own effect; both texts are lower letters on one line."""

    start: int
    """Where the sentence's subject starts in the flat text."""
    verb: str
    """"có" (takes effect), "hết" (loses it) or "áp dụng" (applies, is carried out)."""
    rest: str
    """What follows the verb, up to the end of the sentence or a bit further."""
    rest_start: int


def flatten(text: str) -> str:
    """Return the text on one line, so that line breaks part no sentence."""
    return " ".join(text.split())


def find_effect_clauses(flat: str, kind: str) -> Iterator[EffectClause]:
    """Yield the clauses of a flat text in which an act of that kind speaks of its own effect.

    >>> flat = "Điều 3. Nghị quyết này có hiệu lực từ ngày 01/7/2024."
    >>> next(find_effect_clauses(flat, "nghị quyết")).rest
    ' từ ngày 01/7/2024.'
    >>> list(find_effect_clauses("Điều 5 Nghị quyết này có hiệu lực từ 01/7/2024", "nghị quyết"))
    []
    """
    lowered = lower_letters(flat)
    own = own_name(kind)
    subjects = [subject.start() for subject in own.finditer(lowered)]
    verbs = (verb for verb in _VERB.finditer(lowered) if _has_subject(subjects, verb.start()))
    clauses = filter(None, (_clause_of(lowered, verb, own) for verb in verbs))
    quoted: tuple[tuple[int, int], ...] | None = None
    for clause in islice(clauses, _MOST_CLAUSES):
        quoted = find_quoted_wording(flat) if quoted is None else quoted
        if not any(start <= clause.start < end for start, end in quoted):
            yield clause


@lru_cache(maxsize=64)
def own_name(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words by which an act of that kind names itself."""
    name = _OWN_NAMES.get(kind, re.escape(kind))
    return re.compile(rf"(?<![^\W_])(?:(?:{name}|văn bản) này|(?P<bare>{name})(?= có hiệu lực))")


def _has_subject(subjects: list[int], at: int) -> bool:
    """Say whether one of the places, in order, lies within a sentence's length before this one."""
    before = bisect_left(subjects, at)
    return before > 0 and at - subjects[before - 1] <= _REACH_BACK


def _clause_of(lowered: str, verb: re.Match[str], own: re.Pattern[str]) -> EffectClause | None:
    start = max(0, verb.start() - _REACH_BACK)
    before = lowered[start : verb.start()]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    sentence = ends[-1] if ends else 0
    for subject in reversed(list(own.finditer(before + verb.group(), sentence))):
        led = _LEADS_TO_VERB.fullmatch(before, subject.end()) or _GOES_ON_TO_VERB.fullmatch(
            before, subject.end()
        )
        leading = before[sentence : subject.start()]
        if led is None or _NOT_SUBJECT.search(leading):
            continue
        if subject["bare"] and not _BEFORE_BARE.fullmatch(leading):
            continue
        word = _right_verb(led["verb"] or "", verb.group())
        if word:
            rest = lowered[verb.end() : verb.end() + _REACH_ON]
            return EffectClause(start + subject.start(), word, rest, verb.end())
    return None


def _right_verb(lead: str, verb: str) -> str:
    if verb in ("áp dụng", "thực hiện"):
        return "áp dụng"
    return "có" if verb == "thi hành" else {"có": "có", "còn": "có", "hết": "hết"}.get(lead, "")
