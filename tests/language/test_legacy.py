"""Text of the old fonts becomes Unicode, and Unicode stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.legacy import (
    FontEncoding,
    decode_runs,
    find_legacy,
    font_encoding,
    mend_legacy,
)
from indexer.language.legacy_letters import Encoding, decode_legacy
from indexer.language.legacy_tables import TCVN3, VISCII, VNI_LETTERS, VNI_PAIRS

SENTENCE = "Hội đồng nhân dân huyện họp và quyết nghị về phí được thưởng của người nghèo."
TYPED: dict[Encoding, str] = {
    "tcvn3": "Héi ®ång nh©n d©n huyÖn häp vµ quyÕt nghÞ vÒ phÝ ®\xadîc "
    "th\xadëng cña ng\xadêi nghÌo.",
    "vni": "Hoäi ñoàng nhaân daân huyeän hoïp vaø quyeát nghò veà phí ñöôïc "
    "thöôûng cuûa ngöôøi ngheøo.",
    "viscii": "Hµi \xf0°ng nhân dân huy®n h÷p và quyªt ngh¸ v« phí \xf0ßþc thß·ng cüa "
    "ng\xdf\xb6i nghèo.",
}
EVERY_LETTER = [
    unit
    for vowel in "aăâeêioôơuưy"
    for letter in (vowel, vowel.upper())
    for unit in (letter, *(letter + mark for mark in "\u0300\u0301\u0303\u0309\u0323"))
]


@pytest.mark.parametrize("encoding", TYPED)
def test_each_encoding_is_found_and_decoded(encoding: Encoding) -> None:
    """One sentence tells its encoding, and comes out letter by letter."""
    assert find_legacy(TYPED[encoding]) == encoding
    assert decode_legacy(TYPED[encoding], encoding) == SENTENCE
    assert mend_legacy(TYPED[encoding]) == SENTENCE


def test_the_tables_hold_every_letter() -> None:
    """VISCII and VNI have all letters in both cases, TCVN3 the small ones and seven capitals."""
    letters = {unicodedata.normalize("NFC", unit) for unit in EVERY_LETTER} | {"đ", "Đ"}
    beyond = {letter for letter in letters if not letter.isascii()}
    assert beyond == set(VISCII.values())
    assert beyond == set(VNI_PAIRS.values()) | set(VNI_LETTERS.values())
    small = {letter for letter in beyond if letter.islower()}
    assert small | set("ĂÂÊÔƠƯĐ") == set(TCVN3.values())


@pytest.mark.parametrize("spelling", ["latin-1", "cp1252"])
def test_both_readings_of_western_bytes_are_known(spelling: str) -> None:
    """VISCII has letters at 0x80 to 0x9F, where latin-1 has controls and cp1252 quotes."""
    typed = b"QUY\x8eT NGH\x98 V\x8b PH\xcd".replace(b"\x8e", b"\x8a").decode(spelling)
    assert decode_legacy(typed, "viscii") == "QUYẾT NGHỊ VỀ PHÍ"


def test_quotes_around_words_of_viscii_stay() -> None:
    """What cp1252 has for its capitals is punctuation where it makes no syllable."""
    assert decode_legacy("“Hµi ð°ng” – h÷p", "viscii") == "“Hội đồng” – họp"
    assert decode_legacy("VÕ, R\u00a0 RÀNG, s¯\u00a012", "viscii") == "Vạ, RÕ RÀNG, số\u00a012"


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        (".vntimeh", "tcvn3", True),
        ("'.VnArialH', Arial, sans-serif", "tcvn3", True),
        ("BCDEEE+.VnTimeH,Bold", "tcvn3", True),
        ("VnTime", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("ABCDEF+VNI-Helve-BoldItalic", "vni", False),
        ("VI Times", "viscii", False),
    ],
)
def test_a_fonts_name_tells_its_encoding(font: str, encoding: Encoding, *, capitals: bool) -> None:
    """Lists of CSS, subset prefixes and style suffixes of PDF do not hide it."""
    assert font_encoding(font) == FontEncoding(encoding, capitals)


@pytest.mark.parametrize("font", ["Times New Roman", "", "Vnunicode", "Arial, .VnTime", "Verdana"])
def test_other_fonts_hold_unicode(font: str) -> None:
    """Only the first family counts."""
    assert font_encoding(font) is None


def test_a_capital_font_gives_capitals() -> None:
    """.VnTimeH shows its small letters as capitals."""
    assert decode_legacy("Héi ®ång", "tcvn3", capitals=True) == "HỘI ĐỒNG"
    assert decode_runs([("Héi ®ång", ".VnTimeH"), (" häp", ".VnTime")]) == "HỘI ĐỒNG họp"


def test_words_typed_in_capitals_get_capital_accents() -> None:
    """TCVN3 has no codes for them; a word of one plain letter follows its neighbours."""
    assert decode_legacy("CéNG HßA X· HéI CHñ NGHÜA", "tcvn3") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
    assert decode_legacy("UBND X· HP hµ Néi, Hµ Nam", "tcvn3") == "UBND Xã HP hà Nội, Hà Nam"
    assert decode_legacy("QUYÕT §ÞNH CñA H§ND X·", "tcvn3") == "QUYẾT ĐỊNH CỦA HĐND XÃ"


def test_runs_of_both_kinds_come_out_right() -> None:
    """Fonts decide run by run; what is Unicode already stays, in an old font too."""
    runs = [
        ("Sè: ", ".VnTime"),
        ("12/NQ-H§ND", ".VnTime"),
        (" của Hội đồng", "Times New Roman"),
        (" nhân dân", ".VnTime"),
        (" là Hà Nam", ".VnTime"),
        (" tØnh qu¶ng ng·i", "Arial"),
    ]
    assert decode_runs(runs) == "Số: 12/NQ-HĐND của Hội đồng nhân dân là Hà Nam tỉnh quảng ngãi"


def test_unicode_in_a_capital_font_is_shown_in_capitals() -> None:
    """Western letters of Unicode in .VnTimeH are capitals on paper as well."""
    assert decode_runs([("là và", ".VnTimeH")]) == "LÀ VÀ"


def test_a_letter_may_reach_over_two_runs() -> None:
    """VNI's accent is a sign of its own, and may be cut off from its vowel."""
    assert decode_runs(
        [("Quyeá", "VNI-Times"), ("t ñònh caáp xa", "VNI-Times"), ("õ", "VNI-Helve")]
    ) == ("Quyết định cấp xã")


