"""Files become text: by their format, then by OCR where pages are pictures."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading import file_check
from indexer.reading.extract import EXTRACTION_VERSION, extract_file, extraction, formats, ocr
from indexer.reading.extract.ocr_page import OcrPage, OcrWord, page_to_json
from indexer.records import Attachment, ExtractedText, SourceFile
from indexer.settings import ExtractLimits
from tests.processes import SOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

MIB = 2**20
LIMITS = ExtractLimits(seconds=60, ocr_seconds=60, memory_bytes=512 * MIB, output_bytes=8 * MIB)
TIGHT = ExtractLimits(seconds=1, memory_bytes=128 * MIB, output_bytes=8 * MIB)
TEXT = "Nghị quyết về mức thu học phí."
INSTALL = "apt-get install something"


@pytest.fixture
def as_source(tmp_path: Path) -> Callable[..., SourceFile]:
    """Return what lays bytes down as a source file."""

    def lay_down(data: bytes, name: str = "a.txt") -> SourceFile:
        location = tmp_path / name
        location.parent.mkdir(exist_ok=True)
        location.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return SourceFile(id=name, path=name, location=location, sha256=digest)

    return lay_down


@pytest.fixture
def as_extract(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., SourceFile]:
    """Return what lays down a file that a format's reader makes this of."""

    def lay_down(**fields: Any) -> SourceFile:
        made = ExtractedText(
            **{"pages": ("a",), "media_type": "application/pdf", "method": "made 1", **fields}
        )
        monkeypatch.setattr(formats, "extract_bytes", lambda *_: made)
        return as_source(TEXT.encode())

    return lay_down


def test_a_file_is_read_by_a_child(as_source: Callable[..., SourceFile]) -> None:
    """The text comes through the pipe, and nothing was recognised."""
    found = extract_file(as_source(TEXT.encode()), LIMITS)
    assert (found.text.pages, found.text.media_type) == ((TEXT,), "text/plain")
    assert (found.new_ocr, found.trouble) == ((), "")
    assert EXTRACTION_VERSION >= 2


def test_all_that_an_extractor_found_comes_through(as_extract: Callable[..., SourceFile]) -> None:
    """Every field arrives as it was."""
    made = {
        "pages": ("một", ""),
        "title": "Tên",
        "boilerplate": "menu",
        "hints": {"number": "1/NQ"},
        "attachments": (Attachment("a.pdf", "https://hdnd.example.vn/a.pdf"),),
    }
    text = extract_file(as_extract(**made), LIMITS).text
    assert {name: getattr(text, name) for name in made} == made
    assert (text.media_type, text.method) == ("application/pdf", "made 1")


def test_a_file_without_a_letter_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """An index entry without text helps nobody."""
    with pytest.raises(UnreadableSourceError, match="no text"):
        extract_file(as_source(b" \n-- \n"), LIMITS)


def test_a_file_that_changed_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """Its record would describe other bytes."""
    source = as_source(TEXT.encode())
    source.location.write_text("other", encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match="changed while being read; run the command"):
        extract_file(source, LIMITS)


def test_a_file_that_is_gone_is_a_failure(as_source: Callable[..., SourceFile]) -> None:
    """The reason says so."""
    source = as_source(TEXT.encode())
    source.location.unlink()
    with pytest.raises(UnreadableSourceError, match="missing"):
        extract_file(source, LIMITS)


def test_a_link_swapped_in_after_the_listing_is_a_failure(
    as_source: Callable[..., SourceFile], tmp_path: Path
) -> None:
    """Even one to the same bytes: what lies outside is not read."""
    source = as_source(TEXT.encode(), "in/a.txt")
    inside = SourceFile("a.txt", "a.txt", source.location, source.sha256)
    outside = tmp_path / "outside.txt"
    source.location.rename(outside)
    source.location.symlink_to(outside)
    with pytest.raises(UnreadableSourceError, match="out of the folder"):
        extract_file(inside, LIMITS)


