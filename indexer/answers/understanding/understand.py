"""What council shorthand means: numbers, periods, sessions, bodies, units and kinds.

Stages run one after the other, the surest first; each sees only the words that no stage before
it took. Whatever was understood is shown as a chip (`Understood`) and can be declined; no word
is lost that was not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.answers.understanding.bodies import find_bodies
from indexer.answers.understanding.kinds import find_kind
from indexer.answers.understanding.meanings import ask
from indexer.answers.understanding.numbers import find_full_numbers, find_short_numbers
from indexer.answers.understanding.passages import find_passage
from indexer.answers.understanding.periods import find_named_periods, find_years
from indexer.answers.understanding.relations import find_relations
from indexer.answers.understanding.sessions import find_named_sittings
from indexer.answers.understanding.units import find_levels, find_units
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.records import CleanText

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from indexer.answers.understanding.meanings import Asked, Meaning
    from indexer.query_records import Node, Preference, Understood
    from indexer.records import DivisionKind

# Neighbours of a part that was taken out must not meet: no bigram, no phrase of them.
_PARTED = " ; "
_LAST_LINK = re.compile(
    rf"(?<![^\W_]){accept_bare('(?:của|tại|ở|do)')}[^\w]{{0,4}}$", re.IGNORECASE
)
_LINKS = re.compile(
    rf"[^\w]*(?:(?:{accept_bare('của|về|số|tại|ngày|năm|ở|do|trong|và')})(?![^\W_])[^\w]*)+"
)

_OPENER = re.compile(
    accept_bare(
        r"(?:(?:xin\s)?cho\s(?:(?:tôi|mình|em)\s)?(?:được\s)?(?:hỏi|xem|biết)|xin\shỏi"
        r"|(?:tôi|mình|em)\s(?:muốn|cần)\s(?:hỏi|xem|tìm|biết)"
        r"|(?:tìm|xem|tra)\sgiúp\s(?:tôi|mình|em))(?:\svề)?\s+(?=\w)"
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Plain words of a query, understood."""

    text: CleanText
    """What is left as plain words."""
    literal_text: CleanText
    """The words with only the document numbers taken out: what the literal reading keeps."""
    nodes: tuple[Node, ...] = ()
    """The conditions that were understood, numbers included."""
    literal: tuple[Node, ...] = ()
    """Those of the conditions that are numbers: the literal reading keeps them."""
    preferences: tuple[Preference, ...] = ()
    understood: tuple[Understood, ...] = ()
    """In the order of the text."""
    division: tuple[tuple[DivisionKind, str], ...] = ()
    """The part of an act that was asked for, from the inside out."""


def understand(text: CleanText, declined: Collection[str] = ()) -> Reading:
    """Return what the words mean; `declined` keys (Understood.key) stay plain words.

    >>> from indexer.language.text import clean_text
    >>> reading = understand(clean_text("nq 15 2023 hdnd học phí"))
    >>> reading.nodes[0].keys, reading.text
    (('15/2023/nq-hdnd',), '; học phí')
    >>> [each.label for each in reading.understood]
    ['số 15/2023/NQ-HĐND']
    """
    asked = ask(_without_opener(text))
    passage = find_passage(asked)
    state = _State(asked.without((passage.place,)) if passage else asked, frozenset(declined))
    state = state.take(find_full_numbers)
    state = state.take(find_named_periods)
    state = state.take(lambda left: find_short_numbers(left, beside_passage=bool(passage)))
    if passage and not state.numbers:
        # Of no act in particular: the words are plain ones, and none of them is a number's.
        passage, state = None, _State(asked, frozenset(declined)).take(find_full_numbers)
        state = state.take(find_named_periods).take(find_short_numbers)
    if state.numbers and not state.asked.is_question:
        state = state.take(find_relations)
    state = state.take(find_named_sittings).take(find_bodies)
    state = state.take(lambda left: find_units(left, beside_number=bool(state.numbers)))
    state = state.take(find_levels).take(find_years).take(find_kind)
    return _read(state, passage.place if passage else None, passage.division if passage else ())


