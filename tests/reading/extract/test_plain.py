"""Plain text in the encodings that offices write."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.reading.decoding import decode_text
from indexer.reading.extract.formats import extract_bytes
from indexer.reading.extract.plain import extract_plain

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = "Nghị quyết về mức thu học phí năm học mới, thưởng “người tốt”."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_text_is_read_in_every_form(encoding: str) -> None:
    """UTF-8 and UTF-16 are told apart with and without a byte order mark."""
    assert extract_plain(SENTENCE.encode(encoding)).pages == (SENTENCE,)


def test_the_windows_code_page_is_read(as_cp1258: Callable[[str], bytes]) -> None:
    """Marks typed after their letters come out composed."""
    assert extract_plain(as_cp1258(SENTENCE)).pages == (SENTENCE,)


@pytest.mark.parametrize(
    "data",
    [
        "Größe, schön für später: Übermaß".encode("latin-1"),
        b"\xef\xbb\xbfH\xff",
        b"\xff\xfeH",
        b"text\x01\x02\x03" * 9,
    ],
    ids=["German in latin-1", "a broken UTF-8 mark", "half a letter", "control bytes"],
)
def test_text_in_no_known_encoding_is_refused(data: bytes) -> None:
    """Better a reason than a text of wrong letters."""
    with pytest.raises(UnreadableSourceError, match="save it"):
        extract_plain(data)


@pytest.mark.parametrize("declared", ["windows-1258", "iso-8859-1", "no-such-code", "", "hex"])
def test_a_wrong_declaration_does_no_harm(declared: str, as_cp1258: Callable[[str], bytes]) -> None:
    """What a file says of its own encoding is a hint."""
    assert decode_text(as_cp1258(SENTENCE), declared) == SENTENCE


def test_a_declared_encoding_is_believed() -> None:
    """An encoding that is never guessed is used when it is declared."""
    assert decode_text("тест".encode("koi8-r"), "koi8-r") == "тест"


def test_form_feeds_part_pages() -> None:
    """Each page is a text of its own."""
    assert extract_plain("Trang đầu.\fTrang sau.\f".encode()).pages == ("Trang đầu.", "Trang sau.")


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    """The number does not run into the date."""
    text = (
        "  HỘI ĐỒNG NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "    TỈNH NAM ĐỊNH                Độc lập - Tự do - Hạnh phúc\n"
        "  Số: 12/2023/NQ-HĐND        Nam Định, ngày 10 tháng 7 năm 2023\n\n"
        "NGHỊ QUYẾT\n"
    )
    lines = extract_plain(text.encode()).pages[0].split("\n")
    assert lines[:3] == ["HỘI ĐỒNG NHÂN DÂN", "TỈNH NAM ĐỊNH", "Số: 12/2023/NQ-HĐND"]
    assert lines[3].startswith("CỘNG HÒA")
    assert lines[5] == "Nam Định, ngày 10 tháng 7 năm 2023"


def test_the_menu_and_the_category_of_a_copied_page_are_no_content() -> None:
    """The heading becomes the category, the menu boilerplate."""
    prose = "Ngày 5/7, Ban Pháp chế đã giám sát việc giải quyết đơn thư của công dân tại xã A. " * 2
    menu = "GIỚI THIỆU\n- Cơ cấu tổ chức\nTHƯ VIỆN ẢNH"
    extracted = extract_plain(f"HOẠT ĐỘNG HĐND XÃ\n{prose}\n{menu}".encode())
    assert extracted.pages == (prose.strip(),)
    assert extracted.boilerplate == menu
    assert extracted.hints == {"category": "Hoạt động HĐND xã"}


@given(
    st.text(
        alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầ ÁĐƯ,.\n0123"), min_size=1
    )
)
def test_utf_8_text_decodes_to_itself(text: str) -> None:
    """Decoding undoes encoding."""
    assert decode_text(text.encode()) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    """No byte sequence breaks the decoder."""
    with contextlib.suppress(UnreadableSourceError):
        assert isinstance(decode_text(data), str)


OLD_TEXTS = {
    "TCVN3": ("Nghị quyết “về phí”", "NghÞ quyÕt \x93vÒ phÝ\x94"),
    "VNI": ("Nghị quyết “về phí”", "Nghò quyeát \x93veà phí\x94"),
    "VISCII": ('Nghị quyết "về phí"', 'Ngh\xb8 quy\xaat "v\xab ph\xed"'),
}


@pytest.mark.parametrize(("text", "typed"), OLD_TEXTS.values(), ids=OLD_TEXTS)
def test_bytes_of_old_fonts_are_decoded(text: str, typed: str) -> None:
    """Files from before Unicode are read like any other; their quotes are those of Windows."""
    assert decode_text(typed.encode("latin-1")) == text


def test_letters_of_an_old_font_saved_as_unicode_are_decoded() -> None:
    """A .VnTime text saved as UTF-8 is valid and means nothing to a reader until it is decoded."""
    old = "Héi ®ång nh©n d©n huyÖn häp vµ th«ng qua nghÞ quyÕt vÒ ng©n s¸ch n¨m tíi.\fSè: 5"
    assert extract_bytes(old.encode(), "old.txt").pages == (
        "Hội đồng nhân dân huyện họp và thông qua nghị quyết về ngân sách năm tới.",
        "Số: 5",
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_few_broken_bytes_do_not_spoil_a_text(mark: bytes) -> None:
    """Editors of Windows leave their quotes and spaces in UTF-8 files."""
    text = (SENTENCE * 20).encode() + b" \x93Xong\x94\xa0"
    assert decode_text(mark + text) == SENTENCE * 20 + " “Xong”\u00a0"


@pytest.mark.parametrize(
    "text",
    [
        "Phần mềm Windows® và Office® của Microsoft® được dùng tại 5 phòng, 10m² mỗi phòng.",
        "Le conseil a été reçu à l'hôtel de ville où il a voté la résolution très tôt.",
    ],
)
def test_single_signs_make_no_old_font(text: str) -> None:
    """Trade marks, other languages and a quoted line are let pass."""
    assert extract_bytes(text.encode(), "new.txt").pages == (text,)
