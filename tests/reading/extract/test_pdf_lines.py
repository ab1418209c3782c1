"""Letters become lines: accents, old fonts, ligatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pdfminer.layout import LTChar

from indexer.reading.extract.pdf import extract_pdf
from indexer.reading.extract.pdf_lines import line_text, place_line, rejoin_mark_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]


class _Font:
    """As much of a font as a letter asks for."""

    def __init__(self, name: str) -> None:
        self.fontname = name

    def is_vertical(self) -> bool:
        """Return what is true of Western fonts."""
        return False

    def get_descent(self) -> float:
        """Return how far letters reach below their line."""
        return -0.2


def letters(text: str, *, font: str = "Times", left: float = 60, step: float = 6) -> list[LTChar]:
    """Return letters side by side, each half as wide as it is high."""
    made: Any = _Font(font)
    return [
        LTChar((1, 0, 0, 1, left + step * at, 700), made, 12, 1, 0, letter, 0.5, 0, None, None)  # type: ignore[arg-type]
        for at, letter in enumerate(text)
    ]


def test_wide_gaps_are_spaces() -> None:
    """As many as fit in."""
    assert line_text([*letters("Số:"), *letters("/NQ", left=120)]) == "Số:" + " " * 12 + "/NQ"


def test_a_line_stands_where_its_ink_stands() -> None:
    """Blanks at its ends take no part."""
    placed = place_line(letters(" Số "))
    assert (placed.left, placed.right, placed.text) == (66, 78, " Số")


def test_typed_blanks_are_no_gaps() -> None:
    """Nor does a first blank count as a word."""
    assert line_text(letters("  một hai  ")) == "  một hai"


@pytest.mark.parametrize(
    ("font", "text"),
    [(".VnTime", "Héi ®ång nh©n d©n"), ("ABCDEF+.VnTime,Bold", "Héi ®ång nh©n d©n")],
)
def test_old_fonts_are_decoded(font: str, text: str) -> None:
    """Their names tell the encoding."""
    assert line_text(letters(text, font=font)) == "Hội đồng nhân dân"


def test_old_and_new_fonts_stand_in_one_line() -> None:
    """Each run is read by its own font."""
    mixed = [*letters("Số: 12 ", font="Arial"), *letters("Héi ®ång", font=".VnTime", left=102)]
    assert line_text(mixed) == "Số: 12 Hội đồng"


def test_split_syllables_and_loose_marks_are_mended() -> None:
    """Blanks between letters, tone marks behind theirs."""
    assert line_text(letters("NGH Ị QUY ẾT")) == "NGHỊ QUYẾT"
    assert line_text(letters("QUYE\u0302\u0301T")) == "QUYẾT"


def test_marks_in_lines_of_their_own_go_back_to_their_letters() -> None:
    """Where pdfminer parts them; marks without a line stay where they are."""
    marks = letters("\u0301", left=66)
    line, far = letters("tot"), letters("\u0301")
    for letter in far:
        letter.set_bbox((60, 100, 66, 112))
    boxes = [[marks], [line], [far]]
    rejoin_mark_lines(boxes)
    assert (line_text(boxes[1][0]), boxes[0], len(boxes[2][0])) == ("tót", [[]], 1)


def test_ligatures_are_letters(make_pdf: Make, make_page: Make) -> None:
    """A search for their letters must find them."""
    assert extract_pdf(make_pdf(make_page("ﬁle và ﬂow của tỉnh"))).pages == (
        "file và flow của tỉnh",
    )


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    """They are bare codes in a PDF as well."""
    item = [*letters("\uf0b7 ", font="BAAAAA+SymbolMT"), *letters("Phí", left=72)]
    assert line_text(item) == "• Phí"
