"""Documents that came as files: their pages, their dates, their untouched originals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from lxml import html
from reportlab.pdfgen.canvas import Canvas

from indexer.operations import build_index
from indexer.settings import Settings
from webapp import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

NEWS = (
    "HOẠT ĐỘNG HĐND HUYỆN\n"
    "Sáng ngày 19/4, Thường trực HĐND thành phố Hà Nội đã tổ chức Hội nghị giao ban với Thường "
    "trực HĐND quận, huyện, thị xã quý I/2024. Chủ tịch HĐND Thành phố chủ trì hội nghị.\n"
)
# Letters without accents: every reader of PDFs knows a font for them.
REPORT_PAGES = (
    ("BAO CAO", "Ket qua giam sat viec cap nuoc sach", "Doan giam sat."),
    ("Kien nghi", "Sua chua duong ong dan nuoc trong nam."),
)


def write_pdf(file: Path) -> None:
    """Write a text-layer PDF of one page for each of REPORT_PAGES."""
    canvas = Canvas(str(file))
    for lines in REPORT_PAGES:
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * row, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus folder of two files in a subfolder whose name holds a space."""
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "tài liệu"
    folder.mkdir()
    (folder / "tin.txt").write_text(NEWS, "utf-8")
    write_pdf(folder / "giám sát.pdf")
    lines: list[dict[str, Any]] = [
        {"path": "tài liệu/tin.txt", "origin": "https://example.org/tin?id=1&x=2"},
        {"path": "tài liệu/giám sát.pdf", "kind": "báo cáo giám sát", "sample": True},
    ]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    (corpus / "manifest.jsonl").write_text(text, "utf-8")
    return corpus


@pytest.fixture(scope="module")
def files(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a site over the corpus."""
    index = tmp_path_factory.mktemp("files") / "index"
    report = build_index(corpus, index, jobs=1)
    assert not report.failed
    return create_app(Settings(index=index)).test_client()


def page_of(client: FlaskClient, path: str) -> Any:
    """Return the parsed page of a path that answers 200."""
    answer = client.get(quote(path, safe="/?="))
    assert answer.status_code == 200
    return html.fromstring(answer.get_data(as_text=True))


@pytest.mark.parametrize("name", ["tin.txt", "giám sát.pdf"])
def test_the_original_is_sent_as_it_is_under_its_own_name(
    files: FlaskClient, corpus: Path, name: str
) -> None:
    """Byte for byte, to be saved and not to be opened in the site's name."""
    [link] = page_of(files, f"/van-ban/tài liệu/{name}").xpath("//p[@class='actions']//a/@href")
    with files.get(link) as answer:
        assert answer.data == (corpus / "tài liệu" / name).read_bytes()
        disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert name in disposition or f"filename*=UTF-8''{quote(name)}" in disposition


def test_pages_of_a_pdf_are_shown(files: FlaskClient) -> None:
    """Where the original has pages, the text says where each begins."""
    page = page_of(files, "/van-ban/tài liệu/giám sát.pdf")
    assert [part.text_content() for part in page.xpath("//p[@class='page']")] == [
        "Trang 1",
        "Trang 2",
    ]
    after = page.xpath("//p[@id='trang-2']/following-sibling::p")
    assert "Kien nghi" in after[0].text_content()


def test_an_inferred_date_is_badged_on_card_and_page(files: FlaskClient) -> None:
    """The year that only the quarter tells is never passed off as written."""
    card = page_of(files, "/tim-kiem?q=giao ban").xpath("//li[contains(@class, 'card')]")[0]
    assert "19/04/2024" in card.text_content()
    assert "ngày suy ra" in card.text_content()
    page = page_of(files, "/van-ban/tài liệu/tin.txt")
    assert page.xpath("//dl//i[@class='badge']/text()") == ["ngày suy ra"]


def test_the_source_is_a_link_that_tells_nothing(files: FlaskClient) -> None:
    """It leads where the document came from, without telling what was searched here."""
    page = page_of(files, "/van-ban/tài liệu/tin.txt?q=giao ban")
    [link] = page.xpath("//dl//a[starts-with(@href, 'https:')]")
    assert link.get("href") == "https://example.org/tin?id=1&x=2"
    assert "noreferrer" in link.get("rel")


def test_a_changed_or_vanished_original_is_not_sent(
    files: FlaskClient, corpus: Path, tmp_path: Path
) -> None:
    """What is no longer the file that was read is no original."""
    file = corpus / "tài liệu" / "tin.txt"
    kept = file.replace(tmp_path / "kept")
    try:
        answer = files.get(quote("/tai-ve/tài liệu/tin.txt"))
        assert answer.status_code == 404
        assert "Bản gốc của văn bản này không còn" in answer.get_data(as_text=True)
        file.write_text("khác", "utf-8")
        assert files.get(quote("/tai-ve/tài liệu/tin.txt")).status_code == 404
    finally:
        kept.replace(file)
