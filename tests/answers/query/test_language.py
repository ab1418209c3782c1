"""What readers type becomes a query, or an error that points at the fault."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.answers.query.language import marked_leaves, parse_query
from indexer.answers.ranking import needs_for
from indexer.errors import QueryError
from indexer.query_records import (
    And,
    InField,
    Near,
    Node,
    Not,
    NumberClause,
    Or,
    Phrase,
    Plain,
    Prefix,
    Query,
)

PIECES = [
    *("chợ", "phí", "học", "a", "đ", "HĐND", "nq", "2024", "31/2/2024", "12/2023/NQ-HĐND", "KT-XH"),
    *("OR", "AND", "NOT", "VÀ", "HOẶC", "KHÔNG", "NEAR/5", "NEAR/99", "~5", '"', "(", ")", "()"),
    *("+", "-", "*", " ", "  ", "\n", "ngày:", "ngày: ", "số:", "loại:", "cấp: ", "cơ quan:"),
    *("tiêu đề:", "người ký: ", "..", ">=", "là gì", "điều 2", "\u0301", "\ud800", "\u202e", "ﬁ"),
]
typing = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def parts(typed: str) -> tuple[Node, ...]:
    """Return what the root joins, or the root alone."""
    root = parse_query(typed).root
    assert root is not None
    return root.parts if isinstance(root, And) else (root,)


def plain(typed: str) -> Plain:
    """Return the plain words of a query."""
    [found] = [part for part in parts(typed) if isinstance(part, Plain)]
    return found


def say(node: Node) -> str:
    """Return the words of a node."""
    assert isinstance(node, (Plain, Phrase, Near, InField))
    return " ".join(word.syllable for word in node.words)


def fault_of(typed: str) -> QueryError | None:
    """Return the error that a query gives, if any."""
    try:
        parse_query(typed)
    except QueryError as error:
        return error
    return None


def conditions(typed: str) -> Query:
    """Return a query without the chips, which quote what was typed."""
    return replace(parse_query(typed), understood=())


@given(st.text(max_size=600) | typing)
@example("a" * 100_000)
@example('"' * 10_000)
@example("(" * 10_000)
@example("\ud800")
@example("là gì như thế nào")
@example("\u05e9\u05dc\u05d5\u05dd \u202e\u200f OR")
@example("\ufb2c" * 400)
@example("1/" * 200)
@example("ngày:1 " * 60)
def test_any_text_parses_or_is_a_query_error(typed: str) -> None:
    """Nothing else is raised; errors point into what was typed, and each suggestion parses."""
    fault = fault_of(typed)
    if fault:
        assert 0 <= fault.position <= len(typed)
        assert fault.vietnamese.startswith("Ở ký tự thứ ")
        assert fault_of(fault.suggestion) is None


@given(st.text(alphabet="học phí HĐND uỷ ỷ ủ 2024 đ .,", max_size=60))
def test_every_spelling_asks_the_same(typed: str) -> None:
    """Composed or not, with Ð for Đ, invisible characters in between, one tone style or other."""
    wanted = conditions_or_fault(typed)
    for spelling in (
        unicodedata.normalize("NFD", typed),
        typed.replace("Đ", "\u00d0"),
        typed.replace(" ", " \u200b"),
        typed.replace("uỷ", "ủy"),
    ):
        assert conditions_or_fault(spelling) == wanted


def conditions_or_fault(typed: str) -> Query | str:
    """Return the conditions of a query, or what is wrong with it."""
    fault = fault_of(typed)
    return str(fault).partition(": ")[2] if fault else conditions(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "mức thu học phí và viện phí",
        "nq 15 2023 hà nội",
        "hòa bình ủy ban",
        '"đặt tên đường" không có phí',
        "cơ quan: hđnd tỉnh nghệ an",
        "loại:nghị quyết -thuế +phí",
        "bảo hiểm y tế là gì",
    ],
)
def test_capitals_ask_the_same(typed: str) -> None:
    """A query in capitals is no other query, its "và" and "không" are no operators."""
    assert conditions(typed.upper()) == conditions(typed)


def test_an_empty_query_asks_for_everything() -> None:
    """No words is no error: it lists all documents."""
    assert parse_query(" \n\u200b ") == Query()
    assert parse_query("").is_empty


@pytest.mark.parametrize("typed", ["?!…", '""', '" "', "---", "“”", "+", '-""'])
def test_a_query_of_punctuation_is_refused(typed: str) -> None:
    """The reader is asked for a word."""
    with pytest.raises(QueryError, match="no letters or digits") as caught:
        parse_query(typed)
    assert caught.value.suggestion == ""


def test_plain_words_of_the_top_level_are_counted_together() -> None:
    """Phrases, fields and exclusions between them part neighbours, nothing else."""
    found = plain('bãi đỗ "giữ xe" cấp:xã ven hồ -thuế')
    assert say(found) == "bãi đỗ ven hồ"
    assert found.bigrams == ("bai_do", "ven_ho")
    assert found.needs == needs_for(4, 2)


@pytest.mark.parametrize("typed", ["bãi đỗ OR hồ", "bãi đỗ AND hồ", '(bãi đỗ OR "hồ")', "+bãi x"])
def test_words_beside_an_operator_must_all_be_there(typed: str) -> None:
    """Who writes AND, OR or + has decided what counts."""
    root = parse_query(typed).root
    assert isinstance(root, (And, Or))
    found = [p for p in root.parts if isinstance(p, Plain) and "bãi" in say(p)]
    assert [each.needs for each in found] == [None]


def test_numbers_are_numbers_beside_operators_too() -> None:
    """Their parts are no words."""
    root = parse_query("phí 12/2023/NQ-HĐND OR -13/2023/nq-hdnd").root
    assert isinstance(root, Or)
    first, second = root.parts
    assert isinstance(first, And)
    assert [type(part) for part in first.parts] == [Plain, NumberClause]
    assert isinstance(second, Not)
    assert isinstance(second.part, NumberClause)
    assert second.part.keys[0] == "13/2023/nq-hdnd"


def test_exclusions_alone_mean_everything_but() -> None:
    """A query of one minus is no error."""
    assert isinstance(parse_query("-thuế").root, Not)
    assert [type(part) for part in parts('-thuế -"phí chợ"')] == [Not, Not]


def test_near_counts_the_syllables_beyond_its_own() -> None:
    """Both ways to write it mean the same stretch; a phrase beside NEAR stays a phrase."""
    [near] = parts('"đỗ xe hồ"~5')
    assert isinstance(near, Near)
    assert (say(near), near.distance) == ("đỗ xe hồ", 8)
    assert parts("đỗ xe NEAR/5 hồ") == (near,)
    assert parts('"đỗ xe" NEAR/5 hồ') == (*parts('"đỗ xe"'), near)
    assert parts('"hồ hồ"~5') == parts('"hồ"')


def test_a_prefix_keeps_the_accents_typed() -> None:
    """In the index's tone style."""
    [prefix] = parts("QUYẾ*")
    assert isinstance(prefix, Prefix)
    assert (prefix.stem.syllable, prefix.stem.accented, prefix.field) == ("quyế", True, None)


