"""Evidence points into the text that a reader sees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.language.text import clean_text
from indexer.reading.metadata.locate import locate_evidence
from indexer.records import Evidence
from tests.reading.metadata.papers import describe, paper


def locate(text: str, quote: str, field: str = "abstract") -> int | None:
    """Return where the quote of that field is found."""
    return locate_evidence(text, {field: Evidence("stated", quote)})[field].start


def test_a_quote_is_found_across_broken_lines() -> None:
    """Quotes have single spaces where the text has line breaks and blank lines."""
    text = "Trang đầu\n\nVề việc\nquy định\n\nmức chi"
    assert locate(text, "Về việc quy định mức chi") == text.index("Về")


def test_even_letters_are_no_difference() -> None:
    """Rules read long dashes and Cyrillic letters as plain ones."""
    assert locate("số 12/NQ–HĐND", "12/NQ-HĐND") == 3


def test_a_signature_is_sought_from_the_end() -> None:
    """The chairman's name may stand in the opening as well."""
    text = "Lê Văn Mẫu dự họp.\nCHỦ TỊCH\nLê Văn Mẫu"
    assert locate(text, "Lê Văn Mẫu", "signer") == text.rindex("Lê Văn Mẫu")
    assert locate(text, "Lê Văn Mẫu") == 0


def test_a_composed_quote_is_found_by_its_beginning() -> None:
    """Rules join words from several places; a title's beginning may stand in a citation."""
    text = "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU\nĐộc lập\nSố: 12/NQ-HĐND"
    quote = "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU Số: 12/NQ-HĐND"
    assert locate(text, quote, "issuer") == 0
    assert locate(text, quote, "title") is None


def test_a_number_typed_with_spaces_is_found() -> None:
    """Clerks write "NQ- HĐND"."""
    assert locate("Số: 12/2023/NQ- HĐND", "12/2023/NQ-HĐND", "number") == 4
    assert locate("Số: 13/2023/NQ- HĐND", "12/2023/NQ-HĐND", "number") is None


def test_what_the_text_does_not_say_has_no_place() -> None:
    """A manifest's words, a default and words from elsewhere point nowhere."""
    for why in (Evidence("manifest", "họp"), Evidence("default"), Evidence("stated", "bàn")):
        assert locate_evidence("Hội đồng họp", {"kind": why})["kind"].start is None


@given(st.lists(st.sampled_from(("mức", "chi", "hộ", "\n", "\n\n")), min_size=1), st.data())
def test_a_place_is_where_the_quote_begins(words: list[str], data: st.DataObject) -> None:
    """Whatever lines and blank lines stand before it."""
    text = clean_text(" ".join(words))
    tokens = text.split()
    start = data.draw(st.integers(0, max(0, len(tokens) - 1)))
    quote = " ".join(tokens[start:])
    at = locate(text, quote)
    assert (at is None) == (not quote)
    assert at is None or " ".join(text[at:].split()).startswith(quote)


def test_the_record_tells_where_its_fields_stand() -> None:
    """Number, day and signer can be shown on their page."""
    end = "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nLê Văn Mẫu"
    found = describe(paper(end=f"{'Các ban giám sát việc thi hành. ' * 9}\n{end}"))
    for field, words in {
        "number": "12/2023/NQ-HĐND",
        "issued_on": "Phú Yên, ngày 10",
        "place": "Phú Yên, ngày 10",
        "signer": "CHỦ TỊCH",
        "signer_title": "CHỦ TỊCH",
        "abstract": "Về việc",
    }.items():
        start = found.evidence[field].start
        assert start is not None, field
        assert found.text[start:].startswith(words), field
