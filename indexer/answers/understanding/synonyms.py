"""The table of words that say the same: ours, and an operator's own file.

Tab-separated with one header line: how a line is read, its weight, and its words parted by bars.
With "=" each of them finds all the others; with ">" the first one finds the others, and they do
not find it. Empty lines and lines that begin with "#" are passed over.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import SynonymFileError
from indexer.language.analysis import find_syllables
from indexer.language.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT: dict[Path | None, tuple[Synonym, ...]] = {}
_CELLS = 3
_LEAST_WORDS = 2


class Synonym(NamedTuple):
    """One way to say something else: both as syllables of the index."""

    said: tuple[str, ...]
    meant: tuple[str, ...]
    weight: float
    """From 0 (left out) to 1."""


def read_synonyms(path: Path | None = None) -> tuple[Synonym, ...]:
    """Return the table that ships with the project, or the one at the path instead.

    A changed file is read anew. SynonymFileError names the file and the line that can't be read.

    >>> [each.meant for each in read_synonyms() if each.said == ("tiền", "học")]
    [('học', 'phí')]
    """
    if path is None:
        return _read("", 0)
    try:
        return _read(str(path), path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise SynonymFileError(
            f"{path}: the table of synonyms can't be read ({error}); give HDND_SYNONYMS a file in "
            "UTF-8, or unset it"
        ) from error


def keep_synonyms(path: Path | None) -> tuple[Synonym, ...]:
    """Return the table; while its file can't be read, the one that could be before.

    An operator who edits it must not stop the search. SynonymFileError when none was ever read.
    """
    try:
        _KEPT[path] = read_synonyms(path)
    except SynonymFileError as error:
        if path not in _KEPT:
            raise
        _tell_once(str(error))
    return _KEPT[path]


@lru_cache(maxsize=16)
def _tell_once(fault: str) -> None:
    logging.getLogger(__name__).warning("%s; the table as it was before stays in use", fault)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int) -> tuple[Synonym, ...]:
    source = Path(path) if path else files("indexer") / "data" / "synonyms.tsv"
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    return tuple(
        synonym
        for number, line in enumerate(lines[1:], start=2)
        if line.strip() and not line.startswith("#")
        for synonym in _read_line(line, f"{path or 'synonyms.tsv'}:{number}")
    )


def _read_line(line: str, where: str) -> Iterator[Synonym]:
    cells = line.split("\t")
    if len(cells) != _CELLS:
        raise SynonymFileError(
            f"{where}: {len(cells)} cells instead of {_CELLS}; write way, weight and words, "
            "parted by tabs"
        )
    way, weight = cells[0].strip(), _read_weight(cells[1], where)
    groups = [_syllables(words) for words in cells[2].split("|")]
    if way not in ("=", ">"):
        raise SynonymFileError(f'{where}: unknown way {way!r}; write "=" or ">"')
    if len(groups) < _LEAST_WORDS or not all(groups):
        raise SynonymFileError(f'{where}: too few words; write at least two, parted by "|"')
    for said in groups if way == "=" else groups[:1]:
        yield from (Synonym(said, meant, weight) for meant in groups if meant != said)


def _syllables(words: str) -> tuple[str, ...]:
    return tuple(each.normal for each in find_syllables(clean_text(words)))


def _read_weight(cell: str, where: str) -> float:
    try:
        weight = float(cell)
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1:
        raise SynonymFileError(f"{where}: weight {cell!r} is no number from 0.1 to 1")
    return weight
