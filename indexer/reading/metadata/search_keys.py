"""What a text mentions that is looked up by an exact key: numbers, days, periods, sessions.

Keys: "number:45/2024/nq-hdnd" and its shorter forms, "date:2024-04-19", "month:2024-04",
"quarter:2024-1", "school:2024-2025", "years:2021-2026", "session:15", "term:16".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.language.analysis import KeySpan
from indexer.reading.metadata.document_facts import document_facts
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.number import find_numbers
from indexer.reading.metadata.number_forms import number_forms, own_number_keys
from indexer.reading.metadata.period_keys import find_periods
from indexer.reading.metadata.sitting_keys import find_sittings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["document_facts", "find_keys", "own_number_keys"]

# Most of a text has neither: the rules proper only read what stands around these.
_NUMBER = re.compile(r"\d[a-zđ]?\s{0,3}[/-]\s{0,3}(?=[a-zđ\d])|\d\s{0,2}[a-zđ]{2,4}\s?/\s?[hu]")
_PERIOD = re.compile(r"(?:19|20)\d\d")
_NUMBER_REACH = (24, 48)
_PERIOD_REACH = (32, 16)


def find_keys(text: str) -> tuple[KeySpan, ...]:
    """Return what NFC text mentions, in order, no span inside of another; linear in the text.

    A span is as short as can be ("2024-2025", not "năm học 2024-2025"), since words in it are
    no neighbours of the words around it.

    >>> [span.keys[0] for span in find_keys("Nghị quyết số 5/2024/NQ-HĐND ngày 19/4/2024")]
    ['number:5/2024/nq-hdnd', 'date:2024-04-19']
    >>> find_keys("Năm 2024 có 12 đại biểu, đạt 8/10 điểm")
    ()
    """
    lowered = lower_letters(text)
    spans = [*_numbers(text, lowered), *_periods(lowered), *_sittings(lowered)]
    return tuple(_apart(sorted(spans, key=lambda span: (span.start, -span.end))))


def _apart(spans: Iterable[KeySpan]) -> Iterator[KeySpan]:
    end = 0
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


def _numbers(text: str, lowered: str) -> Iterator[KeySpan]:
    for start, end in _stretches(_NUMBER, lowered, _NUMBER_REACH):
        for span in find_numbers(text[start:end]):
            # What a cut begins with may be the end of something longer; so is "2:2012/BQP".
            at = start + span.start
            if (span.start or not start) and text[max(0, at - 1) : at] != ":":
                keys = tuple(f"number:{form}" for form in number_forms(span.canonical))
                yield KeySpan(at, start + span.end, keys)


def _periods(lowered: str) -> Iterator[KeySpan]:
    for start, end in _stretches(_PERIOD, lowered, _PERIOD_REACH):
        for span in find_periods(lowered[start:end]):
            yield KeySpan(start + span.key_start, start + span.end, span.keys)


def _sittings(lowered: str) -> Iterator[KeySpan]:
    if "họp" in lowered or "khoá" in lowered:
        for span in find_sittings(lowered):
            if span.sort != "session-type":
                yield KeySpan(span.key_start, span.end, (span.key,))


def _stretches(
    trigger: re.Pattern[str], lowered: str, reach: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the parts of the text around what the trigger finds, none touching another."""
    start = end = -1
    for match in trigger.finditer(lowered):
        if start < 0 or match.start() - reach[0] > end:
            if start >= 0:
                yield start, min(end, len(lowered))
            start = max(0, match.start() - reach[0])
        end = match.end() + reach[1]
    if start >= 0:
        yield start, min(end, len(lowered))
