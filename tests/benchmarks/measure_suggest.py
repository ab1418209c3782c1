"""Measure did-you-mean: false alarms on right queries, and how often injected errors are put right.

    python -m tests.benchmarks.measure_suggest --index DIR --queries QUERIES.tsv [QUERIES.tsv ...]

QUERIES.tsv holds `id<TAB>query` lines, taken for right. Each kind of error is put once into every
query that can have it, by a generator with a fixed seed. Prints, per kind, the share put right,
the share changed in another way, and the share left alone; then milliseconds. Queries without
accents can only have errors of the letters. Writing the words of all shards is timed as well.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.answers.suggest import suggest_query
from indexer.language.analysis import normalise
from indexer.language.spelling import confusable
from indexer.language.text import clean_text, fold
from indexer.language.typing_methods import Letters, put_together, take_apart
from indexer.store.engine.shard_files import SHARDS
from indexer.store.generations import current_generation, generation_path
from indexer.store.vocabulary import ENDING, Vocabulary, write_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_TELEX = dict(zip(_TONES, "fsxrj", strict=True))
_VNI = dict(zip(_TONES, "21435", strict=True))
_TELEX_SHAPES = {"â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "ă": "aw", "đ": "dd"}
_VNI_SHAPES = {"â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "ă": "a8", "đ": "d9"}


def main() -> None:
    """Run every kind of error over the queries and print one line each."""
    arguments = _read_arguments()
    directory = generation_path(arguments.index, current_generation(arguments.index).name)
    _measure_writing(directory)
    started = time.perf_counter()
    vocabulary = Vocabulary.open(directory)
    out = sys.stdout
    out.write(f"open: {(time.perf_counter() - started) * 1000:.2f} ms\n")
    right = [
        normalise(clean_text(line.split("\t")[1]))
        for path in arguments.queries
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    _measure_right(right, vocabulary, show=arguments.show)
    for name, damage in _DAMAGES.items():
        _measure_damage(name, damage, right, vocabulary, show=arguments.show)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True, nargs="+")
    parser.add_argument("--show", type=int, default=0, help="examples of each outcome")
    return parser.parse_args()


def _measure_writing(directory: Path) -> None:
    """Print how long the words of all shards take; an update takes its own shard's share."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (directory / SHARDS, *directory.glob("*.shard")):
            (Path(folder) / path.name).symlink_to(path.resolve())
        started = time.perf_counter()
        write_vocabulary(Path(folder))
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).glob(f"*{ENDING}")) / 1e6
    sys.stdout.write(f"write: {seconds:.2f} s, {size:.1f} MB\n")


def _measure_right(right: list[str], vocabulary: Vocabulary, *, show: int) -> None:
    for name, queries in {"right": right, "right, bare": [fold(text) for text in right]}.items():
        times, alarms = [], []
        for text in queries:
            got, milliseconds = _ask(text, vocabulary)
            times.append(milliseconds)
            if got is not None:
                alarms.append((text, got))
        sys.stdout.write(
            f"{name}: {len(queries)} queries, {len(alarms)} false alarms "
            f"({len(alarms) / len(queries):.1%}), {_times(times)}\n"
        )
        for text, got in alarms[:show]:
            sys.stdout.write(f"    {text}\n -> {got}\n")


def _measure_damage(
    name: str,
    damage: Callable[[str, random.Random], str],
    right: list[str],
    vocabulary: Vocabulary,
    *,
    show: int,
) -> None:
    chance = random.Random(4)  # noqa: S311 (the same errors in every run)
    times, outcomes, shown = [], [], 0
    for text in right:
        damaged = damage(text, chance)
        if damaged == text:
            continue
        got, milliseconds = _ask(damaged, vocabulary)
        times.append(milliseconds)
        # What is typed without accents is right without them.
        outcomes.append(_judge(got, fold(text) if name.endswith("bare") else text))
        if outcomes[-1] != "right" and shown < show:
            shown += 1
            sys.stdout.write(f"    {text}\n  ! {damaged}\n -> {got}\n")
    total = max(1, len(outcomes))
    shares = ", ".join(
        f"{each} {outcomes.count(each) / total:.1%}" for each in ("right", "other", "left")
    )
    sys.stdout.write(f"{name}: {len(outcomes)} queries, {shares}, {_times(times)}\n")


def _judge(got: str | None, wanted: str) -> str:
    if got is None:
        return "left"
    return "right" if got == wanted else "other"


def _ask(text: str, vocabulary: Vocabulary) -> tuple[str | None, float]:
    started = time.perf_counter()
    suggestion = suggest_query(text, vocabulary)
    milliseconds = (time.perf_counter() - started) * 1000
    return suggestion and normalise(clean_text(suggestion.query)), milliseconds


