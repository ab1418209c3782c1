"""Structure and signature measured on real documents that lie beside the project, not in it."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.bases import find_bases
from indexer.reading.metadata.divisions import find_divisions
from indexer.reading.metadata.signer import find_signature

if TYPE_CHECKING:
    from indexer.records import CleanText, Division

LABELLED = Path(__file__).parents[4] / "shared" / "data" / "labelled_documents.jsonl.gz"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not LABELLED.is_file(),
        reason="needs the real documents in ../shared/data beside the project",
    ),
]


@pytest.fixture(scope="module")
def texts() -> list[CleanText]:
    """Return the clean texts of the labelled central documents."""
    with gzip.open(LABELLED, "rt", encoding="utf-8") as lines:
        return [clean_text("\n".join(json.loads(line)["paragraphs"])) for line in lines]


def _own_articles(divisions: tuple[Division, ...]) -> list[int]:
    """Return the numbers of the act's own articles: those of no appendix."""
    numbers = []
    for each in divisions:
        top = each
        while top.parent is not None:
            top = divisions[top.parent]
        if each.kind == "điều" and top.kind != "phụ lục":
            numbers.append(int(re.sub(r"\D", "", each.label)))
    return numbers


def test_articles_of_real_acts_count_without_gaps(texts: list[CleanText]) -> None:
    """Of 295 acts with articles two have a gap, and both have it in their text."""
    found = [numbers for text in texts if (numbers := _own_articles(find_divisions(text)))]
    whole = [
        numbers[0] == 1 and all(next_ - number <= 1 for number, next_ in pairwise(numbers))
        for numbers in found
    ]
    assert len(found) >= 290
    assert sum(whole) / len(whole) >= 0.99


def test_every_ground_of_real_acts_is_read(texts: list[CleanText]) -> None:
    """Each line "Căn cứ ..." before the first article is a basis, and most name a kind."""
    right, kinds = [], []
    for text in texts:
        preamble = re.split(r"\n(?:Điều 1|Chương)", text)[0][:20_000]
        found = find_bases(text)
        grounds = [each for each in found if text.startswith("Căn cứ", each.start)]
        right.append(len(grounds) == len(re.findall(r"^Căn cứ", preamble, re.MULTILINE)))
        kinds += [each.kind is not None for each in grounds]
    assert sum(right) / len(right) >= 0.97
    assert sum(kinds) / len(kinds) >= 0.97


def test_signers_of_real_acts_have_an_office(texts: list[CleanText]) -> None:
    """Pages that give but a portal's table have no signature in their text."""
    found = [find_signature(text) for text in texts if len(text) > 5000]
    named = [each for each in found if each]
    assert len(named) / len(found) >= 0.95
    assert sum(each.title is not None for each in named) / len(named) >= 0.98
