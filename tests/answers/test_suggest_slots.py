"""Which words of a query stay as they were typed."""

from __future__ import annotations

from indexer.answers.suggest_slots import _place_names
from indexer.language.analysis import find_syllables
from indexer.language.text import clean_text, fold
from indexer.reading.metadata.units import list_units


def test_names_read_at_once_are_those_read_one_by_one() -> None:
    """Names with apostrophes, hyphens and digits are cut into syllables as a query is."""
    expected: dict[str, set[tuple[str, bool]]] = {}
    for entry in list_units():
        words = find_syllables(clean_text(entry.alias or entry.unit.name))
        name = " ".join(word.normal for word in words)
        expected.setdefault(fold(name), set()).add((name, entry.tier == "tỉnh"))
    assert {bare: set(names) for bare, names in _place_names().items()} == expected
    assert any(not name.replace(" ", "").isalpha() for name in expected)