def test_empty_phrases_ask_for_nothing() -> None:
    """Beside other words they are a slip of the hand."""
    assert parse_query('thuế "" OR ""').root == parse_query("+thuế").root
    assert parse_query('thuế ""').root == parse_query("thuế").root


def test_what_was_understood_is_a_condition_and_can_be_declined() -> None:
    """The literal reading keeps the words; a declined chip leaves words only."""
    query = parse_query('hđnd tỉnh nghệ an "đỗ xe"')
    assert query.understood
    assert isinstance(query.literal, And)
    assert [type(part) for part in query.literal.parts] == [Plain, Phrase]
    declined = parse_query('hđnd tỉnh nghệ an "đỗ xe"', tuple(u.key for u in query.understood))
    assert (declined.root, declined.literal) == (query.literal, None)
    assert {u.key for u in declined.understood} == {"expansion:hdnd"}


def test_other_ways_to_say_words_are_shown_and_can_be_declined() -> None:
    """An abbreviation written out widens the search, and so it is told."""
    [chip] = parse_query("giám sát pccc").understood
    assert (chip.key, chip.label, chip.effect) == (
        "expansion:pccc",
        "phòng cháy chữa cháy",
        "expands",
    )
    declined = parse_query("giám sát pccc", (chip.key,))
    assert isinstance(declined.root, Plain)
    assert (declined.root.expansions, declined.understood) == ((), ())


