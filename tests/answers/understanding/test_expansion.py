"""Abbreviations and synonyms: other ways to say the words of a query."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query.plain import read_words
from indexer.answers.understanding.expansion import expand
from indexer.answers.understanding.synonyms import keep_synonyms, read_synonyms
from indexer.errors import SynonymFileError
from indexer.language.text import clean_text
from indexer.query_records import Expansion
from indexer.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


def said(typed: str) -> dict[str, set[str]]:
    """Return the other ways by the words that they stand for."""
    found: dict[str, set[str]] = {}
    for each in expand((), clean_text(typed)):
        ways = {" ".join(word.syllable for word in phrase.words) for phrase in each.phrases}
        found.setdefault(" ".join(word.syllable for word in each.words), set()).update(ways)
    return found


@pytest.mark.parametrize(
    ("typed", "words", "way"),
    [
        ("giám sát pccc", "pccc", "phòng cháy chữa cháy"),
        ("chất vấn ATTP", "attp", "an toàn thực phẩm"),
        ("HĐND", "hđnd", "hội đồng nhân dân"),
        ("hdnd", "hdnd", "hội đồng nhân dân"),
        ("UBND", "ubnd", "uỷ ban nhân dân"),
        ("phát triển KT-XH", "kt xh", "kinh tế xã hội"),
        ("phat trien ktxh", "ktxh", "kinh tế xã hội"),
        ("sắp xếp đvhc", "đvhc", "đơn vị hành chính"),
        ("sap xep dvhc", "dvhc", "đơn vị hành chính"),
        ("văn bản QPPL", "qppl", "quy phạm pháp luật"),
        ("hội đồng nhân dân", "hội đồng nhân dân", "hđnd"),
        ("Ủy ban nhân dân", "uỷ ban nhân dân", "ubnd"),
        ("uỷ ban nhân dân", "uỷ ban nhân dân", "ubnd"),
        ("phòng cháy chữa cháy", "phòng cháy chữa", "pccc"),
        ("kinh tế - xã hội", "kinh tế xã hội", "ktxh"),
        ("sáp nhập xã", "sáp nhập xã", "sắp xếp đơn vị hành chính"),
        ("sap nhap xa", "sap nhap xa", "hợp nhất xã"),
        ("rác thải", "rác thải", "chất thải rắn sinh hoạt"),
        ("giá các loại đất", "giá các loại đất", "bảng giá đất"),
        ("tp hcm", "tp hcm", "thành phố hồ chí minh"),
    ],
)
def test_words_are_said_in_other_ways(typed: str, words: str, way: str) -> None:
    """Short forms are written out and back, typed with accents, without, or in capitals."""
    assert way in said(typed)[words]


@pytest.mark.parametrize("typed", ["tb", "bc ct", "kh", "THÔNG BÁO TB", "bột mì", "quy", ""])
def test_ambiguous_letters_need_capitals(typed: str) -> None:
    """And capitals say nothing where everything is in capitals."""
    assert said(typed) == {}


def test_ambiguous_letters_count_weakly() -> None:
    """TT may be a circular, the standing committee, or a township."""
    [expansion] = expand((), clean_text("họp TT"))
    assert len(expansion.phrases) == 3
    assert expansion.weight < 0.5
    assert said("thông tư") == {}


def test_one_way_synonyms_do_not_come_back() -> None:
    """Who asks for school money means học phí; who asks for học phí has said it."""
    assert "học phí" in said("tiền học")["tiền học"]
    assert said("học phí") == {}


def test_the_longest_saying_wins() -> None:
    """A wetland is no flood; what one saying covers no other does."""
    assert set(said("vùng bảo tồn đất ngập nước")) == {"đất ngập nước"}
    assert set(said("đường ngập nước")) == {"ngập nước"}


def test_words_apart_are_not_put_together() -> None:
    """A semicolon stands where something was understood and taken out."""
    assert said("kinh tế ; xã hội") == {}


def test_words_without_their_text_are_taken_as_they_come() -> None:
    """Then capitals are not known."""
    assert expand(read_words("giám sát PCCC"))
    assert expand(read_words("họp TB")) == ()


@given(st.text(max_size=200))
def test_any_text_is_expanded_from_its_own_words(typed: str) -> None:
    """Every expansion names words of the text and at least one other way."""
    text = clean_text(typed)
    words = set(read_words(text))
    for each in expand((), text):
        assert set(each.words) <= words
        assert each.phrases
        assert 0 < each.weight <= 1


def test_expansion_is_linear() -> None:
    """One pass, whatever is repeated."""
    expand((), clean_text("sáp nhập"))
    started = time.process_time()
    expand((), clean_text("sắp xếp đơn vị hành " * 2_000))
    assert time.process_time() - started < 2


def test_no_syllable_of_a_saying_is_empty_and_no_group_says_itself() -> None:
    """The shipped table is read without a fault."""
    table = read_synonyms()
    assert len({each.said for each in table}) > 100
    assert all(each.said != each.meant for each in table)


def own_table(folder: Path, *lines: str) -> Path:
    """Write a table with these lines below its header."""
    path = folder / "own.tsv"
    path.write_text("\n".join(("way\tweight\twords", *lines)) + "\n", encoding="utf-8")
    return path


def test_an_operators_table_takes_the_place_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read anew when it has changed; empty lines and remarks are passed over."""
    path = own_table(tmp_path, "", "# của phòng", "=\t0.4\tcầu đi bộ | cầu vượt bộ hành")
    monkeypatch.setenv("HDND_SYNONYMS", str(path))
    assert read_settings().synonyms == path
    [expansion] = expand((), clean_text("xây cầu đi bộ"))
    assert isinstance(expansion, Expansion)
    assert expansion.weight == pytest.approx(0.4)
    assert said("sáp nhập xã") == {}
    own_table(tmp_path, "=\t0.4\tcầu đi bộ | cầu bộ hành")
    os.utime(path, ns=(1, 1))
    assert said("cầu đi bộ") == {"cầu đi bộ": {"cầu bộ hành"}}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("= 0.4 một | hai", "1 cells instead of 3"),
        ("~\t0.4\tmột | hai", "unknown way '~'"),
        ("=\tnhiều\tmột | hai", "weight 'nhiều'"),
        ("=\t1.5\tmột | hai", "weight '1.5'"),
        ("=\t0.4\tmột", "too few words"),
        ("=\t0.4\tmột | -", "too few words"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    """The error says which file, which line and what to write."""
    path = own_table(tmp_path, "=\t0.5\tmột | hai", line)
    with pytest.raises(SynonymFileError, match=r"own\.tsv:3: ") as error:
        read_synonyms(path)
    assert why in str(error.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    """So is one that is no text."""
    with pytest.raises(SynonymFileError, match="HDND_SYNONYMS"):
        read_synonyms(tmp_path / "none.tsv")
    path = tmp_path / "bytes.tsv"
    path.write_bytes(b"way\n\xff\xfe\xff")
    with pytest.raises(SynonymFileError, match="UTF-8"):
        read_synonyms(path)


def test_a_table_broken_while_it_is_used_stops_no_search(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The one before stays, and the log says what is wrong, once; a mended one counts again."""
    table = tmp_path / "own.tsv"
    table.write_text("way\tweight\twords\n=\t0.8\txe ôm | xe công nghệ\n", encoding="utf-8")
    good = keep_synonyms(table)
    table.write_text("way\tweight\twords\n?\n", encoding="utf-8")
    os.utime(table, (1, 1))
    assert keep_synonyms(table) == keep_synonyms(table) == good
    assert [record.message.count("own.tsv:2") for record in caplog.records] == [1]
    table.write_text("way\tweight\twords\n=\t0.8\tđò | phà\n", encoding="utf-8")
    os.utime(table, (2, 2))
    assert {each.said for each in keep_synonyms(table)} == {("đò",), ("phà",)}


def test_a_table_that_was_never_right_is_told_at_the_start(tmp_path: Path) -> None:
    """Nothing stands in for it."""
    with pytest.raises(SynonymFileError):
        keep_synonyms(tmp_path / "missing.tsv")
