"""Units that were typed short or spelled as of old, written out: "tx sơn tây", "hn", "đăk lăk"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.answers.understanding.unit_lookup import KIND, is_short_kind, right_kind, units_at
from indexer.language.text import fold
from indexer.reading.metadata.loose_letters import is_typed_as
from indexer.reading.metadata.units import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.answers.understanding.unit_lookup import NamedUnits

_KIND = re.compile(rf"(?<![^\W_]){KIND}\s{{0,2}}")
_SYLLABLE = re.compile(r"[^\W_]+")


def write_out_units(opened: str) -> Iterator[tuple[str, str]]:
    """Yield what is typed short in lower letters, and what documents write instead.

    A name that was typed right stays as it was; of any other, every spelling is sought.

    >>> list(write_out_units("tx sơn tây")), list(write_out_units("rác hn"))
    ([('tx sơn tây', 'thị xã sơn tây')], [('hn', 'ha noi')])
    """
    end = 0
    for match in _KIND.finditer(opened):
        units = units_at(opened, match.end(), right_kind(match["kind"]))
        if units:
            end = units.end
            kind = match["kind"].strip()
            kind = units.units[0].kind if is_short_kind(kind) else kind
            yield from _written_out(opened, (match.start(), match.end()), kind, units)
    for word in _SYLLABLE.finditer(opened, end):
        units = units_at(opened, word.start())
        if units and units.provinces:
            yield from _written_out(opened, (word.start(), word.start()), "", units)


def _written_out(
    opened: str, start: tuple[int, int], kind: str, units: NamedUnits
) -> Iterator[tuple[str, str]]:
    """Yield one unit that begins at `start[0]`, its name at `start[1]`; none if typed in full."""
    names = {name_key(unit.name) for unit in units.units}
    typed, name = opened[start[0] : units.end], name_key(opened[start[1] : units.end])
    right = names.pop()
    if names:
        return
    if not is_typed_as(name, right):
        # A name of one syllable without its accents would be many other words.
        name = fold(right) if " " in right else right
    written = f"{kind} {name}".strip()
    written = fold(written) if fold(typed) == typed and " " in written else written
    if not is_typed_as(name_key(typed), written):
        yield typed, written
