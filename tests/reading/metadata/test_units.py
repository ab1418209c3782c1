"""The table of units: what each is found by."""

from __future__ import annotations

from indexer.reading.metadata.units import list_units, name_key, name_units


def test_names_made_at_once_are_those_made_one_by_one() -> None:
    """A unit's key is `name_key` of what texts call it, and no unit is left out."""
    named = list(name_units())
    assert [entry for _name, entry in named] == list(list_units())
    assert all(name == name_key(entry.alias or entry.unit.name) for name, entry in named)