def test_the_same_words_have_one_chip_however_many_ways_there_are() -> None:
    """It takes them all back; abbreviations are shown as they are written."""
    [chip] = [u for u in parse_query("tiếp xúc cử tri").understood if u.kind == "expansion"]
    assert "TXCT" in chip.label.split(", ")
    assert len(chip.label.split(", ")) > 1


def test_what_may_be_a_name_prefers_who_signed() -> None:
    """Two to five words; more are no name."""
    [preference] = parse_query("Lương Giả Định").preferences
    assert isinstance(preference.node, InField)
    assert preference.node.field == "signer"
    assert not parse_query("mức thu học phí mầm non").preferences


def test_a_number_is_no_guess_that_could_hide_something() -> None:
    """It has no literal reading beside it."""
    query = parse_query("học phí 38/2024/NQ-HĐND")
    assert query.literal is None
    assert say(plain("học phí 38/2024/NQ-HĐND")) == "học phí"


def test_the_part_of_an_act_is_asked_for_beside_the_query() -> None:
    """Its words are no conditions."""
    query = parse_query("khoản 1 điều 2 nq 23/2026")
    assert query.division == (("khoản", "1"), ("điều", "2"))
    assert isinstance(query.root, NumberClause)


@pytest.mark.parametrize(
    ("typed", "position", "suggestion"),
    [
        ("ho\u0323c phi\u0301 OR", 10, "học phí"),
        ("\u200b\u200b  phí\n\n(chợ", 9, "phí (chợ)"),
        ("phí ))) (", 4, "phí"),
        ("“phí chợ", 0, '"phí chợ"'),
        ("phí OR OR OR OR OR chợ", 7, "phí OR chợ"),
        ("loại:nq ngày:32/1/2024 cấp:thôn", 13, "loại:nq ngày:1/2024 thôn"),
    ],
)
def test_a_fault_points_into_what_was_typed(typed: str, position: int, suggestion: str) -> None:
    """Not into the cleaned text; the suggestion has all faults mended, not the first alone."""
    fault = fault_of(typed)
    assert fault is not None
    assert (fault.position, fault.suggestion) == (position, suggestion)
    assert f"character {position + 1}:" in str(fault)


def test_past_many_faults_the_words_alone_are_offered() -> None:
    """In small letters, so that none of them is an operator."""
    fault = fault_of("a* OR " * 20 + "chợ OR")
    assert fault is not None
    assert fault.suggestion == "a or " * 20 + "chợ or"


def test_overlong_queries_are_refused_with_a_shorter_one() -> None:
    """500 characters and 64 words; whole words within the limit are offered."""
    with pytest.raises(QueryError, match="10000 characters") as caught:
        parse_query("phí chợ " * 1250)
    assert caught.value.position == 500
    assert caught.value.suggestion.split() == ["phí", "chợ"] * 32
    with pytest.raises(QueryError, match="65 words") as caught:
        parse_query(" ".join(f"t{n}" for n in range(65)))
    assert caught.value.suggestion.split()[-1] == "t63"


def test_what_can_be_marked_leaves_out_what_is_excluded() -> None:
    """Plain words, phrases, nearness, prefixes and fields; other ways to say them as phrases."""
    query = parse_query(
        'pccc "bãi xe" hồ* tiêu đề:chợ 12/2023/NQ-HĐND cấp:xã -thuế ("a b"~3 OR -phố)'
    )
    leaves = marked_leaves(query)
    kinds = {type(leaf) for leaf in leaves}
    assert kinds == {Plain, Phrase, Prefix, InField, Near}
    phrases = {say(leaf) for leaf in leaves if isinstance(leaf, Phrase)}
    assert {"bãi xe", "phòng cháy chữa cháy"} <= phrases
    assert any("12 2023" in phrase for phrase in phrases)
    words = " ".join(say(leaf) for leaf in leaves if not isinstance(leaf, Prefix))
    assert "thuế" not in words
    assert "phố" not in words
    assert marked_leaves(Query()) == ()
