"""Sessions (kỳ họp) and terms (khóa) in a query: those documents first, mentions after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning, phrase
from indexer.query_records import Fact, Mention, Or, Preference
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.numerals import write_roman
from indexer.reading.metadata.sitting_keys import SittingSpan, find_sittings

if TYPE_CHECKING:
    from indexer.answers.understanding.meanings import Asked

_COUNT = r"(?P<count>\d{1,2})(?![^\W_]|[/.-]\d)"
# In running text "kỳ họp 15" would be a slip; as shorthand it is clear.
_NUMBER_ALONE = re.compile(
    accept_bare(
        rf"(?<![^\W_])(?:k(?:ỳ|ì)\s{{1,2}}họp\s{{1,2}}(?:số\s)?|kh\s(?:lần\s)?thứ\s"
        # A school's or a plan's "kỳ" is counted as well: "học kỳ thứ 2", "thời kỳ 5 năm".
        rf"|(?<!học\s)(?<!thời\s)(?<!định\s)(?<!chu\s)(?<!nhiệm\s)k(?:ỳ|ì)\s(?:lần\s)?thứ\s)"
        rf"{_COUNT}"
    )
)
_BESIDE_TERM = re.compile(
    accept_bare(rf"(?<![^\W_])(?<!học\s)(?<!thời\s)(?<!định\s)k(?:ỳ|ì)\s{_COUNT}")
)


def find_named_sittings(asked: Asked) -> list[Meaning]:
    """Return the sessions, session types and terms that the words name.

    A document that is of such a session, or mentions one, fits; whose it is, the council named
    beside it says. In a question they only make a document better.
    """
    spans = find_sittings(asked.open, loose=True)
    starts = {span.start for span in spans}
    patterns = [_NUMBER_ALONE]
    if any(span.sort == "term" for span in spans):
        patterns.append(_BESIDE_TERM)
    spans += [
        SittingSpan(*match.span(), match.start("count"), "session", str(int(match["count"])))
        for pattern in patterns
        for match in pattern.finditer(asked.open)
        if match.start() not in starts
    ]
    return [_read(asked, span) for span in spans]


def _read(asked: Asked, span: SittingSpan) -> Meaning:
    place = (span.start, span.end)
    label = _label(span)
    fact = Fact((span.key,))
    mention = phrase(label) if span.sort == "session-type" else Mention((span.key,))
    prefers = asked.is_question
    return Meaning(
        name_meaning(
            asked,
            place,
            "term" if span.sort == "term" else "session",
            label,
            "prefers" if prefers else "filters",
        ),
        place,
        node=None if prefers else Or((fact, mention)),
        preferences=(Preference(fact, PREFER.session, f"của {label}"),),
        keeps_words=prefers,
    )


def _label(span: SittingSpan) -> str:
    if span.sort == "term":
        return f"khóa {write_roman(int(span.value))}"
    if span.value.isdigit():
        return f"kỳ họp thứ {span.value}"
    return f"kỳ họp {span.value}"
