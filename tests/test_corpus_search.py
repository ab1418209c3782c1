"""The whole journey over the corpus: what readers of the real service would find."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from indexer.answers.search import SearchService
from indexer.language.analysis import find_syllables
from indexer.language.text import clean_text, fold
from indexer.reading.extract.ocr import ocr_engine, ocr_missing
from indexer.search_records import SearchRequest, SearchResults
from webapp.search_page import EXAMPLES

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SEED = "documents/hoat-dong-hdnd-huyen/seed.txt"
README_OCR = "tesseract 5.3.0"
COMMAND = re.compile(r"^\$ tra-cuu-hdnd search (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def service(corpus_index: Path) -> SearchService:
    """Give the service over the corpus."""
    return SearchService(corpus_index)


def search(service: SearchService, q: str, **more: object) -> SearchResults:
    """Ask for up to 200 hits."""
    return service.search(SearchRequest(q=q, page_size=200, **more))  # type: ignore[arg-type]


def test_the_first_document_has_its_right_record(service: SearchService) -> None:
    """Level from the organiser, publisher from the portal, the year inferred."""
    record = service.document(SEED).document
    assert record.level == "tỉnh"
    assert record.publisher == "huyện Thường Tín"
    assert record.category == "Hoạt động HĐND huyện"
    assert str(record.issued_on) == "2024-04-19"
    assert record.date_known == "inferred"
    assert "quý I/2024" in record.evidence["issued_on"].quote
    assert record.number is None
    assert not record.sample


@pytest.mark.parametrize("phrase", ['"đầu tư công"', '"người tốt việc tốt"', '"an toàn thực phẩm"'])
def test_the_portals_menu_is_not_content(service: SearchService, phrase: str) -> None:
    """Words of the menu at its end never return the first document as a phrase."""
    assert SEED not in {hit.id for hit in search(service, phrase).hits}


@pytest.mark.parametrize("words", ["đầu tư công", "người tốt việc tốt", "dau tu cong"])
def test_the_menus_words_give_it_no_high_place(service: SearchService, words: str) -> None:
    """Nor do the same words without quotes."""
    assert SEED not in [hit.id for hit in search(service, words).hits][:10]


@pytest.mark.parametrize(
    "q", ["tiếp xúc cử tri", "tiep xuc cu tri", '"tiếp xúc cử tri"', "huyện thường tín giao ban"]
)
def test_its_content_and_its_publisher_find_it(service: SearchService, q: str) -> None:
    """What it says, and the portal it comes from."""
    assert SEED in {hit.id for hit in search(service, q).hits if hit.standing == "full"}


def test_samples_are_told_from_the_real_document(service: SearchService) -> None:
    """A made-up act must never be mistaken for law."""
    hits = search(service, "").hits
    assert {hit.id for hit in hits if not hit.sample} == {SEED}
    assert len(hits) > 120


def test_two_communes_with_one_number_both_come_first(service: SearchService) -> None:
    """The number alone does not decide between issuers."""
    first = search(service, "20/NQ-HĐND").hits[:2]
    assert [hit.number for hit in first] == ["20/NQ-HĐND"] * 2
    assert len({hit.issuer for hit in first}) == 2


def test_every_number_finds_its_own_document_first(service: SearchService) -> None:
    """Whoever else cites it, typed with or without accents."""
    numbered = [hit for hit in search(service, "").hits if hit.number]
    assert len(numbered) > 80
    for hit in numbered:
        for typed in (str(hit.number), fold(str(hit.number)).lower()):
            bearers = [h for h in search(service, typed).hits if h.number == hit.number]
            best = search(service, typed).hits[: len(bearers)]
            assert hit.id in {h.id for h in best}, typed


@pytest.mark.parametrize("q", ["học phí", "hội đồng nhân dân", "bảng giá đất", "nước sạch xã"])
def test_totals_are_the_documents_that_hold_every_word(service: SearchService, q: str) -> None:
    """Counted by brute force over the texts, accented and bare."""
    # Other ways to say the words would count as well.
    declined = tuple(each.key for each in search(service, q).understood)
    results = search(service, q, declined=declined)
    wanted = {s.normal for s in find_syllables(clean_text(q))}
    holding = 0
    for hit in search(service, "").hits:
        document = service.document(hit.id).document
        parts = (document.title, document.issuer, document.publisher, document.number)
        text = " ; ".join([*(part or "" for part in parts), document.text])
        holding += wanted <= {s.normal for s in find_syllables(clean_text(text))}
    assert results.total == holding
    assert search(service, fold(q), declined=declined).total >= holding


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_home_page_finds_something(
    service: SearchService, example: str
) -> None:
    """A newcomer's first click is not a disappointment."""
    assert search(service, example).total > 0


def test_facets_count_what_choosing_them_gives(service: SearchService) -> None:
    """Every value of every facet, chosen, gives the number of documents it promised."""
    facets = search(service, "nghị quyết").facets
    assert all(facets.values())
    for name, values in facets.items():
        for value in values:
            chosen = search(service, "nghị quyết", filters={name: (value.value,)})
            assert chosen.total == value.count, (name, value.value)


def test_values_of_one_facet_add_up_and_facets_narrow(service: SearchService) -> None:
    """Or within a facet, and between facets."""
    both = search(service, "", filters={"level": ("xã", "huyện")})
    levels = Counter(hit.level for hit in both.hits)
    assert set(levels) == {"xã", "huyện"}
    assert both.total == sum(levels.values())
    narrowed = search(service, "", filters={"level": ("xã", "huyện"), "kind": ("tin tức",)})
    assert {(h.level, h.kind) for h in narrowed.hits} <= {("xã", "tin tức"), ("huyện", "tin tức")}
    assert 0 < narrowed.total < both.total


def test_of_two_things_understood_only_the_one_that_nothing_has_is_let_go(
    service: SearchService,
) -> None:
    """The council stays a filter when it held no such session."""
    found = search(service, "kỳ họp thứ nhất hđnd hải phòng")
    effects = {each.key: each.effect for each in found.understood}
    assert effects["session:ky-hop-thu-1"] == "empty"
    assert effects["issuer:hdnd-thanh-pho-hai-phong"] == "filters"
    full = [hit for hit in found.hits if hit.standing == "full"]
    assert full
    assert all("Hải Phòng" in str(hit.issuer) for hit in full)


@pytest.mark.skipif(
    bool(ocr_missing()) or ocr_engine() != README_OCR,
    reason=f"the examples count words that {README_OCR} read on the sample scans",
)
def test_the_readmes_examples_are_what_the_program_prints(corpus_index: Path) -> None:
    """Every line of every example search stands in the program's real output."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", readme, re.DOTALL)
    examples = [block for block in blocks if COMMAND.search(block)]
    assert len(examples) >= 5
    for block in examples:
        command, _, shown = block.partition("\n")
        arguments = shlex.split(command.split(" search ", 1)[1])
        output = subprocess.run(
            [sys.executable, "-m", "indexer", "search", *arguments, "--index", str(corpus_index)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        printed = {_timeless(line) for line in output.splitlines()}
        for line in filter(None, map(_timeless, shown.splitlines())):
            assert line in printed or line == "…", f"{command}\n{line}\n---\n{output}"


def _timeless(line: str) -> str:
    return re.sub(r" · [\d.]+ m?s$", "", line.rstrip())
