"""PDF: text layers in reading order, scans told apart."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.pdf import extract_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]

FILES = Path(__file__).parents[4] / "shared" / "data" / "files"
needs_files = pytest.mark.skipif(not FILES.exists(), reason="needs ../shared/data/files")
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Xét Tờ trình của Ủy ban nhân dân tỉnh về mức thu phí;",
    "Điều 1. Quy định mức thu phí thẩm định hồ sơ trên địa bàn tỉnh.",
    "Điều 2. Hội đồng nhân dân tỉnh giao Ủy ban nhân dân tỉnh thực hiện.",
)


def body_of(page: int) -> list[str]:
    """Return lines that no other page has."""
    word = ("không", "một", "hai", "ba", "bốn")[page]
    return [f"{line.rstrip('.;')} theo phụ lục {word}." for line in BODY]


def test_pages_are_texts_of_their_own(make_pdf: Make, make_page: Make) -> None:
    """Lines keep their order, and the method names the library."""
    extracted = extract_pdf(make_pdf(make_page(*body_of(1)), make_page(*body_of(2))))
    assert extracted.pages == ("\n".join(body_of(1)), "\n".join(body_of(2)))
    assert extracted.media_type == "application/pdf"
    assert extracted.method.startswith("pdfminer.six 20")


def test_the_number_does_not_run_into_the_date(make_pdf: Make, make_placed_page: Make) -> None:
    """Left and right column are lines of their own, also where the gap is narrow."""
    rows = [
        ("HỘI ĐỒNG NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TỈNH NAM ĐỊNH", "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 12/2023/NQ-HĐND", "Nam Định, ngày 10 tháng 7 năm 2023"),
    ]
    lines = []
    for at, (left, right) in enumerate(rows):
        lines += [(60, 800 - 16 * at, left), (190, 800 - 16 * at, right)]
    text = extract_pdf(make_pdf(make_placed_page([*lines, (60, 700, BODY[0])]))).pages[0]
    assert set(text.split("\n")) == {*rows[0], *rows[1], *rows[2], BODY[0]}


def test_letter_spaced_words_are_joined(make_pdf: Make, make_placed_page: Make) -> None:
    """Letters set apart for looks still make a word."""
    spaced = [(60 + 8.0 * at, 800, letter) for at, letter in enumerate("NGHỊ") if letter != " "]
    page = make_placed_page([*spaced, (60, 700, BODY[0])])
    assert extract_pdf(make_pdf(page)).pages[0].startswith("NGHỊ\n")


def test_page_numbers_and_running_heads_are_no_content(make_pdf: Make, make_page: Make) -> None:
    """They would cut sentences that run over two pages."""
    pages = [
        make_page(f"CÔNG BÁO/Số {at + 7}/Ngày 0{at}-3-2024", *body_of(at), f"Trang {at}/4")
        for at in range(1, 5)
    ]
    extracted = extract_pdf(make_pdf(*pages))
    assert extracted.pages == tuple("\n".join(body_of(at)) for at in range(1, 5))
    assert "CÔNG BÁO/Số 8" in extracted.boilerplate


def test_a_motto_on_each_page_is_content(make_pdf: Make, make_page: Make) -> None:
    """Forms in an annex start like letters."""
    pages = [make_page("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *body_of(at)) for at in range(3)]
    assert all(page.startswith("CỘNG HÒA") for page in extract_pdf(make_pdf(*pages)).pages)


def test_pictures_of_pages_are_scans(make_pdf: Make, make_page: Make) -> None:
    """Their places stay, empty, until OCR fills them."""
    extracted = extract_pdf(make_pdf(make_page(picture=1.0), make_page(picture=0.9)))
    assert (extracted.pages, extracted.scans) == (("", ""), (0, 1))


def test_a_watermark_on_each_page_is_no_text_layer(make_pdf: Make, make_page: Make) -> None:
    """A gazette's name repeated over scans, however long, says nothing of their content."""
    mark = "Bản in từ cổng thông tin điện tử của cơ quan công báo tỉnh, " * 5
    extracted = extract_pdf(make_pdf(*(make_page(mark, picture=1.0) for _ in range(3))))
    assert (extracted.pages, extracted.scans) == (("", "", ""), (0, 1, 2))


