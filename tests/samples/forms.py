"""Spec -> Sheet: the form that each kind of paper has around what its author wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.samples.councils import name_person
from tests.samples.formulas import (
    assign_duties,
    choose,
    cite_legislation_law,
    cite_organisation_law,
    close_resolution,
    is_legislation,
)
from tests.samples.sheet import Letterhead, Sheet, Signature, write_day
from tests.samples.spec import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.samples.spec import Spec

_EXECUTIVE_KINDS = ("tờ trình", "trả lời")
_LAST_ARTICLES = ("tổ chức thực hiện", "điều khoản thi hành", "hiệu lực thi hành")

_NAMES = {
    "nghị quyết": "NGHỊ QUYẾT",
    "tờ trình": "TỜ TRÌNH",
    "thẩm tra": "BÁO CÁO THẨM TRA",
    "giám sát": "BÁO CÁO",
    "biên bản": "BIÊN BẢN",
    "báo cáo": "BÁO CÁO",
    "thông báo": "THÔNG BÁO",
    "chương trình": "CHƯƠNG TRÌNH",
    "kế hoạch": "KẾ HOẠCH",
    "cử tri": "BÁO CÁO",
    "trả lời": "BÁO CÁO",
}

_REQUESTS = (
    "Ủy ban nhân dân {unit} kính trình Hội đồng nhân dân {unit} xem xét, quyết định./.",
    (
        "Trên đây là Tờ trình của Ủy ban nhân dân {unit}, kính đề nghị Hội đồng nhân dân "
        "{unit} xem xét, thông qua./."
    ),
    (
        "Kính trình Hội đồng nhân dân {unit} khóa {term} xem xét, ban hành Nghị quyết để "
        "làm cơ sở tổ chức thực hiện./."
    ),
)
_REPORT_ENDS = (
    "Trên đây là {what}, kính báo cáo Hội đồng nhân dân {unit} xem xét./.",
    "{what} xin kính trình Hội đồng nhân dân {unit} xem xét, cho ý kiến./.",
    "Kính báo cáo Hội đồng nhân dân, Thường trực Hội đồng nhân dân {unit} theo dõi, chỉ đạo./.",
)
_REPORT_SUBJECTS = {
    "thẩm tra": "báo cáo thẩm tra của {by}",
    "giám sát": "báo cáo kết quả giám sát",
    "cử tri": "báo cáo tổng hợp ý kiến, kiến nghị của cử tri",
    "trả lời": "kết quả giải quyết, trả lời kiến nghị của cử tri",
    "báo cáo": "báo cáo của Thường trực Hội đồng nhân dân",
}


def compose_sheet(spec: Spec) -> Sheet:
    """Return the document with letterhead, set phrases, recipients and signature."""
    if spec.kind == "tin tức":
        return Sheet(name=spec.title, abstract="", blocks=spec.blocks)
    return Sheet(
        name=spec.head.get("name", _NAMES[spec.kind]),
        abstract=spec.title,
        blocks=_BODIES.get(spec.kind, _keep_body)(spec),
        letterhead=_compose_letterhead(spec),
        recipients=_name_recipients(spec),
        signature=_compose_signature(spec),
    )


def name_signer(spec: Spec) -> str | None:
    """Return who signs the document; None for news."""
    if spec.kind == "tin tức":
        return None
    office = "UBND" if spec.kind in _EXECUTIVE_KINDS else spec.head.get("by", "HĐND")
    _, years = spec.council.term_on(spec.issued_on)
    return spec.head.get("signer") or name_person(spec.council.key, office, years)


def _compose_letterhead(spec: Spec) -> Letterhead:
    number = spec.number or spec.head.get("blank", "")
    return Letterhead(
        issuer=_name_issuer_lines(spec),
        number_line=f"Số: {number}" if number else "",
        place_and_date=f"{spec.council.place}, {write_day(spec.issued_on)}",
    )


def _name_issuer_lines(spec: Spec) -> tuple[str, ...]:
    unit = spec.council.unit.upper()
    if spec.kind in _EXECUTIVE_KINDS:
        return ("ỦY BAN NHÂN DÂN", unit)
    if by := spec.head.get("by"):
        return (f"HỘI ĐỒNG NHÂN DÂN {unit}", by.upper())
    return ("HỘI ĐỒNG NHÂN DÂN", unit)


def _compose_signature(spec: Spec) -> Signature:
    return Signature(_name_roles(spec), name_signer(spec) or "")


def _name_roles(spec: Spec) -> tuple[str, ...]:
    by = spec.head.get("by", "")
    if spec.kind == "nghị quyết":
        return ("CHỦ TỊCH",)
    if spec.kind in _EXECUTIVE_KINDS:
        return ("TM. ỦY BAN NHÂN DÂN", *_choose_chair(spec))
    if by.startswith("Ban "):
        return (f"TM. {by.upper()}", "TRƯỞNG BAN")
    if by.startswith("Đoàn"):
        return ("TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN")
    if spec.kind == "biên bản":
        return ("CHỦ TỌA KỲ HỌP", "CHỦ TỊCH")
    return ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", *_choose_chair(spec))


def _choose_chair(spec: Spec) -> tuple[str, ...]:
    return tuple(choose(("CHỦ TỊCH", "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH"), spec).split("|"))


def _name_recipients(spec: Spec) -> tuple[str, ...]:
    higher = {
        "tỉnh": ("Ủy ban Thường vụ Quốc hội; Chính phủ;", "Thường trực HĐND, UBND các xã, phường;"),
        "huyện": ("Thường trực HĐND, UBND cấp trên trực tiếp;", "HĐND, UBND các xã, thị trấn;"),
        "xã": ("Thường trực HĐND, UBND cấp trên trực tiếp;", "Các thôn, tổ dân phố;"),
    }[spec.council.level]
    if spec.kind in {"nghị quyết", "thông báo", "chương trình", "kế hoạch"}:
        own = "Đại biểu HĐND; các Ban HĐND; UBND cùng cấp;"
        return (*higher, own, "Lưu: VT, CTHĐND.")
    return ("Như kính gửi;", "Thường trực HĐND, các đại biểu HĐND;", "Lưu: VT.")


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _compose_resolution(spec: Spec) -> tuple[Block, ...]:
    """Return heading lines, citations, enacting line, articles, last article and formula."""
    term, _ = spec.council.term_on(spec.issued_on)
    cited = [block for block in spec.blocks if block.style == "citation"]
    articles = [block for block in spec.blocks if block.style != "citation"]
    return (
        Block("heading", f"HỘI ĐỒNG NHÂN DÂN {spec.council.unit.upper()}"),
        Block("heading", f"KHÓA {term}, KỲ HỌP THỨ {(spec.session or '').split()[0]}"),
        *(Block("citation", line) for line in _cite_laws(spec)),
        *cited,
        Block("heading", _enact(spec)),
        *articles,
        *_add_last_article(spec, articles),
        Block("paragraph", close_resolution(spec)),
    )


def _cite_laws(spec: Spec) -> tuple[str, ...]:
    laws = cite_organisation_law(spec.issued_on)
    if is_legislation(spec.number):
        return (*laws, cite_legislation_law(spec.issued_on))
    return laws


def _enact(spec: Spec) -> str:
    # The form of 2025 drops "QUYẾT NGHỊ:" from legal acts.
    if is_legislation(spec.number) and spec.issued_on.year > 2024:
        what = spec.title[:1].lower() + spec.title[1:]
        return f"Hội đồng nhân dân {spec.council.unit} ban hành Nghị quyết {what}."
    return "QUYẾT NGHỊ:"


def _add_last_article(spec: Spec, articles: list[Block]) -> tuple[Block, ...]:
    headings = [block.text for block in articles if block.text.startswith("Điều ")]
    if any(name in heading.lower() for heading in headings for name in _LAST_ARTICLES):
        return ()
    heading = Block("heading", f"Điều {len(headings) + 1}. Tổ chức thực hiện")
    return (heading, *(Block("paragraph", clause) for clause in assign_duties(spec)))


def _compose_proposal(spec: Spec) -> tuple[Block, ...]:
    term, _ = spec.council.term_on(spec.issued_on)
    unit = spec.council.unit
    end = choose(_REQUESTS, spec).format(unit=unit, term=term)
    addressee = f"Kính gửi: Hội đồng nhân dân {unit} khóa {term}"
    laws = tuple(Block("citation", line) for line in cite_organisation_law(spec.issued_on))
    return (
        Block("heading", addressee),
        *laws[:1],
        *spec.blocks,
        Block("paragraph", end),
    )


def _compose_report(spec: Spec) -> tuple[Block, ...]:
    by = f"{spec.head.get('by', '')} Hội đồng nhân dân {spec.council.unit}"
    what = _REPORT_SUBJECTS[spec.kind].format(by=by)
    sentence = choose(_REPORT_ENDS, spec).format(what=what, unit=spec.council.unit)
    if sentence.startswith(what):
        sentence = _capitalise(sentence)
    return (*spec.blocks, Block("paragraph", sentence))


def _keep_body(spec: Spec) -> tuple[Block, ...]:
    return spec.blocks


_BODIES: Mapping[str, Callable[[Spec], tuple[Block, ...]]] = {
    "nghị quyết": _compose_resolution,
    "tờ trình": _compose_proposal,
    "thẩm tra": _compose_report,
    "giám sát": _compose_report,
    "báo cáo": _compose_report,
    "cử tri": _compose_report,
    "trả lời": _compose_report,
}
