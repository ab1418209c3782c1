"""What the values of fields mean."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query.serials import read_number
from indexer.answers.query.values import read_prefix, read_value
from indexer.query_records import FacetChoice, Fact, InField, Or, Prefix, Word
from indexer.reading.metadata.kinds import read_kinds


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("nghị quyết", "nghị quyết"),
        ("NGHI QUYET", "nghị quyết"),
        ("nghị_quyết,", "nghị quyết"),
        ("NQ", "nghị quyết"),
        ("ttr", "tờ trình"),
        ("QĐ", "quyết định"),
        ("qd", "quyết định"),
        ("HĐ", "hợp đồng"),
        ("HD", "hướng dẫn"),
        ("Bộ luật", "luật"),
        ("báo cáo thẩm tra", "báo cáo thẩm tra"),
    ],
)
def test_a_kind_is_known_by_name_heading_and_sign(typed: str, kind: str) -> None:
    """In any case, with or without accents; accents decide where they are typed."""
    assert read_value("kind", typed).node == FacetChoice("kind", (kind,))
    assert read_value("kind", unicodedata.normalize("NFD", typed)) == read_value("kind", typed)


def test_every_kind_of_the_table_can_be_asked_for() -> None:
    """By its value and by its label, with all its accents."""
    for kind in read_kinds():
        for name in (kind.value, kind.label):
            assert read_value("kind", name).node == FacetChoice("kind", (kind.value,))


@pytest.mark.parametrize(
    ("typed", "level"),
    [("xã", "xã"), ("Cấp xã", "xã"), ("tinh", "tỉnh"), ("TRUNG ƯƠNG", "trung ương")],
)
def test_a_level_is_known_by_value_and_label(typed: str, level: str) -> None:
    """As manifests name levels."""
    assert read_value("level", typed).node == FacetChoice("level", (level,))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("phường", "xã"), ("quận", "huyện"), ("huyenn", "huyện"), ("chợ", "")],
)
def test_an_unknown_level_offers_the_likely_one(typed: str, offered: str) -> None:
    """Units name their level; slips of the keyboard are near one."""
    assert read_value("level", typed) == (None, offered)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("15/2023/NQ-HĐND", ("15/2023/nq-hdnd",)),
        ("15/2023/nq-hdnd", ("15/2023/nq-hdnd",)),
        ("59-CV/TU", ("59-cv/tu",)),
        ("nq 15/2023", ("15/2023/nq",)),
        ("NQ 15 2023", ("15/2023/nq",)),
        ("nghị quyết số 15 năm 2023", ("15/2023/nq",)),
        ("15/NQ", ("15/nq",)),
        ("tờ trình 110", ("110/ttr",)),
        ("15-2023", ("15/2023",)),
        ("015/2023.", ("15/2023",)),
    ],
)
def test_a_number_is_read_in_full_or_shortened(typed: str, keys: tuple[str, ...]) -> None:
    """The keys are those that the index keeps of a document's own number."""
    clause = read_number(typed)
    assert clause is not None
    assert (clause.keys, clause.mentions, clause.phrase) == (keys, (), None)


def test_a_serial_alone_is_that_of_any_kind() -> None:
    """The index keeps "15/nq" and "15/ttr", but no bare "15"."""
    clause = read_number("15")
    assert clause is not None
    assert {"15/nq", "15/ttr", "15/hdnd"} <= set(clause.keys)


@pytest.mark.parametrize("typed", ["", "chợ", "nq 15 ttr", "chợ 15", "15 chợ", "NQ", "1/2/3/4"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Words beside a serial must be a kind's, and only one."""
    assert read_number(typed) is None


def test_a_signer_is_a_name_or_an_office() -> None:
    """Clerks ask for "chủ tịch hđnd"; bodies in full are the same as their signs."""
    node = read_value("signer", "Chủ tịch HĐND").node
    assert isinstance(node, Or)
    assert node.parts[1] == Fact(("role:chủ tịch hđnd", "role:chu tich hdnd"))
    in_full = read_value("signer", "Chủ tịch Hội đồng nhân dân").node
    assert isinstance(in_full, Or)
    assert in_full.parts[1] == node.parts[1]
    bare = read_value("signer", "chu tich uy ban nhan dan").node
    assert isinstance(bare, Or)
    assert bare.parts[1] == Fact(("role:chu tich ubnd",))


def test_a_category_is_its_bare_name() -> None:
    """Which categories there are, only the index knows; it compares without accents and case."""
    assert read_value("category", " Giáo  dục ").node == FacetChoice("category", ("giao duc",))
    assert read_value("category", "").node is None


def test_words_of_a_field_are_all_asked_for_once() -> None:
    """Side by side only when it is a phrase."""
    words = Word("chợ", accented=True), Word("phố", accented=True)
    assert read_value("title", "chợ phố chợ").node == InField("title", words)
    assert read_value("title", "chợ phố", phrase=True).node == InField("title", words, phrase=True)
    assert read_value("publisher", "…").node is None


def test_a_prefix_stands_in_fields_of_words_only() -> None:
    """Values of the other fields are whole."""
    stem = Word("quyế", accented=True)
    assert read_prefix("QUYẾ") == Prefix(stem)
    assert read_prefix("quyế", "title") == Prefix(stem, "title")
    assert read_prefix("quyế", "kind") is None


@given(
    st.sampled_from(["number", "kind", "issuer", "signer", "title", "category", "level", "date"]),
    st.text(max_size=60) | st.text("0123456789/-. nqhđ", max_size=30),
)
def test_any_value_of_any_field_is_read_or_refused(field: str, typed: str) -> None:
    """Nothing raises; what is offered can be read."""
    value = read_value(field, typed)  # type: ignore[arg-type]
    if value.offered:
        assert value.node is None
        assert read_value(field, value.offered).node  # type: ignore[arg-type]
