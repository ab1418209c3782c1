"""Pages are recognised by tesseract, where it is installed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.reading.extract import ocr
from indexer.reading.extract.ocr import ocr_engine, ocr_missing, recognise_pages
from indexer.reading.extract.ocr_page import OcrPage
from indexer.reading.extract.ocr_text import read_ocr_pages

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = (
    "Điều 1. Thông qua mức thu phí thẩm định",
    "trên địa bàn tỉnh Hồ Sen từ năm 2024.",
    "Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức",
    "thực hiện Nghị quyết này theo quy định.",
)

needs_tesseract = pytest.mark.skipif(
    bool(ocr_missing()) or not FONT.exists(), reason="needs tesseract's Vietnamese and DejaVu"
)


def _write(*lines: str) -> Image.Image:
    """Return a page of print as a scanner at 300 dots per inch sees it."""
    page = Image.new("L", (1500, 2121), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 46)
    for at, line in enumerate(lines):
        draw.text((150, 200 + 90 * at), line, fill=0, font=font)
    return page


def _tiff(*pages: Image.Image) -> bytes:
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    return target.getvalue()


def _read(data: bytes) -> str:
    return "\n".join(
        "\n".join(text.lines) for text in read_ocr_pages([*recognise_pages(data, [0])])
    )


@needs_tesseract
def test_a_printed_page_is_read() -> None:
    """Every word of a clear page comes out, with its paragraphs joined."""
    assert _read(_tiff(_write(*LINES))) == f"{LINES[0]} {LINES[1]}\n{LINES[2]} {LINES[3]}"


@needs_tesseract
@pytest.mark.parametrize("turn", [180, 90])
def test_a_page_on_its_head_or_side_is_turned(turn: int) -> None:
    """Copiers take pages in any way that they are laid."""
    # The direction is only looked for where the page reads badly; it takes a page's worth of text.
    page = _write(*LINES * 5).rotate(turn, expand=True, fillcolor=255)
    assert LINES[1] in _read(_tiff(page))


@needs_tesseract
def test_blank_pages_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A back page without print is known without tesseract, and keeps its number."""
    monkeypatch.setattr(ocr, "_recognise", lambda _picture: pytest.fail("was recognised"))
    blank = Image.new("L", (1500, 2121), 255)
    assert list(recognise_pages(_tiff(blank, blank), [1])) == [OcrPage(1, 1500, 2121, ())]


@needs_tesseract
def test_a_page_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are read: a page of noise must not cost the document."""

    def recognise(picture: Image.Image) -> tuple[()]:
        if picture.getpixel((5, 5)) == 0:
            raise RuntimeError("Tesseract process timeout")
        return ()

    monkeypatch.setattr(ocr, "_recognise", recognise)
    slow = _write(*LINES)
    slow.paste(0, (0, 0, 20, 20))
    pages = recognise_pages(_tiff(slow, _write(*LINES)), [0, 1])
    assert [page.number for page in pages] == [1]


def test_a_page_without_a_direction_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few letters to tell which way is up, or upright already, or not sure."""
    page = _write("Hồ Sen")

    def answer(found: dict[str, float] | None) -> None:
        def look(*_args: object, **_more: object) -> dict[str, float]:
            if found is None:
                raise pytesseract.TesseractError(1, "Too few characters")
            return found

        monkeypatch.setattr(pytesseract, "image_to_osd", look)

    for found in (
        None,
        {"rotate": 0, "orientation_conf": 9.0},
        {"rotate": 90, "orientation_conf": 0.2},
    ):
        answer(found)
        assert ocr._turn(page) is None
    answer({"rotate": 90, "orientation_conf": 9.0})
    turned = ocr._turn(page)
    assert turned is not None
    assert turned.size == (2121, 1500)


def test_the_better_reading_of_two_directions_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning that makes it worse is taken back."""
    page = _write(*LINES)
    monkeypatch.setattr(ocr, "_recognise", lambda _picture: ())
    monkeypatch.setattr(ocr, "_turn", lambda picture: picture.rotate(90, expand=True))
    ((kept),) = recognise_pages(_tiff(page), [0])
    assert (kept.width, kept.height) == page.size


def test_what_is_missing_is_said_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program, or no Vietnamese data: the same line installs both."""
    command = "apt-get install tesseract-ocr tesseract-ocr-vie"
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert ocr_missing.__wrapped__() == command
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    assert ocr_missing.__wrapped__() == command
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "vie"])
    assert ocr_missing.__wrapped__() == ""


@needs_tesseract
def test_the_engine_is_named_with_its_version() -> None:
    """A record tells what read it."""
    name, _, version = ocr_engine().partition(" ")
    assert (name, version[0].isdigit()) == ("tesseract", True)


def test_the_recogniser_has_a_name_though_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that it read before are still shown as its own."""

    def gone() -> str:
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr(pytesseract, "get_tesseract_version", gone)
    ocr_engine.cache_clear()
    assert ocr_engine() == "tesseract"
    ocr_engine.cache_clear()
