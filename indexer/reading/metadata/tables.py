"""The tables of `indexer/data/`: tab-separated, one header line, UTF-8."""

from __future__ import annotations

from importlib.resources import files


def read_table(name: str) -> list[list[str]]:
    """Return the cells of each line below the header.

    >>> read_table("organ_codes.tsv")[0]
    ['HĐND', 'Hội đồng nhân dân']
    """
    table = (files("indexer") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines()[1:]]
