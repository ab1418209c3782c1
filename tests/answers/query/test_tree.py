"""Tokens are joined by precedence, and every fault is found where it is."""

from __future__ import annotations

import pytest

from indexer.answers.query.faults import FaultyQueryError
from indexer.answers.query.parts import (
    Condition,
    Either,
    Neighbours,
    Quote,
    Run,
    Stem,
    Tree,
    Without,
)
from indexer.answers.query.tokens import prepare_text
from indexer.answers.query.tree import read_tree


def spell(tree: Tree) -> str:  # noqa: PLR0911 - one line for each kind of part
    """Return a tree on one line: [..] for words, & and | between parts, ! before what is out."""
    if isinstance(tree, Run):
        return f"[{tree.text}]"
    if isinstance(tree, Quote):
        return f'"{tree.text}"' + (f"~{tree.reach}" if tree.reach is not None else "")
    if isinstance(tree, Stem):
        return f"{tree.text}*"
    if isinstance(tree, Neighbours):
        return f"<{spell(tree.left)} {tree.reach} {spell(tree.right)}>"
    if isinstance(tree, Condition):
        return f"{{{type(tree.node).__name__}}}"
    if isinstance(tree, Without):
        return f"!{spell(tree.part)}"
    sign = " | " if isinstance(tree, Either) else " && " if tree.written else " & "
    joined = sign.join(map(spell, tree.parts))
    return f"+{joined}" if len(tree.parts) == 1 else f"({joined})"


def read(typed: str) -> str:
    """Return what was typed as `spell` gives it."""
    return spell(read_tree(prepare_text(typed)))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("chợ phố", "[chợ phố]"),
        ("chợ OR phố AND cầu", "([chợ] | ([phố] && [cầu]))"),
        ("chợ phố OR cầu đường", "([chợ phố] | [cầu đường])"),
        ('"chợ" phố OR cầu', '(("chợ" & [phố]) | [cầu])'),
        ("chợ AND NOT phố cầu OR đò", "(([chợ] && ![phố cầu]) | [đò])"),
        ("chợ AND (phố OR cầu)", "([chợ] && ([phố] | [cầu]))"),
        ("chợ phố NOT cầu đò", "([chợ phố] & ![cầu đò])"),
        ("chợ -phố cầu", "([chợ] & ![phố] & [cầu])"),
        ("chợ +phố cầu", "([chợ] & +[phố] & [cầu])"),
        ("chợ -(phố OR cầu)", "([chợ] & !([phố] | [cầu]))"),
        ("NOT NOT chợ", "+[chợ]"),
        ("NOT -chợ", "+[chợ]"),
        ("-KT-XH chợ", "(![KT-XH] & [chợ])"),
        ("-KT-quyế* chợ", "(!([KT-] && quyế*) & [chợ])"),
        ("-chợ", "![chợ]"),
        ("quyế* chợ", "(quyế* & [chợ])"),
        ("chợ NEAR/3 phố cầu", "<[chợ] 3 [phố cầu]>"),
        ('"chợ" NEAR/3 phố NEAR/4 cầu', '(<"chợ" 3 [phố]> && <[phố] 4 [cầu]>)'),
        ("NOT chợ NEAR/3 phố", "!<[chợ] 3 [phố]>"),
        ('"chợ phố"~3', '"chợ phố"~3'),
    ],
)
def test_near_binds_before_not_before_and_before_or(typed: str, tree: str) -> None:
    """Words side by side are joined as by AND; a sign holds one word, NOT all that follow."""
    assert read(typed) == tree


