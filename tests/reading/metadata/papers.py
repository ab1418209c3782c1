"""Papers and sources that the tests of this folder share; every one is made up."""

from __future__ import annotations

from pathlib import Path

from indexer.reading.metadata.record import describe_entry, describe_file
from indexer.records import CouncilDocument, ExtractedText, SourceEntry, SourceFile

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def paper(  # noqa: PLR0913
    *,
    issuer: str = "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN",
    number: str = "Số: 12/2023/NQ-HĐND",
    day: str = "Phú Yên, ngày 10 tháng 7 năm 2023",
    name: str = "NGHỊ QUYẾT",
    subject: str = "Về việc quy định mức học phí năm học 2023-2024",
    body: str = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    end: str = "",
) -> str:
    """Return a paper as a reader of PDF files gives it, left column first."""
    return "\n".join(
        part for part in (issuer, number, MOTTO, day, name, subject, body, end) if part
    )


def describe(  # noqa: PLR0913
    text: str,
    *,
    title: str = "",
    boilerplate: str = "",
    hints: dict[str, str] | None = None,
    facts: dict[str, str] | None = None,
    media_type: str = "text/plain",
    pages: tuple[str, ...] = (),
) -> CouncilDocument:
    """Return the record of a file with that text."""
    source = SourceFile("a.txt", "a.txt", Path("a.txt"), "0" * 64, facts or {})
    extracted = ExtractedText(pages or (text,), media_type, "test", title, boilerplate, hints or {})
    return describe_file(source, extracted)


def describe_line(title: str, text: str = "", **facts: str) -> CouncilDocument:
    """Return the record of an export's line."""
    return describe_entry(SourceEntry("e", "e.jsonl:1", "0" * 64, title, text, facts))
