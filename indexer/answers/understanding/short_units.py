"""Units that were typed short or spelled as of old, written out: "tx sơn tây", "hn", "đăk lăk"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.answers.understanding.unit_lookup import KIND, is_short_kind, right_kind, units_at
from indexer.language.text import fold
from indexer.reading.metadata.units import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.answers.understanding.unit_lookup import NamedUnits

_KIND = re.compile(rf"(?<![^\W_]){KIND}\s{{0,2}}")
_SYLLABLE = re.compile(r"[^\W_]+")


def write_out_units(opened: str) -> Iterator[tuple[str, str]]:
    """Yield what is typed short in lower letters, and what documents write instead.

    >>> list(write_out_units("tx sơn tây")), list(write_out_units("rác hn"))
    ([('tx sơn tây', 'thị xã sơn tây')], [('hn', 'hà nội')])
    """
    end = 0
    for match in _KIND.finditer(opened):
        units = units_at(opened, match.end(), right_kind(match["kind"]))
        if units:
            end = units.end
            kind = match["kind"].strip()
            kind = units.units[0].kind if is_short_kind(kind) else kind
            yield from _written_out(opened, match.start(), kind, units)
    for word in _SYLLABLE.finditer(opened, end):
        units = units_at(opened, word.start())
        if units and units.provinces:
            yield from _written_out(opened, word.start(), "", units)


def _written_out(
    opened: str, start: int, kind: str, units: NamedUnits
) -> Iterator[tuple[str, str]]:
    """Yield one unit that begins there; none where it was typed in full."""
    names = {name_key(unit.name) for unit in units.units}
    typed = opened[start : units.end]
    written = f"{kind} {names.pop()}".strip()
    if not names and not _is_found(name_key(typed), written):
        yield typed, written


def _is_found(typed: str, written: str) -> bool:
    """Say whether each word finds the right one: a word with half its accents finds none."""
    words = typed.split(), written.split()
    return len(words[0]) == len(words[1]) and all(
        word in (right, fold(right)) for word, right in zip(*words, strict=True)
    )
