"""The title a reader would cite a document by, and its abstract (trích yếu)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.banner import drop_banners
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.news import split_sentences
from indexer.reading.metadata.readable_case import readable_case
from indexer.reading.metadata.site_marks import drop_site_marks
from indexer.reading.metadata.subject import RUN_ON

if TYPE_CHECKING:
    from indexer.reading.metadata.layout import Layout
    from indexer.reading.metadata.reading import Reading

_LONGEST_TITLE = 150
_OPENING_CHARACTERS = 2000
_ABSTRACT_OF_TITLE = re.compile(
    r"^(?:\S+ ){1,6}?số\s*:?\s*\S+(?:,? ngày [\d/ thángnm]{3,30}?\d{4})?(?: của .{3,60}?)?[ ,:-]+"
    r"(?=(?:về|quy|sửa|ban|phê|thông|bãi|điều|kéo|giao|phân|hỗ|thẩm|giám|kết|tổng|v/v)\b)",
    re.IGNORECASE,
)


def find_abstract(layout: Layout, title: str) -> Finding[str] | None:
    """Return what the act says it is about: its subject lines, else the rest of its title."""
    if subject := layout.subject_text:
        return stated(_tidy(readable_case(subject)), subject)
    match = _ABSTRACT_OF_TITLE.match(title)
    if match is None:
        return None
    rest = title[match.end() :].strip()
    return stated(rest[:1].upper() + rest[1:], title)


def _tidy(subject: str) -> str:
    """Return the abstract with "V/v" written out and a capital first."""
    about = re.match(r"(?:v/v|về việc)\s*:?\s*", subject, flags=re.IGNORECASE)
    if about:
        return f"Về việc {_join(subject[about.end() :])}"
    return subject[:1].upper() + subject[1:]


def compose_title(layout: Layout, label: str, number: str | None, abstract: str | None) -> str:
    """Return kind, number and abstract as one line; empty for what is no act or paper.

    >>> from indexer.reading.metadata.layout import Layout
    >>> compose_title(Layout(formal=True), "Nghị quyết", "12/2023/NQ-HĐND", "Về việc đặt tên đường")
    'Nghị quyết số 12/2023/NQ-HĐND về việc đặt tên đường'
    """
    if not layout.formal:
        return ""
    name = readable_case(layout.heading) if layout.heading else label
    parts = (name[:1].upper() + name[1:], f"số {number}" if number else "", _join(abstract or ""))
    return " ".join(part for part in parts if part)


def _join(abstract: str) -> str:
    """Return the abstract with a small first letter, unless that letter begins a name."""
    first, _, rest = abstract.partition(" ")
    is_name = first.isupper() or (rest[:1].isupper() and first != "Về")
    return abstract if is_name else abstract[:1].lower() + abstract[1:]


def find_title(
    reading: Reading, label: str, number: str | None, abstract: str | None
) -> Finding[str]:
    """Return the title: an act's own line, else the headline, else the opening words."""
    composed = compose_title(reading.layout, label, number, abstract)
    if composed and (number or abstract):
        return stated(composed, composed)
    # The first line of an act is its letterhead's, no headline.
    if headline := reading.title or ("" if reading.layout.formal else reading.story.headline):
        line = RUN_ON.split(" ".join(headline.split()), maxsplit=1)[0]
        shown = readable_case(cut_at_word(line, 3 * _LONGEST_TITLE))
        return stated(shown, headline)
    top = drop_banners(reading.text[:_OPENING_CHARACTERS])
    opening = composed or opening_words(drop_site_marks(top) or top)
    return inferred(opening, opening)


def opening_words(text: str) -> str:
    """Return the first sentence, cut at the end of a word when it is long."""
    first = next(iter(split_sentences(text[:_OPENING_CHARACTERS])), "")
    return cut_at_word(" ".join(first.split()), _LONGEST_TITLE)


def cut_at_word(text: str, limit: int) -> str:
    """Return the text, or its whole words within the limit and an ellipsis.

    >>> cut_at_word("Hội đồng nhân dân tỉnh", 12)
    'Hội đồng…'
    """
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return cut.rstrip(" ,;:-–(") + "…"
