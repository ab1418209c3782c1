"""Numbers that Word counts itself."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml

from indexer.reading.extract.docx_numbering import Numbering
from indexer.reading.extract.docx_styles import Styles

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

LEVELS = (
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Dieu'/>"
    "<w:lvlText w:val='Điều %1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
    "<w:lvlText w:val='%2)'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='-'/></w:lvl>"
)
LISTS = (
    f"<w:abstractNum w:abstractNumId='0'>{LEVELS}</w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


def make(lists: str = LISTS, styles: str = "") -> Numbering:
    """Return what counts these lists."""
    found = Styles(parse_xml(f"<w:styles {W}>{styles}</w:styles>"))
    return Numbering(parse_xml(f"<w:numbering {W}>{lists}</w:numbering>"), found)


def paragraph(number: str = "", level: str = "", style: str = "") -> Any:
    """Return a paragraph in that list."""
    named = f"<w:pStyle w:val='{style}'/>" if style else ""
    place = f"<w:ilvl w:val='{level}'/>" if level else ""
    place += f"<w:numId w:val='{number}'/>" if number else ""
    listed = f"<w:numPr>{place}</w:numPr>" if place else ""
    return parse_xml(f"<w:p {W}><w:pPr>{named}{listed}</w:pPr></w:p>")


def draw(numbering: Numbering, *paragraphs: Any) -> list[str | None]:
    """Return the numbers of the paragraphs in turn."""
    labels = [numbering.count(each) for each in paragraphs]
    return [label.text if label else None for label in labels]


def test_articles_and_points_are_counted() -> None:
    """Points begin anew under each article; a bullet has no number."""
    article, point, dash = paragraph("1", "0"), paragraph("1", "1"), paragraph("1", "2")
    assert draw(make(), article, point, point, dash, article, point) == [
        *("Điều 1.", "a)", "b)", "-", "Điều 2.", "a)"),
    ]


def test_a_paragraph_outside_of_lists_has_no_number() -> None:
    """Neither has one in a list that does not exist, or on a level that it lacks."""
    assert draw(make(), paragraph(), paragraph("7", "0"), paragraph("1", "8")) == [None] * 3
    assert Numbering(None, Styles(None)).count(paragraph("1", "0")) is None


def test_a_style_may_number_its_paragraphs() -> None:
    """The paragraph may take itself out, or stand on another level."""
    styles = (
        "<w:style w:type='paragraph' w:styleId='Dieu'><w:pPr><w:numPr><w:numId w:val='1'/>"
        "</w:numPr></w:pPr></w:style>"
    )
    numbering = make(styles=styles)
    listed = [paragraph(style="Dieu"), paragraph("0", style="Dieu"), paragraph("", "1", "Dieu")]
    assert draw(numbering, *listed, listed[0]) == ["Điều 1.", None, "a)", "Điều 2."]


def test_two_lists_of_one_pattern_count_on() -> None:
    """Unless the second one says where it begins."""
    second = "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
    assert draw(make(LISTS + second), paragraph("1", "0"), paragraph("2", "0")) == [
        *("Điều 1.", "Điều 2."),
    ]
    restart = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
    numbering = make(LISTS + second.replace("</w:num>", restart))
    assert draw(numbering, paragraph("1", "0"), *[paragraph("2", "0")] * 2) == [
        *("Điều 1.", "Điều 5.", "Điều 6."),
    ]


def test_a_list_may_draw_a_level_its_own_way() -> None:
    """The pattern is the one of the list."""
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1/'/></w:lvl>"
    own = f"<w:lvlOverride w:ilvl='0'>{level}</w:lvlOverride></w:num>"
    assert draw(make(LISTS.replace("</w:num>", own)), paragraph("1", "0")) == ["I/"]


def test_a_list_may_be_the_one_of_a_style_of_lists() -> None:
    """Its own levels are empty then."""
    linked = LISTS.replace("'0'>", "'0'><w:styleLink w:val='Luat'/>", 1) + (
        "<w:abstractNum w:abstractNumId='9'><w:numStyleLink w:val='Luat'/></w:abstractNum>"
        "<w:num w:numId='2'><w:abstractNumId w:val='9'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num>"
    )
    numbering = make(linked)
    assert draw(numbering, paragraph("2", "0"), paragraph("3", "0")) == ["Điều 1.", None]


def test_figures_stand_for_every_count_where_the_law_style_asks() -> None:
    """Then "I" above is drawn as "1"."""
    levels = (
        "<w:lvl w:ilvl='0'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:isLgl/><w:lvlRestart w:val='0'/><w:lvlText w:val='%1.%2'/></w:lvl>"
    )
    numbering = make(LISTS.replace(LEVELS, levels))
    first, second = paragraph("1", "0"), paragraph("1", "1")
    assert draw(numbering, first, second, first, second) == ["I", "1.1", "II", "2.2"]


@pytest.mark.parametrize("start", ["-3", "x", "99999999"])
def test_a_start_that_is_no_count_is_one(start: str) -> None:
    """Broken files state such."""
    lists = LISTS.replace("<w:start w:val='1'/>", f"<w:start w:val='{start}'/>", 1)
    assert draw(make(lists), paragraph("1", "0")) == ["Điều 1."]


def test_a_number_is_set_in_its_level_s_font_or_its_paragraph_s() -> None:
    """Old letters in a pattern are decoded by it."""
    font = "<w:lvlText w:val='§iÒu %1.'/><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr>"
    label = make(LISTS.replace("<w:lvlText w:val='Điều %1.'/>", font)).count(paragraph("1", "0"))
    assert label == ("§iÒu 1.", ".VnTime", False)
    mark = parse_xml(
        f"<w:p {W}><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
        "<w:rPr><w:rFonts w:ascii='VNI-Times'/></w:rPr></w:pPr></w:p>"
    )
    assert make().count(mark) == ("Điều 1.", "VNI-Times", False)