def test_a_file_too_large_to_hold_is_a_failure(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not even opened for a child."""
    monkeypatch.setattr(file_check, "_LARGEST_FILE", 10)
    with pytest.raises(UnreadableSourceError, match="larger than 0 MiB"):
        extract_file(as_source(TEXT.encode()), LIMITS)


def test_pages_earn_time(
    as_source: Callable[..., SourceFile],
    make_pdf: Callable[..., bytes],
    make_page: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A volume of many pages may take longer than a letter."""

    def take_a_while(_data: bytes, _path: str) -> ExtractedText:
        time.sleep(2.2)
        return ExtractedText(pages=("a",), media_type="application/pdf", method="none")

    monkeypatch.setattr(formats, "extract_bytes", take_a_while)
    limits = ExtractLimits(seconds=2, page_seconds=15)
    pdf = make_pdf(*(make_page(*[TEXT] * 9, f"{at}") for at in range(4)))
    with pytest.raises(UnreadableSourceError, match="gave no text within 2 s"):
        extract_file(as_source(TEXT.encode()), limits)
    assert extract_file(as_source(pdf, "a.pdf"), limits).text.pages == ("a",)


def test_the_child_tells_pages_first_and_then_the_text(
    as_source: Callable[..., SourceFile],
    make_pdf: Callable[..., bytes],
    make_page: Callable[..., Any],
) -> None:
    """Both as plain data; a PDF is a PDF whatever its name."""
    source = as_source(make_pdf(*[make_page(*[TEXT] * 30)] * 2), "a.txt")
    with source.location.open("rb") as file:
        pages, fields = extraction._extract(file, source)
    assert pages == 2
    text = extraction._text_from_json(fields)
    assert (text.media_type, len(text.pages)) == ("application/pdf", 2)


def test_an_odd_answer_is_a_failure(
    as_source: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a child was made to say, it is not taken for a text."""
    for answers in ([], ["x"], [1], [1, {}], [1, {"pages": 5}]):
        monkeypatch.setattr(extraction, "_extract", lambda *_, answers=answers: answers)
        with pytest.raises(UnreadableSourceError, match="an odd answer"):
            extract_file(as_source(TEXT.encode()), LIMITS)


PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
HOSTILE = {
    "object loop": b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "nested lists": b"%PDF-1.4\n1 0 obj\n" + b"[" * 10**6 + b"\ntrailer<</Root 1 0 R>>",
    "many tags": b"<html>" + b"<p><b>x</b> y</p>" * 10**6,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_becomes_a_reason_in_time(
    as_source: Callable[..., SourceFile], name: str
) -> None:
    """Time and memory are bounded, and the next file is read."""
    source = as_source(HOSTILE[name], "hostile")
    started = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=";") as raised:
        extract_file(source, TIGHT)
    assert time.monotonic() - started < TIGHT.seconds + SOON
    assert str(raised.value).isprintable()
    assert extract_file(as_source(TEXT.encode()), LIMITS).text.pages == (TEXT,)


def word(text: str, at: int) -> OcrWord:
    """Return a word on a line of its own, recognised without doubt."""
    return OcrWord(text, 1.0, 300, 300 + 60 * at, 40 * len(text), 40, 1, 1, at)


def page(number: int, *words: str) -> OcrPage:
    """Return what OCR saw on a page."""
    return OcrPage(number, 2480, 3508, tuple(word(text, at) for at, text in enumerate(words, 1)))


def page_of_its_own(number: int) -> OcrPage:
    """Return a page whose sentence stands on no other."""
    return page(number, *f"Học phí của trang {'mười ' * number}này".split())


def recognise(data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
    """Stand in for OCR: each page holds a sentence of its own."""
    assert data == TEXT.encode()
    for number in numbers:
        yield page_of_its_own(number)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have OCR at hand, whether or not this machine has."""
    monkeypatch.setattr(ocr, "ocr_missing", lambda: "")
    monkeypatch.setattr(ocr, "ocr_engine", lambda: "tesseract 5.9")
    monkeypatch.setattr(ocr, "recognise_pages", recognise)


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no OCR at hand."""
    monkeypatch.setattr(ocr, "ocr_missing", lambda: INSTALL)


@pytest.mark.usefixtures("installed")
def test_scans_are_filled_in_their_places(as_extract: Callable[..., SourceFile]) -> None:
    """Pages keep their numbers; what OCR saw is handed out to be kept."""
    found = extract_file(as_extract(pages=("", TEXT, ""), scans=(0, 2)), LIMITS)
    first, second, third = found.text.pages
    assert (first.split()[0], second, "mười" in third) == ("Học", TEXT, True)
    assert found.text.scans == ()
    assert sorted(found.text.ocr) == [0, 2]
    assert found.text.ocr[0] > 0.9
    assert found.text.method == "made 1, tesseract 5.9"
    assert [page.number for page in found.new_ocr] == [0, 2]
    assert found.trouble == ""


@pytest.mark.usefixtures("installed")
def test_pages_known_from_before_are_not_recognised_again(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild costs nothing."""

    def note(_data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
        yield page(numbers[0], *map(str, numbers), "trang")

    monkeypatch.setattr(ocr, "recognise_pages", note)
    source = as_extract(pages=("", ""), scans=(0, 1))
    known = {0: page(0, "Biết", "trước"), 7: page(7, "lạ")}
    found = extract_file(source, LIMITS, known)
    assert [page.number for page in found.new_ocr] == [1]
    assert found.new_ocr[0].words[0].text == "1"
    assert "Biết" in found.text.pages[0]
    again = extract_file(source, LIMITS, {**known, **{p.number: p for p in found.new_ocr}})
    assert (again.text, again.new_ocr) == (found.text, ())


@pytest.mark.usefixtures("not_installed")
def test_a_file_of_pictures_needs_ocr(as_extract: Callable[..., SourceFile]) -> None:
    """The build goes on, and the reason names the line to type."""
    with pytest.raises(SkippedSourceError, match=rf"^needs OCR: 2 page\(s\) .*; .*: {INSTALL}$"):
        extract_file(as_extract(pages=("", ""), scans=(0, 1)), LIMITS)


@pytest.mark.usefixtures("not_installed")
def test_pages_of_text_are_kept_where_others_need_ocr(
    as_extract: Callable[..., SourceFile],
) -> None:
    """What can't be read is listed."""
    found = extract_file(as_extract(pages=(TEXT, ""), scans=(1,)), LIMITS)
    assert (found.text.pages, found.text.scans) == ((TEXT, ""), (1,))
    assert (found.text.ocr, found.text.method) == ({}, "made 1")


@pytest.mark.usefixtures("not_installed")
def test_known_pages_are_used_without_ocr_as_well(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were paid for."""
    monkeypatch.setattr(ocr, "ocr_engine", lambda: "")
    source = as_extract(pages=("", ""), scans=(0, 1))
    found = extract_file(source, LIMITS, {1: page(1, "Biết", "trước")})
    assert (found.text.scans, sorted(found.text.ocr)) == ((0,), [1])


def die_at(bad: Sequence[int], how: Callable[[], object]) -> Callable[..., Iterator[OcrPage]]:
    """Return an OCR that comes to grief on these pages."""

    def recognise_others(_data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
        for number in numbers:
            if number in bad:
                how()
            yield page_of_its_own(number)

    return recognise_others


@pytest.mark.usefixtures("installed")
def test_a_page_that_kills_ocr_does_not_cost_the_others(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before it are kept, those behind it are read, and the reason names it."""
    die = die_at([1], lambda: os.kill(os.getpid(), signal.SIGKILL))
    monkeypatch.setattr(ocr, "recognise_pages", die)
    found = extract_file(as_extract(pages=("",) * 4, scans=(0, 1, 2, 3)), LIMITS)
    assert [page.number for page in found.new_ocr] == [0, 2, 3]
    assert found.text.scans == (1,)
    assert found.trouble.startswith("OCR stopped at page 2: broke its reader (SIGKILL)")


@pytest.mark.usefixtures("installed")
def test_each_page_has_its_own_time(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four slow pages are fine; one that hangs is left out."""
    slow = die_at([0, 1, 2, 3], lambda: time.sleep(0.6))
    monkeypatch.setattr(ocr, "recognise_pages", slow)
    limits = ExtractLimits(seconds=60, ocr_seconds=2)
    source = as_extract(pages=("",) * 4, scans=(0, 1, 2, 3))
    assert len(extract_file(source, limits).new_ocr) == 4
    monkeypatch.setattr(ocr, "recognise_pages", die_at([3], lambda: time.sleep(300)))
    found = extract_file(source, limits)
    assert (len(found.new_ocr), found.text.scans) == (3, (3,))
    assert "page 4: gave no text within 2 s" in found.trouble
    assert "HDND_OCR_SECONDS" in found.trouble


@pytest.mark.usefixtures("installed")
def test_ocr_gives_up_after_a_few_bad_pages(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of nothing but traps can't hold up the batch."""
    monkeypatch.setattr(ocr, "recognise_pages", die_at(range(1, 9), lambda: os._exit(1)))
    found = extract_file(as_extract(pages=("",) * 9, scans=tuple(range(9))), LIMITS)
    assert found.trouble.count("page ") == 3
    assert found.text.scans == tuple(range(1, 9))


@pytest.mark.usefixtures("installed")
def test_a_page_that_ocr_passes_over_stays_a_scan(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own limit may make OCR leave a page out."""

    def pass_over(_data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
        yield from (page(number, "Trang", "này") for number in numbers if number != 1)

    monkeypatch.setattr(ocr, "recognise_pages", pass_over)
    found = extract_file(as_extract(pages=("",) * 3, scans=(0, 1, 2)), LIMITS)
    assert (found.text.scans, [page.number for page in found.new_ocr]) == ((1,), [0, 2])
    assert found.trouble == "OCR stopped at page 2: not recognised in time"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("answer", [5, [1, 2], [0, 1, 1, [["a", "b"]]], page_to_json(page(9))])
def test_an_odd_page_is_a_failure(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    """Neither torn pages nor ones that nobody asked for are taken."""
    monkeypatch.setattr(extraction, "_recognise_bytes", lambda *_: [answer])
    with pytest.raises(UnreadableSourceError, match="page 1: broke its reader"):
        extract_file(as_extract(pages=("",), scans=(0,)), LIMITS)


@pytest.mark.usefixtures("installed")
def test_scans_without_a_letter_are_a_failure(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty page gives no index entry."""
    monkeypatch.setattr(ocr, "recognise_pages", lambda _, numbers: map(page, numbers))
    with pytest.raises(UnreadableSourceError, match="holds no text"):
        extract_file(as_extract(pages=("",), scans=(0,)), LIMITS)


@pytest.mark.usefixtures("installed")
def test_running_heads_of_scans_are_boilerplate(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told from the text over all the pages together."""

    def recognise_heads(_data: bytes, numbers: Sequence[int]) -> Iterator[OcrPage]:
        for number in numbers:
            lines = ("CÔNG BÁO SÔNG XANH", f"Nội dung riêng {'khác ' * number}của trang.")
            words = [
                OcrWord(text, 0.9, 300 + 200 * at, 200 + 400 * line, 150, 40, line + 1, 1, 1)
                for line, said in enumerate(lines)
                for at, text in enumerate(said.split())
            ]
            yield OcrPage(number, 2480, 3508, tuple(words))

    monkeypatch.setattr(ocr, "recognise_pages", recognise_heads)
    source = as_extract(pages=("",) * 4, scans=(0, 1, 2, 3), boilerplate="menu")
    text = extract_file(source, LIMITS).text
    assert text.boilerplate.splitlines()[0] == "menu"
    assert not any("CÔNG BÁO" in page for page in text.pages)


@pytest.mark.usefixtures("installed")
def test_pages_past_the_most_say_so(
    as_extract: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told to install what is there; the pages that were read are kept."""
    monkeypatch.setattr(extraction, "MOST_PAGES", 1)
    found = extract_file(as_extract(pages=("", ""), scans=(0, 1)), LIMITS)
    assert found.text.scans == (1,)
    assert found.trouble == "page 2 and later: 1 are read at a time"
