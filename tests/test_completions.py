"""The sidecar of completion: what is offered, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.completions import build_completions, gather_entries
from indexer.errors import DamagedIndexError
from indexer.language.text import clean_text
from indexer.store.completion import Completions, find_words
from indexer.store.completion_entry import COMPLETION_KINDS
from indexer.store.completion_phrases import weigh_phrases
from indexer.store.engine.whoosh_writer import create_index, publish_segments
from indexer.store.generations import current_generation, generation_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument
    from indexer.store.completion_entry import CompletionEntry

    MakeDocument = Callable[..., CouncilDocument]
    MakeIndex = Callable[..., Path]

ISSUER = "HĐND tỉnh Lâm Sơn"


def entries_of(
    make_index: MakeIndex, documents: Sequence[CouncilDocument], **how: Any
) -> list[CompletionEntry]:
    """Return what an index of these documents has to offer."""
    index = make_index(documents, **how)
    return gather_entries(generation_path(index, current_generation(index).name))


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
    assert one(entries, "Nghị quyết", "kind").also == "NQ"


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
    index = make_index([*gone, *stay])
    directory = generation_path(index, current_generation(index).name)
    assert "thủy lợi" in texts(gather_entries(directory), "phrase")
    publish_segments(directory, [], dropped=frozenset(document.id for document in gone))
    entries = gather_entries(directory)
    assert texts(entries, "title") == ["Còn 0", "Còn 1"]
    assert texts(entries, "number") == []
    assert "thủy lợi" not in texts(entries, "phrase")
    assert ISSUER not in texts(entries, "unit")


def test_phrases_end_between_words_that_say_something() -> None:
    """A phrase cuts no compound, begins and ends with no joining word, and holds no clause mark."""
    titles = [
        "Quy định mức thu học phí của trường công lập",
        "Về mức thu học phí, lệ phí",
        "Điều chỉnh mức thu lệ phí và học phí",
    ]
    compounds = {"học_phí": 9, "lệ_phí": 9, "quy_định": 5, "công_lập": 3, "căn_cứ": 50}
    phrases = weigh_phrases(map(clean_text, titles), compounds)
    assert "mức thu học phí" in phrases
    assert "mức thu" in phrases
    assert not {"thu học", "mức thu học", "phí lệ phí", "phí và học", "căn cứ"} & set(phrases)
    assert all(0 < weight <= 1 for weight in phrases.values())


def test_the_signs_of_a_number_are_no_phrase() -> None:
    """Titles that begin with their number would all say "NQ-HĐND quy định"."""
    titles = [clean_text(f"Nghị quyết {n}/2024/NQ-HĐND quy định phí cầu đò") for n in range(3)]
    phrases = weigh_phrases(titles, {})
    assert "phí cầu đò" in " ".join(phrases)
    assert "hđnd" not in " ".join(phrases)


def test_a_phrase_that_always_goes_on_is_not_offered() -> None:
    """Where nearly every title says the longer one, the shorter one alone means nothing else."""
    titles = [clean_text(f"Đề án {n} chợ trung tâm Yên Hạ") for n in range(9)]
    phrases = weigh_phrases(titles, {"trung_tâm": 9})
    assert "chợ trung tâm yên hạ" in phrases
    assert not {"chợ trung tâm", "trung tâm yên", "yên hạ"} & set(phrases)


def test_phrases_are_spelled_as_offices_spell() -> None:
    """The index keeps "hoà"; readers see "hòa", but "quý" and "hoàn" as ever."""
    phrases = weigh_phrases([], {"hoà_bình": 9, "uỷ_ban": 9, "phú_quý": 9, "hoàn_thiện": 9})
    assert sorted(phrases) == ["hoàn thiện", "hòa bình", "phú quý", "ủy ban"]


def test_words_are_letters_or_digits() -> None:
    """What is typed in one go is two words, and a leading zero is none."""
    assert [word.normal for word in find_words(clean_text("NQ15, 007 00"))] == [
        "nq",
        "15",
        "7",
        "0",
    ]


def open_written(
    make_index: MakeIndex, documents: Sequence[CouncilDocument]
) -> tuple[Completions, list[CompletionEntry]]:
    """Return the sidecar of these documents, and what went into it."""
    index = make_index(documents)
    directory = generation_path(index, current_generation(index).name)
    build_completions(directory)
    return Completions.open(directory), gather_entries(directory)


def test_the_sidecar_holds_every_entry(make_document: MakeDocument, make_index: MakeIndex) -> None:
    """What was gathered comes back, in the order of its folded words."""
    strange = "một\0id"
    completions, gathered = open_written(
        make_index,
        [resolution(make_document, "15/2023/NQ-HĐND"), make_document(id=strange, title="Đê")],
    )
    numbers = range(len(completions.kinds))
    read = [completions.entry(number) for number in numbers]
    expected = [entry._replace(also=clean_text(""), weight=0) for entry in gathered]
    assert sorted(map(repr, (entry._replace(weight=0) for entry in read))) == sorted(
        map(repr, expected)
    )
    assert one(read, "Đê", "title").id == strange
    assert [COMPLETION_KINDS[kind] for kind in completions.kinds] == [entry.kind for entry in read]


def test_words_are_found_by_prefix_and_whole(
    make_document: MakeDocument, make_index: MakeIndex
) -> None:
    """Referee: the same questions asked of the entries one by one."""
    completions, _ = open_written(
        make_index,
        [make_document(id=str(n), title=t) for n, t in enumerate(["Đê điều", "đề án", "Để dành"])],
    )
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
