"""Collections of none, one, one huge and many differing documents are built and served."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from indexer.settings import Settings
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from indexer.records import CouncilDocument

_MIB = 2**20
_HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH AN BÌNH
Số: 45/2024/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 10 tháng 7 năm 2024

NGHỊ QUYẾT
Quy định mức hỗ trợ khu dân cư trên địa bàn tỉnh
"""
_ARTICLE = """Điều {0}. Mức hỗ trợ của khu dân cư số {0}
1. Hỗ trợ {0} đồng cho mỗi học sinh của khu dân cư số {0}.
2. Ủy ban nhân dân tỉnh tổ chức thực hiện, báo cáo Hội đồng nhân dân tại kỳ họp cuối năm.
"""
_ARTICLES = 20_100


class Built(NamedTuple):
    """What the command made of a source."""

    folder: Path
    peak_bytes: int
    """Of the largest of its processes."""


# A process counts as its own what the one that made it held: the test run's memory, without this.
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def build(source: Path, index: Path) -> Built:
    """Build an index by the real command, made and measured by a small process."""
    command = [sys.executable, "-m", "indexer", "build", str(source), "--into", str(index)]
    measuring = [sys.executable, "-S", "-c", _MEASURED, *command]
    told = subprocess.run(measuring, check=True, capture_output=True, text=True).stdout
    return Built(index, int(told) * (1 if sys.platform == "darwin" else 1024))


def client_of(index: Path) -> FlaskClient:
    """Return a client of the site over an index."""
    return create_app(Settings(index=index)).test_client()


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the index of one resolution of 5 MB."""
    folder = tmp_path_factory.mktemp("huge")
    articles = [_ARTICLE.format(n) for n in range(1, _ARTICLES + 1)]
    articles[700] = articles[700].replace("học sinh", "nghệ nhân")
    text = "".join([_HEAD, *articles, "Kết thúc bằng đua thuyền.\n"])
    assert len(text.encode()) > 5 * _MIB
    (folder / "source").mkdir()
    (folder / "source" / "lon.txt").write_text(text, encoding="utf-8")
    return build(folder / "source", folder / "index")


def test_a_document_of_five_megabytes_takes_bounded_memory(huge: Built) -> None:
    """Reading and indexing hold a text a few times over, not each of its words as objects."""
    assert huge.peak_bytes < 768 * _MIB


@pytest.mark.parametrize("query", ['"nghệ nhân"', "đua thuyền", '"khu dân cư số 20100"'])
def test_a_huge_document_is_found_by_words_from_anywhere_in_it(huge: Built, query: str) -> None:
    """From its middle, its last line and its last article."""
    answer = client_of(huge.folder).get("/api/search", query_string={"q": query}).json
    assert answer is not None
    [hit] = answer["hits"]
    assert (hit["number"], hit["issued_on"]) == ("45/2024/NQ-HĐND", "2024-07-10")


def test_a_huge_document_shows_a_short_passage(huge: Built) -> None:
    """The one that was asked for, with the article that it stands in."""
    answer = client_of(huge.folder).get("/api/search", query_string={"q": '"nghệ nhân"'}).json
    assert answer is not None
    [hit] = answer["hits"]
    assert (hit["article"], "nghệ nhân" in hit["snippet"]) == ("701", True)
    assert len(hit["snippet"]) < 1000


def test_a_huge_document_is_shown_whole(huge: Built) -> None:
    """Its page and its record hold the last line, and what was looked for is marked."""
    client = client_of(huge.folder)
    page = client.get("/van-ban/lon.txt", query_string={"q": '"nghệ nhân"'})
    assert (page.status_code, "Kết thúc bằng" in page.text) == (200, True)
    assert "nghệ nhân</mark>" in page.text
    record = client.get("/api/documents/lon.txt").json
    assert record is not None
    assert record["text"].endswith("đua thuyền.")


_ISSUERS = 5000


def test_five_thousand_values_of_a_facet_are_counted_and_chosen(tmp_path: Path) -> None:
    """None is lost, and each chooses its own document."""
    export = tmp_path / "export.jsonl"
    with export.open("w", encoding="utf-8") as file:
        for n in range(_ISSUERS):
            line = {"id": f"d{n}", "title": f"Thông báo {n}", "text": "Học phí", "issuer": name(n)}
            file.write(f"{json.dumps(line)}\n")
    client = client_of(build(export, tmp_path / "index").folder)
    answer = client.get("/api/search", query_string={"q": "học phí"}).json
    assert answer is not None
    assert answer["total"] == _ISSUERS
    counted = {each["value"]: each["count"] for each in answer["facets"]["issuer"]}
    assert counted == {name(n): 1 for n in range(_ISSUERS)}
    for n in (0, _ISSUERS // 2, _ISSUERS - 1):
        chosen = client.get("/api/search", query_string={"q": "học phí", "issuer": name(n)}).json
        assert chosen is not None
        assert [hit["id"] for hit in chosen["hits"]] == [f"d{n}"]
    assert client.get("/tim-kiem", query_string={"q": "học phí"}).status_code == 200


def name(number: int) -> str:
    """Return the name of one of many offices."""
    return f"Văn phòng số {number:04}"


@pytest.mark.parametrize("size", [0, 1])
def test_a_collection_of_none_or_one_answers_everywhere(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path], size: int
) -> None:
    """Search, filters, completion and pages: nothing is found, and nothing fails."""
    documents = [make_document("Học phí", id=f"d{n}", title="Học phí") for n in range(size)]
    client = client_of(make_index(documents))
    for query in ("học phí", "hoc phi", '"học phí"', "học*", "-học", "", "gì đâu"):
        for path in ("/api/search", "/tim-kiem"):
            assert client.get(path, query_string={"q": query}).status_code == 200
    found = client.get("/api/search", query_string={"q": "học phí", "level": "tỉnh"}).json
    assert found is not None
    assert found["total"] == size
    assert client.get("/api/complete", query_string={"q": "họ"}).status_code == 200
    assert client.get("/van-ban/d0").status_code == (200 if size else 404)
    assert client.get("/").status_code == 200
