"""The sidecar of completion: what is offered, and what is not."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.completions import build_completions
from indexer.errors import DamagedIndexError
from indexer.language.text import clean_text
from indexer.reading.metadata.units import list_units
from indexer.store.completion import FILE_NAME, Completions, find_words
from indexer.store.completion_entry import CompletionEntry
from indexer.store.completion_phrases import title_codes, weigh_phrases
from indexer.store.engine.shard_files import read_shards, write_shards
from indexer.store.engine.whoosh_writer import create_index, publish_segments
from indexer.store.generations import current_generation, generation_path
from indexer.store.ragged import Ragged
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument

    MakeDocument = Callable[..., CouncilDocument]
    MakeIndex = Callable[..., Path]

ISSUER = "HĐND tỉnh Lâm Sơn"


def entries_of(
    make_index: MakeIndex, documents: Sequence[CouncilDocument], **how: Any
) -> list[CompletionEntry]:
    """Return what an index of these documents has to offer."""
    return read_entries(directory_of(make_index(documents, **how)))


def directory_of(index: Path) -> Path:
    """Return the directory of the generation that serves."""
    return generation_path(index, current_generation(index).name)


def read_entries(directory: Path) -> list[CompletionEntry]:
    """Return the entries of a generation's sidecar."""
    completions = Completions.open(directory)
    return [completions.entry(number) for number in range(len(completions.kinds))]


def texts(entries: Iterable[CompletionEntry], kind: str) -> list[str]:
    """Return the texts of one kind, heaviest first."""
    chosen = [entry for entry in entries if entry.kind == kind]
    return [entry.text for entry in sorted(chosen, key=lambda e: (-e.weight, e.text))]


def one(entries: Iterable[CompletionEntry], text: str, kind: str) -> CompletionEntry:
    """Return the one entry with this text."""
    [found] = [entry for entry in entries if entry.text == text and entry.kind == kind]
    return found


def resolution(make_document: MakeDocument, number: str, **stated: Any) -> CouncilDocument:
    """Return a resolution of our council."""
    values = {"kind": "nghị quyết", "issuer": ISSUER, "title": f"Nghị quyết {number}", "id": number}
    return make_document(**values | stated, number=number)


