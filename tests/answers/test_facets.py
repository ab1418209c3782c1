"""Facet values as readers choose and see them."""

from __future__ import annotations

import pytest

from indexer.answers.facets import UNKNOWN, engine_filters, facet_values, read_filters
from indexer.errors import UnknownFacetError, UnknownFacetValueError
from indexer.store.engine.protocol import EngineAnswer

KNOWN = {"category": ("Tin tức", "Đầu tư công"), "issuer": ("HĐND xã A", ""), "level": ("xã",)}


def answer(months: dict[tuple[int, int], int], **facets: dict[str, int]) -> EngineAnswer:
    """Make an engine's answer with these counts."""
    counts = {name: facets.get(name, {}) for name in ("category", "level", "kind", "issuer")}
    return EngineAnswer(0, 0, 0, (), counts, months)


@pytest.mark.parametrize(
    ("facet", "value", "read"),
    [
        ("category", "Đầu tư công", "Đầu tư công"),
        ("category", "dau tu cong", "Đầu tư công"),
        ("level", "xã", "xã"),
        ("level", "tỉnh", "tỉnh"),
        ("level", "Tỉnh/thành phố", "tỉnh"),
        ("kind", "Nghị quyết", "nghị quyết"),
        ("issuer", "không rõ", UNKNOWN),
        ("category", "Chưa phân loại", "chưa phân loại"),
        ("kind", "không rõ", "không rõ"),
        ("date", "2024", "2024"),
        ("date", "2024-04", "2024-04"),
        ("date", "Không rõ", UNKNOWN),
    ],
)
def test_values_labels_and_bare_letters_are_understood(facet: str, value: str, read: str) -> None:
    """Operators type without accents, and copy labels from pages."""
    assert read_filters({facet: (value,)}, KNOWN) == {facet: (read,)}


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("category", "Thể thao"),
        ("level", "liên bang"),
        ("kind", ""),
        ("issuer", "HĐND xã B"),
        ("date", "2024-13"),
        ("date", "2024-00"),
        ("date", "0000"),
        ("date", "0000-05"),
        ("date", "24"),
        ("date", "٢٠٢٤"),
        ("date", "2024-04-19"),
    ],
)
def test_unknown_values_are_named(facet: str, value: str) -> None:
    """No silent widening: what can't be filtered by is an error."""
    with pytest.raises(UnknownFacetValueError) as caught:
        read_filters({facet: (value,)}, KNOWN)
    assert (caught.value.facet, caught.value.value) == (facet, value)


def test_unknown_facets_are_named() -> None:
    """The error lists the facets there are."""
    with pytest.raises(UnknownFacetError, match="choose one of category, date"):
        read_filters({"colour": ("red",)}, KNOWN)


def test_filters_reach_the_engine_in_its_own_terms() -> None:
    """Years, months and the unknown ones each have their form."""
    chosen = {"date": ("2024", "2025-01", UNKNOWN), "issuer": (UNKNOWN, "HĐND xã A")}
    filters = engine_filters(chosen)
    assert filters.months == {(2024, 0), (2025, 1), (0, 0)}
    assert filters.values == {"issuer": {"", "HĐND xã A"}}


def test_chosen_values_stay_visible_at_zero_and_others_do_not() -> None:
    """A reader can always take back what was chosen."""
    counts = answer({}, level={"xã": 2, "tỉnh": 0, "huyện": 0}, category={"A": 1, "B": 3})
    values = facet_values(counts, {"level": ("huyện", "trung ương")})
    assert [(v.value, v.count, v.selected) for v in values["level"]] == [
        ("trung ương", 0, True),
        ("huyện", 0, True),
        ("xã", 2, False),
    ]
    assert [v.value for v in values["category"]] == ["B", "A"]
    assert set(values) == {"category", "date", "level", "kind", "issuer"}


def test_labels_are_for_readers() -> None:
    """Values stay short in URLs; labels explain them."""
    counts = answer({}, level={"huyện": 1}, kind={"nghị quyết": 1}, issuer={"": 1})
    values = facet_values(counts, {})
    assert values["level"][0].label == "Huyện/quận/thị xã"
    assert values["kind"][0].label == "Nghị quyết"
    assert (values["issuer"][0].value, values["issuer"][0].label) == (UNKNOWN, "Không rõ cơ quan")


def test_years_come_newest_first_and_open_to_their_months() -> None:
    """A chosen year, or the year of a chosen month, shows its months."""
    months = {(2023, 5): 1, (2024, 4): 2, (2024, 1): 1, (0, 0): 3, (2022, 1): 0}
    plain = facet_values(answer(months), {})["date"]
    assert [(v.value, v.count) for v in plain] == [("2024", 3), ("2023", 1), (UNKNOWN, 3)]
    opened = facet_values(answer(months), {"date": ("2024-04",)})["date"]
    assert [(v.value, v.label, v.count, v.selected) for v in opened][:3] == [
        ("2024", "Năm 2024", 3, False),
        ("2024-04", "Tháng 4/2024", 2, True),
        ("2024-01", "Tháng 1/2024", 1, False),
    ]


def test_a_chosen_date_without_documents_stays_visible() -> None:
    """Years, months and the unknown date too."""
    values = facet_values(answer({(2024, 1): 1}), {"date": ("2021", "2022-02", UNKNOWN)})["date"]
    assert [(v.value, v.count, v.selected) for v in values] == [
        ("2024", 1, False),
        ("2022", 0, False),
        ("2022-02", 0, True),
        ("2021", 0, True),
        (UNKNOWN, 0, True),
    ]


def test_a_single_year_opens_by_itself() -> None:
    """There is nothing else to choose from; where other documents have other years, there is."""
    values = facet_values(answer({(2024, 4): 2}), {}, ["2024-04"])["date"]
    assert [v.value for v in values] == ["2024", "2024-04"]
    values = facet_values(answer({(2024, 4): 2}), {}, ["", "2024-04", "2023-01"])["date"]
    assert [v.value for v in values] == ["2024"]
