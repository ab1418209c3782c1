"""Which kind of document (loại văn bản) it is, by evidence only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.kinds import (
    headings_longest_first,
    kind_of_heading,
    kind_of_prefix,
    refine_kind,
)
from indexer.reading.metadata.letters import even_letters, lower_letters
from indexer.reading.metadata.number_codes import organ_signs, sign_key

if TYPE_CHECKING:
    from indexer.reading.metadata.layout import Layout

NEWS = "tin tức"
CONSOLIDATED = "văn bản hợp nhất"

_NUMBERED = re.compile(r"[^\d]{0,60}?(?:\bsố\s*:?\s*\d|\d+/)")
_COUNCIL = re.compile(r"hđnd|hội đồng nhân dân|ubnd|uỷ ban nhân dân|kỳ họp")
_ALWAYS_ACTS = frozenset(
    ("nghị quyết", "tờ trình", "nghị định", "báo cáo thẩm tra", "báo cáo giám sát")
)
_FIRST_SIGN = re.compile(r"/(?:\d{4}/)?(?P<sign>[^\W\d_]+)")
# "59-CV/TU"; councils of old wrote "12 NQ/HĐND".
_PARTY_SIGN = re.compile(r"^\d+[ -]?(?P<sign>(?=[A-ZĐ])[^\W\d_]+)[/-]")
# "số 4/BC-BPC ngày 3/12/2024 của Ban Pháp chế" stands between a title's kind and its subject.
_BEFORE_SUBJECT = re.compile(
    r"^\s*số\s*:?\s*\S+\s*(?:,?\s*ngày [\d/.\- thángnm]{3,30}?\d{4}\s*)?"
    r"(?:của [^,;]{3,80}? (?=(?:về|v/v|thẩm|giám|kết|tổng|kỳ|trả)\b))?",
    re.IGNORECASE,
)
_SUBJECT_OF_TITLE = 200
_TOP_CHARACTERS = 8000
_ENACTS = re.compile(
    r"(?:^|\n)(?:[^\n“\"]{6,120} ban hành (?P<act>nghị quyết|nghị định|thông tư|quyết định|chỉ thị"
    r"|pháp lệnh|luật)(?= (?:về|quy|sửa|ban|bãi|phê|hướng|điều|công|bổ|thay)|[:.,\n]|$)"
    r"|\W{0,3}(?P<decides>quyết nghị|quyết định)\s{0,2}:?\s*(?=\n))"
)


def find_kind(layout: Layout, number: str | None, titles: tuple[str, ...]) -> Finding[str] | None:
    """Return the kind by the name over the text, else by the title, else by the number's sign."""
    subject = layout.subject_text
    if number and _kind_of_number(number) == CONSOLIDATED:
        return inferred(CONSOLIDATED, number, 0.9)
    if layout.heading and (kind := kind_of_heading(layout.heading)):
        return stated(refine_kind(kind, subject), f"{layout.heading} {subject}")
    for title in titles:
        if found := kind_of_title(title):
            return found
    if number and (kind := _kind_of_number(number)):
        return inferred(refine_kind(kind, subject), number, 0.85)
    if layout.formal and lower_letters(subject).startswith(("v/v", "về việc")):
        return inferred(refine_kind("công văn", subject), subject)
    return None


def find_enacted_kind(text: str) -> Finding[str] | None:
    r"""Return the kind that the enacting words give, for a paper whose name got lost.

    >>> find_enacted_kind("Căn cứ Luật;\nQUYẾT NGHỊ:\nĐiều 1. Quy định mức thu").value
    'nghị quyết'
    """
    top = text[:_TOP_CHARACTERS]
    match = _ENACTS.search(lower_letters(top))
    if match is None:
        return None
    name = match["act"] or match["decides"].replace("quyết nghị", "nghị quyết")
    kind = kind_of_heading(name)
    return inferred(kind, top[match.start() : match.end()].strip(), 0.8) if kind else None


def kind_of_title(title: str) -> Finding[str] | None:
    """Return the kind that a title opens with, where it goes on as titles of acts do.

    A heading such as "Thông báo về việc giữ người" only sounds like one: a number or a council
    must be named, unless the kind is one that nothing else is called by.

    >>> kind_of_title("Nghị quyết số 12/2023/NQ-HĐND về học phí").value
    'nghị quyết'
    """
    lowered = lower_letters(title.strip())
    name = next((name for name in headings_longest_first() if lowered.startswith(name)), None)
    if name is None or not _goes_on_as_act(lowered[len(name) :], name):
        return None
    kind = kind_of_heading(name)
    rest = _BEFORE_SUBJECT.sub("", title.strip()[len(name) :])[:_SUBJECT_OF_TITLE]
    return stated(refine_kind(kind, rest.strip()), title) if kind else None


def _goes_on_as_act(rest: str, name: str) -> bool:
    if _NUMBERED.match(rest):
        return True
    if rest and not rest.startswith((" ", ":", ",")):
        return False
    # "Thông báo về việc ..." may head an article of a law; a council's paper names the council.
    return name in _ALWAYS_ACTS or bool(_COUNCIL.search(rest))


def _kind_of_number(number: str) -> str | None:
    """Return the kind that the signs of a number stand for; a body alone signs letters."""
    match = _PARTY_SIGN.match(number) or _FIRST_SIGN.search(number)
    if match is None:
        return None
    if kind := kind_of_prefix(match["sign"]):
        return kind
    is_letter = "-" in number and sign_key(match["sign"]) in organ_signs()
    return "công văn" if is_letter else None


def name_kind(words: str) -> str:
    """Return the kind that a manifest or a portal names, in our spelling where we know it.

    >>> name_kind("BÁO CÁO THẨM TRA")
    'báo cáo thẩm tra'
    """
    kind = kind_of_heading(words) or kind_of_heading(re.sub(r"\s*\(.*", "", words))
    return kind or " ".join(even_letters(words).lower().split())
