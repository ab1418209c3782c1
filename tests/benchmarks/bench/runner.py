"""The comparison itself: the same questions to each engine in turn, answers compared."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.bench.documents import SEED
from tests.benchmarks.bench.figures import Spread, spread_of
from tests.benchmarks.bench.sides import OpenSide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.bench.questions import Asked
    from tests.benchmarks.bench.sides import Side
    from tests.benchmarks.bench.work import Found

WARM_UP = 3
SLOW_ROUNDS = 5
TIMED = 2
"""How often a query is timed in one turn, after it was asked once to wake the engine's process:
another engine had the processor and its caches before, which would add the same to everybody."""

Classes = dict[str, tuple["Asked", ...]]


class Rounds(NamedTuple):
    """How often everything is asked."""

    timed: int
    warm_up: int = WARM_UP
    slow: int = SLOW_ROUNDS
    """Timed rounds of slow engines, one time in each turn; one round warms them."""


class Measured(NamedTuple):
    """What came of one engine and one class, or one query."""

    spread: Spread
    hits: int
    """Documents found, all queries of the class together."""
    first: float | None = None
    """The median of what woke the engine, in milliseconds."""


class Comparison(NamedTuple):
    """What came of all."""

    versions: Mapping[str, str]
    classes: Mapping[str, Mapping[str, Measured]]
    """{class: {engine: …}}"""
    queries: Mapping[str, Mapping[str, Mapping[str, Measured]]]
    """{class: {query: {engine: …}}}"""
    disagreements: tuple[str, ...]


def compare(
    sides: Sequence[tuple[Side, Path]], classes: Classes, rounds: Rounds, peers: Path
) -> Comparison:
    """Ask every engine everything and return the figures; each has its own index.

    Engines take turns query by query, queries in an order that changes with every round.
    """
    with ExitStack() as stack:
        opened = [stack.enter_context(OpenSide(side, at, peers)) for side, at in sides]
        found = {side.side.name: _ask_whole(side, classes) for side in opened}
        times = _ask_in_turn(opened, classes, rounds)
        versions = {side.side.name: side.version for side in opened}
    return Comparison(
        versions,
        _by_class(classes, found, times),
        _by_query(classes, found, times),
        tuple(find_disagreements(classes, found)),
    )


Key = tuple[str, int]
"""A query: its class, and its place in the class."""
Turns = list[tuple[float, ...]]
"""The milliseconds of each turn; of several, the first woke the engine."""


def keys_of(classes: Classes, *, sums_only: bool = False) -> list[Key]:
    """Return every query; only single words and alternatives where sums alone are wanted."""
    return [
        (name, place)
        for name, asked in classes.items()
        for place in range(len(asked))
        if not sums_only or is_sum(asked)
    ]


def is_sum(asked: Sequence[Asked]) -> bool:
    """Tell whether each query of a class is one word or any of several: a mere sum of scores."""
    return all(a.question.kind == "any" or len(a.question.words) == 1 for a in asked)


def _ask_whole(side: OpenSide, classes: Classes) -> dict[Key, Found]:
    return {
        (name, place): side.ask(classes[name][place].question, whole=True).found
        for name, place in keys_of(classes, sums_only=side.side.sums_only)
    }


def _ask_in_turn(
    sides: Sequence[OpenSide], classes: Classes, rounds: Rounds
) -> dict[str, dict[Key, Turns]]:
    """Return the milliseconds of each engine and query, warm-up rounds left out."""
    times: dict[str, dict[Key, Turns]] = {side.side.name: defaultdict(list) for side in sides}
    chance = random.Random(SEED)  # noqa: S311 (an order, no secret)
    keys = keys_of(classes)
    for turn in range(-rounds.warm_up, rounds.timed):
        chance.shuffle(keys)
        for key in keys:
            for side in chance.sample(sides, len(sides)):
                if not _takes_part(side.side, classes[key[0]], turn, rounds):
                    continue
                asked = 1 if side.side.slow else 1 + TIMED
                reply = side.ask(classes[key[0]][key[1]].question, asked)
                if turn >= 0:
                    times[side.side.name][key].append(reply.milliseconds)
    return times


def _takes_part(side: Side, asked: Sequence[Asked], turn: int, rounds: Rounds) -> bool:
    if side.sums_only and not is_sum(asked):
        return False
    return not side.slow or -1 <= turn < rounds.slow


def find_disagreements(classes: Classes, found: Mapping[str, Mapping[Key, Found]]) -> list[str]:
    """Return a sentence for each query that an engine answered unlike the first of them.

    The number of documents, the counts of every facet and the number of titles must be the same.
    Which titles is up to each engine's BM25.
    """
    sentences = []
    (judge, expected), *others = found.items()
    for name, answers in others:
        for key, answer in answers.items():
            for what, ours, theirs in _differences(expected[key], answer):
                query = classes[key[0]][key[1]].text
                sentences.append(
                    f"{key[0]}, {query!r}: {judge} says {ours}, {name} {theirs} ({what})"
                )
    return sentences


def _differences(one: Found, other: Found) -> list[tuple[str, object, object]]:
    """Return (what differs, one's value, the other's)."""
    pairs: list[tuple[str, object, object]] = [
        ("documents", one.total, other.total),
        ("titles", len(one.titles), len(other.titles)),
    ]
    pairs += [(f"facet {facet}", one.facets[facet], other.facets[facet]) for facet in one.facets]
    return [(what, a, b) for what, a, b in pairs if a != b]


def _by_class(
    classes: Classes,
    found: Mapping[str, Mapping[Key, Found]],
    times: Mapping[str, Mapping[Key, Turns]],
) -> dict[str, dict[str, Measured]]:
    return {
        name: {
            engine: measured
            for engine in found
            if (measured := _measure(keys_of({name: asked}), found[engine], times[engine]))
        }
        for name, asked in classes.items()
    }


def _by_query(
    classes: Classes,
    found: Mapping[str, Mapping[Key, Found]],
    times: Mapping[str, Mapping[Key, Turns]],
) -> dict[str, dict[str, dict[str, Measured]]]:
    return {
        name: {
            asked.text: {
                engine: measured
                for engine in found
                if (measured := _measure([(name, place)], found[engine], times[engine]))
            }
            for place, asked in enumerate(all_asked)
        }
        for name, all_asked in classes.items()
    }


def _measure(
    keys: Sequence[Key], found: Mapping[Key, Found], times: Mapping[Key, Turns]
) -> Measured | None:
    """Return what came of these queries, all times of all of them together."""
    if not all(key in found for key in keys):
        return None
    turns = [turn for key in keys for turn in times[key]]
    spread = spread_of([each for turn in turns for each in turn[-TIMED:]])
    hits = sum(found[key].total for key in keys)
    woken = [turn[0] for turn in turns if len(turn) > TIMED]
    return Measured(spread, hits, spread_of(woken).p50 if woken else None)
