"""Tables of Markdown pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def table_lines(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a Markdown table.

    >>> list(table_lines(("class", "ms"), [("phrase", "0.8")]))
    ['| class | ms |', '| --- | --- |', '| phrase | 0.8 |']
    """
    heads = list(heads)
    for cells in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(cells)} |"
