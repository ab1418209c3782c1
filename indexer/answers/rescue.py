"""Ways out of an empty result: which word or filter to leave out, and what that would give."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.search_records import FACETS, Rescue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.search_records import SearchRequest

MOST_RESCUES = 4
# Each try costs a search; of a longer query the partial matches help more.
_MOST_TRIES = 12
# A phrase with the field before it; a field's name may be two words ("tiêu đề:", "cơ quan:").
_PIECE = re.compile(r'[-+]?(?:(?:[^\s":]+ )?[^\s":]+:\s?)?"[^"]*"(?:~\d+)?|\S+')


def find_rescues(
    request: SearchRequest, count: Callable[[SearchRequest], int]
) -> tuple[Rescue, ...]:
    """Return what to leave out of a request that finds nothing, the most helpful first.

    `count` gives the full matches of a request; 0 for one that can't be asked.
    """
    tries = list(_without_one(request))[:_MOST_TRIES]
    found = (Rescue(dropped, asked, count(asked)) for dropped, asked in tries)
    helpful = [rescue for rescue in found if rescue.total]
    return tuple(sorted(helpful, key=lambda rescue: -rescue.total)[:MOST_RESCUES])


def _without_one(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    for facet in FACETS:
        chosen = request.filters.get(facet, ())
        if chosen:
            filters = {name: held for name, held in request.filters.items() if name != facet}
            yield ", ".join(chosen), replace(request, filters=filters, page=1)
    pieces = list(_PIECE.finditer(request.q))
    if len(pieces) > 1:
        for piece in pieces:
            rest = f"{request.q[: piece.start()]} {request.q[piece.end() :]}"
            yield piece.group(), replace(request, q=" ".join(rest.split()), page=1)