def _times(times: list[float]) -> str:
    if not times:
        return "no times"
    return f"median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms"


def _in_one_word(
    change: Callable[[str, random.Random], str],
) -> Callable[[str, random.Random], str]:
    """Return a damage that changes one word of three letters or more."""

    def damage(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        places = [i for i, word in enumerate(words) if len(word) > 2 and word.isalpha()]
        chance.shuffle(places)
        for place in places:
            changed = change(words[place], chance)
            if changed != words[place] and changed:
                return " ".join([*words[:place], changed, *words[place + 1 :]])
        return text

    return damage


def _in_every_word(change: Callable[[str], str]) -> Callable[[str, random.Random], str]:
    return lambda text, _chance: " ".join(
        change(word) if word.isalpha() else word for word in text.split(" ")
    )


def _leave_out(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _put_in(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) + 1)
    return word[:place] + chance.choice("abcdeghiklmnopqrstuvxy") + word[place:]


def _swap(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _change_letter(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("abcdeghiklmnopqrstuvxy") + word[place + 1 :]


def _confuse(word: str, chance: random.Random) -> str:
    """Confuse sounds, keeping the accents where the letters stay."""
    shaped, tone = take_apart(word)
    others = [
        changed
        for bare in sorted(confusable(fold(shaped)))
        if (changed := put_together(Letters(_dress(bare, shaped), tone)))
    ]
    return chance.choice(others) if others else word


def _dress(bare: str, shaped: str) -> str:
    """Put the shapes of one word on the letters of another, from its end or from its start."""
    ours = list(bare)
    shapes = [(i, letter) for i, letter in enumerate(shaped) if fold(letter) != letter]
    for place, letter in shapes:
        for at in (place + len(bare) - len(shaped), place):
            if 0 <= at < len(ours) and ours[at] == fold(letter):
                ours[at] = letter
                break
    return "".join(ours)


def _drop_tone(word: str, _chance: random.Random) -> str:
    shaped, tone = take_apart(word)
    return shaped if tone and not shaped.isascii() else word


def _change_tone(word: str, chance: random.Random) -> str:
    shaped, tone = take_apart(word)
    others = [put_together(Letters(shaped, each)) for each in _TONES if tone and each != tone]
    found = [other for other in others if other]
    return chance.choice(found) if found else word


def _swap_hook_and_tilde(word: str, _chance: random.Random) -> str:
    shaped, tone = take_apart(word)
    other = {"\u0309": "\u0303", "\u0303": "\u0309"}.get(tone)
    return (put_together(Letters(shaped, other)) or word) if other else word


def _drop_shape(word: str, chance: random.Random) -> str:
    shaped, tone = take_apart(word)
    places = [i for i, letter in enumerate(shaped) if fold(letter) != letter]
    if not places or not tone:
        return word
    place = chance.choice(places)
    changed = shaped[:place] + fold(shaped[place]) + shaped[place + 1 :]
    return put_together(Letters(changed, tone)) or word


def _misplace_tone(word: str, _chance: random.Random) -> str:
    shaped, tone = take_apart(word)
    vowels = [i for i, letter in enumerate(shaped) if letter in "aăâeêioôơuưy"]
    for place in vowels if tone else []:
        moved = unicodedata.normalize("NFC", shaped[: place + 1] + tone + shaped[place + 1 :])
        if normalise(clean_text(moved)) != word:
            return moved
    return word


def _type(word: str, shapes: dict[str, str], tones: dict[str, str]) -> str:
    shaped, tone = take_apart(word)
    return "".join(shapes.get(letter, letter) for letter in shaped) + tones.get(tone, "")


def _telex(word: str) -> str:
    return _type(word, _TELEX_SHAPES, _TELEX)


def _vni(word: str) -> str:
    return _type(word, _VNI_SHAPES, _VNI)


_DAMAGES = {
    "letter left out": _in_one_word(_leave_out),
    "letter too much": _in_one_word(_put_in),
    "letters swapped": _in_one_word(_swap),
    "other letter": _in_one_word(_change_letter),
    "sounds confused": _in_one_word(_confuse),
    "tone left out": _in_one_word(_drop_tone),
    "other tone": _in_one_word(_change_tone),
    "hook for tilde": _in_one_word(_swap_hook_and_tilde),
    "shape left out": _in_one_word(_drop_shape),
    "tone misplaced": _in_one_word(_misplace_tone),
    "telex": _in_every_word(_telex),
    "telex, one word": _in_one_word(lambda word, _chance: _telex(word)),
    "vni": _in_every_word(_vni),
    "letter left out, bare": lambda text, chance: _in_one_word(_leave_out)(fold(text), chance),
}


if __name__ == "__main__":
    main()