def _without_opener(text: CleanText) -> CleanText:
    """Return the text without the courtesy that it begins with; that asks for nothing."""
    opener = _OPENER.match(lower_letters(text))
    return CleanText(text[opener.end() :]) if opener else text


@dataclass(frozen=True, slots=True)
class _State:
    """Words still open, and what was understood of the others."""

    asked: Asked
    declined: frozenset[str]
    meanings: tuple[Meaning, ...] = ()

    @property
    def numbers(self) -> tuple[Meaning, ...]:
        return tuple(each for each in self.meanings if each.understood.kind == "number")

    def take(self, stage: Callable[[Asked], Iterable[Meaning]]) -> _State:
        """Return the state behind one more stage; what it understood is open to none after it."""
        found: list[Meaning] = []
        for each in stage(self.asked):
            if not any(each.place[0] < m.place[1] and m.place[0] < each.place[1] for m in found):
                found.append(each)
        kept = [each for each in found if each.understood.key not in self.declined]
        left = self.asked.without(tuple(each.place for each in found))
        return replace(self, asked=left, meanings=(*self.meanings, *kept))


def _read(
    state: _State,
    passage: tuple[int, int] | None,
    division: tuple[tuple[DivisionKind, str], ...],
) -> Reading:
    meanings = _as_conditions(state, passage)
    text = state.asked.text
    taken = [place for each in meanings for place in each.spans]
    numbers = [each for each in meanings if each.understood.kind == "number" and each.node]
    of_numbers = [place for each in numbers for place in each.spans]
    apart = [passage] if passage else []
    ordered = sorted(meanings, key=lambda each: each.place)
    return Reading(
        text=_cut(text, [*taken, *apart]),
        literal_text=_cut(text, [*of_numbers, *apart]),
        nodes=tuple(each.node for each in ordered if each.node),
        literal=tuple(each.node for each in numbers if each.node),
        preferences=tuple(part for each in ordered for part in each.preferences),
        understood=tuple({each.understood.key: each.understood for each in ordered}.values()),
        division=division,
    )


def _as_conditions(state: _State, passage: tuple[int, int] | None) -> tuple[Meaning, ...]:
    """Return the meanings; where no matter is named, a level is a condition as well.

    A period is one only where nothing else was asked for at all.
    """
    named = [each.place for each in state.meanings if each.alone or not each.keeps_words]
    if any(map(str.isalnum, _cut(state.asked.text, named))) or passage:
        return state.meanings
    conditions = any(each.node for each in state.meanings)
    meanings = (
        replace(each, preferences=each.alone_prefers or each.preferences) for each in state.meanings
    )
    return tuple(
        _as_condition(each)
        if each.alone and (each.understood.kind == "level" or not conditions)
        else each
        for each in meanings
    )


def _as_condition(meaning: Meaning) -> Meaning:
    chip = replace(meaning.understood, effect="filters")
    return replace(meaning, node=meaning.alone, understood=chip, keeps_words=False)


def _cut(text: CleanText, places: Iterable[tuple[int, int]]) -> CleanText:
    """Return the text without these places, a semicolon for each.

    Words that only tie two of them together ("của"), or one to what stands before, go with them.
    """
    left, end = [], 0
    for start, stop in sorted(places):
        left.append(text[end : max(start, end)])
        end = max(end, stop)
    left.append(text[end:])
    if len(left) > 1:
        left = ["" if _LINKS.fullmatch(lower_letters(part)) else part for part in left]
        left[:-1] = [_LAST_LINK.sub("", part) for part in left[:-1]]
    # What clean_text made stays clean: only spaces and semicolons come in.
    return CleanText(_PARTED.join(part.strip() for part in left).strip())