def test_runs_without_an_old_font_are_decided_by_content() -> None:
    """Programs that lose a font keep its text."""
    assert decode_runs([(TYPED["vni"], "Times New Roman")]) == SENTENCE
    assert decode_runs([("Où est le conseil ?", "Arial")]) == "Où est le conseil ?"


def test_short_lines_follow_their_neighbours() -> None:
    """A line of one word tells nothing by itself."""
    assert mend_legacy(f"Sè: 12\n®\n{TYPED['tcvn3']}\nN¨m") == f"Số: 12\nđ\n{SENTENCE}\nNăm"


def test_doubtful_lines_tell_together() -> None:
    """Each is too short, all of them are not."""
    assert mend_legacy("§iÒu\n12\nphÝ\nnghÞ") == "Điều\n12\nphí\nnghị"


def test_a_line_errs_and_the_document_corrects_it() -> None:
    """One line that reads as two encodings takes that of the others."""
    line = "Hà Nµi, ngày 19 tháng 9 nåm 2005"
    assert mend_legacy(f"{TYPED['viscii']}\n{line}\n{TYPED['viscii']}").split("\n")[1] == (
        "Hà Nội, ngày 19 tháng 9 năm 2005"
    )


def test_an_old_word_in_a_line_of_unicode_is_decoded() -> None:
    """Only what is no syllable and becomes one changes."""
    mixed = f"{TYPED['tcvn3']}\nĐiều 1. Sửa đổi, là quyÕt nghÞ của HĐND"
    assert mend_legacy(mixed).endswith("\nĐiều 1. Sửa đổi, là quyết nghị của HĐND")


def test_what_a_neighbour_encoding_would_harm_stays() -> None:
    """French between old lines is no old text."""
    text = f"{TYPED['tcvn3']}\nRépublique à côté de là où ça été très élevé"
    assert mend_legacy(text).endswith("République à côté de là où ça été très élevé")


UNICODE = [
    "Số: 12/NQ-HĐND",
    "HỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM",
    "Bà Lê Thanh Hà, ông Vũ Văn Tân",
    "là và có thì",
    "Phần mềm Windows® và Office®, 10m², 25°C, ±5%, § 4, © 2024",
    "Le conseil a été reçu à l'hôtel de ville où il a voté la résolution très tôt.",
    "Größe und Höhe der Straße, schön für Köln",
    "El año de los niños señala mañana la canción del corazón",
    "mindre än eller lika med, större än eller lika stor på samma gång",
    "if (a ^ b) { return µ * 2; } // ¬p",
    "1.234.567 12,5% 10/01/2024",
    "n° de ligne: 1 n° de fichier: 2",
    "Hội đồng có 5° và é",
]


@pytest.mark.parametrize("line", UNICODE)
def test_unicode_and_other_languages_give_no_alarm(line: str) -> None:
    """A wrong letter is worse than an old one."""
    assert find_legacy(line) is None
    assert mend_legacy(line) == line


@given(st.text(max_size=60))
def test_any_text_is_mended_or_left(text: str) -> None:
    """No text breaks it, and mending twice changes nothing more."""
    once = mend_legacy(text)
    assert mend_legacy(once) == once


def test_a_word_without_end_is_passed_by() -> None:
    """Noise of one megabyte is no word of any encoding."""
    noise = "\xa9®" * 500_000
    assert mend_legacy(noise) == noise


def test_a_valid_run_in_a_modern_font_stays_beside_an_old_one() -> None:
    """The font says that it is Unicode, and nothing is gained by reading it otherwise."""
    runs = [("NghÞ quyÕt ", ".VnTime"), ("Phí", "Arial"), (" míi", "")]
    assert decode_runs(runs) == "Nghị quyết Phí mới"
