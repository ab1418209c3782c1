"""Generated documents are many, alike in form, different in words, and always the same."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tests.samples.generate import generate_documents, main, write_export
from tests.samples.phrases import read_seats
from tests.samples.sheet import SAMPLE_MARK

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = {"id", "title", "text", "kind", "issuer", "level", "issued_on"}


@pytest.fixture(scope="module")
def documents() -> list[dict[str, str]]:
    """Give a small collection."""
    return list(generate_documents(600))


def test_the_same_seed_gives_the_same_documents(documents: list[dict[str, str]]) -> None:
    """And a longer run begins with the shorter one."""
    assert list(generate_documents(50)) == documents[:50]
    assert list(islice(generate_documents(10**6), 20)) == documents[:20]


def test_another_seed_gives_others(documents: list[dict[str, str]]) -> None:
    """Two collections of one size differ."""
    assert list(generate_documents(20, seed=2)) != documents[:20]


def test_each_line_has_what_an_export_needs(documents: list[dict[str, str]]) -> None:
    """Blank facts are left out rather than invented."""
    for document in documents:
        assert set(document) >= REQUIRED
        assert all(document.values())
        assert SAMPLE_MARK in document["text"]
        assert document["title"] in document["text"]
    assert any("number" not in document for document in documents)
    assert any("category" not in document for document in documents)


def test_ids_and_texts_are_all_different(documents: list[dict[str, str]]) -> None:
    """No document twice."""
    assert len({document["id"] for document in documents}) == len(documents)
    assert len({document["text"] for document in documents}) == len(documents)


def test_levels_follow_the_reform_of_july_2025(documents: list[dict[str, str]]) -> None:
    """No district council speaks after June 2025."""
    for document in documents:
        if date.fromisoformat(document["issued_on"]) > date(2025, 6, 30):
            assert document["level"] != "huyện"
            assert "thị trấn" not in document["issuer"]
        else:
            assert "đặc khu" not in document["issuer"]


def test_councils_kinds_and_years_vary(documents: list[dict[str, str]]) -> None:
    """A few hundred documents already fill every facet."""
    assert len({document["issuer"] for document in documents}) > 300
    assert len({document["title"] for document in documents}) > 590
    assert len({document["kind"] for document in documents}) == 9
    assert len({document["issued_on"][:4] for document in documents}) == 8
    assert set(Counter(document["level"] for document in documents)) == {"tỉnh", "huyện", "xã"}


def test_vocabulary_grows_with_the_collection(documents: list[dict[str, str]]) -> None:
    """New names and amounts keep turning up."""
    half = {word for document in documents[:300] for word in document["text"].split()}
    whole = {word for document in documents for word in document["text"].split()}
    assert len(whole) > 1.2 * len(half)


def test_units_without_a_council_do_not_speak() -> None:
    """Wards of Hà Nội had none before July 2025."""
    old = {seat.unit for seat in read_seats() if seat.era == "before" and seat.level == "xã"}
    assert "phường Phúc Xá" not in old
    assert "xã Hồng Vân" in old


def test_an_export_is_lines_of_json_packed_or_not(tmp_path: Path) -> None:
    """Both files hold the same lines, and the packed one no time of writing."""
    plain, packed, again = (tmp_path / n for n in ("a.jsonl", "a.jsonl.gz", "b.jsonl.gz"))
    for target in (plain, packed, again):
        write_export(target, 5)
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.read_bytes() == again.read_bytes()
    lines = [json.loads(line) for line in plain.read_text(encoding="utf-8").splitlines()]
    assert lines == list(generate_documents(5))


def test_the_command_line_names_count_file_and_seed(tmp_path: Path) -> None:
    """`generate 3 --out F --seed 2` writes three documents of the second seed."""
    main(["3", "--out", str(tmp_path / "c.jsonl"), "--seed", "2"])
    lines = (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate_documents(3, seed=2))
