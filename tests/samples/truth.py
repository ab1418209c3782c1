"""Spec -> the record that reading its file should give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.samples.forms import compose_sheet, name_signer
from tests.samples.formulas import name_ordinals, split_session

if TYPE_CHECKING:
    from tests.samples.spec import Spec

_KINDS = {
    "thẩm tra": "báo cáo thẩm tra",
    "giám sát": "báo cáo giám sát",
    "cử tri": "kiến nghị cử tri",
    "trả lời": "trả lời kiến nghị",
}
_REFINED = {
    "thông báo": ("kết luận", "thông báo kết luận"),
    "chương trình": ("kỳ họp", "chương trình kỳ họp"),
}
_EXECUTIVE_KINDS = ("tờ trình", "trả lời")


def state_truth(spec: Spec) -> dict[str, object]:
    """Return path, number, kind, issuer, level, issued_on, term, session, signer and abstract."""
    term, session = find_sitting(spec)
    news = spec.kind == "tin tức"
    return {
        "path": spec.path,
        "format": spec.format,
        "form": spec.kind,
        "title": spec.title,
        "number": spec.number,
        "kind": name_kind(spec),
        "issuer": name_issuer(spec),
        "level": spec.council.level,
        "issued_on": spec.issued_on.isoformat(),
        "term": term,
        "session": session,
        "signer": name_signer(spec),
        "abstract": None if news else spec.title,
    }


def find_sitting(spec: Spec) -> tuple[str | None, str | None]:
    """Return term and session where the document itself names them, each None elsewhere."""
    sheet = compose_sheet(spec)
    words = " ".join((sheet.name, sheet.abstract, *(block.text for block in sheet.blocks))).lower()
    term, _ = spec.council.term_on(spec.issued_on)
    stated = term if re.search(rf"khóa {term.lower()}\b", words) else None
    if not spec.session:
        return stated, None
    number, _ = split_session(spec.session)
    named = re.search(rf"kỳ họp thứ (?:{'|'.join(name_ordinals(number))})\b", words)
    return stated, number if named else None


def name_kind(spec: Spec) -> str:
    """Return the kind as readers file it, finer than the word above the abstract.

    A notice that opens with "Kết luận" is a conclusion, a programme of a session its agenda.
    """
    word, refined = _REFINED.get(spec.kind, ("", ""))
    if word and spec.title.lower().startswith((word, f"dự kiến chương trình {word}")):
        return refined
    return _KINDS.get(spec.kind, spec.kind)


def name_issuer(spec: Spec) -> str:
    """Return the issuer in full, as a sentence would call it."""
    if spec.kind in _EXECUTIVE_KINDS:
        return f"Ủy ban nhân dân {spec.council.unit}"
    by = spec.head.get("by", "")
    council = f"Hội đồng nhân dân {spec.council.unit}"
    return f"{by.removesuffix('Hội đồng nhân dân').strip()} {council}".strip()
