"""Pages, paragraphs and marks of a document's text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_records import Fragment
from webapp.document_text import continues, cut, lay_out, paragraph_ends

FRAGMENTS = st.lists(
    st.builds(Fragment, st.text(alphabet="aB .;\n-1Đ", max_size=12), st.booleans()), max_size=12
)


def words(fragments: tuple[Fragment, ...]) -> str:
    """Return the text of a paragraph."""
    return "".join(fragment.text for fragment in fragments)


@given(FRAGMENTS, st.lists(st.integers(0, 100), max_size=4))
def test_no_word_is_lost_between_pages_and_paragraphs(
    fragments: list[Fragment], offsets: list[int]
) -> None:
    """The laid-out text holds the same letters in the same order, marks included."""
    length = sum(len(fragment.text) for fragment in fragments)
    starts = [0, *sorted({offset for offset in offsets if 0 < offset < length})]
    laid_out = [
        run
        for page in lay_out(fragments, starts)
        for paragraph in page.paragraphs
        for run in paragraph.fragments
    ]
    for marked in (True, False):
        there = "".join(run.text for run in laid_out if run.marked is marked)
        given_ = "".join(run.text for run in fragments if run.marked is marked)
        assert "".join(there.split()) == "".join(given_.split())


@given(FRAGMENTS)
def test_paragraphs_end_where_the_text_ends(fragments: list[Fragment]) -> None:
    """The last paragraph holds the last letter, and the ends only rise."""
    text = "".join(fragment.text for fragment in fragments)
    ends = paragraph_ends(text)
    assert ends == sorted(set(ends))
    assert (ends or [0])[-1] == len(text)


def test_pages_are_numbered_as_in_the_original() -> None:
    """A text of two pages shows two numbers; one without pages shows none."""
    text = [Fragment("Trang đầu.\nTrang sau.")]
    assert [page.number for page in lay_out(text, [0, 11])] == [1, 2]
    assert [page.number for page in lay_out(text, [0])] == [0]
    assert [page.number for page in lay_out(text)] == [0]


def test_an_empty_page_keeps_its_number() -> None:
    """A blank sheet between two written ones still counts."""
    pages = lay_out([Fragment("Một.\nBa.")], [0, 5, 5])
    assert [(page.number, len(page.paragraphs)) for page in pages] == [(1, 1), (2, 0), (3, 1)]


def test_the_first_match_is_the_only_anchor() -> None:
    """The link to the first match leads to one paragraph, even where several have marks."""
    [page] = lay_out(
        [
            Fragment("a.\n"),
            Fragment("phí", marked=True),
            Fragment(".\n"),
            Fragment("phí", marked=True),
        ]
    )
    assert [paragraph.first_match for paragraph in page.paragraphs] == [False, True, False]


def test_equal_paragraphs_do_not_share_the_anchor() -> None:
    """Two paragraphs of the same words are two places."""
    [page] = lay_out(
        [
            Fragment("phí", marked=True),
            Fragment(".\n"),
            Fragment("phí", marked=True),
            Fragment(".\n"),
        ]
    )
    assert [paragraph.first_match for paragraph in page.paragraphs] == [True, False]


def test_a_mark_across_a_paragraph_end_marks_both_sides() -> None:
    """A phrase that the paper broke in two stays marked in both pieces."""
    [page] = lay_out([Fragment("học.\nphí", marked=True)])
    assert [paragraph.fragments for paragraph in page.paragraphs] == [
        (Fragment("học.\n", marked=True),),
        (Fragment("phí", marked=True),),
    ]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Quy định mức thu học phí đối với cơ sở", "giáo dục công lập"),
        ("Điều 1. Thông qua chủ trương đầu tư dự án đường nối của", "Ủy ban".lower()),
        ("Hội đồng nhân dân xã giao Ủy ban nhân dân xã tổ chức thực hiện Nghị", "Quyết này"),
    ],
)
def test_a_sentence_broken_by_the_paper_goes_on(line: str, following: str) -> None:
    """A full or unfinished line and the next one are one paragraph."""
    assert continues(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("CHỦ TỊCH", "Nguyễn Văn A"),
        ("Điều 1. Thông qua.", "Điều 2. Giao Ủy ban"),
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", "căn cứ khác"),
        ("Hội đồng nhân dân xã giao Ủy ban nhân dân xã tổ chức thực hiện việc", "Điều 3. Hiệu lực"),
        ("Các nội dung sau đây được thông qua tại kỳ họp thường lệ giữa năm", "a) học phí"),
        ("Các nội dung sau đây được thông qua tại kỳ họp thường lệ giữa năm", "- học phí"),
        ("QUY ĐỊNH MỨC THU HỌC PHÍ ĐỐI VỚI CÁC CƠ SỞ GIÁO DỤC CÔNG LẬP NĂM", "Kèm theo Nghị quyết"),
        ("x" * 200, "Đoạn sau của trang mạng"),
        ("Một dòng", ""),
        ("", "một dòng"),
    ],
)
def test_a_line_broken_on_purpose_ends_its_paragraph(line: str, following: str) -> None:
    """Letterheads, items, articles and finished sentences stand alone."""
    assert not continues(line, following)


def test_capitals_are_headings() -> None:
    """The letterhead stands out; a number and running text do not."""
    [page] = lay_out([Fragment("HỘI ĐỒNG NHÂN DÂN\nSố: 4\n12345.\nVề học phí.")])
    assert [paragraph.heading for paragraph in page.paragraphs] == [True, False, False, False]


def test_cutting_leaves_no_empty_runs() -> None:
    """A fragment of no letters gives nothing to show."""
    pieces = cut([Fragment(""), Fragment("ab", marked=True), Fragment("")], [1, 1, 2])
    assert [words(piece) for piece in pieces] == ["a", "", "b"]
    assert all(run.text for piece in pieces for run in piece)


def test_a_document_of_title_only_has_one_empty_page() -> None:
    """No text, no paragraphs, no error."""
    [page] = lay_out([])
    assert page.paragraphs == ()


def test_a_hundred_thousand_lines_are_laid_out_at_once() -> None:
    """Time grows with the text, not with its square: this took 25 seconds."""
    text = "1. Một khoản chi.\n" * 100_000
    begun = time.process_time()
    [page] = lay_out([Fragment(text)])
    assert len(page.paragraphs) == 100_000
    assert time.process_time() - begun < 8
