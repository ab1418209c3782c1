"""Measured on real documents that lie beside the project, not in it."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.reading.metadata.dates import read_date
from indexer.reading.metadata.decide import spell_number
from indexer.reading.metadata.number import find_numbers, number_keys
from indexer.records import CouncilDocument
from tests.benchmarks.measure_fields import Score, measure
from tests.reading.metadata.papers import describe, paper

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED = Path(__file__).parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="needs the real documents in ../shared/data beside the project"
    ),
]

Labelled = list[tuple[dict[str, Any], CouncilDocument]]


@pytest.fixture(scope="module")
def labelled() -> Labelled:
    """Return the 363 labelled central documents with the records read from them."""
    with gzip.open(SHARED / "labelled_documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    return [(truth, describe("\n".join(truth["paragraphs"]))) for truth in truths]


def _letter(number: str, day: str) -> str:
    return paper(
        issuer="ỦY BAN NHÂN DÂN\nTỈNH BÌNH DƯƠNG",
        number=f"Số: {number}",
        day=f"Bình Dương, ngày {day}",
        name="",
        subject="V/v thu phí",
        body="Kính gửi: Các sở, ban, ngành",
    )


@lru_cache(maxsize=2)
def measure_fields(*, corrected: bool = True) -> Mapping[str, Score]:
    """Return the benchmark's scores, measured once."""
    return measure(corrected=corrected)


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize(("name", "recall"), [("number", 0.99), ("kind", 0.99)])
def test_numbers_and_kinds_of_real_documents(name: str, recall: float) -> None:
    """Read from the text alone, against labels that we put right: no wrong one in a hundred."""
    score = measure_fields()[name]
    assert score.precision >= 0.99
    assert score.recall >= recall


@pytest.mark.parametrize(("name", "recall"), [("issued_on", 0.97), ("effective_on", 0.9)])
def test_days_of_real_documents(name: str, recall: float) -> None:
    """A wrong day is worse than none: precision counts more than what is found."""
    score = measure_fields()[name]
    assert score.precision >= 0.99
    assert score.recall >= recall


@pytest.mark.parametrize("name", ["number", "kind", "issued_on", "effective_on"])
def test_real_documents_against_the_portals_own_labels(name: str) -> None:
    """Faulty labels and all."""
    assert measure_fields(corrected=False)[name].recall >= 0.95


def test_letterheads_with_the_numbers_and_days_of_a_province() -> None:
    """Every fourth of 4,056 real numbers and days, set into a made-up letterhead."""
    lines = (SHARED / "provincial_records.tsv").read_text(encoding="utf-8").splitlines()[1::4]
    records = [(number, day) for number, day, *_ in (line.split("\t") for line in lines) if number]
    found = [describe(_letter(number, day)) for number, day in records]
    numbers = [
        document.number is not None
        and number_keys(document.number)[0] == number_keys(spell_number(number))[0]
        for document, (number, _) in zip(found, records, strict=True)
    ]
    days = [
        document.issued_on == read_date(day)
        for document, (_, day) in zip(found, records, strict=True)
    ]
    assert _share(numbers) >= 0.99
    assert _share(days) >= 0.99


def test_issuers_and_signers_of_real_documents(labelled: Labelled) -> None:
    """Every one of these is central; signers stand under most."""
    assert _share([found.level == "trung ương" for _, found in labelled]) >= 0.98
    assert _share([found.signer is not None for _, found in labelled]) >= 0.88


def test_number_formats_of_a_province() -> None:
    """4,056 numbers as clerks typed them: read whole, strict and as a query."""
    lines = (SHARED / "provincial_records.tsv").read_text(encoding="utf-8").splitlines()[1:]
    numbers = [number for line in lines if (number := line.split("\t")[0].strip())]
    strict = [any(span.start == 0 for span in find_numbers(number)) for number in numbers]
    lenient = [
        [number_keys(span.canonical) for span in find_numbers(number.lower(), lenient=True)]
        == [number_keys(span.canonical) for span in find_numbers(number)]
        for number in numbers
    ]
    assert _share(strict) >= 0.998
    assert _share(lenient) >= 0.98


def test_days_of_a_province() -> None:
    """Every day of the records is read."""
    lines = (SHARED / "provincial_records.tsv").read_text(encoding="utf-8").splitlines()[1:]
    days = [line.split("\t")[1] for line in lines]
    assert _share([read_date(day) is not None for day in days if day.strip()]) >= 0.999


def test_the_first_document_without_its_manifest() -> None:
    """The page the project began with: the city's by level, the district's by publisher."""
    heading, text = (SHARED / "seed.txt").read_text(encoding="utf-8").split("\n", 1)
    body, _, menu = text.partition("TIN TỨC - SỰ KIỆN")
    found = describe(body, boilerplate=menu, hints={"category": heading.capitalize()})
    assert (found.kind, found.level) == ("tin tức", "tỉnh")
    assert found.issuer == "Thường trực HĐND thành phố Hà Nội"
    assert (str(found.issued_on), found.date_known) == ("2024-04-19", "inferred")
    assert found.evidence["issued_on"].quote == "quý I/2024"
    assert found.publisher == "huyện Thường Tín"
    assert (found.number, found.session) == (None, None)
    assert found.mentioned == ("tỉnh", "huyện", "xã")