def test_titles_that_read_the_same_are_one_entry(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """Capitals, tone style and punctuation tell no titles apart; then no document is named."""
    entries = entries_of(
        make_index,
        [
            make_document(id="a", title="Về hòa giải, ở cơ sở"),
            make_document(id="b", title="VỀ HOÀ GIẢI Ở CƠ SỞ"),
            make_document(id="c", title="Về thủy lợi"),
            make_document(id="d", title=" \u200b"),
        ],
    )
    assert len(texts(entries, "title")) == 2
    shared = next(e for e in entries if e.kind == "title" and "2 văn bản" in e.detail)
    assert shared.id is None
    assert one(entries, "Về thủy lợi", "title").id == "c"


def test_new_resolutions_weigh_most(make_document: MakeDocument, make_index: MakeIndex) -> None:
    """Among titles the newer comes first, and of one day the resolution."""
    entries = entries_of(
        make_index,
        [
            make_document(id="tin", title="Tin mới", issued_on="2024-05-06"),
            make_document(
                id="moi", title="Quyết nghị mới", kind="nghị quyết", issued_on="2024-05-06"
            ),
            make_document(id="cu", title="Tin cũ", issued_on="2004-05-06"),
            make_document(id="khong ngay", title="Tin không ngày"),
        ],
    )
    assert texts(entries, "title") == ["Quyết nghị mới", "Tin mới", "Tin cũ", "Tin không ngày"]


def test_a_long_title_is_cut_between_words(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """Two hundred characters are a good question; a word without end is cut as well."""
    entries = entries_of(
        make_index,
        [
            make_document(id="a", title="sửa đổi " * 60),
            make_document(id="b", title="x" * 900),
        ],
    )
    lengths = sorted(len(text) for text in texts(entries, "title"))
    assert lengths == [199, 200]


def test_numbers_tell_issuer_and_day(make_document: MakeDocument, make_index: MakeIndex) -> None:
    """One number of two councils is two entries; the same paper twice is one."""
    number = "15/2023/NQ-HĐND"
    entries = entries_of(
        make_index,
        [
            resolution(make_document, number, issued_on="2023-07-10"),
            resolution(make_document, number, id="lần nữa", issued_on="2023-07-10"),
            resolution(make_document, number, id="xã", issuer="HĐND xã Đồng Vàng"),
            resolution(make_document, "7/NQ-HĐND", issuer=None),
        ],
    )
    details = {entry.detail for entry in entries if entry.text == number}
    assert details == {f"{ISSUER} · 10/07/2023", "HĐND xã Đồng Vàng"}
    assert one(entries, "7/NQ-HĐND", "number").detail == "Nghị quyết"
    assert one(entries, "7/NQ-HĐND", "number").id == "7/NQ-HĐND"


def test_units_old_and_new_are_offered(make_document: MakeDocument, make_index: MakeIndex) -> None:
    """Each name once, with its province, and whether it is gone; our own council's come first."""
    entries = entries_of(
        make_index, [resolution(make_document, "1/NQ-HĐND", issuer="HĐND huyện Thường Tín")]
    )
    assert one(entries, "xã Thường Tín", "unit").detail == "thành phố Hà Nội"
    gone = one(entries, "huyện Thường Tín", "unit")
    assert gone.detail == "thành phố Hà Nội · trước 01/7/2025"
    assert gone.weight > one(entries, "huyện Gia Lâm", "unit").weight
    assert one(entries, "thành phố Hà Nội", "unit").detail == ""
    assert "tỉnh, thành phố" in one(entries, "xã Tân Tiến", "unit").detail
    assert one(entries, "HĐND huyện Thường Tín", "unit").detail == "1 văn bản"


def test_only_kinds_of_the_index_are_offered(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """A kind that finds nothing is no help, nor is the one that means we do not know."""
    entries = entries_of(
        make_index,
        [resolution(make_document, "1/NQ-HĐND"), make_document(id="?", kind="không rõ")],
    )
    assert texts(entries, "kind") == ["Nghị quyết"]


def test_frequent_compounds_are_phrases(make_document: MakeDocument, make_index: MakeIndex) -> None:
    """Three documents make a compound worth offering, over all segments together."""
    documents = [make_document("ủy ban thu học phí", id=str(n)) for n in range(3)]
    documents.append(make_document("giao thông", id="ít"))
    entries = entries_of(make_index, documents, segments=3)
    assert "học phí" in texts(entries, "phrase")
    assert "giao thông" not in texts(entries, "phrase")


def test_deleted_documents_are_not_offered(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """Neither their titles nor numbers, nor a compound that too few others hold for sure."""
    gone = [
        resolution(make_document, f"{n}/NQ-HĐND", text="thủy lợi", title=f"Bỏ {n}")
        for n in range(1, 3)
    ]
    stay = [make_document("thủy lợi", id=f"còn {n}", title=f"Còn {n}") for n in range(2)]
    directory = directory_of(make_index([*gone, *stay]))
    assert "thủy lợi" in texts(read_entries(directory), "phrase")
    publish_segments(directory, [], dropped=frozenset(document.id for document in gone))
    build_completions(directory)
    entries = read_entries(directory)
    assert texts(entries, "title") == ["Còn 0", "Còn 1"]
    assert texts(entries, "number") == []
    assert "thủy lợi" not in texts(entries, "phrase")
    assert ISSUER not in texts(entries, "unit")


def weigh(titles: Iterable[str], compounds: Mapping[str, int]) -> dict[str, float]:
    """Return the phrases of titles with their weights."""
    places: dict[str, int] = {}
    runs = [title_codes(clean_text(title), places) for title in titles]
    return weigh_phrases(Ragged.of(runs, np.uint32), list(places), compounds)


def test_phrases_end_between_words_that_say_something() -> None:
    """A phrase cuts no compound, begins and ends with no joining word, and holds no clause mark."""
    titles = [
        "Quy định mức thu học phí của trường công lập",
        "Về mức thu học phí, lệ phí",
        "Điều chỉnh mức thu lệ phí và học phí",
    ]
    compounds = {"học_phí": 9, "lệ_phí": 9, "quy_định": 5, "công_lập": 3, "căn_cứ": 50}
    phrases = weigh(titles, compounds)
    assert "mức thu học phí" in phrases
    assert "mức thu" in phrases
    assert not {"thu học", "mức thu học", "phí lệ phí", "phí và học", "căn cứ"} & set(phrases)
    assert all(0 < weight <= 1 for weight in phrases.values())


def test_the_signs_of_a_number_are_no_phrase() -> None:
    """Titles that begin with their number would all say "NQ-HĐND quy định"."""
    titles = [f"Nghị quyết {n}/2024/NQ-HĐND quy định phí cầu đò" for n in range(3)]
    phrases = weigh(titles, {})
    assert "phí cầu đò" in " ".join(phrases)
    assert "hđnd" not in " ".join(phrases)


def test_a_phrase_that_always_goes_on_is_not_offered() -> None:
    """Where nearly every title says the longer one, the shorter one alone means nothing else."""
    titles = [f"Đề án {n} chợ trung tâm Yên Hạ" for n in range(9)]
    phrases = weigh(titles, {"trung_tâm": 9})
    assert "chợ trung tâm yên hạ" in phrases
    assert not {"chợ trung tâm", "trung tâm yên", "yên hạ"} & set(phrases)


def test_phrases_are_spelled_as_offices_spell() -> None:
    """The index keeps "hoà"; readers see "hòa", but "quý" and "hoàn" as ever."""
    phrases = weigh([], {"hoà_bình": 9, "uỷ_ban": 9, "phú_quý": 9, "hoàn_thiện": 9})
    assert sorted(phrases) == ["hoàn thiện", "hòa bình", "phú quý", "ủy ban"]


def test_words_are_letters_or_digits() -> None:
    """What is typed in one go is two words, and a leading zero is none."""
    assert [word.normal for word in find_words(clean_text("NQ15, 007 00"))] == [
        "nq",
        "15",
        "7",
        "0",
    ]


def test_an_entry_shows_the_one_document_it_stands_for(
    make_document: MakeDocument, tmp_path: Path
) -> None:
    """Any id, with NUL and lone surrogates; the kind and issuer only find it."""
    strange = "một\0id\ud800"
    documents = [
        resolution(make_document, "15/2023/NQ-HĐND"),
        make_document(id=strange, title="Đê", issuer=ISSUER),
    ]
    build_completions(write_shard_directory(tmp_path, [documents]))
    entries = read_entries(tmp_path)
    assert one(entries, "Đê", "title") == CompletionEntry(
        "title", clean_text("Đê"), one(entries, "Đê", "title").weight, ISSUER, strange
    )
    assert one(entries, "15/2023/NQ-HĐND", "number").id == "15/2023/NQ-HĐND"


def test_signs_and_issuers_find_what_they_do_not_show(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """A kind is found by its sign, a number by its kind and issuer."""
    index = make_index([resolution(make_document, "15/2023/NQ-HĐND")])
    completions = Completions.open(directory_of(index))

    def found(word: str) -> set[str]:
        words = completions.folded_range(word, whole=True)
        return {completions.entry(n).text for n in completions.holding([words]).tolist()}

    assert {"Nghị quyết", "15/2023/NQ-HĐND"} <= found("nq")
    assert "15/2023/NQ-HĐND" in found("lam") & found("quyet")


@pytest.mark.parametrize("sizes", [[40], [1, 23, 16], [20, 20]])
def test_shards_offer_together_what_one_does(
    tmp_path: Path, make_document: MakeDocument, sizes: list[int]
) -> None:
    """To the last byte, and an update what a build from nothing does, however it came about."""
    draw = random.Random(5)  # noqa: S311 (the same documents every time)
    documents = [make_random(make_document, draw, n) for n in range(40)]
    gone = {document.id for document in documents[::5]}
    left = [document for document in documents if document.id not in gone]
    build_completions(write_shard_directory(tmp_path / "nothing", [left]))
    rest = iter(documents)
    groups = [[next(rest) for _ in range(size)] for size in sizes]
    parted = write_shard_directory(tmp_path / "update", groups)
    build_completions(parted)
    before = {path.name for path in parted.glob("*.offers")}
    rows = read_shards(parted)
    write_shards(parted, rows, np.array([d.id not in gone for d in documents], np.uint8))
    build_completions(parted)
    assert {path.name for path in parted.glob("*.offers")} == before
    files = [tmp_path / name / FILE_NAME for name in ("nothing", "update")]
    assert len(read_entries(parted)) > len(list_units()) / 2
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_nobody_can_type_is_not_offered(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """An issuer without a letter has no word to find it by."""
    documents = [make_document(id=issuer, issuer=issuer) for issuer in ("---", ISSUER)]
    entries = entries_of(make_index, documents)
    assert ISSUER in texts(entries, "unit")
    assert "---" not in texts(entries, "unit")


def make_random(make_document: MakeDocument, draw: random.Random, n: int) -> CouncilDocument:
    """Return a document of few words, often like others."""
    words = re.findall(r"\S+", "học phí, lệ mức thu; HĐND Hòa hoà bình đất đai thủy lợi 05")
    title = " ".join(draw.choices(words, k=draw.randint(0, 7)))
    return make_document(
        " ".join(draw.choices(words, k=20)),
        id=f"{n}",
        title=draw.choice([title, title.upper(), "Về thu học phí"]),
        number=draw.choice([None, f"{n % 7}/NQ-HĐND", f"0{n % 7}/NQ-HĐND"]),
        kind=draw.choice(["nghị quyết", "tin tức", "không rõ"]),
        issuer=draw.choice([None, ISSUER, f"{ISSUER}\n", "HĐND xã Đồng Vàng"]),
        publisher=draw.choice([None, "HĐND huyện Thường Tín"]),
        issued_on=draw.choice([None, "2024-01-02", "2020-10-20"]),
    )


def test_words_are_found_by_prefix_and_whole(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """Referee: the same questions asked of the entries one by one."""
    titles = ["Đê điều", "đề án", "Để dành"]
    index = make_index([make_document(id=str(n), title=t) for n, t in enumerate(titles)])
    completions = Completions.open(directory_of(index))
    everything = completions.words_of(np.arange(len(completions.kinds)), least=1).tolist()
    for folded, whole in (("de", True), ("d", False), ("die", False), ("zz", False), ("z", True)):
        words = completions.folded_range(folded, whole=whole)
        spelled = set(completions.spelling_range(words))
        holding = [n for n, row in enumerate(everything) if spelled & set(row)]
        assert completions.holding([words]).tolist() == holding
        beginning = [n for n, row in enumerate(everything) if row[0] in spelled]
        assert list(completions.beginning([words])) == beginning
    first = completions.folded_range("de", whole=True)
    assert {spelling for _n, spelling in completions.spellings(first)} >= {"đê", "đề", "để"}
    both = completions.beginning([first, completions.folded_range("d", whole=False)])
    assert {completions.entry(n).text for n in both} == {"Đê điều", "Để dành"}
    places = completions.words_at(np.arange(both.start, both.stop), 1)
    assert len(places) == 2


def test_an_index_without_documents_offers_units(tmp_path: Path) -> None:
    """The country's units are there before the first document is."""
    create_index(tmp_path)
    build_completions(tmp_path)
    completions = Completions.open(tmp_path)
    kinds = {completions.entry(n).kind for n in range(len(completions.kinds))}
    assert kinds == {"unit"}


def test_a_generation_without_its_sidecar_is_damaged(tmp_path: Path) -> None:
    """The error names the file and the next step."""
    with pytest.raises(DamagedIndexError, match=r"completion\.arrays"):
        Completions.open(tmp_path)