@pytest.mark.parametrize("mark", ["congbao.example.vn", "Ký bởi: Văn phòng HĐND tỉnh " * 20])
def test_a_stamp_on_a_single_scan_is_no_text_layer(
    make_pdf: Make, make_page: Make, mark: str
) -> None:
    """A few words over a picture of a page are too few, and what signing adds says nothing."""
    assert extract_pdf(make_pdf(make_page(mark, picture=1.0))).scans == (0,)


def test_foreign_ocr_over_a_scan_is_no_text_layer(make_pdf: Make, make_page: Make) -> None:
    """Text that lost all its accents to a scanner's own OCR is worth less than a new reading."""
    line = "HOI BONG NHAN DAN TiNH quy djnh ve muc thu phi tham dinh ho so"
    page = make_page(*(f"{line} {at}" for at in range(9)), picture=1.0)
    assert extract_pdf(make_pdf(page)).scans == (0,)


@pytest.mark.parametrize("hidden", [False, True])
def test_good_ocr_over_a_scan_is_a_text_layer(
    make_pdf: Make, make_placed_page: Make, *, hidden: bool
) -> None:
    """Accented text over a picture of the page is kept, also where it is invisible."""
    texts = [*body_of(1), *body_of(2)]
    lines = [(60.0, 800.0 - 16 * at, line) for at, line in enumerate(texts)]
    page = make_placed_page(picture=1.0, **{"hidden" if hidden else "lines": lines})
    assert extract_pdf(make_pdf(page)).pages == ("\n".join(texts),)


def test_text_pages_among_scans_are_kept(make_pdf: Make, make_page: Make) -> None:
    """A typed decision with scanned annexes gives its decision, each page in its place.

    The few words over a picture stay until OCR has read the picture.
    """
    pages = [make_page(picture=1.0), make_page(*body_of(1)), make_page("BẢN SAO", picture=1.0)]
    extracted = extract_pdf(make_pdf(*pages))
    assert extracted.pages == ("", "\n".join(body_of(1)), "BẢN SAO")
    assert extracted.scans == (0, 2)


def test_a_page_with_nothing_on_it_keeps_its_place(make_pdf: Make, make_page: Make) -> None:
    """It is neither a scan nor lost, and the page after it keeps its number."""
    extracted = extract_pdf(make_pdf(make_page(), make_page(*body_of(1))))
    assert (extracted.pages[0], extracted.scans) == ("", ())
    assert extracted.pages[1].startswith("Căn cứ")


def test_a_blank_pdf_says_so(make_pdf: Make, make_page: Make) -> None:
    """There is nothing to index, nor anything for OCR."""
    with pytest.raises(UnreadableSourceError, match=r"^1 page\(s\) without text or picture"):
        extract_pdf(make_pdf(make_page()))


def test_letters_drawn_as_shapes_need_ocr(make_pdf: Make, make_page: Make) -> None:
    """Some printer drivers leave no letter in the file, only outlines."""
    assert extract_pdf(make_pdf(make_page(shapes=500))).scans == (0,)


def test_wrapped_lines_are_one_paragraph(make_pdf: Make, make_page: Make) -> None:
    """The page's width broke them, not their author."""
    lines = ["Hội đồng nhân dân tỉnh giao Ủy ban nhân dân", "tỉnh tổ chức thực hiện nghị quyết."]
    text = extract_pdf(make_pdf(make_page("Điều 2.", *lines, "Điều 3."))).pages[0]
    assert text.split("\n") == ["Điều 2.", " ".join(lines), "Điều 3."]


def test_a_site_address_on_each_page_is_no_content(make_pdf: Make, make_page: Make) -> None:
    """It stands in the middle of text that it has nothing to do with."""
    pages = [
        make_page(*body_of(at)[:2], "www.congbao.example.vn", *body_of(at)[2:]) for at in (1, 2)
    ]
    assert extract_pdf(make_pdf(*pages)).pages[0] == "\n".join(body_of(1))


