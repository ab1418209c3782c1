"""Rich text."""

from __future__ import annotations

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.rtf import extract_rtf

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset163 Times New Roman;}"
    r"{\f1\fnil\fcharset0 .VnTime{\*\falt Arial};}"
    r"{\f2\fnil .VnTimeH;}{\f3\fnil VNI-Times;}{\f4\fnil\fcharset2 Symbol;}{\f5\fcharset238 X;}}"
)


def rtf(body: str, fonts: str = FONTS) -> bytes:
    """Return a file with this body."""
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + "\n" + body + "}").encode("latin-1")


def read(body: str) -> list[str]:
    """Return the lines of a file with this body."""
    return extract_rtf(rtf(body)).pages[0].split("\n")


def test_letters_are_those_of_their_font() -> None:
    """Vietnamese Windows, two old encodings, a font of capitals, signs, and Central Europe."""
    assert read(
        r"\f0 H\'f0i \'f0\'f4\'ccng\par\f1 NghÞ quy\'d5t \f0 12\par\f2 nh\'a9n d\'a9n\par"
        r"\f3 \'d1ie\'e0u 1\par\f4\'b7\f0  Ph\'ed\par\f5\'b3\par"
    ) == ["Hđi đô\u0300ng", "Nghị quyết 12", "NHÂN DÂN", "Điều 1", "• Phí", "ł"]


def test_unicode_letters_have_stand_ins_for_old_programs() -> None:
    """As many signs as the file says are passed over; large codes are written below zero."""
    assert read(
        r"Ngh\u7883?quy\u7871\'65t\par{\uc2 \u7883ab\uc0\u7883 c}\par\u-10179\u-8704?\par\u7871{}?"
    ) == ["Nghịquyết", "ịịc", "\U0001f600", "ế?"]


def test_signs_have_words_of_their_own() -> None:
    """Dashes, quotes, tabs, breaks and escaped braces."""
    assert read(
        "\\ldblquote A\\rdblquote\\~\\endash\\tab\\{b\\}\\\\\\line c\\_d\\:\\\ne\\bullet  f\x00"
    ) == [
        "“A”\xa0–\t{b}\\",
        "c-d",
        "e• f",
    ]


def test_what_is_no_text_is_left_out() -> None:
    """Styles, pictures, properties, field codes, unknown groups, binary data."""
    assert read(
        r"{\stylesheet{\s0 Normal;}}{\info{\author Ai}}{\*\unknown{\b xx}}A{\pict ffd8}"
        r"{\field{\*\fldinst PAGE}{\fldrslt 5}}{\object{\*\objdata 00}{\result B}}"
        r"{\pict\bin5 }}{{}}C{\v hidden\v0 D}{\deleted cut}{\v x\plain E}"
    ) == ["A5BCDE"]


def test_revisions_and_shapes_and_notes() -> None:
    """Text boxes follow their paragraph, notes the whole text."""
    assert read(
        r"A{\super\chftn}{\footnote {\chftn} m\'f4t\par hai}B"
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}lost{\shptxt box\par}}}\par C{\footnote ba}"
    ) == ["A[1]B", "box", "C[2]", "[1] môt", " hai".strip(), "[2] ba"]


def test_lists_bring_their_numbers() -> None:
    """What old programs show for a number is the number."""
    assert (
        read(r"{\listtext\pard\plain\f0 1.\tab}N\'f4i{\*\listtable x}\par{\pntext a)\tab}dung")[1]
        == "a) dung"
    )


def test_tables_are_read_row_by_row() -> None:
    """A letterhead is read column by column; a table in a cell stays in its cell."""
    row = r"\trowd\pard\intbl %s\cell %s\cell\row\pard "
    head = row % (r"HDND\par So: 1/NQ-HDND", "CONG HOA XA HOI")
    fees = row % ("Phi", "5") + row % ("Thu", "7")
    assert read(head + r"\par" + fees + "Het") == [
        *("HDND", "So: 1/NQ-HDND", "CONG HOA XA HOI", "", "Phi\t5", "Thu\t7", "Het"),
    ]
    nested = (
        r"\pard\intbl\itap1 A\par\itap2 x\nestcell y\nestcell{\*\nesttableprops\nestrow}"
        r"{\nonesttables\par}\pard\intbl\cell B\cell\row\pard C"
    )
    assert read(nested) == ["A x\ty\tB", "C"]


def test_a_table_cut_off_keeps_its_cells() -> None:
    """The end of the row is missing."""
    assert read(r"\intbl A\cell B\par") == ["A", "B"]


def test_headers_are_frame_unless_the_letterhead_stands_there() -> None:
    """Each line of a frame is told once."""
    extracted = extract_rtf(
        rtf(
            r"{\header HDND XA A\par CONG HOA XA HOI CHU NGHIA\par}"
            r"{\footer C\'f4ng b\'e1o\par}{\footerf C\'f4ng b\'e1o\par 12}NGHI QUYET"
        )
    )
    lines = ["HDND XA A", "CONG HOA XA HOI CHU NGHIA", "NGHI QUYET"]
    assert extracted.pages[0].split("\n") == lines
    assert extracted.boilerplate == "Công báo"


def test_titles_and_pages_are_told() -> None:
    """A title in two spellings is taken in Unicode; pages where all are marked."""
    extracted = extract_rtf(
        rtf(
            r"{\info{\title{\upr{Nghi}{\*\ud{Ngh\u7883?}}}}{\nofpages2}}A\page\par B\par",
        )
    )
    assert (extracted.title, extracted.pages) == ("Nghị", ("A", "B"))


def test_a_file_without_fonts_is_read_in_its_code_page() -> None:
    """One that nobody knows is taken for Western."""
    assert extract_rtf(rb"{\rtf1\ansi\ansicpg1258 \'f0\par}").pages == ("đ",)
    assert extract_rtf(rb"{\rtf1\ansi\ansicpg999 \'f0{\fonttbl Loose;}\fcharset3}").pages == ("ð",)


def test_bytes_that_an_encoding_lacks_are_kept() -> None:
    """They may be letters that the whole line tells."""
    assert extract_rtf(rtf(r"{\f9\'81}", r"{\fonttbl{\f9\fcharset0 A;}}")).pages == ("\x81",)


def test_a_file_cut_short_is_refused() -> None:
    """Half of a resolution must not pass for the whole."""
    with pytest.raises(UnreadableSourceError, match="cut short"):
        extract_rtf(rtf("A {\\b B")[:-1])


def test_groups_nested_without_end_are_refused() -> None:
    """No program writes them."""
    with pytest.raises(UnreadableSourceError, match="nested"):
        extract_rtf(rtf("{" * 6000 + "}" * 6000))


def test_a_revision_says_when_and_not_what() -> None:
    """Its time is a number of ten figures."""
    assert read(
        r"A{\deleted\revauthdel1\revdttmdel1742342144 B}{\revised\revdttm1742342144 C}"
    ) == ["AC"]


def test_a_dot_before_an_entry_is_a_bullet() -> None:
    """The font that it is drawn in may be left out; within a text it is a dot."""
    assert read(r"{\listtext\pard\plain \'b7\tab}Ph\'ed A\'b7B") == ["• Phí A·B"]
