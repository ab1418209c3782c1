"""Sheet -> HTML page: the text amid the menus, side columns and footers of a portal."""

from __future__ import annotations

import re
import zlib
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from tests.samples.sheet import MOTTO, SAMPLE_MARK, STATE, Letterhead, Sheet, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.samples.spec import Block

LAYOUTS = Path(__file__).with_name("layouts")

# Headlines beside the text: a portal's links to other pages, no part of the document.
_RELATED = (
    "Lịch tiếp công dân định kỳ của Thường trực HĐND",
    "Chúc mừng năm mới tới toàn thể cán bộ và Nhân dân",
    "Giải bóng chuyền hơi người cao tuổi thành công tốt đẹp",
    "Khai mạc hội chợ hàng tiêu dùng và sản phẩm làng nghề",
    "Tập huấn kỹ năng sử dụng dịch vụ công trực tuyến",
    "Ra quân tổng vệ sinh môi trường chào mừng ngày lễ lớn",
    "Gặp mặt các gia đình chính sách tiêu biểu",
    "Hội thi tuyên truyền viên giỏi lần thứ ba",
)
_TAGS = {"heading": ("<p><strong>", "</strong></p>"), "citation": ("<p><em>", "</em></p>")}


def render_html(sheet: Sheet, layout: str, issued_on: date, category: str, publisher: str) -> bytes:
    """Return the page in UTF-8; `layout` names a file of `layouts/`."""
    template = Template((LAYOUTS / f"{layout}.html").read_text(encoding="utf-8"))
    headline = sheet.name if sheet.letterhead is None else _write_headline(sheet)
    page = template.substitute(
        headline=escape(headline),
        publisher=escape(publisher),
        PUBLISHER=escape(publisher.upper()),
        category=escape(category),
        mark=SAMPLE_MARK,
        day=f"{issued_on:%d/%m/%Y}",
        iso=issued_on.isoformat(),
        content="\n".join(_write_content(sheet)),
        related="\n".join(_link_related(headline)),
    )
    return page.encode()


def _write_headline(sheet: Sheet) -> str:
    number = sheet.letterhead.number_line.removeprefix("Số: ") if sheet.letterhead else ""
    named = f"{sheet.name.capitalize()} số {number}" if number else sheet.name.capitalize()
    return re.sub(r"\s+", " ", f"{named} {sheet.abstract[:1].lower()}{sheet.abstract[1:]}")


def _link_related(headline: str) -> Iterator[str]:
    first = zlib.crc32(headline.encode()) % len(_RELATED)
    for step in range(4):
        title = _RELATED[(first + step) % len(_RELATED)]
        yield f'<li><a href="/bai/{first}{step}">{title}</a></li>'


def _write_content(sheet: Sheet) -> Iterator[str]:
    if sheet.letterhead:
        yield from _write_letterhead(sheet.letterhead)
        yield f'<p align="center"><strong>{escape(sheet.name)}</strong></p>'
        yield f'<p align="center"><strong>{escape(sheet.abstract)}</strong></p>'
    for block in sheet.blocks:
        yield _write_block(block)
    if sheet.signature:
        yield from _write_signature(sheet.recipients, sheet.signature)


def _write_letterhead(head: Letterhead) -> Iterator[str]:
    left = "<br>".join(escape(line) for line in head.issuer)
    yield f'<table class="tieu-ngu"><tr><td><b>{left}</b></td>'
    yield f"<td><b>{STATE}<br>{MOTTO}</b></td></tr>"
    yield f"<tr><td>{escape(head.number_line)}</td>"
    yield f"<td><i>{head.place_and_date}</i></td></tr></table>"


def _write_block(block: Block) -> str:
    if block.style == "table":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    before, after = _TAGS.get(block.style, ("<p>", "</p>"))
    return f"{before}{escape(block.text)}{after}"


def _write_signature(recipients: tuple[str, ...], signature: Signature) -> Iterator[str]:
    left = "<br>".join(f"- {escape(line)}" for line in recipients)
    right = "<br>".join((*signature.roles, "<br>", escape(signature.name)))
    yield f"<table><tr><td><i>Nơi nhận:</i><br>{left}</td>"
    yield f"<td align='center'><b>{right}</b></td></tr></table>"