@pytest.mark.parametrize(
    ("blank", "filled"),
    [("Số:         /NQ-HĐND", "Số:   45   /NQ-HĐND"), ("Số: ......./NQ-HĐND", "Số: 45/NQ-HĐND")],
)
@pytest.mark.parametrize("way", ["stamps", "forms"])
def test_a_number_stamped_into_a_blank_is_read(
    make_pdf: Make, make_placed_page: Make, way: str, blank: str, filled: str
) -> None:
    """Offices fill in numbers and dates on signing, as stamps over the finished page."""
    page = make_placed_page([(60, 800, blank), (60, 780, BODY[0])], **{way: [(100, 800, "45")]})
    line = extract_pdf(make_pdf(page)).pages[0].split("\n")[0]
    assert "".join(line.replace(".", " ").split()) == "".join(filled.split())


def test_a_signature_stamp_is_no_content(make_pdf: Make, make_page: Make) -> None:
    """Who signed the file, and when, would look like part of the act."""
    page = make_page(*BODY, stamps=[(300, 100, "Ký bởi: Văn phòng HĐND tỉnh")])
    extracted = extract_pdf(make_pdf(page))
    assert extracted.pages == ("\n".join(BODY),)
    assert extracted.boilerplate == "Ký bởi: Văn phòng HĐND tỉnh"


def test_a_slanting_watermark_is_no_content(make_pdf: Make, make_page: Make) -> None:
    """Its letters would fall between the lines."""
    assert extract_pdf(make_pdf(make_page(*BODY, slanting="DỰ THẢO"))).pages == ("\n".join(BODY),)


def test_a_page_of_very_many_lines_is_read(make_pdf: Make, make_placed_page: Make) -> None:
    """Past some hundred lines blanks are no longer looked for, so that time stays in bounds."""
    lines = [(20 + 60 * (at % 9), 830 - 14 * (at // 9), f"{at} đ") for at in range(540)]
    assert extract_pdf(make_pdf(make_placed_page(lines))).pages[0].count("đ") == 540


def test_a_locked_pdf_says_so() -> None:
    """The next step is a copy without the password."""
    packed = io.BytesIO()
    canvas = Canvas(packed, encrypt=StandardEncryption("secret"))
    canvas.drawString(60, 800, "locked")
    canvas.save()
    with pytest.raises(UnreadableSourceError, match="password"):
        extract_pdf(packed.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", b"%PDF-1.4\ntrailer<</Root 9 0 R>>\n%%EOF"])
def test_a_broken_pdf_says_so(data: bytes) -> None:
    """Nothing of it can be read."""
    with pytest.raises(UnreadableSourceError, match="PDF"):
        extract_pdf(data)


@pytest.mark.shared
@needs_files
@pytest.mark.parametrize("path", sorted((FILES / "scanned").glob("*.pdf")), ids=lambda p: p.name)
def test_real_scans_are_told_as_scans(path: Path) -> None:
    """Gazette scans, most with a watermark as their only text, need OCR on every page."""
    extracted = extract_pdf(path.read_bytes())
    assert extracted.scans == tuple(range(len(extracted.pages)))


@pytest.mark.shared
@needs_files
@pytest.mark.parametrize(
    ("name", "pages"), [("council-signed-invitation.pdf", 1), ("lossy-text-layer.pdf", 31)]
)
def test_real_text_layers_are_read(name: str, pages: int) -> None:
    """Each page gives its text."""
    extracted = extract_pdf((FILES / "pdf" / name).read_bytes())
    assert len(extracted.pages) == pages
    assert all(extracted.pages)


@pytest.mark.shared
@needs_files
def test_lost_letters_of_a_real_file_are_found_again() -> None:
    """A bold face of it says that each H is a blank; the font itself knows better."""
    text = extract_pdf((FILES / "pdf" / "lossy-text-layer.pdf").read_bytes()).pages[0]
    assert {"CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NGHỊ ĐỊNH"} <= set(text.split("\n"))


@pytest.mark.shared
@needs_files
def test_a_number_signed_into_a_real_file_is_read() -> None:
    """The blank after "Số:" holds what was stamped there."""
    text = extract_pdf((FILES / "pdf" / "council-signed-invitation.pdf").read_bytes()).pages[0]
    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert "Số: 06 /GM-HĐND" in lines
    assert "Tuần Giáo, ngày12 tháng 11 năm 2020" in lines
