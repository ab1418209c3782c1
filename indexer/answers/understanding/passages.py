"""Which part of an act is asked for: "khoản 1 điều 2", "phụ lục II"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.answers.understanding.meanings import Passage
from indexer.reading.metadata.loose_letters import accept_bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.answers.understanding.meanings import Asked
    from indexer.records import DivisionKind

# From the inside out, as `Query.division` has them; how each is labelled.
_LABELS: Mapping[DivisionKind, str] = {
    "điểm": r"[a-zđ](?![^\W_])",
    "khoản": r"\d{1,3}[a-zđ]?(?![^\W_])",
    "điều": r"\d{1,3}[a-zđ]?(?![^\W_])",
    "tiểu mục": r"\d{1,3}(?![^\W_])",
    "mục": r"(?:\d{1,3}|[ivxl]{1,7})(?![^\W_])",
    "chương": r"(?:\d{1,3}|[ivxl]{1,7})(?![^\W_])",
    "phụ lục": r"(?:\d{1,3}|[ivxl]{1,7})(?![^\W_])",
}
_PARTS = tuple(
    # "Khoản 15/2023" holds no label, but a number or a month.
    (kind, re.compile(rf"(?<![^\W_]){accept_bare(kind)}\s{{1,2}}(?P<label>{label})(?![/.-]\d)"))
    for kind, label in _LABELS.items()
)
_BETWEEN = re.compile(r"[\s,;]{0,3}(?:của\s)?")


def find_passage(asked: Asked) -> Passage | None:
    """Return the part that is asked for; None without one, or with two apart from each other.

    It is only asked for when a number says of which act: see `understand`.
    """
    found: list[tuple[tuple[int, int], DivisionKind, str]] = []
    left = asked
    for kind, pattern in _PARTS:
        if match := pattern.search(left.open):
            label = match["label"]
            roman = kind not in ("điểm", "khoản", "điều") and not label.isdigit()
            found.append((match.span(), kind, label.upper() if roman else label))
            # "tiểu mục 1" holds no "mục 1".
            left = left.without((match.span(),))
    places = sorted(place for place, _, _ in found)
    for (_, end), (start, _) in pairwise(places):
        if not _BETWEEN.fullmatch(asked.open, end, start):
            return None
    if not found:
        return None
    division = tuple((kind, label) for _, kind, label in found)
    return Passage((places[0][0], places[-1][1]), division)
