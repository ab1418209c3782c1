"""Tables as spreadsheet programs save them, in Vietnamese and in English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ManifestError
from indexer.reading.dates import read_stated_date
from indexer.reading.manifest_table import decode_table
from indexer.reading.sources import find_sources
from indexer.reading.stated_fields import find_field, read_stated_fields
from indexer.records import Refusal, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ["Đường dẫn", "Chuyên mục", "Nơi đăng", "Số hiệu", "Ngày ban hành", "Văn bản mẫu"]
ROW = [r"van-ban\nq-12.txt", "Hoạt động HĐND huyện", "huyện Thường Tín", "12/2023/NQ-HĐND"]
FACTS = {
    "category": "Hoạt động HĐND huyện",
    "publisher": "huyện Thường Tín",
    "number": "12/2023/NQ-HĐND",
    "issued_on": "2023-07-05",
}


def find_in(folder: Path, table: bytes) -> list[object]:
    """Return what a corpus of one file with this manifest holds."""
    (folder / "van-ban").mkdir(exist_ok=True)
    (folder / "van-ban/nq-12.txt").write_text("Nghị quyết", encoding="utf-8")
    (folder / "manifest.csv").write_bytes(table)
    return list(find_sources(folder))


def write_table(delimiter: str, day: str = "5/7/2023", sample: str = "Có") -> str:
    """Return a table of one row with Windows line ends and idle rows below."""
    rows = [HEADER, [*ROW, day, sample], [""] * 6, []]
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


TABLES = {
    "CSV UTF-8": write_table(",").encode("utf-8-sig"),
    "UTF-8 without a mark": write_table(",").encode(),
    "Unicode text": write_table("\t").encode("utf-16"),
    "UTF-16 without a mark": write_table("\t").encode("utf-16-le"),
    "semicolons": write_table(";").encode("utf-8-sig"),
    "a sep line": ("sep=;\r\n" + write_table(";")).encode("utf-8-sig"),
    "a quoted sep line": ('"sep=,"\r\n' + write_table(",")).encode(),
    "old Mac line ends": write_table(",").replace("\r\n", "\r").encode(),
    "an idle first row": (",,,,,\r\n" + write_table(",")).encode(),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_tables_of_spreadsheet_programs_are_read(tmp_path: Path, table: bytes) -> None:
    """Encoding, delimiter, byte order mark and idle rows are told from the table itself."""
    (found,) = find_in(tmp_path, table)
    assert isinstance(found, SourceFile)
    assert found.path == "van-ban/nq-12.txt"
    assert found.facts == FACTS
    assert found.sample


def test_the_windows_code_page_is_read(tmp_path: Path, as_cp1258: Callable[[str], bytes]) -> None:
    """Vietnamese Excel saves "CSV" in it."""
    (found,) = find_in(tmp_path, as_cp1258(write_table(";")))
    assert isinstance(found, SourceFile)
    assert found.facts == FACTS


@pytest.mark.parametrize("day", ["05/07/2023", "5-7-2023", "2023-07-05", "05/07/2023 00:00:00"])
def test_dates_are_read_in_every_usual_form(tmp_path: Path, day: str) -> None:
    """The day comes first, as in Vietnam, unless the year does."""
    (found,) = find_in(tmp_path, write_table(",", day).encode())
    assert isinstance(found, SourceFile)
    assert found.facts["issued_on"] == "2023-07-05"


@pytest.mark.parametrize(
    ("word", "sample"),
    [
        *((word, True) for word in ("có", "X", "TRUE", "1", "yes", "Đúng")),
        *((word, False) for word in ("không", "FALSE", "0", "No", "", "khong")),
    ],
)
def test_yes_and_no_are_read_in_two_languages(tmp_path: Path, word: str, sample: bool) -> None:  # noqa: FBT001
    """A blank says no."""
    (found,) = find_in(tmp_path, write_table(",", sample=word).encode())
    assert isinstance(found, SourceFile)
    assert found.sample is sample


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("PATH", "path"),
        ("duong dan", "path"),
        ("Tệp", "path"),
        ("Số, ký hiệu", "number"),
        ("issued_on", "issued_on"),
        ("NGÀY BAN HÀNH", "issued_on"),
        ("khoá", "term"),
        ("SHA-256", "sha256"),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_columns_are_known_by_their_names(name: str, field: str | None) -> None:
    """Case, accents and signs do not matter."""
    assert find_field(name) == field


def test_a_blank_cell_states_nothing(tmp_path: Path) -> None:
    """A short row and a cell of spaces leave their fields open."""
    (found,) = find_in(tmp_path, b"path,number,title\nvan-ban/nq-12.txt,  \n")
    assert isinstance(found, SourceFile)
    assert found.facts == {}


def test_a_row_is_named_by_the_line_it_starts_on(tmp_path: Path) -> None:
    """Cells of several lines and a sep line are counted in."""
    table = 'sep=,\npath,title\nvan-ban/nq-12.txt,"hai\ndòng"\nx.txt,a,b\n"",c\n'
    found = find_in(tmp_path, table.encode())
    assert [item.path for item in found if isinstance(item, Refusal)] == [
        "manifest.csv:5",
        "manifest.csv:6",
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"", "no header"),
        (b"title,number\na,b\n", "no column path"),
        (b"path\n", "names no file"),
        (b"\x00\x01\x02\x81", "no encoding"),
        (b"path\n\x01\x02\n\xe0", "no table"),
        (b"path\n" + b"a" * 200_000, "line 2"),
    ],
)
def test_a_table_that_can_not_be_used_is_an_error(
    tmp_path: Path, table: bytes, reason: str
) -> None:
    """The message names the manifest and the next step."""
    with pytest.raises(ManifestError, match=reason) as raised:
        find_in(tmp_path, table)
    assert "manifest.csv" in str(raised.value)


@pytest.mark.parametrize("text", ["xã, lý, hòa", "Ngày", "plain"])
def test_a_western_code_page_is_read(text: str) -> None:
    """A table without a Vietnamese tone mark was saved by a western Windows."""
    assert decode_table(text.encode("cp1252")) == text


def test_western_and_vietnamese_code_pages_are_told_apart(
    as_cp1258: Callable[[str], bytes],
) -> None:
    """The same byte is ã in one and ă in the other."""
    assert decode_table(as_cp1258("số, năm")) == "số, năm"


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """Each day of two centuries is understood in both orders."""
    assert read_stated_date(f"{day.day}/{day.month}/{day.year}") == str(day)
    assert read_stated_date(str(day)) == str(day)


@pytest.mark.parametrize("text", ["30/2/2024", "5/13/2024", "1/1/24", "1/1/1944", "hôm qua", ""])
def test_an_impossible_day_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert read_stated_date(text) is None


def test_the_first_of_two_columns_for_one_field_holds() -> None:
    """A blank one gives way to the other."""
    fields = read_stated_fields({"origin": "", "url": "b", "nguồn": "c", "id": True})
    assert (fields.origin, fields.id) == ("b", "True")
