"""Set phrases of council papers that depend on the date, the session and the council."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.samples.sheet import write_day

if TYPE_CHECKING:
    from tests.samples.spec import Spec

_NEW_LOCAL_LAW = date(2025, 6, 16)
_NEW_LEGISLATION_LAW = date(2025, 4, 1)
_DAYS_TO_EFFECT = 10

_ORDINALS = ("không", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_DUTIES = (
    "Giao {executive} {unit} tổ chức triển khai thực hiện Nghị quyết này.",
    (
        "{Executive} {unit} căn cứ chức năng, nhiệm vụ tổ chức thực hiện và báo cáo kết "
        "quả với Hội đồng nhân dân tại kỳ họp thường lệ cuối năm."
    ),
    (
        "Giao {executive} {unit} chỉ đạo các cơ quan chuyên môn hướng dẫn, triển khai "
        "thực hiện; bảo đảm công khai, đúng đối tượng."
    ),
)
_WATCHERS = (
    (
        "Thường trực Hội đồng nhân dân, các Ban, các Tổ đại biểu và đại biểu Hội đồng "
        "nhân dân {unit} giám sát việc thực hiện Nghị quyết này."
    ),
    (
        "Giao Thường trực Hội đồng nhân dân, các Ban Hội đồng nhân dân và đại biểu Hội "
        "đồng nhân dân {unit} trong phạm vi nhiệm vụ, quyền hạn giám sát việc tổ chức thực hiện."
    ),
    (
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam {unit} và các tổ chức thành viên tuyên "
        "truyền, vận động Nhân dân và tham gia giám sát việc thực hiện Nghị quyết này."
    ),
)


def choose(options: tuple[str, ...], spec: Spec) -> str:
    """Return one wording, always the same for the same document."""
    return options[zlib.crc32(f"{spec.path}{options[0]}".encode()) % len(options)]


def cite_organisation_law(day: date) -> tuple[str, ...]:
    """Return the citations of the law on local government in force that day."""
    if day >= _NEW_LOCAL_LAW:
        return ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",)
    first = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
    if day < date(2020, 7, 1):
        return (first,)
    second = (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính "
        "quyền địa phương ngày 22 tháng 11 năm 2019;"
    )
    return (first, second)


def cite_legislation_law(day: date) -> str:
    """Return the citation of the law on promulgating legal documents in force that day."""
    if day >= _NEW_LEGISLATION_LAW:
        return "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15;"
    return "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;"


def assign_duties(spec: Spec) -> tuple[str, str]:
    """Return the two clauses of the last article."""
    names = {"unit": spec.council.unit, "executive": "Ủy ban nhân dân"}
    duty = choose(_DUTIES, spec).format(**names, Executive="Ủy ban nhân dân")
    return f"1. {duty}", f"2. {choose(_WATCHERS, spec).format(**names)}"


def split_session(session: str) -> tuple[str, str]:
    """Return a session's number and its kind, empty when it goes without saying.

    >>> split_session("15 chuyên đề")
    ('15', 'chuyên đề')
    """
    number, _, kind = session.partition(" ")
    return number, kind


def name_ordinals(number: str) -> tuple[str, ...]:
    """Return the ways to write a session's number: figures, and words up to ten.

    >>> name_ordinals("4")
    ('4', 'tư')
    """
    count = int(number)
    return (number, _ORDINALS[count]) if count < len(_ORDINALS) else (number,)


def name_session(spec: Spec) -> str:
    """Return how a sentence speaks of the document's session.

    Early sessions are counted in words: "kỳ họp thứ hai".
    """
    number, kind = split_session(spec.session or "")
    ordinal = name_ordinals(number)[-1] if spec.issued_on.day % 2 else number
    return f"kỳ họp thứ {ordinal}" + (f" ({_name_session_kind(kind)})" if kind else "")


def close_resolution(spec: Spec) -> str:
    """Return the formula under every resolution: who passed it, when, and from when it holds."""
    term, _ = spec.council.term_on(spec.issued_on)
    adopted = date.fromisoformat(spec.head.get("adopted", spec.issued_on.isoformat()))
    session = name_session(spec).replace("kỳ họp", "Kỳ họp", 1)
    return (
        f"Nghị quyết này đã được Hội đồng nhân dân {spec.council.unit} khóa {term}, {session} "
        f"thông qua {write_day(adopted)} và có hiệu lực {_begin_effect(spec)}./."
    )


def _begin_effect(spec: Spec) -> str:
    if stated := spec.head.get("effective"):
        return f"kể từ {write_day(date.fromisoformat(stated))}"
    if is_legislation(spec.number):
        return f"từ {write_day(spec.issued_on + timedelta(days=_DAYS_TO_EFFECT))}"
    return choose(("kể từ ngày thông qua", "từ ngày thông qua", "kể từ ngày ký"), spec)


def is_legislation(number: str | None) -> bool:
    """Tell whether a resolution's number bears a year, as legal acts do.

    >>> is_legislation("45/2024/NQ-HĐND"), is_legislation("380/NQ-HĐND")
    (True, False)
    """
    return (number or "").count("/") > 1


def _name_session_kind(kind: str) -> str:
    return kind if kind.startswith("kỳ họp") else f"kỳ họp {kind}"
