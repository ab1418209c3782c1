"""Units that were typed short count as written out."""

from __future__ import annotations

import pytest

from indexer.answers.understanding.expansion import expand
from indexer.answers.understanding.short_units import write_out_units
from indexer.answers.understanding.unit_lookup import spell_units, units_at
from indexer.language.text import clean_text
from indexer.reading.metadata.units import Unit


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("tx sơn tây", "thị xã sơn tây"),
        ("tx son tay", "thị xã sơn tây"),
        ("q. hà đông", "quận hà đông"),
        ("p ba dinh", "phường ba đình"),
        ("tt mộc châu", "thị trấn mộc châu"),
        ("t.p thanh hoá", "thành phố thanh hoá"),
        ("hn", "hà nội"),
        ("daklak", "đắk lắk"),
        ("đăk lăk", "đắk lắk"),
        ("đắc lắc", "đắk lắk"),
        ("huê", "huế"),
        ("hà nôi", "hà nội"),
        ("huyện thuờng tín", "huyện thường tín"),
        ("brvt", "bà rịa vũng tàu"),
    ],
)
def test_a_short_unit_is_written_out(typed: str, written: str) -> None:
    """Its kind in full, its name in the right spelling."""
    assert list(write_out_units(typed)) == [(typed, written)]


@pytest.mark.parametrize(
    "typed",
    [
        "thị xã sơn tây",
        "xã hồng vân",
        "ha noi",
        "hà nội",
        "thủ đô hà nội",
        "tt hđnd",
        "h 2 o",
        "học phí",
    ],
)
def test_a_unit_in_full_and_other_words_are_left(typed: str) -> None:
    """A letter before no name is short for nothing."""
    assert list(write_out_units(typed)) == []


def test_bare_letters_of_two_names_are_not_written_out() -> None:
    """Which was meant nobody knows."""
    units = units_at("dong khe", 0, "xã")
    assert units
    assert spell_units(units.units) == "xã Đồng Khê hoặc xã Đông Khê"
    assert list(write_out_units("x. dong khe")) == []


def test_many_units_of_bare_letters_are_not_all_named() -> None:
    """A chip names three at the most."""
    units = tuple(Unit("xã", name) for name in ("Vân", "Vần", "Vấn", "Văn"))
    assert spell_units(units) == "xã Vân hoặc xã Vần hoặc xã Vấn hoặc …"


def test_documents_that_write_the_unit_out_count_as_holding_it() -> None:
    """Beside what the tables say in other ways."""
    found = expand((), clean_text("rác TX Sơn Tây"))
    assert ["thị xã sơn tây"] in [
        [" ".join(word.syllable for word in phrase.words) for phrase in each.phrases]
        for each in found
    ]
    assert len(expand((), clean_text("tphcm"))) == 1
