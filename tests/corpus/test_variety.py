"""The corpus holds what council collections hold: kinds, levels, formats, years, categories."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.corpus.files import CORPUS, FIRST, read_entries, read_truth, spec_of
from tests.samples.forms import compose_sheet

if TYPE_CHECKING:
    from tests.samples.sheet import Sheet

PORTAL_CATEGORIES = (
    "Hoạt động HĐND huyện",
    "Tin tức - Sự kiện",
    "Cải cách hành chính",
    "Phòng chống cháy nổ, tội phạm",
    "Phòng Chống tham nhũng",
    "Kỷ niệm 190 năm Huyện Thường Tín",
    "Hướng tới Đại hội đảng toàn quốc",
    "Công khai ngân sách",
    "Quy hoạch, xây dựng đô thị",
    "70 năm đảng bộ thường tín",
    "Học tập và làm theo tấm gương đạo đức Hồ Chí Minh",
    "Đầu tư công",
    "Thông tin tuyển dụng",
    "An toàn thực phẩm",
    "Người tốt việc tốt",
)
FORMS = {
    "nghị quyết": 45,
    "tin tức": 20,
    "tờ trình": 6,
    "thẩm tra": 6,
    "giám sát": 6,
    "trả lời": 5,
    "thông báo": 5,
    "biên bản": 4,
    "báo cáo": 4,
    "cử tri": 4,
    "chương trình": 3,
    "kế hoạch": 2,
}
FORMATS = {"pdf": 40, "docx": 30, "html": 35, "txt": 18, "scan": 4}
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)


def test_there_are_enough_samples() -> None:
    """At least 120 besides the first document."""
    assert len(read_truth()) >= 120


@pytest.mark.parametrize("category", PORTAL_CATEGORIES)
def test_each_portal_category_has_a_sample(category: str) -> None:
    """The fifteen categories of the first document's portal, word for word."""
    assert any(e["sample"] and e.get("category") == category for e in read_entries())


def test_the_first_document_names_its_portal_s_categories() -> None:
    """The list above is the one in the page's own heading and menus."""
    page = (CORPUS / FIRST).read_text(encoding="utf-8").lower()
    for category in PORTAL_CATEGORIES:
        assert category.lower() in page


def test_some_sources_give_no_category() -> None:
    """Then the field has to be found from the text."""
    assert sum("category" not in entry for entry in read_entries()) >= 30


@pytest.mark.parametrize(("form", "least"), FORMS.items())
def test_each_kind_of_paper_is_there(form: str, least: int) -> None:
    """Acts, papers of a session, oversight, voters' requests, news."""
    assert Counter(truth["form"] for truth in read_truth().values())[form] >= least


@pytest.mark.parametrize(("form", "least"), FORMATS.items())
def test_each_format_is_there(form: str, least: int) -> None:
    """Text-layer PDF, DOCX, HTML, plain text and scans."""
    assert Counter(truth["format"] for truth in read_truth().values())[form] >= least


def test_plain_text_comes_in_the_encodings_of_old_machines() -> None:
    """UTF-16 and cp1258 besides UTF-8."""
    texts = [spec_of(p) for p, t in read_truth().items() if t["format"] == "txt"]
    encodings = Counter(spec.head.get("encoding", "utf-8") for spec in texts)
    assert encodings["utf-16"] >= 2
    assert encodings["cp1258"] >= 1


@pytest.mark.parametrize(("level", "least"), [("tỉnh", 50), ("huyện", 30), ("xã", 25)])
def test_councils_of_every_level_speak(level: str, least: int) -> None:
    """Provinces, districts and communes."""
    assert Counter(truth["level"] for truth in read_truth().values())[level] >= least


@pytest.mark.parametrize("kind", ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"])
def test_every_kind_of_unit_appears(kind: str) -> None:
    """Words of one level that begin alike must be told apart."""
    assert any(spec_of(path).council.unit.startswith(f"{kind} ") for path in read_truth())


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_year_from_2019_is_there(year: int) -> None:
    """The date facet has something to show in each."""
    years = Counter(int(truth["issued_on"][:4]) for truth in read_truth().values())
    assert years[year] >= 3


def test_no_council_speaks_before_or_after_its_time() -> None:
    """A council issues only while it exists."""
    for path in read_truth():
        spec = spec_of(path)
        assert spec.council.existed_on(spec.issued_on), path


def test_the_levels_follow_the_reform_of_july_2025() -> None:
    """No district and no township after June 2025, no special zone before."""
    for path, truth in read_truth().items():
        unit, day = spec_of(path).council.unit, date.fromisoformat(truth["issued_on"])
        if day > LAST_DAY_OF_DISTRICTS:
            assert truth["level"] != "huyện", path
            assert not unit.startswith("thị trấn"), path
        else:
            assert not unit.startswith("đặc khu"), path


def test_sessions_of_a_council_follow_their_dates() -> None:
    """Within a term a later session never has a lower number."""
    sittings: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for path, truth in read_truth().items():
        # Answers and oversight come long after the session that asked for them.
        if truth["session"] and truth["form"] in {"nghị quyết", "biên bản"}:
            key = (spec_of(path).council.key, truth["term"])
            sittings.setdefault(key, []).append((truth["issued_on"], int(truth["session"])))
    for held in sittings.values():
        for (_, earlier), (_, later) in pairwise(sorted(held)):
            assert earlier <= later, held


def test_samples_are_long_enough_to_be_told_apart() -> None:
    """Between 300 and 2,500 words each, set phrases included."""
    for path in read_truth():
        assert 300 <= _count_words(compose_sheet(spec_of(path))) <= 2500, path


def test_no_two_samples_share_most_of_their_words() -> None:
    """The author's own sentences never repeat from one sample to another."""
    seen: dict[str, str] = {}
    for path in read_truth():
        for block in spec_of(path).blocks:
            if block.style == "paragraph" and len(block.text) > 80:
                assert seen.setdefault(block.text, path) == path
    assert len(seen) > 500


def _count_words(sheet: Sheet) -> int:
    lines = [sheet.name, sheet.abstract, *sheet.recipients]
    if sheet.letterhead:
        head = sheet.letterhead
        lines += ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"]
        lines += [*head.issuer, head.number_line, head.place_and_date]
    for block in sheet.blocks:
        lines += [block.text, *(" ".join(row) for row in block.rows)]
    return len(" ".join(lines).split())
