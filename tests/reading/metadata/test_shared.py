"""Measured on real documents that lie beside the project, not in it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.reading.metadata.dates import read_date
from indexer.reading.metadata.letters import even_letters
from indexer.reading.metadata.number import find_numbers, number_keys
from indexer.records import CouncilDocument
from tests.reading.metadata.papers import describe

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


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_numbers_of_real_documents(labelled: Labelled) -> None:
    """All but faulty labels, blank numbers and cut-off letterheads: 95% of all, 99% of the rest."""
    wanted = [even_letters(truth["number"]).rstrip(".") for truth, _ in labelled]
    right = [found.number == number for (_, found), number in zip(labelled, wanted, strict=True)]
    in_text = [
        found.number == number
        for (truth, found), number in zip(labelled, wanted, strict=True)
        if number in even_letters("\n".join(truth["paragraphs"][:25])).replace(" ", "")
    ]
    assert _share(right) >= 0.95
    assert _share(in_text) >= 0.98


def test_days_of_real_documents(labelled: Labelled) -> None:
    """The labels come from a simple rule; two thirds of the misses are its own."""
    right = [
        str(found.issued_on) == truth["issued"] for truth, found in labelled if truth["issued"]
    ]
    assert _share(right) >= 0.95


def test_kinds_of_real_documents(labelled: Labelled) -> None:
    """A name over the text or a portal's table tells nearly all."""
    assert _share([found.kind == truth["type"].lower() for truth, found in labelled]) >= 0.985


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