@pytest.mark.parametrize(
    ("typed", "same"), [("((chợ))", "[chợ]"), ("chợ (phố)", "([chợ] & [phố])")]
)
def test_parentheses_around_words_alone_change_nothing(typed: str, same: str) -> None:
    """Titles have remarks in parentheses."""
    assert read(typed) == same


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("loại:nq chợ phố", "({FacetChoice} & [chợ phố])"),
        ("loại: nghị quyết chợ phố", "({FacetChoice} & [chợ phố])"),
        ("loại:nghị quyết chợ", "({FacetChoice} & [chợ])"),
        ("chợ cấp: xã", "([chợ] & {FacetChoice})"),
        ("tiêu đề:chợ phố", "({InField} & [phố])"),
        ("tiêu đề: chợ phố", "{InField}"),
        ("tiêu đề: chợ phố OR cầu", "({InField} | [cầu])"),
        ("tiêu đề: chợ cấp:xã", "({InField} & {FacetChoice})"),
        ('tiêu đề: "chợ phố" cầu', "({InField} & [cầu])"),
        ("tiêu đề:quyế* cầu", "({Prefix} & [cầu])"),
        ("tiêu đề:(chợ OR -phố) cầu", "(({InField} | !{InField}) & [cầu])"),
        ('loại:(nq OR "tờ trình")', "({FacetChoice} | {FacetChoice})"),
        ("-loại:nq chợ", "(!{FacetChoice} & [chợ])"),
        ("chợ tiêu đề: (phố)", "([chợ] & {InField})"),
        ("nghị quyết số: 9/NQ", "([nghị quyết] & {NumberClause})"),
        ("số: 9", "{NumberClause}"),
        ("ngày: 19 tháng 4 năm 2024 chợ", "({Period} & [chợ])"),
        ("số: nq 15 năm 2024 chợ", "({NumberClause} & [chợ])"),
    ],
)
def test_how_far_a_value_reaches(typed: str, tree: str) -> None:
    """One word when glued to the colon, all words after a space; a closed value as it is long."""
    assert read(typed) == tree


@pytest.mark.parametrize(
    "typed", ["họp các cấp: kết quả", "lịch họp các ngày:", "a loại: b:c", "tổng số: 9 chợ"]
)
def test_a_field_without_a_value_amid_words_is_words(typed: str) -> None:
    """Titles say "các cấp: ..." and mean no field."""
    assert read(typed) == f"[{typed}]"


@pytest.mark.parametrize(
    ("typed", "place", "mended"),
    [
        ("chợ OR", 4, "chợ"),
        ("OR chợ", 0, "chợ"),
        ("chợ OR OR phố", 7, "chợ OR phố"),
        ("chợ AND", 4, "chợ"),
        ("AND chợ", 0, "chợ"),
        ("chợ AND OR phố", 4, "chợ OR phố"),
        ("chợ NOT", 4, "chợ"),
        ("chợ -OR phố", 4, "chợ OR phố"),
        ("NEAR/3 chợ", 0, "chợ"),
        ("chợ NEAR/3", 4, "chợ"),
        ("chợ NEAR/3 loại:nq", 4, "chợ AND loại:nq"),
        ("chợ () phố", 4, "chợ phố"),
        ("chợ (phố", 4, "chợ (phố)"),
        ("chợ (", 4, "chợ"),
        ("chợ) phố", 3, "chợ phố"),
        ('chợ "phố', 4, 'chợ "phố"'),
        ('chợ "', 4, "chợ"),
        ("((((((((( chợ )))))))))", 8, "chợ"),
        ("cấp:phường chợ", 4, "cấp:xã chợ"),
        ("loại:nghi_quyt", 5, "loại:nghị quyết"),
        ("loại:bánh chợ", 5, "bánh chợ"),
        ("loại:(nq OR bánh mì)", 12, "(nq OR bánh mì)"),
        ("loại:(nq OR tờ trìn)", 12, "loại:(nq OR tờ trình)"),
        ("loại:quyế*", 5, "loại:quy chế"),
        ("ngày:31/2/2024", 5, "ngày:2/2024"),
        ("ngày:-chợ", 5, "-chợ"),
        ("số:không", 3, "không"),
        ("ngày:", 0, "ngày"),
        ('tiêu đề:"…"', 8, '"…"'),
        ("tiêu đề:(chợ loại:nq)", 13, "tiêu đề:(chợ nq)"),
        ("?!…", 0, ""),
        ('"" chợ*phố', 6, '"" chợ phố'),
        ('""~5', 0, ""),
    ],
)
def test_a_fault_has_its_place_and_a_cure(typed: str, place: int, mended: str) -> None:
    """The place is where the reader must look; the edit is the least that helps."""
    with pytest.raises(FaultyQueryError) as caught:
        read(typed)
    assert (caught.value.position, caught.value.edit.apply(typed)) == (place, mended)
    assert caught.value.vietnamese.endswith(".")
