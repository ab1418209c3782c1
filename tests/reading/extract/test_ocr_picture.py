"""Pages are drawn as OCR likes them."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.ocr_picture import (
    draw_pages,
    extract_picture,
    is_blank,
    measure_skew,
    straighten,
)


def _lines(size: tuple[int, int] = (1200, 1700), ink: str = "black") -> Image.Image:
    """Return a page of thirty dark bars, as lines of print look from afar."""
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    for at in range(30):
        top = 100 + at * 48
        for left in range(120, size[0] - 120, 60):
            draw.rectangle((left, top, left + 44, top + 22), fill=ink)
    return page


def _save(*pages: Image.Image, kind: str = "TIFF") -> bytes:
    target = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(target, kind, **more)
    return target.getvalue()


def _pdf(width: float, height: float, pages: int = 1) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height), invariant=1)
    for _ in range(pages):
        canvas.rect(20, 20, width - 40, 30, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_a_pdf_is_drawn_at_300_dots_per_inch() -> None:
    """An A4 page is 3508 pixels high, which is where tesseract reads best."""
    ((number, page),) = draw_pages(_pdf(595.28, 841.89), [0])
    assert (number, page.mode) == (0, "L")
    assert page.height == pytest.approx(3508, abs=2)


@pytest.mark.parametrize("height", [3500.0, 90.0])
def test_a_page_of_an_unlikely_size_is_drawn_as_a4(height: float) -> None:
    """Scanners that write pixels for points make pages of two metres; memory must not follow."""
    ((_, page),) = draw_pages(_pdf(height * 0.7, height), [0])
    assert page.height == pytest.approx(3508, abs=3)


def test_only_the_pages_asked_for_are_drawn() -> None:
    """Pages that a PDF or a picture file does not have are left out."""
    assert [number for number, _ in draw_pages(_pdf(300, 500, pages=3), [2, 0, 7])] == [0, 2]
    tiff = _save(_lines(), _lines(), _lines())
    assert [number for number, _ in draw_pages(tiff, [1, 9])] == [1]


def test_all_pages_of_a_picture_file_are_scans() -> None:
    """A TIFF of two pages has two that wait for OCR; a JPEG one."""
    extracted = extract_picture(_save(_lines(), _lines()))
    assert (extracted.pages, extracted.scans) == (("", ""), (0, 1))
    assert extracted.media_type == "image/tiff"
    assert extract_picture(_save(_lines(), kind="JPEG")).scans == (0,)


def test_red_ink_is_gone_and_black_stays() -> None:
    """A seal must not hide the name beneath it."""
    seal = Image.new("RGB", (1200, 1700), "white")
    ImageDraw.Draw(seal).ellipse((300, 100, 900, 700), outline=(255, 20, 20), width=60)
    page = ImageChops.multiply(_lines(), seal)
    ((_, red),) = draw_pages(_save(page, kind="PNG"), [0])
    ((_, plain),) = draw_pages(_save(_lines(), kind="PNG"), [0])
    assert sum(red.histogram()[:100]) == pytest.approx(sum(plain.histogram()[:100]), rel=0.02)


def test_what_is_transparent_is_paper() -> None:
    """A PNG without a ground is black on white, not black on black."""
    page = Image.new("RGBA", (1200, 1800), (0, 0, 0, 0))
    ImageDraw.Draw(page).rectangle((100, 100, 1100, 200), fill=(0, 0, 0, 255))
    ((_, drawn),) = draw_pages(_save(page, kind="PNG"), [0])
    assert drawn.getpixel((600, 900)) == 255
    assert drawn.getpixel((600, 150)) == 0


def test_a_small_picture_is_enlarged() -> None:
    """A picture sent over a telephone has letters of ten pixels."""
    ((_, page),) = draw_pages(_save(_lines((600, 850)), kind="JPEG"), [0])
    assert page.size == (2476, 3508)


def test_a_bilevel_picture_stays_sharp() -> None:
    """Fax pages of one bit are read as gray."""
    ((_, page),) = draw_pages(_save(_lines((1500, 2100)).convert("1")), [0])
    assert (page.mode, page.size) == ("L", (1500, 2100))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 and nothing else", "can't be drawn"),
        (b"\x89PNG\r\n\x1a\n broken", "broken picture"),
        (b"GIF89a what we do not take", "broken picture"),
        (_save(_lines(), kind="PNG")[:900], "broken picture"),
    ],
)
def test_a_broken_file_says_so(data: bytes, reason: str) -> None:
    """Each gives a reason, whatever the library raises."""
    with pytest.raises(UnreadableSourceError, match=reason):
        list(draw_pages(data, [0]))


def test_a_picture_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes that unpack to more pixels than a page can have are not unpacked."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    with pytest.raises(UnreadableSourceError, match="too many pixels"):
        extract_picture(_save(_lines(), kind="PNG"))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_500_000)
    with pytest.raises(UnreadableSourceError, match="too many pixels"):
        extract_picture(_save(_lines(), kind="PNG"))


@pytest.mark.parametrize("angle", [-3.0, -1.0, 0.6, 2.4])
def test_a_page_laid_askew_is_straightened(angle: float) -> None:
    """The slope is measured to within a fifth of a degree, and taken back."""
    askew = _lines().convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert measure_skew(askew) == pytest.approx(-angle, abs=0.2)
    assert abs(measure_skew(straighten(askew))) <= 0.2


def test_a_straight_page_is_left_alone() -> None:
    """Turning blurs: what is level stays as it is, and so does an empty page."""
    page = _lines().convert("L")
    assert straighten(page) is page
    assert measure_skew(Image.new("L", (800, 1100), 255)) == 0.0


def test_a_blank_page_is_told_from_a_printed_one() -> None:
    """A few specks of dust are no print."""
    page = Image.new("L", (2480, 3508), 255)
    ImageDraw.Draw(page).rectangle((10, 10, 40, 40), fill=0)
    assert is_blank(page)
    assert not is_blank(_lines().convert("L"))
